"""What do the files of a study tour hold? Typed tables from a folder of CSV files or a workbook, and what is wrong, by row."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import dataframely as dy
import polars as pl

from citytandem.findings import Code, Finding
from citytandem.sources import guard
from citytandem.sources.delimited import ROW, read_delimited
from citytandem.sources.typed_rows import read_column, write_text
from citytandem.sources.validate import row_breaks_rule, validate
from citytandem.sources.workbook import heading, read_workbook
from citytandem.tables import tour

if TYPE_CHECKING:
    from collections.abc import Mapping

TABLES: dict[str, type[dy.Schema]] = {
    "group": tour.TourGroup,
    "sites": tour.Site,
    "openings": tour.Opening,
    "stays": tour.Stay,
    "days": tour.TourDay,
    "wishes": tour.TourWish,
    "legs": tour.Leg,
    "guests": tour.Guest,
}
"""The tables of a tour by the name of their file or sheet."""
OPTIONAL = ("legs", "guests")
DEFAULTS = {"choice": "open", "mark": "P", "source": "own", "is_invented": "false", "step_free": "false", "rest_minutes": "0"}
"""What a column says that was left out."""


def read_tour(
    files: Mapping[str, bytes], *, known: Mapping[str, pl.DataFrame] | None = None
) -> tuple[dict[str, pl.DataFrame], list[Finding]]:
    """Read the tables of a tour from files by name; each row that breaks a rule is named with file, row and column.

    Parameters
    ----------
    files
        Content by file name: ``sites.csv`` and its neighbours, or one workbook with a sheet for each.
    known
        Tables that hold already: each stands as it is where no file brings it.

    Returns
    -------
    Every table of :data:`TABLES`, empty where it was not found, and findings.
    """
    raw: dict[str, tuple[str, bytes]] = {}
    findings: list[Finding] = []
    for name, content in sorted(files.items()):
        if guard.is_zip(content) or name.lower().endswith((".xlsx", ".xlsm")):
            sheets, told = read_workbook(content, where=name)
            findings += told
            raw |= {heading(sheet): (f"{name}, {sheet}", write_text(cells)) for sheet, cells in sheets.items()}
        else:
            raw[heading(name.rsplit(".", 1)[0])] = (name, content)
    tables = {}
    for name, schema in TABLES.items():
        if name in raw:
            tables[name], told = _read_table(raw[name][1], schema, where=raw[name][0])
            findings += told
        elif known and name in known:
            tables[name] = known[name]
        else:
            tables[name] = schema.create_empty()
            if name not in OPTIONAL:
                where = ", ".join(sorted(files))
                findings.append(Finding(Code.SHEET_MISSING, {"sheet": name, "file": where}, where=where))
    return tables, findings + _find_dangling(tables, where={name: where for name, (where, _) in raw.items()})


def _read_table(content: bytes, schema: type[dy.Schema], *, where: str) -> tuple[pl.DataFrame, list[Finding]]:
    first = content[:4096].split(b"\n", 1)[0]
    separator = max(",;\t", key=lambda sign: first.count(sign.encode()))
    text, findings = read_delimited(content, where=where, separator=separator)
    if text.is_empty():
        return schema.create_empty(), findings
    text = text.rename({column: column.replace(" ", "_") for column in text.columns if column != ROW})
    typed = []
    for name, column in schema.columns().items():
        if name not in text.columns:
            if name in DEFAULTS or column.nullable:
                default = DEFAULTS.get(name)
                text = text.with_columns(pl.lit(default, pl.String).alias(name))
            else:
                findings.append(Finding(Code.COLUMN_MISSING, {"column": name}, where=where))
                continue
        cells = text[name].fill_null(DEFAULTS[name]) if name in DEFAULTS else text[name]
        values, wrong = read_column(cells, column)
        typed.append(values.alias(name))
        findings += [
            row_breaks_rule(where, row=int(text[ROW][at]), column=name, rule=_RULES[type(column)], value=cells[at])
            for at in wrong
        ]
    if any(finding.code is Code.COLUMN_MISSING for finding in findings):
        return schema.create_empty(), findings
    good, broken = validate(pl.DataFrame(typed), schema, where=where, first_row=0)
    seen = {(finding.row, finding.facts.get("column")) for finding in findings}
    counted = [replace(finding, row=None if finding.row is None else int(text[ROW][finding.row])) for finding in broken]
    return good, findings + [finding for finding in counted if (finding.row, finding.facts.get("column")) not in seen]


_RULES: dict[type, str] = {
    dy.Date: "is a date such as 2027-05-03",
    dy.Time: "is a time such as 09:30",
    dy.Bool: "is yes or no",
    dy.Float64: "is a number",
    dy.Int32: "is a whole number",
    dy.Int16: "is a whole number",
}


LINKS = (
    ("openings", "site", ("sites",)),
    ("days", "starts_at", ("stays",)),
    ("days", "ends_at", ("stays",)),
    ("legs", "start", ("sites", "stays")),
    ("legs", "end", ("sites", "stays")),
)
KEYS = {"sites": "site", "stays": "stay"}


def _find_dangling(tables: Mapping[str, pl.DataFrame], *, where: Mapping[str, str]) -> list[Finding]:
    """Names that stand in one table and are missing in the other."""
    found = []
    for table, column, targets in LINKS:
        known = {key for target in targets for key in tables[target][KEYS[target]]}
        for key in sorted(set(tables[table][column].to_list()) - known):
            facts = {"column": column, "value": key, "table": ", ".join(targets)}
            found.append(Finding(Code.REFERENCE_DANGLING, facts, where=where.get(table, table)))
    return found
