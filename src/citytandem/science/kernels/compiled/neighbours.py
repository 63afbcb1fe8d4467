"""Exact nearest neighbours, one block of points against another."""

from __future__ import annotations

import numba as nb
import numpy as np

from citytandem.science.kernels.agreed import LEAF
from citytandem.science.kernels.compiled.lanes import FAST


@nb.njit(cache=True)
def _select(values, count, nth):  # type: ignore[no-untyped-def]
    """The value at sorted place ``nth`` of the first ``count`` values, which are reordered."""
    left, right = 0, count - 1
    while left < right:
        pivot = values[(left + right) >> 1]
        i, j = left, right
        while i <= j:
            while values[i] < pivot:
                i += 1
            while values[j] > pivot:
                j -= 1
            if i <= j:
                values[i], values[j] = values[j], values[i]
                i += 1
                j -= 1
        if nth <= j:
            right = j
        elif nth >= i:
            left = i
        else:
            break
    return values[nth]


@nb.njit(cache=True)
def _loosen(square, margin):  # type: ignore[no-untyped-def]
    """A squared distance, widened so that no row nearer in double precision can lie beyond it in single."""
    return np.float32((np.sqrt(np.float64(square)) * 1.000002 + margin) ** 2 * 1.0000002)


@nb.njit(cache=True)
def _keep_best_exactly(original, own, order, held, count, best, best_rows, k):  # type: ignore[no-untyped-def]
    """Put the k best candidates into ``best`` by exact distance, then row number; returns how many."""
    kept = 0
    for c in range(count):
        place_in_order = held[c]
        row = order[place_in_order]
        square = 0.0
        for axis in range(original.shape[1]):
            gap = original[own, axis] - original[place_in_order, axis]
            square += gap * gap
        if kept == k and (square > best[k - 1] or (square == best[k - 1] and row > order[best_rows[k - 1]])):
            continue
        place = kept if kept < k else k - 1
        while place and (best[place - 1] > square or (best[place - 1] == square and order[best_rows[place - 1]] > row)):
            best[place] = best[place - 1]
            best_rows[place] = best_rows[place - 1]
            place -= 1
        best[place] = square
        best_rows[place] = place_in_order
        kept += kept < k
    return kept


@nb.njit(cache=True)
def _tighten(original, own, order, near, held, count, k, margin, spare, best, best_rows):  # type: ignore[no-untyped-def]
    """Drop candidates that cannot be among the k nearest; returns how many stay and the new limit."""
    spare[:count] = near[:count]
    limit = _loosen(_select(spare, count, k - 1), margin)
    kept = 0
    for c in range(count):
        near[kept], held[kept] = near[c], held[c]
        kept += near[c] <= limit
    if kept > near.size - 2 * LEAF:  # too many near-ties for single precision to tell apart
        kept = _keep_best_exactly(original, own, order, held, kept, best, best_rows, k)
        limit = _loosen(np.float32(best[k - 1]), margin)
        held[:kept] = best_rows[:kept]
        near[:kept] = best[:kept]
    return kept, limit


@nb.njit(cache=True, fastmath=FAST)
def _block_squares(block, own, squares, limit):  # type: ignore[no-untyped-def]
    """Squared distances from one point to a leaf; returns how many lie within the limit.

    Four axes at a time; stops after the first axes, where the spread is, if nothing is left.
    """
    hits = np.int32(0)
    for lane in range(LEAF):
        a, b, c, d = block[0, lane] - own[0], block[1, lane] - own[1], block[2, lane] - own[2], block[3, lane] - own[3]
        squares[lane] = a * a + b * b + c * c + d * d
        hits += np.int32(squares[lane] <= limit)
    for axis in range(4, block.shape[0], 4):
        if hits == 0:
            return hits
        hits = np.int32(0)
        for lane in range(LEAF):
            a = block[axis, lane] - own[axis]
            b = block[axis + 1, lane] - own[axis + 1]
            c = block[axis + 2, lane] - own[axis + 2]
            d = block[axis + 3, lane] - own[axis + 3]
            squares[lane] += a * a + b * b + c * c + d * d
            hits += np.int32(squares[lane] <= limit)
    return hits


@nb.njit(cache=True, fastmath=FAST)
def _nearest_leaves_first(low, high, leaf, bounds):  # type: ignore[no-untyped-def]
    """Fill ``bounds`` with the least squared distance to every box; returns an order, near centres first."""
    centres = np.empty(low.shape[0])
    for other in range(low.shape[0]):
        gap_squares = centre = 0.0
        for axis in range(low.shape[1]):
            gap = max(low[other, axis] - high[leaf, axis], low[leaf, axis] - high[other, axis], 0.0)
            apart = low[other, axis] + high[other, axis] - low[leaf, axis] - high[leaf, axis]
            gap_squares += gap * gap
            centre += apart * apart
        bounds[other] = gap_squares
        centres[other] = centre
    centres[leaf] = -1.0
    return np.argsort(centres)


@nb.njit(cache=True, fastmath=FAST)
def _point_bounds(own_lanes, low, high, bounds):  # type: ignore[no-untyped-def]
    """Least squared distance from each point of a leaf to a box."""
    bounds[:] = 0.0
    for axis in range(low.size):
        floor, ceiling, lanes = np.float32(low[axis]), np.float32(high[axis]), own_lanes[axis]
        for lane in range(LEAF):
            gap = max(floor - lanes[lane], lanes[lane] - ceiling, np.float32(0.0))
            bounds[lane] += gap * gap


@nb.njit(cache=True, nogil=True)
def search_leaves(lanes, low, high, starts, original, order, margin, rows, distances, first, after_last):  # type: ignore[no-untyped-def]
    """Write the neighbours of every point in leaves ``first`` to ``after_last``."""
    k = rows.shape[1]
    room = 2 * k + 4 * LEAF
    near, held = np.empty((LEAF, room), np.float32), np.empty((LEAF, room), np.int64)
    spare, best, best_rows = np.empty(room, np.float32), np.empty(k), np.empty(k, np.int64)
    squares, point_bounds = np.empty(LEAF, np.float32), np.empty(LEAF, np.float32)
    counts, limits = np.empty(LEAF, np.int64), np.empty(LEAF, np.float32)
    leaf_bounds = np.empty(low.shape[0])
    own = np.empty(lanes.shape[1], np.float32)
    for leaf in range(first, after_last):
        size = starts[leaf + 1] - starts[leaf]
        counts[:] = 0
        limits[:] = np.inf
        for other in _nearest_leaves_first(low, high, leaf, leaf_bounds):
            if np.float32(leaf_bounds[other]) * np.float32(0.999999) > limits[:size].max():
                continue
            _point_bounds(lanes[leaf], low[other], high[other], point_bounds)
            for query in range(size):
                if point_bounds[query] * np.float32(0.999999) > limits[query]:
                    continue
                for axis in range(own.size):
                    own[axis] = lanes[leaf, axis, query]
                if not _block_squares(lanes[other], own, squares, limits[query]):
                    continue
                if other == leaf:
                    squares[query] = np.inf
                count = counts[query]
                for lane in range(starts[other + 1] - starts[other]):
                    near[query, count] = squares[lane]
                    held[query, count] = starts[other] + lane
                    count += squares[lane] <= limits[query] and squares[lane] < np.inf
                if count > room - LEAF or (count >= k and limits[query] == np.inf):
                    count, limits[query] = _tighten(
                        original, starts[leaf] + query, order, near[query], held[query], count, k, margin, spare, best, best_rows
                    )
                counts[query] = count
        for query in range(size):
            place = starts[leaf] + query
            _keep_best_exactly(original, place, order, held[query], counts[query], best, best_rows, k)
            for c in range(k):
                rows[order[place], c] = order[best_rows[c]]
                distances[order[place], c] = np.sqrt(best[c])
