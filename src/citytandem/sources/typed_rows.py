"""Which rows of a table of text keep a schema? Typed rows, and what is wrong with the others, by row and column."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import TYPE_CHECKING

import dataframely as dy
import polars as pl

from citytandem.findings import Code, Finding
from citytandem.sources import guard
from citytandem.sources.delimited import ROW, read_delimited
from citytandem.sources.validate import row_breaks_rule, validate
from citytandem.sources.workbook import heading, read_workbook

if TYPE_CHECKING:
    from collections.abc import Mapping

RULES: tuple[tuple[type[dy.Column], str], ...] = (
    (dy.Date, "is a date such as 2027-05-03"),
    (dy.Float64, "is a number"),
    (dy.Int16, "is a whole number"),
)

TRUTHS = {"true": True, "yes": True, "1": True, "x": True, "false": False, "no": False, "0": False}


def find_tables(files: Mapping[str, bytes]) -> tuple[dict[str, tuple[str, bytes]], list[Finding]]:
    """Content by the name of a table: of each CSV file, and of each sheet of each workbook, with where it stood."""
    found: dict[str, tuple[str, bytes]] = {}
    findings: list[Finding] = []
    for name, content in sorted(files.items()):
        if guard.is_zip(content) or name.lower().endswith((".xlsx", ".xlsm")):
            sheets, told = read_workbook(content, where=name)
            findings += told
            found |= {heading(sheet): (f"{name}, {sheet}", write_text(cells)) for sheet, cells in sheets.items()}
        else:
            found[heading(name.rsplit(".", 1)[0])] = (name, content)
    return found, findings


def read_typed(
    content: bytes, schema: type[dy.Schema], *, where: str, defaults: Mapping[str, str]
) -> tuple[pl.DataFrame, list[Finding]]:
    """Read delimited text into the rows of a schema.

    Parameters
    ----------
    content
        Text delimited by comma, semicolon or tab, with headings.
    schema
        The table it should be.
    where
        What findings call it.
    defaults
        What an empty cell, or a column that was left out, says.

    Returns
    -------
    The rows that keep the schema, and findings with the row as a spreadsheet counts it.
    """
    first = content[:4096].split(b"\n", 1)[0]
    separator = max(",;\t", key=lambda sign: first.count(sign.encode()))
    text, findings = read_delimited(content, where=where, separator=separator)
    if text.is_empty():
        return schema.create_empty(), findings
    text = text.rename({column: column.replace(" ", "_") for column in text.columns if column != ROW})
    typed = []
    for name, column in schema.columns().items():
        if name not in text.columns and name not in defaults and not column.nullable:
            findings.append(Finding(Code.COLUMN_MISSING, {"column": name}, where=where))
            continue
        cells = text[name] if name in text.columns else pl.Series(name, [None] * text.height, dtype=pl.String)
        cells = cells.fill_null(defaults[name]) if name in defaults else cells
        values, wrong = read_column(cells, column)
        typed.append(values.alias(name))
        rule = next((told for kind, told in RULES if isinstance(column, kind)), "")
        findings += [row_breaks_rule(where, row=int(text[ROW][at]), column=name, rule=rule, value=cells[at]) for at in wrong]
    if any(finding.code is Code.COLUMN_MISSING for finding in findings):
        return schema.create_empty(), findings
    good, broken = validate(pl.DataFrame(typed), schema, where=where, first_row=0)
    seen = {(finding.row, finding.facts.get("column")) for finding in findings}
    counted = [replace(finding, row=None if finding.row is None else int(text[ROW][finding.row])) for finding in broken]
    return good, findings + [finding for finding in counted if (finding.row, finding.facts.get("column")) not in seen]


def read_column(cells: pl.Series, column: dy.Column) -> tuple[pl.Series, list[int]]:
    """The cells as the type of their column, and the places of those that are not; what is no finite number is none."""
    text = cells.cast(pl.String).str.strip_chars()
    if isinstance(column, dy.List):
        return text.fill_null("").str.split(";").list.eval(pl.element().str.strip_chars()).list.filter(pl.element() != ""), []
    if isinstance(column, dy.Date):
        read = text.str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False)
    elif isinstance(column, dy.Time):
        read = text.str.slice(0, 5).str.to_time("%H:%M", strict=False)
    elif isinstance(column, dy.Bool):
        read = text.str.to_lowercase().replace_strict(TRUTHS, default=None, return_dtype=pl.Boolean)
    elif column.dtype.is_numeric():
        number = text.cast(pl.Float64, strict=False)
        number = number.set(~number.is_finite().fill_null(value=False), None)
        whole = column.dtype.is_integer()
        read = number.set(number != number.floor(), None).cast(column.dtype, strict=False) if whole else number
    else:
        return text, []
    return read, (read.is_null() & text.is_not_null() & (text != "")).arg_true().to_list()


def write_text(cells: list[list[object]]) -> bytes:
    """A sheet as delimited text, so that sheets and files are read alike and rows keep their numbers."""
    told = io.StringIO()
    writer = csv.writer(told)
    for row in cells:
        writer.writerow([int(cell) if isinstance(cell, float) and cell.is_integer() else cell for cell in row])
    return told.getvalue().encode()
