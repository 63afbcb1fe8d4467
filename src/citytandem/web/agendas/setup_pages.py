"""Pages on which a team sets an agenda up: its rooms, slots, sessions and people, and what it promises its guests."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from citytandem.web.accounts.access import person_of
from citytandem.web.agendas import actions, queries
from citytandem.web.agendas.access import team
from citytandem.web.agendas.forms import (
    AbsenceForm,
    InterpreterForm,
    PromiseForm,
    RoomForm,
    SessionForm,
    SlotsForm,
    SolveForm,
    start_session,
)
from citytandem.web.agendas.models import Absence, Interpreter, MeetingRequest, Promise, Room, Session, Slot, Speaker, Wish
from citytandem.web.shell.language import word

if TYPE_CHECKING:
    from django.db import models
    from django.http import HttpRequest, HttpResponse

    from citytandem.web.events.models import Event

READ = ["GET", "POST"]
LONGEST_DAYS = 21
PARTS: dict[str, type[models.Model]] = {"room": Room, "slot": Slot, "session": Session, "absence": Absence}


def describe(request: HttpRequest, event: Event, **more: Any) -> dict[str, Any]:
    """What every page of the room knows."""
    organisation = event.organisation
    may = {name: request.user.has_perm(f"organisation.{name}", organisation) for name in ("edit", "publish")}
    return {"organisation": organisation, "event": event, "may": may, **more}


@team("organisation.view")
@require_GET
def show_room(request: HttpRequest, *, event: Event) -> HttpResponse:
    """How far the agenda is: what is set up, what is missing, the plans made, and the edition that holds."""
    counts = {
        "rooms": event.rooms.count(),
        "slots": event.slots.count(),
        "sessions": queries.sessions_of(event).count(),
        "people": queries.guests_of(event).count(),
        "wishes": Wish.objects.filter(registration__event=event).values("registration").distinct().count(),
        "meetings": MeetingRequest.objects.filter(event=event).count(),
        "outline": event.outline.exclude(pk__in=event.sessions.exclude(outline=None).values("outline")).count(),
    }
    plans = event.plans.select_related("made_by", "before").defer("problem", "result", "agenda")[:30]
    edition = queries.published_plan(event)
    is_set_up = bool(counts["rooms"] and counts["slots"] and counts["sessions"])
    told = describe(request, event, counts=counts, plans=plans, edition=edition, is_set_up=is_set_up, form=SolveForm())
    return render(request, "agendas/room.html", told)


@team("organisation.edit")
@require_http_methods(READ)
def show_rooms(request: HttpRequest, *, event: Event, number: int | None = None) -> HttpResponse:
    """The rooms, and one more or another description of one."""
    room = get_object_or_404(Room, pk=number, event=event) if number else None
    form = RoomForm(request.POST or None, instance=room, event=event)
    if request.method == "POST" and form.is_valid():
        actions.write_room(user=person_of(request), event=event, values=form.cleaned_data, room=room)
        messages.success(request, str(word("web.told.saved")))
        return redirect("agenda_rooms", event.organisation_id, event.pk)
    told = describe(request, event, rooms=event.rooms.all(), room=room, form=form)
    return render(request, "agendas/rooms.html", told, status=422 if form.is_bound else 200)


@team("organisation.edit")
@require_http_methods(READ)
def show_slots(request: HttpRequest, *, event: Event) -> HttpResponse:
    """The slots of each day, and laying more."""
    count = min((event.ends - event.starts).days + 1, LONGEST_DAYS)
    form = SlotsForm(request.POST or None, days=[event.starts + dt.timedelta(days=day) for day in range(count)])
    if request.method == "POST" and form.is_valid():
        days = [dt.date.fromisoformat(one) for one in form.cleaned_data["days"]]
        made = actions.write_slots(user=person_of(request), event=event, days=days, day=form.day)
        messages.success(request, str(word("web.agenda.told.slots", count=made)))
        return redirect("agenda_slots", event.organisation_id, event.pk)
    by_day: dict[dt.date, list[Slot]] = {}
    for slot in event.slots.select_related("event"):
        by_day.setdefault(slot.day, []).append(slot)
    told = describe(request, event, days=by_day, form=form)
    return render(request, "agendas/slots.html", told, status=422 if form.is_bound else 200)


@team("organisation.view")
@require_GET
def show_sessions(request: HttpRequest, *, event: Event) -> HttpResponse:
    """Everything that is to take place."""
    sessions = event.sessions.prefetch_related("speakers__registration").select_related("fixed_slot__event", "fixed_room")
    return render(request, "agendas/sessions.html", describe(request, event, sessions=sessions))


@team("organisation.edit")
@require_http_methods(READ)
def write_session(request: HttpRequest, *, event: Event, number: int | None = None) -> HttpResponse:
    """A new session, or another description of one."""
    session = get_object_or_404(Session, pk=number, event=event) if number else None
    start = start_session(session) if session else {"languages": event.languages}
    form = SessionForm(request.POST or None, initial=start, event=event)
    status = 422 if form.is_bound else 200
    conflict = False
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_session(
                user=person_of(request), event=event, values=form.values, speakers=form.chosen_speakers, session=session,
                version=form.cleaned_data["version"],
            )  # fmt: skip
            messages.success(request, str(word("web.told.saved")))
            return redirect("agenda_sessions", event.organisation_id, event.pk)
        except actions.ChangedMeanwhile:
            status, conflict = 409, True
    told = describe(request, event, session=session, form=form, conflict=conflict)
    return render(request, "agendas/session.html", told, status=status)


@team("organisation.edit")
@require_http_methods(READ)
def show_people(request: HttpRequest, *, event: Event) -> HttpResponse:
    """Who speaks and has said so, who interprets, who is away when, and what is promised to all."""
    which = request.POST.get("form", "")
    promise = Promise.objects.filter(event=event).first() or Promise(event=event)
    forms = {
        "interpreter": InterpreterForm(request.POST if which == "interpreter" else None, event=event),
        "absence": AbsenceForm(request.POST if which == "absence" else None, event=event),
        "promise": PromiseForm(request.POST if which == "promise" else None, instance=promise),
    }
    form = forms.get(which)
    if request.method == "POST" and form is not None and form.is_valid():
        _keep(request, event, form=form)
        messages.success(request, str(word("web.told.saved")))
        return redirect("agenda_people", event.organisation_id, event.pk)
    told = describe(
        request, event,
        forms=forms,
        speakers=Speaker.objects.filter(session__event=event).select_related("session", "registration"),
        interpreters=Interpreter.objects.filter(registration__event=event).select_related("registration"),
        absences=Absence.objects.filter(slot__event=event).select_related("slot__event", "registration", "room"),
    )  # fmt: skip
    return render(request, "agendas/people.html", told, status=422 if request.method == "POST" else 200)


def _keep(request: HttpRequest, event: Event, *, form: Any) -> None:
    person = person_of(request)
    if isinstance(form, InterpreterForm):
        actions.write_interpreter(user=person, event=event, registration=form.cleaned_data["person"], pairs=form.pairs)
    elif isinstance(form, AbsenceForm):
        actions.write_absences(user=person, event=event, **form.values)
    else:
        actions.write_promise(user=person, event=event, values=form.cleaned_data)


@team("organisation.edit")
@require_POST
def confirm_speaker(request: HttpRequest, *, event: Event, number: int) -> HttpResponse:
    """Note that somebody will speak and may be named on the public agenda, or take that back."""
    speaker = get_object_or_404(Speaker, pk=number, session__event=event)
    actions.confirm_speaker(user=person_of(request), speaker=speaker, is_confirmed=request.POST.get("says") == "yes")
    return redirect("agenda_people", event.organisation_id, event.pk)


@team("organisation.edit")
@require_POST
def drop_part(request: HttpRequest, *, event: Event, part: str, number: int) -> HttpResponse:
    """Take a room, a slot, a session or an absence out."""
    if part not in PARTS:
        raise Http404
    where = {"slot__event": event} if part == "absence" else {"event": event}
    found: Any = get_object_or_404(PARTS[part], pk=number, **where)
    actions.drop_part(user=person_of(request), event=event, part=found)
    messages.success(request, str(word("web.agenda.told.dropped")))
    pages = {"room": "agenda_rooms", "slot": "agenda_slots", "session": "agenda_sessions", "absence": "agenda_people"}
    return redirect(pages[part], event.organisation_id, event.pk)
