"""What is to be expected of cities whose outcome is not known, and how sure is that?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from citytandem.science.benchmark.expected import FEWEST_CITIES, learnable, ridge
from citytandem.science.benchmark.structure import Floats
from citytandem.science.estimate.interval import FEWEST, Ends, span_errors, span_groups

BASES = ("structure", "mean", "national")
_NOWHERE: Ends = (float("nan"), float("nan"))


@dataclass(frozen=True)
class Guess:
    """A guess for every city, as logarithms of the ratio to the country's CO2 per head; shapes (n,).

    ``basis`` is ``structure`` where cities of the same family and their structure taught it, ``mean`` where their mean guessed
    better than structure, ``national`` where only the country's total speaks. ``low`` and ``high`` are nan where no interval
    can be promised. ``cities`` and ``countries`` count what was learned from. ``error`` is the error on a city that taught,
    held out of its own guess; nan for others. ``local`` is the local fact that moved the guess, empty for none.
    """

    centre: Floats
    low: Floats
    high: Floats
    basis: NDArray[np.str_]
    cities: NDArray[np.int64]
    countries: NDArray[np.int64]
    error: Floats
    local: NDArray[np.str_]


def guess(matrix: Floats, *, ratio: Floats, families: Sequence[str], countries: Sequence[str]) -> Guess:
    """Guess an outcome for every city; only guesses for cities with an unknown ``ratio`` are held out.

    Where at least five cities of the family are known: ridge regression on structure with a column per family, or the mean of
    the family, whichever errs less on cities held out; the interval comes from these errors. Elsewhere: the mean of the
    countries' means, and the errors on whole countries held out.

    Parameters
    ----------
    matrix
        Structure by :func:`~citytandem.science.benchmark.expected.design`; shape (n, p).
    ratio
        Emissions per head over those of the country, nan where unknown; shape (n,).
    families, countries
        Of each city; shape (n,).
    """
    rows = learnable(ratio)
    names, places = np.array(families, dtype=str), np.array(countries, dtype=str)
    found = _guess_nationally(np.log(ratio[rows]), places=places, rows=rows)
    if rows.size <= FEWEST_CITIES:
        return found
    fit = ridge(matrix[rows], target=np.log(ratio[rows]))
    fitted = fit.predict(matrix)
    for name in sorted(set(families)):
        inside = names[rows] == name
        count = int(inside.sum())
        if count < FEWEST:
            continue
        here, own = names == name, np.log(ratio[rows[inside]])
        by_structure, by_mean = fit.held_out_error[inside], (own - own.mean()) * count / (count - 1)
        explains = np.abs(by_structure).mean() < np.abs(by_mean).mean()
        error = by_structure if explains else by_mean
        ends = span_errors(error) or _NOWHERE
        found.error[rows[inside]] = error
        found.centre[here] = fitted[here] if explains else own.mean()
        # the guess itself stays inside, even where all errors lie on one side
        found.low[here], found.high[here] = found.centre[here] + min(ends[0], 0.0), found.centre[here] + max(ends[1], 0.0)
        found.basis[here] = BASES[0] if explains else BASES[1]
        found.cities[here], found.countries[here] = count, 1
    return found


def _guess_nationally(target: Floats, *, places: NDArray[np.str_], rows: NDArray[np.int64]) -> Guess:
    """The same guess for all: each country weighs one, however many of its cities publish."""
    count = places.size
    names, group = np.unique(places[rows], return_inverse=True)
    centre, ends = float("nan"), None
    if names.size:
        means = np.bincount(group, weights=target) / np.bincount(group)
        centre = float(means.mean())
        if names.size > 1:
            others = (means.sum() - means) / (names.size - 1)
            ends = span_groups(target - others[group], group=group)
    low, high = ends or _NOWHERE
    return Guess(
        centre=np.full(count, centre),
        low=np.full(count, centre + low),
        high=np.full(count, centre + high),
        basis=np.full(count, BASES[2], dtype="<U9"),
        cities=np.full(count, rows.size),
        countries=np.full(count, names.size),
        error=np.full(count, np.nan),
        local=np.full(count, "", dtype="<U40"),
    )
