"""What could the columns and words of a file mean? Proposes a mapping with reasons, and asks what nobody should guess."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from citytandem.findings import Code, Fact, Finding, Severity
from citytandem.sources.anysheet.amounts import Marks, find_marks, find_unit, read_unit
from citytandem.sources.anysheet.columns import is_unit_text, propose_column
from citytandem.sources.anysheet.headers import Tables, find_all_tables
from citytandem.sources.anysheet.mapping import ColumnMap, Mapping, TableMap, WordMap
from citytandem.sources.anysheet.words import read_words, read_year, year_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citytandem.sources.anysheet.grid import Grid
    from citytandem.sources.anysheet.headers import Column, Table
    from citytandem.sources.anysheet.words import Meaning

WORDS = 2_000
"""Different words of a label column that are proposed one by one; a balance has dozens."""
SURE = 0.7
"""A proposal below this confidence is shown first; one of zero is asked."""
AMOUNTS = ("emissions", "energy", "value")


@dataclass(frozen=True, slots=True)
class Question:
    """What only a person knows. ``key`` is what an answer is given under; ``choices`` may be empty."""

    key: str
    finding: Finding
    choices: tuple[str, ...] = ()
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A mapping to be looked at: what is open before the file can be read, and findings about the rest."""

    mapping: Mapping
    questions: tuple[Question, ...] = ()
    findings: tuple[Finding, ...] = ()


def propose_mapping(grid: Grid, *, where: str, tables: Tables | None = None) -> Proposal:
    """Propose how a file is read.

    Parameters
    ----------
    grid
        The sheets of the file.
    where
        Its name, as findings call it; a year in it counts where the tables say none.
    tables
        Its tables by sheet, if they have been found already.

    Returns
    -------
    The proposal. Each column and word carries its confidence (0 to 1) and the reason: ``whole``, ``part``, ``inside``
    or ``nearly`` for words; ``heading``, ``unit``, ``title``, ``content`` or ``other_subject`` for columns.
    """
    maps, questions, words = [], list[Question](), dict[str, WordMap]()
    findings: list[Finding] = []
    fiscal: set[int] = set()
    heating = "unknown"
    found = find_all_tables(grid) if tables is None else tables
    for table in (each for sheet in grid.sheets for each in found[sheet.name]):
        draft = _propose_table(table, where=where)
        if draft.map.use:
            questions += draft.questions
            words |= {word.text: word for word in draft.words if word.text not in words}
            fiscal |= draft.fiscal
            heating = draft.heating if heating == "unknown" else heating
        maps.append(draft.map)
    used = [table for table in maps if table.use]
    if not used:
        cells = sum(len(row) for sheet in grid.sheets for row in sheet.rows)
        names = ", ".join(sheet.name for sheet in grid.sheets)
        findings.append(Finding(Code.SHEET_WITHOUT_TABLE, {"sheet": names, "cells": cells}, where=where))
    elif not any(column.role == "city" for table in used for column in table.columns):
        questions.append(Question("city", Finding(Code.CITY_NOT_STATED, {}, where=where, severity=Severity.WARNING)))
    if 0 in fiscal:
        asked = Finding(Code.SHEET_PERIOD_ASKED, {}, where=where, severity=Severity.WARNING)
        questions.append(Question("fiscal_year_start", asked, tuple(map(str, range(1, 13)))))
    findings += [_unknown_word(word, where) for word in words.values() if word.use == "ask"]
    mapping = Mapping(
        fiscal_year_start=max(fiscal, default=1) or 1, heating_value=heating, tables=tuple(maps), words=tuple(words.values())
    )
    return Proposal(mapping, tuple(_once(questions)), tuple(findings))


def _once(questions: list[Question]) -> Iterator[Question]:
    seen = set()
    for question in questions:
        if question.key not in seen:
            seen.add(question.key)
            yield question


def _unknown_word(word: WordMap, where: str) -> Finding:
    return Finding(Code.SHEET_WORD_UNKNOWN, {"word": word.text[:80]}, where=where, severity=Severity.WARNING)


@dataclass(frozen=True, slots=True)
class _Draft:
    map: TableMap
    words: tuple[WordMap, ...]
    questions: tuple[Question, ...]
    fiscal: set[int]
    heating: str


def _propose_table(table: Table, *, where: str) -> _Draft:
    columns = [propose_column(table, column) for column in table.columns]
    title = [read_words(line[:200]) for line in table.title().splitlines() if line.strip()]
    columns = _settle(table, columns, title)
    amounts = [column for column in columns if column.role in AMOUNTS]
    labels = [at for at, column in zip(table.columns, columns, strict=True) if column.role == "label"]
    words = _propose_words(table, labels)
    useful = any(column.role in {"emissions", "energy"} for column in amounts) or _measured_by_row(columns, words)
    useful = useful or any(column.role == "value" and (column.sector or column.carrier) for column in amounts)
    place = f"{where}: {table.sheet.name}".removesuffix(": ")
    marks = find_marks(
        row[column.at]
        for column, mapped in zip(table.columns, columns, strict=True)
        if mapped.role in {*AMOUNTS, "factor"}
        for row in (table.sheet.rows[at] for at in table.body)
        if column.at < len(row)
    )
    year = _year_of(table, columns, where=where)
    draft = TableMap(table.sheet.name, table.number, use=useful, year=year, decimal=marks.decimal())
    draft = _with_units(draft, table, columns)
    merged = tuple(_merge(columns))
    questions = _questions(replace(draft, columns=merged), marks=marks, where=place)
    heating = next((meaning.get("heating") for meaning in title if meaning.get("heating")), "unknown")
    if any(read_unit(column.unit).higher or read_words(column.heading).get("heating") == "higher" for column in amounts):
        heating = "higher"
    return _Draft(replace(draft, columns=merged), tuple(words), tuple(questions), _fiscal(table, columns), heating)


def _settle(table: Table, columns: list[ColumnMap], title: list[Meaning]) -> list[ColumnMap]:
    """Amounts whose heading does not say of what: the title may, or the unit of each row, or a label."""
    by_row = any(column.role == "unit" for column in columns)
    measures = {meaning.get("measure") for meaning in title} & {"emissions", "energy"}
    unit = read_unit(_unit_of_title(table, ""))
    settled = []
    for column in columns:
        if column.role == "value" and column.use != "population" and not by_row:
            role = unit.quantity or (measures.pop() if len(measures) == 1 else "")
            if role in {"emissions", "energy"}:
                measures = {role}
                column = replace(column, role=role, reason="title", confidence=0.8)  # noqa: PLW2901 the settled one
        settled.append(column)
    if not by_row and any(column.role in {"emissions", "energy"} for column in settled):
        # beside columns that say what they are, one that does not is about something else
        return [
            replace(column, role="ignore", reason="unknown", confidence=0.5) if _is_vague(column) else column
            for column in settled
        ]
    return settled


def _is_vague(column: ColumnMap) -> bool:
    return column.role == "value" and column.use != "population"


def _measured_by_row(columns: list[ColumnMap], words: list[WordMap]) -> bool:
    roles = {column.role for column in columns}
    if "value" not in roles:
        return False
    return "unit" in roles or any(word.measure or word.sector or word.carrier for word in words)


def _unit_of_title(table: Table, quantity: str) -> str:
    corner = [column.heading for column in table.columns[:1]]
    for line in (*table.title().splitlines(), *corner):
        unit = find_unit(line)
        if unit and len(unit) > 1 and (not quantity or read_unit(unit).quantity == quantity):
            return unit
    return ""


def _with_units(draft: TableMap, table: Table, columns: list[ColumnMap]) -> TableMap:
    lacking = {column.role for column in columns if column.role in {"emissions", "energy"} and not column.unit}
    units = {quantity: _unit_of_title(table, quantity) for quantity in lacking}
    return replace(draft, unit_emissions=units.get("emissions", ""), unit_energy=units.get("energy", ""))


def _year_of(table: Table, columns: list[ColumnMap], *, where: str) -> int | None:
    if any(column.role == "year" or column.year for column in columns):
        return None
    rows = [table.sheet.rows[at] for at in (*table.titles, *table.headers)]
    years = {found[0] for row in rows for cell in row if (found := read_year(cell))}
    years = years or {found[0] for text in (table.sheet.name, where) if (found := read_year(text))}
    return years.pop() if len(years) == 1 else None


def _fiscal(table: Table, columns: list[ColumnMap]) -> set[int]:
    """First months of the year the table speaks of; 0 where it calls a year fiscal without saying when it begins."""
    rows = [table.sheet.rows[at] for at in (*table.titles, *table.headers, *table.body[:3])]
    texts = [cell for row in rows for cell in row if isinstance(cell, str)]
    dated = any(column.role == "year" or column.year for column in columns)
    if any("年度" in text for text in texts):
        # 年度 is also Chinese for a calendar year; only Japan's begins in April
        chinese = any(re.search(r"万吨|吨|部门|排放量（|合计|标准煤", text) for text in texts)
        return {1} if chinese else {4}
    said = any((found := read_year(text)) and found[1] for text in texts) or any("fiscal" in text.casefold() for text in texts)
    return {0} if dated and said else {1}


def _merge(columns: list[ColumnMap]) -> Iterator[ColumnMap]:
    """Columns that differ by their year alone become one, with ``{year}`` in its heading."""
    seen = set()
    for column in columns:
        merged = column
        if column.year is not None:
            merged = replace(column, heading=year_pattern(column.heading), year=None)
        if merged not in seen:
            seen.add(merged)
            yield merged


def _questions(draft: TableMap, *, marks: Marks, where: str) -> Iterator[Question]:
    by_row = any(column.role == "unit" for column in draft.columns)
    for quantity in ("emissions", "energy", "value"):
        asked = [column for column in draft.columns if column.role == quantity and column.use != "population"]
        known = {"emissions": draft.unit_emissions, "energy": draft.unit_energy}.get(quantity, "")
        open_ = [
            column for column in asked
            if (read_unit(column.unit).asked or not read_unit(column.unit).quantity) and not _is_sure(known)
        ]  # fmt: skip
        if open_ and not by_row:
            written = open_[0].unit or known
            yield _unit_question(quantity, column=open_[0].heading, written=written, where=where)
    if draft.year is None and not any(column.role == "year" or "{year}" in column.heading for column in draft.columns):
        yield Question("year", Finding(Code.SHEET_YEAR_ASKED, {}, where=where, severity=Severity.WARNING))
    if marks.open and not draft.decimal:
        facts: dict[str, Fact] = {"example": marks.example, "count": marks.open}
        asked_marks = Finding(Code.SHEET_DECIMAL_ASKED, facts, where=where, severity=Severity.WARNING)
        yield Question("decimal", asked_marks, (",", "."))


def _is_sure(unit: str) -> bool:
    return bool(read_unit(unit).quantity) and not read_unit(unit).asked


def _unit_question(quantity: str, *, column: str, written: str, where: str) -> Question:
    facts: dict[str, Fact] = {"column": column[:80], "unit": written or "–"}
    finding = Finding(Code.SHEET_UNIT_ASKED, facts, where=where, severity=Severity.WARNING)
    choices = ("MWh", "GWh", "TJ") if quantity == "energy" else ("t", "kt", "Mt")
    suggestion = "t" if written.startswith("MT") else ""
    return Question(f"unit.{quantity}", finding, choices, suggestion)


def _propose_words(table: Table, labels: list[Column]) -> list[WordMap]:
    words: list[WordMap] = []
    for column in labels:
        cells = [row[column.at] for row in (table.sheet.rows[at] for at in table.body) if column.at < len(row)]
        texts = list(dict.fromkeys(str(cell) for cell in cells if cell is not None))[:WORDS]
        carriers = prefers_carriers(texts, heading=column.heading)
        words += [propose_word(text, carriers=carriers) for text in texts if not is_unit_text(text)]
    texts = [str(cell) for at in table.sections for cell in table.sheet.rows[at] if cell is not None]
    known = {word.text for word in words}
    return words + [word for text in texts if text not in known and (word := propose_word(text, carriers=False)).use != "ask"]


def prefers_carriers(texts: list[str], *, heading: str = "") -> bool:
    """Does a column name carriers, so that a word such as Strom is one there, and no use of energy?"""
    meanings = [read_words(text) for text in texts[:300]]
    sectors = sum(bool(found.get("sector")) and "sector" not in found.shared for found in meanings)
    carriers = sum(bool(found.get("carrier")) and "carrier" not in found.shared for found in meanings)
    from_heading = any(
        word in heading.casefold() for word in ("träger", "fuel", "carrier", "brænd", "燃料", "能源品种", "energiart")
    )
    return from_heading or carriers > sectors


def propose_word(text: str, *, carriers: bool) -> WordMap:
    """What a word of a label column could mean.

    >>> propose_word("Gesamt", carriers=False).use, propose_word("Strom", carriers=True).carrier
    ('total', 'electricity')
    """
    found = read_words(text)
    sector, carrier, measure = found.get("sector"), found.get("carrier"), found.get("measure")
    if {"sector", "carrier"} <= found.shared:
        sector, carrier = ("", carrier) if carriers else (sector, "")
    if {"sector", "measure"} <= found.shared:
        measure = ""
    use = "line" if sector or carrier else "ask"
    if measure == "population":
        use = "population"
    elif found.get("status") == "planned":
        use = "planned"
    elif found.get("skip") or found.get("status") == "corrected":
        use = "skip"
    elif found.get("memo"):
        use = "memo"
    elif found.get("total") or (use == "ask" and measure):
        use = "total"
    return WordMap(
        text=text, use=use, sector=sector, carrier=carrier, scope=found.get("scope"), measure=measure,
        confidence=found.confidence, reason=found.reason,
    )  # fmt: skip


def answer(proposal: Proposal, answers: dict[str, str]) -> Proposal:
    """Correct a proposal: ``unit.emissions``, ``unit.energy``, ``unit.value``, ``year``, ``city``, ``country``, ``decimal``,
    ``fiscal_year_start``, ``method``, ``heating_value``, or ``word.TEXT`` with a sector, ``carrier:KEY`` or a use.
    """
    mapping = proposal.mapping
    for key, value in answers.items():
        mapping = _answered(mapping, key=key, value=value)
    kept = tuple(question for question in proposal.questions if question.key not in answers)
    return replace(proposal, mapping=mapping, questions=kept)


def _answered(mapping: Mapping, *, key: str, value: str) -> Mapping:
    if key in {"city", "country", "method", "gwp", "boundary", "heating_value", "electricity"}:
        fields: dict[str, Any] = {key: value}
        return replace(mapping, **fields)
    if key == "fiscal_year_start":
        return replace(mapping, fiscal_year_start=int(value) if value.isdigit() and 1 <= int(value) <= 12 else 1)
    if key.startswith("word."):
        return _word_answered(mapping, text=key.removeprefix("word."), value=value)
    tables = tuple(_table_answered(table, key=key, value=value) for table in mapping.tables)
    return replace(mapping, tables=tables)


def _word_answered(mapping: Mapping, *, text: str, value: str) -> Mapping:
    kind, _, name = value.rpartition(":")
    given = WordMap(text, use="line", reason="person")
    if kind == "carrier":
        given = replace(given, carrier=name)
    elif value in {"total", "memo", "planned", "population", "skip"}:
        given = replace(given, use=value)
    else:
        given = replace(given, sector=name)
    return replace(mapping, words=(*(word for word in mapping.words if word.text != text), given))


def _table_answered(table: TableMap, *, key: str, value: str) -> TableMap:
    if key == "unit.emissions":
        return replace(table, unit_emissions=value)
    if key == "unit.energy":
        return replace(table, unit_energy=value)
    if key == "decimal":
        return table if table.decimal else replace(table, decimal=value)
    if key == "year" and table.year is None and value.isdigit():
        return replace(table, year=int(value))
    if key == "unit.value":
        role = read_unit(value).quantity
        columns = tuple(
            replace(column, role=role, unit=value, reason="person")
            if role and column.role == "value" and column.use != "population"
            else column
            for column in table.columns
        )
        return replace(table, columns=columns, use=table.use or bool(role))
    return table
