"""What tests of events share: an event of a network, guests, and what a form is filled with."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from citytandem.web.accounts.models import Kind, Organisation
from citytandem.web.events.models import Event


def days(count: int) -> date:
    return timezone.now().date() + timedelta(days=count)


def network() -> Organisation:
    return Organisation.objects.create(kind=Kind.NETWORK, name="Demo network (invented)", network="demo", is_invented=True)


def an_event(organisation: Organisation, **more: object) -> Event:
    values: dict[str, object] = {
        "kind": "workshop", "layout": "kick_off", "title": "Abwärme nutzen", "text": "Wer hat es getan?", "language": "de",
        "languages": ["de", "en"], "city": "DE-08221000", "place": "Rathaus", "zone": "Europe/Berlin", "starts": days(40),
        "ends": days(41), "seats": 3, "state": "open", "is_invented": True,
    }  # fmt: skip
    return Event.objects.create(organisation=organisation, **{**values, **more})


def who(**more: object) -> dict[str, object]:
    """The first page of a registration."""
    values: dict[str, object] = {
        "name": "Erika Muster", "role": "expert", "organisation_name": "Stadt", "organisation_kind": "city", "country": "DE",
        "language": "de", "companion": "",
    }  # fmt: skip
    return {**values, **more}
