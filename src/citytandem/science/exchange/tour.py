"""Which sites a study tour should visit, when, and in which order, so that most of what was wished for is seen?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import dataframely as dy
    import polars as pl

    from citytandem.findings import Finding
    from citytandem.tables.tour import Stop, Unmet

SEED = 2026


@dataclass(frozen=True)
class Group:
    """Who travels together, and what they can spend.

    Parameters
    ----------
    people
        How many come along; sites with a smaller limit are left out.
    step_free
        Does anyone need every visit without a step? Sites of which this is not known are then left out, with the reason.
    budget_eur
        Per person for visits, ways and nights; None for no limit.
    mode
        How the group goes where no leg is given: a mode of the travel facts.
    """

    people: int = 1
    step_free: bool = False
    budget_eur: float | None = None
    mode: str = "coach"


@dataclass(frozen=True)
class TourProblem:
    """All a tour is made from, as the tables of :mod:`citytandem.tables.tour`; ``ways`` are the facts for estimated legs."""

    sites: pl.DataFrame
    openings: pl.DataFrame
    stays: pl.DataFrame
    days: pl.DataFrame
    legs: pl.DataFrame
    wishes: pl.DataFrame
    ways: pl.DataFrame
    group: Group = Group()


@dataclass(frozen=True)
class Tour:
    """A tour: its stops in time order, what it is worth, how good it is at most, and which wishes stay open and why.

    ``proof`` is ``optimal`` when no tour can be worth more than this one, and ``bound only`` when the search ended
    before: then ``bound`` says what is possible at most.
    """

    stops: dy.DataFrame[Stop]
    unmet: dy.DataFrame[Unmet]
    worth: float
    bound: float
    proof: str
    cost_eur: float
    km: float
    findings: tuple[Finding, ...]
    seed: int


def plan_tour(problem: TourProblem, *, seed: int = SEED, effort: float = 20.0) -> Tour:
    """Plan the tour that sees most of what was wished for, within the days, the opening hours and the budget.

    Raises
    ------
    CannotCompute
        TOUR_MUSTS_CONFLICT with the smallest set of musts that cannot be kept together; EXTRA_MISSING without the solver.
    """
    from citytandem.science.exchange.tour_model import solve  # slow import

    return solve(problem, seed=seed, effort=effort)
