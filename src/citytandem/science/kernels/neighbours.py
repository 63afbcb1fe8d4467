"""Which k cities are nearest to each city? Exactly, for all at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from citytandem.science.kernels.agreed import LEAF
from citytandem.science.kernels.checks import as_matrix
from citytandem.science.kernels.engine import Engine, run_in_blocks, runs_compiled

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Rows = npt.NDArray[np.int64]


def find_nearest(
    points: npt.ArrayLike,
    *,
    k: int,
    columns: Sequence[str] | None = None,
    engine: Engine | str = Engine.AUTO,
    threads: int | None = None,
) -> tuple[Rows, Floats]:
    """The k nearest other rows of every row, by Euclidean distance.

    Weights and scales are the caller's: multiply each column by the square root of its weight first.

    Parameters
    ----------
    points
        Shape (rows, columns): one row per city, one column per scaled variable, all known.
    k
        Number of neighbours, at least 1 and fewer than there are rows.
    columns
        Names of the columns, for messages.
    engine, threads
        See :mod:`citytandem.science.kernels.engine`.

    Returns
    -------
    rows, distances
        Both of shape (rows, k), nearest first; equal distances in order of row number. A row is
        never its own neighbour, a duplicate of it is (at distance 0).

    Raises
    ------
    ValueError
        If a value is unknown or infinite (the message names the column), or k does not fit.

    Notes
    -----
    Exact, no approximation: the compiled form prunes with boxes around blocks of points along their
    principal axes, preselects in single precision with a proven margin, and decides in double.
    Constant columns and duplicated rows are harmless.

    Examples
    --------
    >>> rows, distances = find_nearest([[0.0], [1.0], [3.0]], k=1)
    >>> rows.tolist(), distances.tolist()
    ([[1], [0], [1]], [[1.0], [1.0], [2.0]])
    """
    matrix = as_matrix(points, columns=columns, what="points")
    if not 1 <= k < len(matrix):
        raise ValueError(f"k must be between 1 and {len(matrix) - 1}, the number of other rows; got {k}")
    if runs_compiled(engine, work=float(matrix.size) * len(matrix), repays_from=2e8):
        return _find_compiled(matrix, k, threads=threads)
    return _find_plain(matrix, k)


def _find_plain(matrix: Floats, k: int) -> tuple[Rows, Floats]:
    """Every distance, a block of rows at a time."""
    count = len(matrix)
    rows, distances = np.empty((count, k), np.int64), np.empty((count, k))
    block = max(1, 4_000_000 // count)
    for first in range(0, count, block):
        own = matrix[first : first + block]
        squares = np.zeros((len(own), count))
        for column in range(matrix.shape[1]):
            squares += np.square(own[:, column, None] - matrix[None, :, column])
        squares[np.arange(len(own)), np.arange(first, first + len(own))] = np.inf
        rows[first : first + block] = _pick_smallest(squares, k)
        distances[first : first + block] = np.sqrt(np.take_along_axis(squares, rows[first : first + block], axis=1))
    return rows, distances


def _pick_smallest(squares: Floats, k: int) -> Rows:
    """Columns of the k smallest values of each row; ties go to the lower column."""
    limit = np.partition(squares, k - 1, axis=1)[:, k - 1 : k]
    chosen = np.empty((len(squares), k), np.int64)
    for row, (values, bound) in enumerate(zip(squares, limit, strict=True)):
        candidates = np.flatnonzero(values <= bound)
        chosen[row] = candidates[np.argsort(values[candidates], kind="stable")[:k]]
    return chosen


def _find_compiled(matrix: Floats, k: int, *, threads: int | None) -> tuple[Rows, Floats]:
    from citytandem.science.kernels.compiled.neighbours import search_leaves  # slow import

    # a power of two changes no digit, and keeps squares within single precision
    scale = 2.0 ** np.ceil(np.log2(np.ptp(matrix, axis=0).max() or 1.0))
    matrix = matrix / scale
    turned = _turn_to_principal_axes(matrix)
    order, starts = _cut_into_leaves(turned)
    lanes, low, high = _lay_out_leaves(turned, order, starts)
    # largest error of a single-precision distance: each coordinate is rounded once, differences again
    margin = 4.0 * float(np.sqrt(np.square(np.abs(turned).max(axis=0)).sum())) * 2.0**-23
    original = matrix[order]
    rows, distances = np.empty((len(matrix), k), np.int64), np.empty((len(matrix), k))

    def task(first: int, after_last: int) -> None:
        search_leaves(lanes, low, high, starts, original, order, margin, rows, distances, first, after_last)

    leaves = len(starts) - 1
    run_in_blocks(task, leaves, threads=threads, block=max(1, leaves // 32))
    return rows, distances * scale


def _turn_to_principal_axes(matrix: Floats) -> Floats:
    """The same distances in axes ordered by spread, so that few axes separate far points."""
    centred = matrix - matrix.mean(axis=0)
    _, axes = np.linalg.eigh(centred.T @ centred)
    return np.ascontiguousarray(centred @ axes[:, ::-1])


def _cut_into_leaves(turned: Floats) -> tuple[Rows, Rows]:
    """An order of the rows and where each leaf of at most :data:`LEAF` near rows starts in it."""
    order = np.arange(len(turned))
    starts = [0]
    waiting = [(0, len(turned))]
    while waiting:
        first, last = waiting.pop()
        leaves = -(-(last - first) // LEAF)
        if leaves == 1:
            starts.append(last)
            continue
        rows = order[first:last]
        widest = int(np.ptp(turned[rows], axis=0).argmax())
        middle = (last - first) * (leaves // 2) // leaves
        order[first:last] = rows[np.argpartition(turned[rows, widest], middle)]
        waiting += [(first + middle, last), (first, first + middle)]
    return order, np.array(starts)


def _lay_out_leaves(turned: Floats, order: Rows, starts: Rows) -> tuple[npt.NDArray[np.float32], Floats, Floats]:
    """Leaves as (leaf, axis, lane) in single precision, axes padded to fours, and the boxes around them."""
    axes = turned.shape[1]
    lanes = np.zeros((len(starts) - 1, -(-axes // 4) * 4, LEAF), np.float32)
    lanes[:, :axes] = np.inf
    placed = turned[order]
    leaf = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    lanes[leaf, :axes, np.arange(len(order)) - starts[leaf]] = placed
    low, high = np.minimum.reduceat(placed, starts[:-1]), np.maximum.reduceat(placed, starts[:-1])
    return lanes, low, high
