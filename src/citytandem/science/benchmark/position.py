"""Where does a city stand among its peers? Quantiles, verdict and absolute points; never a place in an order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from citytandem.science.benchmark.structure import Floats

QUANTILES = (0.10, 0.25, 0.50, 0.75, 0.90)


@dataclass(frozen=True)
class Anchor:
    """The two fixed ends of an absolute scale: where it gives no points, and where it gives ten."""

    bad: float
    target: float


def weighted_quantiles(values: Floats, *, weights: Floats, at: tuple[float, ...] = QUANTILES) -> Floats:
    """Quantiles of weighted values, linear between the middles of the weights.

    Parameters
    ----------
    values, weights
        One per peer; weights above zero.
    at
        Fractions between 0 and 1.

    >>> weighted_quantiles(np.array([1.0, 2.0, 3.0]), weights=np.ones(3), at=(0.5,)).tolist()
    [2.0]
    """
    order = np.argsort(values, kind="stable")
    sorted_weights = weights[order] / weights.sum()
    middles = np.cumsum(sorted_weights) - 0.5 * sorted_weights
    return np.interp(at, middles, values[order])


def verdict(*, value: float, low: float, high: float, quantiles: Floats) -> str:
    """Less, usual, more or cannot tell: the own interval beside the middle half of the peers.

    ``less`` if the whole interval lies below the middle half, ``more`` if above it, ``usual`` if the value itself lies
    in it. A value outside whose interval reaches into the middle half could be either: that cannot be told.

    >>> ends = np.array([1.0, 2.0, 3.0, 4.0, 5.0])
    >>> verdict(value=1.5, low=1.2, high=1.8, quantiles=ends), verdict(value=1.9, low=1.4, high=2.4, quantiles=ends)
    ('less', 'cannot_tell')
    """
    _, p25, _, p75, _ = quantiles
    if high < p25:
        return "less"
    if low > p75:
        return "more"
    return "usual" if p25 <= value <= p75 else "cannot_tell"


def points(value: float | None, anchor: Anchor | None) -> float | None:
    """Points from 0 to 10 between two fixed anchors; they do not move when cities are added.

    >>> points(7.5, Anchor(bad=15.0, target=0.0)), points(20.0, Anchor(bad=15.0, target=0.0)), points(1.0, None)
    (5.0, 0.0, None)
    """
    if value is None or anchor is None:
        return None
    return min(10.0, max(0.0, 10 * (anchor.bad - value) / (anchor.bad - anchor.target)))


def spread(values: Floats, *, weights: Floats) -> Mapping[str, float]:
    """The five quantiles of the peers by name."""
    found = weighted_quantiles(values, weights=weights)
    return dict(zip(("p10", "p25", "median", "p75", "p90"), (float(number) for number in found), strict=True))


SPAN = (0.10, 0.50, 0.90)


def spans(values: Floats) -> tuple[Floats, NDArray[np.int64]]:
    """Quantiles of what is known of each column, linear between values, and how many are known.

    Parameters
    ----------
    values
        nan where unknown; shape (n, m).

    Returns
    -------
    The 10 %, 50 % and 90 % quantiles, shape (3, m), nan where nothing is known; and counts, shape (m,).

    >>> spans(np.array([[1.0, np.nan], [3.0, np.nan], [np.nan, np.nan]]))[0][1].tolist()
    [2.0, nan]
    """
    if not len(values):
        return np.full((len(SPAN), values.shape[1]), np.nan), np.zeros(values.shape[1], dtype=np.int64)
    ordered = np.sort(values, axis=0)
    counts = np.count_nonzero(~np.isnan(values), axis=0)
    place = np.maximum(counts - 1, 0) * np.array(SPAN)[:, None]
    lower = np.floor(place).astype(np.int64)
    below = np.take_along_axis(ordered, lower, axis=0)
    above = np.take_along_axis(ordered, np.minimum(lower + 1, np.maximum(counts - 1, 0)), axis=0)
    share, gap = place - lower, above - below
    return np.where(share >= 0.5, above - gap * (1 - share), below + gap * share), counts
