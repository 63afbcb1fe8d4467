"""The fair optimum of a conference: ours beside the package conference-scheduler; and how near the best a large agenda comes."""

from __future__ import annotations

import datetime as dt
import random
import warnings

import polars as pl

from benchmarks.race import OURS, Contest
from citytandem.science.exchange.agenda import AgendaProblem
from citytandem.science.exchange.agenda_fair import place_sessions_fairly
from citytandem.tables import agenda as tables

SEATS = (200, 120, 80, 40, 20)


def frame(schema, rows):
    return schema.validate(pl.DataFrame(rows, schema=schema.create_empty().schema, orient="row"))


def slots(days: int, per_day: int, *, lunch=()):
    first = dt.datetime(2027, 5, 3, 7, 0, tzinfo=dt.UTC)
    starts = [(d, n, first + dt.timedelta(days=d, minutes=75 * n)) for d in range(days) for n in range(per_day)]
    return [(f"d{d}s{n:02}", at.date(), at, at + dt.timedelta(minutes=60), "Europe/Berlin", n in lunch) for d, n, at in starts]


def session(name, *, kind="talk", slots=1, seats=None, languages=("en",), into=(), accessible=None, group=None, travel=None):
    return name, name, kind, None, slots, seats, list(languages), list(into), [], accessible, group, None, None, None, travel


def generate(sessions: int, *, times: int = 13, seed: int = 20261122):
    """Sessions with guests expected, half of the speakers with two sessions, tracks of four, 15 % of times impossible."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    guests = {f"s{n:02}": min(180, max(1, int(chance.lognormvariate(3.2, 0.8)))) for n in range(sessions)}
    names = sorted(guests)
    speakers = [(name, f"p{n % (sessions * 2 // 3):02}") for n, name in enumerate(names)]
    lines = slots(1, times)
    absences = sorted(
        {("person", person, line[0]) for person in sorted({p for _, p in speakers}) for line in lines if chance.random() < 0.15}
    )
    problem = AgendaProblem(
        sessions=frame(tables.Session, [session(name, group=f"t{n % max(4, sessions // 4)}") for n, name in enumerate(names)]),
        rooms=frame(tables.Room, [(f"r{n}", None, size, True, [], None) for n, size in enumerate(SEATS)]),
        slots=frame(tables.Slot, lines),
        speakers=frame(tables.Speaker, speakers),
        people=tables.Person.create_empty(),
        wishes=tables.Wish.create_empty(),
        absences=frame(tables.Absence, absences),
        meetings=tables.Meeting.create_empty(),
        interpreters=tables.Interpreter.create_empty(),
    )
    return problem, guests


def by_peer(problem: AgendaProblem, guests: dict[str, int]) -> int:
    """The largest overflow of the schedule of conference-scheduler for its equity goal."""
    from conference_scheduler import scheduler
    from conference_scheduler.lp_problem import objective_functions
    from conference_scheduler.resources import Event, Slot

    times = problem.slots.sort("starts").get_column("starts").to_list()
    keys = problem.slots.sort("starts").get_column("slot").to_list()
    rooms = problem.rooms.select("room", "seats").rows()
    places = [
        Slot(venue=room, starts_at=at, duration=60, capacity=seats, session=key)
        for at, key in zip(times, keys, strict=True)
        for room, seats in rooms
    ]
    names = problem.sessions.get_column("session").to_list()
    host = dict(problem.speakers.iter_rows())
    group = dict(problem.sessions.select("session", "parallel_group").iter_rows())
    gone = {(who, slot) for _, who, slot in problem.absences.iter_rows()}
    events = {name: Event(name=name, duration=60, demand=guests[name]) for name in names}
    for name, event in events.items():
        event.add_unavailability(*(place for place in places if (host[name], place.session) in gone))
    # the package hashes an event with all it cannot be beside, so clashes are given as one-sided pairs
    rivals = {
        name: [other for other in names if other > name and (host[other] == host[name] or group[other] == group[name])]
        for name in names
    }
    for name in reversed(names):
        events[name].add_unavailability(*(events[other] for other in rivals[name]))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of libraries the package was not written for
        plan = _schedule(scheduler, events=events, places=places, goal=objective_functions.equity_capacity_demand_difference)
    if not plan:
        raise AssertionError("conference-scheduler found no schedule")
    return max(item.event.demand - item.slot.capacity for item in plan)


def _schedule(scheduler, *, events, places, goal):
    from pulp import PULP_CBC_CMD

    return scheduler.schedule(list(events.values()), places, objective_function=goal, solver=PULP_CBC_CMD(msg=False))


def agree(ours, theirs, name):
    # the package bounds its goal by minus the seats of the smallest room, so below that it stops looking
    floor = -min(SEATS)
    assert max(ours, floor) == max(theirs, floor), f"{name}: {theirs} instead of {ours}"


def contests(scale: float) -> list[Contest]:
    sessions, times = max(8, int(60 * scale)), max(5, round(13 * scale))
    problem, guests = generate(sessions, times=times)
    return [
        Contest(
            "Fair optimum of a conference",
            f"{sessions} sessions x 5 rooms x {times} times",
            {
                OURS: lambda: place_sessions_fairly(problem, expected=guests).overflow,
                "conference-scheduler 3.0.1 (PuLP, CBC)": lambda: by_peer(problem, guests),
            },
            agree,
            "the largest overflow of guests over seats, proven by both",
            {"conference-scheduler 3.0.1 (PuLP, CBC)": 200.0},
        )
    ]
