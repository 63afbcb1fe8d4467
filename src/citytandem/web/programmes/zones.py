"""When is the deadline where I am? One moment, told on the clocks of several zones, with their days."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from django.utils import translation
from django.utils.formats import date_format

from citytandem.web.shell.language import to_django

if TYPE_CHECKING:
    from collections.abc import Iterable

    from citytandem.words import Speech

READERS = ("UTC", "Europe/Berlin", "America/New_York", "Asia/Tokyo", "Asia/Shanghai", "America/Los_Angeles")
"""Zones of the people our pages speak to; the programme's own and the reader's own go before them."""


@dataclass(frozen=True)
class Clock:
    """What one clock shows at the deadline."""

    zone: str
    place: str
    day: str
    time: str


class NoSuchTime(ValueError):
    """The clocks of the zone skip this time of day."""


def set_deadline(day: dt.date, *, time: dt.time, zone: str) -> dt.datetime:
    """The moment at which a clock of the zone shows a day and a time; where it shows it twice, the later, so that nobody is late.

    >>> set_deadline(dt.date(2027, 3, 31), time=dt.time(23, 59), zone="Europe/Berlin").isoformat()
    '2027-03-31T21:59:00+00:00'

    Raises
    ------
    NoSuchTime
        The clocks go forward over it.
    """
    local = dt.datetime.combine(day, time, tzinfo=ZoneInfo(zone)).replace(fold=1)
    moment = local.astimezone(dt.UTC)
    if moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != local.replace(tzinfo=None, fold=0):
        raise NoSuchTime(zone)
    return moment


def tell_clocks(moment: dt.datetime, *, zones: Iterable[str], speech: Speech) -> list[Clock]:
    """What the clocks show at a moment, one for each zone, each zone once."""
    return [_tell(moment, zone=zone, speech=speech) for zone in dict.fromkeys(zones) if is_zone(zone)]


def tell_deadline(moment: dt.datetime, *, zones: Iterable[str], speech: Speech) -> str:
    """The deadline in one sentence: on the clock of the first zone, and on the first that shows another day, or else hour."""
    clocks = tell_clocks(moment, zones=zones, speech=speech)
    first = clocks[0]
    others = [one for one in clocks if one.day != first.day] or [one for one in clocks if one.time != first.time]
    second = others[0] if others else first
    facts = {"day": first.day, "time": first.time, "place": first.place}
    if second is first:
        return speech.sentence("web.programme.until", **facts)
    if second.day == first.day:
        return speech.sentence("web.programme.until_same_day", **facts, other_time=second.time, other_place=second.place)
    more = {"other_day": second.day, "other_time": second.time, "other_place": second.place}
    return speech.sentence("web.programme.until_both", **facts, **more)


def is_zone(name: str) -> bool:
    """Does this machine know the zone?"""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return bool(name)


@cache
def list_zones() -> tuple[str, ...]:
    """Zones to choose from: those of places, and UTC."""
    places = (
        zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "posix/", "right/", "SystemV/"))
    )
    return ("UTC", *sorted(places))


@cache
def name_zone(zone: str, *, language: str) -> str:
    """The place whose clocks a zone is called after, in a language."""
    from babel.dates import get_timezone_location  # slow import

    return "UTC" if zone == "UTC" else str(get_timezone_location(zone, locale=language.replace("-", "_"), return_city=True))


def _tell(moment: dt.datetime, *, zone: str, speech: Speech) -> Clock:
    local = moment.astimezone(ZoneInfo(zone))
    with translation.override(to_django(speech.language)):
        day = date_format(local.date(), "DATE_FORMAT")
    return Clock(zone, name_zone(zone, language=speech.language), day, f"{local:%H:%M}")
