"""A plan as files: places, seats, meetings, interpreters, reasons; and a whole plan that can be read again."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.science.exchange.agenda import Plan
from citytandem.tables import agenda as tables

if TYPE_CHECKING:
    import dataframely as dy

FRAMES: dict[str, type[dy.Schema]] = {
    "placed": tables.Placed,
    "seats": tables.Seat,
    "talks": tables.Talk,
    "interpreted": tables.Interpreted,
    "served": tables.Served,
    "unmet": tables.Unmet,
    "steps": tables.PlanStep,
    "moved": tables.Moved,
    "seat_changes": tables.SeatChange,
}
FILES = {"placed": "placed.csv", "seats": "seats.csv", "talks": "meetings.csv", "interpreted": "interpreters.csv",
         "unmet": "unmet.csv", "moved": "moved.csv", "seat_changes": "seat_changes.csv"}  # fmt: skip
"""Which table of a plan goes into which file; ``plan.json`` holds all of them."""
NUMBERS = ("worst_share", "worst_bound", "points", "points_bound", "proof", "seed", "struck", "empty_minutes")


def write_plan(plan: Plan) -> dict[str, bytes]:
    """The files of a plan by name. ``unmet.csv``, ``seats.csv`` and ``plan.json`` name people: they are not for the public."""
    found = {file: getattr(plan, name).write_csv().encode() for name, file in FILES.items() if getattr(plan, name).height}
    return found | {"plan.json": json.dumps(as_plain(plan), ensure_ascii=False, indent=1).encode()}


def as_plain(plan: Plan) -> dict[str, Any]:
    """A plan as plain values, for JSON."""
    own = {name: getattr(plan, name) for name in NUMBERS}
    return own | {name: getattr(plan, name).with_columns(pl.col(pl.Enum).cast(pl.String)).to_dicts() for name in FRAMES}


def read_plan(content: bytes) -> Plan:
    """A plan from ``plan.json``; its findings are left behind.

    Raises
    ------
    ValueError, KeyError
        Where the file is no plan.
    """
    told = json.loads(content)
    frames: dict[str, Any] = {name: schema.validate(_shaped(schema, told[name])) for name, schema in FRAMES.items()}
    numbers = {name: told[name] for name in NUMBERS}
    assert {*frames, *numbers, "findings"} == {own.name for own in fields(Plan)}  # noqa: S101 - a column more must be written too
    return Plan(**frames, **numbers, findings=())


def _shaped(schema: type[dy.Schema], rows: list[dict[str, Any]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=schema.create_empty().schema)
