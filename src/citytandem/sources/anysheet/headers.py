"""Where on a sheet are the tables, and what stands over each column? Titles, merged headings, units and footnotes told apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from citytandem.sources.anysheet.amounts import find_unit, looks_numeric, read_unit
from citytandem.sources.anysheet.grid import letter
from citytandem.sources.anysheet.words import notations, read_role, read_words, read_year

if TYPE_CHECKING:
    from collections.abc import Sequence

    from citytandem.sources.anysheet.grid import Cell, Grid, Sheet

HEADER_ROWS = 4
"""At most three lines of headings and one of units stand over a table; what is above them are titles."""
_BROKEN = {"nan", "inf", "-inf", "#div/0!", "#ref!", "#n/a", "#value!", "#name?", "#num!", "#null!"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its place, the headings over it from top to bottom, and its unit if a row names it."""

    at: int
    headings: tuple[str, ...] = ()
    unit: str = ""

    @property
    def heading(self) -> str:
        """All headings in one line; the letter of the column where there is none."""
        return " | ".join(self.headings) or f"column {letter(self.at)}"


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a sheet by the indices of its rows; every row of the sheet belongs somewhere."""

    sheet: Sheet
    number: int
    columns: tuple[Column, ...] = ()
    titles: tuple[int, ...] = ()
    headers: tuple[int, ...] = ()
    body: tuple[int, ...] = ()
    sections: tuple[int, ...] = ()
    notes: tuple[int, ...] = ()

    def title(self) -> str:
        """What stands above and below the table, and the name of its sheet."""
        rows = [self.sheet.rows[at] for at in (*self.titles[-12:], *self.notes[:6])]
        return "\n".join([self.sheet.name, *(str(cell)[:200] for row in rows for cell in row[:12] if cell is not None)])


def kind_of(cell: Cell) -> str:
    """One letter for a cell: ``.`` empty, ``n`` number, ``y`` could be a year, ``x`` a sign for no number, ``t`` text."""
    if cell is None:
        return "."
    if isinstance(cell, str):
        return _kind_of_text(cell)
    if isinstance(cell, bool):
        return "t"
    return "y" if read_year(cell) else "n"


@lru_cache(maxsize=50_000)
def _kind_of_text(text: str) -> str:
    short = text.casefold()
    if short in notations():
        return "x"
    if short in _BROKEN:
        return "n"
    if len(text) <= 14 and read_year(text) and not re.search(r"[A-Za-zÀ-ÿ]{3,}", text):
        return "y"
    return "n" if looks_numeric(text) else "t"


Tables: TypeAlias = dict[str, list[Table]]
"""The tables of a file by the name of their sheet."""


def find_all_tables(grid: Grid) -> Tables:
    """The tables of every sheet."""
    return {sheet.name: find_tables(sheet) for sheet in grid.sheets}


def find_tables(sheet: Sheet) -> list[Table]:
    """Find every table of a sheet; an empty list if no row holds a number."""
    kinds = ["".join(map(kind_of, row)) for row in sheet.rows]
    tables: list[Table] = []
    waiting: list[int] = []
    for block in _blocks(kinds):
        for piece in _pieces(sheet, kinds, block):
            table = _read_piece(sheet, kinds, piece)
            if table is None:
                waiting += piece
            elif not table.headers and tables and _fits(tables[-1], kinds, table.body):
                tables[-1] = _joined(tables[-1], table, between=waiting)
                waiting = []
            else:
                if not table.headers and waiting and (extra := _header_above(kinds, waiting, table)):
                    table = _with_headers(sheet, kinds, table, headers=[extra])
                    waiting.remove(extra)
                tables.append(replace(table, titles=(*waiting, *table.titles)))
                waiting = []
    if tables and waiting:
        tables[-1] = replace(tables[-1], notes=(*tables[-1].notes, *waiting))
    split = [part for table in tables for part in _side_by_side(table, kinds)]
    return [replace(table, number=at + 1) for at, table in enumerate(split)]


def _blocks(kinds: Sequence[str]) -> list[list[int]]:
    blocks: list[list[int]] = [[]]
    for at, row in enumerate(kinds):
        if row.strip("."):
            blocks[-1].append(at)
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def _pieces(sheet: Sheet, kinds: Sequence[str], block: list[int]) -> list[list[int]]:
    """Cut a block where a new row of headings begins below data."""
    pieces, current, seen_data = [], list[int](), False
    for at in block:
        if seen_data and _is_new_header(sheet, kinds, at):
            title = current.pop() if _filled(kinds[current[-1]]) == 1 and not set(kinds[current[-1]]) & set("ny") else None
            pieces.append(current)
            current, seen_data = [title] if title is not None else [], False
        current.append(at)
        seen_data = seen_data or "n" in kinds[at]
    return [*pieces, current]


def _is_new_header(sheet: Sheet, kinds: Sequence[str], at: int) -> bool:
    row = kinds[at]
    if "n" in row or "x" in row or _filled(row) < 2:
        return False
    if "yy" in row:
        return _heads_years(sheet, row, at) and not _names_a_part(sheet.rows[at])
    texts = [str(cell) for cell in sheet.rows[at] if isinstance(cell, str)]
    known = sum(bool(read_role(text) or find_unit(text) or read_words(text).get("measure")) for text in texts)
    return "y" not in row and len(texts) >= 2 and known * 2 > len(texts)


def _heads_years(sheet: Sheet, row: str, at: int) -> bool:
    """Do several years follow each other in a row, with nothing but words before them?"""
    places = [place for place, kind in enumerate(row) if kind == "y"]
    years = [found[0] for place in places if (found := read_year(sheet.rows[at][place]))]
    together = places == list(range(places[0], places[0] + len(places)))
    return together and (years == sorted(set(years)) or years == sorted(set(years), reverse=True)) and "t" not in row[places[0] :]


def _names_a_part(row: Sequence[Cell]) -> bool:
    first = next((cell for cell in row if cell is not None), None)
    return isinstance(first, str) and bool({"sector", "carrier", "total"} & set(read_words(first).found)) and not read_role(first)


def _filled(row: str) -> int:
    return len(row) - row.count(".")


def _read_piece(sheet: Sheet, kinds: Sequence[str], piece: list[int]) -> Table | None:
    first = _first_data(sheet, kinds, piece)
    if first is None:
        return None
    while first > 1 and _stands_alone_left(kinds[piece[first - 1]]) and any(_filled(kinds[at]) >= 2 for at in piece[: first - 1]):
        first -= 1  # a line that heads the first part of the table, below the headings of its columns
    above, below = piece[:first], piece[first:]
    headers = _header_rows(kinds, above)
    titles = [at for at in above if at not in headers]
    names = {tuple(sheet.rows[at]) for at in headers}
    figures = {place for at in below for place, kind in enumerate(kinds[at]) if kind == "n"}
    body = [at for at in below if _is_data(kinds[at], figures) and tuple(sheet.rows[at]) not in names]
    filled = set(body)
    words = [at for at in below if at not in filled]
    repeated = [at for at in words if tuple(sheet.rows[at]) in names]
    rest = [at for at in words if tuple(sheet.rows[at]) not in names]
    last = body[-1] if body else -1
    table = Table(
        sheet, 0, titles=tuple(titles), body=tuple(body), sections=tuple(at for at in rest if at < last),
        notes=tuple(at for at in rest if at > last),
    )  # fmt: skip
    table = _with_headers(sheet, kinds, table, headers=headers)
    return replace(table, headers=(*table.headers, *repeated))


def _stands_alone_left(row: str) -> bool:
    return _filled(row) == 1 and row.startswith("t")


def _is_data(row: str, figures: set[int]) -> bool:
    if _filled(row) >= 2 and any(place < len(row) and row[place] == "t" for place in figures if place):
        return True  # a word where other rows hold a figure
    return "n" in row or "x" in row.lstrip(".")[1:] or ("y" in row and _filled(row) >= 2)


def _first_data(sheet: Sheet, kinds: Sequence[str], piece: list[int]) -> int | None:
    for index, at in enumerate(piece):
        row = kinds[at]
        if "n" in row and (_filled(row) >= 2 or len(piece) - index > 2):
            return index
        named = any(_filled(kinds[one]) >= 2 for one in piece[:index])
        years = row.count("y")
        if named and years and _names_a_part(sheet.rows[at]):
            return index
        if (
            named
            and years == 1
            and _filled(row) >= 2
            and "t" not in row.rstrip(".")[-1:]
            and not _heads_numbers(kinds, piece, index)
        ):
            return index
        if named and "x" in row.lstrip(".")[1:] and years <= 1:
            return index
    return None


def _heads_numbers(kinds: Sequence[str], piece: list[int], index: int) -> bool:
    """Does a year stand alone over a column of numbers?"""
    at = kinds[piece[index]].find("y")
    below = [kinds[one][at] for one in piece[index + 1 : index + 6] if at < len(kinds[one])]
    return "n" in below and below.count("y") < len(below) / 2


def _header_rows(kinds: Sequence[str], above: list[int]) -> list[int]:
    headers: list[int] = []
    for at in reversed(above):
        row = kinds[at]
        filled = _filled(row)
        widest = max((_filled(kinds[one]) for one in headers), default=0)
        ends = len(row.rstrip("."))
        at_edge = bool(headers) and ends >= 3 and ends >= max(len(kinds[one].rstrip(".")) for one in headers)
        if filled == 1 and (ends == 1 or not headers or at_edge):
            break  # a title, or the unit of the whole table in its upper right corner
        if filled <= 2 and ends <= 2 and widest >= 4:
            break
        headers.insert(0, at)
        if len(headers) == HEADER_ROWS:
            break
    return headers


def _with_headers(sheet: Sheet, kinds: Sequence[str], table: Table, *, headers: list[int]) -> Table:
    used = sorted({place for at in table.body for place, kind in enumerate(kinds[at]) if kind != "."})
    unit_row = next((at for at in reversed(headers) if _is_unit_row(sheet.rows[at])), None)
    named = [at for at in headers if at != unit_row]
    lines = {at: _spread(sheet.rows[at], rows_below=[sheet.rows[one] for one in named if one > at]) for at in named}
    units = _units(sheet.rows[unit_row]) if unit_row is not None else {}
    columns = []
    for place in used:
        words = [" ".join(lines[at][place].split())[:120] for at in named if place in lines[at]]
        headings = tuple(word for number, word in enumerate(words) if word not in words[:number])
        columns.append(Column(place, headings, units.get(place, "")))
    return replace(table, columns=tuple(columns), headers=tuple(headers))


def _spread(row: Sequence[Cell], *, rows_below: list[tuple[Cell, ...]]) -> dict[int, str]:
    """The headings of a row by column; a merged one also stands over the columns to its right."""
    texts: dict[int, str] = {}
    last = ""
    width = max([len(row), *(len(below) for below in rows_below)])
    for place in range(width):
        cell = row[place] if place < len(row) else None
        if cell is not None:
            last = _shown(cell)
            texts[place] = last
        elif last and any(place < len(below) and below[place] is not None for below in rows_below):
            texts[place] = last
    return texts


def _shown(cell: Cell) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _is_unit_row(row: Sequence[Cell]) -> bool:
    texts = [cell for cell in row if isinstance(cell, str)]
    units = [text for text in texts if read_unit(text).quantity]
    return len(units) == len([cell for cell in row if cell is not None]) >= 1 or (
        len(units) >= 2 and len(units) * 3 >= len(texts)
    )


def _units(row: Sequence[Cell]) -> dict[int, str]:
    units = {place: str(cell) for place, cell in enumerate(row) if isinstance(cell, str)}
    if len(units) <= 2:
        last = ""
        for place in range(200):
            last = units.get(place, last)
            if last and read_unit(last).quantity:
                units[place] = last
    return units


def _fits(table: Table, kinds: Sequence[str], body: tuple[int, ...]) -> bool:
    places = {column.at for column in table.columns}
    used = {place for at in body for place, kind in enumerate(kinds[at]) if kind != "."}
    return bool(places) and used <= places


def _joined(table: Table, more: Table, *, between: list[int]) -> Table:
    words = [*table.notes, *between, *more.titles]
    return replace(table, body=table.body + more.body, sections=(*table.sections, *words, *more.sections), notes=more.notes)


def _header_above(kinds: Sequence[str], waiting: list[int], table: Table) -> int | None:
    width = len(table.columns)
    at = waiting[-1]
    return at if _filled(kinds[at]) >= 2 and abs(_filled(kinds[at]) - width) <= 1 else None


def _side_by_side(table: Table, kinds: Sequence[str]) -> list[Table]:
    groups: list[list[Column]] = [[]]
    for column in table.columns:
        if groups[-1] and column.at - groups[-1][-1].at > 1:
            groups.append([])
        groups[-1].append(column)
    whole = [group for group in groups if _stands_alone(table, kinds, group)]
    if len(whole) < 2 or len(whole) != len(groups):
        return [table]
    parts = []
    for number, group in enumerate(groups):
        places = {column.at for column in group}
        body = tuple(at for at in table.body if any(place < len(kinds[at]) and kinds[at][place] != "." for place in places))
        parts.append(replace(table, columns=tuple(group), body=body, titles=table.titles if number == 0 else ()))
    return parts


def _stands_alone(table: Table, kinds: Sequence[str], group: list[Column]) -> bool:
    if not group:
        return False
    seen = {column.at: "".join(kinds[at][column.at] for at in table.body[:50] if column.at < len(kinds[at])) for column in group}
    labelled = seen[group[0].at].count("t") + seen[group[0].at].count("y") > len(seen[group[0].at]) / 2
    return labelled and any(marks.count("n") > 0 for marks in list(seen.values())[1:])
