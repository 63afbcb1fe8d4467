"""Pages of replication plans: drafted from what the two exchanged, finished by the city that learns, on paper at a click."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from citytandem.web.accounts.access import person_of
from citytandem.web.agreements import actions
from citytandem.web.agreements.access import require_in_tandem
from citytandem.web.agreements.drafting import draft_plan, shared_measures
from citytandem.web.agreements.forms import PlanForm
from citytandem.web.agreements.models import PlanState, ReplicationPlan
from citytandem.web.agreements.papers import write_plan_paper
from citytandem.web.agreements.work_pages import say_where
from citytandem.web.profiles.catalogue import title_measures
from citytandem.web.profiles.forms import VersionForm
from citytandem.web.shell.language import current_speech, word
from citytandem.words import language_of

if TYPE_CHECKING:
    from django.http import HttpRequest

    from citytandem.web.accounts.models import Organisation
    from citytandem.web.programmes.models import Tandem

NAMES = ("seen", "conditions", "steps", "means", "open_questions", "version")


@require_in_tandem("organisation.view")
@require_GET
def show_plans(request: HttpRequest, *, organisation: Organisation, tandem: Tandem) -> HttpResponse:
    """The plans of all sides, and measures for which one could be drafted."""
    plans = list(ReplicationPlan.objects.filter(tandem=tandem).select_related("organisation"))
    mine = {plan.measure for plan in plans if plan.organisation_id == organisation.pk}
    told = say_where(request, organisation=organisation, tandem=tandem)
    used = list(tandem.questions.exclude(measure="").values_list("measure", flat=True))
    told |= {"plans": plans, "could": [one for one in dict.fromkeys([*used, *shared_measures(tandem)]) if one not in mine]}
    return render(request, "agreements/plans.html", told)


@require_in_tandem("organisation.edit", sides_only=True)
@require_http_methods(["GET", "POST"])
def write_plan(request: HttpRequest, *, organisation: Organisation, tandem: Tandem, measure: str) -> HttpResponse:
    """One's own plan for a measure, drafted the first time."""
    if measure not in title_measures(current_speech().language):
        raise Http404
    own = ReplicationPlan.objects.filter(tandem=tandem, organisation=organisation, measure=measure).first()
    if own:
        start = {name: getattr(own, name) for name in NAMES}
    else:
        own = ReplicationPlan(
            tandem=tandem, organisation=organisation, measure=measure, language=language_of(get_language() or "en") or "en"
        )
        start = draft_plan(tandem, learner=organisation, measure=measure, speech=current_speech())
    form = PlanForm(request.POST or None, initial=start, tandem=tandem)
    told = say_where(request, organisation=organisation, tandem=tandem) | {"form": form, "plan": own}
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.keep(
                own, user=person_of(request), organisation=organisation, version=form.cleaned_data["version"], values=form.values
            )
        except actions.ChangedMeanwhile as meanwhile:
            status, told["conflict"] = 409, meanwhile.now
            form.data = {**request.POST.dict(), "version": getattr(meanwhile.now, "version", 0)}
        else:
            messages.success(request, str(word("web.plan.kept")))
            return redirect("tandem_plans", organisation.pk, tandem.pk)
    return render(request, "agreements/plan.html", told, status=status)


@require_in_tandem("organisation.publish", sides_only=True)
@require_POST
def adopt_plan(request: HttpRequest, *, organisation: Organisation, tandem: Tandem, plan: int) -> HttpResponse:
    """Say that the city has adopted its plan, or that it is a draft again."""
    own = get_object_or_404(ReplicationPlan, pk=plan, tandem=tandem, organisation=organisation)
    form = VersionForm(request.POST)
    state = PlanState.DRAFT if own.state == PlanState.ADOPTED else PlanState.ADOPTED
    try:
        version = form.cleaned_data["version"] if form.is_valid() else -1
        actions.keep(own, user=person_of(request), organisation=organisation, version=version, values={"state": state})
        messages.success(request, str(word(f"web.plan.told.{state}")))
    except actions.ChangedMeanwhile:
        messages.error(request, str(word("web.work.changed_meanwhile")))
    return redirect("tandem_plans", organisation.pk, tandem.pk)


@require_in_tandem("organisation.view")
@require_GET
def print_plan(request: HttpRequest, *, tandem: Tandem, plan: int, **_: Any) -> HttpResponse:  # noqa: ARG001 - the gate has read it
    """The plan on paper, in its own language."""
    own = get_object_or_404(ReplicationPlan, pk=plan, tandem=tandem)
    answer = HttpResponse(write_plan_paper(own), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="replication-plan-{own.measure}.pdf"'
    return answer
