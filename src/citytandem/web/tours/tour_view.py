"""A tour as its pages show it: its size and how good it is in words, its days with their maps, costs, what stays open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citytandem.web.agendas.showing import tell_zone_of
from citytandem.web.shell.language import current_speech
from citytandem.web.tours import solving
from citytandem.web.tours.drawing import Words, draw_day, frame_points
from citytandem.web.tours.queries import published_tour
from citytandem.web.tours.route import add_costs, lay_route, locate_places, name_places

if TYPE_CHECKING:
    from citytandem.web.tours.models import TourPlan
    from citytandem.web.tours.route import DayRoute


def describe_tour(plan: TourPlan) -> dict[str, Any]:
    """Everything the pages of a computed tour show; what only the team may see is left to their template."""
    days = lay_route(plan)
    names = name_places(plan)
    return {
        "plan": plan,
        "zone": tell_zone_of(plan.event),
        "answer": tell_size(plan, days=days),
        "proof": tell_proof(plan),
        "days": [{"route": day, "map": draw(plan, day, days=days), "told": tell_map(day)} for day in days],
        "costs": add_costs(plan, days=days),
        "estimated": sum(stop.leg_km or 0 for day in days for stop in day.stops if stop.leg_estimated),
        "km": plan.result["km"],
        "unmet": plan.result["unmet"],
        "left": [{"name": names[one["site"]], "reason": one["reason"]} for one in plan.result["left"]],
        "findings": solving.findings_of(plan),
        "wishes": plan.problem["wishes"],
        "edition": published_tour(plan.event),
    }


def draw(plan: TourPlan, day: DayRoute, *, days: list[DayRoute]) -> str:
    """The map of a day, as near as its places allow; sites of other days that lie in it are dots."""
    points, mine = locate_places(plan), {one.key for one in day.stops}
    elsewhere = {stop.key for each in days for stop in each.visits} - mine
    frame = frame_points([*(points[key] for key in mine), day.start_point])
    words = Words(*(current_speech().label(f"web.tour.map.{name}") for name in ("start", "end", "both")))
    return draw_day(day, others=[points[key] for key in sorted(elsewhere)], frame=frame, words=words)


def tell_size(plan: TourPlan, *, days: list[DayRoute]) -> str:
    """How many days, sites and km, and what it costs as far as known."""
    speech = current_speech()
    return speech.sentence(
        "web.tour.answer",
        days=len(days),
        visits=sum(len(day.visits) for day in days),
        sites=len(plan.problem["sites"]),
        km=speech.number(plan.result["km"], digits=0),
        cost=speech.number(plan.result["cost_eur"], digits=0),
    )


def tell_proof(plan: TourPlan) -> str:
    """Is it shown that no tour is better? Else how much better one could be."""
    speech = current_speech()
    told = {"worth": speech.number(plan.worth, digits=1), "bound": speech.number(plan.bound, digits=1)}
    return speech.sentence("web.tour.proof.optimal" if plan.proof == "optimal" else "web.tour.proof.bound", **told)


def tell_map(day: DayRoute) -> str:
    """What the map shows, for people who do not see it."""
    speech = current_speech()
    visits = speech.join([stop.name for stop in day.visits])
    if not visits:
        return speech.sentence("web.tour.map.none", start=day.start)
    return speech.sentence("web.tour.map.told", start=day.start, visits=visits)
