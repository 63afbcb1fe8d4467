"""The coordinator's room: programmes of the network, their call, the applications, and what is due."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from citytandem.gazetteer import fold
from citytandem.web.accounts.access import person_of, require
from citytandem.web.accounts.models import Kind
from citytandem.web.insights.cities import countries_of
from citytandem.web.live import atlas_of
from citytandem.web.profiles.catalogue import title_measures
from citytandem.web.programmes import actions, applying
from citytandem.web.programmes.application_forms import ReasonForm, say_languages
from citytandem.web.programmes.eligibility import find_people, is_met, read_checks
from citytandem.web.programmes.forms import ProgrammeForm, start_of
from citytandem.web.programmes.letters import tell_decision
from citytandem.web.programmes.models import Application, Form, Programme, State
from citytandem.web.programmes.proposing import TANDEM_STEPS, move_tandem, take_back
from citytandem.web.programmes.public_pages import tell_until
from citytandem.web.programmes.queries import applications_to, takes_applications, tandems_of_programme
from citytandem.web.shell.language import current_speech, word

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from citytandem.web.accounts.models import Organisation


def find_programme(organisation: Organisation, number: int) -> Programme:
    """A programme of this network; of any other there is none. A call whose deadline is over is closed when it is looked at."""
    if organisation.kind != Kind.NETWORK:
        raise Http404
    rows = Programme.objects.select_related("organisation")
    own = get_object_or_404(rows, pk=number, organisation=organisation)
    if own.state == State.OPEN and own.closes <= timezone.now():
        actions.close_overdue()
        own.refresh_from_db()
    return own


@require("network.coordinate")
@require_GET
def show_network_programmes(request: HttpRequest, *, organisation: Organisation) -> HttpResponse:
    """All programmes of the network, and templates for a new one."""
    if organisation.kind != Kind.NETWORK:
        raise Http404
    own = Programme.objects.filter(organisation=organisation)
    values = {"organisation": organisation, "programmes": own, "forms": Form.values}
    return render(request, "programmes/room_list.html", values)


@require("network.coordinate")
@require_http_methods(["GET", "POST"])
def write_programme(request: HttpRequest, *, organisation: Organisation, programme: int | None = None) -> HttpResponse:
    """A new programme from the template of a form, or other words and rules for one."""
    if organisation.kind != Kind.NETWORK:
        raise Http404
    own = find_programme(organisation, programme) if programme else None
    chosen = request.GET.get("form", "")
    start = start_of(own, form=chosen if chosen in Form.values else Form.TANDEM)
    form = ProgrammeForm(request.POST or None, initial=start, countries=countries_of(atlas_of(request)))
    told: dict[str, Any] = {"organisation": organisation, "programme": own, "form": form}
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        user, values = person_of(request), form.values
        try:
            if own is None:
                own = actions.write_programme(user=user, organisation=organisation, values=values)
            else:
                own = actions.change_programme(user=user, programme=own, version=form.cleaned_data["version"], values=values)
        except actions.ChangedMeanwhile as meanwhile:
            status, told["conflict"] = 409, meanwhile.now
            form.data = _with_version(request, meanwhile.now.version)
        else:
            messages.success(request, str(word("web.programme.kept")))
            return redirect("programme_room", organisation.pk, own.pk)
    return render(request, "programmes/edit.html", told, status=status)


def _with_version(request: HttpRequest, version: int) -> Any:
    data = request.POST.copy()
    data["version"] = str(version)
    return data


@require("network.coordinate")
@require_GET
def show_room(request: HttpRequest, *, organisation: Organisation, programme: int) -> HttpResponse:
    """Where a programme stands: its call, applications, tandems with their states, and what is due."""
    own = find_programme(organisation, programme)
    applications = list(applications_to(own))
    tandems = sorted(tandems_of_programme(own), key=lambda one: (fold(str(one)), one.pk))
    values: dict[str, Any] = {
        "organisation": organisation, "programme": own, "is_open": takes_applications(own), "until": tell_until(request, own),
        "steps": [step for step, (froms, _) in actions.STEPS.items() if own.state in froms],
        "counts": {state: sum(one.state == state for one in applications) for state in ("sent", "eligible", "refused")},
        "applications": applications, "tandems": tandems, "runs": own.runs.all()[:5],
        "tandem_steps": {name: froms for name, (froms, _) in TANDEM_STEPS.items()},
        "may_match": own.state in {State.MATCHING, State.RUNNING},
    }  # fmt: skip
    return render(request, "programmes/room.html", values)


@require("network.coordinate")
@require_POST
def move_programme(request: HttpRequest, *, organisation: Organisation, programme: int, step: str) -> HttpResponse:
    """Open the call, close it, begin, end."""
    own = find_programme(organisation, programme)
    if step not in actions.STEPS:
        raise Http404
    form = ReasonForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else -1
    try:
        actions.move_programme(user=person_of(request), programme=own, version=version, step=step)
        messages.success(request, str(word(f"web.programme.told.{step}")))
    except actions.ChangedMeanwhile:
        messages.error(request, str(word("web.programme.changed_meanwhile")))
    except actions.NotAllowedNow:
        messages.error(request, str(word("web.programme.not_now")))
    return redirect("programme_room", organisation.pk, own.pk)


@require("network.coordinate")
@require_GET
def show_applications(request: HttpRequest, *, organisation: Organisation, programme: int) -> HttpResponse:
    """Everything that was sent, by the alphabet, with what the rules of the call say of each."""
    own = find_programme(organisation, programme)
    rows = [(one, checks := read_checks(one.checks), is_met(checks)) for one in applications_to(own)]
    values = {"organisation": organisation, "programme": own, "rows": rows}
    return render(request, "programmes/room_applications.html", values)


@require("network.coordinate")
@require_http_methods(["GET", "POST"])
def show_application(request: HttpRequest, *, organisation: Organisation, programme: int, application: int) -> HttpResponse:
    """One application as the coordinators read it, and the decision on it."""
    own = get_object_or_404(applications_to(find_programme(organisation, programme)), pk=application)
    if request.method == "POST":
        return _decide(request, own=own, organisation=organisation)
    checks = read_checks(own.checks)
    values = {
        "organisation": organisation, "programme": own.programme, "application": own, "checks": checks,
        "spoken": say_languages(own.languages, current_speech()),
        "is_met": is_met(checks), "measures": title_measures(current_speech().language),
        "people": find_people(atlas_of(request), own.organisation.city),
    }  # fmt: skip
    return render(request, "programmes/room_application.html", values)


def _decide(request: HttpRequest, *, own: Application, organisation: Organisation) -> HttpResponse:
    form = ReasonForm(request.POST)
    values: dict[str, Any] = form.cleaned_data if form.is_valid() else {"version": -1}
    lets_in = request.POST.get("decision") == "let_in"
    here = redirect("room_application", organisation.pk, own.programme_id, own.pk)
    if not lets_in and not values.get("reason"):
        messages.error(request, str(word("web.application.reason_needed")))
        return here
    try:
        decided = applying.decide(
            user=person_of(request), application=own, version=values["version"], lets_in=lets_in, reason=values.get("reason", "")
        )
    except actions.ChangedMeanwhile:
        messages.error(request, str(word("web.application.changed_meanwhile")))
    except actions.NotAllowedNow:
        messages.error(request, str(word("web.application.not_now")))
    else:
        tell_decision(request, application=decided)
        messages.success(request, str(word(f"web.application.told.{'let_in' if lets_in else 'refused'}")))
        return redirect("room_applications", organisation.pk, own.programme_id)
    return here


@require("network.coordinate")
@require_POST
def let_in_all(request: HttpRequest, *, organisation: Organisation, programme: int) -> HttpResponse:
    """Let in everybody who breaks no rule."""
    own = find_programme(organisation, programme)
    count = applying.let_in_all(user=person_of(request), programme=own)
    messages.success(request, str(word("web.application.told.let_in_all", count=count)))
    return redirect("room_applications", organisation.pk, own.pk)


@require("network.coordinate")
@require_POST
def move_tandem_on(request: HttpRequest, *, organisation: Organisation, programme: int, tandem: int, step: str) -> HttpResponse:
    """Begin the work of a tandem, end it, or take a proposal back."""
    own = get_object_or_404(tandems_of_programme(find_programme(organisation, programme)), pk=tandem)
    if step not in {*TANDEM_STEPS, "take_back"}:
        raise Http404
    try:
        if step == "take_back":
            take_back(user=person_of(request), tandem=own)
        else:
            move_tandem(user=person_of(request), tandem=own, step=step)
        messages.success(request, str(word(f"web.tandem.told.{step}")))
    except actions.NotAllowedNow:
        messages.error(request, str(word("web.tandem.not_now")))
    return redirect("programme_room", organisation.pk, programme)
