"""What is known of every city, ready to be listed: names, country, balances, methods, networks, place."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import polars as pl

from citytandem.atlas import once_per_atlas
from citytandem.gazetteer import fold, names_in, search

if TYPE_CHECKING:
    from collections.abc import Sequence

    from citytandem.atlas import Atlas
    from citytandem.words import Language

OWN_LANGUAGES: dict[str, Language] = {"CN": "zh-Hans", "DE": "de", "DK": "da", "JP": "ja"}
"""Languages in which the release holds the official names of a country's cities."""

EARTH_KM = 6371.0


@once_per_atlas()
def list_cities(atlas: Atlas) -> pl.DataFrame:
    """One row per city in the order of the alphabet.

    The columns are those of :func:`~citytandem.gazetteer.search`, and key (the folded name), methods, networks, latitude and
    longitude.
    """
    methods = atlas.balance.group_by("city").agg(pl.col("method").cast(pl.String).unique().sort().alias("methods"))
    networks = atlas.membership.group_by("city").agg(pl.col("network").cast(pl.String).unique().sort().alias("networks"))
    found = (
        search(atlas)
        .join(methods, on="city", how="left")
        .join(networks, on="city", how="left")
        .join(atlas.city.select("city", "latitude", "longitude"), on="city", how="left")
    )
    folded = pl.Series("key", [fold(name) for name in found["name"]], dtype=pl.String)
    return found.with_columns(folded).sort("key", "city")


@once_per_atlas()
def rows_of_cities(atlas: Atlas) -> dict[str, int]:
    """The row of each city in :func:`list_cities`."""
    return {city: row for row, city in enumerate(list_cities(atlas)["city"])}


def pick_cities(atlas: Atlas, cities: Sequence[str]) -> pl.DataFrame:
    """The rows of some cities, in the order they are named."""
    rows = rows_of_cities(atlas)
    return list_cities(atlas)[[rows[city] for city in cities if city in rows]]


def measure_km(places: pl.DataFrame, *, latitude: float, longitude: float) -> pl.Series:
    """How far each place is from a point, along the surface of a round earth; null where a place is not known."""
    here, there = math.radians(latitude), pl.col("latitude").radians()
    half = ((there - here) / 2).sin().pow(2) + math.cos(here) * there.cos() * (
        (pl.col("longitude").radians() - math.radians(longitude)) / 2
    ).sin().pow(2)
    return places.select((2 * EARTH_KM * half.clip(0, 1).sqrt().arcsin()).alias("km"))["km"]


def own_names(atlas: Atlas, cities: Sequence[str]) -> dict[str, str]:
    """How each city writes its own name, as far as the release knows it."""
    told: dict[str, str] = {}
    by_country: dict[str, list[str]] = {}
    for city in cities:
        by_country.setdefault(city[:2], []).append(city)
    for country, some in by_country.items():
        told |= names_in(atlas, some, language=OWN_LANGUAGES.get(country, "en"))
    return told


def show_state(state: str | None) -> str:
    """A state or region; nothing where a register gives only a number for it, which says nothing to a reader."""
    return "" if state is None or any(letter.isdigit() for letter in state) else state
