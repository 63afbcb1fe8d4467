"""LMDI-I over blocks of cities small enough to stay in the first cache."""

from __future__ import annotations

import numba as nb
import numpy as np

from citytandem.science.kernels.agreed import SERIES_BELOW
from citytandem.science.kernels.compiled.lanes import EXACT, bits_of, log_ratio

# Bits of the smallest normal number, and how far above it a positive finite number can lie. Zero,
# subnormal, negative, infinite and unknown numbers all fall outside, so one comparison finds them.
_NORMAL, _SPAN = np.uint64(0x0010000000000000), np.uint64(0x7FC0000000000000)


@nb.njit(cache=True, inline="always", fastmath=EXACT, error_model="numpy")
def _mean(above, below, ratio):  # type: ignore[no-untyped-def]
    q = 0.25 * ratio * ratio
    series = 0.5 * (above + below) * (1.0 + q * (-1 / 3 + q * (2 / 15 - q * (17 / 315))))
    return series if abs(ratio) < SERIES_BELOW else (above - below) / ratio


@nb.njit(cache=True)
def _limits(before, after, effects):  # type: ignore[no-untyped-def]
    """One city term by term, zeros by their limits; False if a value is impossible."""
    factors, terms = before.shape
    effects[:] = 0.0
    for term in range(terms):
        value_before = value_after = 1.0
        appears = vanishes = never = 0
        ratio = 0.0
        for factor in range(factors):
            old, new = before[factor, term], after[factor, term]
            if not (0.0 <= old < np.inf and 0.0 <= new < np.inf):
                return False
            value_before *= old
            value_after *= new
            appears += old == 0.0 and new > 0.0
            vanishes += new == 0.0 and old > 0.0
            never += old == 0.0 and new == 0.0
            if old > 0.0 and new > 0.0:
                ratio += np.log(new / old)
        if never or (appears and vanishes):
            continue
        mean = _mean(value_after, value_before, ratio)
        for factor in range(factors):
            old, new = before[factor, term], after[factor, term]
            if appears:
                effects[factor] += value_after / appears if old == 0.0 else 0.0
            elif vanishes:
                effects[factor] -= value_before / vanishes if new == 0.0 else 0.0
            else:
                effects[factor] += mean * np.log(new / old)
    return True


@nb.njit(cache=True, fastmath=EXACT, error_model="numpy")
def _multiply_in(old, new, log, ratio, old_value, new_value):  # type: ignore[no-untyped-def]
    """Take one factor into the products; returns how far the oddest value lies from ordinary numbers."""
    for i in range(log.size):
        log[i] = log_ratio(new[i], old[i])
        ratio[i] += log[i]
        old_value[i] *= old[i]
        new_value[i] *= new[i]
    farthest = np.uint64(0)
    for i in range(log.size):
        farthest = max(farthest, np.uint64(bits_of(old[i])) - _NORMAL)
        farthest = max(farthest, np.uint64(bits_of(new[i])) - _NORMAL)
    return farthest


@nb.njit(cache=True, fastmath=EXACT, error_model="numpy")
def _weigh(ratio, old_value, new_value):  # type: ignore[no-untyped-def]
    """Turn log ratios into logarithmic means."""
    for i in range(ratio.size):
        ratio[i] = _mean(new_value[i], old_value[i], ratio[i])


@nb.njit(cache=True, fastmath=EXACT)
def _sum_terms(log, weight, terms, effects):  # type: ignore[no-untyped-def]
    """Weighted sums of each city, in four lanes written out: for few terms the compiler's own eight are slower."""
    whole = terms - terms % 4
    for city in range(effects.size):
        first = city * terms
        a = b = c = d = 0.0
        for i in range(first, first + whole, 4):
            a += log[i] * weight[i]
            b += log[i + 1] * weight[i + 1]
            c += log[i + 2] * weight[i + 2]
            d += log[i + 3] * weight[i + 3]
        for i in range(first + whole, first + terms):
            a += log[i] * weight[i]
        effects[city] = (a + b) + (c + d)


@nb.njit(cache=True, nogil=True)
def add_effects(before, after, effects, refused, first, after_last):  # type: ignore[no-untyped-def]
    """Write the effects of cities ``first`` to ``after_last``; mark those with an impossible value."""
    factors, _, terms = before.shape
    rows = max(1, 1280 // max(terms, 1))
    logs = np.empty((factors, rows * terms))
    old_value, new_value, weight = np.empty(rows * terms), np.empty(rows * terms), np.empty(rows * terms)
    for start in range(first, after_last, rows):
        stop = min(start + rows, after_last)
        size = (stop - start) * terms
        old_value[:size] = 1.0
        new_value[:size] = 1.0
        weight[:size] = 0.0
        farthest = np.uint64(0)
        for factor in range(factors):
            old, new = before[factor, start:stop].reshape(size), after[factor, start:stop].reshape(size)
            far = _multiply_in(old, new, logs[factor, :size], weight[:size], old_value[:size], new_value[:size])
            farthest = max(farthest, far)
        if farthest >= _SPAN:
            for city in range(start, stop):
                refused[city] = not _limits(before[:, city], after[:, city], effects[city])
            continue
        _weigh(weight[:size], old_value[:size], new_value[:size])
        for factor in range(factors):
            _sum_terms(logs[factor, :size], weight[:size], terms, effects[start:stop, factor])
