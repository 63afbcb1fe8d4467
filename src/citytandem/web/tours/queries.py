"""Look-ups of tours: which events have one, what is set up, and which tour holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404

from citytandem.web.events.models import Kind
from citytandem.web.events.queries import events_seen
from citytandem.web.tours.models import Opening, Party, Stage, TourPlan

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from citytandem.web.events.models import Event

KINDS = (Kind.STUDY_TOUR, Kind.DELEGATION)


def is_on_the_road(event: Event) -> bool:
    """Is it of a kind that goes from site to site?"""
    return event.kind in KINDS


def event_outside(event: int) -> Event:
    """An event on the road that everybody may know of."""
    return get_object_or_404(events_seen().filter(kind__in=KINDS), pk=event)


def party_of(event: Event) -> Party:
    """Who travels; the seats of the event as long as nobody has said."""
    return Party.objects.filter(event=event).first() or Party(event=event, people=max(1, min(event.seats, 10_000)))


def openings_of(event: Event) -> QuerySet[Opening]:
    """When the sites of an event can be visited."""
    return Opening.objects.filter(site__event=event).select_related("site")


def places_of(event: Event) -> dict[str, str]:
    """The name of every site and stay by its key."""
    return dict([*event.tour_stays.values_list("key", "name"), *event.tour_sites.values_list("key", "name")])


def published_tour(event: Event) -> TourPlan | None:
    """The tour that holds: the latest edition."""
    found = TourPlan.objects.filter(event=event, edition__isnull=False).select_related("event__organisation")
    return found.order_by("-edition").first()


def edition_outside(event: int) -> TourPlan:
    """The published tour of an event; not there as long as none is."""
    plan = published_tour(event_outside(event))
    if plan is None:
        raise Http404
    return plan


def latest_tour(event: Event) -> TourPlan | None:
    """The tour made last of those that are ready."""
    return TourPlan.objects.filter(event=event, stage=Stage.READY).order_by("-number").first()


def tour_inside(event: Event, number: int) -> TourPlan:
    """A tour of an event by its number."""
    return get_object_or_404(TourPlan.objects.select_related("event__organisation", "made_by"), event=event, number=number)


def find_missing(event: Event) -> list[str]:
    """What a tour still needs before it can be computed, in the order in which one enters it."""
    has_aim = event.tour_wishes.exists() or event.tour_sites.filter(choice="must").exists()
    there = {
        "sites": event.tour_sites.exists(),
        "openings": openings_of(event).exists(),
        "stays": event.tour_stays.exists(),
        "days": event.tour_days.exists(),
        "wishes": has_aim,
    }
    return [name for name, is_there in there.items() if not is_there]
