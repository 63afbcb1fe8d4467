"""How are the tables of a tour kept in a row of the database? As plain values, and read back as they were."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.tables import tour as tables

if TYPE_CHECKING:
    from collections.abc import Iterable

    import dataframely as dy

PROBLEM: dict[str, type[dy.Schema]] = {
    "sites": tables.Site,
    "openings": tables.Opening,
    "stays": tables.Stay,
    "days": tables.TourDay,
    "legs": tables.Leg,
    "wishes": tables.TourWish,
    "ways": tables.TravelWay,
}
RESULT: dict[str, type[dy.Schema]] = {"stops": tables.Stop, "unmet": tables.Unmet}


def make_frame(name: str, rows: Iterable[dict[str, Any]]) -> Any:
    """Rows as the valid table of a tour.

    >>> make_frame("wishes", [{"topic": "water", "weight": 9}]).rows()
    [('water', 9)]
    """
    schema = (PROBLEM | RESULT)[name]
    types = schema.create_empty().schema
    read = [{column: _read(row.get(column), types[column]) for column in types} for row in rows]
    return schema.validate(pl.DataFrame(read, schema=types), cast=True)


def as_rows(frame: pl.DataFrame) -> list[dict[str, Any]]:
    """A table as plain values."""
    return [{name: _write(value) for name, value in row.items()} for row in frame.to_dicts()]


def read_rows(name: str, rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows that were kept, with days and times as such again."""
    types = (PROBLEM | RESULT)[name].create_empty().schema
    return [{column: _read(row.get(column), types[column]) for column in types} for row in rows]


def _write(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date | dt.time) else value


def _read(value: Any, dtype: pl.DataType) -> Any:
    if not isinstance(value, str):
        return value
    if dtype == pl.Date:
        return dt.date.fromisoformat(value)
    if dtype == pl.Time:
        return dt.time.fromisoformat(value)
    return dt.datetime.fromisoformat(value) if isinstance(dtype, pl.Datetime) else value
