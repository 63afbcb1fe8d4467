"""Dominance of every city over every other, a block of candidates at a time."""

from __future__ import annotations

import numba as nb
import numpy as np

from citytandem.science.kernels.compiled.lanes import FAST, bits_of

_BLOCK = 128


def arrange(x, y):  # type: ignore[no-untyped-def]
    """Candidates in falling order of the first output, as (block, column, lane); where each row's candidates end.

    Only rows up to the last with an equal first output can dominate, so each row looks at a part.
    Within that order rows keep their number's order. Padding dominates nothing.
    """
    order = np.argsort(-y[:, 0], kind="stable")
    blocks = -(-len(x) // _BLOCK)
    lanes_x, lanes_y = np.full((x.shape[1], blocks * _BLOCK), np.inf), np.full((y.shape[1], blocks * _BLOCK), -np.inf)
    lanes_x[:, : len(x)], lanes_y[:, : len(x)] = x[order].T, y[order].T
    ends = np.searchsorted(-y[order, 0], -y[:, 0], side="right")
    return order, _in_blocks(lanes_x, blocks), _in_blocks(lanes_y, blocks), ends


def _in_blocks(lanes, blocks):  # type: ignore[no-untyped-def]
    return np.ascontiguousarray(lanes.reshape(len(lanes), blocks, _BLOCK).transpose(1, 0, 2))


@nb.njit(cache=True, fastmath=FAST, error_model="numpy")
def _block_ratios(block_x, block_y, own_y, inverse_x, ratios):  # type: ignore[no-untyped-def]
    """Largest input ratio of each candidate, infinite where it does not dominate; the ratios carry rounding."""
    for lane in range(_BLOCK):
        ratios[lane] = block_x[0, lane] * inverse_x[0]
    for column in range(1, block_x.shape[0]):
        for lane in range(_BLOCK):
            ratio = block_x[column, lane] * inverse_x[column]
            ratios[lane] = ratio if ratio > ratios[lane] else ratios[lane]  # noqa: FURB136 (max() is not vectorised)
    for column in range(block_y.shape[0]):
        bound = own_y[column]
        for lane in range(_BLOCK):
            ratios[lane] = ratios[lane] if block_y[column, lane] >= bound else np.inf


@nb.njit(cache=True, fastmath=FAST)
def _count_within(ratios, limit):  # type: ignore[no-untyped-def]
    hits = 0
    for lane in range(_BLOCK):
        hits += np.int64(ratios[lane] <= limit)
    return hits


@nb.njit(cache=True)
def _exact_ratio(x, own, other):  # type: ignore[no-untyped-def]
    ratio = 0.0
    for column in range(x.shape[1]):
        ratio = max(ratio, x[other, column] / x[own, column])
    return ratio


@nb.njit(cache=True, nogil=True)
def score_fdh(x, y, order, lanes_x, lanes_y, ends, score, peer, first, after_last):  # type: ignore[no-untyped-def]
    """Score and peer of rows ``first`` to ``after_last``."""
    ratios = np.empty(_BLOCK)
    for own in range(first, after_last):
        inverse = 1.0 / x[own]
        best, best_row = 1.0, own
        for block in range((ends[own] + _BLOCK - 1) // _BLOCK):
            _block_ratios(lanes_x[block], lanes_y[block], y[own], inverse, ratios)
            limit = best * (1.0 + 1e-15)
            if not _count_within(ratios, limit):
                continue
            for lane in range(_BLOCK):
                if ratios[lane] <= limit:
                    other = order[block * _BLOCK + lane]
                    ratio = _exact_ratio(x, own, other)
                    if ratio < best or (ratio == best and other < best_row):
                        best, best_row = ratio, other
        score[own] = best
        peer[own] = best_row


@nb.njit(cache=True)
def _sort_by_buckets(values, count, bucket_of, ends, sorted_values):  # type: ignore[no-untyped-def]
    """Sort positive values: as many buckets as values over the bits (nearly the logarithm), then each bucket."""
    low = high = bits_of(values[0])
    for i in range(count):
        low, high = min(low, bits_of(values[i])), max(high, bits_of(values[i]))
    per_bit = (count - 1) / max(high - low, 1)
    ends[: count + 1] = 0
    for i in range(count):
        bucket_of[i] = np.int64((bits_of(values[i]) - low) * per_bit)
    for i in range(count):
        ends[bucket_of[i] + 1] += 1
    for bucket in range(count):
        ends[bucket + 1] += ends[bucket]
    for i in range(count):
        sorted_values[ends[bucket_of[i]]] = values[i]
        ends[bucket_of[i]] += 1
    start = 0
    for bucket in range(count):
        if ends[bucket] - start > 24:
            sorted_values[start : ends[bucket]].sort()
        start = ends[bucket]
    for i in range(1, count):
        value, place = sorted_values[i], i
        while place and sorted_values[place - 1] > value:
            sorted_values[place] = sorted_values[place - 1]
            place -= 1
        sorted_values[place] = value


@nb.njit(cache=True, fastmath=FAST)
def _expected_smallest(values, count, m, base, beyond):  # type: ignore[no-untyped-def]
    """Mean of the smallest of m draws; ``beyond[i]`` is the chance that all draws lie after place i."""
    for i in range(count):
        base[i] = (count - 1.0 - i) / count
        beyond[i] = 1.0
    while m:
        for i in range(count):
            beyond[i] *= base[i] if m & 1 else 1.0
            base[i] *= base[i]
        m >>= 1
    total = values[0] * (1.0 - beyond[0])
    for i in range(1, count):
        total += values[i] * (beyond[i - 1] - beyond[i])
    return total


@nb.njit(cache=True, nogil=True)
def score_order_m(x, y, order, lanes_x, lanes_y, ends, m, score, first, after_last):  # type: ignore[no-untyped-def]
    """Expected score of rows ``first`` to ``after_last`` against m random dominating rows."""
    ratios = np.empty(_BLOCK)
    room = lanes_x.shape[0] * _BLOCK
    found, values, beyond = np.empty(room + 1), np.empty(room), np.empty(room)
    bucket_of, bucket_ends = np.empty(room, np.int64), np.empty(room + 1, np.int64)
    for own in range(first, after_last):
        inverse = 1.0 / x[own]
        count = 0
        for block in range((ends[own] + _BLOCK - 1) // _BLOCK):
            _block_ratios(lanes_x[block], lanes_y[block], y[own], inverse, ratios)
            if not _count_within(ratios, 1.7e308):
                continue
            for lane in range(_BLOCK):
                found[count] = ratios[lane]
                count += ratios[lane] < np.inf
        _sort_by_buckets(found, count, bucket_of, bucket_ends, values)
        score[own] = _expected_smallest(values, count, m, found, beyond)
