"""Look-ups of agendas: an event inside its organisation or before the public, what stands in it, and which plan holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404

from citytandem.web.agendas.models import Interpreter, MeetingRequest, Plan, Said, Stage, Wish
from citytandem.web.events.models import Seat
from citytandem.web.events.queries import events_seen

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from citytandem.web.agendas.models import Session
    from citytandem.web.events.models import Event, Registration


HERE = (Seat.COMING, Seat.ASKED, Seat.INVITED)
"""Seats of people an agenda is made for."""


def event_outside(event: int) -> Event:
    """An event everybody may know of."""
    return get_object_or_404(events_seen(), pk=event)


def guests_of(event: Event) -> QuerySet[Registration]:
    """The people an agenda is made for, by name."""
    return event.registrations.filter(seat__in=HERE, forgotten=None).order_by("name", "pk")


def published_plan(event: Event) -> Plan | None:
    """The agenda that holds: the latest edition."""
    return (
        Plan.objects.filter(event=event, edition__isnull=False).select_related("event__organisation").order_by("-edition").first()
    )


def latest_plan(event: Event) -> Plan | None:
    """The plan made last of those that are ready."""
    return Plan.objects.filter(event=event, stage=Stage.READY).order_by("-number").first()


def plan_inside(event: Event, number: int) -> Plan:
    """A plan of an event by its number."""
    return get_object_or_404(Plan.objects.select_related("event", "before", "made_by"), event=event, number=number)


def sessions_of(event: Event) -> QuerySet[Session]:
    """What is to be placed: everything that is not cancelled."""
    return event.sessions.filter(is_cancelled=False).prefetch_related("speakers__registration")


def interpreters_of(event: Event) -> QuerySet[Interpreter]:
    """Who interprets at an event."""
    return Interpreter.objects.filter(registration__event=event, registration__seat__in=HERE).select_related("registration")


def wishes_of(event: Event) -> QuerySet[Wish]:
    """Everybody's wishes for sessions that take place."""
    found = Wish.objects.filter(session__event=event, session__is_cancelled=False, registration__seat__in=HERE)
    return found.order_by("registration", "turn")


def agreed_meetings(event: Event) -> QuerySet[MeetingRequest]:
    """Meetings to which both sides have said yes."""
    return MeetingRequest.objects.filter(
        event=event, one_says=Said.YES, other_says=Said.YES, one__seat__in=HERE, other__seat__in=HERE
    ).order_by("pk")
