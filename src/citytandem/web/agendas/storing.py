"""How are problems and plans of the solver kept in a row of the database? As plain tables, and read back as they were."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.science.exchange.agenda import AgendaProblem, AgendaSettings, Plan
from citytandem.tables import agenda as tables
from citytandem.web.balances.result import as_finding

if TYPE_CHECKING:
    import dataframely as dy

PROBLEM: dict[str, type[dy.Schema]] = {
    "sessions": tables.Session,
    "rooms": tables.Room,
    "slots": tables.Slot,
    "speakers": tables.Speaker,
    "people": tables.Person,
    "wishes": tables.Wish,
    "absences": tables.Absence,
    "meetings": tables.Meeting,
    "interpreters": tables.Interpreter,
}
PLAN: dict[str, type[dy.Schema]] = {
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
NUMBERS = ("worst_share", "worst_bound", "points", "points_bound", "proof", "seed", "struck", "empty_minutes")


def make_frame(name: str, rows: list[dict[str, Any]]) -> Any:
    """Rows as the valid table of a problem or plan.

    >>> make_frame("speakers", [{"session": "s1", "person": "p2"}]).rows()
    [('s1', 'p2')]
    """
    schema = (PROBLEM | PLAN)[name]
    types = schema.create_empty().schema
    read = [{column: _read(row.get(column), types[column]) for column in types} for row in rows]
    return schema.validate(pl.DataFrame(read, schema=types), cast=True)


def problem_as_json(problem: AgendaProblem) -> dict[str, Any]:
    """A problem as plain values."""
    told = {name: _plain(getattr(problem, name)) for name in PROBLEM}
    return {**told, "settings": dataclasses.asdict(problem.settings)}


def problem_from_json(told: dict[str, Any]) -> AgendaProblem:
    """A problem as it was given to the solver."""
    frames = {name: make_frame(name, told.get(name, [])) for name in PROBLEM}
    return AgendaProblem(**frames, settings=AgendaSettings(**told.get("settings", {})))


def plan_as_json(plan: Plan) -> dict[str, Any]:
    """A plan as plain values, without its findings."""
    return {name: _plain(getattr(plan, name)) for name in PLAN} | {name: getattr(plan, name) for name in NUMBERS}


def plan_from_json(told: dict[str, Any], *, findings: list[dict[str, Any]]) -> Plan:
    """A plan as it was computed."""
    frames = {name: make_frame(name, told.get(name, [])) for name in PLAN}
    found = tuple(as_finding(one) for one in findings)
    return Plan(**frames, **{name: told[name] for name in NUMBERS if name in told}, findings=found)


def _plain(frame: pl.DataFrame) -> list[dict[str, Any]]:
    return [{name: _write(value) for name, value in row.items()} for row in frame.to_dicts()]


def _write(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def _read(value: Any, dtype: pl.DataType) -> Any:
    if isinstance(value, str) and dtype == pl.Date:
        return dt.date.fromisoformat(value)
    if isinstance(value, str) and isinstance(dtype, pl.Datetime):
        return dt.datetime.fromisoformat(value)
    return value
