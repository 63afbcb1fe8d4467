"""What the pages of an event show of its agenda: where it is, and a guest's own pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse

from citytandem.web.agendas.queries import published_plan
from citytandem.web.events.links import OPENED, registration_of
from citytandem.web.events.parts import EventPart
from citytandem.web.shell.language import word

if TYPE_CHECKING:
    from django.http import HttpRequest

    from citytandem.web.events.models import Event, Registration


def show_agenda(request: HttpRequest, event: Event, *, room: bool) -> list[EventPart]:
    """The way to the agenda: to its room for organisers, to the published edition and their own for guests."""
    if room:
        link = (str(word("web.agenda.part.room")), reverse("agenda_room", args=[event.organisation_id, event.pk]))
        return [EventPart(title=str(word("web.agenda.title")), text=str(word("web.agenda.part.room_text")), links=(link,))]
    links = []
    if published_plan(event) is not None:
        links.append((str(word("web.agenda.public")), reverse("agenda", args=[event.pk])))
    own = _own_registration(request, event)
    if own is not None:
        links += [(str(word(f"web.agenda.part.{name}")), reverse(name, args=[own.pk])) for name in MINE]
    text = str(word("web.agenda.part.text")) if links else ""
    return [EventPart(title=str(word("web.agenda.title")), text=text, links=tuple(links))] if links else []


MINE = ("my_agenda", "my_wishes", "my_meetings")


def _own_registration(request: HttpRequest, event: Event) -> Registration | None:
    """The registration of this person at the event: of their account, or of a personal link opened in this browser."""
    numbers: list[int] = []
    if request.user.is_authenticated:
        numbers += event.registrations.filter(user=request.user).values_list("pk", flat=True)
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        opened = [int(key) for key in request.session.get(OPENED, {})]
        numbers += event.registrations.filter(pk__in=opened).values_list("pk", flat=True)
    return next((own for number in numbers if (own := registration_of(request, number=number))), None)


PROVIDERS = [show_agenda]
