"""What the page of a tandem shows of its events, and the way to draft one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from citytandem.web.events.models import Event, State
from citytandem.web.events.queries import ORGANISERS
from citytandem.web.events.times import tell_days
from citytandem.web.programmes.parts import Part
from citytandem.web.shell.language import current_speech, word

if TYPE_CHECKING:
    from django.http import HttpRequest

    from citytandem.web.accounts.models import Organisation
    from citytandem.web.programmes.models import Tandem


def list_events(request: HttpRequest, tandem: Tandem, *, organisation: Organisation) -> list[Part]:
    """Its events: drafts for the team that wrote them alone; then one step to a new one for who may write it."""
    language = current_speech().language
    parts = []
    for event in Event.objects.filter(tandem=tandem).order_by("starts", "pk"):
        is_ours = event.organisation_id == organisation.pk
        if event.state == State.DRAFT and not is_ours:
            continue
        url = reverse("event_desk", args=[organisation.pk, event.pk]) if is_ours else reverse("event", args=[event.pk])
        text = f"{tell_days(event, language=language)} · {word(f'event.state.{event.state}')}"
        parts.append(Part(heading="event.list.title", title=event.title, text=text, url=url, on=event.starts))
    if organisation.kind in ORGANISERS and request.user.has_perm("organisation.edit", organisation):
        url = f"{reverse('event_new', args=[organisation.pk])}?tandem={tandem.pk}"
        parts.append(Part(heading="event.list.title", title=str(word("event.new.title")), url=url))
    return parts


PROVIDERS = [list_events]
