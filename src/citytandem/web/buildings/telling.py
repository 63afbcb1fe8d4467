"""How is a figure, a place or a publication of a building told in words?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from citytandem.narration import name_country
from citytandem.sources.facts import load_facts
from citytandem.words.labels import LABELS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from citytandem.web.buildings.queries import Owner
    from citytandem.words import Speech

YEARS = ("year_certified", "year_completed", "year_planned")
STANDARDS = {
    "gb-t-51350-2019": "GB/T 51350-2019",
    "mohurd-2015-guideline": "MOHURD 2015",
    "passive-house": "Passive House",
    "ashrae-guideline-14": "ASHRAE Guideline 14",
}
"""What people call the standards of ``facts/building_limit.csv``."""
UNITS = {
    "degC": "°C",
    "kWh/m2a": "kWh/m²a",
    "W/m2": "W/m²",
    "W/m2K": "W/m²K",
    "CNY/m2": "CNY/m²",
    "ug/m3": "µg/m³",
    "percent": "%",
}
WORDS = {"share": "web.building.unit.share", "people": "web.building.unit.people"}

PREFIXES = {
    "zone": "building.zone.", "use": "building.use.", "works": "web.building.works.", "phase": "building.phase.",
    "gross_convention": "building.convention.area_", "treated_convention": "building.convention.area_",
    "indicator": "building.figure.", "state": "building.state.", "convention": "building.convention.",
    "area_convention": "building.convention.area_", "carrier": "building.figure.", "kind": "web.building.reading.",
    "series": "web.building.series.",
}  # fmt: skip
"""Where the words of a cell are kept, by its column."""


@dataclass(frozen=True, kw_only=True)
class Cited:
    """Who says so, and where it can be read."""

    key: str
    text: str
    url: str = ""


def label_of(column: str, key: str) -> str:
    """Where the words of one choice of a column are kept."""
    return PREFIXES[column] + key


def tell_cell(column: str, value: str, *, speech: Speech) -> str:
    """What stands in a cell, in words where it is one of several choices."""
    full = label_of(column, value) if column in PREFIXES else ""
    return speech.label(full) if full in LABELS else value


def write_number(value: float, *, speech: Speech) -> str:
    """A number with as many decimals as it has, up to three."""
    digits = next((count for count in range(3) if abs(value - round(value, count)) < 1e-9 * max(1.0, abs(value))), 3)
    return speech.number(value, digits=digits if abs(value) < 1000 else min(digits, 1))


def write_unit(unit: str, *, speech: Speech) -> str:
    """A unit as people write it."""
    return speech.label(WORDS[unit]) if unit in WORDS else UNITS.get(unit, unit)


def write_value(value: float, *, unit: str, speech: Speech) -> str:
    """A number with its unit."""
    return f"{write_number(value, speech=speech)} {write_unit(unit, speech=speech)}"


def tell_figure(value: Mapping[str, Any], *, speech: Speech) -> str:
    """One figure of a card: what, how known, how much; a recalled one says so."""
    told = {
        "figure": speech.label(f"building.figure.{value['indicator']}"),
        "state": speech.label(f"building.state.{value['state']}"),
        "value": write_value(value["value"], unit=value["unit"], speech=speech),
    }
    return speech.sentence("web.building.figure_recalled" if value["mark"] == "K" else "web.building.figure", **told)


def tell_place(row: Mapping[str, Any], *, speech: Speech) -> str:
    """City, province and country."""
    return ", ".join(part for part in (row["city"], row["province"], name_country(row["country"], speech)) if part)


def tell_year(row: Mapping[str, Any], *, speech: Speech) -> str:
    """The latest year that is known, and of what it is; empty where none is."""
    name = next((one for one in YEARS if row[one] is not None), None)
    return "" if name is None else speech.sentence(f"web.building.{name}", year=str(row[name]))


def tell_years(row: Mapping[str, Any], *, speech: Speech) -> str:
    """Every year that is known, in the order of building; empty where none is."""
    told = [speech.sentence(f"web.building.{one}", year=str(row[one])) for one in reversed(YEARS) if row[one] is not None]
    return speech.join(told) if told else ""


def tell_standard(row: Mapping[str, Any]) -> str:
    """Standard and class as the source names them; empty where none is."""
    return ", ".join(part for part in (row["standard"], row["standard_class"]) if part)


def cite(source: str, *, owner: Owner | None, speech: Speech) -> Cited:
    """Who says so: the publication, or the owner where it is told by them."""
    known = _sources().get(source)
    if known is not None:
        parts = (known["publisher"], known["title"], str(known["year"]) if known["year"] else "")
        return Cited(key=source, text=", ".join(part for part in parts if part), url=known["url"] or "")
    if owner is not None:
        told = speech.sentence("web.building.as_owner_says", owner=owner.name)
        return Cited(key=source, text=told if source == "own" else f"{told} ({source})")
    return Cited(key=source, text=source)


def tell_mark(mark: str, *, owner: Owner | None, speech: Speech) -> str:
    """What a mark means; what an owner says of their own building is neither read nor recalled by us."""
    if owner is not None and mark == "P":
        return speech.label("web.building.mark_owner")
    return speech.label(f"mark.{mark}")


@cache
def _sources() -> dict[str, dict[str, Any]]:
    return {row["source"]: row for row in load_facts().source.to_dicts()}
