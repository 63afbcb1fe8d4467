"""Which numbers must the plain and the compiled form of a kernel share?"""

from __future__ import annotations

import numpy as np

# Points that are compared as one block.
LEAF = 64

# Below this |ln ratio| the logarithmic mean is taken from its series: the quotient would cancel.
SERIES_BELOW = 0.02

# The standard normal quantile of (1 + v) / 2 is v times this polynomial in -log2(1 - v^2) / 11.5 - 1,
# highest power first. Fitted to all 2^23 values v can take: largest relative error 3.4e-6, variance 1 - 2e-7.
QUANTILE = tuple(
    np.float32(coefficient)
    for coefficient in (
        -0.031152622774243355,
        0.03518784046173096,
        0.06231386587023735,
        -0.11227326095104218,
        0.05440429598093033,
        -0.004785397555679083,
        -0.04925888404250145,
        0.17370562255382538,
        -0.45631957054138184,
        1.9914902448654175,
        3.756654739379883,
    )
)

# Windows that are aligned side by side.
LANES = 16
