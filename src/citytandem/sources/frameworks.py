"""What does a framework of one's own hold? A folder of CSV files in the form of our fact tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from citytandem.findings import CannotCompute, Code, Fact, Finding
from citytandem.science.assessment.framework import Framework, build_framework
from citytandem.sources.delimited import ROW, read_delimited
from citytandem.sources.validate import validate
from citytandem.tables.assessment import WHOLE, Category, Criterion, CriterionMeasure, Level, Title
from citytandem.tables.assessment import Framework as FrameworkTable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import dataframely as dy

TABLES: dict[str, type[dy.Schema]] = {
    "framework": FrameworkTable,
    "category": Category,
    "criterion": Criterion,
    "level": Level,
    "criterion_measure": CriterionMeasure,
    "title": Title,
}
NEEDED = ("framework", "category", "criterion", "level")


def is_framework(folder: Path) -> bool:
    """Whether a folder holds a framework."""
    return (folder / "framework.csv").is_file()


def read_framework(folder: Path) -> Framework:
    """Read a framework from its folder: ``framework.csv``, ``category.csv``, ``criterion.csv`` and ``level.csv``.

    ``criterion_measure.csv`` and ``title.csv`` may be there. Columns that may be empty may be left out.

    Raises
    ------
    CannotCompute
        FRAMEWORK_NOT_SOUND with every finding: a file or column that is missing, a row that breaks its rule, a category that
        is not listed, a criterion without a level. A framework that is half right would judge by other rules than it says.
    """
    files = {f"{name}.csv": folder / f"{name}.csv" for name in TABLES}
    return read_framework_files({name: file.read_bytes() for name, file in files.items() if file.is_file()}, name=str(folder))


def read_framework_files(files: Mapping[str, bytes], *, name: str) -> Framework:
    """The same from files in hand, by their names; ``name`` is what a refusal calls them together.

    Raises
    ------
    CannotCompute
        FRAMEWORK_NOT_SOUND, as :func:`read_framework`.
    """
    tables: dict[str, pl.DataFrame] = {}
    findings: list[Finding] = []
    for table, schema in TABLES.items():
        where = f"{table}.csv"
        if where in files:
            tables[table], told = _read_table(files[where], schema=schema, where=where)
            findings += told
        elif table in NEEDED:
            findings.append(Finding(Code.FILE_MISSING, {"file": where}, where=where))
    if not findings:
        findings = _find_loose_ends(tables)
    if findings:
        facts: dict[str, Fact] = {"folder": name, "count": len(findings)}
        raise CannotCompute(Finding(Code.FRAMEWORK_NOT_SOUND, facts), because=tuple(findings))
    return build_framework(tables, key=tables["framework"]["framework"][0])


def _read_table(raw: bytes, *, schema: type[dy.Schema], where: str) -> tuple[pl.DataFrame, list[Finding]]:
    read, findings = read_delimited(raw, where=where)
    if ROW not in read.columns:
        return schema.create_empty(), findings
    absent = [
        pl.lit(None, dtype=pl.String).alias(name)
        for name, column in schema.columns().items()
        if column.nullable and name not in read.columns
    ]
    yes = [
        (pl.col(name).str.to_lowercase() == "true").alias(name)
        for name, column in schema.columns().items()
        if column.dtype == pl.Boolean and name in read.columns
    ]
    good, broken = validate(read.drop(ROW).with_columns(absent).with_columns(yes), schema, where=where)
    return good, findings + broken


def _find_loose_ends(tables: dict[str, pl.DataFrame]) -> list[Finding]:
    """Names that lead nowhere."""
    known = {
        "framework": set(tables["framework"]["framework"].to_list()[:1]),
        "category": set(tables["category"]["category"].to_list()),
        "criterion": {*tables["criterion"]["criterion"].to_list(), WHOLE},
    }
    links = [(table, "framework", "framework") for table in tables]
    links += [("criterion", "category", "category"), ("level", "criterion", "criterion")]
    links += [("criterion_measure", "criterion", "criterion")] if "criterion_measure" in tables else []
    findings = [
        _dangling(table, column, value=value, target=target)
        for table, column, target in links
        for value in sorted(set(tables[table][column].to_list()) - known[target])
    ]
    levels = set(tables["level"]["criterion"].to_list())
    without = [] if WHOLE in levels else sorted(known["criterion"] - levels - {WHOLE})
    empty = sorted(known["category"] - set(tables["criterion"]["category"].to_list()))
    findings += [_dangling("criterion", "criterion", value=value, target="level") for value in without]
    return findings + [_dangling("category", "category", value=value, target="criterion") for value in empty]


def _dangling(table: str, column: str, *, value: str, target: str) -> Finding:
    facts = {"column": column, "value": value, "table": f"{target}.csv"}
    return Finding(Code.REFERENCE_DANGLING, facts, where=f"{table}.csv")
