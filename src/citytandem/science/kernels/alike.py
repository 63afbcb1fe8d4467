"""Which windows of many paths run most like one path? Exactly, in whatever order the years stretch or shrink within a band."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from citytandem.science.kernels.agreed import LANES
from citytandem.science.kernels.checks import as_matrix
from citytandem.science.kernels.engine import Engine, run_in_blocks, runs_compiled

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Rows = npt.NDArray[np.int64]

LARGEST = 1e12
"""Larger values would leave the range of single precision; they are compared by the plain form."""
SEED_WINDOWS = 2
"""So many times k windows are aligned first, to know how close an answer must be."""


class Alike(NamedTuple):
    """The k windows: which path, its first year, and the distance; nearest first, ties in order of path and year."""

    paths: Rows
    starts: Rows
    distances: Floats


def find_alike(
    library: npt.ArrayLike,
    *,
    query: npt.ArrayLike,
    k: int,
    band: int,
    one_per_path: bool = False,
    engine: Engine | str = Engine.AUTO,
    threads: int | None = None,
) -> Alike:
    """The k windows of a library nearest to a query, by dynamic time warping within a band.

    Parameters
    ----------
    library
        Shape (paths, indicators, years). A window with an unknown value (NaN) is left out.
    query
        Shape (indicators, years of the window), all known.
    k
        Number of windows. Fewer are returned where there are fewer.
    band
        How many years two aligned years may lie apart (Sakoe-Chiba).
    one_per_path
        Only the nearest window of each path.
    engine, threads
        See :mod:`citytandem.science.kernels.engine`.

    Returns
    -------
    Paths, first years (as positions) and distances: the root of the summed squared gaps along the best alignment. The mean of
    each indicator over a window is taken off first, in the query as well (offset-normalised).

    Raises
    ------
    ValueError
        If shapes do not fit, the query holds an unknown value, or k or band is below its least.

    Notes
    -----
    Exact. The compiled form bounds every window by the envelope of the query (LB_Keogh; Keogh and Ratanamahatana
    2005), aligns a few to know the limit, and then aligns what lies below it, giving up early.

    Examples
    --------
    >>> found = find_alike([[[5.0, 6.0, 8.0, 8.0, 7.0]]], query=[[1.0, 3.0, 3.0]], k=1, band=1)
    >>> found.starts.tolist(), found.distances.round(9).tolist()
    ([1], [0.0])
    """
    asked = as_matrix(query, columns=None, what="query")
    paths = np.ascontiguousarray(library, dtype=np.float64)
    if paths.ndim != 3 or paths.shape[1] != len(asked):
        raise ValueError(f"library: expected paths x {len(asked)} indicators x years, got shape {paths.shape}")
    if k < 1 or band < 0:
        raise ValueError(f"k must be at least 1 and band at least 0; got {k} and {band}")
    asked = asked - asked.mean(axis=1, keepdims=True)
    windows = paths.shape[2] - asked.shape[1] + 1
    if windows < 1 or not len(paths):
        return Alike(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))
    work = float(len(paths)) * windows * asked.size * (2 * band + 1)
    small = max(float(np.nanmax(np.abs(paths), initial=0.0)), float(np.abs(asked).max())) < LARGEST
    if runs_compiled(engine, work=work, repays_from=2e8) and small:
        return _find_compiled(paths, asked, k=k, band=band, one_per_path=one_per_path, threads=threads)
    every, starts, distances = _align_all(paths, asked, band=band)
    return _pick(every, starts, distances, k=k, one_per_path=one_per_path)


def measure_all(library: npt.ArrayLike, *, query: npt.ArrayLike, band: int) -> Floats:
    """The distance of every window, of shape (paths, windows); infinite where a value is unknown.

    Parameters and meaning as in :func:`find_alike`.

    >>> measure_all([[[5.0, 6.0, 8.0, 8.0]]], query=[[1.0, 3.0, 3.0]], band=1).round(3).tolist()
    [[1.414, 0.0]]
    """
    asked = as_matrix(query, columns=None, what="query")
    asked = asked - asked.mean(axis=1, keepdims=True)
    paths = np.ascontiguousarray(library, dtype=np.float64)
    windows = max(paths.shape[2] - asked.shape[1] + 1, 0)
    told = np.full((len(paths), windows), np.inf)
    if windows:
        every, starts, distances = _align_all(paths, asked, band=band)
        told[every, starts] = distances
    return told


def align(one: npt.ArrayLike, other: npt.ArrayLike, *, band: int) -> Rows:
    """The best alignment of two windows of equal length: pairs of positions, from the first years to the last.

    Parameters
    ----------
    one, other
        Shape (indicators, years), all known; the mean of each indicator is taken off.
    band
        How many years two aligned years may lie apart.

    >>> align([[1.0, 3.0, 3.0]], [[1.0, 1.0, 3.0]], band=1).tolist()
    [[0, 0], [0, 1], [1, 2], [2, 2]]
    """
    left, right = (as_matrix(matrix, columns=None, what="window") for matrix in (one, other))
    left, right = (matrix - matrix.mean(axis=1, keepdims=True) for matrix in (left, right))
    size = left.shape[1]
    costs = np.square(left[:, :, None] - right[:, None, :]).sum(axis=0)
    total = np.full((size + 1, size + 1), np.inf)
    total[0, 0] = 0.0
    for row in range(size):
        for column in range(max(0, row - band), min(size, row + band + 1)):
            total[row + 1, column + 1] = costs[row, column] + min(
                total[row, column], total[row, column + 1], total[row + 1, column]
            )
    at, path = (size, size), []
    while at != (0, 0):
        path.append((at[0] - 1, at[1] - 1))
        steps = [(at[0] - 1, at[1] - 1), (at[0] - 1, at[1]), (at[0], at[1] - 1)]
        at = min(steps, key=lambda step: total[step])
    return np.array(path[::-1], np.int64)


def _align_all(paths: Floats, asked: Floats, *, band: int) -> tuple[Rows, Rows, Floats]:
    """Every known window, aligned: all windows at once, one cell of the alignment after the other."""
    size = asked.shape[1]
    views = np.lib.stride_tricks.sliding_window_view(paths, size, axis=2)  # paths x indicators x windows x years
    every, starts = np.nonzero(np.isfinite(views).all(axis=(1, 3)))
    distances = np.empty(len(every))
    block = max(1, 2_000_000 // asked.size)
    for first in range(0, len(every), block):
        part = slice(first, first + block)
        values = views[every[part], :, starts[part]]  # windows x indicators x years
        values = np.ascontiguousarray((values - values.mean(axis=2, keepdims=True)).transpose(1, 2, 0))
        distances[part] = np.sqrt(_accumulate(values, asked, band=band))
    return every.astype(np.int64), starts.astype(np.int64), distances


def _accumulate(values: Floats, asked: Floats, *, band: int) -> Floats:
    """Summed squared gaps along the best alignment, for windows given as (indicators, years, windows)."""
    size, count = values.shape[1:]
    before = np.full((size, count), np.inf)
    for row in range(size):
        now = np.full((size, count), np.inf)
        for column in range(max(0, row - band), min(size, row + band + 1)):
            cost = np.zeros(count)
            for indicator, path in enumerate(asked):
                cost += np.square(values[indicator, row] - path[column])
            least = np.zeros(count) if row == column == 0 else before[column]
            if column:
                least = np.minimum(np.minimum(least, before[column - 1]), now[column - 1])
            now[column] = cost + least
        before = now
    summed: Floats = before[size - 1]
    return summed


def _pick(paths: Rows, starts: Rows, distances: Floats, *, k: int, one_per_path: bool) -> Alike:
    order = np.lexsort((starts, paths, distances))
    if one_per_path:
        _, first = np.unique(paths[order], return_index=True)
        order = order[np.sort(first)]
    order = order[:k]
    return Alike(paths[order], starts[order], distances[order])


def _find_compiled(paths: Floats, asked: Floats, *, k: int, band: int, one_per_path: bool, threads: int | None) -> Alike:
    from citytandem.science.kernels.compiled import alike as compiled  # slow import

    count, _, years = paths.shape
    size = asked.shape[1]
    lows, highs = _envelope(asked, band=band)
    bounds = np.empty((count, -(-(years - size + 1) // LANES) * LANES), np.float32)
    margins = np.empty(count, np.float32)
    scale = float(np.abs(asked).max())
    ends = (lows.astype(np.float32), highs.astype(np.float32))

    def bound(first: int, after_last: int) -> None:
        compiled.bound_windows(paths, *ends, scale, bounds, margins, first, after_last)

    run_in_blocks(bound, count, threads=threads, block=max(64, count // 16))
    seeds = np.argsort(bounds.min(axis=1), kind="stable")[: SEED_WINDOWS * k]
    seeds = seeds[np.isfinite(bounds[seeds].min(axis=1))]
    limit = compiled.align_seeds(paths, asked, seeds, bounds[seeds].argmin(axis=1), band, k)
    waiting, near = compiled.gather(bounds, margins, limit)
    crews = max(1, min(len(waiting) // 64, threads or 2))
    held = (np.full((crews, k), np.inf), np.full((crews, k), -1, np.int64), np.full((crews, k), -1, np.int64))

    def search(first: int, after_last: int) -> None:
        for crew in range(first, after_last):
            share = slice(crew, None, crews)
            best = (part[crew] for part in held)
            compiled.search(paths, asked, bounds, margins, waiting[share], near[share], band, limit, one_per_path, *best)

    run_in_blocks(search, crews, threads=threads)
    distances, numbers, starts = (part.ravel() for part in held)
    found = numbers >= 0
    return _pick(numbers[found], starts[found], np.sqrt(distances[found]), k=k, one_per_path=one_per_path)


def _envelope(asked: Floats, *, band: int) -> tuple[Floats, Floats]:
    """The least and the most the query reaches within the band around each year."""
    padded = np.pad(asked, ((0, 0), (band, band)), mode="edge")
    views = np.lib.stride_tricks.sliding_window_view(padded, 2 * band + 1, axis=1)
    return views.min(axis=2), views.max(axis=2)
