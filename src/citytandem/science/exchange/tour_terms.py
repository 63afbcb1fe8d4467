"""What a study tour is made from and what comes out, as every part of the solver takes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    import dataframely as dy

    from citytandem.findings import Finding
    from citytandem.tables.tour import Stop, Unmet


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
    before: then ``bound`` says what is possible at most. A topic of weight 10 is worth 10 with its first site, 5 more
    with the second, and so on.
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
