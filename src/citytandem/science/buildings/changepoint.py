"""How does the energy use of a building hang on the outdoor temperature? Change-point models, fitted exactly.

A change-point model is flat on one side of a temperature and a straight line on the other (Kissock, Haberl and Claridge
2003, ASHRAE RP-1050): 3P heating, 3P cooling, 4P with a line on each side, 5P with a line on each side of a flat part.
For given change points it is a linear least-squares fit. The best change points lie either on a temperature that
occurs, or where two lines fitted freely on each side meet; all of these are looked at, so no grid is too coarse.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Numbers: TypeAlias = NDArray[np.float64]

Kind: TypeAlias = Literal["1P", "2P", "3PH", "3PC", "4P", "5P"]
KINDS: tuple[Kind, ...] = get_args(Kind)
PARAMETERS: dict[str, int] = {"1P": 1, "2P": 2, "3PH": 3, "3PC": 3, "4P": 4, "5P": 5}
"""Fitted numbers of each kind, change points among them."""
ON_A_SLOPE = 3
"""At least so many different temperatures lie on each sloped side, its end among them, or the slope says nothing. [P]"""
MOST_POINTS = 120
"""More periods than this are for another tool: the search looks at every pair of temperatures."""


@dataclass(frozen=True)
class ChangePoint:
    """One fitted model: use = base + heating slope x (heating point - T)+ + cooling slope x (T - cooling point)+.

    Parameters
    ----------
    kind
        1P flat, 2P a line, 3PH, 3PC, 4P, 5P.
    base
        Use that does not hang on the temperature, in the unit of use; of 2P the use at 0.
    heating_slope, cooling_slope
        More use per degree below or above the change point; 0 where the kind has none. Of 4P either may be negative.
    heating_point, cooling_point
        Change points in the unit of temperature; of 4P both are the same; None where the kind has none.
    residual_squares
        Sum of squared residuals.
    count
        Number of periods it was fitted to.
    """

    kind: Kind
    base: float
    heating_slope: float
    cooling_slope: float
    heating_point: float | None
    cooling_point: float | None
    residual_squares: float
    count: int

    def predict(self, temperature: Numbers) -> Numbers:
        """Use at each temperature."""
        return self.columns(temperature) @ self.coefficients

    @property
    def coefficients(self) -> Numbers:
        """The linear coefficients, in the order of :meth:`columns`."""
        return np.array([self.base, self.heating_slope, self.cooling_slope])

    def columns(self, temperature: Numbers) -> Numbers:
        """One, degrees below the heating point, degrees above the cooling point; zeros where the kind has none."""
        return _columns(np.asarray(temperature, float), self.heating_point, self.cooling_point)

    def shift(self, degrees: float) -> ChangePoint:
        """The same building kept warmer by so many degrees: both change points move."""
        move = [None if point is None else point + degrees for point in (self.heating_point, self.cooling_point)]
        return ChangePoint(
            self.kind, self.base, self.heating_slope, self.cooling_slope, move[0], move[1], self.residual_squares, self.count
        )


def fit(temperature: Numbers, use: Numbers, *, kind: Kind, between: tuple[float, float] | None = None) -> ChangePoint | None:
    """Fit one kind of model by least squares, exactly over all change points.

    Parameters
    ----------
    temperature
        Mean outdoor temperature of each period.
    use
        Energy use of each period per day, in any unit.
    kind
        The model.
    between
        Change points are only sought between these two temperatures; anywhere if None.

    Returns
    -------
    The model, or None where the periods do not carry it: too few, no slope of the right sign, too many (120).

    Notes
    -----
    A heating slope below zero, or a cooling slope below zero, is refused for 3P and 5P: then the model does not describe
    heating or cooling. Of two fits with equal squares the one with the lower change points is kept.

    References
    ----------
    Kissock, Haberl and Claridge (2003): Inverse Modeling Toolkit: numerical algorithms. ASHRAE Transactions 109(2).

    >>> import numpy as np
    >>> cold = np.array([-5.0, 0.0, 4.0, 10.0, 16.0, 20.0, 24.0])
    >>> found = fit(cold, 20 + 3 * np.maximum(14 - cold, 0), kind="3PH")
    >>> round(found.base, 6), round(found.heating_slope, 6), round(found.heating_point, 6)
    (20.0, 3.0, 14.0)
    """
    warmth, used = np.asarray(temperature, float), np.asarray(use, float)
    if warmth.size <= PARAMETERS[kind] or warmth.size > MOST_POINTS or not np.isfinite([warmth, used]).all():
        return None
    best: ChangePoint | None = None
    for heating, cooling in _points(warmth, used, kind=kind, ends=between or ()):
        if between and not all(between[0] <= point <= between[1] for point in (heating, cooling) if point is not None):
            continue
        found = fit_at(warmth, used, kind=kind, points=(heating, cooling))
        if found and (best is None or found.residual_squares < best.residual_squares - _hair(used)):
            best = found
    return best


def _hair(used: Numbers) -> float:
    return 1e-12 * (float(np.square(used - used.mean()).sum()) + 1e-300)


def fit_at(temperature: Numbers, use: Numbers, *, kind: Kind, points: tuple[float | None, float | None]) -> ChangePoint | None:
    """Fit one kind of model with its change points given (heating, cooling); otherwise as :func:`fit`.

    Returns
    -------
    The model, or None where a slope has too few temperatures or the wrong sign.
    """
    warmth, used = np.asarray(temperature, float), np.asarray(use, float)
    if kind == "2P":
        slope, base = (float(one) for one in np.polyfit(warmth, used, 1)) if np.ptp(warmth) > 0 else (0.0, float(used.mean()))
        return _line(warmth, used, base=base, slope=slope)
    columns = _columns(warmth, *points)
    sloped = [at for at, point in enumerate(points, start=1) if point is not None]
    sides = (warmth <= (points[0] or 0), warmth >= (points[1] or 0))
    if any(np.unique(warmth[sides[at - 1]]).size < ON_A_SLOPE for at in sloped):
        return None
    some = columns[:, [0, *sloped]]
    solved, _, full, _ = np.linalg.lstsq(some, used, rcond=None)
    if full < some.shape[1] or (kind in {"3PH", "3PC", "5P"} and (solved[1:] <= 0).any()):
        return None
    slopes = [0.0, 0.0]
    for at, value in zip(sloped, solved[1:], strict=True):
        slopes[at - 1] = float(value)
    squares = float(np.square(used - some @ solved).sum())
    return ChangePoint(kind, float(solved[0]), slopes[0], slopes[1], points[0], points[1], squares, used.size)


def _line(warmth: Numbers, used: Numbers, *, base: float, slope: float) -> ChangePoint:
    """A line as a change-point model whose change point is 0: negative degrees below are degrees above."""
    squares = float(np.square(used - base - slope * warmth).sum())
    return ChangePoint("2P", base, -slope, slope, 0.0, 0.0, squares, used.size)


def _columns(warmth: Numbers, heating: float | None, cooling: float | None) -> Numbers:
    none = np.zeros_like(warmth)
    below = none if heating is None else np.maximum(heating - warmth, 0)
    above = none if cooling is None else np.maximum(warmth - cooling, 0)
    return np.column_stack([np.ones_like(warmth), below, above])


def _points(
    warmth: Numbers, used: Numbers, *, kind: Kind, ends: tuple[float, ...]
) -> Iterator[tuple[float | None, float | None]]:
    """Every pair of change points at which the best fit of this kind can lie; the ends of the search are among them."""
    if kind in {"1P", "2P"}:
        yield None, None
        return
    heights = np.unique([*warmth, *ends])
    gaps = list(pairwise(heights))
    if kind == "5P":
        yield from _pairs(warmth, used, heights=heights, gaps=gaps)
        return
    meets = [_meet(warmth, used, cut=low, kind=kind) for low, _ in gaps]
    inside = [at for at, (low, high) in zip(meets, gaps, strict=True) if at is not None and low <= at <= high]
    for at in sorted({float(one) for one in heights} | set(inside)):
        yield {"3PH": (at, None), "3PC": (None, at), "4P": (at, at)}[kind]


def _meet(warmth: Numbers, used: Numbers, *, cut: float, kind: str) -> float | None:
    """Where the pieces fitted freely on each side of a cut meet; None where they run side by side."""
    left, right = warmth <= cut, warmth > cut
    one = _piece(warmth[left], used[left], flat=kind == "3PC")
    other = _piece(warmth[right], used[right], flat=kind == "3PH")
    if one is None or other is None or one[1] == other[1]:
        return None
    return float((one[0] - other[0]) / (other[1] - one[1]))


def _piece(warmth: Numbers, used: Numbers, *, flat: bool) -> tuple[float, float] | None:
    """Intercept and slope of one side; a slope needs two temperatures."""
    if flat or not warmth.size:
        return (float(used.mean()), 0.0) if warmth.size else None
    if np.ptp(warmth) <= 0:
        return None
    slope = float(((warmth - warmth.mean()) * (used - used.mean())).sum() / np.square(warmth - warmth.mean()).sum())
    return float(used.mean() - slope * warmth.mean()), slope


def _pairs(warmth: Numbers, used: Numbers, *, heights: Numbers, gaps: list[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """Pairs for 5P: both on temperatures, one on a temperature and one free, or both free."""
    for at, low in enumerate(heights):
        for high in heights[at:]:
            yield float(low), float(high)
    for at, (low, _) in enumerate(gaps):
        for cut, _ in gaps[at:]:
            yield from _free(warmth, used, low=low, cut=cut)
    yield from _half_free(warmth, used, heights=heights, gaps=gaps)


def _half_free(
    warmth: Numbers, used: Numbers, *, heights: Numbers, gaps: list[tuple[float, float]]
) -> Iterator[tuple[float, float]]:
    """One change point on a temperature, the other free inside a gap above or below it."""
    for point in map(float, heights):
        for low, high in gaps:
            if high <= point:
                below = _lean(-warmth, used, point=-point, cut=-high)
                if below is not None and low <= -below <= high:
                    yield -below, point
            elif low >= point:
                above = _lean(warmth, used, point=point, cut=low)
                if above is not None and low <= above <= high:
                    yield point, above


def _free(warmth: Numbers, used: Numbers, *, low: float, cut: float) -> Iterator[tuple[float, float]]:
    """Both change points free: three pieces fitted apart, the middle one flat."""
    middle = (warmth > low) & (warmth <= cut)
    left = _piece(warmth[warmth <= low], used[warmth <= low], flat=False)
    right = _piece(warmth[warmth > cut], used[warmth > cut], flat=False)
    if left is None or right is None or not middle.any() or left[1] == 0 or right[1] == 0:
        return
    level = float(used[middle].mean())
    points = ((level - left[0]) / left[1], (level - right[0]) / right[1])
    if points[0] <= points[1]:
        yield points


def _lean(warmth: Numbers, used: Numbers, *, point: float, cut: float) -> float | None:
    """The heating point is given, the cooling point free above the cut: where the upper line meets the flat part."""
    lower, upper = warmth <= cut, warmth > cut
    right = _piece(warmth[upper], used[upper], flat=False)
    columns = np.column_stack([np.ones(int(lower.sum())), np.maximum(point - warmth[lower], 0)])
    if right is None or right[1] == 0 or not lower.any():
        return None
    level = float(np.linalg.lstsq(columns, used[lower], rcond=None)[0][0])
    return float((level - right[0]) / right[1])
