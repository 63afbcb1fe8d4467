"""The quick way: keys as small integers, factors in a dense array, one pass over the rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from citytandem.science.balance.price import CELL, KEYS, price_activities
from citytandem.science.kernels.engine import Engine
from citytandem.science.kernels.price import Block, Emitted, price_blocks

COLUMNS = (*CELL, "activity_mwh")
LARGEST = 200_000_000
"""Places of the dense result beyond which rows are grouped instead of addressed."""
NAMED = ("city", "country", "sector", "carrier")


@dataclass(frozen=True, slots=True)
class Codes:
    """What the small integers stand for; the code after the last word stands for an unknown key."""

    words: dict[str, list[str]]
    types: dict[str, pl.Enum]
    first_year: int
    years: int

    def size(self, name: str) -> int:
        """Number of codes, with that of the unknown."""
        return len(self.words[name]) + 1

    def read(self, name: str, codes: NDArray[Any]) -> pl.Series:
        """The words behind codes."""
        empty = pl.Series([], dtype=self.types[name]).to_physical().dtype
        numbers = pl.Series(name, codes)
        last = len(self.words[name])
        if codes.size and int(codes.max()) >= last:
            numbers = numbers.set(numbers == last, None)
        return numbers.cast(empty).cat.to(self.types[name])

    def read_year(self, codes: NDArray[Any]) -> pl.Series:
        """Calendar years behind codes."""
        numbers = pl.Series("year", codes).cast(pl.Int32)
        if codes.size and int(codes.max()) >= self.years:
            numbers = numbers.set(numbers >= self.years, None)
        return (numbers + self.first_year).cast(pl.Int16)


def compile_native(
    activity: pl.DataFrame, factor: pl.DataFrame, *, engine: Engine | str = Engine.AUTO, threads: int | None = None
) -> pl.DataFrame:
    """The answer of :func:`price_activities`, sorted by city, year and sector.

    Parameters
    ----------
    activity
        Rows of :class:`~citytandem.tables.bulk.Activity`; dictionary types are used as they are.
    factor
        Rows of :class:`~citytandem.tables.bulk.PinnedFactor`.
    engine, threads
        See :mod:`citytandem.science.kernels.engine`.
    """
    coded, codes = code_words(activity)
    shape = (codes.size("city"), codes.years + 1, codes.size("sector"))
    if float(np.prod(np.array(shape, float))) > LARGEST:
        table = price_activities(coded.lazy(), fit_keys(factor.lazy(), coded.schema)).collect(engine="streaming")
        return sort_keys(table)
    emitted = price_blocks(
        list(_blocks(coded, codes)), factor=dense_factors(factor, codes), shape=shape, first_year=codes.first_year,
        engine=engine, threads=threads,
    )  # fmt: skip
    return frame_emitted(emitted, codes)


def frame_emitted(emitted: Emitted, codes: Codes) -> pl.DataFrame:
    """The sums with their keys as words."""
    frame = pl.DataFrame(
        [
            codes.read("city", emitted.city),
            codes.read_year(emitted.year),
            codes.read("sector", emitted.sector),
            pl.Series("known_t", emitted.known_t),
            pl.Series("rows", emitted.rows),
            pl.Series("rows_unknown", emitted.unknown),
        ]
    )
    return finish(frame)


def finish(frame: pl.DataFrame) -> pl.DataFrame:
    """Emissions stand only where every row is known."""
    known = pl.when(pl.col("rows_unknown") == 0).then("known_t").alias("emissions_t")
    return frame.select(*KEYS, known, "known_t", "rows", "rows_unknown")


def sort_keys(frame: pl.DataFrame) -> pl.DataFrame:
    """Rows in the order of their keys, unknown last as their codes would be."""
    return frame.sort(*KEYS, nulls_last=True)


def code_words(frame: pl.DataFrame, *, names: Sequence[str] = NAMED) -> tuple[pl.DataFrame, Codes]:
    """The same frame with its words as dictionary types in the order of the words, and what the codes mean."""
    types: dict[str, pl.Enum] = {}
    for name in names:
        given = frame.schema[name]
        if isinstance(given, pl.Enum):
            words = given.categories.to_list()
            types[name] = given if words == sorted(words) else pl.Enum(sorted(words))
        else:
            types[name] = pl.Enum(frame[name].cast(pl.String).unique().drop_nulls().sort())
    changed = {name: kind for name, kind in types.items() if frame.schema[name] != kind}
    if changed:
        frame = frame.with_columns(pl.col(name).cast(pl.String).cast(kind) for name, kind in changed.items())
    low, high = frame.select(pl.col("year").min().alias("low"), pl.col("year").max().alias("high")).row(0)
    first, last = (0, 0) if low is None else (int(low), int(high))
    return frame, Codes({name: kind.categories.to_list() for name, kind in types.items()}, types, first, last - first + 1)


def fit_keys(factor: pl.LazyFrame, types: Any) -> pl.LazyFrame:
    """Factors with their keys in the types of the activities; keys no activity has become unknown and match nothing."""
    names = [name for name in ("country", "year", "carrier") if name in types]
    text = [pl.col(name).cast(pl.String).cast(types[name], strict=False) for name in names if name != "year"]
    return factor.with_columns(*text, pl.col("year").cast(types["year"]))


def dense_factors(factor: pl.DataFrame, codes: Codes) -> NDArray[np.float64]:
    """Factors of shape (countries, years, carriers), nan where there is none."""
    rows = factor.select(
        pl.col("country").cast(pl.String).cast(codes.types["country"], strict=False).to_physical(),
        pl.col("year").cast(pl.Int32) - codes.first_year,
        pl.col("carrier").cast(pl.String).cast(codes.types["carrier"], strict=False).to_physical(),
        pl.col("kg_per_mwh").cast(pl.Float64).fill_null(np.nan),
    ).drop_nulls()
    rows = rows.filter(pl.col("year").is_between(0, codes.years - 1))
    table = np.full((codes.size("country"), codes.years + 1, codes.size("carrier")), np.nan)
    country, year, carrier, price = (rows[name].to_numpy() for name in rows.columns)
    table[country, year, carrier] = price
    return table


def _blocks(frame: pl.DataFrame, codes: Codes) -> Any:
    """Rows as arrays, a block for each part the file was read in, without copying what has no gaps."""
    ready = frame.select(
        *(pl.col(name).to_physical().fill_null(codes.size(name) - 1) for name in NAMED),
        pl.col("year").fill_null(codes.first_year + codes.years),
        pl.col("activity_mwh").cast(pl.Float64).fill_null(np.nan),
    )
    for part in _parts(ready):
        yield Block(
            **{name: part[name].to_numpy() for name in (*NAMED, "year")},
            amount=part["activity_mwh"].to_numpy(),
        )


def _parts(frame: pl.DataFrame) -> Any:
    lengths = {name: [len(chunk) for chunk in frame[name].get_chunks()] for name in frame.columns}
    pattern = next(iter(lengths.values()))
    if any(found != pattern for found in lengths.values()):
        yield frame.rechunk()
        return
    start = 0
    for length in pattern:
        yield frame.slice(start, length)
        start += length
