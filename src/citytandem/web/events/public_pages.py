"""Events as everybody sees them: what is coming, what was, and the page of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from citytandem.web.events.fields import name_languages
from citytandem.web.events.formats import FORMATS, MARK
from citytandem.web.events.links import OPENED
from citytandem.web.events.models import Event, Kind, Registration
from citytandem.web.events.parts import gather_parts
from citytandem.web.events.queries import (
    events_coming,
    events_past,
    events_seen,
    guests_shown,
    organising_networks,
    places_taken,
)
from citytandem.web.events.seats import may_answer
from citytandem.web.events.times import all_zones, tell_clocks, tell_days, tell_moment
from citytandem.web.shell.language import current_speech

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PER_PAGE = 30


@require_GET
def show_events(request: HttpRequest) -> HttpResponse:
    """What is coming, the soonest first, and what was, the latest first; the address narrows them down."""
    kind, network = request.GET.get("kind", ""), request.GET.get("network", "")
    networks = list(organising_networks())
    found = events_seen()
    if kind in Kind.values:
        found = found.filter(kind=kind)
    if network in {str(one.pk) for one in networks}:
        found = found.filter(organisation__in=[one for one in networks if str(one.pk) == network])
    language = current_speech().language
    coming = [(event, tell_days(event, language=language)) for event in events_coming(found)[:200]]
    page = Paginator(events_past(found), PER_PAGE).get_page(request.GET.get("page"))
    past = [(event, tell_days(event, language=language)) for event in page]
    told = {
        "coming": coming, "past": past, "page": page, "kinds": Kind.values, "kind": kind,
        "networks": networks, "network": network,
    }  # fmt: skip
    return render(request, "events/events.html", told)


@require_GET
def show_event(request: HttpRequest, *, event: int) -> HttpResponse:
    """What, where, when, who organises it, how to register, and how many seats are left."""
    own = get_object_or_404(events_seen(), pk=event)
    return render(request, "events/event.html", describe_event(request, own))


def describe_event(request: HttpRequest, own: Event) -> dict[str, object]:
    """What the public page says of an event."""
    speech, zone = current_speech(), request.GET.get("zone", "")
    until = own.register_until
    return {
        "event": own,
        "days": tell_days(own, language=speech.language),
        "clocks": tell_clocks(own, language=speech.language, wanted=zone),
        "zones": sorted(all_zones()),
        "zone": zone,
        "until": tell_moment(until, zone=own.zone, language=speech.language) if until else "",
        "spoken": speech.join(name_languages(own.languages)),
        "questions": [line for line in own.questions.splitlines() if line.strip()],
        "format": FORMATS.get(own.layout),
        "mark": MARK,
        "is_open": may_answer(own),
        "is_over": own.ends < timezone.now().date(),
        "left": max(0, own.seats - places_taken(own)),
        "guests": guests_shown(own),
        "mine": _find_mine(request, own),
        "parts": gather_parts(request, own, room=False),
    }


def _find_mine(request: HttpRequest, own: Event) -> Registration | None:
    """The registration of whoever looks: by account, else by a link opened in this browser."""
    if request.user.is_authenticated:
        found = own.registrations.filter(user=request.user).first()
        if found is not None:
            return found
    opened = request.session.get(OPENED, {}) if request.COOKIES else {}
    return own.registrations.filter(token_sha256__in=list(opened.values())).first() if opened else None
