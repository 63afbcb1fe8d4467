"""Writes a public agenda as a frab schedule, JSON and XML, as players, signs and video teams of conferences read it."""

from __future__ import annotations

import datetime as dt
import json
import re
import uuid
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMES = uuid.uuid5(uuid.NAMESPACE_URL, "https://citytandem.org/schedule")
SLOT = "00:15"


@dataclass(frozen=True)
class Speaker:
    """Someone named in public; ``number`` is stable and above 0."""

    number: int
    name: str


@dataclass(frozen=True)
class Session:
    """One session; ``number`` is stable and above 0, times know their zone."""

    number: int
    title: str
    room: str
    starts: dt.datetime
    ends: dt.datetime
    kind: str = ""
    topic: str = ""
    language: str = ""
    subtitle: str = ""
    abstract: str = ""
    url: str = ""
    speakers: tuple[Speaker, ...] = ()


@dataclass(frozen=True)
class Schedule:
    """A public agenda; ``version`` names its state, ``zone`` is an IANA name, ``acronym`` has letters, figures and dashes."""

    title: str
    acronym: str
    version: str
    zone: str
    sessions: tuple[Session, ...]
    url: str = ""


def write_frab_json(schedule: Schedule) -> bytes:
    """The agenda as frab JSON, after the public schema of the video operation centre (c3voc.de/schedule/schema.json)."""
    days = list(_days(schedule))
    conference: dict[str, Any] = {
        "acronym": _slug(schedule.acronym).replace("-", "_"),
        "title": schedule.title,
        "start": days[0][0].isoformat() if days else "",
        "end": days[-1][0].isoformat() if days else "",
        "daysCount": len(days),
        "timeslot_duration": SLOT,
        "time_zone_name": schedule.zone,
        "rooms": [{"name": room, "guid": _guid(schedule, room)} for room in _rooms(schedule)],
        "days": [_tell_day(place, day, sessions, schedule=schedule) for place, (day, sessions) in enumerate(days, start=1)],
    }
    if schedule.url:
        conference["url"] = schedule.url
    told = {"schedule": {"version": schedule.version, "conference": conference}}
    return json.dumps(told, ensure_ascii=False, indent=2).encode()


def write_frab_xml(schedule: Schedule) -> bytes:
    """The agenda as frab XML, after the public schema of the video operation centre (schedule.xml.xsd)."""
    days = list(_days(schedule))
    root = ET.Element("schedule")
    _add(root, "version", schedule.version)
    conference = ET.SubElement(root, "conference")
    _add(conference, "acronym", _slug(schedule.acronym).replace("-", "_"))
    _add(conference, "title", schedule.title)
    if days:
        _add(conference, "start", days[0][0].isoformat())
        _add(conference, "end", days[-1][0].isoformat())
    _add(conference, "days", str(len(days)))
    _add(conference, "timeslot_duration", SLOT)
    _add(conference, "time_zone_name", schedule.zone)
    for place, (day, sessions) in enumerate(days, start=1):
        _write_day(root, place, day=day, sessions=sessions, schedule=schedule)
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _write_day(root: ET.Element, place: int, *, day: dt.date, sessions: list[Session], schedule: Schedule) -> None:
    starts, ends = _span(sessions)
    node = ET.SubElement(root, "day", date=day.isoformat(), start=starts, end=ends, index=str(place))
    for room in _rooms(schedule):
        shown = ET.SubElement(node, "room", name=room)
        for session in (session for session in sessions if session.room == room):
            _write_event(shown, session, schedule=schedule)


def _write_event(room: ET.Element, session: Session, *, schedule: Schedule) -> None:
    told = _tell(session, schedule=schedule)
    event = ET.SubElement(room, "event", id=str(session.number), guid=told["guid"])
    for name in ("room", "title", "subtitle", "type", "date", "start", "duration", "abstract", "slug", "track", "language"):
        _add(event, name, told[name])
    _add(event, "description", "")
    if session.url:
        _add(event, "url", session.url)
    people = ET.SubElement(event, "persons")
    for speaker in session.speakers:
        ET.SubElement(people, "person", id=str(speaker.number)).text = speaker.name
    ET.SubElement(event, "links")


def _tell_day(place: int, day: dt.date, sessions: list[Session], *, schedule: Schedule) -> dict[str, Any]:
    starts, ends = _span(sessions)
    rooms: dict[str, list[dict[str, Any]]] = {room: [] for room in _rooms(schedule)}
    for session in sessions:
        rooms[session.room].append(_tell(session, schedule=schedule))
    return {"index": place, "date": day.isoformat(), "day_start": starts, "day_end": ends, "rooms": rooms}


def _tell(session: Session, *, schedule: Schedule) -> dict[str, Any]:
    minutes = round((session.ends - session.starts).total_seconds() / 60)
    return {
        "id": session.number,
        "guid": _guid(schedule, f"session {session.number}"),
        "date": session.starts.isoformat(),
        "start": f"{session.starts:%H:%M}",
        "duration": f"{minutes // 60:02}:{minutes % 60:02}",
        "room": session.room,
        "slug": f"{_slug(schedule.acronym)}-{session.number}",
        "url": session.url or schedule.url,
        "title": session.title,
        "subtitle": session.subtitle,
        "track": session.topic,
        "type": session.kind,
        "language": session.language,
        "abstract": session.abstract,
        "description": "",
        "persons": [{"id": speaker.number, "public_name": speaker.name} for speaker in session.speakers],
        "links": [],
        "attachments": [],
    }


def _days(schedule: Schedule) -> Iterator[tuple[dt.date, list[Session]]]:
    ordered = sorted(schedule.sessions, key=lambda session: (session.starts, session.room, session.number))
    for day, sessions in groupby(ordered, key=lambda session: session.starts.date()):
        yield day, list(sessions)


def _rooms(schedule: Schedule) -> list[str]:
    return sorted({session.room for session in schedule.sessions})


def _span(sessions: list[Session]) -> tuple[str, str]:
    return min(session.starts for session in sessions).isoformat(), max(session.ends for session in sessions).isoformat()


def _guid(schedule: Schedule, name: str) -> str:
    """The same for the same thing in every state of an agenda."""
    return str(uuid.uuid5(NAMES, f"{_slug(schedule.acronym)} {name}"))


def _slug(acronym: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", acronym.lower()).strip("-") or "agenda"


def _add(parent: ET.Element, name: str, words: str) -> None:
    ET.SubElement(parent, name).text = words
