"""Lognormal draws, many at a time in single precision."""

from __future__ import annotations

import numba as nb
import numpy as np

from citytandem.science.kernels.agreed import QUANTILE as Q
from citytandem.science.kernels.compiled.lanes import EXACT, exp2_single, log2_single

_TURN = np.uint32(0x9E3779B9)
_FIRST, _SECOND = np.uint32(0x7FEB352D), np.uint32(0x846CA68B)
_S8, _S15, _S16 = np.uint32(8), np.uint32(15), np.uint32(16)
_HALF_RANGE = np.int32(2**23)
_STEP, _HALF, _ONE = np.float32(2.0**-23), np.float32(0.5), np.float32(1.0)
_PER_PLACE = np.float32(1 / 11.5)
_LOG2_E = np.float32(1.4426950408889634)


@nb.njit(cache=True, inline="always", fastmath=EXACT)
def _normal(bits):  # type: ignore[no-untyped-def]
    """A standard normal value from 32 random bits."""
    v = (np.float32(np.int32(bits >> _S8) - _HALF_RANGE) + _HALF) * _STEP
    place = -log2_single((_ONE - v) * (_ONE + v)) * _PER_PLACE - _ONE
    z = Q[0] * place + Q[1]
    z = z * place + Q[2]
    z = z * place + Q[3]
    z = z * place + Q[4]
    z = z * place + Q[5]
    z = z * place + Q[6]
    z = z * place + Q[7]
    z = z * place + Q[8]
    z = z * place + Q[9]
    z = z * place + Q[10]
    return z * v


@nb.njit(cache=True, fastmath=EXACT)
def _add_cell(total, value, spread, low, high):  # type: ignore[no-untyped-def]
    slope = spread * _LOG2_E
    offset = -_HALF * spread * slope
    for draw in range(total.size):
        bits = np.uint32(np.uint32(np.uint32(draw) * _TURN) + low)
        bits = np.uint32(np.uint32(np.uint32(bits ^ np.uint32(bits >> _S16)) * _FIRST) ^ high)
        bits = np.uint32(np.uint32(bits ^ np.uint32(bits >> _S15)) * _SECOND)
        bits = np.uint32(bits ^ np.uint32(bits >> _S16))
        total[draw] += value * exp2_single(slope * _normal(bits) + offset)


@nb.njit(cache=True, nogil=True)
def add_draws(values, spread, keys, totals):  # type: ignore[no-untyped-def]
    """Fill ``totals`` (cities, draws) with the sums over cells."""
    totals[:] = np.float32(0.0)
    for city in range(values.shape[0]):
        for cell in range(values.shape[1]):
            key = keys[city, cell]
            if values[city, cell] != 0.0:
                low, high = np.uint32(key & np.uint64(0xFFFFFFFF)), np.uint32(key >> np.uint64(32))
                _add_cell(totals[city], values[city, cell], spread[city, cell], low, high)
