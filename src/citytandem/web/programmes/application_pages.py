"""A team applies: the calls it can answer, its form of two questions, what was decided and its reply."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from citytandem.web.accounts.access import person_of, require
from citytandem.web.accounts.models import Kind
from citytandem.web.insights.cities import countries_of
from citytandem.web.live import atlas_of
from citytandem.web.profiles.catalogue import list_screens, title_measures
from citytandem.web.programmes import applying
from citytandem.web.programmes.actions import ChangedMeanwhile, NotAllowedNow
from citytandem.web.programmes.application_forms import CONTACTS, VETOES, WISHES, ApplicationForm, Asked, ReasonForm, start_of
from citytandem.web.programmes.eligibility import check_rules, read_checks
from citytandem.web.programmes.letters import confirm_application
from citytandem.web.programmes.models import Application, ApplicationState
from citytandem.web.programmes.public_pages import tell_until
from citytandem.web.programmes.queries import applications_of, open_programmes, programmes_seen, takes_applications
from citytandem.web.programmes.suggestions import lay_out, suggest
from citytandem.web.shell.language import current_speech, word

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from citytandem.web.accounts.models import Organisation
    from citytandem.web.programmes.models import Programme


@require("organisation.view")
@require_GET
def show_applications(request: HttpRequest, *, organisation: Organisation) -> HttpResponse:
    """What the team has applied for, and the calls that are open."""
    _take_part(organisation)
    own = list(applications_of(organisation))
    answered = {one.programme_id for one in own}
    values = {
        "organisation": organisation,
        "applications": [(one, tell_until(request, one.programme), takes_applications(one.programme)) for one in own],
        "calls": [(one, tell_until(request, one)) for one in open_programmes() if one.pk not in answered],
        "may_edit": request.user.has_perm("organisation.edit", organisation),
    }
    return render(request, "programmes/applications.html", values)


@require("organisation.view")
@require_http_methods(["GET", "POST"])
def write_application(request: HttpRequest, *, organisation: Organisation, programme: int) -> HttpResponse:
    """The form of two questions for those who may edit; for the others, how it stands."""
    _take_part(organisation)
    may_edit = request.user.has_perm("organisation.edit", organisation)
    if request.method == "POST" and not may_edit:
        raise PermissionDenied
    call = get_object_or_404(programmes_seen(), pk=programme)
    own = applications_of(organisation).filter(programme=call).first()
    asked = _ask(request, call=call, organisation=organisation, own=own)
    form = ApplicationForm(request.POST or None, initial=start_of(own, asked=asked), asked=asked)
    status = 200
    told: dict[str, Any] = {}
    if request.method == "POST":
        status = 422
        if form.is_valid():
            answer, told, status = _keep(request, form=form, own=own)
            if answer is not None:
                return answer
    values = _describe(request, asked=asked, own=own, form=form) | told | {"may_edit": may_edit}
    return render(request, "programmes/application.html", values, status=status)


def _keep(
    request: HttpRequest, *, form: ApplicationForm, own: Application | None
) -> tuple[HttpResponse | None, dict[str, Any], int]:
    """Keep what was written; with the button to send, also hand it in."""
    user, asked = person_of(request), form.asked
    told: dict[str, Any] = {"values": form.values, "contacts": form.contacts}
    try:
        if own is None:
            kept = applying.write_application(user=user, programme=asked.programme, organisation=asked.organisation, **told)
        else:
            version = form.cleaned_data["version"]
            kept = applying.change_application(user=user, application=own, version=version, atlas=asked.atlas, **told)
    except ChangedMeanwhile as meanwhile:
        form.data = request.POST.copy()
        form.data["version"] = str(meanwhile.now.version)
        return None, {"conflict": meanwhile.now}, 409
    except NotAllowedNow:
        messages.error(request, str(word("web.application.not_now")))
        return redirect("application", asked.organisation.pk, asked.programme.pk), {}, 302
    if "send" in request.POST and kept.state == ApplicationState.DRAFT:
        return _send(request, application=kept), {}, 302
    messages.success(
        request, str(word("web.application.kept_sent" if kept.state == ApplicationState.SENT else "web.application.kept"))
    )
    return redirect("application", asked.organisation.pk, asked.programme.pk), {}, 302


def _send(request: HttpRequest, *, application: Application) -> HttpResponse:
    here = redirect("application", application.organisation_id, application.programme_id)
    missing = applying.lacks(application)
    if missing:
        names = current_speech().join(str(word(f"web.application.lacks.{name}")) for name in missing)
        messages.error(request, str(word("web.application.cannot_send", missing=names)))
        return here
    try:
        sent = applying.send_application(
            user=person_of(request), application=application, version=application.version, atlas=atlas_of(request)
        )
    except (ChangedMeanwhile, NotAllowedNow):
        messages.error(request, str(word("web.application.not_now")))
        return here
    confirm_application(request, application=sent)
    messages.success(request, str(word("web.application.told.sent")))
    return here


@require("organisation.edit")
@require_POST
def move_application(request: HttpRequest, *, organisation: Organisation, programme: int, step: str) -> HttpResponse:
    """Send a draft, withdraw what was sent, reply to a refusal."""
    _take_part(organisation)
    own = get_object_or_404(applications_of(organisation), programme_id=programme)
    form = ReasonForm(request.POST)
    values: dict[str, Any] = form.cleaned_data if form.is_valid() else {"version": -1}
    if step not in {"send", "withdraw", "reply"}:
        raise Http404
    here = redirect("application", organisation.pk, programme)
    if step == "send":
        return _send(request, application=own) if values["version"] == own.version else _tell_late(request, organisation, own)
    user = person_of(request)
    try:
        if step == "withdraw":
            applying.withdraw_application(user=user, application=own, version=values["version"])
        elif values.get("reply"):
            applying.reply_to_refusal(user=user, application=own, version=values["version"], reply=values["reply"])
        else:
            return here
        messages.success(request, str(word(f"web.application.told.{step}")))
    except ChangedMeanwhile:
        return _tell_late(request, organisation, own)
    except NotAllowedNow:
        messages.error(request, str(word("web.application.not_now")))
    return here


def _tell_late(request: HttpRequest, organisation: Organisation, own: Application) -> HttpResponse:
    messages.error(request, str(word("web.application.changed_meanwhile")))
    return redirect("application", organisation.pk, own.programme_id)


def _ask(request: HttpRequest, *, call: Programme, organisation: Organisation, own: Application | None) -> Asked:
    atlas = atlas_of(request)
    titles = title_measures(current_speech().language)
    fields = [
        measure for screen in list_screens() for measure in screen.measures if not call.topics or screen.field in call.topics
    ]
    measures = {measure: titles.get(measure, measure) for measure in dict.fromkeys(fields)}
    is_sent = own is not None and own.state in applying.BEFORE_THE_COORDINATORS
    return Asked(call, organisation, atlas, measures, countries_of(atlas), is_sent=is_sent)


def _describe(request: HttpRequest, *, asked: Asked, own: Application | None, form: ApplicationForm) -> dict[str, Any]:
    call, organisation = asked.programme, asked.organisation
    trial = own or Application(programme=call, organisation=organisation, actor=form.default_actor)
    return {
        "organisation": organisation, "programme": call, "application": own, "form": form,
        "is_open": takes_applications(call), "until": tell_until(request, call), "measures": asked.measures,
        "checks": read_checks(own.checks) if own and own.checks else check_rules(trial, atlas=asked.atlas),
        "questions": [lay_out(form, name, first=first) for name, first in suggest(asked)],
        "wish_fields": [form[f"wish_{number}"] for number in range(1, WISHES + 1)],
        "veto_fields": [form[f"veto_{number}"] for number in range(1, VETOES + 1)],
        "contact_fields": [
            [form[f"contact_{number}_{part}"] for part in ("name", "email", "task")] for number in range(1, CONTACTS + 1)
        ],
        "more_fields": [form[name] for name in ("actor", "part", "country", "languages", "capacity") if name in form.fields],
    }  # fmt: skip


def _take_part(organisation: Organisation) -> None:
    """Networks coordinate; they do not apply."""
    if organisation.kind == Kind.NETWORK:
        raise Http404
