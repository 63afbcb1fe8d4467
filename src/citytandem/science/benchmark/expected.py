"""What would be expected for a city built like this one, and how much does structure explain at all?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from citytandem.science.benchmark.structure import Features, Floats

PENALTIES = (0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0, 300.0, 1000.0, 3000.0)
"""Ridge penalties tried; the one with the smallest leave-one-out error is used."""
FEWEST_CITIES = 20
"""With fewer cities nothing is expected. [P]"""
INTERVAL = (0.05, 0.95)


@dataclass(frozen=True)
class Expectation:
    """A value to be expected, its 90 % interval, the cities it was learned from and the share of variance explained on held-out cities."""

    value: float
    low: float
    high: float
    n: int
    explained: float
    penalty: float


def design(features: Features) -> Floats:
    """Structure as numbers for a regression: one row per city.

    Numbers are centred and scaled to unit variance, unknown ones are set to the mean and marked by a column
    of their own; a class gets one column per leading letters seen in at least one in a hundred cities.
    """
    columns: list[Floats] = []
    for at, name in enumerate(features.variables):
        known = features.known[:, at]
        if name in features.classes:
            columns += _class_columns(features.classes[name], features.scaled[:, at])
            continue
        values = np.where(known, features.scaled[:, at], features.scaled[known, at].mean() if known.any() else 0.0)
        columns.append(values)
        if not known.all() and known.any():
            columns.append((~known).astype(float))
    matrix = np.stack(columns, axis=1) if columns else np.zeros((len(features.cities), 0))
    spread = matrix.std(axis=0)
    centred = matrix - matrix.mean(axis=0)
    return np.asarray(centred[:, spread > 1e-12] / spread[spread > 1e-12])


def expect(matrix: Floats, *, value: Floats, own: int, own_value: float | None = None) -> Expectation | None:
    """The value to be expected for one city, learned from the others.

    A ridge regression of the logarithm of emissions per head on structure. The city itself is left out.
    The penalty is the one with the smallest leave-one-out error, in closed form; the interval holds the middle 90 %
    of the leave-one-out errors of the other cities.

    Parameters
    ----------
    matrix
        Structure by :func:`design`; shape (n, p).
    value
        Emissions per head in t CO2e; nan where unknown or not comparable; shape (n,). Values of zero or
        less have no logarithm and are left out.
    own
        Row of the city asked about; its own value is never used.

    Returns
    -------
    None with fewer than 20 cities to learn from.

    References
    ----------
    Hoerl and Kennard (1970), Technometrics 12; Allen (1974) for the closed form of leave-one-out.
    """
    rows = learnable(value)
    rows = rows[rows != own]
    if rows.size < FEWEST_CITIES:
        return None
    fit = ridge(matrix[rows], target=np.log(value[rows]))
    centre = fit.predict(matrix[own : own + 1])[0]
    low, high = np.quantile(fit.held_out_error, INTERVAL)
    return Expectation(
        value=float(np.exp(centre)),
        low=float(np.exp(centre + low)),
        high=float(np.exp(centre + high)),
        n=int(rows.size),
        explained=fit.explained,
        penalty=fit.penalty,
    )


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
