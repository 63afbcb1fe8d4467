"""What this room adds to the public page of a programme: what came of each tandem that all sides let everybody see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from citytandem.web.agreements.drafting import names_of
from citytandem.web.programmes.parts import Part
from citytandem.web.programmes.queries import tandems_shown

if TYPE_CHECKING:
    from django.http import HttpRequest

    from citytandem.web.programmes.models import Programme


def list_outcomes(request: HttpRequest, programme: Programme) -> list[Part]:  # noqa: ARG001 - the parts' form
    """One line for each, in the order of the alphabet."""
    shown = sorted((tuple(names_of(tandem)), tandem.pk) for tandem in tandems_shown(programme))
    return [
        Part(heading="web.outcome.title", title=" – ".join(names), url=reverse("public_outcome", args=[number]))
        for names, number in shown
    ]


PROVIDERS = [list_outcomes]
