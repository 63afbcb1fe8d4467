"""How is a sheet read, as fields a person can look at and correct; and the mapping that comes back from them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from citytandem.charts.chart import name_key
from citytandem.sources.anysheet import Proposal, answer, load_mapping, save_mapping
from citytandem.sources.anysheet.amounts import read_unit
from citytandem.sources.anysheet.mapping import HEATING, ROLES, Mapping, WordMap
from citytandem.sources.anysheet.propose import SURE
from citytandem.tables.balance import CARRIERS, ELECTRICITY, GWP_SETS, SECTORS

if TYPE_CHECKING:
    from collections.abc import Mapping as Dictionary

    from citytandem.sources.anysheet.mapping import ColumnMap, TableMap
    from citytandem.web.balances.result import Asked
    from citytandem.words import Speech

KEEP = "keep"
USES = ("total", "memo", "planned", "population", "skip")
HEAD = ("method", "gwp", "electricity", "boundary", "heating_value", "fiscal_year_start")
BOUNDARIES = ("municipality", "urban_area", "county", "prefecture_level", "unknown")
AMOUNTS = ("emissions", "energy", "value")
Choice = tuple[str, str]
Groups = list[tuple[str, list[Choice]]]


@dataclass(frozen=True)
class Select:
    """One field with choices: its name in the form, its label, what is chosen, and the choices in groups."""

    name: str
    label: str
    value: str
    groups: Groups


@dataclass(frozen=True)
class Column:
    """One column: what its heading says, what it is read as, and why."""

    heading: str
    role: Select
    unit_name: str
    unit: str
    means: Select | None
    reason: str


@dataclass(frozen=True)
class Table:
    """One table of the file."""

    at: int
    title: str
    use: bool
    year: int | None
    needs_year: bool
    units: list[tuple[str, str, str]]
    decimal: str
    columns: list[Column]


@dataclass(frozen=True)
class Question:
    """A question to the person, with what was answered so far."""

    name: str
    asked: Asked
    given: str
    choices: list[Choice]
    is_wrong: bool = False


@dataclass(frozen=True)
class Sheet:
    """The whole screen: what is open, what the balance is, its tables and its words."""

    head: list[Select]
    top_down: bool
    tables: list[Table]
    unsure: list[tuple[WordMap, Select]]
    sure: list[tuple[WordMap, Select]]


def describe(mapping: Mapping, *, speech: Speech, methods: Dictionary[str, str]) -> Sheet:
    """Lay a mapping out as fields, in the words of the reader; what is least certain comes first."""
    words = [(word, _word_select(at, word, speech=speech)) for at, word in enumerate(mapping.words)]
    words.sort(key=lambda pair: pair[0].confidence)
    return Sheet(
        head=[_head_select(name, mapping, speech=speech, methods=methods) for name in HEAD],
        top_down=mapping.top_down,
        tables=[_table(at, table, speech=speech) for at, table in enumerate(mapping.tables)],
        unsure=[pair for pair in words if pair[0].confidence < SURE and pair[0].reason != "person"],
        sure=[pair for pair in words if pair[0].confidence >= SURE or pair[0].reason == "person"],
    )


def _head_select(name: str, mapping: Mapping, *, speech: Speech, methods: Dictionary[str, str]) -> Select:
    value = str(getattr(mapping, name))
    choices: list[Choice]
    if name == "method":
        choices = [(key, title) for key, title in methods.items()]
    elif name == "fiscal_year_start":
        choices = [(str(month), str(month)) for month in range(1, 13)]
    elif name == "heating_value":
        choices = [(key, name_key(speech, "web.balances.heating", key=key)) for key in HEATING]
    else:
        keys = {"gwp": GWP_SETS, "electricity": ELECTRICITY, "boundary": BOUNDARIES}[name]
        choices = [(key, name_key(speech, "said", key=key)) for key in keys]
    if value not in dict(choices):
        choices.append((value, value))
    return Select(f"m-{name}", name_key(speech, "web.balances.head", key=name), value, [("", choices)])


def _table(at: int, table: TableMap, *, speech: Speech) -> Table:
    lacking = {column.role for column in table.columns if column.role in {"emissions", "energy"} and not column.unit}
    units = [
        (f"t{at}-unit_{role}", name_key(speech, "import.role", key=role), getattr(table, f"unit_{role}"))
        for role in ("emissions", "energy")
        if role in lacking or getattr(table, f"unit_{role}")
    ]
    needs_year = not any(column.role == "year" or "{year}" in column.heading or column.year for column in table.columns)
    columns = [_column(f"t{at}c{place}", column, speech=speech) for place, column in enumerate(table.columns)]
    return Table(at, table.sheet, table.use, table.year, needs_year, units, table.decimal, columns)


def _column(name: str, column: ColumnMap, *, speech: Speech) -> Column:
    roles = [(role, name_key(speech, "import.role", key=role)) for role in ROLES]
    label = f"{name_key(speech, 'import', key='read_as')}: {column.heading[:60]}"
    role = Select(f"{name}-role", label, column.role, [("", roles)])
    means = None
    if column.role in AMOUNTS:
        now = _meaning(column.use, column.sector, column.carrier, speech=speech)
        said = f"{name_key(speech, 'import', key='means')}: {column.heading[:60]}"
        means = Select(f"{name}-means", said, KEEP, [("", [(KEEP, now)]), *_meanings(speech)])
    reason = name_key(speech, "import.reason", key=column.reason or None)
    return Column(column.heading, role, f"{name}-unit", column.unit, means, reason)


def _word_select(at: int, word: WordMap, *, speech: Speech) -> Select:
    now = _meaning(word.use, word.sector, word.carrier, speech=speech)
    return Select(f"w{at}-means", word.text, KEEP, [("", [(KEEP, now)]), *_meanings(speech)])


def _meaning(use: str, sector: str, carrier: str, *, speech: Speech) -> str:
    parts = [name_key(speech, kind, key=key) for kind, key in (("sector", sector), ("carrier", carrier)) if key]
    if use != "line" or not parts:
        parts.insert(0, name_key(speech, "import.use", key=use))
    return " · ".join(parts)


def _meanings(speech: Speech) -> Groups:
    """Everything a word can mean, by kind."""
    groups = []
    for title, prefix, label, keys in (
        ("sectors", "", "sector", SECTORS), ("carriers", "carrier:", "carrier", CARRIERS), ("rest", "", "import.use", USES)
    ):  # fmt: skip
        choices = [(f"{prefix}{key}", name_key(speech, label, key=key)) for key in keys]
        groups.append((name_key(speech, "web.balances.group", key=title), choices))
    return groups


def describe_questions(
    asked: list[Asked], *, given: Dictionary[str, str], wrong: frozenset[str], speech: Speech
) -> list[Question]:
    """The questions with what was answered so far."""
    return [
        Question(
            f"q-{at}",
            one,
            given.get(one.key, ""),
            [(choice, _say_choice(one.key, choice, speech=speech)) for choice in one.choices],
            one.key in wrong,
        )
        for at, one in enumerate(asked)
    ]


def _say_choice(key: str, choice: str, *, speech: Speech) -> str:
    return name_key(speech, "web.balances.decimal", key=choice) if key == "decimal" else choice


def read_back(data: Dictionary[str, str], *, mapping: Mapping) -> Mapping:
    """The mapping with what a person sent; a value that is not among the choices changes nothing."""
    head: dict[str, Any] = {name: data[f"m-{name}"] for name in HEAD if data.get(f"m-{name}")}
    if "fiscal_year_start" in head:
        head["fiscal_year_start"] = int(head["fiscal_year_start"]) if head["fiscal_year_start"].isdecimal() else 1
    tables = tuple(_read_table(table, f"t{at}", data=data) for at, table in enumerate(mapping.tables))
    changed = replace(mapping, **head, top_down="m-top_down" in data, tables=tables)
    means = {f"word.{word.text}": data[f"w{at}-means"] for at, word in enumerate(mapping.words)
             if _is_choice(data.get(f"w{at}-means", KEEP))}  # fmt: skip
    settled = answer(Proposal(changed), means).mapping
    checked, _ = load_mapping(save_mapping(settled))
    return checked or mapping


def _read_table(table: TableMap, name: str, *, data: Dictionary[str, str]) -> TableMap:
    year = data.get(f"{name}-year", "").strip()
    more: dict[str, Any] = {"use": f"{name}-use" in data}
    if f"{name}-year" in data:
        more["year"] = int(year) if year.isdecimal() and len(year) == 4 else None
    for part in ("unit_emissions", "unit_energy", "decimal"):
        if f"{name}-{part}" in data:
            more[part] = data[f"{name}-{part}"].strip()[:40]
    columns = tuple(_read_column(column, f"{name}c{at}", data=data) for at, column in enumerate(table.columns))
    return replace(table, **more, columns=columns)


def _read_column(column: ColumnMap, name: str, *, data: Dictionary[str, str]) -> ColumnMap:
    changed = column
    role, unit = data.get(f"{name}-role", column.role), data.get(f"{name}-unit", column.unit).strip()[:40]
    if (role, unit) != (column.role, column.unit) and role in ROLES:
        changed = replace(changed, role=role, unit=unit, reason="person")
    means = data.get(f"{name}-means", KEEP)
    if _is_choice(means):
        kind, _, key = means.rpartition(":")
        meant = {"carrier": key} if kind else {"use": key} if key in USES else {"sector": key, "use": "line"}
        changed = replace(changed, reason="person", **meant)  # type: ignore[arg-type]
    return changed


def _is_choice(value: str) -> bool:
    kind, _, key = value.rpartition(":")
    return value in USES or (not kind and key in SECTORS) or (kind == "carrier" and key in CARRIERS)


def find_wrong_answers(asked: list[Asked], *, given: Dictionary[str, str]) -> frozenset[str]:
    """Questions whose answer cannot be meant: a unit nobody knows or that has two meanings, a year that is none."""
    answered = [(one, given[one.key]) for one in asked if given.get(one.key)]
    return frozenset(one.key for one, value in answered if not _can_be_meant(one, value))


def _can_be_meant(one: Asked, value: str) -> bool:
    if one.key.startswith("unit."):
        unit = read_unit(value)
        return bool(unit.quantity) and not unit.asked
    if one.key == "year":
        return value.isdecimal() and 1700 <= int(value) <= 2100
    return not one.choices or value in one.choices
