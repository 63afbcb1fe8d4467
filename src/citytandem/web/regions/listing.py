"""Which regions are there, of what kind, and which series exist of each? By country and name, never by a value."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import polars as pl

from citytandem.charts.chart import name_key
from citytandem.gazetteer import fold
from citytandem.narration import name_country
from citytandem.transition import NAMES, name_regions
from citytandem.web.insights.world_map import draw_dots
from citytandem.web.regions.reading import paths_of

if TYPE_CHECKING:
    from citytandem.web.regions.reading import Known
    from citytandem.words import Speech

SUBJECTS = {
    "jobs": ("employment", "jobs", "urban_employment", "manufacturing_employment", "unemploy"),
    "economy": ("gdp", "industry_value_added", "coal_coke_power_metals_share"),
    "coal": ("coal_employment", "coal_output", "coal_capacity", "coal_mines", "coal_subsidy", "coal_share"),
    "steel": ("steel", "iron", "coking"),
    "people": ("population",),
    "air": ("pm25", "pm10", "so2", "nox", "co2"),
}
"""What series are about, by how the names of indicators begin."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One region of the list; ``folded`` holds its names in every language, for the search."""

    key: str
    name: str
    kind: str
    country: str
    country_code: str
    subjects: tuple[str, ...]
    years: str
    has_path: bool
    phases: int
    folded: tuple[str, ...]


@lru_cache(maxsize=16)
def list_regions(known: Known, *, speech: Speech) -> tuple[Listed, ...]:
    """Every region that is no country, by country and name in the language of the page."""
    names = name_regions(known.atlas, language=speech.language)
    series = known.table("region_series").with_columns(pl.col("indicator").cast(pl.String))
    spans = {
        row["region"]: row
        for row in series.group_by("region").agg(
            pl.col("indicator").unique(), pl.col("year").min().alias("first"), pl.col("year").max().alias("last")
        ).to_dicts()
    }  # fmt: skip
    phases = dict(known.table("region_phase").group_by("region").len().iter_rows())
    pathed = set(paths_of(known).regions)
    found = []
    for row in known.table("region").filter(pl.col("kind").cast(pl.String) != "country").to_dicts():
        key, span = row["region"], spans.get(row["region"])
        subjects = tuple(
            name for name, starts in SUBJECTS.items() if span and any(one.startswith(starts) for one in span["indicator"])
        )
        years = f"{span['first']}–{span['last']}" if span else ""
        folded = tuple(fold(str(row[column])) for column in NAMES if row.get(column))
        place = (name_country(row["country"], speech), row["country"])
        kind = name_key(speech, "region.kind", key=str(row["kind"]))
        found.append(Listed(key, names[key], kind, *place, subjects, years, key in pathed, phases.get(key, 0), folded))
    return tuple(sorted(found, key=lambda one: (fold(one.country), fold(one.name), one.key)))


def choose_regions(every: tuple[Listed, ...], *, text: str, country: str) -> list[Listed]:
    """Those of a country whose name in any language holds a text."""
    wanted = fold(text.strip())
    return [
        one for one in every
        if (not country or one.country_code == country) and (not wanted or any(wanted in name for name in one.folded))
    ]  # fmt: skip


@lru_cache(maxsize=64)
def draw_regions(known: Known, keys: frozenset[str]) -> str:
    """A map of some regions; those whose path can be compared stand out. Empty if none has a place."""
    rows = known.table("region").filter(pl.col("region").is_in(list(keys)) & pl.col("latitude").is_not_null())
    with_path = pl.col("region").is_in(list(paths_of(known).regions))
    return draw_dots({"told": rows.filter(~with_path), "known": rows.filter(with_path)}) if rows.height else ""
