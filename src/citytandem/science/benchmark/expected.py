"""What would be expected for a city built like this one, and how much does structure explain at all?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from citytandem.science.benchmark.structure import Features, Floats

PENALTIES = (0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0, 300.0, 1000.0, 3000.0)
"""Ridge penalties tried; the one with the smallest leave-one-out error is used."""
FEWEST_CITIES = 20
"""With fewer cities nothing is expected. [P]"""
FEWEST_OF_A_FAMILY = 5
INTERVAL = (0.05, 0.95)


@dataclass(frozen=True)
class Expectation:
    """What is to be expected for each city of a window, each held out of its own expectation.

    ``centre`` is the logarithm of t CO2e per head, one per city; ``low`` and ``high`` the 5 % and 95 % quantiles of the errors
    on held-out cities of the same country family; ``n`` cities were learned from and ``explained`` is the share of variance
    explained on held-out ones.
    """

    centre: Floats
    low: Floats
    high: Floats
    learned: NDArray[np.bool_]
    explained: float
    penalty: float

    def of(self, row: int) -> dict[str, float | int]:
        """The value to be expected for one city with its 90 % interval, and how many others it was learned from."""
        centre = self.centre[row]
        return {
            "expected": float(np.exp(centre)),
            "expected_low": float(np.exp(centre + self.low[row])),
            "expected_high": float(np.exp(centre + self.high[row])),
            "expected_n": int(self.learned.sum()) - int(self.learned[row]),
        }


def design(features: Features, *, families: Sequence[str]) -> Floats:
    """Structure as numbers for a regression: one row per city.

    Numbers are centred and scaled to unit variance, unknown ones are set to the mean and marked by a column
    of their own; variables known for fewer than half of the cities are left out; a class gets one column per leading
    letters seen in at least one in a hundred cities. Each country with at least five cities
    gets a column: what all its cities share (grid, law, the way balances are made) is no doing of one of them.

    Parameters
    ----------
    features
        Structure of n cities.
    families
        Country of each; shape (n,).
    """
    columns: list[Floats] = []
    for at, name in enumerate(features.variables):
        if not features.usable[at]:
            continue
        known = features.known[:, at]
        if name in features.classes:
            columns += _class_columns(features.classes[name], features.scaled[:, at])
            continue
        values = np.where(known, features.scaled[:, at], features.scaled[known, at].mean() if known.any() else 0.0)
        columns.append(values)
        if not known.all() and known.any():
            columns.append((~known).astype(float))
    columns += [np.array(families) == name for name in sorted(set(families)) if families.count(name) >= FEWEST_OF_A_FAMILY]
    matrix = np.stack(columns, axis=1).astype(float) if columns else np.zeros((len(features.cities), 0))
    spread = matrix.std(axis=0)
    centred = matrix - matrix.mean(axis=0)
    return np.asarray(centred[:, spread > 1e-12] / spread[spread > 1e-12])


def expect(matrix: Floats, *, value: Floats, families: Sequence[str]) -> Expectation | None:
    """The value to be expected for every city, learned from all others.

    A ridge regression of the logarithm of emissions per head on structure. Each city is left out of its
    own expectation, in closed form. The penalty is the one with the smallest leave-one-out error; the interval holds the
    middle 90 % of these errors, within the own country where it has at least twenty cities.

    Parameters
    ----------
    matrix
        Structure by :func:`design`; shape (n, p).
    value
        Emissions per head in t CO2e; nan where unknown or not comparable; shape (n,). Values of zero or
        less have no logarithm and are left out.
    families
        Country of each city; shape (n,).

    Returns
    -------
    None with fewer than 20 cities to learn from.

    References
    ----------
    Hoerl and Kennard (1970), Technometrics 12; Allen (1974) for the closed form of leave-one-out.
    """
    rows = learnable(value)
    if rows.size < FEWEST_CITIES + 1:
        return None
    target = np.log(value[rows])
    fit = ridge(matrix[rows], target=target)
    centre = fit.predict(matrix)
    centre[rows] = target - fit.held_out_error
    learned = np.zeros(value.size, dtype=bool)
    learned[rows] = True
    ends = np.tile(np.quantile(fit.held_out_error, INTERVAL), (value.size, 1))
    names = np.array(families)
    for name in set(families):
        inside = fit.held_out_error[names[rows] == name]
        if inside.size >= FEWEST_CITIES:
            ends[names == name] = np.quantile(inside, INTERVAL)
    return Expectation(centre, ends[:, 0], ends[:, 1], learned, fit.explained, fit.penalty)


def learnable(value: Floats) -> NDArray[np.int64]:
    """Rows with a value above zero."""
    with np.errstate(invalid="ignore"):
        return np.flatnonzero(np.nan_to_num(value, nan=-1.0) > 0)


@dataclass(frozen=True)
class Ridge:
    """A fitted ridge regression with its leave-one-out errors."""

    mean: Floats
    centre: float
    coefficients: Floats
    held_out_error: Floats
    explained: float
    penalty: float

    def predict(self, matrix: Floats) -> Floats:
        """Predicted targets; shape (rows of matrix,)."""
        return np.asarray(self.centre + (matrix - self.mean) @ self.coefficients)


def ridge(matrix: Floats, *, target: Floats, penalties: tuple[float, ...] = PENALTIES) -> Ridge:
    """Fit a ridge regression; the penalty with the smallest leave-one-out error, in closed form.

    ``explained`` is one less the leave-one-out squared error over that of the leave-one-out mean: zero or
    below when structure says nothing.

    >>> x = np.arange(30.0)[:, None]
    >>> ridge(x, target=2 * x[:, 0]).explained > 0.99
    True
    """
    n = target.size
    mean, centre = matrix.mean(axis=0), float(target.mean())
    x, y = matrix - mean, target - centre
    values, vectors = np.linalg.eigh(x.T @ x)
    values = np.maximum(values, 0.0)
    rotated = x @ vectors
    along = rotated.T @ y
    best: tuple[float, float, Floats] | None = None
    for penalty in penalties:
        shrunk = 1.0 / (values + penalty)
        leverage = (rotated * rotated) @ shrunk + 1.0 / n
        error = (y - rotated @ (shrunk * along)) / (1.0 - np.minimum(leverage, 1 - 1e-9))
        loss = float(error @ error)
        if best is None or loss < best[0]:
            best = (loss, penalty, error)
    if best is None:
        raise ValueError("no penalty given")
    loss, penalty, error = best
    nothing = float(((y * n / (n - 1)) ** 2).sum())
    coefficients = vectors @ (along / (values + penalty))
    explained = 1 - loss / nothing if nothing > 0 else 0.0
    return Ridge(mean, centre, coefficients, error, explained, penalty)


def explained_share(observed: Floats, *, predicted: Floats, baseline: Floats) -> float:
    """Share of the squared error of a baseline that a prediction takes away, on cities held out.

    >>> explained_share(np.array([1.0, 3.0]), predicted=np.array([1.0, 2.0]), baseline=np.array([2.0, 2.0]))
    0.5
    """
    left = float(((observed - predicted) ** 2).sum())
    before = float(((observed - baseline) ** 2).sum())
    return 1 - left / before if before > 0 else 0.0


def _class_columns(classes: tuple[str, ...], numbers: Floats) -> list[Floats]:
    """One column per leading part of a class (C, Cf, Cfb) that is neither rare nor universal."""
    starts = sorted({name[: length + 1] for name in classes for length in range(len(name))})
    known = np.where(np.isnan(numbers), -1, numbers).astype(int)
    columns = []
    for start in starts:
        holds = np.array([*(name.startswith(start) for name in classes), False])
        column = holds[known].astype(float)
        if 0.01 < column.mean() < 0.99:
            columns.append(column)
    return columns
