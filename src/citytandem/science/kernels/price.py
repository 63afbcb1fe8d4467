"""What do coded activities emit? Dense addressing instead of a join and a grouping."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from citytandem.science.kernels.engine import Engine, run_in_blocks, runs_compiled

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Integers = npt.NDArray[np.int64]

REPAYS_FROM = 5e6
"""Rows from which loading the compiler is repaid."""


@dataclass(frozen=True, slots=True)
class Block:
    """Rows of activity with their keys as small integers; ``year`` is the calendar year, an unknown amount is nan."""

    city: Any
    year: Any
    country: Any
    sector: Any
    carrier: Any
    amount: Any


@dataclass(frozen=True, slots=True)
class Emitted:
    """One entry per city, year and sector that occurs, in this order: codes, t CO2e / year known, rows, rows unknown."""

    city: npt.NDArray[Any]
    year: npt.NDArray[Any]
    sector: npt.NDArray[Any]
    known_t: Floats
    rows: Integers
    unknown: Integers


def price_blocks(
    blocks: Sequence[Block],
    *,
    factor: Floats,
    shape: tuple[int, int, int],
    first_year: int,
    engine: Engine | str = Engine.AUTO,
    threads: int | None = None,
) -> Emitted:
    """Price rows of activity and add them up by city, year and sector.

    Parameters
    ----------
    blocks
        Rows of activity; the order of rows does not matter, rows sorted by city are quicker.
    factor
        Shape (countries, years, carriers), kg CO2e / MWh; nan where there is none.
    shape
        Number of cities, years and sectors that codes can take.
    first_year
        Calendar year of the first year.
    engine, threads
        See :mod:`citytandem.science.kernels.engine`.

    Returns
    -------
    Emitted
        Sorted by city, year and sector. A row whose amount is not finite is unknown, and so is energy without a finite factor.

    Examples
    --------
    >>> rows = Block(*(np.array(column) for column in ([0, 0], [2019, 2019], [0, 0], [1, 1], [0, 1], [1000.0, 5.0])))
    >>> found = price_blocks([rows], factor=np.array([[[247.0, np.nan]]]), shape=(1, 1, 2), first_year=2019)
    >>> found.known_t.tolist(), found.rows.tolist(), found.unknown.tolist()
    ([247.0], [2], [1])
    """
    if runs_compiled(engine, work=sum(block.city.size for block in blocks), repays_from=REPAYS_FROM):
        return _price_compiled(blocks, factor, shape, first_year=first_year, threads=threads)
    size = int(np.prod(shape))
    known, rows, unknown = np.zeros(size), np.zeros(size, np.int64), np.zeros(size, np.int64)
    for block in blocks:
        year = block.year.astype(np.int64) - first_year
        key = (block.city.astype(np.int64) * shape[1] + year) * shape[2] + block.sector
        emitted = np.where(block.amount == 0, 0.0, block.amount * factor[block.country, year, block.carrier]) / 1000.0
        sure = np.isfinite(emitted)
        known += np.bincount(key[sure], emitted[sure], size)
        rows += np.bincount(key, minlength=size)
        unknown += np.bincount(key[~sure], minlength=size)
    filled = np.flatnonzero(rows)
    city, inner = np.divmod(filled, shape[1] * shape[2])
    year, sector = np.divmod(inner, shape[2])
    return Emitted(city, year, sector, known[filled], rows[filled], unknown[filled])


def _price_compiled(
    blocks: Sequence[Block], factor: Floats, shape: tuple[int, int, int], *, first_year: int, threads: int | None
) -> Emitted:
    from citytandem.science.kernels.compiled.price import add_rows  # slow import

    known, rows, unknown = np.zeros(shape), np.zeros(shape, np.uint32), np.zeros(shape, np.uint32)
    sorted_by_city = [bool((block.city[1:] >= block.city[:-1]).all()) for block in blocks]
    cuts = _cut_evenly(blocks, shape[0], sorted_by_city=all(sorted_by_city))

    def add(first: int, after_last: int) -> None:
        for block, by_city in zip(blocks, sorted_by_city, strict=True):
            add_rows(
                block.city, block.year, block.country, block.sector, block.carrier, block.amount,
                first_year, factor, known, rows, unknown, cuts[first], cuts[after_last], by_city,
            )  # fmt: skip

    run_in_blocks(add, len(cuts) - 1, threads=threads)
    return list_places(known, rows=rows, unknown=unknown, shape=shape, threads=threads)


def list_places(
    known: Floats, *, rows: npt.NDArray[Any], unknown: npt.NDArray[Any], shape: tuple[int, int, int], threads: int | None = None
) -> Emitted:
    """The filled places of dense sums over cities, years and sectors, one below the other.

    Parameters
    ----------
    known, rows, unknown
        Tonnes known, rows, and rows unknown at every place.
    shape
        As in :func:`price_blocks`.
    threads
        See :mod:`citytandem.science.kernels.engine`.
    """
    from citytandem.science.kernels.compiled.price import list_filled  # slow import

    known, rows, unknown = known.reshape(shape), rows.reshape(shape), unknown.reshape(shape)
    counts = np.count_nonzero(rows.reshape(shape[0], -1), axis=1)
    places = np.concatenate([[0], np.cumsum(counts)])
    size = int(places[-1])
    out = (
        np.empty(size, np.uint32), np.empty(size, np.int16), np.empty(size, np.uint8),
        np.empty(size), np.empty(size, np.int64), np.empty(size, np.int64),
    )  # fmt: skip

    def write(first: int, after_last: int) -> None:
        list_filled(known, rows, unknown, places, first, after_last, out)

    run_in_blocks(write, shape[0], threads=threads, block=max(1, -(-shape[0] // 8)))
    return Emitted(*out)


def _cut_evenly(blocks: Sequence[Block], cities: int, *, sorted_by_city: bool) -> list[int]:
    """Bounds of city codes that give each worker about as many rows; sorted blocks show where they lie."""
    if sorted_by_city and len(blocks) > 7:
        starts = sorted({int(block.city[0]) for block in blocks[:: max(1, len(blocks) // 8)] if block.city.size})
        return sorted({0, *starts, cities})
    return sorted({0, cities // 2, cities})


def price_cells(
    amount: Floats,
    *,
    carrier: npt.NDArray[Any],
    start: npt.NDArray[Any],
    factor_row: npt.NDArray[Any],
    factor: Floats,
    with_energy: npt.NDArray[Any],
    without: npt.NDArray[Any],
    engine: Engine | str = Engine.AUTO,
    threads: int | None = None,
) -> tuple[Floats, Integers]:
    """Price cells that were added up before: the quick way to other factors.

    Parameters
    ----------
    amount, carrier, with_energy
        One entry per cell: MWh / year, code of the carrier, number of rows with energy behind it.
        Cells of one group lie together.
    start
        First cell of each group, and the number of cells at the end.
    factor_row
        Row of ``factor`` for each group.
    factor
        Shape (rows, carriers), kg CO2e / MWh; nan where there is none.
    without
        Rows without an amount, by group.
    engine, threads
        See :mod:`citytandem.science.kernels.engine`.

    Returns
    -------
    tuple
        By group: t CO2e / year of what is known, and the number of rows that are unknown.

    Examples
    --------
    >>> tonnes, unknown = price_cells(
    ...     np.array([1000.0, 10.0]), carrier=np.array([0, 1]), start=np.array([0, 2]), factor_row=np.array([0]),
    ...     factor=np.array([[247.0, np.nan]]), with_energy=np.array([3, 2]), without=np.array([1]),
    ... )
    >>> tonnes.tolist(), unknown.tolist()
    ([247.0], [3])
    """
    groups = start.size - 1
    prices, gaps = _split_gaps(factor)
    if runs_compiled(engine, work=amount.size, repays_from=REPAYS_FROM):
        from citytandem.science.kernels.compiled import price as compiled  # slow import

        known, unknown = np.empty(groups), np.empty(groups, np.int64)
        given = (amount, carrier, start, factor_row, prices, gaps, with_energy, without, known, unknown)
        run_in_blocks(
            lambda first, after_last: compiled.price_cells(*given, first, after_last), groups, threads=threads,
            block=max(1, -(-groups // 8)),
        )  # fmt: skip
        return known, unknown
    group = np.repeat(np.arange(groups), np.diff(start))
    row = factor_row[group]
    tonnes: Floats = np.bincount(group, amount * prices[row, carrier], groups) / 1000.0
    missing = np.bincount(group, np.where(gaps[row, carrier], with_energy, 0), groups).astype(np.int64)
    return tonnes, missing + without


def price_table(
    amount: Floats,
    *,
    start: npt.NDArray[Any],
    factor_row: npt.NDArray[Any],
    factor: Floats,
    with_energy: npt.NDArray[Any],
    without: npt.NDArray[Any],
    engine: Engine | str = Engine.AUTO,
    threads: int | None = None,
) -> tuple[Floats, npt.NDArray[Any]]:
    """The same as :func:`price_cells` where most groups use most carriers: one column for each carrier.

    Parameters
    ----------
    amount, with_energy
        Shape (groups, columns): MWh / year and number of rows with energy, zero where there is nothing;
        carriers beyond the columns do not occur.
    start
        First group of each run of groups that share their factors, and the number of groups at the end.
    factor_row
        Row of ``factor`` for each run.
    factor, without
        As in :func:`price_cells`.
    engine, threads
        See :mod:`citytandem.science.kernels.engine`.

    Examples
    --------
    >>> tonnes, unknown = price_table(
    ...     np.array([[1000.0, 10.0]]), start=np.array([0, 1]), factor_row=np.array([0]), factor=np.array([[247.0, np.nan]]),
    ...     with_energy=np.array([[3, 2]]), without=np.array([1]),
    ... )
    >>> tonnes.tolist(), unknown.tolist()
    ([247.0], [3])
    """
    groups, columns = amount.shape
    prices, gaps = _split_gaps(factor[:, :columns])
    if runs_compiled(engine, work=amount.size, repays_from=REPAYS_FROM):
        from citytandem.science.kernels.compiled import price as compiled  # slow import

        known, unknown = np.empty(groups), without.copy()
        given = (amount, start, factor_row, prices, gaps, with_energy, known, unknown)
        runs = factor_row.size
        run_in_blocks(
            lambda first, after_last: compiled.price_table(*given, first, after_last), runs, threads=threads,
            block=max(1, -(-runs // 8)),
        )  # fmt: skip
        return known, unknown
    row = np.repeat(factor_row, np.diff(start))
    tonnes: Floats = np.einsum("ij,ij->i", amount, prices[row]) / 1000.0
    return tonnes, ((with_energy * gaps[row, :-1]).sum(axis=1) + without).astype(without.dtype)


def _split_gaps(factor: Floats) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """Factors with zero for gaps; where the gaps are, and in the last column whether the row has any."""
    gaps = ~np.isfinite(factor)
    return np.where(gaps, 0.0, factor), np.column_stack([gaps, gaps.any(axis=1)])
