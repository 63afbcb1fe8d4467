"""The agenda everybody may read: days as grids and lists, each session, and a bare page that other sites may show in a frame."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from csp.decorators import csp_replace
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_GET

from citytandem.web.agendas.entries import read_entries
from citytandem.web.agendas.queries import event_outside, published_plan
from citytandem.web.agendas.showing import choices_of, lay_agenda, name_speakers, narrow_entries

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from citytandem.web.agendas.entries import Entry
    from citytandem.web.events.models import Event

ANYWHERE = "*"


@require_GET
def show_agenda(request: HttpRequest, *, event: int) -> HttpResponse:
    """The agenda of an event as it was published last."""
    own = event_outside(event)
    return render(request, "agendas/agenda.html", describe_agenda(request, own))


@require_GET
@xframe_options_exempt
@csp_replace({"frame-ancestors": [ANYWHERE]})  # type: ignore[arg-type]  # its signature knows no arguments of an address
def show_embedded(request: HttpRequest, *, event: int) -> HttpResponse:
    """The same without the frame of the site: it bears nothing of the reader and no form, so any site may show it."""
    own = event_outside(event)
    return render(request, "agendas/embedded.html", describe_agenda(request, own))


@require_GET
def show_session(request: HttpRequest, *, event: int, session: int) -> HttpResponse:
    """One session, to send to a colleague."""
    own = event_outside(event)
    entry = find_entry(own, session=session)
    speakers = name_speakers(own).get(session, [])
    told = {"event": own, "entry": entry, "speakers": speakers, **lay_agenda(own, [entry])}
    return render(request, "agendas/session_page.html", told)


def find_entry(event: Event, *, session: int) -> Entry:
    """A session of the published agenda."""
    plan = published_plan(event)
    found = next((one for one in read_entries(plan.agenda) if one.session == session), None) if plan else None
    if found is None:
        raise Http404
    return found


def describe_agenda(request: HttpRequest, event: Event) -> dict[str, Any]:
    """Everything the public sees of an agenda."""
    plan = published_plan(event)
    if plan is None:
        return {"event": event, "plan": None, **lay_agenda(event, [])}
    entries = read_entries(plan.agenda)
    topic, room = request.GET.get("topic", ""), request.GET.get("room", "")
    choices = choices_of(entries)
    chosen = {"topic": topic if topic in choices["topics"] else "", "room": room if room in choices["rooms"] else ""}
    shown = narrow_entries(entries, **chosen)
    held = [one for one in shown if one.state == "held"]
    return {
        "event": event,
        "plan": plan,
        "chosen": chosen,
        "choices": choices,
        "count": len(held),
        "cancelled": [one for one in shown if one.state != "held"],
        "speakers": name_speakers(event),
        "address": request.build_absolute_uri(),
        **lay_agenda(event, held),
    }
