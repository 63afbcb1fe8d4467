"""Which engine does the work? Opens Polars, DuckDB or Spark over Parquet files and brings results back in order."""

from __future__ import annotations

import importlib
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

import polars as pl

from citytandem.findings import CannotCompute, Code, Finding

GB_PER_THREAD = 0.125
"""What DuckDB wants for each thread at least."""
BATCH = 1_000_000
"""Rows of a result that are held in memory at once where the engine allows it."""


class Engine(StrEnum):
    """Who adds up: ``native`` is the compiled way in this process, the others run the portable form."""

    POLARS = "polars"
    DUCKDB = "duckdb"
    SPARK = "spark"
    NATIVE = "native"


class Workshop(Protocol):
    """An open engine: reads Parquet lazily, takes small frames in, gives sorted results back."""

    def scan(self, place: str) -> Any:
        """A lazy table over a Parquet file, a folder of them, or a URL."""

    def take(self, frame: pl.DataFrame) -> Any:
        """A frame of ours as a table of the engine."""

    def give(self, table: Any, *, by: Sequence[str] = ()) -> Iterator[pl.DataFrame]:
        """The rows of a table in batches, sorted if asked."""


@contextmanager
def open_engine(engine: Engine | str, *, memory_gb: float | None = None) -> Iterator[Workshop]:
    """Open an engine and close it behind the work.

    Parameters
    ----------
    engine
        See :class:`Engine`; ``native`` reads through Polars.
    memory_gb
        Memory DuckDB may use before it writes to a folder of its own that is deleted afterwards; Spark's driver
        memory. Polars decides for itself.

    Raises
    ------
    CannotCompute
        EXTRA_MISSING when the engine is not installed; UNKNOWN_CHOICE for an engine we do not know.
    """
    try:
        wish = Engine(engine)
    except ValueError as error:
        facts = {"asked": str(engine), "option": "engine", "choices": ", ".join(Engine)}
        raise CannotCompute(Finding(Code.UNKNOWN_CHOICE, facts)) from error
    if wish is Engine.DUCKDB:
        with tempfile.TemporaryDirectory(prefix="citytandem-") as spill:
            connection = load_library("duckdb", extra="bulk").connect()
            try:
                yield _DuckDB(_prepare_duckdb(connection, spill=spill, memory_gb=memory_gb))
            finally:
                connection.close()
    elif wish is Engine.SPARK:
        with tempfile.TemporaryDirectory(prefix="citytandem-") as spill:
            session = _open_spark(spill, memory_gb=memory_gb)
            try:
                yield _Spark(session)
            finally:
                session.stop()
    else:
        yield _Polars()


def load_library(name: str, *, extra: str) -> Any:
    """Import a library of an extra; if it is not installed, say how to get it."""
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        raise CannotCompute(Finding(Code.EXTRA_MISSING, {"extra": extra}, where=name)) from error


@dataclass(frozen=True, slots=True)
class _Polars:
    def scan(self, place: str) -> pl.LazyFrame:
        if _is_url(place):
            return pl.scan_pyarrow_dataset(_open_remote(place))
        where = Path(place)
        return pl.scan_parquet(where / "**/*.parquet" if where.is_dir() else where)

    def take(self, frame: pl.DataFrame) -> pl.LazyFrame:
        return frame.lazy()

    def give(self, table: pl.LazyFrame, *, by: Sequence[str] = ()) -> Iterator[pl.DataFrame]:
        frame = table.collect(engine="streaming")
        if by:
            # the order of words, not of their codes: every engine must give the same file
            frame = frame.sort(*(pl.col(name).cast(pl.String) if frame[name].dtype == pl.Enum else pl.col(name) for name in by))
        yield from frame.iter_slices(BATCH)


@dataclass(frozen=True, slots=True)
class _DuckDB:
    connection: Any

    def scan(self, place: str) -> Any:
        if _is_url(place):
            kind = place.split("://", 1)[0]
            if kind not in self.connection.list_filesystems():
                self.connection.register_filesystem(load_library("fsspec", extra="bulk").filesystem(kind))
            return self.connection.read_parquet(place if place.endswith(".parquet") else f"{place.rstrip('/')}/*.parquet")
        where = Path(place)
        return self.connection.read_parquet(str(where / "**/*.parquet" if where.is_dir() else where))

    def take(self, frame: pl.DataFrame) -> Any:
        return self.connection.from_arrow(frame.to_arrow())

    def give(self, table: Any, *, by: Sequence[str] = ()) -> Iterator[pl.DataFrame]:
        # in no order they are wanted whole, which DuckDB hands over quicker than one batch after another
        batches = table.order(", ".join(f'"{name}"' for name in by)).to_arrow_reader(BATCH) if by else [table.to_arrow_table()]
        for batch in batches:
            frame = pl.from_arrow(batch)
            if isinstance(frame, pl.DataFrame):
                yield frame


@dataclass(frozen=True, slots=True)
class _Spark:
    session: Any

    def scan(self, place: str) -> Any:
        return self.session.read.option("recursiveFileLookup", "true").parquet(place)

    def take(self, frame: pl.DataFrame) -> Any:
        texts = frame.with_columns(pl.col(pl.Enum, pl.Categorical).cast(pl.String)) if frame.width else frame
        return self.session.createDataFrame(texts.to_arrow(compat_level=pl.CompatLevel.oldest()))

    def give(self, table: Any, *, by: Sequence[str] = ()) -> Iterator[pl.DataFrame]:
        frame = pl.from_arrow((table.orderBy(*by) if by else table).toArrow())
        if isinstance(frame, pl.DataFrame):
            yield from frame.iter_slices(BATCH)


def _prepare_duckdb(connection: Any, *, spill: str, memory_gb: float | None) -> Any:
    connection.execute(f"SET temp_directory = '{spill}'")
    connection.execute("SET preserve_insertion_order = false")
    if memory_gb is not None:
        connection.execute(f"SET memory_limit = '{int(memory_gb * 1024)}MiB'")
        # every thread holds pages of its own: in little memory, fewer threads finish where many run out
        threads = max(1, min(os.cpu_count() or 1, int(memory_gb / GB_PER_THREAD)))
        connection.execute(f"SET threads = {threads}")
    return connection


def _open_spark(spill: str, *, memory_gb: float | None) -> Any:
    """A session in this process that opens no page, listens to nobody else, and cuts small work into few parts."""
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")  # else it asks the machine for its name in the net
    builder = load_library("pyspark.sql", extra="spark").SparkSession.builder.appName("citytandem")
    settings = {
        "spark.master": "local[*]",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.shuffle.partitions": "8",
        "spark.sql.execution.arrow.pyspark.enabled": "true",
        "spark.sql.session.timeZone": "UTC",
        "spark.local.dir": spill,
        "spark.sql.warehouse.dir": spill,
        "spark.driver.maxResultSize": "0",
        "spark.driver.memory": f"{int((memory_gb or 2) * 1024)}m",
        "spark.log.level": "ERROR",
    }
    for name, value in settings.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


def _is_url(place: str) -> bool:
    return "://" in place


def _open_remote(place: str) -> Any:
    """A set of Parquet files behind any URL that fsspec knows."""
    files, path = load_library("fsspec", extra="bulk").core.url_to_fs(place)
    return load_library("pyarrow.dataset", extra="bulk").dataset(path, filesystem=files, format="parquet")
