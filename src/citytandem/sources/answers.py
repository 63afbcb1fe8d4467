"""What did an assessor fill in? A form as CSV or XLSX, every cell as text with its row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from citytandem.science.assessment.answers import COLUMNS, ROW, check_answers
from citytandem.sources import guard
from citytandem.sources.delimited import missing_columns, read_delimited
from citytandem.sources.programme import find_separator, tabulate
from citytandem.sources.workbook import read_workbook

if TYPE_CHECKING:
    from citytandem.findings import Finding
    from citytandem.science.assessment.framework import Framework

NEEDED = ("criterion", "level")
OPTIONAL = (*COLUMNS, "measure")


def read_answers(
    content: bytes, *, name: str, framework: Framework, subject: str | None = None
) -> tuple[pl.DataFrame, list[Finding]]:
    """Read a filled-in form.

    Parameters
    ----------
    content, name
        The file; a workbook's first sheet with the columns criterion and level counts.
    framework
        The framework the form is for.
    subject
        Whom rows without a city are about.

    Returns
    -------
    Rows of ``tables.assessment.Answer`` and findings with file, row and column.
    """
    rows, findings = _read_rows(content, name=name)
    _, missing = missing_columns(rows, NEEDED, where=name)
    if missing:
        return check_answers(framework, pl.DataFrame(schema={"criterion": pl.String}), where=name)[0], [*findings, *missing]
    answers, told = check_answers(framework, rows, where=name, subject=subject)
    return answers, [*findings, *told]


def _read_rows(content: bytes, *, name: str) -> tuple[pl.DataFrame, list[Finding]]:
    if not (guard.is_zip(content) or name.lower().endswith((".xlsx", ".xlsm"))):
        rows, findings = read_delimited(content, where=name, separator=find_separator(content))
        return (rows if ROW in rows.columns else pl.DataFrame()), findings
    sheets, findings = read_workbook(content, where=name)
    tables = [tabulate(sheet) for sheet in sheets.values()]
    chosen = next((table for table in tables if set(NEEDED) <= set(table.columns)), pl.DataFrame())
    return chosen, findings
