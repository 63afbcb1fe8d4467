"""How is the difference of a product shared among its factors? Additive LMDI-I, exact and defined at zero."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import add, mul
from typing import Any

import narwhals as nw

_NEAR = 1e-4
"""Below this logarithmic gap the mean is taken from its series, whose error is then below 1e-17."""


@nw.narwhalify
def split_difference(pairs: Any, *, factors: Sequence[str]) -> Any:
    """Share the difference of emissions among the factors that multiply to it.

    Parameters
    ----------
    pairs
        Any frame Narwhals speaks, with one row per sector or carrier and columns ``<factor>_own`` and
        ``<factor>_ref``, none below zero. The product of the factors of a side is its emissions in t CO2e / year.
        A factor that is not defined on one side, such as the emission factor of a carrier not used there,
        is null and taken from the other side; on both sides, as one.
    factors
        Names of the factors.

    Returns
    -------
    ``pairs`` with ``<factor>_effect`` for each factor in t CO2e / year, and ``difference``, which the effects of
    the row add up to. Effects of rows add up to effects of totals. Swapping own and reference flips every sign.

    Notes
    -----
    The weight is the logarithmic mean of the two emissions. Where a side is zero the analytic limit holds: the factors
    that are zero there share the whole difference equally, the others have no effect. Where both sides are zero, so are
    the effects.

    References
    ----------
    Ang (2005), Energy Policy 33; Ang and Liu (2007), Energy Policy 35, for zero values.
    """
    filled = pairs.with_columns(
        expression
        for name in factors
        for expression in (
            nw.coalesce(nw.col(f"{name}_own"), nw.col(f"{name}_ref"), nw.lit(1.0)).cast(nw.Float64).alias(f"{name}_to"),
            nw.coalesce(nw.col(f"{name}_ref"), nw.col(f"{name}_own"), nw.lit(1.0)).cast(nw.Float64).alias(f"{name}_from"),
        )
    )
    to = reduce(mul, (nw.col(f"{name}_to") for name in factors))
    before = reduce(mul, (nw.col(f"{name}_from") for name in factors))
    logs = [_log_ratio(name).alias(f"{name}_log") for name in factors]
    measured = filled.with_columns(to.alias("to"), before.alias("from"), *logs, *_zeros(factors))
    total_log = reduce(add, (nw.col(f"{name}_log") for name in factors))
    weighed = measured.with_columns(total_log.alias("log")).with_columns(
        _log_mean().alias("mean"),
        (nw.col("to") - nw.col("from")).alias("difference"),
        reduce(add, (nw.col(f"{name}_zero") for name in factors)).alias("zeros"),
    )
    effects = weighed.with_columns(_effect(name).alias(f"{name}_effect") for name in factors)
    scratch = [f"{name}_{kind}" for name in factors for kind in ("to", "from", "log", "zero")]
    return effects.drop(*scratch, "to", "from", "log", "mean", "zeros")


def _log_ratio(name: str) -> Any:
    """Logarithm of a factor's ratio; zero where a side is zero, because the limit is taken apart."""
    to, before = nw.col(f"{name}_to"), nw.col(f"{name}_from")
    both = (to > 0) & (before > 0)
    ratio = nw.when(both).then(to).otherwise(nw.lit(1.0)) / nw.when(both).then(before).otherwise(nw.lit(1.0))
    return ratio.log()


def _zeros(factors: Sequence[str]) -> list[Any]:
    """One where a factor is zero on exactly one side: those factors carry the difference."""
    return [
        nw.when((nw.col(f"{name}_to") > 0) != (nw.col(f"{name}_from") > 0))
        .then(nw.lit(1.0))
        .otherwise(nw.lit(0.0))
        .alias(f"{name}_zero")
        for name in factors
    ]


def _log_mean() -> Any:
    """(to - from) / ln(to / from); near equality its series, and zero where a side is zero."""
    to, before, gap = nw.col("to"), nw.col("from"), nw.col("log")
    safe = nw.when(gap.abs() < _NEAR).then(nw.lit(1.0)).otherwise(gap)
    # L(a, b) = sqrt(ab) * sinh(gap / 2) / (gap / 2)
    series = (to * before).sqrt() * (1 + gap * gap / 24)
    mean = nw.when(gap.abs() < _NEAR).then(series).otherwise((to - before) / safe)
    return nw.when((to > 0) & (before > 0)).then(mean).otherwise(nw.lit(0.0))


def _effect(name: str) -> Any:
    positive = nw.col("mean") * nw.col(f"{name}_log")
    count = nw.when(nw.col("zeros") > 0).then(nw.col("zeros")).otherwise(nw.lit(1.0))
    at_zero = nw.col("difference") * nw.col(f"{name}_zero") / count
    touches_zero = (nw.col("to") == 0) | (nw.col("from") == 0)
    return nw.when(touches_zero).then(at_zero).otherwise(positive)
