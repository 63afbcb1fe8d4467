"""What this room adds to the page of a tandem: cases recorded with it, and what would have to hold at home."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse

from citytandem.web.lessons.models import Case, Checklist, Shown
from citytandem.web.programmes.parts import Part

if TYPE_CHECKING:
    from django.http import HttpRequest

    from citytandem.web.accounts.models import Organisation
    from citytandem.web.programmes.models import Tandem


def list_lessons(request: HttpRequest, tandem: Tandem, *, organisation: Organisation) -> list[Part]:  # noqa: ARG001 - the parts' form
    """Checklists of the sides, for the sides; cases that are published or their own."""
    found = []
    if tandem.sides.filter(organisation=organisation).exists():
        found = [
            Part(
                heading="web.lesson.at_home", title=one.title, text=one.organisation.name,
                url=reverse("checklist", args=[organisation.pk, one.pk]),
            )
            for one in Checklist.objects.filter(tandem=tandem).select_related("organisation")
        ]  # fmt: skip
    seen = Q(state=Shown.PUBLISHED) | Q(organisation=organisation)
    for one in Case.objects.filter(seen, tandem=tandem).select_related("organisation"):
        own = one.organisation_id == organisation.pk
        url = reverse("team_case", args=[organisation.pk, one.pk]) if own else reverse("lesson_case", args=[f"team-{one.pk}"])
        found.append(Part(heading="web.lesson.cases", title=one.policy, text=one.organisation.name, url=url))
    return found


PROVIDERS = [list_lessons]
