"""How sure is a total? From grades of lines to a 90 % interval, in closed form and by simulation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import polars as pl

Z90 = 1.6448536269514722
"""Half-width of the central 90 % of a normal distribution, in standard deviations."""

PROFILE_2026 = "bisko_gpc_2026"
"""Named profile of qualities: widths of grades and of shared factors."""
MIXED_CARRIERS = ("all", "other")
"""Carriers of lines that may hold electricity without showing it."""

WHOLE_VIEW = 0.95
"""Another view bounds the electricity of a balance where it holds this share of what is compared, or more. [P]"""


@dataclass(frozen=True, slots=True)
class SharedErrors:
    """Errors of emission factors that all lines priced with them have together.

    Parameters
    ----------
    electricity
        Relative 90 % half-width of a grid factor; shared by all cities that use the same one.
    heat
        Relative 90 % half-width of the factor of a heat network; shared by the lines of one city.
    share
        By sector which share of a line of all carriers can be electricity, at least and at most; sectors without a row hold none.
    """

    electricity: float = 0.0
    heat: float = 0.0
    share: Mapping[str, tuple[float, float]] = field(default_factory=dict)

    def electric_share(self, *, sector: str, carrier: str, scope: str) -> tuple[float, float]:
        """The share of a line that is electricity of a grid, at least and at most.

        A line of electricity is all of it. A line of all carriers has bounds: nothing where it is scope 1 alone, which grids are
        never in, and up to all of it where it is scope 2 alone.

        >>> shared = SharedErrors(share={"households": (0.1, 0.8)})
        >>> shared.electric_share(sector="households", carrier="all", scope="1+2")
        (0.1, 0.8)
        >>> shared.electric_share(sector="households", carrier="electricity", scope="2")
        (1.0, 1.0)
        >>> shared.electric_share(sector="households", carrier="all", scope="1")
        (0.0, 0.0)
        """
        if carrier == "electricity":
            return 1.0, 1.0
        if carrier not in MIXED_CARRIERS or scope == "1" or sector not in self.share:
            return 0.0, 0.0
        low, high = self.share[sector]
        return low, 1.0 if scope == "2" else high


NOTHING_SHARED = SharedErrors()


def read_shared_errors(
    shared_error: pl.DataFrame, electricity_share: pl.DataFrame, *, profile: str = PROFILE_2026
) -> SharedErrors:
    """The shared errors of a named profile.

    Parameters
    ----------
    shared_error, electricity_share
        Facts of the same names.
    profile
        Name of the profile of qualities.
    """
    rows = [row for row in shared_error.to_dicts() if row["profile"] == profile]
    width = {str(row["carrier"]): float(row["half_width"]) for row in rows}
    share = {str(row["sector"]): (float(row["share_low"]), float(row["share_high"])) for row in electricity_share.to_dicts()}
    return SharedErrors(electricity=width.get("electricity", 0.0), heat=width.get("district_heat", 0.0), share=share)


@dataclass(frozen=True, slots=True)
class LineErrors:
    """How sure the lines of one balance are.

    Parameters
    ----------
    width
        Relative 90 % half-width by grade, with ``none`` for ungraded lines and ``top_down``.
    shared
        Errors of factors that lines have together.
    top_down
        Is the balance allocated from larger totals?
    """

    width: Mapping[str, float]
    shared: SharedErrors = NOTHING_SHARED
    top_down: bool = False

    def relative(self, grade: str | None) -> float:
        """Relative half-width of a line's own error."""
        return self.width["top_down" if self.top_down else grade or "none"]


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
