"""Pages of an organisation's assessments: a list, a new one, and one with its assessors and its history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from citytandem.web.accounts.access import person_of, require
from citytandem.web.accounts.letters import send_letter
from citytandem.web.accounts.models import AuditEntry, Kind, Organisation
from citytandem.web.assessments import actions, queries, settling
from citytandem.web.assessments.access import run_by, sight_of
from citytandem.web.assessments.actions import NotAllowedNow
from citytandem.web.assessments.form_pages import forms_of
from citytandem.web.assessments.forms import InviteForm, OpenForm, ReasonForm
from citytandem.web.assessments.frameworks import framework_of, shipped_frameworks
from citytandem.web.assessments.models import Assessment, Seat
from citytandem.web.assessments.shown import show
from citytandem.web.live import atlas_of
from citytandem.web.shell.language import current_speech, to_django, word
from citytandem.web.shell.names import call_city
from citytandem.words import language_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest

MOST_ENTRIES = 200


@require("organisation.view")
@require_GET
def show_assessments(request: HttpRequest, *, organisation: Organisation) -> HttpResponse:
    """What an organisation runs, what is said about its city, and the forms this person fills in."""
    told = {
        "organisation": organisation,
        "own": _list(queries.assessments_of(organisation)),
        "about": _list(queries.assessments_about(organisation)),
        "forms": [{"seat": seat, **_name(seat.assessment)} for seat in forms_of(request)],
        "may_edit": request.user.has_perm("organisation.edit", organisation),
    }
    return render(request, "assessments/list.html", told)


@require("organisation.edit")
@require_http_methods(["GET", "POST"])
def open_assessment(request: HttpRequest, *, organisation: Organisation) -> HttpResponse:
    """Begin to judge a city; one's own is an own view, any other one from outside."""
    form = OpenForm(
        request.POST or None,
        shipped=[show(one, current_speech()) for one in shipped_frameworks()],
        own=list(queries.own_frameworks(organisation)),
        city=request.GET.get("city") or (organisation.city if organisation.kind == Kind.CITY else ""),
        initial={"framework": request.GET.get("framework", "")},
    )
    if request.method == "POST" and form.is_valid():
        city = form.cleaned_data["city"]
        made = actions.open_assessment(
            organisation=organisation, framework=form.cleaned_data["framework"], city=city, by=person_of(request),
            outside=city != organisation.city,
        )  # fmt: skip
        messages.success(request, str(word("web.assessment.opened_told")))
        return redirect("assessment_room", organisation.pk, made.pk)
    told = {"organisation": organisation, "form": form}
    return render(request, "assessments/new.html", told, status=422 if request.method == "POST" else 200)


@run_by("organisation.view")
@require_GET
def show_room(request: HttpRequest, *, organisation: Organisation, assessment: Assessment) -> HttpResponse:
    """How far an assessment is: who judges, what is next, everything that happened."""
    return _show_room(request, organisation, assessment)


@run_by("organisation.edit")
@require_POST
def invite_assessor(request: HttpRequest, *, organisation: Organisation, assessment: Assessment) -> HttpResponse:
    """Ask somebody to judge: a colleague, or a person elsewhere by address."""
    form = InviteForm(request.POST, organisation=organisation)
    if not form.is_valid():
        return _show_room(request, organisation, assessment, invite=form, status=422)
    person, email = form.cleaned_data["person"], form.cleaned_data["email"].strip().lower()
    # the person behind an address is not looked up: nobody learns here who has an account
    try:
        seat = actions.invite_assessor(assessment=assessment, by=person_of(request), user=person, email=email)
    except NotAllowedNow as refused:
        messages.error(request, str(word(f"web.assessment.refused.{refused}")))
        return redirect("assessment_room", organisation.pk, assessment.pk)
    language = person.language if person else form.cleaned_data["language"]
    _write_letter(request, seat, to=person.email if person else email, language=language)
    return redirect("assessment_room", organisation.pk, assessment.pk)


@run_by("organisation.edit")
@require_POST
def withdraw_assessor(request: HttpRequest, *, organisation: Organisation, assessment: Assessment, seat: int) -> HttpResponse:
    """Take a seat back before its form is handed in."""
    own = get_object_or_404(Seat, pk=seat, assessment=assessment)
    return _do(
        request, organisation, assessment, told="withdrawn_told", change=lambda by: actions.withdraw_assessor(seat=own, by=by)
    )


@run_by("organisation.edit")
@require_POST
def open_again(request: HttpRequest, *, organisation: Organisation, assessment: Assessment, seat: int) -> HttpResponse:
    """Let an assessor change a form that was handed in; with a reason."""
    own = get_object_or_404(Seat, pk=seat, assessment=assessment)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(word("web.assessment.refused.no_reason")))
        return redirect("assessment_room", organisation.pk, assessment.pk)
    because = form.cleaned_data["because"]
    return _do(
        request, organisation, assessment, told="opened_again_told",
        change=lambda by: actions.open_again(seat=own, by=by, because=because),
    )  # fmt: skip


@run_by("organisation.edit")
@require_POST
def close_assessment(request: HttpRequest, *, organisation: Organisation, assessment: Assessment) -> HttpResponse:
    """Give it up, with a reason."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(word("web.assessment.refused.no_reason")))
        return redirect("assessment_room", organisation.pk, assessment.pk)
    because = form.cleaned_data["because"]
    return _do(
        request, organisation, assessment, told="closed_told",
        change=lambda by: settling.close_assessment(assessment=assessment, by=by, because=because),
    )  # fmt: skip


def _do(request: HttpRequest, organisation: Organisation, assessment: Assessment, *, told: str, change: Any) -> HttpResponse:
    try:
        change(person_of(request))
        messages.success(request, str(word(f"web.assessment.{told}")))
    except NotAllowedNow as refused:
        messages.error(request, str(word(f"web.assessment.refused.{refused}")))
    return redirect("assessment_room", organisation.pk, assessment.pk)


def _show_room(
    request: HttpRequest,
    organisation: Organisation,
    assessment: Assessment,
    *,
    invite: InviteForm | None = None,
    status: int = 200,
) -> HttpResponse:
    if assessment.organisation_id != organisation.pk:
        raise Http404
    seats = list(assessment.seats.select_related("user").prefetch_related("hand_ins"))
    shown = show(framework_of(assessment), current_speech())
    sight = sight_of(request, assessment.pk)
    start = {"language": language_of(get_language() or "en")}
    told = {
        "organisation": organisation, "assessment": assessment, "shown": shown, "seats": seats, "sight": sight,
        "is_settled": queries.is_settled(assessment), "is_public": queries.is_public(assessment),
        "invite": invite or InviteForm(organisation=organisation, initial=start), "has_room": len(seats) < len(actions.PLACES),
        "reason": ReasonForm(auto_id="reason-%s"), "waits": assessment.replies.filter(answered=None).count(),
        "history": _history(assessment), "titles": shown.titles,
    }  # fmt: skip
    return render(request, "assessments/room.html", told, status=status)


def _history(assessment: Assessment) -> list[AuditEntry]:
    """What happened, newest first; the record names people by number, so who has gone is told as gone."""
    about = Q(subject=assessment.subject_key, organisation=assessment.organisation)
    return list(AuditEntry.objects.filter(about).select_related("user")[:MOST_ENTRIES])


def _list(rows: Iterable[Assessment]) -> list[dict[str, Any]]:
    return [
        {"row": one, "is_settled": queries.is_settled(one), "is_public": queries.is_public(one), **_name(one)} for one in rows
    ]


def _name(assessment: Assessment) -> dict[str, Any]:
    return {"title": show(framework_of(assessment), current_speech()).title}


def _write_letter(request: HttpRequest, seat: Seat, *, to: str, language: str) -> None:
    with translation.override(to_django(language)):  # type: ignore[arg-type]
        path = reverse("assessor_form", args=[seat.pk])
        framework = show(framework_of(seat.assessment), current_speech()).title
        city = call_city(atlas_of(request), seat.assessment.city, language=current_speech().language)
    facts = {"organisation": seat.assessment.organisation.name, "city": city, "framework": framework}
    sent = send_letter("assessor", to=to, language=language, address=request.build_absolute_uri(path), **facts)
    if sent:
        messages.success(request, str(word("web.assessment.invited_told")))
    else:
        messages.error(request, str(word("web.people.letter_failed", email=to)))
