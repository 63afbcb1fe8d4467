"""What lies between cities: where they are, what the clock says there, and what is spoken."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterable

    from citytandem.atlas import Atlas

WINTER = dt.datetime(2026, 1, 15, 12)  # noqa: DTZ001 a wall-clock time; each zone gives its own offset for it
"""Clocks are compared on a winter day, when few countries have moved them."""


def read_places(atlas: Atlas) -> pl.DataFrame:
    """City, country, latitude, longitude and ``utc_offset_hours`` on a winter day; null where the zone is not known."""
    zones = atlas.city["timezone"].drop_nulls().unique().to_list()
    offsets = pl.DataFrame(
        {"timezone": zones, "utc_offset_hours": [read_offset(zone) for zone in zones]},
        schema={"timezone": pl.String, "utc_offset_hours": pl.Float64},
    )
    chosen = atlas.city.select("city", "country", "latitude", "longitude", "timezone")
    return chosen.join(offsets, on="timezone", how="left").drop("timezone")


@cache
def read_offset(zone: str) -> float | None:
    """Hours ahead of UTC on the winter day; None for a zone this machine does not know."""
    try:
        offset = WINTER.replace(tzinfo=ZoneInfo(zone)).utcoffset()
    except (ZoneInfoNotFoundError, ValueError):
        return None
    return None if offset is None else offset.total_seconds() / 3600


def read_languages(countries: Iterable[str]) -> pl.DataFrame:
    """Official languages of countries, from the Unicode Common Locale Data Repository: country, language."""
    from babel.languages import get_official_languages  # slow import

    rows = [(country, language) for country in sorted(set(countries)) for language in get_official_languages(country)]
    return pl.DataFrame(rows, schema={"country": pl.String, "language": pl.String}, orient="row").unique(maintain_order=True)
