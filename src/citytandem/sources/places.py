"""Which languages do countries share, and how far apart are the clocks of two cities?"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

LANGUAGE_SOURCE = "Unicode CLDR, territory languages (official, also regionally), as carried by Babel"


def read_languages(countries: Iterable[str]) -> pl.DataFrame:
    """Official languages of countries by CLDR: country, language; a country CLDR does not know has no row.

    >>> read_languages(["DK", "US"]).rows()
    [('DK', 'da'), ('US', 'en')]
    """
    from babel.languages import get_official_languages  # slow import

    rows = [
        (country, language.split("_")[0])
        for country in sorted(set(countries))
        for language in sorted(get_official_languages(country, de_facto=True))
    ]
    return pl.DataFrame(rows, schema={"country": pl.String, "language": pl.String}, orient="row").unique(maintain_order=True)


def add_clocks(city: pl.DataFrame, *, on: dt.date) -> pl.DataFrame:
    """Cities with ``utc_offset_hours`` of their time zone at noon (UTC) of one day; null where the zone is not known.

    >>> import datetime as dt
    >>> zones = pl.DataFrame({"timezone": ["Asia/Tokyo", None]})
    >>> add_clocks(zones, on=dt.date(2026, 1, 1))["utc_offset_hours"].to_list()
    [9.0, None]
    """
    zones = city.get_column("timezone").drop_nulls().unique().to_list()
    hours = {zone: _offset_hours(zone, on) for zone in zones}
    offset = pl.col("timezone").replace_strict(hours, default=None, return_dtype=pl.Float64)
    return city.with_columns(offset.alias("utc_offset_hours"))


@cache
def _offset_hours(zone: str, on: dt.date) -> float | None:
    import datetime as dt
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        offset = dt.datetime.combine(on, dt.time(12), tzinfo=dt.UTC).astimezone(ZoneInfo(zone)).utcoffset()
    except (ZoneInfoNotFoundError, ValueError):
        return None
    return None if offset is None else offset.total_seconds() / 3600
