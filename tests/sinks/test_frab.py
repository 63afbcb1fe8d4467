"""A public agenda as frab JSON and XML has what the players, signs and video teams of conferences ask for."""

import datetime as dt
import json
import re
import uuid
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

from citytandem.sinks.frab import Schedule, Session, Speaker, write_frab_json, write_frab_xml

BERLIN = ZoneInfo("Europe/Berlin")
NEEDED = {
    "abstract",
    "date",
    "duration",
    "guid",
    "id",
    "language",
    "links",
    "persons",
    "room",
    "slug",
    "start",
    "subtitle",
    "title",
}
NEEDED |= {"track", "type", "url"}


def _session(number: int, *, day: int, hour: int, room: str = "Halle 5") -> Session:
    starts = dt.datetime(2027, 3, day, hour, tzinfo=BERLIN)
    ends = starts + dt.timedelta(minutes=90)
    return Session(
        number, f"Wärme <{number}> & Wasser", room, starts, ends, "workshop", "heat", "de", speakers=(Speaker(7, "佐藤 由紀"),)
    )


SCHEDULE = Schedule(
    "TWINS Ruhr",
    "TWINS-Ruhr 2027",
    "3",
    "Europe/Berlin",
    (_session(1, day=27, hour=9), _session(2, day=29, hour=9, room="Raum A"), _session(3, day=29, hour=11)),
    url="https://tandem.example/agenda",
)


def test_json_has_every_field_that_the_public_schema_asks_for():
    conference = json.loads(write_frab_json(SCHEDULE))["schedule"]["conference"]
    events = [event for day in conference["days"] for room in day["rooms"].values() for event in room]

    assert conference["daysCount"] == 2
    assert re.fullmatch(r"[a-z0-9_-][a-z0-9_]{3,}", conference["acronym"])
    assert {day["date"] for day in conference["days"]} == {"2027-03-27", "2027-03-29"}
    assert all(set(event) >= NEEDED for event in events)
    assert all(re.fullmatch(r"[0-9]+:[0-9]{2}", event["duration"]) for event in events)
    assert all(re.fullmatch(r"[a-z0-9_-]+[a-z0-9]", event["slug"]) for event in events)
    assert len({uuid.UUID(event["guid"]) for event in events}) == 3


def test_times_carry_the_offset_of_their_day():
    days = json.loads(write_frab_json(SCHEDULE))["schedule"]["conference"]["days"]

    assert [day["day_start"] for day in days] == ["2027-03-27T09:00:00+01:00", "2027-03-29T09:00:00+02:00"]


def test_xml_and_json_tell_the_same():
    events = ET.fromstring(write_frab_xml(SCHEDULE)).findall("day/room/event")  # noqa: S314 - our own file
    told = json.loads(write_frab_json(SCHEDULE))["schedule"]["conference"]["days"]
    same = {event["guid"]: event for day in told for room in day["rooms"].values() for event in room}

    assert {event.get("guid") for event in events} == set(same)
    for event in events:
        assert {name: event.findtext(name) for name in ("title", "date", "duration", "room", "slug")} == {
            name: same[event.get("guid")][name] for name in ("title", "date", "duration", "room", "slug")
        }
        assert [person.text for person in event.findall("persons/person")] == ["佐藤 由紀"]


def test_a_session_keeps_its_name_in_every_state_of_the_agenda():
    first = json.loads(write_frab_json(SCHEDULE))
    moved = Schedule(SCHEDULE.title, SCHEDULE.acronym, "4", SCHEDULE.zone, (_session(1, day=28, hour=14, room="Raum B"),))
    later = json.loads(write_frab_json(moved))

    def guids(told: dict) -> dict[int, str]:
        days = told["schedule"]["conference"]["days"]
        return {event["id"]: event["guid"] for day in days for room in day["rooms"].values() for event in room}

    assert guids(later)[1] == guids(first)[1]
