"""The solver's panel: asking for plans, how far they are, a plan as a grid, moving and locking, replanning, publishing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from citytandem.web.accounts.access import person_of
from citytandem.web.agendas import plan_actions, publishing, queries, solving
from citytandem.web.agendas.access import team
from citytandem.web.agendas.entries import entries_tried
from citytandem.web.agendas.forms import AbsenceForm, MoveForm, SolveForm
from citytandem.web.agendas.models import Plan, Session, Stage
from citytandem.web.agendas.plan_view import compare_plans, describe_plan
from citytandem.web.agendas.setup_pages import describe
from citytandem.web.agendas.tasks import is_lost
from citytandem.web.agendas.warnings import tell_warnings
from citytandem.web.shell.language import current_speech, word

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from citytandem.web.events.models import Event

BUSY = (Stage.WAITING, Stage.RUNNING)


@team("organisation.edit")
@require_POST
def ask_plan(request: HttpRequest, *, event: Event) -> HttpResponse:
    """Ask the solver for a plan."""
    form = SolveForm(request.POST)
    seconds = form.cleaned_data["seconds"] if form.is_valid() else 20
    made = plan_actions.ask_plan(user=person_of(request), event=event, seconds=seconds)
    return redirect("agenda_plan", event.organisation_id, event.pk, made.number)


@team("organisation.view")
@require_GET
def show_plan(request: HttpRequest, *, event: Event, number: int) -> HttpResponse:
    """One plan: how good it is in words, what stands against it, its grid, and what could not be met."""
    return _render_plan(request, queries.plan_inside(event, number))


def _render_plan(request: HttpRequest, plan: Plan, *, status: int = 200, **more: Any) -> HttpResponse:
    told = describe(request, plan.event, plan=plan, busy=plan.stage in BUSY, lost=is_lost(plan), **more)
    if plan.stage == Stage.READY:
        told |= describe_plan(plan, picked=request.GET.get("move", ""))
    elif plan.stage == Stage.FAILED:
        told["findings"] = solving.findings_of(plan)
    return render(request, "agendas/plan.html", told, status=status)


@team("organisation.view")
@require_GET
def show_progress(request: HttpRequest, *, event: Event, number: int) -> HttpResponse:
    """Best so far and bound while a plan is computed; when it is done the page is loaded anew."""
    plan = queries.plan_inside(event, number)
    told = describe(request, plan.event, plan=plan, busy=plan.stage in BUSY, lost=is_lost(plan))
    answer = render(request, "agendas/progress.html", told)
    if plan.stage not in BUSY:
        answer["HX-Refresh"] = "true"
    return answer


@team("organisation.edit")
@require_POST
def move_session(request: HttpRequest, *, event: Event, number: int) -> HttpResponse:
    """Put a session elsewhere: checked at once, and what it costs is told. The plan before stays as it was."""
    plan = _ready_plan(event, number)
    form = MoveForm(request.POST, event=plan.event)
    if not form.is_valid():
        return _render_plan(request, plan, status=422, unmoved=[str(word("web.agenda.move.nowhere"))])
    try:
        made = plan_actions.move_session(user=person_of(request), plan=plan, **form.values)
    except plan_actions.LockedNow:
        return _render_plan(request, plan, status=422, unmoved=[str(word("web.agenda.move.locked"))])
    except solving.MoveRefused as refused:
        tried = entries_tried(plan, **form.values)
        return _render_plan(request, plan, status=422, unmoved=tell_warnings(plan, refused.findings, entries=tried))
    messages.success(request, _tell_cost(plan, made))
    return redirect("agenda_plan", event.organisation_id, event.pk, made.number)


def _tell_cost(before: Plan, after: Plan) -> str:
    """What a move changed for the guests, in words."""
    speech = current_speech()
    lost = len(set(solving.numbers_of_seat(before)) - set(solving.numbers_of_seat(after)))
    gained = len(set(solving.numbers_of_seat(after)) - set(solving.numbers_of_seat(before)))
    shares = {"was": speech.percent(before.worst_share, digits=0), "now": speech.percent(after.worst_share, digits=0)}
    return speech.sentence("web.agenda.move.cost", lost=lost, gained=gained, **shares)


@team("organisation.edit")
@require_POST
def lock_session(request: HttpRequest, *, event: Event, number: int, session: int) -> HttpResponse:
    """Hold a session where it stands, or let it go."""
    plan = _ready_plan(event, number)
    own = get_object_or_404(Session, pk=session, event=plan.event)
    is_locked = request.POST.get("lock") == "yes"
    plan_actions.lock_session(user=person_of(request), plan=plan, session=own, is_locked=is_locked)
    messages.success(request, str(word("web.agenda.told.locked" if is_locked else "web.agenda.told.unlocked")))
    return redirect("agenda_plan", event.organisation_id, event.pk, number)


@team("organisation.edit")
@require_http_methods(["GET", "POST"])
def replan(request: HttpRequest, *, event: Event, number: int) -> HttpResponse:
    """Somebody fails: say who and when, and a plan is made that changes least."""
    plan = _ready_plan(event, number)
    form = AbsenceForm(request.POST or None, event=plan.event)
    if request.method == "POST" and form.is_valid():
        made = plan_actions.ask_replan(user=person_of(request), plan=plan, absence=form.values)
        return redirect("agenda_plan", event.organisation_id, event.pk, made.number)
    told = describe(request, plan.event, plan=plan, form=form)
    return render(request, "agendas/replan.html", told, status=422 if form.is_bound else 200)


@team("organisation.view")
@require_GET
def compare(request: HttpRequest, *, event: Event, number: int) -> HttpResponse:
    """Two plans side by side: how good each is, and which sessions lie elsewhere."""
    plan = _ready_plan(event, number)
    others = Plan.objects.filter(event=plan.event, stage=Stage.READY).exclude(pk=plan.pk)
    asked = request.GET.get("with", "")
    other = others.filter(number=int(asked)).first() if asked.isascii() and asked.isdecimal() and len(asked) < 8 else plan.before
    told = describe(request, plan.event, plan=plan, others=others.defer("problem", "result")[:30], other=other)
    if other is not None:
        told |= compare_plans(other, plan)
    return render(request, "agendas/compare.html", told)


@team("organisation.publish")
@require_POST
def publish_plan(request: HttpRequest, *, event: Event, number: int) -> HttpResponse:
    """Let everybody see a plan; calendars that are subscribed to follow."""
    plan = queries.plan_inside(event, number)
    try:
        made = publishing.publish_plan(user=person_of(request), plan=plan)
        messages.success(request, str(word("web.agenda.told.published", edition=made.edition)))
    except publishing.NotReady:
        messages.error(request, str(word("web.agenda.told.not_ready")))
    return redirect("agenda_plan", event.organisation_id, event.pk, number)


def _ready_plan(event: Event, number: int) -> Plan:
    plan = queries.plan_inside(event, number)
    if plan.stage != Stage.READY:
        raise Http404
    return plan
