"""What pages of an agenda show beside its entries: names of speakers, topics, zones, and a plan told in words."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from citytandem.web.agendas.calendars import speakers_named
from citytandem.web.agendas.grid import lay_days
from citytandem.web.agendas.models import Speaker
from citytandem.web.events.times import tell_zone
from citytandem.web.shell.language import current_speech

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from citytandem.web.agendas.entries import Entry
    from citytandem.web.events.models import Event


def name_speakers(event: Event) -> dict[int, list[str]]:
    """Who speaks in each session, as far as they have confirmed and may be named."""
    found: dict[int, list[str]] = {}
    for one in speakers_named(event):
        found.setdefault(one.session_id, []).append(one.registration.name)
    return found


def name_everybody(event: Event) -> dict[int, list[str]]:
    """Who speaks in each session, confirmed or not; for the team alone."""
    found: dict[int, list[str]] = {}
    for one in Speaker.objects.filter(session__event=event).select_related("registration"):
        found.setdefault(one.session_id, []).append(one.registration.name)
    return found


def narrow_entries(entries: Iterable[Entry], *, topic: str, room: str) -> list[Entry]:
    """Entries of a topic and in a room, where these are asked for; what everybody attends stays."""
    found = [one for one in entries if not topic or one.topic == topic]
    return [one for one in found if not room or str(one.room or "") == room]


def choices_of(entries: Sequence[Entry]) -> dict[str, Any]:
    """By what an agenda can be narrowed down: its own topics and rooms."""
    topics = list(dict.fromkeys(one.topic for one in entries if one.topic))
    rooms = {str(one.room): one.room_name for one in entries if one.room is not None}
    return {"topics": sorted(topics), "rooms": rooms}


def lay_agenda(event: Event, entries: Sequence[Entry]) -> dict[str, Any]:
    """Days with their grids, and the zone in words."""
    return {"days": lay_days(entries, zone=event.zone), "zone": tell_zone_of(event)}


def tell_zone_of(event: Event) -> str:
    """The zone in which an agenda is told, in words."""
    first = dt.datetime.combine(event.starts, dt.time(12), tzinfo=dt.UTC)
    return tell_zone(event.zone, on=first, language=current_speech().language)
