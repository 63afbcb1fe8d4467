"""Does a local fact of a city, such as its district heat, make a guess better? It is used only where it does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from citytandem.science.benchmark.structure import Floats
from citytandem.science.estimate.guess import Guess
from citytandem.science.estimate.interval import Ends, span_errors

_HEAT = (("district_heat_share", -1), ("heat_need_kwh_per_head", 1))
LEANS: dict[str, tuple[tuple[str, int], ...]] = {
    "households": _HEAT,
    "buildings": _HEAT,
    "stationary": _HEAT,
    "core_no_industry": _HEAT,
    "core": _HEAT,
    "full": _HEAT,
    "industry": (("industry_t_per_head", 1),),
    "transport": (("traffic_area_m2_per_head", 1), ("commercial_area_m2_per_head", 1)),
}
"""Local facts that may move an outcome, and the direction in which each can: up (1) or down (-1). [P]"""
FEWEST_WITH_FACTS = 8
"""With fewer published cities no local fact is tried: tests on seven made guesses worse. [P]"""
LEAST_GAIN = 0.9
"""A fact is used only where the mean error on cities held out falls at least to this share. [P]"""
SHRINK = 1.3
"""The slope is drawn toward zero by this factor, as few cities teach it. [P]"""


@dataclass(frozen=True)
class Slope:
    """How one local fact moves a guess: by ``slope`` for each unit beside ``middle``; ``error`` is what is left, held out."""

    fact: str
    slope: float
    middle: float
    error: Floats
    ends: Ends


def lean(found: Guess, *, families: Sequence[str], context: Mapping[str, Floats], outcome: str) -> Guess:
    """Move guesses by a local fact in those families where cities held out are guessed better with it.

    Parameters
    ----------
    found
        Guesses from :func:`~citytandem.science.estimate.guess.guess`, with the errors on cities held out.
    families
        Of each city; shape (n,).
    context
        Local facts by name, on the scale on which they act; nan where unknown; shape (n,).
    outcome
        What is guessed.

    Returns
    -------
    The same guesses where no fact helps or the city's own is not known; its interval is never wider than without.
    """
    facts = [(name, sign) for name, sign in LEANS.get(outcome, ()) if name in context]
    names = np.array(families, dtype=str)
    centre, low, high, local = found.centre.copy(), found.low.copy(), found.high.copy(), found.local.copy()
    for family in sorted(set(families)):
        here = names == family
        taught = here & ~np.isnan(found.error)
        if taught.sum() < FEWEST_WITH_FACTS or not facts:
            continue
        learned = learn_slope(found.error[taught], facts={name: (context[name][taught], sign) for name, sign in facts})
        if learned is None:
            continue
        moved = here & ~np.isnan(context[learned.fact])
        centre[moved] += learned.slope * (context[learned.fact][moved] - learned.middle)
        low[moved], high[moved] = centre[moved] + min(learned.ends[0], 0.0), centre[moved] + max(learned.ends[1], 0.0)
        local[moved] = learned.fact
    return replace(found, centre=centre, low=low, high=high, local=local)


def learn_slope(error: Floats, *, facts: Mapping[str, tuple[Floats, int]]) -> Slope | None:
    """The local fact that explains most of the errors on cities held out, each city again held out of its own slope.

    Parameters
    ----------
    error
        Observed less guessed logarithms, each city held out of its own guess; shape (n,).
    facts
        Of each fact its values (nan where unknown) and its direction.

    Returns
    -------
    None where no fact lowers the mean error enough, or where the interval would get wider.

    >>> heat = np.linspace(0, 1, 12)
    >>> learn_slope(1 - 2 * heat, facts={"heat": (heat, -1)}).slope < 0
    True
    >>> learn_slope(1 - 2 * heat, facts={"heat": (heat, 1)}) is None
    True
    """
    before = span_errors(error)
    best: Slope | None = None
    for name, (value, sign) in facts.items():
        if before is None or np.isnan(value).any():
            continue
        left = _errors_left(error, value=value, sign=sign)
        ends = span_errors(left)
        if ends is None or _width(ends) > _width(before) or np.abs(left).mean() > LEAST_GAIN * np.abs(error).mean():
            continue
        if best is None or np.abs(left).mean() < np.abs(best.error).mean():
            best = Slope(name, _slope(error, value=value, sign=sign), float(value.mean()), left, ends)
    return best


def _errors_left(error: Floats, *, value: Floats, sign: int) -> Floats:
    left = np.empty(error.size)
    for at in range(error.size):
        others = np.arange(error.size) != at
        slope = _slope(error[others], value=value[others], sign=sign)
        left[at] = error[at] - slope * (value[at] - value[others].mean())
    return left


def _slope(error: Floats, *, value: Floats, sign: int) -> float:
    aside = value - value.mean()
    spread = float((aside**2).sum())
    slope = float((aside * (error - error.mean())).sum()) / (SHRINK * spread) if spread > 0 else 0.0
    return slope if slope * sign > 0 else 0.0


def _width(ends: Ends) -> float:
    return max(ends[1], 0.0) - min(ends[0], 0.0)
