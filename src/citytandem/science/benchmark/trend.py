"""How fast does a city change, robustly, and may the years be compared?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from citytandem.science.balance.quality import Z90
from citytandem.science.benchmark.structure import Floats

FEWEST_YEARS = 4


@dataclass(frozen=True)
class Slope:
    """A robust slope per year with its 90 % interval, as a fraction."""

    slope: float
    low: float
    high: float


def slope_of(years: Floats, *, values: Floats) -> Slope:
    """The median of the slopes between all pairs of years, with its rank-based interval.

    On the logarithm of the values, returned as a fraction per year; if a value is not above zero, on
    the level as a fraction of the first year's size.

    Parameters
    ----------
    years, values
        One number per year; shape (n,), years all different, n at least 2.

    References
    ----------
    Theil (1950); Sen (1968), Journal of the American Statistical Association 63, for the interval
    from Kendall's statistic.

    >>> years = np.array([2015.0, 2016.0, 2017.0, 2018.0, 2019.0])
    >>> round(slope_of(years, values=100 * 0.97 ** (years - 2015)).slope, 6)
    -0.03
    """
    positive = bool((values > 0).all())
    level = np.log(values) if positive else values / (abs(values[0]) or 1.0)
    first, second = _pairs(years.size)
    slopes = np.sort((level[second] - level[first]) / (years[second] - years[first]))
    low, high = _ends(slopes, level)
    middle = 0.5 * (slopes[(slopes.size - 1) // 2] + slopes[slopes.size // 2])
    found = np.array([middle, low, high])
    if positive:
        found = np.expm1(found)
    return Slope(*(float(number) for number in found))


@lru_cache(maxsize=256)
def _pairs(count: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """First and second of all pairs of so many years."""
    return np.triu_indices(count, 1)


def _ends(slopes: Floats, level: Floats) -> tuple[float, float]:
    """Slopes at the ranks that Kendall's statistic leaves inside its 90 % interval, with ties in the values."""
    n = level.size
    variance = n * (n - 1) * (2 * n + 5) / 18
    if slopes[np.searchsorted(slopes, 0.0) % slopes.size] == 0.0:
        _, ties = np.unique(level, return_counts=True)
        variance = (n * (n - 1) * (2 * n + 5) - (ties * (ties - 1) * (2 * ties + 5)).sum()) / 18
    reach = Z90 * np.sqrt(variance)
    low = int(np.floor((slopes.size - reach) / 2))
    high = int(np.ceil((slopes.size + reach) / 2))
    return float(slopes[max(low, 0)]), float(slopes[min(high, slopes.size - 1)])


def last_unbroken(years: list[int], *, breaks: list[int]) -> int:
    """Index of the first year after the last break; 0 if there is none.

    >>> last_unbroken([2010, 2015, 2016, 2017], breaks=[2015])
    1
    """
    return years.index(breaks[-1]) if breaks else 0
