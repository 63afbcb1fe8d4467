"""Which tour comes out of a problem that was kept, and what stays open?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.web.balances.result import as_finding
from citytandem.web.tours.problem import read_problem
from citytandem.web.tours.storing import as_rows

if TYPE_CHECKING:
    from citytandem.findings import CannotCompute, Finding
    from citytandem.science.exchange.tour import Tour, TourProblem
    from citytandem.web.tours.models import TourPlan


def compute_tour(plan: TourPlan) -> tuple[Tour, list[dict[str, Any]]]:
    """The tour of a plan, and each site that is not on it with its reason.

    Raises
    ------
    CannotCompute
        Where the musts, or the days themselves, cannot be; with the smallest set of musts in conflict.
    """
    from citytandem.science.exchange.tour import plan_tour  # slow import

    problem = read_problem(plan.problem)
    tour = plan_tour(problem, seed=plan.seed)
    return tour, find_left_out(problem, stops=tour.stops)


def keep_tour(plan: TourPlan, tour: Tour, *, left: list[dict[str, Any]]) -> None:
    """Write what came out into the row of the plan; saving is the caller's."""
    plan.result = {
        "stops": as_rows(tour.stops), "unmet": as_rows(tour.unmet), "left": left, "cost_eur": tour.cost_eur, "km": tour.km,
    }  # fmt: skip
    plan.findings = [one.as_dict() for one in tour.findings]
    plan.worth, plan.bound, plan.proof = tour.worth, tour.bound, tour.proof


def keep_refusal(plan: TourPlan, refusal: CannotCompute) -> None:
    """Write down why there is no tour."""
    plan.findings = [one.as_dict() for one in (refusal.finding, *refusal.because)]


def findings_of(plan: TourPlan) -> list[Finding]:
    """What was found while a tour was computed."""
    return [as_finding(one) for one in plan.findings]


def find_left_out(problem: TourProblem, *, stops: pl.DataFrame) -> list[dict[str, Any]]:
    """Every site that is not on the tour, and why: what stood against it, that nobody wished for it, or time and money."""
    from citytandem.science.exchange.tour_legs import lay_ways  # slow import
    from citytandem.science.exchange.tour_sites import find_chances, read_days  # slow import

    places = [*problem.sites["site"].to_list(), *problem.stays["stay"].to_list()]
    chances = find_chances(problem, days=read_days(problem), ways=lay_ways(problem, places=places))
    visited = set(stops.filter(pl.col("kind").cast(pl.String) == "visit")["place"].to_list())
    wished = set(problem.wishes["topic"].to_list())
    otherwise = "no_time" if problem.group.budget_eur is None else "no_time_or_money"
    left = [row for row in problem.sites.sort("name").to_dicts() if row["site"] not in visited]
    return [
        {
            "site": row["site"],
            "reason": chances.refused.get(row["site"]) or (otherwise if wished & set(row["topics"]) else "not_wished"),
        }
        for row in left
    ]
