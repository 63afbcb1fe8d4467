"""When is it? Days and hours of an event told in words, on its own clock and on the reader's."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

if TYPE_CHECKING:
    from citytandem.web.events.models import Event
    from citytandem.words import Language

READERS = ("Europe/Berlin", "Asia/Tokyo", "Asia/Shanghai", "America/New_York", "UTC")
"""Clocks shown beside the event's own: where our five languages are at home, and the one everybody can reckon from."""


@dataclass(frozen=True)
class Clock:
    """Beginning and end on one clock, in words."""

    zone: str
    place: str
    begins: str
    ends: str
    is_own: bool = False


@cache
def all_zones() -> frozenset[str]:
    """Names of zones that can be chosen."""
    return frozenset(zone for zone in available_timezones() if "/" in zone or zone == "UTC")


def begins(event: Event) -> dt.datetime | None:
    """The moment it begins; None where the hour is not said yet.

    An hour that a clock skips in spring is taken as the same number of hours after midnight by the clock before; one that
    comes twice in autumn is the first of the two.
    """
    return _moment(event.starts, event.begins_at, zone=event.zone)


def ends(event: Event) -> dt.datetime | None:
    """The moment it ends; None where the hour is not said yet."""
    return _moment(event.ends, event.ends_at, zone=event.zone)


def tell_days(event: Event, *, language: Language) -> str:
    """The days in words: one day, or from a day to a day."""
    from babel.dates import format_date  # slow import

    locale = language.replace("-", "_")
    first = format_date(event.starts, format="full", locale=locale)
    return first if event.ends == event.starts else f"{first} – {format_date(event.ends, format='full', locale=locale)}"


def tell_zone(zone: str, *, on: dt.datetime, language: Language) -> str:
    """A zone in words with how far it is from UTC on that day: ``Central European Standard Time (UTC+1)``."""
    from babel.dates import get_timezone_name  # slow import

    locale = language.replace("-", "_")
    there = on.astimezone(ZoneInfo(zone))
    name = get_timezone_name(there, width="long", locale=locale)
    return name if zone == "UTC" else f"{name} ({_offset(there)})"


def tell_clocks(event: Event, *, language: Language, wanted: str = "") -> list[Clock]:
    """Beginning and end on the event's clock first, then on the reader's and on those most readers have."""
    first, last = begins(event), ends(event)
    if first is None or last is None:
        return []
    asked = [wanted] if wanted in all_zones() else []
    zones = list(dict.fromkeys([event.zone, *asked, *READERS]))
    return [
        Clock(
            zone=zone,
            place=tell_zone(zone, on=first, language=language),
            begins=tell_moment(first, zone=zone, language=language),
            ends=tell_moment(last, zone=zone, language=language),
            is_own=zone == event.zone,
        )
        for zone in zones
    ]


def tell_moment(moment: dt.datetime, *, zone: str, language: Language) -> str:
    """A moment on a clock, as the language writes it, with the weekday."""
    from babel.dates import format_skeleton  # slow import

    there = moment.astimezone(ZoneInfo(zone))
    locale = language.replace("-", "_")
    return f"{format_skeleton('yMMMEd', there, locale=locale)}, {there:%H:%M}"


def _moment(day: dt.date, hour: dt.time | None, *, zone: str) -> dt.datetime | None:
    return dt.datetime.combine(day, hour, ZoneInfo(zone)) if hour else None


def _offset(there: dt.datetime) -> str:
    """How far a clock is from UTC, as people write it.

    >>> _offset(dt.datetime(2026, 1, 1, tzinfo=ZoneInfo("Asia/Kolkata")))
    'UTC+5:30'
    """
    minutes = int((there.utcoffset() or dt.timedelta()).total_seconds() // 60)
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02}" if rest else "")
