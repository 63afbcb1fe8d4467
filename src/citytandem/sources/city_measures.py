"""What do Münster and Karlsruhe say about the state of their own measures?"""

from __future__ import annotations

import polars as pl

from citytandem.sources.reading import Reading, Remark, keep_columns, read_text_table
from citytandem.sources.validate import cast_numbers

MUENSTER = "muenster-measures"
KARLSRUHE = "karlsruhe-measures"
COLOURS = {"#01873B": "green", "orange": "orange", "#AE1B1B": "red", "white": "white"}
REPORTS = {"13": 2013, "1516": 2016, "1718": 2018}
"""Suffix of a status report and the last year it covers."""


def read_muenster(raw: bytes, *, where: str = "muenster_sachstand") -> Reading:
    """Read status reports by measure; table ``report``: item, report, year, colour.

    The file holds, for each measure, its own row, its plan and up to three status reports as children.
    """
    frame, findings = read_text_table(raw, where=where)
    frame, missing = keep_columns(frame, ["assessment", "id", "title", "parent"], where=where)
    rows = frame.with_row_index("row", offset=2).with_columns(
        pl.col("id").str.extract(r"-(\d+)$").alias("report"),
        pl.col("assessment").replace_strict(COLOURS, default=None).alias("colour"),
    )
    reports = rows.filter(pl.col("report").is_in(list(REPORTS)) & pl.col("parent").is_not_null()).select(
        "row", item="parent", report="id", year=pl.col("report").replace_strict(REPORTS, return_dtype=pl.Int16), colour="colour"
    )
    measures = rows.filter(pl.col("parent").is_not_null() & ~pl.col("id").str.contains(r"-(Plan|\d+)$"))
    remark = Remark(
        code="rows_are_reports", rule="one_stage_per_measure_and_report", where=f"{where}: id", source=MUENSTER,
        before=f"{rows.height} rows", after=f"{measures.height} measures with {reports.height} status reports",
        reason="Plan, measure, field and status reports all stand as rows; counted as measures they would be five times as many.",
    )  # fmt: skip
    table = measures.select("row", item="id", title=pl.col("title").str.replace_all(r"\s+", " "))
    return Reading(tables={"report": reports, "measure": table}, remarks=[remark], findings=[*findings, *missing])


def read_karlsruhe(raw: bytes, *, where: str = "karlsruhe_massnahmen_kennzahlen") -> Reading:
    """Read indicators by measure and year; table ``indicator``: item, title, indicator, unit, year, value.

    A zero stands for "not recorded" in this file (a counter that stood at 1.6 million is 0 the next year), so zeros
    are left unknown.
    """
    frame, findings = read_text_table(raw, where=where, separator=";")
    columns = {"Maßnahmen_ID": "item", "Maßnahmen_Bez": "title", "Kennzahl": "indicator", "Maßeinheit": "unit",
               "Jahr": "year", "Wert": "value"}  # fmt: skip
    frame, missing = keep_columns(frame, list(columns), where=where)
    rows = frame.select(columns.keys()).rename(columns)
    rows = rows.with_columns(pl.col("value").replace({"NA": ""}).str.replace(",", ".", literal=True))
    rows, wrong = cast_numbers(rows, ["year", "value"], where=where)
    clean = rows.with_columns(pl.col("title", "indicator", "unit").str.replace_all(r"\s+", " ").str.strip_chars())
    known = clean.filter((pl.col("value") != 0) & ~pl.col("indicator").str.contains("keine Kennzahl"))
    zeros = clean.filter((pl.col("value") == 0) & ~pl.col("indicator").str.contains("keine Kennzahl")).height
    remark = Remark(
        code="zero_means_missing", rule="zero_indicator_is_unknown", where=f"{where}: Wert", source=KARLSRUHE,
        before=f"{zeros} indicator values of 0", reason=(
            "Counts that stood in the thousands are 0 in the last year: the file writes 0 where nothing was recorded."
        ),
    )  # fmt: skip
    items = clean.select("item", "title").unique(maintain_order=True)
    tables = {"indicator": known.drop_nulls(["year", "value"]), "measure": items}
    return Reading(tables=tables, remarks=[remark], findings=[*findings, *missing, *wrong])
