"""Is the input there and does it have its columns? And: results written in order, row by row through their table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import dataframely as dy
import polars as pl
import pyarrow.parquet as pq

from citytandem.bulk.engines import Workshop
from citytandem.findings import CannotCompute, Code, Fact, Finding, Severity

SHOWN = 20
"""Findings of one kind that are listed one by one; the rest is counted."""


def scan(workshop: Workshop, place: str, *, columns: Sequence[str]) -> Any:
    """A lazy table with the columns the work needs.

    Raises
    ------
    CannotCompute
        FILE_MISSING, FILE_UNREADABLE or COLUMN_MISSING.
    """
    if "://" not in place and not Path(place).exists():
        folder = str(Path(place).absolute().parent)
        raise CannotCompute(Finding(Code.FILE_MISSING, {"file": Path(place).name, "folder": folder}, where=folder))
    try:
        table = workshop.scan(place)
        names = set(table.collect_schema().names() if isinstance(table, pl.LazyFrame) else table.columns)
    except CannotCompute:
        raise
    except Exception as error:
        facts = {"file": place, "problem": str(error).splitlines()[0][:200] if str(error) else type(error).__name__}
        raise CannotCompute(Finding(Code.FILE_UNREADABLE, facts, where=place)) from error
    for name in columns:
        if name not in names:
            raise CannotCompute(Finding(Code.COLUMN_MISSING, {"column": name}, where=place))
    return table.select(*columns) if not isinstance(table, pl.LazyFrame) else table.select(columns)


def write_sorted(
    batches: Iterable[pl.DataFrame], path: Path, *, schema: type[dy.Schema], look: Callable[[pl.DataFrame], None] | None = None
) -> tuple[int, list[Finding]]:
    """Write batches as one Parquet file, keeping only rows that keep the rules of their table.

    Parameters
    ----------
    batches
        Rows in the order of the table's key.
    path
        File to write; it appears only when it is complete.
    schema
        The table.
    look
        Called with each batch of good rows.

    Returns
    -------
    Rows written, and a finding for each row left out, up to a limit.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".unfinished")
    left_out: list[Finding] = []
    count, broken = 0, 0
    example = schema.create_empty().with_columns(pl.col(pl.Enum).cast(pl.String)).to_arrow(compat_level=pl.CompatLevel.oldest())
    with pq.ParquetWriter(unfinished, example.schema, compression="zstd") as file:
        for batch in batches:
            texts = batch.with_columns(pl.col(pl.Enum, pl.Categorical).cast(pl.String))
            good, failure = schema.filter(texts, cast=True)
            broken += len(failure)
            left_out += _tell(failure, where=path.name, at_most=SHOWN - len(left_out))
            count += good.height
            if look is not None:
                look(good)
            plain = good.with_columns(pl.col(pl.Enum).cast(pl.String)).select(schema.column_names())
            file.write_table(plain.to_arrow(compat_level=pl.CompatLevel.oldest()).cast(example.schema))
    unfinished.replace(path)
    return count, left_out + tell_more(broken - len(left_out), Code.ROW_BREAKS_RULE, where=path.name)


def tell_more(count: int, code: Code, *, where: str) -> list[Finding]:
    """One note that says how many findings of a kind are not listed."""
    if count <= 0:
        return []
    return [Finding(Code.MORE_FINDINGS, {"count": count, "kind": str(code)}, where=where, severity=Severity.NOTE)]


def _tell(failure: Any, *, where: str, at_most: int) -> list[Finding]:
    """One finding per row left out: the first rule it breaks."""
    findings = []
    rules = list(failure.counts())
    for row in failure.details().head(max(0, at_most)).iter_rows(named=True):
        rule = next((name for name in rules if row[name] == "invalid"), rules[0])
        column, _, kind = rule.partition("|")
        key = ", ".join(str(row[name]) for name in ("city", "year", "sector", "balance") if name in row)
        facts: dict[str, Fact] = {"column": column, "rule": kind or rule, "value": key}
        findings.append(Finding(Code.ROW_BREAKS_RULE, facts, where=where, severity=Severity.WARNING))
    return findings
