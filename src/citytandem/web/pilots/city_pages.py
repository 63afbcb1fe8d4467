"""The room of one pilot city, for the office and for the city: what is demanded, what was sent, found, answered and decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from citytandem.web.accounts.access import person_of
from citytandem.web.agreements.actions import ChangedMeanwhile, NotAllowedNow
from citytandem.web.assessments.queries import is_settled
from citytandem.web.live import atlas_of
from citytandem.web.pilots import actions, forms
from citytandem.web.pilots.access import require_in_pilot, sides_of
from citytandem.web.pilots.frame import name_criterion
from citytandem.web.pilots.judging import assessments_of, find_hindrances, open_for
from citytandem.web.pilots.models import Milestone, SiteFinding, Visit
from citytandem.web.pilots.queries import name_pilot, next_stage, open_findings, open_milestones, state_of, today
from citytandem.web.profiles.forms import VersionForm
from citytandem.web.shell.language import current_speech, word
from citytandem.words import language_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from citytandem.web.accounts.models import Organisation
    from citytandem.web.pilots.models import PilotCity


class Kind(NamedTuple):
    """One kind of row an office writes about a city."""

    model: type[Any]
    form: type[forms.InProgramme]


KINDS = {
    "milestone": Kind(Milestone, forms.MilestoneForm),
    "visit": Kind(Visit, forms.VisitForm),
    "finding": Kind(SiteFinding, forms.FindingForm),
}


@require_in_pilot("organisation.view")
@require_GET
def show_city(request: HttpRequest, *, organisation: Organisation, pilot: PilotCity) -> HttpResponse:
    """What is demanded next and by when, then all that happened."""
    speech, key = current_speech(), pilot.programme.framework
    findings = list(pilot.findings.select_related("visit"))
    criteria = {one.criterion for one in findings} | set(pilot.evidence.values_list("criterion", flat=True))
    judged = [(one, is_settled(one)) for one in assessments_of(pilot)]
    told = {
        "next": open_milestones(pilot).first(),
        "next_stage": next_stage(pilot),
        "milestones": pilot.milestones.select_related("stage").prefetch_related("evidence"),
        "evidence": pilot.evidence.select_related("milestone", "sent_by", "sent_for"),
        "visits": pilot.visits.all(),
        "findings": findings,
        "open": open_findings(pilot).count(),
        "steps": pilot.steps.select_related("stage"),
        "assessments": judged,
        "may_assess": bool(pilot.city) and all(settled for _, settled in judged) and pilot.left is None,
        "decisions": pilot.decisions.select_related("certificate"),
        "certificates": [(one, state_of(one, on=today())) for one in pilot.certificates.all()],
        "lessons": list_lessons(pilot),
        "hindrances": find_hindrances(pilot) if "office" in sides_of(pilot, organisation) else [],
        "criteria": {one: name_criterion(key, criterion=one, speech=speech) for one in criteria if one},
        "answer_form": forms.AnswerForm(auto_id=False),
        "move": forms.MoveForm(initial={"on": today(), "version": pilot.version}, programme=pilot.programme, auto_id="move-%s"),
    }
    return render(request, "pilots/city.html", told | say_where(request, organisation, pilot=pilot))


@require_in_pilot("organisation.edit", only="office")
@require_http_methods(["GET", "POST"])
def write_row(
    request: HttpRequest, *, organisation: Organisation, pilot: PilotCity, kind: str, row: int | None = None
) -> HttpResponse:
    """A milestone, a visit or a finding: a new one, or other words for one."""
    if kind not in KINDS:
        raise Http404
    sort = KINDS[kind]
    own = get_object_or_404(sort.model, pk=row, pilot=pilot) if row else sort.model(pilot=pilot)
    names = [name for name in sort.form.base_fields if name != "version"]
    fresh = {"version": 0, "on": today(), "language": language_of(get_language() or "en"), "visit": request.GET.get("visit")}
    start = {name: getattr(own, name) for name in names} | {"version": own.version} if own.pk else fresh
    form = sort.form(request.POST or None, initial=start, programme=pilot.programme, pilot=pilot)
    told: dict[str, Any] = {"form": form, "row": own if own.pk else None, "kind": kind}
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.keep(
                own, user=person_of(request), organisation=organisation, version=form.cleaned_data["version"], values=form.values
            )
        except ChangedMeanwhile as meanwhile:
            status, told["conflict"] = 409, meanwhile.now
            form.data = {**request.POST.dict(), "version": getattr(meanwhile.now, "version", 0)}
        else:
            messages.success(request, str(word("web.pilot.told.kept")))
            return back(organisation, pilot)
    return render(request, "pilots/row.html", told | say_where(request, organisation, pilot=pilot), status=status)


@require_in_pilot("organisation.edit", only="office")
@require_POST
def remove_row(request: HttpRequest, *, organisation: Organisation, pilot: PilotCity, kind: str, row: int) -> HttpResponse:
    """Take a row away; the record keeps what it said."""
    if kind not in KINDS:
        raise Http404
    own, form = get_object_or_404(KINDS[kind].model, pk=row, pilot=pilot), VersionForm(request.POST)
    try:
        version = form.cleaned_data["version"] if form.is_valid() else -1
        actions.remove(own, user=person_of(request), organisation=organisation, version=version)
        messages.success(request, str(word("web.pilot.told.removed")))
    except ChangedMeanwhile:
        messages.error(request, str(word("web.work.changed_meanwhile")))
    return back(organisation, pilot)


@require_in_pilot("organisation.edit", only="office")
@require_POST
def move_stage(request: HttpRequest, *, organisation: Organisation, pilot: PilotCity) -> HttpResponse:
    """Note that the city reached a stage."""
    form = forms.MoveForm(request.POST, programme=pilot.programme)
    if not form.is_valid():
        messages.error(request, str(word("web.pilot.incomplete")))
        return back(organisation, pilot)
    try:
        stage, on = form.cleaned_data["stage"], form.cleaned_data["on"]
        actions.move_stage(pilot, stage=stage, on=on, user=person_of(request), organisation=organisation)
        messages.success(request, str(word("web.pilot.told.moved")))
    except NotAllowedNow:
        messages.error(request, str(word("web.pilot.not_now")))
    return back(organisation, pilot)


@require_in_pilot("organisation.edit", only="city")
@require_POST
def answer_finding(request: HttpRequest, *, organisation: Organisation, pilot: PilotCity, finding: int) -> HttpResponse:
    """What the city says to a finding."""
    own, form = get_object_or_404(SiteFinding, pk=finding, pilot=pilot), forms.AnswerForm(request.POST)
    return _settle(request, own, form=form, organisation=organisation, pilot=pilot)


@require_in_pilot("organisation.edit", only="office")
@require_POST
def close_finding(request: HttpRequest, *, organisation: Organisation, pilot: PilotCity, finding: int) -> HttpResponse:
    """The office settles a finding."""
    own, form = get_object_or_404(SiteFinding, pk=finding, pilot=pilot), forms.ReasonForm(request.POST)
    return _settle(request, own, form=form, organisation=organisation, pilot=pilot)


@require_in_pilot("organisation.edit", only="office")
@require_POST
def open_assessment(request: HttpRequest, *, organisation: Organisation, pilot: PilotCity) -> HttpResponse:
    """Let two assessors judge the city by the programme's framework."""
    try:
        made = open_for(pilot, user=person_of(request), organisation=organisation)
    except NotAllowedNow:
        messages.error(request, str(word("web.pilot.not_assessed")))
        return back(organisation, pilot)
    return redirect("assessment_room", organisation.pk, made.pk)


def say_where(request: HttpRequest, organisation: Organisation, *, pilot: PilotCity) -> dict[str, Any]:
    """What every page of a pilot city knows: for whom one acts, on which side, the city's name, what one may do."""
    sides = sides_of(pilot, organisation)
    may = {f"may_{name}": request.user.has_perm(f"organisation.{name}", organisation) for name in ("edit", "publish")}
    name = name_pilot(pilot, atlas=atlas_of(request), language=current_speech().language)
    return {
        "organisation": organisation, "pilot": pilot, "programme": pilot.programme, "name": name, "today": today(),
        "is_office": "office" in sides, "is_city": "city" in sides, **may,
    }  # fmt: skip


def back(organisation: Organisation, pilot: PilotCity) -> HttpResponse:
    """To the room of the city."""
    return redirect("pilot_city", organisation.pk, pilot.programme_id, pilot.pk)


def list_lessons(pilot: PilotCity) -> list[Any]:
    """The cases that came out of a pilot city."""
    return list(pilot.lessons.select_related("case"))


def _settle(
    request: HttpRequest, own: SiteFinding, *, form: VersionForm, organisation: Organisation, pilot: PilotCity
) -> HttpResponse:
    settle: Any = actions.answer_finding if isinstance(form, forms.AnswerForm) else actions.close_finding
    if not form.is_valid():
        messages.error(request, str(word("web.pilot.incomplete")))
        return back(organisation, pilot)
    try:
        settle(own, user=person_of(request), organisation=organisation, on=today(), **form.cleaned_data)
        messages.success(request, str(word("web.pilot.told.kept")))
    except ChangedMeanwhile:
        messages.error(request, str(word("web.work.changed_meanwhile")))
    except NotAllowedNow:
        messages.error(request, str(word("web.pilot.not_now")))
    return back(organisation, pilot)
