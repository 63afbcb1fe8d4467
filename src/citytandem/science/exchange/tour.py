"""Which sites a study tour should visit, when, and in which order, so that most of what was wished for is seen?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from citytandem.findings import CannotCompute, Code, Finding, Severity
from citytandem.science.exchange.tour_conflict import find_smallest_conflict
from citytandem.science.exchange.tour_days import find_by_days
from citytandem.science.exchange.tour_legs import lay_ways
from citytandem.science.exchange.tour_model import WHOLE, Material, build, find_route, is_possible
from citytandem.science.exchange.tour_sites import find_chances, read_days
from citytandem.science.exchange.tour_stops import list_stops
from citytandem.science.exchange.tour_terms import Group, Tour, TourProblem
from citytandem.tables.tour import REASONS, Unmet

if TYPE_CHECKING:
    import dataframely as dy

    from citytandem.science.exchange.tour_model import Route

__all__ = ["Group", "Tour", "TourProblem", "plan_tour"]

SEED = 2026
EFFORT = 10.0
"""Work of the search, in units of the solver that do not depend on the machine; about as many seconds on a small one."""


def plan_tour(problem: TourProblem, *, seed: int = SEED, effort: float = EFFORT) -> Tour:
    """Plan the tour that sees most of what was wished for, within the days, the opening hours and the budget.

    A prize-collecting tour with windows over several days: a circuit a day, each site at most once, lunch and rest once
    a day. Up to twenty sites every trip of a day is counted and the choice is exact; beyond, or where the trips are too
    many, a search over circuits takes over, with a bound. Among tours of equal worth the cheaper one is taken if there is
    a budget, then the one with less time on the road.

    Parameters
    ----------
    problem
        Sites, openings, stays, days, legs, wishes, and who travels.
    seed
        The same seed gives the same tour.
    effort
        Where the search over circuits ends without a proof.

    Returns
    -------
    Tour
        With the best value possible (``bound``) beside its own (``worth``).

    Raises
    ------
    CannotCompute
        TOUR_MUSTS_CONFLICT with the smallest set of musts that cannot be kept together, TOUR_MUST_IMPOSSIBLE with the
        reason for one, TOUR_DAYS_IMPOSSIBLE where not even the way between the stays or the nights fit;
        EXTRA_MISSING without the solver.
    """
    material = _gather(problem)
    musts = problem.sites.filter(pl.col("choice").cast(pl.String) == "must")["site"].sort().to_list()
    _check_musts(problem, material=material, musts=musts)
    counted, route = find_by_days(material, musts=musts)
    if not counted:
        route = find_route(build(material), material, musts=musts, effort=effort, seed=seed)
    if route is None:
        raise _explain(problem, material=material, musts=musts, limits=(effort, seed))
    stops = list_stops(route, material=material)
    unmet = _find_unmet(material=material, route=route)
    return Tour(
        stops=stops,
        unmet=unmet,
        worth=route.worth / WHOLE,
        bound=route.bound / WHOLE,
        proof="optimal" if route.proven else "bound only",
        cost_eur=round(float(stops["cost_eur"].sum()) + sum(day.night_cents for day in material.days) / 100, 2),
        km=round(float(stops["leg_km"].sum()), 1),
        findings=tuple(_note(problem, stops=stops, route=route)),
        seed=seed,
    )


def _gather(problem: TourProblem) -> Material:
    days = read_days(problem)
    places = [*problem.sites["site"].to_list(), *problem.stays["stay"].to_list()]
    ways = lay_ways(problem, places=places)
    budget = problem.group.budget_eur
    return Material(
        days=days,
        chances=find_chances(problem, days=days, ways=ways),
        ways=ways,
        minutes=dict(problem.sites.select("site", "minutes").iter_rows()),
        cents={site: round(100 * (cost or 0)) for site, cost in problem.sites.select("site", "cost_eur").iter_rows()},
        topics=dict(problem.sites.select("site", "topics").iter_rows()),
        weights=dict(problem.wishes.select("topic", "weight").iter_rows()),
        limit_cents=None if budget is None else round(100 * budget),
    )


def _check_musts(problem: TourProblem, *, material: Material, musts: list[str]) -> None:
    """A must that cannot be visited by itself needs no search."""
    for site in musts:
        if reason := material.chances.refused.get(site):
            raise CannotCompute(Finding(Code.TOUR_MUST_IMPOSSIBLE, {"site": _names(problem)[site], "unmet": reason}))


def _explain(problem: TourProblem, *, material: Material, musts: list[str], limits: tuple[float, int]) -> CannotCompute:
    effort, seed = limits

    def try_musts(some: object) -> bool:
        return is_possible(build(material), musts=list(some), effort=effort, seed=seed)  # type: ignore[call-overload]

    if not try_musts(()):
        return CannotCompute(Finding(Code.TOUR_DAYS_IMPOSSIBLE, {"days": len(material.days)}))
    conflict = find_smallest_conflict(musts, is_possible=try_musts)
    sites = ", ".join(_names(problem)[site] for site in conflict)
    return CannotCompute(Finding(Code.TOUR_MUSTS_CONFLICT, {"sites": sites, "count": len(conflict)}))


def _find_unmet(*, material: Material, route: Route) -> dy.DataFrame[Unmet]:
    """Wished topics of which no site is on the tour, with what stood in the way of the site that came nearest."""
    seen = {site for day in route.visits for site, _ in day}
    met = {topic for site in seen for topic in material.topics[site]}
    rows = []
    for topic in sorted(set(material.weights) - met):
        sites = [site for site, topics in material.topics.items() if topic in topics]
        reasons = {material.chances.refused.get(site, "no_time") for site in sites} or {"no_site"}
        rows.append({"topic": topic, "site": None, "reason": _find_nearest(reasons)})
    return Unmet.validate(pl.DataFrame(rows, schema=Unmet.create_empty().schema), cast=True)


def _find_nearest(reasons: set[str]) -> str:
    """The reason nearest to a yes: what can still be changed comes before what cannot."""
    return next(reason for reason in reversed(REASONS) if reason in reasons)


def _names(problem: TourProblem) -> dict[str, str]:
    return dict(problem.sites.select("site", "name").iter_rows())


def _note(problem: TourProblem, *, stops: pl.DataFrame, route: Route) -> list[Finding]:
    """What a reader must know: no proof, estimated ways, costs that are not known."""
    found = []
    if not route.proven:
        gap: dict[str, float] = {"worth": route.worth / WHOLE, "bound": route.bound / WHOLE}
        found.append(Finding(Code.TOUR_NOT_PROVEN, gap, severity=Severity.NOTE))
    legs = stops.filter(pl.col("leg_from").is_not_null())
    if estimated := legs.filter("leg_estimated").height:
        found.append(Finding(Code.TOUR_LEGS_ESTIMATED, {"count": estimated, "all": legs.height}, severity=Severity.NOTE))
    seen = problem.sites.filter(pl.col("site").is_in(stops["place"].to_list()))
    if unknown := seen.filter(pl.col("cost_eur").is_null())["name"].to_list():
        found.append(
            Finding(Code.TOUR_COST_UNKNOWN, {"sites": ", ".join(unknown), "count": len(unknown)}, severity=Severity.NOTE)
        )
    return found
