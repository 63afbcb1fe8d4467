"""The tour everybody may read: its days with their maps, as a calendar and as a table; and on paper for each guest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from citytandem.web.events.links import registration_of
from citytandem.web.shell.language import current_speech
from citytandem.web.tours import queries
from citytandem.web.tours.papers import write_calendar_of, write_own_tour
from citytandem.web.tours.tables_file import write_tour
from citytandem.web.tours.tour_view import describe_tour

if TYPE_CHECKING:
    from django.http import HttpRequest

AWAY = ("cancelled", "refused")


@require_GET
def show_tour(request: HttpRequest, *, event: int) -> HttpResponse:
    """The tour of an event as it was published last."""
    own = queries.event_outside(event)
    plan = queries.published_tour(own)
    told: dict[str, Any] = {"event": own, "plan": None} if plan is None else {"event": own, **describe_tour(plan)}
    return render(request, "tours/tour.html", told)


@require_GET
def send_calendar(request: HttpRequest, *, event: int) -> HttpResponse:
    """The tour as a calendar, in the language of the page."""
    plan = queries.edition_outside(event)
    raw = write_calendar_of(plan, speech=current_speech(), base=f"{request.scheme}://{request.get_host()}")
    return _send(raw, form="text/calendar; charset=utf-8", name=f"tour-{event}.ics")


@require_GET
def send_table(request: HttpRequest, *, event: int) -> HttpResponse:  # noqa: ARG001 - the form of views
    """The tour as a table, a row for each stop."""
    raw = write_tour(queries.edition_outside(event)).encode("utf-8-sig")
    return _send(raw, form="text/csv; charset=utf-8", name=f"tour-{event}.csv")


@never_cache
@require_GET
def send_my_paper(request: HttpRequest, *, registration: int) -> HttpResponse:
    """The tour on paper for one guest, in their language."""
    own = registration_of(request, number=registration)
    plan = queries.published_tour(own.event) if own and own.seat not in AWAY else None
    if own is None or plan is None:
        raise Http404
    return _send(write_own_tour(own, plan=plan), form="application/pdf", name=f"tour-{own.pk}.pdf")


def _send(raw: bytes, *, form: str, name: str) -> HttpResponse:
    answer = HttpResponse(raw, content_type=form)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
