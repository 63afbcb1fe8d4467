"""Files of an agenda: calendars, schedules for apps of conferences, and papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from citytandem.web.agendas import papers, queries
from citytandem.web.agendas.access import team
from citytandem.web.agendas.guest_pages import find_own
from citytandem.web.shell.language import current_speech

if TYPE_CHECKING:
    from django.http import HttpRequest

    from citytandem.web.events.models import Event

TYPES = {"pdf": "application/pdf", "zip": "application/zip"}


@never_cache
@require_GET
def send_my_paper(request: HttpRequest, *, registration: int) -> HttpResponse:
    """My agenda on paper, in my language."""
    own = find_own(request, registration)
    plan = queries.published_plan(own.event)
    if plan is None:
        raise Http404
    return _send(papers.write_own_agenda(own, plan=plan), form="pdf", name=f"agenda-{own.pk}")


@team("organisation.view")
@require_GET
def send_paper(
    request: HttpRequest,  # noqa: ARG001 - the form of views
    *,
    event: Event,
    number: int,
    form: str,
) -> HttpResponse:
    """Badges, or the lists of all delegations."""
    plan = queries.plan_inside(event, number)
    if form not in papers.PAPERS:
        raise Http404
    write = papers.write_badges if form == "badges" else papers.write_delegations
    return _send(write(plan.event, speech=current_speech()), form=papers.PAPERS[form], name=f"{form}-{event.pk}")


def _send(raw: bytes, *, form: str, name: str) -> HttpResponse:
    answer = HttpResponse(raw, content_type=TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return answer
