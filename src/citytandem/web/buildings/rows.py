"""How do the tables of one building lie in the database, and what changed between two versions?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import polars as pl

from citytandem.sources.building_files import TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import dataframely as dy

Name: TypeAlias = tuple[tuple[str, str], ...]
RECORD = "buildings"
KEYS = {"values": ("indicator", "state", "convention", "area_convention", "period", "source"), "meters": ("carrier", "starts"),
        "weather": ("series", "starts")}  # fmt: skip
"""What tells rows of one building apart; the record is one row."""
MAIN = {"values": "value", "meters": "energy_kwh", "weather": "temperature_mean"}
"""What a row says."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """One thing that is different: in which table and row, which column, before and after; None where a row was not there.

    ``row`` tells the row apart by its key: columns with what stands in them.
    """

    table: str
    row: tuple[tuple[str, str], ...]
    column: str
    before: str | None
    after: str | None


def as_rows(frame: pl.DataFrame) -> list[dict[str, Any]]:
    """The rows of a table as they are kept: text, numbers, null; days as 2026-01-31."""
    plain = frame.with_columns(pl.col(pl.Enum).cast(pl.String), pl.col(pl.Date).dt.to_string("%Y-%m-%d"))
    return plain.to_dicts()


def as_frame(table: str, *, rows: Sequence[Mapping[str, Any]]) -> pl.DataFrame:
    """Kept rows as a table of :mod:`citytandem.tables.building` again."""
    schema: type[dy.Schema] = TABLES[table]
    read = [{name: _read_day(value) if name in {"starts", "ends"} else value for name, value in row.items()} for row in rows]
    types = {name: pl.String if column.dtype == pl.Enum else column.dtype for name, column in schema.columns().items()}
    return schema.cast(pl.DataFrame(read, schema=types))


def sort_rows(table: str, *, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows in the order of their key, so that a row has its place in a version."""
    keys = KEYS.get(table, ())
    return sorted((dict(row) for row in rows), key=lambda row: tuple(str(row[name]) for name in keys))


def find_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """What is different in ``after``, table by table; rows are told apart by their keys."""
    found = _compare_row(RECORD, (), before.get(RECORD) or {}, after.get(RECORD) or {})
    for table in KEYS:
        old = {_name_row(table, row): row for row in before.get(table, ())}
        new = {_name_row(table, row): row for row in after.get(table, ())}
        for name in sorted(old.keys() | new.keys()):
            if name in old and name in new:
                found += _compare_row(table, name, old[name], new[name])
            else:
                found.append(_come_or_gone(table, name, old=old.get(name), new=new.get(name)))
    return found


def _come_or_gone(table: str, name: Name, *, old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> Change:
    column = MAIN[table]
    told = [None if row is None else _write(row[column]) for row in (old, new)]
    return Change(table=table, row=name, column=column, before=told[0], after=told[1])


def _compare_row(table: str, name: Name, old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Change]:
    columns = [column for column in TABLES[table].column_names() if old.get(column) != new.get(column)]
    return [
        Change(table=table, row=name, column=column, before=_write(old.get(column)), after=_write(new.get(column)))
        for column in columns
    ]


def _name_row(table: str, row: Mapping[str, Any]) -> Name:
    return tuple((name, str(row[name])) for name in KEYS[table] if row[name] not in {"not_stated", "own"})


def _write(value: object) -> str:
    return "–" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def _read_day(value: Any) -> Any:
    return dt.date.fromisoformat(value) if isinstance(value, str) else value
