"""What do all cities emit? Activity and factor files in, one sorted file of emissions out, nothing dropped in silence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl

from citytandem.bulk.cube import KeptCube
from citytandem.bulk.engines import Engine, Workshop, open_engine
from citytandem.bulk.files import SHOWN, scan, tell_more, write_sorted
from citytandem.bulk.native import COLUMNS, compile_native, fit_keys
from citytandem.bulk.paged import compile_paged, list_files
from citytandem.bulk.pages import LayoutNotKnown
from citytandem.findings import CannotCompute, Code, Finding, Severity
from citytandem.science.balance.price import (
    CELL,
    FACTOR_KEYS,
    KEYS,
    list_unpriced,
    price_activities,
    sum_activities,
)
from citytandem.tables.bulk import Compiled, Cube

RESULT, CUBE = "compiled.parquet", "cube.parquet"
PRICES = (*FACTOR_KEYS, "kg_per_mwh")
Progress = Callable[[str], None]


@dataclass
class Summary:
    """What one run did: rows of activity, rows among them that are unknown, rows and tonnes of the result."""

    engine: str
    folder: str
    rows: int = 0
    rows_unknown: int = 0
    results: int = 0
    known_t: float = 0.0

    def add(self, table: pl.DataFrame) -> None:
        """Count one batch of the result."""
        rows, unknown, known = table.select(
            pl.col("rows").sum(), pl.col("rows_unknown").sum(), pl.col("known_t").sum().cast(pl.Float64)
        ).row(0)
        self.rows += int(rows or 0)
        self.rows_unknown += int(unknown or 0)
        self.known_t += float(known or 0.0)

    def as_dict(self) -> dict[str, Any]:
        """The shape in which it leaves the house."""
        return asdict(self)


def compile_activities(
    activity: str,
    factors: str,
    *,
    out: Path,
    engine: Engine | str = Engine.POLARS,
    memory_gb: float | None = None,
    keep_cube: bool = False,
    progress: Progress = lambda _: None,
) -> tuple[Summary, list[Finding]]:
    """Price every row of activity and write emissions by city, year and sector.

    Parameters
    ----------
    activity, factors
        Parquet file, folder or URL with the columns of :class:`~citytandem.tables.bulk.Activity` and
        :class:`~citytandem.tables.bulk.PinnedFactor`.
    out
        Folder for ``compiled.parquet``.
    engine, memory_gb
        See :func:`~citytandem.bulk.engines.open_engine`.
    keep_cube
        Also write ``cube.parquet``, from which :func:`reprice_cube` answers for other factors.
    progress
        Called with the name of each step.

    Raises
    ------
    CannotCompute
        FILE_MISSING, FILE_UNREADABLE, COLUMN_MISSING, EXTRA_MISSING, UNKNOWN_CHOICE; FACTOR_NOT_PINNED when a country,
        year and carrier has several factors.
    """
    progress("bulk.read")
    with open_engine(engine, memory_gb=memory_gb) as workshop:
        rows, prices = _open_inputs(workshop, activity, factors)
        summary = Summary(str(engine), str(out))
        progress("bulk.compile")
        batches = _price(workshop, rows, prices, activity=activity, engine=engine, by=KEYS)
        summary.results, findings = write_sorted(batches, out / RESULT, schema=Compiled, look=summary.add)
        if keep_cube:
            progress("bulk.cube")
            cube = workshop.give(sum_activities(rows), by=CELL)
            findings += write_sorted(cube, out / CUBE, schema=Cube)[1]
        if summary.rows_unknown:
            progress("bulk.unknown")
            missing = list(workshop.give(list_unpriced(rows, prices)))
            findings += _tell_unknown(pl.concat(missing) if missing else None, unknown=summary.rows_unknown, where=activity)
    return summary, findings


def price_on(activity: str, factors: str, *, engine: Engine | str, memory_gb: float | None = None) -> pl.DataFrame:
    """The emissions in memory, in no particular order, for those who go on computing; see :func:`compile_activities`."""
    with open_engine(engine, memory_gb=memory_gb) as workshop:
        rows, prices = _open_inputs(workshop, activity, factors)
        return pl.concat(_price(workshop, rows, prices, activity=activity, engine=engine))


def reprice_cube(cube: str, factors: str, *, out: Path, progress: Progress = lambda _: None) -> tuple[Summary, list[Finding]]:
    """Write emissions under other factors from a kept activity cube, without reading the activities again.

    Parameters
    ----------
    cube
        ``cube.parquet`` of an earlier run.
    factors, out, progress
        As in :func:`compile_activities`.
    """
    progress("bulk.read")
    with open_engine(Engine.POLARS) as workshop:
        cells = scan(workshop, cube, columns=(*CELL, "activity_mwh", "rows", "rows_with_energy", "rows_without_amount")).collect()
        prices = scan(workshop, factors, columns=PRICES)
        _refuse_double(workshop, prices)
        progress("bulk.compile")
        summary = Summary(str(Engine.NATIVE), str(out))
        table = KeptCube.of(cells).reprice(prices.collect())
        summary.results, findings = write_sorted([table], out / RESULT, schema=Compiled, look=summary.add)
        if summary.rows_unknown:
            missing = list_unpriced(cells.lazy(), fit_keys(prices, cells.schema)).collect()
            findings += _tell_unknown(missing, unknown=summary.rows_unknown, where=cube)
    return summary, findings


def _price(
    workshop: Workshop, rows: Any, prices: Any, *, activity: str, engine: Engine | str, by: Sequence[str] = ()
) -> Iterator[pl.DataFrame]:
    if Engine(engine) is Engine.NATIVE:
        factor = prices.collect()
        try:
            return iter([compile_paged(list_files(activity), factor)])
        except LayoutNotKnown:
            return iter([compile_native(rows.collect(), factor)])
    return workshop.give(price_activities(rows, prices), by=by)


def _open_inputs(workshop: Workshop, activity: str, factors: str) -> tuple[Any, Any]:
    rows = scan(workshop, activity, columns=COLUMNS)
    prices = scan(workshop, factors, columns=PRICES)
    _refuse_double(workshop, prices)
    if isinstance(rows, pl.LazyFrame):
        prices = fit_keys(prices, rows.collect_schema())
    return rows, prices


def _refuse_double(workshop: Workshop, prices: Any) -> None:
    """A key with several factors would count its energy several times."""
    found = nw.from_native(prices).group_by(*FACTOR_KEYS).agg(nw.len().alias("count")).filter(nw.col("count") > 1)
    for double in workshop.give(found.to_native(), by=FACTOR_KEYS):
        for row in double.iter_rows(named=True):
            key = ", ".join(str(row[name]) for name in FACTOR_KEYS)
            raise CannotCompute(Finding(Code.FACTOR_NOT_PINNED, {"key": key, "count": int(row["count"])}))


def _tell_unknown(missing: pl.DataFrame | None, *, unknown: int, where: str) -> list[Finding]:
    """Which factors are missing, for how many rows; and how many rows have no amount."""
    findings: list[Finding] = []
    unpriced = 0
    if missing is not None and missing.height:
        texts = missing.with_columns(pl.col("country", "carrier").cast(pl.String), pl.col("rows").cast(pl.Int64))
        unpriced = int(texts["rows"].sum())
        # the largest gaps first: these are the ones worth mending
        texts = texts.sort(["rows", *FACTOR_KEYS], descending=[True, False, False, False], nulls_last=True)
        for row in texts.head(SHOWN).iter_rows(named=True):
            facts = {name: row[name] if row[name] is not None else "?" for name in FACTOR_KEYS} | {"rows": row["rows"]}
            findings.append(Finding(Code.ACTIVITY_WITHOUT_FACTOR, facts, where=where, severity=Severity.WARNING))
        findings += tell_more(texts.height - SHOWN, Code.ACTIVITY_WITHOUT_FACTOR, where=where)
    if unknown > unpriced:
        facts = {"rows": unknown - unpriced}
        findings.append(Finding(Code.ACTIVITY_WITHOUT_AMOUNT, facts, where=where, severity=Severity.WARNING))
    return findings
