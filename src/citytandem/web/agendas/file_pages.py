"""Files of an agenda: calendars, schedules for apps of conferences, and papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from citytandem.web.agendas import calendars, papers, queries
from citytandem.web.agendas.access import team
from citytandem.web.agendas.entries import read_entries
from citytandem.web.agendas.guest_actions import hash_token
from citytandem.web.agendas.guest_pages import AWAY, find_own
from citytandem.web.agendas.models import Feed
from citytandem.web.agendas.personal import own_entries
from citytandem.web.shell.language import current_speech
from citytandem.words import Speech, language_of

if TYPE_CHECKING:
    from django.http import HttpRequest

    from citytandem.web.agendas.models import Plan
    from citytandem.web.events.models import Event, Registration

TYPES = {
    "pdf": "application/pdf",
    "zip": "application/zip",
    "ics": "text/calendar; charset=utf-8",
    "json": "application/json",
    "xml": "application/xml; charset=utf-8",
}
SCHEDULES = ("json", "xml")


@require_GET
def send_calendar(request: HttpRequest, *, event: int) -> HttpResponse:
    """The whole public agenda as a calendar."""
    plan = _edition(queries.event_outside(event))
    raw = calendars.calendar_of(plan, read_entries(plan.agenda), speech=current_speech(), base=_base(request))
    return _send(raw, form="ics", name=f"event-{event}")


@require_GET
def send_session_calendar(request: HttpRequest, *, event: int, session: int) -> HttpResponse:
    """One session of the public agenda as a calendar."""
    plan = _edition(queries.event_outside(event))
    found = [one for one in read_entries(plan.agenda) if one.session == session]
    if not found:
        raise Http404
    raw = calendars.calendar_of(plan, found, speech=current_speech(), base=_base(request))
    return _send(raw, form="ics", name=f"event-{event}-session-{session}")


@require_GET
def send_schedule(request: HttpRequest, *, event: int, form: str) -> HttpResponse:
    """The public agenda as a frab schedule; other sites may read it, as it bears nothing of the reader."""
    if form not in SCHEDULES:
        raise Http404
    plan = _edition(queries.event_outside(event))
    answer = HttpResponse(
        calendars.schedule_of(plan, form=form, speech=current_speech(), base=_base(request)), content_type=TYPES[form]
    )
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


@never_cache
@require_GET
def send_personal_calendar(request: HttpRequest, *, token: str) -> HttpResponse:
    """Somebody's own calendar at its secret address, in the language they chose; a closed address is not there."""
    feed = Feed.objects.select_related("registration__event").filter(token_sha256=hash_token(token)).first()
    if feed is None or feed.registration.forgotten or feed.registration.seat in AWAY:
        raise Http404
    return _send_own(request, feed.registration)


@never_cache
@require_GET
def send_my_calendar(request: HttpRequest, *, registration: int) -> HttpResponse:
    """My calendar as a file."""
    return _send_own(request, find_own(request, registration))


def _send_own(request: HttpRequest, own: Registration) -> HttpResponse:
    plan = _edition(own.event)
    speech = Speech(language_of(own.language) or "en")
    name = speech.sentence("web.agenda.of", event=own.event.title)
    raw = calendars.calendar_of(plan, own_entries(own, plan=plan), speech=speech, base=_base(request), name=name)
    return _send(raw, form="ics", name=f"my-agenda-{own.event_id}")


def _edition(event: Event) -> Plan:
    plan = queries.published_plan(event)
    if plan is None:
        raise Http404
    return plan


def _base(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


@never_cache
@require_GET
def send_my_paper(request: HttpRequest, *, registration: int) -> HttpResponse:
    """My agenda on paper, in my language."""
    own = find_own(request, registration)
    return _send(papers.write_own_agenda(own, plan=_edition(own.event)), form="pdf", name=f"agenda-{own.pk}")


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
