"""How sure is a total? From grades of lines to a 90 % interval, in closed form and by simulation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

Z90 = 1.6448536269514722
"""Half-width of the central 90 % of a normal distribution, in standard deviations."""


def half_width(emissions_t: Any, *, relative: Any, shared: Mapping[int, float] | None = None, group: Any = None) -> float:
    """Half-width of the 90 % interval of a sum of lines, in closed form.

    Each line carries an error of its own, independent of the others, and lines that were made with
    one emission factor carry the error of that factor together. Errors are normal; independent ones
    add as the root of their squares, a shared one as it is.

    Parameters
    ----------
    emissions_t
        One number per line, t CO2e / year; shape (n,).
    relative
        Relative 90 % half-width of each line's own error, 0.1 for ±10 %; shape (n,).
    shared
        Relative 90 % half-width of each shared factor by the number of its group.
    group
        Number of the group each line belongs to, -1 for none; shape (n,).

    Returns
    -------
    Half-width in t CO2e / year.

    References
    ----------
    IPCC 2006 Guidelines, volume 1, chapter 3, approach 1 (error propagation).

    >>> half_width([30.0, 40.0], relative=[0.1, 0.1])
    5.0
    >>> half_width([30.0, 40.0], relative=[0.0, 0.0], shared={0: 0.1}, group=[0, 0])
    7.0
    """
    lines = np.asarray(emissions_t, float)
    own = np.asarray(relative, float) * lines
    squares = float(own @ own)
    if shared:
        groups = np.asarray(group)
        squares += sum((lines[groups == number].sum() * width) ** 2 for number, width in shared.items())
    return float(np.sqrt(squares))


def simulate(
    emissions_t: Any,
    *,
    relative: Any,
    seed: int,
    shared: Mapping[int, float] | None = None,
    group: Any = None,
    draws: int = 1000,
) -> tuple[float, float]:
    """The 90 % interval of a sum of lines by simulation: the referee of :func:`half_width`.

    Parameters
    ----------
    emissions_t, relative, shared, group
        As in :func:`half_width`.
    seed
        Seed of the random numbers; the same seed gives the same interval.
    draws
        Number of simulated sums.

    Returns
    -------
    Lower and upper end in t CO2e / year: the 5 % and 95 % quantiles of the simulated sums.

    >>> low, high = simulate([100.0], relative=[0.1], seed=1, draws=20_000)
    >>> abs(low - 90) < 0.5, abs(high - 110) < 0.5
    (True, True)
    """
    random = np.random.default_rng(seed)
    lines = np.asarray(emissions_t, float)
    spread = np.asarray(relative, float) * lines / Z90
    sums = lines.sum() + random.standard_normal((draws, lines.size)) @ spread
    for number, width in (shared or {}).items():
        together = lines[np.asarray(group) == number].sum()
        sums += random.standard_normal(draws) * together * width / Z90
    low, high = np.quantile(sums, (0.05, 0.95))
    return float(low), float(high)
