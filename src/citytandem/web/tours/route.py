"""A computed tour as people read it: each day with its stops, the ways between them, hours, costs, and how sure each is."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from citytandem.web.tours.storing import read_rows

if TYPE_CHECKING:
    from citytandem.web.tours.models import TourPlan


@dataclass(frozen=True, kw_only=True)
class Stop:
    """One thing the group does. ``number`` counts the visits of the day; ``site`` and ``hours`` are rows of the problem."""

    kind: str
    key: str
    name: str
    begins: dt.datetime
    ends: dt.datetime
    point: tuple[float, float]
    number: int | None = None
    leg_minutes: int = 0
    leg_km: float | None = None
    leg_mode: str | None = None
    leg_estimated: bool = False
    has_way: bool = False
    site: dict[str, Any] | None = None
    hours: dict[str, Any] | None = None


@dataclass(frozen=True, kw_only=True)
class DayRoute:
    """One day: where it begins, its stops in order, and the other sites and stays of the tour."""

    date: dt.date
    start: str
    start_point: tuple[float, float]
    stops: tuple[Stop, ...]

    @property
    def visits(self) -> tuple[Stop, ...]:
        """The sites of the day."""
        return tuple(one for one in self.stops if one.kind == "visit")

    @property
    def km(self) -> float:
        """Length of the ways of the day, as far as it is known."""
        return sum(one.leg_km or 0 for one in self.stops)

    @property
    def minutes(self) -> int:
        """Minutes on the road."""
        return sum(one.leg_minutes for one in self.stops)


@dataclass(frozen=True, kw_only=True)
class Costs:
    """What the tour costs one person as far as it is known, and for how much of it nothing is known."""

    eur: float
    nights_eur: float
    sites_unknown: int
    ways_unknown: int
    nights_unknown: int


def name_places(plan: TourPlan) -> dict[str, str]:
    """The name each site and stay had when the tour was computed."""
    sites, stays = plan.problem["sites"], plan.problem["stays"]
    return {one["site"]: one["name"] for one in sites} | {one["stay"]: one["name"] for one in stays}


def locate_places(plan: TourPlan) -> dict[str, tuple[float, float]]:
    """Latitude and longitude of each."""
    rows = [(one["site"], one) for one in plan.problem["sites"]] + [(one["stay"], one) for one in plan.problem["stays"]]
    return {key: (one["latitude"], one["longitude"]) for key, one in rows}


def lay_route(plan: TourPlan) -> list[DayRoute]:
    """The days of a tour in order."""
    names, points = name_places(plan), locate_places(plan)
    sites = {one["site"]: one for one in plan.problem["sites"]}
    hours = read_rows("openings", plan.problem["openings"])
    rows = read_rows("stops", plan.result["stops"])
    found = []
    for day in sorted(read_rows("days", plan.problem["days"]), key=lambda one: one["day"]):
        stops, number = [], 0
        for row in (one for one in rows if one["day"] == day["day"]):
            is_visit = row["kind"] == "visit"
            number += is_visit
            stops.append(
                Stop(
                    kind=row["kind"], key=row["place"], name=names[row["place"]], begins=row["begins"], ends=row["ends"],
                    point=points[row["place"]], number=number if is_visit else None, leg_minutes=row["leg_minutes"],
                    leg_km=row["leg_km"], leg_mode=row["leg_mode"], leg_estimated=row["leg_estimated"],
                    has_way=row["leg_from"] is not None, site=sites[row["place"]] if is_visit else None,
                    hours=_find_hours(row, hours=hours) if is_visit else None,
                )
            )  # fmt: skip
        start = day["starts_at"]
        found.append(DayRoute(date=day["day"], start=names[start], start_point=points[start], stops=tuple(stops)))
    return found


def _find_hours(row: dict[str, Any], *, hours: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The opening in which a visit lies."""
    begins, ends = row["begins"].time(), row["ends"].time()
    mine = (one for one in hours if one["site"] == row["place"] and one["day"] == row["day"])
    return next((one for one in mine if one["opens"] <= begins and ends <= one["closes"]), None)


def add_costs(plan: TourPlan, *, days: list[DayRoute]) -> Costs:
    """The sum that is known, and what is not in it because nobody has said."""
    nights = [one["night_eur"] for one in plan.problem["days"]]
    given = {(one["start"], one["end"]): one["cost_eur"] for one in plan.problem["legs"]}
    priced = {*given, *((end, start) for start, end in given)} if given else set()
    known = {ends for ends in priced if given.get(ends, given.get(ends[::-1])) is not None}
    ways = [(one["leg_from"], one["place"]) for one in plan.result["stops"] if one["leg_from"] is not None]
    return Costs(
        eur=plan.result["cost_eur"],
        nights_eur=sum(one or 0 for one in nights),
        sites_unknown=sum(stop.site["cost_eur"] is None for day in days for stop in day.visits if stop.site),
        ways_unknown=sum(ends not in known for ends in ways),
        nights_unknown=sum(one is None for one in nights),
    )
