"""What do the files of an event hold? Sessions, rooms, slots, people and wishes, checked cell by cell."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import dataframely as dy
import polars as pl

from citytandem.findings import CannotCompute, Code, Finding
from citytandem.science.exchange.agenda import AgendaProblem, AgendaSettings
from citytandem.sources import guard
from citytandem.sources.delimited import ROW, read_delimited
from citytandem.sources.workbook import heading, read_workbook
from citytandem.tables import agenda as tables

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SCHEMAS: dict[str, type[dy.Schema]] = {
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
"""The tables of an event by file or sheet name."""
NEEDED = ("sessions", "rooms", "slots")
POINTS_TO = {
    "speakers": {"session": "sessions"},
    "wishes": {"session": "sessions", "person": "people"},
    "absences": {"slot": "slots"},
    "sessions": {"fixed_slot": "slots", "fixed_room": "rooms"},
}
"""Columns whose keys must stand in another table."""
KEYS = {"sessions": "session", "slots": "slot", "rooms": "room", "people": "person"}
TRUE, FALSE = {"yes", "true", "1", "x", "ja"}, {"no", "false", "0", "nein"}
DEFAULTS: dict[str, dict[str, Any]] = {
    "sessions": {"kind": "talk", "slots": 1},
    "slots": {"is_lunch": False},
    "meetings": {"worth": 1.0},
}


@dataclass
class _Reading:
    findings: list[Finding] = field(default_factory=list)

    def refuse(self, *, row: int, where: str, column: str, rule: str, value: object) -> None:
        """Note a cell that cannot be used."""
        facts: dict[str, str | int] = {"row": row, "column": column, "rule": rule, "value": str(value)}
        self.findings.append(Finding(Code.ROW_BREAKS_RULE, facts, row=row, where=where))


def read_event(files: Mapping[str, bytes]) -> tuple[AgendaProblem | None, list[Finding]]:
    """The problem in files by name: ``sessions.csv`` and its neighbours, or one workbook with sheets of these names.

    Returns
    -------
    The problem, None where a cell or table stands in the way; and findings with file, row and column.
    """
    reading = _Reading()
    raw = _tables_of(files, reading=reading)
    reading.findings += [
        Finding(Code.SHEET_MISSING, {"sheet": name}, where=", ".join(sorted(files)) or "–") for name in NEEDED if name not in raw
    ]
    settings = _settings(raw.pop("settings", ("", [])), reading=reading)
    rows = {name: _rows(name, *raw[name], reading=reading) for name in SCHEMAS if name in raw}
    _check_keys(rows, raw, reading=reading)
    if reading.findings:
        return None, reading.findings
    frames = {name: _frame(schema, [own for _, own in rows.get(name, [])]) for name, schema in SCHEMAS.items()}
    return AgendaProblem(**frames, settings=settings), []


def read_absences(words: list[str]) -> dy.DataFrame[tables.Absence]:
    """Absences as a person types them: ``ana:d2s3`` for a person, ``room=hall:d2s3`` for a room.

    Raises
    ------
    CannotCompute
        UNKNOWN_CHOICE where a word has another form.

    >>> read_absences(["ana:d2s3", "room=hall:d2s3"]).rows()
    [('person', 'ana', 'd2s3'), ('room', 'hall', 'd2s3')]
    """
    rows = []
    for word in words:
        if not re.fullmatch(r"(room=)?[A-Za-z0-9][\w.+/-]*:[A-Za-z0-9][\w.+/-]*", word, re.ASCII):
            facts = {"asked": word, "option": "--absent", "choices": "person:slot, room=room:slot"}
            raise CannotCompute(Finding(Code.UNKNOWN_CHOICE, facts))
        who, _, slot = word.rpartition(":")
        kind, name = ("room", who.removeprefix("room=")) if who.startswith("room=") else ("person", who)
        rows.append({"kind": kind, "who": name, "slot": slot})
    found: dy.DataFrame[tables.Absence] = _frame(tables.Absence, rows)
    return found


def _frame(schema: type[dy.Schema], rows: list[dict[str, Any]]) -> Any:
    shape = schema.create_empty().schema
    return schema.validate(pl.DataFrame(rows, schema=shape).select(list(shape)) if rows else schema.create_empty())


def _tables_of(files: Mapping[str, bytes], *, reading: _Reading) -> dict[str, tuple[str, list[dict[str, Any]]]]:
    """Rows of text by table, each with its row in the file."""
    found: dict[str, tuple[str, list[dict[str, Any]]]] = {}
    for name, content in sorted(files.items()):
        if guard.is_zip(content) or name.lower().endswith((".xlsx", ".xlsm")):
            sheets, told = read_workbook(content, where=name)
            for sheet, cells in sheets.items():
                found[heading(sheet)] = (f"{name}, {sheet}", _sheet_rows(cells))
        else:
            first = content[:4096].split(b"\n", 1)[0]
            separator = max(",;\t", key=lambda sign: first.count(sign.encode()))
            frame, told = read_delimited(content, where=name, separator=separator)
            found[heading(name.rsplit(".", 1)[0])] = (name, frame.to_dicts())
        reading.findings += told
    wanted = {*SCHEMAS, "settings"}
    return {name: (where, [_tidy(row) for row in rows]) for name, (where, rows) in found.items() if name in wanted}


def _sheet_rows(cells: list[list[Any]]) -> list[dict[str, Any]]:
    filled = [at for at, row in enumerate(cells) if any(str(cell).strip() for cell in row)]
    if not filled:
        return []
    names = [heading(cell) for cell in cells[filled[0]]]
    return [{**dict(zip(names, map(_text, cells[at]), strict=False)), ROW: at + 1} for at in filled[1:]]


def _text(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _tidy(row: dict[str, Any]) -> dict[str, Any]:
    cells = {name.replace(" ", "_"): cell for name, cell in row.items()}
    return {name: (cell.strip() or None) if isinstance(cell, str) else cell for name, cell in cells.items()}


def _rows(name: str, where: str, lines: list[dict[str, Any]], *, reading: _Reading) -> list[tuple[int, dict[str, Any]]]:
    schema = SCHEMAS[name]
    columns = schema.columns()
    needed = [column for column, kind in columns.items() if kind.primary_key] if name != "absences" else ["slot"]
    missing = [column for column in needed if lines and column not in lines[0]]
    reading.findings += [Finding(Code.COLUMN_MISSING, {"column": column}, where=where) for column in missing]
    if missing:
        return []
    found: list[tuple[int, dict[str, Any]]] = []
    for line in lines:
        number = int(line.get(ROW) or 0)
        told = DEFAULTS.get(name, {}) | {key: cell for key, cell in line.items() if cell is not None}
        own = _row(name, told, where=where, number=number, reading=reading)
        if own is not None and _is_valid(schema, own, where=where, number=number, reading=reading):
            found.append((number, own))
    seen: dict[tuple[Any, ...], int] = {}
    for number, own in found:
        mark = tuple(own[column] for column in schema.primary_key())
        if mark in seen:
            reading.refuse(row=number, where=where, column=", ".join(schema.primary_key()), rule=f"= {seen[mark]}", value=mark[0])
        seen.setdefault(mark, number)
    return found


def _row(name: str, told: dict[str, Any], *, where: str, number: int, reading: _Reading) -> dict[str, Any] | None:
    if name == "sessions":
        told = {"title": told.get("session")} | told
    if name == "absences" and "who" not in told:
        absent = "person" if told.get("person") else "room"
        told = told | {"kind": absent, "who": told.get(absent)}
    if name == "meetings" and told.get("a") and told.get("b"):
        told = told | dict(zip(("a", "b"), sorted((told["a"], told["b"])), strict=True))
    if name == "slots":
        told = _moments(told)
    own: dict[str, Any] = {}
    for column, kind in SCHEMAS[name].columns().items():
        cell = told.get(column)
        try:
            own[column] = _CONVERT.get(type(kind), str)(cell) if cell is not None else ([] if isinstance(kind, dy.List) else None)
        except ValueError:
            reading.refuse(row=number, where=where, column=column, rule=type(kind).__name__.lower(), value=cell)
            return None
    return own


def _is_valid(schema: type[dy.Schema], own: dict[str, Any], *, where: str, number: int, reading: _Reading) -> bool:
    try:
        frame = pl.DataFrame([own], schema=schema.create_empty().schema, strict=True)
    except (pl.exceptions.PolarsError, TypeError, OverflowError):
        choices: dict[str, list[str]] = {
            name: list(kind.categories) for name, kind in schema.columns().items() if isinstance(kind, dy.Enum)
        }
        wrong = next((name for name, words in choices.items() if own[name] not in words), "")
        reading.refuse(row=number, where=where, column=wrong, rule=", ".join(choices.get(wrong, ())), value=own.get(wrong))
        return False
    _, failed = schema.filter(frame)
    for rule in failed.counts():
        column = str(rule).split("|")[0]
        reading.refuse(row=number, where=where, column=column, rule=str(rule).split("|")[-1], value=own.get(column, "–"))
    return not len(failed)


def _moments(told: dict[str, Any]) -> dict[str, Any]:
    """Times of day at the place become moments in UTC."""
    zone, day = told.get("zone"), str(told.get("day") or "")[:10]
    found = dict(told)
    for name in ("starts", "ends"):
        cell = str(told.get(name) or "")
        match = re.fullmatch(r"(?:\d{4}-\d\d-\d\d[ T])?(\d{1,2}):(\d\d)(?::\d\d)?", cell)
        if match and zone:
            try:
                at = dt.datetime.fromisoformat(day).replace(hour=int(match[1]), minute=int(match[2]), tzinfo=ZoneInfo(str(zone)))
            except (ValueError, KeyError, OSError):
                continue
            found[name] = at.astimezone(dt.UTC).isoformat()
    return found


def _words(cell: object) -> list[str]:
    return [word for word in re.split(r"[;,|\s]+", str(cell)) if word]


def _truth(cell: object) -> bool:
    word = str(cell).lower()
    if word not in TRUE | FALSE:
        raise ValueError(word)
    return word in TRUE


def _moment(cell: object) -> dt.datetime:
    found = dt.datetime.fromisoformat(str(cell))
    if found.tzinfo is None:
        raise ValueError(cell)
    return found.astimezone(dt.UTC)


_CONVERT: dict[type, Callable[[Any], Any]] = {
    dy.Int32: lambda cell: int(str(cell)),
    dy.Float64: lambda cell: float(str(cell)),
    dy.Bool: _truth,
    dy.List: _words,
    dy.Date: lambda cell: dt.date.fromisoformat(str(cell)[:10]),
    dy.Datetime: _moment,
}


def _settings(found: tuple[str, list[dict[str, Any]]], *, reading: _Reading) -> AgendaSettings:
    where, lines = found
    told: dict[str, int] = {}
    for line in lines:
        name, value = str(line.get("name")), str(line.get("value"))
        if name not in AgendaSettings.__dataclass_fields__ or not value.isdigit():
            choices = ", ".join(AgendaSettings.__dataclass_fields__)
            reading.refuse(
                row=int(line.get(ROW) or 0), where=where, column="name, value", rule=choices, value=f"{name} = {value}"
            )
        else:
            told[name] = int(value)
    return AgendaSettings(**told)


def _check_keys(
    rows: Mapping[str, list[tuple[int, dict[str, Any]]]],
    raw: Mapping[str, tuple[str, list[dict[str, Any]]]],
    *,
    reading: _Reading,
) -> None:
    known = {table: {own[column] for _, own in rows.get(table, [])} for table, column in KEYS.items()}
    for name, pointers in POINTS_TO.items():
        for number, own in rows.get(name, []):
            for column, table in pointers.items():
                if own[column] is not None and table in rows and own[column] not in known[table]:
                    facts = {"row": number, "column": column, "value": own[column], "table": table}
                    reading.findings.append(Finding(Code.REFERENCE_DANGLING, facts, row=number, where=raw[name][0]))
