"""From a page to the worker that empties the outbox of an event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citytandem.web.events.models import Delivery, SentLetter
from citytandem.web.events.tasks import send_letters

if TYPE_CHECKING:
    from django.http import HttpRequest

    from citytandem.web.events.models import Event


def site_of(request: HttpRequest) -> str:
    """Where the site is, as the links of letters begin."""
    return request.build_absolute_uri("/").rstrip("/")


def post_letters(request: HttpRequest, event: Event) -> None:
    """Let the worker send what waits, if anything does."""
    if SentLetter.objects.filter(event=event, state=Delivery.WAITING).exists():
        send_letters.enqueue(event.pk, site=site_of(request))
