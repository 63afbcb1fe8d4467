"""What an event costs, and what the journeys to it cost and emit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from citytandem.web.accounts.access import person_of
from citytandem.web.events import actions
from citytandem.web.events.access import rights, room
from citytandem.web.events.forms import LineForm, TaskForm
from citytandem.web.events.queries import add_up, places_taken
from citytandem.web.events.travel import travel_to
from citytandem.web.live import atlas_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from citytandem.web.accounts.models import Organisation
    from citytandem.web.events.models import Event


@room("organisation.edit")
@require_http_methods(["GET", "POST"])
def write_budget(request: HttpRequest, *, organisation: Organisation, event: Event) -> HttpResponse:
    """The lines, their sums, and one to add."""
    form = LineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.write_line(user=person_of(request), event=event, values=dict(form.cleaned_data))
        return redirect("event_budget", organisation.pk, event.pk)
    taken = places_taken(event)
    told = {
        "organisation": organisation, "event": event, "lines": event.budget.all(), "form": form, "taken": taken,
        "totals": add_up(event, guests=taken),
    }  # fmt: skip
    return render(request, "events/budget.html", told, status=422 if request.method == "POST" else 200)


@room("organisation.edit")
@require_POST
def drop_line(request: HttpRequest, *, organisation: Organisation, event: Event, line: int) -> HttpResponse:
    """Take a line out."""
    actions.drop_line(
        user=person_of(request), line=get_object_or_404(event.budget.select_related("event__organisation"), pk=line)
    )
    return redirect("event_budget", organisation.pk, event.pk)


@room("organisation.view")
@require_GET
def show_travel(request: HttpRequest, *, organisation: Organisation, event: Event) -> HttpResponse:
    """Emissions and cost of coming, with their interval and sources; sums alone, no person."""
    told = {"organisation": organisation, "event": event, "travel": travel_to(event, atlas=atlas_of(request))}
    return render(request, "events/travel.html", told | rights(request, organisation))


@room("organisation.edit")
@require_http_methods(["GET", "POST"])
def write_tasks(request: HttpRequest, *, organisation: Organisation, event: Event) -> HttpResponse:
    """What is to be done, by whom, until when."""
    people = [(one.user_id, str(one.user)) for one in organisation.memberships.select_related("user").order_by("user__name")]
    form = TaskForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        values = {"title": asked["title"], "owner_id": asked["owner"], "due": asked["due"]}
        actions.write_task(user=person_of(request), event=event, values=values)
        return redirect("event_tasks", organisation.pk, event.pk)
    told = {"organisation": organisation, "event": event, "tasks": event.tasks.select_related("owner"), "form": form}
    return render(request, "events/tasks.html", told, status=422 if request.method == "POST" else 200)


@room("organisation.edit")
@require_POST
def settle_task(request: HttpRequest, *, organisation: Organisation, event: Event, task: int, step: str) -> HttpResponse:
    """Done, or open again."""
    if step not in {"done", "open"}:
        raise Http404
    own = get_object_or_404(event.tasks.select_related("event__organisation"), pk=task)
    actions.settle_task(user=person_of(request), task=own, is_done=step == "done")
    return redirect("event_tasks", organisation.pk, event.pk)
