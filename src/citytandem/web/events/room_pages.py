"""The organisers' room: all events of a team, a new one in one step, the page of each, its words, its state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from citytandem.web.accounts.access import person_of
from citytandem.web.events import actions
from citytandem.web.events.access import organisers, rights, room
from citytandem.web.events.drafting import UnknownStart, draft, outline_of, read_start
from citytandem.web.events.formats import FORMATS, MARK
from citytandem.web.events.forms import EventForm, NewEventForm
from citytandem.web.events.mailings import NotReady, send_to_all
from citytandem.web.events.outbox import post_letters
from citytandem.web.events.parts import gather_parts
from citytandem.web.events.queries import add_up, count_seats, events_of, places_taken
from citytandem.web.events.times import tell_clocks, tell_days
from citytandem.web.live import atlas_of
from citytandem.web.profiles.forms import VersionForm
from citytandem.web.shell.language import current_speech, word

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from citytandem.web.accounts.models import Organisation
    from citytandem.web.events.models import Event

ASKED = ("city", "measure", "section", "programme", "tandem")


@organisers("organisation.view")
@require_GET
def show_room(request: HttpRequest, *, organisation: Organisation) -> HttpResponse:
    """Everything the team has written, drafts too."""
    language = current_speech().language
    rows = [(event, tell_days(event, language=language)) for event in events_of(organisation)]
    told = {"organisation": organisation, "rows": rows}
    return render(request, "events/room.html", told | rights(request, organisation))


@organisers("organisation.edit")
@require_http_methods(["GET", "POST"])
def new_event(request: HttpRequest, *, organisation: Organisation) -> HttpResponse:
    """One step from a gap, a programme, a tandem or nothing to a drafted event."""
    try:
        start = read_start(request.GET.dict(), atlas=atlas_of(request), organisation=organisation)
    except UnknownStart as unknown:
        raise Http404 from unknown
    form = NewEventForm(request.POST or None, initial={"layout": "study_tour" if start.kind == "gap" else "kick_off"})
    if request.method == "POST" and form.is_valid():
        chosen, atlas = form.cleaned_data, atlas_of(request)
        values = draft(start, layout=chosen["layout"], starts=chosen["starts"], atlas=atlas, organisation=organisation)
        outline = outline_of(chosen["layout"], topic=start.topic)
        made = actions.draft_event(user=person_of(request), organisation=organisation, values=values, outline=outline)
        messages.success(request, str(word("event.told.drafted")))
        return redirect("event_desk", organisation.pk, made.pk)
    status = 422 if request.method == "POST" else 200
    told = {"organisation": organisation, "form": form, "start": start, "formats": FORMATS.values(), "mark": MARK}
    return render(request, "events/new.html", told, status=status)


@room("organisation.view")
@require_GET
def show_desk(request: HttpRequest, *, organisation: Organisation, event: Event) -> HttpResponse:
    """Where an event stands, its outline, and the ways to all its rooms."""
    seats, taken = count_seats(event), places_taken(event)
    language = current_speech().language
    told = {
        "organisation": organisation,
        "event": event,
        "days": tell_days(event, language=language),
        "clocks": tell_clocks(event, language=language)[:1],
        "seats": seats,
        "taken": taken,
        "left": max(0, event.seats - taken),
        "outline": event.outline.all(),
        "totals": add_up(event, guests=taken),
        "tasks": event.tasks.filter(done=None).count(),
        "steps": _steps(event),
        "parts": gather_parts(request, event, room=True),
        "format": FORMATS.get(event.layout),
        "mark": MARK,
    }
    return render(request, "events/desk.html", told | rights(request, organisation))


@room("organisation.edit")
@require_http_methods(["GET", "POST"])
def edit_event(request: HttpRequest, *, organisation: Organisation, event: Event) -> HttpResponse:
    """Other words, place or time."""
    form = EventForm(request.POST or None, initial=_start(event))
    told: dict[str, object] = {"organisation": organisation, "event": event}
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_event(user=person_of(request), event=event, version=form.cleaned_data["version"], values=form.values)
        except actions.ChangedMeanwhile as meanwhile:
            status, told["conflict"] = 409, meanwhile.now
            form.data = _with_version(request, meanwhile.now.version)
        except actions.NotAllowedNow:
            messages.error(request, str(word("event.problem.not_now")))
            return redirect("event_desk", organisation.pk, event.pk)
        else:
            messages.success(request, str(word("web.told.saved")))
            return redirect("event_desk", organisation.pk, event.pk)
    return render(request, "events/edit.html", told | {"form": form, "groups": form.groups}, status=status)


@room("organisation.publish")
@require_POST
def move_event(request: HttpRequest, *, organisation: Organisation, event: Event, step: str) -> HttpResponse:
    """Open the registration, close it, say it was held, cancel it; who was coming to a cancelled event gets a letter."""
    if step not in actions.STEPS:
        raise Http404
    person, form = person_of(request), VersionForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else -1
    try:
        own = actions.move_event(user=person, event=event, version=version, step=step)
        if step == "cancel":
            send_to_all(user=person, event=own, letter="cancellation", key=f"cancel:{own.pk}:{own.version}")
        post_letters(request, own)
        messages.success(request, str(word(f"event.told.{step}")))
    except actions.ChangedMeanwhile:
        messages.error(request, str(word("event.problem.changed_meanwhile")))
    except actions.NotAllowedNow:
        messages.error(request, str(word("event.problem.not_now")))
    except NotReady as stop:
        messages.error(request, current_speech().say(stop.findings[0]))
    return redirect("event_desk", organisation.pk, event.pk)


def _steps(event: Event) -> list[str]:
    """What can be done with an event now; it was held only once it has begun."""
    found = [step for step, (_, sources) in actions.STEPS.items() if event.state in sources]
    return [step for step in found if step != "hold" or event.starts <= timezone.now().date()]


def _start(event: Event) -> dict[str, Any]:
    values = {name: getattr(event, name) for name in EventForm.base_fields if hasattr(event, name)}
    until = event.register_until
    return {**values, "until_day": timezone.localtime(until, ZoneInfo(event.zone)).date() if until else None}


def _with_version(request: HttpRequest, version: int) -> Any:
    """What was typed, with the version it would now be saved over."""
    data = request.POST.copy()
    data["version"] = str(version)
    return data
