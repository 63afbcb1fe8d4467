"""What do the files of a twinning programme hold? Tables of text with their row numbers, from CSV files or one workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.findings import Code, Finding, Severity
from citytandem.sources import guard
from citytandem.sources.delimited import ROW, missing_columns, read_delimited
from citytandem.sources.workbook import heading, read_workbook

if TYPE_CHECKING:
    from collections.abc import Mapping

    from citytandem.sources.workbook import Sheet

COLUMNS = {
    "applications": (
        "participant", "city", "name", "actor", "learns", "offers", "learns_measures", "offers_measures", "languages",
        "capacity", "part", "country", "zone",
    ),
    "wishes": ("participant", "other", "kind"),
    "rules": ("participant", "other", "kind", "reason"),
    "ties": ("participant", "other", "kind", "asleep"),
}  # fmt: skip
"""The tables of a programme and their columns, in the order in which the templates have them."""
NEEDED = {
    "applications": (),
    "wishes": ("participant", "other"),
    "rules": ("participant", "other", "kind"),
    "ties": ("participant", "other"),
}
"""Columns without which a table says nothing. Applications need a city, or a name and a country, in each row."""


def read_programme(files: Mapping[str, bytes]) -> tuple[dict[str, pl.DataFrame], list[Finding]]:
    """Read the tables of a programme from files by name: ``applications.csv`` and its neighbours, or one workbook.

    Parameters
    ----------
    files
        Content by file name. A workbook holds the tables as sheets of the same names; names are compared without case.

    Returns
    -------
    Tables by name (applications, wishes, rules, ties; each only where it was found), every cell as text or null, all
    columns of :data:`COLUMNS`, ``row_of_file`` and ``where``; and findings about files, columns and cells.
    """
    raw: dict[str, tuple[str, pl.DataFrame]] = {}
    findings: list[Finding] = []
    for name, content in sorted(files.items()):
        if guard.is_zip(content) or name.lower().endswith((".xlsx", ".xlsm")):
            sheets, told = read_workbook(content, where=name)
            found = {heading(sheet): (f"{name}, {sheet}", tabulate(cells)) for sheet, cells in sheets.items()}
        else:
            table, told = read_delimited(content, where=name, separator=find_separator(content))
            found = {heading(name.rsplit(".", 1)[0]): (name, table)}
        findings += told
        raw |= {table: frame for table, frame in found.items() if table in COLUMNS}
    return _complete(raw, findings=findings, files=", ".join(sorted(files)))


def _complete(
    raw: Mapping[str, tuple[str, pl.DataFrame]], *, findings: list[Finding], files: str
) -> tuple[dict[str, pl.DataFrame], list[Finding]]:
    tables = {}
    if "applications" not in raw and not any(finding.code is Code.FILE_TOO_LARGE for finding in findings):
        findings = [*findings, Finding(Code.SHEET_MISSING, {"sheet": "applications", "file": files}, where=files)]
    for name, (where, table) in raw.items():
        spoken = table.rename({column: column.replace(" ", "_") for column in table.columns if column != ROW})
        known = (*COLUMNS[name], ROW)
        facts = {"choices": ", ".join(COLUMNS[name])}
        for extra in (column for column in spoken.columns if column not in known):
            told = facts | {"column": extra}
            findings.append(Finding(Code.PROGRAMME_COLUMN_UNUSED, told, where=where, severity=Severity.NOTE))
        _, missing = missing_columns(spoken, NEEDED[name], where=where)
        findings += missing
        if name == "applications" and not {"city", "name"} & set(spoken.columns):
            findings.append(Finding(Code.COLUMN_MISSING, {"column": "city"}, where=where))
        full, _ = missing_columns(spoken, COLUMNS[name], where=where)
        rows = full if ROW in full.columns else full.with_columns(pl.lit(None, pl.Int32).alias(ROW))
        tables[name] = rows.select(*COLUMNS[name], pl.col(ROW), pl.lit(where).alias("where"))
    return tables, findings


def tabulate(sheet: Sheet) -> pl.DataFrame:
    """A sheet as text by column, its first row that is not empty as headings; rows keep the numbers a spreadsheet gives them."""
    filled = [at for at, row in enumerate(sheet) if any(_text(cell) for cell in row)]
    if not filled:
        return pl.DataFrame()
    names = [heading(cell) for cell in sheet[filled[0]]]
    columns: dict[str, list[Any]] = {}
    for at, name in enumerate(names):
        if name and name not in columns and name != ROW:
            columns[name] = [_text(sheet[row][at]) if at < len(sheet[row]) else None for row in filled[1:]]
    columns[ROW] = [row + 1 for row in filled[1:]]
    return pl.DataFrame(columns, schema={name: pl.Int32 if name == ROW else pl.String for name in columns})


def _text(cell: object) -> str | None:
    plain = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
    return plain.strip() or None


def find_separator(content: bytes) -> str:
    """Some spreadsheets write a semicolon where others write a comma; the headings tell which."""
    first = content[:4096].split(b"\n", 1)[0]
    return max(",;\t", key=lambda sign: first.count(sign.encode()))
