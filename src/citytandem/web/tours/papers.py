"""A published tour as a calendar, and on paper for one guest, each in the language of whom it is for."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import translation

from citytandem.briefing.papers.agenda import Entry, PersonalAgenda
from citytandem.briefing.papers.paper import Occasion
from citytandem.briefing.papers.write import write_paper
from citytandem.sinks.calendar import Calendar, Happening, write_calendar
from citytandem.web.agendas.papers import tell_person
from citytandem.web.events.times import tell_zone
from citytandem.web.shell.language import to_django
from citytandem.web.tours.route import lay_route, locate_places
from citytandem.words import Speech, language_of

if TYPE_CHECKING:
    from citytandem.web.events.models import Registration
    from citytandem.web.tours.models import TourPlan
    from citytandem.web.tours.route import Stop


def write_calendar_of(plan: TourPlan, *, speech: Speech, base: str) -> bytes:
    """An edition as a calendar. ``base`` is the beginning of our addresses, such as ``https://city.example``.

    A stop keeps its UID from edition to edition; its SEQUENCE rises when it moves, is renamed or falls out, or when the
    whole event is cancelled.
    """
    event = plan.event
    zone, host = ZoneInfo(event.zone), base.partition("://")[2]
    with translation.override(to_django(speech.language)):
        url = base + reverse("tour", args=[event.pk])
    points, is_off = locate_places(plan), event.state == "cancelled"
    ways = {(stop.kind, stop.key): _tell_way(stop, speech=speech) for day in lay_route(plan) for stop in day.stops}
    happenings = [
        Happening(
            uid=f"event-{event.pk}-tour-{one['key']}@{host}",
            starts=dt.datetime.fromisoformat(one["begins"]).replace(tzinfo=zone),
            ends=dt.datetime.fromisoformat(one["ends"]).replace(tzinfo=zone),
            title=_tell_title(one, speech=speech),
            place=one["name"],
            about=ways.get((one["kind"], one["place"]), ""),
            url=url,
            sequence=one["sequence"] + is_off,
            is_cancelled=is_off or one["state"] != "held",
            latitude=points.get(one["place"], (None, None))[0],
            longitude=points.get(one["place"], (None, None))[1],
        )
        for one in plan.entries
    ]
    name = speech.sentence("web.tour.of", event=event.title)
    return write_calendar(Calendar(name, speech.language, tuple(happenings)), stamp=plan.published or plan.made)


def write_own_tour(own: Registration, *, plan: TourPlan) -> bytes:
    """The tour on paper with the name of a guest on it, in their language."""
    speech, event = Speech(language_of(own.language) or "en"), own.event
    zone = ZoneInfo(event.zone)
    entries = [
        Entry(
            starts=stop.begins.replace(tzinfo=zone), ends=stop.ends.replace(tzinfo=zone), title=_tell_stop(stop, speech=speech),
            place=stop.name if stop.kind != "visit" else "", note=_tell_way(stop, speech=speech),
        )
        for day in lay_route(plan)
        for stop in day.stops
    ]  # fmt: skip
    moment = entries[0].starts if entries else plan.made
    paper = PersonalAgenda(
        occasion=Occasion(title=event.title, place=event.place, starts=event.starts, ends=event.ends),
        guest=tell_person(own, speech=speech),
        entries=tuple(entries),
        zone=tell_zone(event.zone, on=moment, language=speech.language),
        version=plan.edition or plan.number,
        contact=event.contact,
    )
    return write_paper(paper, speech)


def _tell_title(one: dict[str, Any], *, speech: Speech) -> str:
    return one["name"] if one["kind"] == "visit" else speech.sentence("tour.kind.rest", place=one["name"])


def _tell_stop(stop: Stop, *, speech: Speech) -> str:
    return stop.name if stop.kind == "visit" else speech.label(f"web.tour.kind.{stop.kind}")


def _tell_way(stop: Stop, *, speech: Speech) -> str:
    """The way there, marked where it is estimated."""
    if not stop.has_way:
        return ""
    key = "tour.way.estimated" if stop.leg_estimated else "tour.way.leg"
    told = speech.sentence(
        key, minutes=stop.leg_minutes, km=speech.number(stop.leg_km), mode=speech.label(f"mode.{stop.leg_mode}")
    )
    return speech.sentence("web.tour.way_there", way=told)
