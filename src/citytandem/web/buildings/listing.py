"""Which buildings are listed, and what stands on the card of each? By the alphabet; never by how they perform."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.atlas import once_per_atlas
from citytandem.findings import CannotCompute, Code, Finding
from citytandem.gazetteer import find_city
from citytandem.science.buildings.comparison import main_zone
from citytandem.tables.building import MAIN_ZONES, USES
from citytandem.web.buildings.telling import tell_figure, tell_place, tell_standard, tell_year, write_value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import QueryDict

    from citytandem.atlas import Atlas
    from citytandem.web.buildings.queries import Owner, Shown
    from citytandem.words import Speech

WORKS = ("new", "retrofit")
TABLE_FIGURES = (("heating_demand", "designed"), ("n50", "tested"), ("total_final", "measured"), ("saving", "claimed"))
"""Figures with a column of their own in the table of buildings."""


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What an address narrows the list down to; empty is everything."""

    zone: str = ""
    province: str = ""
    use: str = ""
    works: str = ""
    standard: str = ""

    @property
    def is_any(self) -> bool:
        """Is anything left out?"""
        return bool(self.zone or self.province or self.use or self.works or self.standard)


@dataclass(frozen=True, kw_only=True)
class Card:
    """One building as it is listed; an empty text is not published."""

    key: str
    name: str
    place: str
    zone: str
    zone_mark: str
    use: str
    works: str
    phase: str
    year: str
    standard: str
    area: str
    figures: tuple[str, ...]
    measured: int
    cells: tuple[str, ...]
    owner: Owner | None


def read_filters(asked: QueryDict, shown: Shown) -> Filters:
    """The filters of an address.

    Raises
    ------
    CannotCompute
        UNKNOWN_CHOICE.
    """
    choices = list_choices(shown)
    return Filters(**{name: _choose(name, asked.get(name, ""), among=some) for name, some in choices.items()})


def list_choices(shown: Shown) -> dict[str, list[str]]:
    """What each filter can be set to: only what at least one building has."""
    plain = shown.buildings.cast({pl.Enum: pl.String})
    zones = {main_zone(zone) for zone in plain["zone"]}
    return {
        "zone": [zone for zone in MAIN_ZONES if zone in zones],
        "province": sorted(plain["province"].drop_nulls().unique().to_list()),
        "use": [use for use in USES if use in set(plain["use"])],
        "works": [works for works in WORKS if works in set(plain["works"])],
        "standard": sorted(plain["standard"].drop_nulls().unique().to_list()),
    }


def choose_buildings(shown: Shown, filters: Filters) -> pl.DataFrame:
    """The buildings that pass, in their order."""
    plain = shown.buildings.cast({pl.Enum: pl.String})
    for name in ("province", "use", "works", "standard"):
        if asked := getattr(filters, name):
            plain = plain.filter(pl.col(name) == asked)
    if filters.zone:
        plain = plain.filter(pl.col("zone").map_elements(main_zone, return_dtype=pl.String) == filters.zone)
    return plain


def write_cards(chosen: pl.DataFrame, *, shown: Shown, speech: Speech) -> list[Card]:
    """The buildings as they are printed."""
    values = shown.values.cast({pl.Enum: pl.String}).to_dicts()
    by_building: dict[str, list[dict[str, Any]]] = {}
    for value in values:
        by_building.setdefault(value["building"], []).append(value)
    return [
        _write_card(row, by_building.get(row["building"], []), owner=shown.owners.get(row["building"]), speech=speech)
        for row in chosen.to_dicts()
    ]


def _write_card(row: dict[str, Any], values: Sequence[dict[str, Any]], *, owner: Owner | None, speech: Speech) -> Card:
    area = row["gross_area_m2"] if row["gross_area_m2"] is not None else row["treated_area_m2"]
    mark = f" ({row['size_mark']})" if row["size_mark"] == "K" else ""
    return Card(
        key=row["building"],
        name=row["name"],
        place=tell_place(row, speech=speech),
        zone=speech.label(f"building.zone.{row['zone']}") if row["zone"] else "",
        zone_mark=row["zone_mark"] or "",
        use=speech.label(f"building.use.{row['use']}"),
        works=speech.label(f"web.building.works.{row['works']}") if row["works"] else "",
        phase=speech.label(f"building.phase.{row['phase']}"),
        year=tell_year(row, speech=speech),
        standard=tell_standard(row),
        area="" if area is None else f"{speech.number(area, digits=0)} m²{mark}",
        figures=tuple(tell_figure(value, speech=speech) for value in values),
        measured=sum(value["state"] == "measured" for value in values),
        cells=tuple(_write_cell(values, indicator=name, state=state, speech=speech) for name, state in TABLE_FIGURES),
        owner=owner,
    )


def _write_cell(values: Sequence[dict[str, Any]], *, indicator: str, state: str, speech: Speech) -> str:
    told = [
        write_value(value["value"], unit=value["unit"], speech=speech) + (" (K)" if value["mark"] == "K" else "")
        for value in values
        if value["indicator"] == indicator and value["state"] == state
    ]
    return speech.join(told)


def locate_buildings(atlas: Atlas, chosen: pl.DataFrame) -> tuple[pl.DataFrame, int]:
    """Where buildings are: by their own coordinates, else at their city; and how many have no place we know."""
    places = _places(atlas)
    found = []
    for row in chosen.select("country", "city", "latitude", "longitude").to_dicts():
        if row["latitude"] is not None and row["longitude"] is not None:
            found.append((row["latitude"], row["longitude"]))
        elif (city := _find(atlas, row["city"])) is not None and city.startswith(f"{row['country']}-"):
            found.append(places[city])
    frame = pl.DataFrame(found, schema={"latitude": pl.Float64, "longitude": pl.Float64}, orient="row")
    return frame, chosen.height - frame.height


@once_per_atlas()
def _places(atlas: Atlas) -> dict[str, tuple[float, float]]:
    rows = atlas.city.select("city", "latitude", "longitude").drop_nulls().iter_rows()
    return {city: (latitude, longitude) for city, latitude, longitude in rows}


def _find(atlas: Atlas, name: str) -> str | None:
    try:
        city = find_city(atlas, name)
    except CannotCompute:
        return None
    return city if city in _places(atlas) else None


def _choose(name: str, asked: str, *, among: Sequence[str]) -> str:
    if asked and asked not in among:
        raise CannotCompute(Finding(Code.UNKNOWN_CHOICE, {"asked": asked[:80], "option": name, "choices": ", ".join(among)}))
    return asked
