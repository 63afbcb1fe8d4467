"""A study tour and the travel to it, from the tables of one group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from citytandem.science.exchange.tour import Group, Tour, TourProblem, plan_tour
from citytandem.science.exchange.travel import Travel, travel_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from citytandem.findings import Finding


@dataclass(frozen=True)
class Toured:
    """A tour with its title and zone, the travel of its guests (None where none are named), and the tables behind it."""

    title: str
    zone: str
    tour: Tour
    travel: Travel | None
    sites: pl.DataFrame
    stays: pl.DataFrame
    factors: pl.DataFrame

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All that a reader must know."""
        return (*self.tour.findings, *(self.travel.findings if self.travel else ()))


def plan(tables: Mapping[str, pl.DataFrame], *, factors: pl.DataFrame, ways: pl.DataFrame, seed: int) -> Toured:
    """Plan the tour of the tables, and work out the travel of the guests to the place where the first day begins.

    Parameters
    ----------
    tables
        group, sites, openings, stays, days, wishes, legs and guests, as in :mod:`citytandem.tables.tour`.
    factors, ways
        The facts of travel.
    seed
        For the search.
    """
    group = tables["group"].row(0, named=True)
    problem = TourProblem(
        **{name: tables[name] for name in ("sites", "openings", "stays", "days", "legs", "wishes")},
        ways=ways,
        group=Group(group["people"], group["step_free"], group["budget_eur"], group["mode"]),
    )
    tour = plan_tour(problem, seed=seed)
    first = tables["days"].sort("day")["starts_at"][0]
    place = tables["stays"].filter(pl.col("stay") == first).row(0, named=True)
    limit = group["online_from_t"]
    travel = travel_of(
        tables["guests"],
        (place["latitude"], place["longitude"]),
        factors=factors,
        ways=ways,
        online_from_kg=None if limit is None else limit * 1000,
    )
    told = travel if travel.guests else None
    return Toured(group["title"], group["zone"], tour, told, tables["sites"], tables["stays"], factors)
