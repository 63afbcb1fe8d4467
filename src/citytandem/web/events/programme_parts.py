"""What the page of a programme shows of its events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from citytandem.web.events.queries import events_seen
from citytandem.web.events.times import tell_days
from citytandem.web.programmes.parts import Part
from citytandem.web.shell.language import current_speech, word

if TYPE_CHECKING:
    from django.http import HttpRequest

    from citytandem.web.programmes.models import Programme


def list_events(request: HttpRequest, programme: Programme) -> list[Part]:  # noqa: ARG001 - the form of such parts
    """Its events that everybody may see, the earliest first."""
    language = current_speech().language
    return [
        Part(
            heading="event.list.title",
            title=event.title,
            text=f"{tell_days(event, language=language)} · {word(f'event.state.{event.state}')}",
            url=reverse("event", args=[event.pk]),
            on=event.starts,
        )
        for event in events_seen().filter(programme=programme).order_by("starts", "pk")
    ]


PROVIDERS = [list_events]
