"""How does a file read with single cells corrected? A copy with other values; the file as it came stays as it is."""

from __future__ import annotations

import csv
import datetime as dt
import io
import math
from typing import TYPE_CHECKING, Any

from citytandem.sources import guard
from citytandem.sources.anysheet.amounts import read_number
from citytandem.sources.anysheet.grid import letter, read_grid
from citytandem.sources.anysheet.textfile import decode_text, find_separator, split_text
from citytandem.sources.reading import Remark
from citytandem.sources.workbook import read_workbook

if TYPE_CHECKING:
    from collections.abc import Sequence

    from citytandem.web.balances.recipe import CellFix

RULE = "corrected_by_the_city"
_DAY = "yyyy-mm-dd"


def apply_fixes(raw: bytes, *, fixes: Sequence[CellFix], where: str) -> bytes:
    """The file with corrected cells: text stays text, every workbook becomes one of plain values.

    Parameters
    ----------
    raw
        The file as it came.
    fixes
        Cells by sheet, row (from 1) and column (from 0).
    where
        Name of the file.
    """
    if not fixes:
        return raw
    content, _ = guard.unpack(raw, where=where)
    if guard.is_zip(content):
        sheets, _ = read_workbook(content, where=where)
        if sheets:
            return _write_book(sheets, fixes)
    if content.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        grid, _ = read_grid(raw, where=where)
        return _write_book({sheet.name: [list(row) for row in sheet.rows] for sheet in grid.sheets}, fixes)
    return _write_text(content, fixes, where=where)


def as_remarks(fixes: Sequence[CellFix], *, where: str, source: str, city: str) -> list[Remark]:
    """The corrections as notes of the package: the reported value stays beside the one that is read."""

    def place(fix: CellFix) -> str:
        return f"{where}: {fix.sheet}".removesuffix(": ") + f", {letter(fix.column)}{fix.row}"

    return [
        Remark(
            code="cell_corrected", rule=RULE, where=place(fix),
            reason=fix.reason, source=source, row=fix.row, city=city, before=fix.before or None, after=fix.after or None,
        )
        for fix in fixes
    ]  # fmt: skip


def _write_text(content: bytes, fixes: Sequence[CellFix], *, where: str) -> bytes:
    text, _, _ = decode_text(content, where=where)
    separator = find_separator(text)
    rows, lines, _ = split_text(text, separator=separator, where=where)
    given = {(fix.row, fix.column): fix.after for fix in fixes}
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=separator, lineterminator="\n")
    written = 0
    for line, row in zip(lines, rows, strict=True):
        stream.write("\n" * max(line - 1 - written, 0))  # blank lines stay, so that every row keeps its number
        width = max([len(row), *(column + 1 for (at, column) in given if at == line)])
        cells = [given.get((line, at), row[at] if at < len(row) else "") for at in range(width)]
        writer.writerow(cells)
        written = max(line - 1, written) + 1 + sum(cell.count("\n") for cell in cells)
    return stream.getvalue().encode()


def _write_book(sheets: dict[str, list[list[Any]]], fixes: Sequence[CellFix]) -> bytes:
    import xlsxwriter  # slow import

    for fix in fixes:
        rows = sheets.get(fix.sheet)
        if rows is None:
            continue
        while len(rows) < fix.row:
            rows.append([])
        row = rows[fix.row - 1]
        row.extend([""] * (fix.column + 1 - len(row)))
        number = read_number(fix.after, decimal=".")
        row[fix.column] = fix.after if number is None else number
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    day = book.add_format({"num_format": _DAY})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name or None)
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                _write_cell(sheet, cell, at=(at, column), day=day)
    book.close()
    return stream.getvalue()


def _write_cell(sheet: Any, cell: Any, *, at: tuple[int, int], day: Any) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, bool):
        sheet.write_boolean(*at, cell)
    elif isinstance(cell, int | float) and math.isfinite(cell):
        sheet.write_number(*at, cell)
    elif isinstance(cell, dt.datetime | dt.date):
        sheet.write_datetime(*at, cell, day)
    else:
        sheet.write_string(*at, str(cell))
