"""The solver's panel of a tour: asking for one, how far it is, what came out or why nothing could, publishing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from citytandem.web.accounts.access import person_of
from citytandem.web.agendas.setup_pages import describe
from citytandem.web.shell.language import word
from citytandem.web.tours import plan_actions, publishing, queries, solving
from citytandem.web.tours.access import team
from citytandem.web.tours.models import Stage
from citytandem.web.tours.tasks import is_lost
from citytandem.web.tours.tour_view import describe_tour

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from citytandem.web.events.models import Event

BUSY = (Stage.WAITING, Stage.RUNNING)


@team("organisation.edit")
@require_POST
def ask_tour(request: HttpRequest, *, event: Event) -> HttpResponse:
    """Ask the solver for a tour."""
    try:
        made = plan_actions.ask_tour(user=person_of(request), event=event)
    except plan_actions.NotSetUp:
        messages.error(request, str(word("web.tour.told.not_set_up")))
        return redirect("tour_room", event.organisation_id, event.pk)
    return redirect("tour_plan", event.organisation_id, event.pk, made.number)


@team("organisation.view")
@require_GET
def show_tour(request: HttpRequest, *, event: Event, number: int) -> HttpResponse:
    """One tour: how good it is in words, each day with its map, what it costs, what stays open and why."""
    plan = queries.tour_inside(event, number)
    told = describe(request, plan.event, plan=plan, busy=plan.stage in BUSY, lost=is_lost(plan))
    if plan.stage == Stage.READY:
        told |= describe_tour(plan)
    elif plan.stage == Stage.FAILED:
        told["findings"] = solving.findings_of(plan)
    return render(request, "tours/plan.html", told)


@team("organisation.view")
@require_GET
def show_progress(request: HttpRequest, *, event: Event, number: int) -> HttpResponse:
    """Whether a tour is still computed; when it is done the page is loaded anew."""
    plan = queries.tour_inside(event, number)
    told = describe(request, plan.event, plan=plan, busy=plan.stage in BUSY, lost=is_lost(plan))
    answer = render(request, "tours/progress.html", told)
    if plan.stage not in BUSY:
        answer["HX-Refresh"] = "true"
    return answer


@team("organisation.publish")
@require_POST
def publish_tour(request: HttpRequest, *, event: Event, number: int) -> HttpResponse:
    """Let everybody see a tour; calendars that are subscribed to follow."""
    plan = queries.tour_inside(event, number)
    try:
        made = publishing.publish_tour(user=person_of(request), plan=plan)
        messages.success(request, str(word("web.tour.told.published", edition=made.edition)))
    except publishing.NotReady:
        messages.error(request, str(word("web.tour.told.not_ready")))
    return redirect("tour_plan", event.organisation_id, event.pk, number)
