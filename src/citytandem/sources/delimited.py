"""What does a CSV file hold? Every cell as text, each row with its line number."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import polars as pl

from citytandem.findings import Code, Finding
from citytandem.sources import guard
from citytandem.sources.cells import Page, more_findings
from citytandem.sources.workbook import heading

if TYPE_CHECKING:
    from collections.abc import Sequence

ROW = "row_of_file"
"""Column with the number of a row as a spreadsheet counts it: 1 is the header."""


def read_delimited(raw: bytes, *, where: str, separator: str = ",") -> tuple[pl.DataFrame, list[Finding]]:
    """Read a CSV file, gzipped or not; short rows are filled with unknown, long ones reported, none is lost.

    Headings are compared without case and invisible marks; a heading given twice counts once.
    """
    content, findings = guard.unpack(raw, where=where)
    if guard.is_zip(content):
        return pl.DataFrame(), [guard.unreadable(where, problem="it is a workbook or an archive, not a table of text")]
    text, more = guard.decode(content, where=where)
    findings += more
    if not text.strip():
        return pl.DataFrame(), findings or [guard.unreadable(where, problem="the file is empty")]
    if (size := text.count(separator) + text.count("\n")) > guard.LIMITS.cells:
        return pl.DataFrame(), [guard.too_large(where, part="cells", size=size, limit=guard.LIMITS.cells)]
    rows, problem = _rows(text, separator)
    if problem:
        findings.append(Finding(Code.FILE_UNREADABLE, {"file": where, "problem": problem}, row=len(rows) + 1, where=where))
    if not rows:
        return pl.DataFrame(), findings
    names = [heading(name) for name in rows[0]]
    if len(names) > guard.LIMITS.columns:
        return pl.DataFrame(), [guard.too_large(where, part="columns", size=len(names), limit=guard.LIMITS.columns)]
    if len(rows) == 1:
        findings.append(guard.unreadable(where, problem="there is no row below the headings"))
    body = [(number, row) for number, row in enumerate(rows[1:], start=2) if any(row)]
    findings += _other_widths(body, expected=len(names), where=where)
    columns: dict[str, list[str | None]] = {}
    for at, name in enumerate(names):
        if name and name not in columns and name != ROW:
            columns[name] = [row[at].strip() or None if at < len(row) else None for _, row in body]
    frame = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))
    numbers = pl.DataFrame({ROW: [number for number, _ in body]}, schema={ROW: pl.Int32})
    return (pl.concat([frame, numbers], how="horizontal") if columns else numbers), findings


def _other_widths(body: list[tuple[int, list[str]]], *, expected: int, where: str) -> list[Finding]:
    page = Page(where)
    for number, row in body:
        if len(row) != expected:
            page.say(Code.ROW_HAS_OTHER_WIDTH, row=number, found=len(row), expected=expected)
    return [*page.findings, *more_findings(page.met, where=where)]


def _rows(text: str, separator: str) -> tuple[list[list[str]], str | None]:
    rows: list[list[str]] = []
    try:
        rows.extend(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        return rows, str(error)
    return rows, None


def read_header(raw: bytes) -> list[str]:
    """The headings of a CSV file, without reading the rest; empty if there are none."""
    content, _ = guard.unpack(raw, where="")
    text, _ = guard.decode(content[:65536].rsplit(b"\n", 1)[0] if len(content) > 65536 else content, where="")
    rows, _ = _rows(text.partition("\n")[0], ",")
    return [heading(name) for name in rows[0]] if rows else []


def missing_columns(frame: pl.DataFrame, wanted: Sequence[str], *, where: str) -> tuple[pl.DataFrame, list[Finding]]:
    """Add the columns a reader needs and the file lacks as unknown, each with a finding."""
    missing = [name for name in wanted if name not in frame.columns]
    found = [Finding(Code.COLUMN_MISSING, {"column": name}, where=where) for name in missing]
    return frame.with_columns(pl.lit(None, pl.String).alias(name) for name in missing), found
