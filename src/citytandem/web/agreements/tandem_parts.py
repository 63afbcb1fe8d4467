"""What this room adds to the page of a tandem: its agreement, its work, learning, plans, what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from citytandem.web.agreements.access import AGREED
from citytandem.web.agreements.models import Agreement
from citytandem.web.programmes.parts import Part
from citytandem.web.shell.language import word

if TYPE_CHECKING:
    from django.http import HttpRequest

    from citytandem.web.accounts.models import Organisation
    from citytandem.web.programmes.models import Tandem

ROOMS = {
    "tandem_work": "web.work.title",
    "tandem_learning": "web.learning.title",
    "tandem_plans": "web.plan.title",
    "tandem_outcome": "web.outcome.title",
}


def list_rooms(request: HttpRequest, tandem: Tandem, *, organisation: Organisation) -> list[Part]:  # noqa: ARG001 - the parts' form
    """The rooms of a tandem to which all sides have agreed."""
    if tandem.state not in AGREED:
        return []
    own = Agreement.objects.filter(tandem=tandem).order_by("-starts", "-pk").first()
    text = str(word(f"agreement_state.{own.state}")) if own else str(word("web.agreement.none"))
    here = [organisation.pk, tandem.pk]
    first = Part(
        heading="web.tandem.rooms", title=str(word("web.agreement.title")), text=text, url=reverse("tandem_agreement", args=here)
    )
    rest = (
        Part(heading="web.tandem.rooms", title=str(word(title)), url=reverse(name, args=here)) for name, title in ROOMS.items()
    )
    return [first, *rest]


PROVIDERS = [list_rooms]
