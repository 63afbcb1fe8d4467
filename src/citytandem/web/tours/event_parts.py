"""What the pages of an event show of its tour: the way to its room for organisers, the stops of the published one for all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.urls import reverse

from citytandem.web.events.parts import EventPart
from citytandem.web.shell.language import word
from citytandem.web.tours.queries import is_on_the_road, published_tour
from citytandem.web.tours.route import lay_route

if TYPE_CHECKING:
    from django.http import HttpRequest

    from citytandem.web.events.models import Event

FILES = ("tour", "tour_calendar", "tour_csv")


def show_tour(request: HttpRequest, event: Event, *, room: bool) -> list[EventPart]:
    """The tour of an event on the road, as far as there is one to show."""
    if not is_on_the_road(event):
        return []
    title = str(word("web.tour.title"))
    if room:
        link = (str(word("web.tour.part.room")), reverse("tour_room", args=[event.organisation_id, event.pk]))
        return [EventPart(title=title, text=str(word("web.tour.part.room_text")), links=(link,))]
    plan = published_tour(event)
    if plan is None:
        return []
    links = [(str(word(f"web.tour.part.{name}")), reverse(name, args=[event.pk])) for name in FILES]
    if request.user.is_authenticated:
        mine = event.registrations.filter(user=request.user, forgotten=None).exclude(seat__in=("cancelled", "refused"))
        paper = str(word("web.tour.part.my_tour_paper"))
        links += [(paper, reverse("my_tour_paper", args=[own])) for own in mine.values_list("pk", flat=True)[:1]]
    html = render_to_string("tours/part.html", {"days": lay_route(plan), "event": event})
    return [EventPart(title=title, text=str(word("web.tour.part.text")), html=html, links=tuple(links))]


PROVIDERS = [show_tour]
