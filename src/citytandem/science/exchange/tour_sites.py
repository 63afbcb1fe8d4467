"""Which sites can be visited at all by this group, when, and why not the others?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import datetime as dt

    from citytandem.science.exchange.tour_legs import Way
    from citytandem.science.exchange.tour_terms import TourProblem

Window = tuple[int, int]
"""Earliest and latest begin of a visit, in minutes after midnight."""


@dataclass(frozen=True, slots=True)
class Day:
    """One day in minutes after midnight."""

    date: dt.date
    starts: int
    ends: int
    starts_at: str
    ends_at: str
    rest: tuple[int, int, int] | None
    night_cents: int


@dataclass(frozen=True)
class Chances:
    """When each site can be begun, by number of the day; and why the others cannot be visited."""

    windows: Mapping[str, Mapping[int, tuple[Window, ...]]]
    refused: Mapping[str, str]


def read_days(problem: TourProblem) -> list[Day]:
    """The days in the order of the calendar."""
    return [_read_day(row) for row in problem.days.sort("day").to_dicts()]


def _read_day(row: dict[str, Any]) -> Day:
    rest = (to_minutes(row["rest_from"]), to_minutes(row["rest_to"]), row["rest_minutes"]) if row["rest_minutes"] else None
    return Day(
        row["day"],
        to_minutes(row["starts"]),
        to_minutes(row["ends"]),
        row["starts_at"],
        row["ends_at"],
        rest,
        round(100 * (row["night_eur"] or 0)),
    )


def to_minutes(time: dt.time) -> int:
    """Minutes after midnight; seconds are dropped."""
    return time.hour * 60 + time.minute


def find_chances(problem: TourProblem, *, days: list[Day], ways: Mapping[tuple[str, str], Way]) -> Chances:
    """Go through the reasons that speak against a site, one after the other; what is left can be visited."""
    windows: dict[str, dict[int, tuple[Window, ...]]] = {}
    refused: dict[str, str] = {}
    opening: dict[tuple[str, dt.date], list[tuple[int, int]]] = {}
    for row in problem.openings.to_dicts():
        opening.setdefault((row["site"], row["day"]), []).append((to_minutes(row["opens"]), to_minutes(row["closes"])))
    for site in problem.sites.sort("site").to_dicts():
        key, minutes = site["site"], site["minutes"]
        if reason := _refuse(site, problem=problem):
            refused[key] = reason
            continue
        is_open = {n: _fit(opening.get((key, day.date), []), minutes=minutes) for n, day in enumerate(days)}
        if not any(is_open.values()):
            refused[key] = "not_open"
            continue
        reached = {n: _reach(begins, day=days[n], minutes=minutes, site=key, ways=ways) for n, begins in is_open.items()}
        windows[key] = {n: begins for n, begins in reached.items() if begins}
        if not windows[key]:
            del windows[key]
            refused[key] = "too_far"
    return Chances(windows, refused)


def _refuse(site: dict[str, Any], *, problem: TourProblem) -> str | None:
    group = problem.group
    if site["choice"] == "leave_out":
        return "left_out"
    if group.step_free and not site["accessible"]:
        return "not_accessible" if site["accessible"] is False else "access_unknown"
    if site["group_limit"] is not None and site["group_limit"] < group.people:
        return "group_too_large"
    if group.budget_eur is not None and (site["cost_eur"] or 0) > group.budget_eur:
        return "over_budget"
    return None


def _fit(opening: list[tuple[int, int]], *, minutes: int) -> tuple[Window, ...]:
    return tuple(sorted((opens, closes - minutes) for opens, closes in opening if closes - opens >= minutes))


def _reach(
    begins: tuple[Window, ...], *, day: Day, minutes: int, site: str, ways: Mapping[tuple[str, str], Way]
) -> tuple[Window, ...]:
    """What is left of the windows if the group goes straight there from where the day begins, and back straight."""
    early = day.starts + ways[day.starts_at, site].minutes
    late = day.ends - ways[site, day.ends_at].minutes - minutes
    cut = ((max(first, early), min(last, late)) for first, last in begins)
    return tuple((first, last) for first, last in cut if first <= last)
