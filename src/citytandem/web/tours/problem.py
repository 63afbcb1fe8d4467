"""What is to be solved? The set-up of an event as the tables of the tour's solver, and as they are kept with each tour."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from citytandem.science.exchange.tour import Group, TourProblem
from citytandem.web.tours import queries
from citytandem.web.tours.storing import PROBLEM, as_rows, make_frame

if TYPE_CHECKING:
    import polars as pl

    from citytandem.web.events.models import Event
    from citytandem.web.tours.models import Day, Opening

SITE = ("name", "latitude", "longitude", "topics", "minutes", "accessible", "group_limit", "cost_eur", "choice", "mark", "source")
STAY = ("name", "latitude", "longitude", "source")
DAY = ("day", "starts", "ends", "rest_from", "rest_to", "rest_minutes", "night_eur")
LEG = ("start", "end", "minutes", "km", "mode", "cost_eur", "source")


def write_tables(event: Event) -> dict[str, pl.DataFrame]:
    """Everything that is set up, as the tables files of a tour hold; hours of a weekday stand on each such day of the tour."""
    days = list(event.tour_days.select_related("starts_at", "ends_at"))
    rows: dict[str, list[dict[str, Any]]] = {
        "sites": [{"site": one.key, **_take(one, SITE)} for one in event.tour_sites.all()],
        "openings": [row for one in queries.openings_of(event) for row in _lay_opening(one, days=days)],
        "stays": [{"stay": one.key, **_take(one, STAY)} for one in event.tour_stays.all()],
        "days": [{**_take(one, DAY), "starts_at": one.starts_at.key, "ends_at": one.ends_at.key} for one in days],
        "legs": [_take(one, LEG) for one in event.tour_legs.all()],
        "wishes": [_take(one, ("topic", "weight")) for one in event.tour_wishes.all()],
    }
    return {name: make_frame(name, some) for name, some in rows.items()}


def write_problem(event: Event) -> dict[str, Any]:
    """The problem as plain values, with the facts of travel it is solved with."""
    from citytandem.sources.facts import load_facts  # slow import

    party = queries.party_of(event)
    group = Group(party.people, party.step_free, party.budget_eur, party.mode)
    tables = {**write_tables(event), "ways": load_facts().travel_way}
    return {**{name: as_rows(tables[name]) for name in PROBLEM}, "group": dataclasses.asdict(group)}


def read_problem(told: dict[str, Any]) -> TourProblem:
    """A problem as it was given to the solver."""
    frames = {name: make_frame(name, told.get(name, [])) for name in PROBLEM}
    return TourProblem(**frames, group=Group(**told["group"]))


def _take(one: object, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(one, name) for name in names}


def _lay_opening(one: Opening, *, days: list[Day]) -> list[dict[str, Any]]:
    on = [one.day] if one.day else [each.day for each in days if each.day.weekday() == one.weekday]
    return [{"site": one.site.key, "day": day, **_take(one, ("opens", "closes", "mark", "source"))} for day in on]
