"""What the agenda of an event is made of, and what one computed plan holds."""

import dataframely as dy
import polars as pl

from citytandem.tables import _base as base

SESSION_KINDS = ("talk", "workshop", "dialogue", "plenary", "excursion", "meeting", "break")
ABSENT_KINDS = ("person", "room")
ALONE = ("plenary", "break")
"""Kinds beside which nothing else may run."""
ROOMLESS = ("excursion", "break")
"""Kinds that need no room of the house."""


def a_number(description: str, **more: object) -> dy.Int32:
    """A number of things."""
    return dy.Int32(description=description, metadata={"unit": "count"}, **more)  # type: ignore[arg-type]


def a_minute(description: str, **more: object) -> dy.Int32:
    """A number of minutes."""
    return dy.Int32(min=0, max=1440, description=description, metadata={"unit": "minute"}, **more)  # type: ignore[arg-type]


def words(description: str) -> dy.List:
    """A list of short words; empty where there are none."""
    return dy.List(dy.String(min_length=1), nullable=False, description=description)


class Session(dy.Schema):
    """One row per session: what it needs, and where it stands already if the organisers fixed that."""

    session = base.key("Key of the session", primary_key=True)
    title = base.text("Title as people read it", nullable=False)
    kind = dy.Enum(SESSION_KINDS, nullable=False, description="Kind; beside a plenary or a break nothing else runs")
    topic = base.text("Topic", nullable=True)
    slots = a_number("How many slots in a row it takes", min=1, max=48, nullable=False)
    seats = a_number("Seats for guests; null for as many as its room has", min=0, nullable=True)
    languages = words("Languages spoken, BCP 47; empty where no language is needed")
    interpreted_into = words("Languages it must be interpreted into")
    needs = words("Equipment its room must have")
    accessible = dy.Bool(nullable=True, description="Can a wheelchair user come? In a room: true asks for an accessible one")
    parallel_group = base.key("Sessions of one group never run at the same time", nullable=True)
    fixed_slot = base.key("First slot, if the organisers fixed it; never moved", nullable=True)
    fixed_room = base.key("Room, if the organisers fixed it; never moved", nullable=True)
    place = base.text("Where an excursion goes", nullable=True)
    travel_min = a_minute("Way there in minutes, the same back; null for none", nullable=True)


class Speaker(dy.Schema):
    """One row per session and person who must be there: speaks, hosts or guides."""

    session = base.key("Session", primary_key=True)
    person = base.key("Person", primary_key=True)


class Room(dy.Schema):
    """One row per room."""

    room = base.key("Key of the room", primary_key=True)
    name = base.text("Name as people read it; null for the key", nullable=True)
    seats = a_number("Seats for guests", min=0, nullable=False)
    accessible = dy.Bool(nullable=True, description="Can a wheelchair user come in? Null not known, taken as no")
    equipment = words("What the room has, such as projector or booth")
    place = base.text("House or address", nullable=True)


class Slot(dy.Schema):
    """One row per slot of the timetable, in UTC with the zone in which people read it."""

    slot = base.key("Key of the slot", primary_key=True)
    day = dy.Date(nullable=False, description="Day, as people at the place count it")
    starts = dy.Datetime(time_zone="UTC", nullable=False, description="Start in UTC")
    ends = dy.Datetime(time_zone="UTC", nullable=False, description="End in UTC")
    zone = base.text("Time zone of the place, IANA, such as Europe/Berlin", nullable=False)
    is_lunch = dy.Bool(nullable=False, description="Everyone is free in at least one of the lunch slots of a day")

    @dy.rule()
    def a_slot_ends_after_it_starts(cls) -> pl.Expr:
        return cls.ends.col > cls.starts.col


class Absence(dy.Schema):
    """One row per slot in which a person or a room is not there."""

    kind = dy.Enum(ABSENT_KINDS, primary_key=True, description="Is a person or a room absent?")
    who = base.key("Key of the person or the room", primary_key=True)
    slot = base.key("Slot", primary_key=True)


class Person(dy.Schema):
    """One row per person: guests, speakers and interpreters alike."""

    person = base.key("Key of the person", primary_key=True)
    name = base.text("Name; null for the key", nullable=True)
    languages = words("Languages understood, BCP 47; empty where none was told, which is taken as any")
    access = words("wheelchair, rest, or equipment the person needs in the room, such as hearing_loop")


class Interpreter(dy.Schema):
    """One row per person and direction of interpreting; both directions are two rows."""

    person = base.key("Person who interprets", primary_key=True)
    language_from = base.text("Language heard, BCP 47", primary_key=True)
    language_into = base.text("Language spoken, BCP 47", primary_key=True)


class Wish(dy.Schema):
    """One row per wish of a person: 1 is the first wish."""

    person = base.key("Person", primary_key=True)
    session = base.key("Session", primary_key=True)
    turn = a_number("1 for the first wish, 2 for the second", min=1, max=99, nullable=False)


class Meeting(dy.Schema):
    """One row per meeting of two people that is worth having."""

    a = base.key("One person; the smaller key of the two", primary_key=True)
    b = base.key("The other person", primary_key=True)
    worth = base.quantity("fraction", "How much the meeting is worth, from the matching", low=0, high=1, nullable=False)

    @dy.rule()
    def nobody_meets_themselves(cls) -> pl.Expr:
        return cls.a.col < cls.b.col


class Placed(dy.Schema):
    """One row per session of a plan: its room and its first slot."""

    session = base.key("Session", primary_key=True)
    slot = base.key("First slot", nullable=False)
    room = base.key("Room; null for excursions and breaks without one", nullable=True)
    locked = dy.Bool(nullable=False, description="Slot or room was fixed and cannot be moved")


class Seat(dy.Schema):
    """One row per seat given to a person's wish."""

    person = base.key("Person", primary_key=True)
    session = base.key("Session", primary_key=True)


class Talk(dy.Schema):
    """One row per meeting of two people that has a time and a table."""

    a = base.key("One person", primary_key=True)
    b = base.key("The other person", primary_key=True)
    slot = base.key("Slot", nullable=False)
    table = a_number("Number of the table", min=1, nullable=False)


class Interpreted(dy.Schema):
    """One row per session and language: who interprets."""

    session = base.key("Session", primary_key=True)
    language = base.text("Language it is interpreted into, BCP 47", primary_key=True)
    person = base.key("Person who interprets", nullable=False)


class Served(dy.Schema):
    """One row per person with wishes: how much of them the plan meets. For the organisers and the person only."""

    person = base.key("Person", primary_key=True)
    share = base.quantity(
        "fraction", "Weighted share of the wishes that can be met at all; null if none can", low=0, high=1, nullable=True
    )
    wishes = a_number("Wishes", min=0, nullable=False)
    met = a_number("Wishes met", min=0, nullable=False)


REASONS = ("full", "clash", "language", "access", "own_session", "absent", "rest", "lunch", "outweighed")


class Unmet(dy.Schema):
    """One row per wish that is not met, and why."""

    person = base.key("Person", primary_key=True)
    session = base.key("Session", primary_key=True)
    turn = a_number("1 for the first wish", min=1, max=99, nullable=False)
    reason = dy.Enum(REASONS, nullable=False, description="What stands in the way")
    other = base.key("Session it clashes with; null otherwise", nullable=True)


class Moved(dy.Schema):
    """One row per session that a new plan puts elsewhere than the plan before."""

    session = base.key("Session", primary_key=True)
    slot_before = base.key("First slot before", nullable=False)
    room_before = base.key("Room before", nullable=True)
    slot = base.key("First slot now", nullable=False)
    room = base.key("Room now", nullable=True)


class SeatChange(dy.Schema):
    """One row per seat that a new plan takes or gives."""

    person = base.key("Person", primary_key=True)
    session = base.key("Session", primary_key=True)
    change = dy.Enum(("lost", "gained"), nullable=False, description="Was the seat lost or gained?")


class PlanStep(dy.Schema):
    """One row per better plan found on the way: how the gap closed."""

    step = a_number("Counted from 1", min=1, primary_key=True)
    seconds = base.quantity("second", "Time since the start; null where no clock was given", low=0, high=1e6, nullable=True)
    worst_share = base.quantity("fraction", "Share of the person served least", low=0, high=1, nullable=True)
    worst_bound = base.quantity("fraction", "No plan can give the person served least more", low=0, high=1, nullable=True)
    points = a_number("Sum over all people and meetings", min=0, nullable=False)
    points_bound = a_number("No plan can have a larger sum", min=0, nullable=False)
