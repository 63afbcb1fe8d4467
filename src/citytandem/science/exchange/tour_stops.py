"""The stops of a solved tour as a table: visits, lunch and rest, and the place where each day ends."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.tables.tour import Stop

if TYPE_CHECKING:
    import dataframely as dy

    from citytandem.science.exchange.tour_model import Material, Route
    from citytandem.science.exchange.tour_sites import Day


def list_stops(route: Route, *, material: Material) -> dy.DataFrame[Stop]:
    """One row per thing the group does, in time order."""
    rows = [row for number, day in enumerate(material.days) for row in _list_day(number, day=day, route=route, material=material)]
    return Stop.validate(pl.DataFrame(rows, schema=Stop.create_empty().schema), cast=True)


def _list_day(number: int, *, day: Day, route: Route, material: Material) -> list[dict[str, Any]]:
    """What happens at which place from when until when, then the ways between."""
    things = [(begins, begins + material.minutes[site], "visit", site) for site, begins in route.visits[number]]
    things.append((route.ends[number], route.ends[number], "end", day.ends_at))
    if (rest := route.rests[number]) and day.rest:
        things.append((rest[1], rest[1] + day.rest[2], "rest", rest[0]))
    rows, here = [], day.starts_at
    for order, (begins, ends, kind, place) in enumerate(sorted(things), start=1):
        way = material.ways[here, place] if place != here else None
        rows.append(
            {
                "day": day.date,
                "order": order,
                "kind": kind,
                "place": place,
                "begins": _at(day, begins),
                "ends": _at(day, ends),
                "leg_from": here if way else None,
                "leg_minutes": way.minutes if way else 0,
                "leg_km": way.km if way else None,
                "leg_mode": way.mode if way else None,
                "leg_estimated": bool(way and way.estimated),
                "cost_eur": (material.cents[place] / 100 if kind == "visit" else 0) + ((way.cost_eur or 0) if way else 0),
            }
        )
        here = place
    return rows


def _at(day: Day, minutes: int) -> dt.datetime:
    return dt.datetime.combine(day.date, dt.time()) + dt.timedelta(minutes=minutes)
