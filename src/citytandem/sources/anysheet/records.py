"""What does each cell of a table say? One record per figure, with everything its row and its heading tell about it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from citytandem.findings import Code, Severity
from citytandem.sources import cells
from citytandem.sources.anysheet.amounts import bare, find_marks, read_number, read_unit, split_unit
from citytandem.sources.anysheet.grid import letter
from citytandem.sources.anysheet.mapping import ColumnMap, WordMap
from citytandem.sources.anysheet.propose import propose_word
from citytandem.sources.anysheet.words import notations, read_words, read_year, year_pattern
from citytandem.tables.balance import GRADES, NOTATION

if TYPE_CHECKING:
    from collections.abc import Mapping as Dictionary

    from citytandem.sources.anysheet.grid import Cell
    from citytandem.sources.anysheet.headers import Table
    from citytandem.sources.anysheet.mapping import Mapping, TableMap
    from citytandem.sources.cells import Page

ABSORBING = frozenset({"land_use", "waste", "agriculture", "total"})
LOW, HIGH = -1e9, 1e10
HIGHEST_FACTOR = 5000.0
_VAGUE = frozenset({"", "other", "electricity_use", "heat_use"})
"""Sectors that say less than the label before them."""
MOST_PEOPLE = 1e8
_THOUSANDS = re.compile(r"\b1[., ]?000\b|tsd|tausend|thousand|tusind|[千万]", re.IGNORECASE)
"""Words that say people are counted in thousands; then nothing is read, because nobody has said how many."""
AMOUNTS = ("emissions", "energy", "factor")


@dataclass(slots=True)
class Record:
    """One figure or notation key of the file, in our units, with its place."""

    place: str
    table: int
    row: int
    column: str
    city: str
    year: int
    measure: str
    label: str
    value: float | None = None
    notation: str | None = None
    sector: str = ""
    carrier: str = ""
    scope: str = ""
    use: str = "line"
    grade: str | None = None


@dataclass(slots=True)
class Reader:
    """Reads one table by its mapping; what became of each row is counted in ``fate``."""

    table: Table
    map: TableMap
    mapping: Mapping
    page: Page
    records: list[Record] = field(default_factory=list)
    fate: dict[int, str] = field(default_factory=dict)
    words: dict[str, WordMap] = field(default_factory=dict)
    mixed: Counter[int] = field(default_factory=Counter)
    people: dict[tuple[str, int], float | None] = field(default_factory=dict)


def match_columns(table: Table, mapped: TableMap, *, page: Page) -> list[tuple[int, ColumnMap]]:
    """The mapping of each column of the file, by its heading or by its heading without the year."""
    known: dict[str, list[ColumnMap]] = {}
    for each in mapped.columns:
        known.setdefault(each.heading, []).append(each)
    matched, used = [], set()
    for column in table.columns:
        pattern = year_pattern(column.heading)
        entries = known.get(column.heading) or known.get(pattern) or []
        entry = next((each for each in entries if id(each) not in used), entries[0] if entries else None)
        if entry is None:
            page.say(Code.SHEET_COLUMN_NEW, severity=Severity.NOTE, column=column.heading[:80])
            continue
        used.add(id(entry))
        if "{year}" in entry.heading:
            found = next((year[0] for text in column.headings if (year := read_year(text))), None)
            entry = replace(entry, year=found)
        matched.append((column.at, entry))
    for each in mapped.columns:
        if id(each) not in used and each.role != "ignore":
            page.say(Code.COLUMN_MISSING, severity=Severity.WARNING, column=each.heading[:80])
    return matched


def read_records(table: Table, mapped: TableMap, *, mapping: Mapping, page: Page) -> Reader:
    """Read every row of a table; each becomes records or is named in a finding."""
    reader = Reader(table, mapped, mapping, page, words={word.text: word for word in mapping.words})
    columns = match_columns(table, mapped, page=page)
    decimals = _decimals(table, mapped, columns)
    sections = _sections(table)
    previous: dict[int, Cell] = {}
    for at in table.body:
        row = table.sheet.rows[at]
        facts = _read_row(reader, row, columns, at=at, section=sections.get(at, ""), previous=previous)
        before = len(reader.records)
        if facts is not None:
            for place, column in columns:
                if column.role in {*AMOUNTS, "value"} and place < len(row) and row[place] is not None:
                    _read_cell(reader, row[place], place=place, column=column, row=facts, decimal=decimals.get(place, ""))
            if len(reader.records) == before and facts.number not in reader.fate:
                reader.fate[facts.number] = "finding"
                page.say(Code.SHEET_ROW_WITHOUT_VALUE, row=facts.number, severity=Severity.NOTE, label=facts.label[:80])
    return reader


def _decimals(table: Table, mapped: TableMap, columns: list[tuple[int, ColumnMap]]) -> dict[int, str]:
    """The decimal sign of each column: by its own cells, else that of the table."""
    signs = {}
    for place, column in columns:
        if column.role in {*AMOUNTS, "value"}:
            marks = find_marks(row[place] for row in (table.sheet.rows[at] for at in table.body) if place < len(row))
            signs[place] = marks.decimal() or ("" if marks.comma and marks.point else mapped.decimal)
    return signs


def _sections(table: Table) -> dict[int, str]:
    """For each row of the body, the line of text above it that heads its part of the table."""
    heads = {at: " ".join(str(cell) for cell in table.sheet.rows[at] if cell is not None)[:120] for at in table.sections}
    current, found = "", {}
    for at in sorted((*table.body, *table.sections)):
        if at in heads:
            current = heads[at]
        elif current:
            found[at] = current
    return found


@dataclass(slots=True)
class _Row:
    number: int
    label: str
    city: str
    year: int | None
    word: WordMap
    unit: str
    notation: str | None
    grade: str | None
    labelled: bool


@lru_cache(maxsize=20_000)
def item_of(text: str, *, divider: str = " - ") -> str:
    """The part of a label that names sector and carrier, so that energy and emissions of one thing meet.

    >>> item_of("CO2-Emissionen - Industrie - Erdgas"), item_of("THG [t] | Strom", divider=" | "), item_of("Haushalte")
    ('Industrie / Erdgas', 'Strom', 'Haushalte')
    """
    parts = [part.strip() for part in text.split(divider)]
    naming = [part for part in parts if {"sector", "carrier"} & set(read_words(part).found)]
    return " / ".join(naming) if naming and len(parts) > 1 else " ".join(text.split())[:120]


def _read_row(
    reader: Reader,
    row: tuple[Cell, ...],
    columns: list[tuple[int, ColumnMap]],
    *,
    at: int,
    section: str,
    previous: dict[int, Cell],
) -> _Row | None:
    number = reader.table.sheet.lines[at]
    said: Dictionary[str, list[str]] = {}
    labels: list[str] = []
    for place, column in columns:
        cell = row[place] if place < len(row) else None
        if column.role == "label":
            # a merged label stands once and means the rows below it, as long as a later label changes
            later = any(
                other > place and each.role == "label" and row[other : other + 1] not in ((), (None,)) for other, each in columns
            )
            cell = previous.get(place) if cell is None and later else cell
            previous[place] = cell
            if cell is not None:
                labels.append(str(cell))
        if cell is not None:
            said.setdefault(column.role, []).append(str(cell))  # type: ignore[attr-defined]
    year = read_year(_first(said, "year")) if "year" in said else None
    if "year" in said and year is None:
        as_number = read_number(_first(said, "year"), decimal=".")
        year = read_year(as_number) if as_number is not None else None
    word = _joined_word(reader, labels, section=section)
    if word.use == "line" and any(read_words(text).get("status") == "planned" for text in said.get("status", [])):
        word = replace(word, use="planned")
    label = " / ".join(item_of(text) for text in labels) or section or (str(year[0]) if year else "total")
    facts = _Row(
        number, (f"{section}: {label}" if section and labels else label)[:160], _first(said, "city"),
        year[0] if year else reader.map.year, word, _first(said, "unit"), _notation(_first(said, "notation")),
        _grade(_first(said, "quality")), bool(labels),
    )  # fmt: skip
    if scope := _first(said, "scope"):
        facts.word = replace(word, scope=word.scope or _scope(scope))
    return facts if _is_wanted(reader, facts) else None


def _is_wanted(reader: Reader, row: _Row) -> bool:
    uses = {"planned": Code.SHEET_ROW_PLANNED, "skip": Code.SHEET_ROW_OTHER}
    if code := uses.get(row.word.use):
        reader.fate[row.number] = "finding"
        reader.page.say(code, row=row.number, severity=Severity.NOTE, label=row.label[:80])
        return False
    return True


def _first(said: Dictionary[str, list[str]], role: str) -> str:
    return said[role][0] if said.get(role) else ""


def _scope(text: str) -> str:
    digits = "+".join(sorted(set(re.findall(r"[123]", text))))
    return digits if digits in {"1", "2", "3", "1+2", "1+2+3"} else ""


def _notation(text: str) -> str | None:
    key = notations().get(text.strip().casefold(), text.strip().upper())
    return key if key in NOTATION else None


def _grade(text: str) -> str | None:
    return text.strip().upper() if text.strip().upper() in GRADES else None


def _joined_word(reader: Reader, labels: list[str], *, section: str) -> WordMap:
    """What all labels of a row say together; the section above counts where they leave something open."""
    joined = WordMap("", use="")
    for text in labels:
        word = reader.words.get(text)
        if word is None:
            word = reader.words[text] = propose_word(text, carriers=False)
        use = word.use if joined.use in {"", "line", "ask"} and word.use != "ask" else joined.use or word.use
        finer = word.sector if word.sector not in _VAGUE else joined.sector or word.sector
        joined = WordMap(
            text, use=use, sector=finer, carrier=joined.carrier or word.carrier,
            scope=joined.scope or word.scope, measure=joined.measure or word.measure,
        )  # fmt: skip
    if section and joined.use != "total":
        above = reader.words.get(section) or propose_word(section, carriers=False)
        joined = replace(joined, sector=joined.sector or above.sector, measure=joined.measure or above.measure)
        if joined.use in {"ask", ""} and joined.sector:
            joined = replace(joined, use="line")
    return joined


def _read_cell(reader: Reader, cell: Cell, *, place: int, column: ColumnMap, row: _Row, decimal: str) -> None:
    page, name = reader.page, letter(place)
    if "population" in {column.use, row.word.use}:
        _read_people(reader, cell, place=place, column=column, row=row, decimal=decimal)
        return
    if column.use in {"planned", "skip"}:
        return
    number, unit = cell, _unit(row, column)
    if isinstance(cell, str) and (pair := split_unit(cell)):
        number = pair[0]
        if unit and read_unit(pair[1]).factor != read_unit(unit).factor:
            page.say(Code.SHEET_UNITS_MIXED, row=row.number, column=name, unit=pair[1])
        unit = pair[1]
    measure = column.role if column.role != "value" else read_unit(unit).quantity or row.word.measure
    if measure not in AMOUNTS:
        if row.number not in reader.fate:
            reader.fate[row.number] = "finding"
            page.say(Code.SHEET_ROW_OTHER, row=row.number, severity=Severity.NOTE, label=row.label[:80])
        return
    year = column.year or row.year
    if year is None:
        reader.fate[row.number] = "finding"
        page.say(Code.YEAR_NOT_STATED, row=row.number, severity=Severity.ERROR)
        return
    record = Record(
        page.where, reader.table.number, row.number, name, row.city, year, measure, row.label,
        sector=row.word.sector or column.sector, carrier=row.word.carrier or column.carrier, scope=row.word.scope or column.scope,
        use=_use(row.word, column), grade=row.grade,
    )  # fmt: skip
    if column.sector or column.carrier:
        record.label = (
            f"{row.label} / {item_of(column.heading, divider=' | ')}"[:200]
            if row.labelled
            else item_of(column.heading, divider=" | ")
        )
    if not _fill(reader, record, number, unit=unit, decimal=decimal, notation=row.notation):
        reader.fate.setdefault(row.number, "finding")
        return
    reader.fate[row.number] = "record"
    reader.records.append(record)


def _unit(row: _Row, column: ColumnMap) -> str:
    """The unit of a cell: that of its row, unless a column of units is about another column of the row."""
    elsewhere = column.role in AMOUNTS and column.unit and read_unit(row.unit).quantity != column.role
    return column.unit if elsewhere else row.unit or column.unit


def _read_people(reader: Reader, cell: Cell, *, place: int, column: ColumnMap, row: _Row, decimal: str) -> None:
    """Keep how many people live in a city in a year; two figures for one year leave it unknown."""
    is_row = row.word.use == "population"
    if is_row:
        reader.fate.setdefault(row.number, "note")
    year, people = column.year or row.year, read_number(cell, decimal=decimal)
    if year is None or people is None:
        return
    words = f"{column.heading} {row.label if is_row else ''} {row.unit}"
    if _THOUSANDS.search(words):
        reader.page.say(Code.UNIT_UNKNOWN, row=row.number, column=letter(place), value=words.strip()[:80])
    elif not 1 <= people <= MOST_PEOPLE:
        facts = {"column": letter(place), "value": cells.shown(cell), "low": 1, "high": MOST_PEOPLE}
        reader.page.say(Code.CELL_OUT_OF_RANGE, row=row.number, severity=Severity.WARNING, **facts)
    elif reader.people.setdefault((row.city, year), people) not in {people, None}:
        reader.people[row.city, year] = None
        reader.page.say(Code.ROW_GIVEN_TWICE, row=row.number, key=f"{column.heading or row.label} {year}"[:80])


def _use(word: WordMap, column: ColumnMap) -> str:
    for use in ("memo", "total"):
        if use in {word.use, column.use}:
            return use
    named = word.sector or word.carrier or column.sector or column.carrier
    return "line" if named else "ask" if word.use == "ask" else "total"


def _fill(  # noqa: PLR0911 each return is one thing a cell can say
    reader: Reader, record: Record, cell: Cell, *, unit: str, decimal: str, notation: str | None
) -> bool:
    page, row, column = reader.page, record.row, record.column
    if isinstance(cell, str) and (key := notations().get(bare(cell).casefold()) or notations().get(cell.casefold())):
        record.notation = key
        return True
    amount = read_number(cell, decimal=decimal)
    if amount is None:
        unclear = isinstance(cell, str) and read_number(cell, decimal=".") is not None
        code = Code.SHEET_NUMBER_UNCLEAR if unclear else Code.CELL_NO_NUMBER
        page.say(code, row=row, column=column, value=cells.shown(cell), severity=Severity.ERROR)
        return False
    if notation and amount == 0:
        record.notation = notation
        return True
    factor = _factor(reader, record, unit)
    if factor is None:
        return False
    value = amount * factor
    high = HIGHEST_FACTOR if record.measure == "factor" else HIGH
    if not LOW <= value <= high:
        page.say(
            Code.CELL_OUT_OF_RANGE, row=row, column=column, value=cells.shown(cell), low=LOW, high=high, severity=Severity.ERROR
        )
        return False
    if value < 0 and not (record.measure == "emissions" and (record.sector in ABSORBING or record.use in {"total", "ask"})):
        page.say(Code.SHEET_NEGATIVE, row=row, column=column, value=cells.shown(cell), severity=Severity.ERROR)
        return False
    record.value = value
    return True


def _factor(reader: Reader, record: Record, unit: str) -> float | None:
    """From the unit of the file to ours; None, with a finding, where nobody has said the unit."""
    answered = {"emissions": reader.map.unit_emissions, "energy": reader.map.unit_energy}.get(record.measure, "")
    for word in (unit, answered):
        found = read_unit(word)
        if found.quantity == record.measure and not found.asked:
            return found.factor
    code = Code.UNIT_AMBIGUOUS if read_unit(unit or answered).asked else Code.UNIT_UNKNOWN
    reader.page.say(code, row=record.row, column=record.column, value=unit or answered or "–", severity=Severity.ERROR)
    return None
