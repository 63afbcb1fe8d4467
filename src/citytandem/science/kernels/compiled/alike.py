"""Bounds and banded alignments of many windows, compiled."""

import numba as nb
import numpy as np

from citytandem.science.kernels.agreed import LANES
from citytandem.science.kernels.compiled.lanes import FAST

FAR = np.float32(1e37)
"""Beyond every distance in single precision; the caller sends larger values to the plain form."""


@nb.njit(cache=True, nogil=True, fastmath=True)
def _add_gaps(path, means, lows, highs, bounds):  # type: ignore[no-untyped-def]
    """Add, for every window at once, how far its years lie outside the envelope of the query, squared."""
    for year in range(lows.size):
        floor, ceiling = lows[year], highs[year]
        for start in range(bounds.size):
            value = path[year + start] - means[start]
            gap = max(value - ceiling, floor - value, np.float32(0.0))
            bounds[start] += gap * gap


@nb.njit(cache=True, nogil=True, fastmath=True)
def _shift(path, base, near):  # type: ignore[no-untyped-def]
    """The path in single precision, less its first known value; returns the largest size of what is left."""
    largest = 0.0
    for year in range(path.size):
        shifted = path[year] - base
        near[year] = np.float32(shifted)
        largest = max(largest, abs(shifted))
    return largest


@nb.njit(cache=True, nogil=True)
def _total(path):  # type: ignore[no-untyped-def]
    """The sum, which is not finite where a value is not."""
    total = 0.0
    for year in range(path.size):
        total += path[year]
    return total


@nb.njit(cache=True, nogil=True)
def _fill(path, near, unknown):  # type: ignore[no-untyped-def]
    """Zeros for unknown values, noted year by year; returns the first known value."""
    base, known = 0.0, False
    for year in range(path.size):
        if not np.isfinite(path[year]):
            unknown[year] = True
            near[year] = 0.0
        else:
            near[year] = path[year]
            if not known:
                base, known = path[year], True
    return base


@nb.njit(cache=True, nogil=True, fastmath=FAST)
def _means(path, base, size, means):  # type: ignore[no-untyped-def]
    """Mean of every window less the base, from one running sum."""
    total = 0.0
    for year in range(size):
        total += path[year] - base
    means[:] = np.float32(0.0)
    means[0] = np.float32(total / size)
    for start in range(1, path.size - size + 1):
        total += path[start + size - 1] - path[start - 1]
        means[start] = np.float32(total / size)


@nb.njit(cache=True, nogil=True)
def bound_windows(paths, lows, highs, scale, bounds, margins, first, after_last):  # type: ignore[no-untyped-def]
    """Write lower bounds of the distance of every window, single precision; infinite where a value is unknown.

    ``bounds`` has room for windows beyond the last, so that its width is a multiple of the lanes. ``margins`` is how far single
    precision can be off, per path: a bound less its margin is certain. ``scale`` is the largest value of the query.
    """
    indicators, size = lows.shape
    years = paths.shape[2]
    windows, room = years - size + 1, bounds.shape[1]
    near, means = np.zeros(size + room, np.float32), np.empty(room, np.float32)
    filled, unknown = np.empty(years), np.empty(years, np.bool_)
    for number in range(first, after_last):
        row = bounds[number]
        row[:] = np.float32(0.0)
        unknown[:] = False
        largest = 0.0
        for indicator in range(indicators):
            path = paths[number, indicator]
            base = path[0]
            if not np.isfinite(_total(path)):
                base = _fill(path, filled, unknown)
                path = filled
            largest = max(largest, _shift(path, base, near[:years]))
            _means(path, base, size, means)
            _add_gaps(near, means, lows[indicator], highs[indicator], row)
        for start in range(windows):
            row[start] = np.sqrt(row[start])
        row[windows:] = np.inf
        for year in range(years):
            if unknown[year]:
                row[max(0, year - size + 1) : min(windows, year + 1)] = np.inf
        margins[number] = np.float32(32.0 * 2.0**-23 * max(largest, scale) * np.sqrt(indicators * size))


@nb.njit(cache=True, nogil=True)
def gather(bounds, margins, limit):  # type: ignore[no-untyped-def]
    """Groups of windows side by side that may hold an answer: path, first window, and the least bound, least first."""
    root = np.sqrt(limit)
    groups = bounds.shape[1] // LANES
    kept, near = np.empty((bounds.shape[0] * groups, 2), np.int64), np.empty(bounds.shape[0] * groups, np.float32)
    place = 0
    for number in range(bounds.shape[0]):
        for group in range(groups):
            least = np.float32(np.inf)
            for lane in range(LANES):
                least = min(least, bounds[number, group * LANES + lane])
            least = least * np.float32(0.9999) - margins[number]
            if least <= root and np.isfinite(least):
                kept[place, 0], kept[place, 1] = number, group * LANES
                near[place] = least
                place += 1
    order = np.argsort(near[:place])
    return kept[:place][order], near[:place][order]


@nb.njit(cache=True, nogil=True, fastmath=FAST)
def _load_lanes(paths, number, first, near, means, group):  # type: ignore[no-untyped-def]
    """Put windows side by side as (indicators, years, lanes), each less its mean.

    Lanes beyond the end or with an unknown value hold anything; their bounds are infinite, so nobody looks at them.
    """
    wide = group.shape[2]  # a number known to the compiler would be unrolled, and then not vectorised
    size, ahead = group.shape[1], min(group.shape[1] + LANES, paths.shape[2] - first)
    for indicator in range(paths.shape[1]):
        base = paths[number, indicator, first]
        if not np.isfinite(base):
            base = 0.0
        for year in range(ahead):
            value = paths[number, indicator, first + year] - base
            near[year] = np.float32(value) if np.isfinite(value) else np.float32(0.0)
        means[:] = np.float32(0.0)
        for year in range(size):
            for lane in range(wide):
                means[lane] += near[year + lane]
        for year in range(size):
            for lane in range(wide):
                group[indicator, year, lane] = near[year + lane] - means[lane] / np.float32(size)


@nb.njit(cache=True, nogil=True, fastmath=True)
def _warp_lanes(group, padded, band, limit, costs, least, lanes):  # type: ignore[no-untyped-def]
    """As :func:`_warp` in single precision for windows side by side; true once none of them can lie below the limit.

    ``lanes`` is (places of the band and one more on either side, lanes); the distances are left in its middle place. Indicators
    are taken two at a time; an odd one is paired with zeros.
    """
    size, width, wide = group.shape[1], 2 * band + 1, group.shape[2]
    lanes[:] = FAR
    lanes[band + 1] = np.float32(0.0)
    for row in range(size):
        first, last = max(0, band - row), min(width, size + band - row)
        least[:] = FAR
        for place in range(first, last):
            for lane in range(wide):
                costs[lane] = min(lanes[place, lane], lanes[place + 1, lane], lanes[place + 2, lane])
            for indicator in range(0, group.shape[0], 2):
                one, two = padded[indicator, row + place], padded[indicator + 1, row + place]
                for lane in range(wide):
                    a, b = group[indicator, row, lane] - one, group[indicator + 1, row, lane] - two
                    costs[lane] += a * a + b * b
            for lane in range(wide):
                lanes[place + 1, lane] = costs[lane]
                least[lane] = min(least[lane], costs[lane])
        lanes[last + 1] = FAR
        if least.min() > limit:
            return True
    return False


@nb.njit(cache=True, nogil=True, fastmath=FAST)
def _load(paths, number, start, size, window):  # type: ignore[no-untyped-def]
    """Put a window as (indicators, years), each indicator less its mean."""
    for indicator in range(paths.shape[1]):
        total = 0.0
        for year in range(size):
            total += paths[number, indicator, start + year]
        mean = total / size
        for year in range(size):
            window[indicator, year] = paths[number, indicator, start + year] - mean


@nb.njit(cache=True, nogil=True, fastmath=FAST)
def _costs(window, padded, row, costs):  # type: ignore[no-untyped-def]
    """Squared gaps of one year of the window to each year of the query within the band."""
    costs[:] = 0.0
    for indicator in range(window.shape[0]):
        value = window[indicator, row]
        for place in range(costs.size):
            gap = value - padded[indicator, row + place]
            costs[place] += gap * gap


@nb.njit(cache=True, nogil=True, fastmath=FAST)
def _warp(window, padded, band, limit, costs, lane):  # type: ignore[no-untyped-def]
    """Summed squared gaps along the best alignment; infinite once it must lie above the limit.

    ``lane`` holds the band of the last year: place p is the year of the query p - band years on. ``padded`` is the query with
    infinities before and after it.
    """
    size, width = window.shape[1], 2 * band + 1
    lane[:] = np.inf
    lane[band] = 0.0
    for row in range(size):
        _costs(window, padded, row, costs)
        left, least = np.inf, np.inf
        for place in range(width):
            best = min(lane[place], left)
            if row:
                best = min(best, lane[place + 1])
            left = costs[place] + best
            lane[place] = left
            least = min(least, left)
        if least > limit:
            return np.inf
    return lane[band]


@nb.njit(cache=True, nogil=True)
def _pad(asked, band):  # type: ignore[no-untyped-def]
    """The query with infinities before and after it."""
    padded = np.full((asked.shape[0], asked.shape[1] + 2 * band), np.inf)
    padded[:, band : band + asked.shape[1]] = asked
    return padded


@nb.njit(cache=True, nogil=True)
def align_seeds(paths, asked, seeds, starts, band, k):  # type: ignore[no-untyped-def]
    """The k-th smallest distance among some windows, squared: no answer lies further."""
    indicators, size = asked.shape
    padded, window = _pad(asked, band), np.empty((indicators, size))
    costs, lane = np.empty(2 * band + 1), np.empty(2 * band + 2)
    found = np.empty(seeds.size)
    for seed in range(seeds.size):
        _load(paths, seeds[seed], starts[seed], size, window)
        found[seed] = _warp(window, padded, band, np.inf, costs, lane)
    if found.size < k:
        return np.inf
    return np.sort(found)[k - 1] * (1.0 + 1e-12)


@nb.njit(cache=True, nogil=True)
def _keep(distance, number, start, one_per_path, best, best_paths, best_starts):  # type: ignore[no-untyped-def]
    """Put a window among the best, in order of distance, path and start."""
    k = best.size
    if one_per_path:
        for place in range(k):
            if best_paths[place] == number:
                if distance > best[place] or (distance == best[place] and start > best_starts[place]):
                    return
                for later in range(place, k - 1):
                    best[later], best_paths[later], best_starts[later] = (
                        best[later + 1],
                        best_paths[later + 1],
                        best_starts[later + 1],
                    )
                best[k - 1], best_paths[k - 1], best_starts[k - 1] = np.inf, -1, -1
                break
    place = k
    while place and (
        best_paths[place - 1] < 0
        or distance < best[place - 1]
        or (distance == best[place - 1] and (number, start) < (best_paths[place - 1], best_starts[place - 1]))
    ):
        place -= 1
    if place == k:
        return
    for later in range(k - 1, place, -1):
        best[later], best_paths[later], best_starts[later] = best[later - 1], best_paths[later - 1], best_starts[later - 1]
    best[place], best_paths[place], best_starts[place] = distance, number, start


@nb.njit(cache=True, nogil=True)
def search(paths, asked, bounds, margins, waiting, near, band, limit, one_per_path, best, best_paths, best_starts):  # type: ignore[no-untyped-def]
    """Align groups of windows in order of their bound, single precision first, and keep the best by double precision."""
    indicators, size = asked.shape
    padded, window = _pad(asked, band), np.empty((indicators, size))
    pairs = indicators + indicators % 2
    small = np.zeros((pairs, padded.shape[1]), np.float32)
    small[:indicators] = padded
    costs, lane = np.empty(2 * band + 1), np.empty(2 * band + 2)
    ahead, means = np.zeros(size + LANES, np.float32), np.empty(LANES, np.float32)
    lane_costs, least = np.empty(LANES, np.float32), np.empty(LANES, np.float32)
    group, lanes = np.zeros((pairs, size, LANES), np.float32), np.empty((2 * band + 3, LANES), np.float32)
    for place in range(waiting.shape[0]):
        number, first = waiting[place]
        most = min(limit, best[best.size - 1])
        if near[place] > 0.0 and near[place] * near[place] > most:
            return
        loose = (np.sqrt(most) * 1.0001 + margins[number]) ** 2
        _load_lanes(paths, number, first, ahead, means, group)
        if _warp_lanes(group, small, band, np.float32(min(loose, FAR)), lane_costs, least, lanes):
            continue
        for offset in range(LANES):
            bound = bounds[number, first + offset]
            if not np.isfinite(bound) or lanes[band + 1, offset] > loose:
                continue
            _load(paths, number, first + offset, size, window)
            distance = _warp(window, padded, band, min(limit, best[best.size - 1]), costs, lane)
            if distance < np.inf:
                _keep(distance, number, first + offset, one_per_path, best, best_paths, best_starts)
