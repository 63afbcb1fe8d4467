"""What is to be planned? The set-up of an event as the tables of the solver, under keys that lead back to our rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citytandem.science.exchange.agenda import AgendaProblem, AgendaSettings
from citytandem.web.agendas import queries
from citytandem.web.agendas.models import Absence, Promise
from citytandem.web.agendas.storing import make_frame

if TYPE_CHECKING:
    from citytandem.web.agendas.models import Session
    from citytandem.web.events.models import Event, Registration

NEEDS_OF_PEOPLE = {"wheelchair": "wheelchair", "rest": "rest", "hearing": "loop"}
"""Access needs that a room or the timetable can meet, as the solver calls them."""


def session_key(pk: int) -> str:
    """The key of a session."""
    return f"s{pk}"


def room_key(pk: int) -> str:
    """The key of a room."""
    return f"r{pk}"


def slot_key(pk: int) -> str:
    """The key of a slot."""
    return f"t{pk}"


def person_key(pk: int) -> str:
    """The key of somebody with a seat at the event."""
    return f"p{pk}"


def number_of(key: str) -> int:
    """The number of the row behind a key.

    >>> number_of("s12")
    12
    """
    return int(key[1:])


def write_problem(event: Event) -> AgendaProblem:
    """The whole problem of an event as it stands now."""
    sessions = list(queries.sessions_of(event))
    here = {one.pk: one for one in queries.guests_of(event)}
    speakers = [
        {"session": session_key(one.pk), "person": person_key(speaker.registration_id)}
        for one in sessions
        for speaker in one.speakers.all()
        if speaker.registration_id in here
    ]
    promise = Promise.objects.filter(event=event).first() or Promise(event=event)
    return AgendaProblem(
        sessions=make_frame("sessions", [_tell_session(one, language=event.language) for one in sessions]),
        rooms=make_frame("rooms", [_tell_room(one) for one in event.rooms.all()]),
        slots=make_frame("slots", _tell_slots(event)),
        speakers=make_frame("speakers", speakers),
        people=make_frame("people", [_tell_person(one) for one in here.values()]),
        wishes=make_frame("wishes", _tell_wishes(event)),
        absences=make_frame("absences", tell_absences(event)),
        meetings=make_frame("meetings", _tell_meetings(event)),
        interpreters=make_frame("interpreters", _tell_interpreters(event)),
        settings=AgendaSettings(
            tables=promise.tables, slots_in_a_row=promise.slots_in_a_row, interpreter_slots=promise.interpreter_slots
        ),
    )


def tell_absences(event: Event) -> list[dict[str, Any]]:
    """Who and what is not there, in which slot."""
    rows = Absence.objects.filter(slot__event=event).order_by("pk")
    told = [_tell_absence(one) for one in rows]
    return list({(one["kind"], one["who"], one["slot"]): one for one in told}.values())


def _tell_absence(one: Absence) -> dict[str, Any]:
    if one.room_id is not None:
        return {"kind": "room", "who": room_key(one.room_id), "slot": slot_key(one.slot_id)}
    return {"kind": "person", "who": person_key(one.registration_id or 0), "slot": slot_key(one.slot_id)}


def _tell_session(one: Session, *, language: str) -> dict[str, Any]:
    return {
        "session": session_key(one.pk),
        "title": one.title_in(language),
        "kind": one.kind,
        "topic": one.topic or None,
        "slots": one.slots,
        "seats": one.seats,
        "languages": one.languages,
        "interpreted_into": one.interpreted_into,
        "needs": one.needs,
        "accessible": one.accessible,
        "parallel_group": one.parallel_group or None,
        "fixed_slot": slot_key(one.fixed_slot_id) if one.fixed_slot_id else None,
        "fixed_room": room_key(one.fixed_room_id) if one.fixed_room_id else None,
        "place": one.place or None,
        "travel_min": one.travel_min,
    }


def _tell_room(one: Any) -> dict[str, Any]:
    plain = {"name": one.name, "seats": one.seats, "accessible": one.accessible, "equipment": one.equipment}
    return {"room": room_key(one.pk), **plain, "place": one.place or None}


def _tell_slots(event: Event) -> list[dict[str, Any]]:
    return [
        {
            "slot": slot_key(one.pk),
            "day": one.day,
            "starts": one.starts,
            "ends": one.ends,
            "zone": event.zone,
            "is_lunch": one.is_lunch,
        }
        for one in event.slots.select_related("event")
    ]


def _tell_person(one: Registration) -> dict[str, Any]:
    access = [NEEDS_OF_PEOPLE[need] for need in one.access if need in NEEDS_OF_PEOPLE]
    return {"person": person_key(one.pk), "name": one.name, "languages": one.languages, "access": access}


def leave_names_out(told: dict[str, Any]) -> dict[str, Any]:
    """A problem as plain values without names of people: a plan is kept for long, and people may ask to be forgotten."""
    return {**told, "people": [{**one, "name": None} for one in told["people"]]}


def _tell_wishes(event: Event) -> list[dict[str, Any]]:
    return [
        {"person": person_key(one.registration_id), "session": session_key(one.session_id), "turn": one.turn}
        for one in queries.wishes_of(event)
    ]


def _tell_meetings(event: Event) -> list[dict[str, Any]]:
    found = []
    for one in queries.agreed_meetings(event):
        a, b = sorted((person_key(one.one_id), person_key(one.other_id)))
        found.append({"a": a, "b": b, "worth": one.worth / 10})
    return found


def _tell_interpreters(event: Event) -> list[dict[str, Any]]:
    return [
        {"person": person_key(one.registration_id), "language_from": start, "language_into": end}
        for one in queries.interpreters_of(event)
        for pair in one.pairs
        for start, end in (pair, pair[::-1])
    ]
