"""Which cells does any spreadsheet or CSV hold? Bytes in, sheets of values out; never a formula, never an exception."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from citytandem.findings import Code, Finding, Severity
from citytandem.sources import guard
from citytandem.sources.anysheet.textfile import decode_text, find_separator, split_text
from citytandem.sources.workbook import read_workbook

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Cell: TypeAlias = str | float | int | bool | None

CELLS = 300_000
"""Cells of all sheets together: a balance has thousands, and so many are read in less than twenty seconds and 1 GiB."""
OLD_WORKBOOK_BYTES = 16 * 2**20
"""Size of a workbook in the format xls: larger than its 65,536 rows need, small enough to be read in a second."""
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: rows of cells from the first column on, and the number of each row in its file."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """All sheets of a file, and how it was written."""

    sheets: tuple[Sheet, ...] = ()
    encoding: str | None = None
    separator: str | None = None


def read_grid(raw: bytes, *, where: str) -> tuple[Grid, list[Finding]]:
    """Read every sheet of an xlsx, xlsm, xls or ods, or the one table of a CSV or TSV, gzipped or not."""
    content, findings = guard.unpack(raw, where=where)
    if not content.strip():
        return Grid(), findings or [guard.unreadable(where, problem="the file is empty")]
    if guard.is_zip(content) or content.startswith(_OLD):
        sheets, more = _read_book(content, where=where)
        return _bounded(sheets, where=where, findings=[*findings, *more])
    if content.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"PK")):
        return Grid(), [*findings, guard.unreadable(where, problem="it is no table")]
    return _read_text(content, where=where, findings=findings)


def _read_text(content: bytes, *, where: str, findings: list[Finding]) -> tuple[Grid, list[Finding]]:
    if len(content) > guard.LIMITS.text_bytes:
        return Grid(), [*findings, guard.too_large(where, part="text", size=len(content), limit=guard.LIMITS.text_bytes)]
    text, encoding, more = decode_text(content, where=where)
    findings += more
    separator = find_separator(text)
    marks = text.count(separator) + text.count("\n")
    if marks > CELLS:
        return Grid(), [*findings, guard.too_large(where, part="cells", size=marks, limit=CELLS)]
    rows, lines, more = split_text(text, separator=separator, where=where)
    sheet = Sheet("", tuple(tuple(_clean(cell) for cell in row) for row in rows), tuple(lines))
    return Grid((sheet,), encoding=encoding, separator=separator), findings + more


def _read_book(content: bytes, *, where: str) -> tuple[dict[str, list[list[Any]]], list[Finding]]:
    if content.startswith(_OLD):
        if len(content) > OLD_WORKBOOK_BYTES:
            return {}, [guard.too_large(where, part="file", size=len(content), limit=OLD_WORKBOOK_BYTES)]
        return _read_natively(content, where=where)
    if b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet" in content[:200]:
        clean, findings = _clean_open_document(content, where=where)
        if not clean:
            return {}, findings
        sheets, more = _read_natively(clean, where=where)
        return sheets, findings + more
    return read_workbook(content, where=where)


def _read_natively(content: bytes, *, where: str) -> tuple[dict[str, list[list[Any]]], list[Finding]]:
    import python_calamine as calamine  # slow import

    sheets: dict[str, list[list[Any]]] = {}
    findings: list[Finding] = []
    total = 0
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            area = sheet.total_height * sheet.total_width
            if total + area > CELLS:
                findings.append(_beyond(where, sheet=name, size=total + area))
                continue
            total += area
            sheets[name] = sheet.to_python(skip_empty_area=False)
    except BaseException as error:  # the reader is native code: its panic is no Exception
        if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
            raise
        findings.append(guard.unreadable(where, problem=str(error) or type(error).__name__))
    return sheets, findings


_OPEN_PARTS = ("mimetype", "META-INF/manifest.xml", "content.xml")
_OPEN_ROW = re.compile(rb"<table:table-row\b([^>]*?)(/?)>")
_OPEN_CELL = re.compile(rb"<table:(?:covered-)?table-cell\b([^>]*?)(/?)>")
_ROWS_REPEATED = re.compile(rb'number-rows-repeated="(\d{1,9})"')
_COLUMNS_REPEATED = re.compile(rb'number-columns-repeated="(\d{1,9})"')


def _clean_open_document(content: bytes, *, where: str) -> tuple[bytes, list[Finding]]:
    copy = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed, zipfile.ZipFile(copy, "w") as clean:
            parts = {part.filename: part for part in packed.infolist() if part.filename in _OPEN_PARTS}
            size = sum(part.file_size for part in parts.values())
            if size > guard.LIMITS.workbook_bytes:
                return b"", [guard.too_large(where, part="unpacked content", size=size, limit=guard.LIMITS.workbook_bytes)]
            for name in _OPEN_PARTS:
                if name in parts:
                    piece = packed.read(parts[name])
                    if name == "content.xml" and (area := _open_area(piece)) > CELLS:
                        return b"", [guard.too_large(where, part="cells", size=area, limit=CELLS)]
                    clean.writestr(name, piece)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, KeyError, RuntimeError, NotImplementedError) as error:
        return b"", [guard.unreadable(where, problem=str(error) or type(error).__name__)]
    return copy.getvalue(), []


def _open_area(content: bytes) -> int:
    """Cells of the rectangle behind the repeated rows and columns of an open document; trailing empty ones do not count."""
    total = 0
    for table in content.split(b"<table:table ")[1:]:
        pieces = _OPEN_ROW.split(table)
        at, last, widest = 0, 0, 0
        for attributes, body in zip(pieces[1::3], pieces[3::3], strict=False):
            repeated = _ROWS_REPEATED.search(attributes)
            at += int(repeated[1]) if repeated else 1
            width = _open_width(body)
            if width:
                last, widest = at, max(widest, width)
        total += last * widest
    return total


def _open_width(row: bytes) -> int:
    at = width = 0
    for found in _OPEN_CELL.finditer(row):
        repeated = _COLUMNS_REPEATED.search(found[1])
        at += int(repeated[1]) if repeated else 1
        if b"value" in found[1] or (not found[2] and row[found.end() : found.end() + 8] != b"</table:"):
            width = at
    return width


def _bounded(sheets: dict[str, list[list[Any]]], *, where: str, findings: list[Finding]) -> tuple[Grid, list[Finding]]:
    kept, room = [], CELLS
    for name, rows in sheets.items():
        area = len(rows) * max((len(row) for row in rows), default=0)
        if area > room:
            findings.append(_beyond(where, sheet=name, size=CELLS - room + area))
            continue
        room -= area
        cleaned = tuple(tuple(_clean(cell) for cell in row) for row in rows)
        if any(cell is not None for row in cleaned for cell in row):
            kept.append(Sheet(name, cleaned, tuple(range(1, len(rows) + 1))))
    if not kept and not findings:
        findings.append(Finding(Code.SHEET_WITHOUT_TABLE, {"sheet": "", "cells": 0}, where=where, severity=Severity.ERROR))
    return Grid(tuple(kept)), findings


def _beyond(where: str, *, sheet: str, size: int) -> Finding:
    """The finding that a sheet is left out, because the sheets of the book together would be too large with it."""
    return guard.too_large(f"{where}: {sheet}", part="cells, with the sheets before it,", size=size, limit=CELLS)


def _clean(cell: Any) -> Cell:
    """A cell as value: text without outer blanks, nothing for an empty one, a date as its ISO text."""
    if isinstance(cell, str):
        return cell.strip().strip("\u3000\ufeff") or None
    if cell is None or isinstance(cell, bool | int | float):
        return cell
    if isinstance(cell, dt.datetime | dt.date):
        return cell.isoformat()[:10]
    return str(cell)


def letter(column: int) -> str:
    """The letters a spreadsheet gives a column, from 0 on.

    >>> letter(0), letter(25), letter(26), letter(701), letter(702)
    ('A', 'Z', 'AA', 'ZZ', 'AAA')
    """
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def filled(row: Sequence[Cell], columns: Iterable[int]) -> list[Cell]:
    """The cells of a row at some columns; nothing beyond its end."""
    return [row[at] if at < len(row) else None for at in columns]
