"""One line of an agenda as people read it, made from a computed plan or read back from a published one."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from citytandem.web.agendas.models import Session
from citytandem.web.agendas.problem import number_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from citytandem.web.agendas.models import Plan, Slot

MOMENTS = ("starts", "ends")


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A session with its time and place. People are held by their number alone, so that they can be forgotten.

    ``sequence`` counts how often what the public was told has changed; ``state`` is ``held`` or ``cancelled``.
    """

    session: int
    kind: str
    topic: str
    titles: dict[str, str]
    starts: dt.datetime
    ends: dt.datetime
    room: int | None = None
    room_name: str = ""
    place: str = ""
    travel_min: int | None = None
    texts: dict[str, str] = field(default_factory=dict)
    languages: list[str] = field(default_factory=list)
    interpreted_into: list[str] = field(default_factory=list)
    speakers: list[int] = field(default_factory=list)
    seats: int | None = None
    table: int | None = None
    state: str = "held"
    sequence: int = 0
    zone: str = "UTC"

    def title_in(self, language: str) -> str:
        """The title in a language, else in English, else in the first there is."""
        return self.titles.get(language) or self.titles.get("en") or next(iter(self.titles.values()), "")

    def text_in(self, language: str) -> str:
        """The text in a language, by the same rule."""
        return self.texts.get(language) or self.texts.get("en") or next(iter(self.texts.values()), "")

    @property
    def begins_there(self) -> dt.datetime:
        """When it begins by the clocks of the place."""
        return self.starts.astimezone(ZoneInfo(self.zone))

    @property
    def ends_there(self) -> dt.datetime:
        """When it ends by the clocks of the place."""
        return self.ends.astimezone(ZoneInfo(self.zone))

    @property
    def day(self) -> dt.date:
        """The day as people at the place count it."""
        return self.begins_there.date()

    @property
    def where(self) -> str:
        """The room, or where an excursion leads."""
        return self.room_name or self.place

    def as_json(self) -> dict[str, Any]:
        """As plain values."""
        told = dataclasses.asdict(self)
        return told | {name: told[name].isoformat() for name in MOMENTS}


def read_entries(told: Iterable[dict[str, Any]]) -> list[Entry]:
    """Entries as they were published."""
    return [Entry(**{**one, **{name: dt.datetime.fromisoformat(one[name]) for name in MOMENTS}}) for one in told]


def entries_of(plan: Plan) -> list[Entry]:
    """The entries of a computed plan, with the words of its sessions as they are now; what was deleted since is left out."""
    event = plan.event
    sessions = {one.pk: one for one in Session.objects.filter(event=event).prefetch_related("speakers")}
    rooms, slots = {one.pk: one for one in event.rooms.all()}, list(event.slots.select_related("event"))
    found = []
    for row in plan.result.get("placed", []):
        session = sessions.get(number_of(row["session"]))
        first = next((place for place, one in enumerate(slots) if one.pk == number_of(row["slot"])), None)
        if session is None or first is None:
            continue
        room = rooms.get(number_of(row["room"])) if row["room"] else None
        found.append(_make_entry(session, slots=_take_slots(slots, first=first, count=session.slots), room=room, zone=event.zone))
    return sorted(found, key=lambda one: (one.starts, one.room or 0, one.session))


def entries_tried(plan: Plan, *, session: int, slot: int, room: int | None) -> list[Entry]:
    """The entries of a plan with one session where it was tried to be put."""
    slots, hall = list(plan.event.slots.select_related("event")), plan.event.rooms.filter(pk=room or 0).first()
    first = next((place for place, one in enumerate(slots) if one.pk == slot), 0)
    found = []
    for one in entries_of(plan):
        if one.session != session:
            found.append(one)
            continue
        own = plan.event.sessions.get(pk=session)
        found.append(_make_entry(own, slots=_take_slots(slots, first=first, count=own.slots), room=hall, zone=one.zone))
    return found


def _take_slots(slots: list[Slot], *, first: int, count: int) -> list[Slot]:
    """The slots a session takes: its first and those after it on the same day."""
    return [one for one in slots[first : first + count] if one.day == slots[first].day]


def _make_entry(session: Session, *, slots: list[Slot], room: Any, zone: str) -> Entry:
    return Entry(
        session=session.pk,
        kind=session.kind,
        topic=session.topic,
        titles=session.titles,
        texts=session.texts,
        starts=slots[0].starts,
        ends=slots[-1].ends,
        room=room.pk if room else None,
        room_name=room.name if room else "",
        place=session.place or (room.place if room else ""),
        travel_min=session.travel_min,
        languages=session.languages,
        interpreted_into=session.interpreted_into,
        speakers=[one.registration_id for one in session.speakers.all()],
        seats=session.seats or (room.seats if room else None),
        zone=zone,
    )
