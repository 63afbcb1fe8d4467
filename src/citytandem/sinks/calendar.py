"""Writes what happens when and where as iCalendar (RFC 5545), with zones that are right across a change of the clocks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from citytandem.findings import CannotCompute, Code, Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PRODUCT = "-//CityTandem//Exchange//EN"


@dataclass(frozen=True)
class Happening:
    """One entry of a calendar.

    Parameters
    ----------
    uid
        Stays the same for the same thing for ever, such as ``session-12@tandem.example.org``.
    starts, ends
        Local times with their zone (:class:`zoneinfo.ZoneInfo`); times in UTC stay in UTC.
    title, place, about
        In the language of the person who gets it.
    sequence
        Rises by one with each change of time, place or state.
    is_cancelled
        It does not take place; calendars then take it out.
    latitude, longitude
        Of the place, where known.
    """

    uid: str
    starts: dt.datetime
    ends: dt.datetime
    title: str
    place: str = ""
    about: str = ""
    url: str = ""
    sequence: int = 0
    is_cancelled: bool = False
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True)
class Calendar:
    """A calendar with its name, the language of its words, and its entries."""

    name: str
    language: str
    happenings: tuple[Happening, ...]


def write_calendar(calendar: Calendar, *, stamp: dt.datetime) -> bytes:
    """The calendar as a file to be published (METHOD:PUBLISH), entries in the order of their begin.

    Parameters
    ----------
    calendar
        What to write.
    stamp
        When this state was made, with its zone; written as DTSTAMP, so that the same calendar gives the same bytes.

    Raises
    ------
    CannotCompute
        EXTRA_MISSING when the addition for exchanges is not installed.
    """
    icalendar = _library()
    found = icalendar.Calendar()
    for name, value in (("prodid", PRODUCT), ("version", "2.0"), ("calscale", "GREGORIAN"), ("method", "PUBLISH")):
        found.add(name, value)
    found.add("name", calendar.name, parameters={"language": calendar.language})
    found.add("x-wr-calname", calendar.name)
    happenings = sorted(calendar.happenings, key=lambda one: (one.starts, one.uid))
    for zone in _zones(happenings):
        found.add_component(_write_zone(zone, happenings))
    for one in happenings:
        found.add_component(_write_event(one, stamp=stamp, language=calendar.language))
    return bytes(found.to_ical())


def _write_event(one: Happening, *, stamp: dt.datetime, language: str) -> Any:
    event = _library().Event()
    event.add("uid", one.uid)
    event.add("dtstamp", stamp.astimezone(dt.UTC))
    event.add("dtstart", one.starts)
    event.add("dtend", one.ends)
    event.add("sequence", one.sequence)
    event.add("status", "CANCELLED" if one.is_cancelled else "CONFIRMED")
    for name, words in (("summary", one.title), ("location", one.place), ("description", one.about)):
        if words:
            event.add(name, words, parameters={"language": language})
    if one.url:
        event.add("url", one.url)
    if one.latitude is not None and one.longitude is not None:
        event.add("geo", (one.latitude, one.longitude))
    if one.is_cancelled:
        event.add("transp", "TRANSPARENT")
    return event


def _zones(happenings: Iterable[Happening]) -> list[str]:
    times = [time for one in happenings for time in (one.starts, one.ends)]
    zones = {str(time.tzinfo) for time in times if isinstance(time.tzinfo, ZoneInfo)}
    return sorted(zones - {"UTC", "Etc/UTC"})


def _write_zone(zone: str, happenings: list[Happening]) -> Any:
    """The zone with each change of its clocks from the year before the first entry to the year after the last.

    Begins are written in the time that held before the change, as RFC 5545 asks (3.6.5).
    """
    library = _library()
    years = [time.year for one in happenings for time in (one.starts, one.ends)]
    start = dt.datetime(min(years) - 1, 1, 1, tzinfo=dt.UTC)
    end = dt.datetime(max(years) + 2, 1, 1, tzinfo=dt.UTC)
    found = library.Timezone()
    found.add("tzid", zone)
    clock = ZoneInfo(zone)
    for change in (start, *_find_changes(clock, start=start, end=end)):
        before = (change - dt.timedelta(minutes=1)).astimezone(clock)
        after = change.astimezone(clock)
        came_from = after.utcoffset() if change == start else before.utcoffset()
        part = library.TimezoneDaylight() if after.dst() else library.TimezoneStandard()
        part.add("dtstart", (change + (came_from or dt.timedelta())).replace(tzinfo=None))
        part.add("tzoffsetfrom", came_from)
        part.add("tzoffsetto", after.utcoffset())
        part.add("tzname", after.tzname())
        found.add_component(part)
    return found


def _find_changes(clock: ZoneInfo, *, start: dt.datetime, end: dt.datetime) -> Iterator[dt.datetime]:
    """The moments at which the clocks of a zone change, to the minute; it looks at each day and then halves it."""
    day, minute = dt.timedelta(days=1), dt.timedelta(minutes=1)
    at = start
    while at < end:
        low, high = at, at + day
        if low.astimezone(clock).utcoffset() != high.astimezone(clock).utcoffset():
            while high - low > minute:
                middle = low + (high - low) // 2 // minute * minute
                same = middle.astimezone(clock).utcoffset() == low.astimezone(clock).utcoffset()
                low, high = (middle, high) if same else (low, middle)
            yield high
        at += day


def _library() -> Any:
    try:
        import icalendar  # optional dependency
    except ImportError as error:
        raise CannotCompute(Finding(Code.EXTRA_MISSING, {"extra": "exchange"})) from error
    return icalendar
