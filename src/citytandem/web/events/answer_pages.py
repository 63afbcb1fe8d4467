"""The organisers' page of what guests said three and twelve months later, and the same as CSV."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from citytandem.web.events.access import room
from citytandem.web.events.answers import QUESTIONS, gather_answers
from citytandem.web.events.guest_pages import make_harmless

if TYPE_CHECKING:
    from django.http import HttpRequest

    from citytandem.web.accounts.models import Organisation
    from citytandem.web.events.models import Event

COLUMNS = ("months", "said", "name", "organisation_name", "country", *QUESTIONS)


@room("organisation.edit")
@never_cache
@require_GET
def show_answers(request: HttpRequest, *, organisation: Organisation, event: Event) -> HttpResponse:
    """How many answered, and what those wrote who agreed to be asked."""
    rounds = gather_answers(event)
    told = {"organisation": organisation, "event": event, "rounds": rounds, "answered": sum(one.answered for one in rounds)}
    return render(request, "events/answers.html", told)


@room("organisation.edit")
@never_cache
@require_GET
def export_answers(request: HttpRequest, *, organisation: Organisation, event: Event) -> HttpResponse:  # noqa: ARG001 - the gate's form
    """The same words as CSV; who is not quoted on the page is not in it."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="answers-{event.pk}-{timezone.now():%Y-%m-%d}.csv"'
    answer.write("\ufeff")
    writer = csv.writer(answer)
    writer.writerow(COLUMNS)
    for one in (said for times in gather_answers(event) for said in times.quoted):
        guest = one.registration
        cells = (guest.name, guest.organisation_name, guest.country, *(getattr(one, name) for name in QUESTIONS))
        writer.writerow([one.months, f"{one.said:%Y-%m-%d}", *map(make_harmless, cells)])
    return answer
