"""How wide must an interval be to hold nine in ten cities that were not learned from?"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from citytandem.science.benchmark.structure import Floats

FEWEST = 5
"""With fewer published cities of its own, a country teaches no outcome. [P]"""
FEWEST_FOR_QUANTILES = 19
"""With fewer errors than this no quantile of them can promise nine in ten."""
STUDENT = (2.132, 2.015, 1.943, 1.895, 1.860, 1.833, 1.812, 1.796, 1.782, 1.771, 1.761, 1.753, 1.746, 1.740)
"""95 % quantiles of Student's distribution with 4 to 17 degrees of freedom."""
TAIL = 0.05

Ends = tuple[float, float]


def span_errors(errors: Floats) -> Ends | None:
    """Ends of the 90 % interval about a guess, from the errors on cities each held out of its own guess.

    With at least nineteen errors their quantiles, taken one step outward so that a new city of the same kind is held with at
    least nine chances in ten; with five to eighteen, Student's quantile times their root mean square; with fewer none.

    Parameters
    ----------
    errors
        Observed less guessed logarithms; shape (n,).

    Returns
    -------
    Lower and upper end beside the guess, or None with fewer than five errors.

    References
    ----------
    Barber, Candes, Ramdas and Tibshirani (2021), Annals of Statistics 49, on the jackknife and split-conformal intervals.

    >>> span_errors(np.linspace(-1, 1, 19))
    (-1.0, 1.0)
    >>> span_errors(np.zeros(4)) is None
    True
    """
    count = errors.size
    if count < FEWEST:
        return None
    if count < FEWEST_FOR_QUANTILES:
        half = STUDENT[count - FEWEST] * float(np.sqrt((errors**2).mean()))
        return -half, half
    return span_groups(errors, group=np.arange(count))


def span_groups(errors: Floats, *, group: NDArray[np.int64]) -> Ends | None:
    """The same where errors come in groups that are each alike, such as countries: each group weighs one.

    Parameters
    ----------
    errors
        Observed less guessed logarithms, each group held out of its own guess; shape (n,).
    group
        Number of the group of each; shape (n,).

    Returns
    -------
    None with fewer than nineteen groups.

    >>> span_groups(np.repeat(np.arange(-20.0, 21.0), 2), group=np.repeat(np.arange(41), 2))
    (-19.0, 19.0)
    """
    _, place, sizes = np.unique(group, return_inverse=True, return_counts=True)
    if sizes.size < FEWEST_FOR_QUANTILES:
        return None
    weight = 1.0 / sizes[place]
    return -_upper_end(-errors, weight=weight, groups=sizes.size), _upper_end(errors, weight=weight, groups=sizes.size)


def _upper_end(errors: Floats, *, weight: Floats, groups: int) -> float:
    order = np.argsort(errors, kind="stable")
    reached = np.cumsum(weight[order])
    # the group still to come counts as one more, at the far end
    needed = (1 - TAIL) * (groups + 1) - 1e-9
    return float(errors[order][min(int(np.searchsorted(reached, needed)), errors.size - 1)])
