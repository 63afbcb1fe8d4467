"""What changes the set-up of an agenda: rooms, slots, sessions, people, absences; each change leaves its entry in the record."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.db import transaction

from citytandem.web.accounts.actions import record
from citytandem.web.agendas.models import Absence, Interpreter, Promise, Room, Session, Slot, Speaker
from citytandem.web.live import bump

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from citytandem.web.accounts.models import User
    from citytandem.web.events.models import Event, Registration


class ChangedMeanwhile(Exception):
    """Somebody else changed the session since the form was made."""


@dataclass(frozen=True, kw_only=True)
class Day:
    """How the slots of one day lie: from when to when, how long each, how long between, and the rest at noon."""

    begins: dt.time
    ends: dt.time
    minutes: int
    pause: int = 0
    rest_from: dt.time | None = None
    rest_until: dt.time | None = None


@transaction.atomic
def write_room(*, user: User, event: Event, values: dict[str, Any], room: Room | None = None) -> Room:
    """Add a room, or describe one anew."""
    own = room or Room(event=event)
    for name, value in values.items():
        setattr(own, name, value)
    own.save()
    _note(user, event=event, action="agenda.room_written", subject=f"room:{own.pk}", after={"name": own.name, "seats": own.seats})
    return own


@transaction.atomic
def write_slots(*, user: User, event: Event, days: Iterable[dt.date], day: Day) -> int:
    """Lay slots over days; those that begin when one begins already are left. Returns how many were added."""
    known = set(event.slots.values_list("starts", flat=True))
    zone = ZoneInfo(event.zone)
    new = [
        Slot(event=event, starts=starts, ends=ends)
        for one in days
        for starts, ends in lay_slots(one, day=day, zone=zone)
        if starts not in known
    ]
    Slot.objects.bulk_create(new)
    _note(user, event=event, action="agenda.slots_written", subject=f"event:{event.pk}", after={"slots": len(new)})
    return len(new)


def lay_slots(date: dt.date, *, day: Day, zone: ZoneInfo) -> list[tuple[dt.datetime, dt.datetime]]:
    """The slots of one day as moments in UTC; none lies over the rest at noon.

    >>> day = Day(begins=dt.time(9), ends=dt.time(13), minutes=60, rest_from=dt.time(11), rest_until=dt.time(12))
    >>> [f"{start:%H:%M}" for start, _ in lay_slots(dt.date(2027, 5, 3), day=day, zone=ZoneInfo("Europe/Berlin"))]
    ['07:00', '08:00', '10:00']
    """
    found = []
    now, last = dt.datetime.combine(date, day.begins), dt.datetime.combine(date, day.ends)
    rest = [dt.datetime.combine(date, one) for one in (day.rest_from, day.rest_until) if one]
    while (ends := now + dt.timedelta(minutes=day.minutes)) <= last:
        if len(rest) == 2 and now < rest[1] and ends > rest[0]:
            now = rest[1]
            continue
        found.append((now.replace(tzinfo=zone).astimezone(dt.UTC), ends.replace(tzinfo=zone).astimezone(dt.UTC)))
        now = ends + dt.timedelta(minutes=day.pause)
    return found


@transaction.atomic
def write_session(
    *, user: User, event: Event, values: dict[str, Any], speakers: Sequence[Registration], session: Session | None = None,
    version: int = 0,
) -> Session:  # fmt: skip
    """Add a session with its speakers, or change one.

    Raises
    ------
    ChangedMeanwhile
        Somebody else changed it since ``version``.
    """
    own = Session(event=event, version=0)
    if session is not None:
        own = Session.objects.select_for_update().get(pk=session.pk)
        if own.version != version:
            raise ChangedMeanwhile
    for name, value in values.items():
        setattr(own, name, value)
    own.version += 1
    own.save()
    name_speakers(own, speakers=speakers)
    after = {"titles": own.titles, "kind": own.kind, "is_cancelled": own.is_cancelled}
    _note(user, event=event, action="agenda.session_written", subject=f"session:{own.pk}", after=after)
    return own


def name_speakers(session: Session, *, speakers: Sequence[Registration]) -> None:
    """Let exactly these people speak; who was there before keeps what they have said."""
    session.speakers.exclude(registration__in=speakers).delete()
    known = set(session.speakers.values_list("registration", flat=True))
    Speaker.objects.bulk_create(Speaker(session=session, registration=one) for one in speakers if one.pk not in known)


@transaction.atomic
def write_interpreter(*, user: User, event: Event, registration: Registration, pairs: list[list[str]]) -> None:
    """Say between which languages somebody interprets; with no pair, they do not."""
    if pairs:
        Interpreter.objects.update_or_create(registration=registration, defaults={"pairs": pairs})
    else:
        Interpreter.objects.filter(registration=registration).delete()
    _note(
        user, event=event, action="agenda.interpreter_written", subject=f"registration:{registration.pk}", after={"pairs": pairs}
    )


@transaction.atomic
def write_absences(
    *, user: User, event: Event, slots: Iterable[Slot], registration: Registration | None = None, room: Room | None = None,
    reason: str = "",
) -> int:  # fmt: skip
    """Note that somebody is not there, or a room cannot be used, in some slots; returns in how many that is new."""
    known = set(Absence.objects.filter(registration=registration, room=room, slot__event=event).values_list("slot", flat=True))
    new = [Absence(slot=one, registration=registration, room=room, reason=reason) for one in slots if one.pk not in known]
    Absence.objects.bulk_create(new)
    who = f"registration:{registration.pk}" if registration else f"room:{room.pk}" if room else ""
    _note(user, event=event, action="agenda.absence_written", subject=who, after={"slots": len(new)})
    return len(new)


@transaction.atomic
def write_promise(*, user: User, event: Event, values: dict[str, Any]) -> None:
    """Say what is promised to the guests: tables for talks of two, and rest."""
    Promise.objects.update_or_create(event=event, defaults=values)
    _note(user, event=event, action="agenda.promise_written", subject=f"event:{event.pk}", after=values)


@transaction.atomic
def confirm_speaker(*, user: User, speaker: Speaker, is_confirmed: bool) -> None:
    """Note that somebody will speak and may be named on the public agenda, or that this holds no more."""
    Speaker.objects.filter(pk=speaker.pk).update(is_confirmed=is_confirmed)
    who = f"registration:{speaker.registration_id}"
    _note(user, event=speaker.session.event, action="agenda.speaker_confirmed", subject=who, after={"is_confirmed": is_confirmed})
    bump()


@transaction.atomic
def drop_part(*, user: User, event: Event, part: Room | Slot | Session | Absence) -> None:
    """Take a room, a slot, a session or an absence out; plans made before keep what they were."""
    subject = f"{part._meta.model_name}:{part.pk}"
    part.delete()
    _note(user, event=event, action="agenda.part_dropped", subject=subject)


def _note(user: User, *, event: Event, action: str, subject: str, after: Any = None) -> None:
    record(user=user, action=action, organisation=event.organisation, city=event.city, subject=subject, after=after)
