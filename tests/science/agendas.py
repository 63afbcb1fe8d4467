"""Invented agendas: small enough to read, or drawn at random."""

import datetime as dt

import polars as pl

from citytandem.science.exchange.agenda import AgendaProblem, AgendaSettings
from citytandem.tables import agenda as tables

MORNING = dt.datetime(2027, 5, 3, 7, 0, tzinfo=dt.UTC)


def frame(schema, rows=()):
    empty = schema.create_empty()
    wide = [tuple(row) + (None,) * (len(empty.columns) - len(row)) for row in rows]
    return schema.validate(pl.DataFrame(wide, schema=empty.schema, orient="row"))


def session(name, *, kind="talk", slots=1, seats=None, languages=(), into=(), needs=(), **more):
    row = {
        "session": name, "title": f"Session {name}", "kind": kind, "topic": None, "slots": slots, "seats": seats,
        "languages": list(languages), "interpreted_into": list(into), "needs": list(needs), "accessible": None,
        "parallel_group": None, "fixed_slot": None, "fixed_room": None, "place": None, "travel_min": None,
    }  # fmt: skip
    return tuple((row | more).values())


def room(name, *, seats=10, accessible=True, equipment=()):
    return name, None, seats, accessible, list(equipment), None


def slots(*, days=1, per_day=3, lunch=()):
    return [
        (f"d{day}s{number}", (start := MORNING + dt.timedelta(days=day, hours=number)).date(), start,
         start + dt.timedelta(minutes=50), "Europe/Berlin", number in lunch)
        for day in range(days) for number in range(per_day)
    ]  # fmt: skip


def person(name, *, languages=(), access=()):
    return name, None, list(languages), list(access)


def problem(
    sessions, *, rooms=None, times=None, speakers=(), people=(), wishes=(), absences=(), meetings=(),
    interpreters=(), **settings,
):  # fmt: skip
    return AgendaProblem(
        sessions=frame(tables.Session, sessions),
        rooms=frame(tables.Room, [room("r")] if rooms is None else rooms),
        slots=frame(tables.Slot, slots() if times is None else times),
        speakers=frame(tables.Speaker, speakers),
        people=frame(tables.Person, people),
        wishes=frame(tables.Wish, wishes),
        absences=frame(tables.Absence, absences),
        meetings=frame(tables.Meeting, meetings),
        interpreters=frame(tables.Interpreter, interpreters),
        settings=AgendaSettings(**settings),
    )


def draw(seed, *, sessions=4, people=4, wishes=3, rooms=2, per_day=3, seats=2, lunch=(), meetings=0, tables=0, trips=0):
    """A small agenda drawn at random, with speakers, absences, languages and access needs."""
    import random

    chance = random.Random(seed)  # noqa: S311 - no secret
    names = [f"s{number}" for number in range(sessions)]
    guests = [f"p{number}" for number in range(people)]
    made = [session(name, slots=chance.choice((1, 1, 2)), languages=chance.choice(((), ("en",), ("de",)))) for name in names]
    made += [
        session(f"x{number}", kind="excursion", slots=1, seats=2, accessible=number % 2 == 0, travel_min=30)
        for number in range(trips)
    ]
    every = [*names, *(f"x{number}" for number in range(trips))]
    return problem(
        made,
        rooms=[room(f"r{number}", seats=seats + number, accessible=number > 0) for number in range(rooms)],
        times=slots(days=1, per_day=per_day, lunch=lunch),
        speakers=[(name, chance.choice(guests)) for name in names if chance.random() < 0.4],
        people=[
            person(guest, languages=chance.choice(((), ("en",), ("en", "de"))), access=chance.choice(((), (), ("rest",))))
            for guest in guests
        ],
        wishes=[
            (guest, name, turn)
            for guest in guests
            for turn, name in enumerate(chance.sample(every, min(wishes, len(every))), start=1)
        ],
        absences=sorted({("person", chance.choice(guests), f"d0s{chance.randrange(per_day)}") for _ in range(people // 3)}),
        meetings=sorted({(*sorted(chance.sample(guests, 2)), round(chance.random(), 1)) for _ in range(meetings)})[:1]
        if meetings
        else (),
        tables=tables,
    )
