"""How far do two assessors agree beyond what chance alone would give?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

FEWEST_FOR_AN_INTERVAL = 10
"""Below ten pairs the large-sample interval is no guide, so none is given."""
TWO_SIDED_95 = 1.959963984540054


@dataclass(frozen=True)
class Kappa:
    """Weighted kappa of one table of counts; ``kappa`` None where all answers fall on one level, so that chance explains them."""

    pairs: int
    observed: float
    expected: float
    kappa: float | None
    low: float | None
    high: float | None


def weigh_levels(count: int, *, weighting: str) -> NDArray[np.float64]:
    """How much two levels agree, by their distance: 1 on the same level, 0 at the two ends of the scale.

    Parameters
    ----------
    count
        How many levels the scale has.
    weighting
        ``linear`` (Cicchetti and Allison 1971) or ``quadratic`` (Fleiss and Cohen 1973).

    Returns
    -------
    A matrix of count × count.

    Examples
    --------
    >>> weigh_levels(3, weighting="quadratic").tolist()
    [[1.0, 0.75, 0.0], [0.75, 1.0, 0.75], [0.0, 0.75, 1.0]]
    """
    levels = np.arange(count, dtype=float)
    distance = np.abs(levels[:, None] - levels[None, :]) / (count - 1)
    weights: NDArray[np.float64] = 1.0 - (distance if weighting == "linear" else distance**2)
    return weights


def find_kappa(table: NDArray[np.float64], *, weights: NDArray[np.float64]) -> Kappa:
    """Weighted kappa of a table of counts, with its 95 % interval.

    Parameters
    ----------
    table
        Counts: level of the first assessor by row, of the second by column.
    weights
        Agreement of each pair of levels, 1 for full and 0 for none, of the same shape.

    Returns
    -------
    A :class:`Kappa`. The interval is that of large samples and is not given below ten pairs, nor where all pairs agree fully,
    as the formula would then claim that nothing is uncertain.

    References
    ----------
    Cohen (1968), Weighted kappa, Psychological Bulletin 70, 213-220, whose example is reproduced by
    ``test_kappa_is_that_of_cohen_1968``. Fleiss, Cohen and Everitt (1969), Large sample standard errors of kappa and weighted
    kappa, Psychological Bulletin 72, 323-327.

    Examples
    --------
    >>> import numpy as np
    >>> found = find_kappa(np.array([[20.0, 5.0], [10.0, 15.0]]), weights=np.eye(2))
    >>> round(found.kappa, 6)
    0.4
    """
    pairs = int(table.sum())
    if pairs == 0:
        return Kappa(0, 0.0, 0.0, None, None, None)
    share = table / table.sum()
    rows, columns = share.sum(axis=1), share.sum(axis=0)
    chance = np.outer(rows, columns)
    observed, expected = float((weights * share).sum()), float((weights * chance).sum())
    if expected >= 1.0 - 1e-12:
        return Kappa(pairs, observed, expected, None, None, None)
    kappa = (observed - expected) / (1.0 - expected)
    by_row, by_column = weights @ columns, weights.T @ rows
    spread = weights - (by_row[:, None] + by_column[None, :]) * (1.0 - kappa)
    variance = float((share * spread**2).sum()) - (kappa - expected * (1.0 - kappa)) ** 2
    error = float(np.sqrt(max(variance, 0.0) / pairs)) / (1.0 - expected)
    if pairs < FEWEST_FOR_AN_INTERVAL or error < 1e-9:
        return Kappa(pairs, observed, expected, kappa, None, None)
    half = TWO_SIDED_95 * error
    return Kappa(pairs, observed, expected, kappa, max(kappa - half, -1.0), min(kappa + half, 1.0))
