"""How are logarithms, exponentials and normal quantiles taken in a loop the compiler can vectorise?

The mathematical library's functions are calls and stop vectorisation, so the few needed here are
written as polynomials over the bits of the number.
"""

from __future__ import annotations

from typing import Any

import numba as nb
import numpy as np
from llvmlite import ir
from numba.core import types
from numba.extending import intrinsic
from numba.np.arrayobj import make_array

# EXACT keeps the order of operations, which the tricks below rely on. FAST allows sums to be reordered, which
# vectorising a sum means. Neither assumes away infinities or not-a-number. Inlined code takes the caller's mode.
EXACT = {"contract"}
FAST = {"reassoc", "contract", "arcp", "nsz"}


def _bitcast(source: Any, target: Any, width: ir.Type) -> Any:
    def typed(typing_context: Any, value: Any) -> Any:
        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            return builder.bitcast(arguments[0], width)

        return target(source), generate

    return intrinsic(typed)


bits_of = _bitcast(types.float64, types.int64, ir.IntType(64))
from_bits = _bitcast(types.int64, types.float64, ir.DoubleType())
bits_of_single = _bitcast(types.float32, types.int32, ir.IntType(32))
single_from_bits = _bitcast(types.int32, types.float32, ir.FloatType())


def _load_word(typing_context: Any, data: Any, at: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        array = make_array(signature.args[0])(context, builder, arguments[0])
        place = builder.bitcast(builder.gep(array.data, [arguments[1]]), ir.IntType(64).as_pointer())
        return builder.load(place, align=1)

    return types.uint64(data, types.int64), generate


load_word = intrinsic(_load_word)
"""Eight bytes from any place as one number; the caller sees to it that they lie within the array."""

_HALF_OCTAVE = np.int64(1 << 51)
_MAGIC = np.int64(0x4338000000000000)  # 3 x 2^51: a small whole number added to its bits is added to its value
_LOG_TWO = 0.6931471805599453


@nb.njit(inline="always", fastmath=EXACT)
def log_ratio(above, below):  # type: ignore[no-untyped-def]
    """ln(above / below) of two positive normal float64 below 2^1022, exact to rounding even where they nearly agree."""
    # bits grow almost as the logarithm does: their difference gives the nearest whole power of two
    octaves = (bits_of(above) - bits_of(below) + _HALF_OCTAVE) >> np.int64(52)
    near = from_bits(bits_of(above) - (octaves << np.int64(52)))
    exponent = from_bits(octaves + _MAGIC) - 6755399441055744.0
    s = (near - below) / (near + below)
    z = s * s
    # 2 atanh(s); |s| < 0.21, so the first term left out is below 2e-15 of the sum
    series = 2.0 / 19.0
    series = series * z + 2.0 / 17.0
    series = series * z + 2.0 / 15.0
    series = series * z + 2.0 / 13.0
    series = series * z + 2.0 / 11.0
    series = series * z + 2.0 / 9.0
    series = series * z + 2.0 / 7.0
    series = series * z + 2.0 / 5.0
    series = series * z + 2.0 / 3.0
    return exponent * _LOG_TWO + (2.0 * s + s * z * series)


_BIT_SHARE = np.int32(0x007FFFFF)
_BIT_ONE = np.int32(0x3F800000)
_LOG2 = tuple(
    np.float32(coefficient)
    for coefficient in (
        -0.02568981796503067,
        0.04392901808023453,
        -0.07037720829248428,
        0.1417180299758911,
        -0.3206522464752197,
        0.9618212580680847,
        0.5849630236625671,
    )
)
_EXP2 = tuple(
    np.float32(coefficient)
    for coefficient in (
        0.0013276450335979462,
        0.009675540961325169,
        0.05550713464617729,
        0.24022120237350464,
        0.6931469440460205,
        1.0,
    )
)
# Added to a small float32, this rounds it to a whole number that stands in the lowest bits.
_ROUNDER = np.float32(12582912.0)
_BIT_ROUNDER = np.int32(0x4B400000)


@nb.njit(inline="always", fastmath=EXACT)
def log2_single(value):  # type: ignore[no-untyped-def]
    """Binary logarithm of a positive normal float32, within 2e-6."""
    bits = bits_of_single(value)
    exponent = np.float32(np.int32(bits >> np.int32(23)) - np.int32(127))
    x = single_from_bits(np.int32((bits & _BIT_SHARE) | _BIT_ONE)) - np.float32(1.5)
    series = _LOG2[0] * x + _LOG2[1]
    series = series * x + _LOG2[2]
    series = series * x + _LOG2[3]
    series = series * x + _LOG2[4]
    series = series * x + _LOG2[5]
    series = series * x + _LOG2[6]
    return exponent + series


@nb.njit(inline="always", fastmath=EXACT)
def exp2_single(value):  # type: ignore[no-untyped-def]
    """Two to the power of a float32 between -126 and 126, within 1e-7."""
    rounded = value + _ROUNDER
    whole = np.int32(bits_of_single(rounded) - _BIT_ROUNDER)
    x = value - (rounded - _ROUNDER)
    series = _EXP2[0] * x + _EXP2[1]
    series = series * x + _EXP2[2]
    series = series * x + _EXP2[3]
    series = series * x + _EXP2[4]
    series = series * x + _EXP2[5]
    return single_from_bits(np.int32(bits_of_single(series) + np.int32(whole << np.int32(23))))
