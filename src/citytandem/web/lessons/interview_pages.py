"""Interviews, for those of a team who may write: who was asked, what they allow, what they said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from citytandem.web.accounts.access import person_of, require
from citytandem.web.lessons import actions, interviews
from citytandem.web.lessons.forms import InterviewForm, StatementForm, WithdrawForm
from citytandem.web.lessons.models import Interview, Round, Statement, Topic
from citytandem.web.lessons.places import regions_in
from citytandem.web.lessons.writing import answer_form, answer_step, say_rights
from citytandem.web.shell.language import current_speech, word
from citytandem.words import language_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from citytandem.web.accounts.models import Organisation

PERSON = ("version", "name", "function", "belongs_to", "email", "region", "region_type", "language", "held")
SAID = ("version", "text", "language", "translation", "translation_language")


def find_interview(organisation: Organisation, number: int) -> Interview:
    """An interview of this very team."""
    return get_object_or_404(
        Interview.objects.select_related("round__organisation"), pk=number, round__organisation=organisation
    )  # fmt: skip


@require("organisation.edit")
@require_GET
def show_round(request: HttpRequest, *, organisation: Organisation, round: int) -> HttpResponse:  # noqa: A002 - named so
    """The interviews of a round, and how far each is."""
    own = get_object_or_404(Round, pk=round, organisation=organisation)
    told = {
        "round": own, "places": regions_in(current_speech().language),
        "interviews": own.interviews.prefetch_related("statements", "seats", "consents"),
        "topics": Topic.objects.filter(organisation=organisation).count(),
    }  # fmt: skip
    return render(request, "lessons/round.html", told | say_rights(request, organisation))


@require("organisation.edit")
@require_http_methods(["GET", "POST"])
def write_interview(
    request: HttpRequest, *, organisation: Organisation, round: int = 0, interview: int | None = None  # noqa: A002 - named so
) -> HttpResponse:  # fmt: skip
    """A new interview, or other words about who was asked and what they allow."""
    if interview:
        own = find_interview(organisation, interview)
    else:
        own = Interview(round=get_object_or_404(Round, pk=round, organisation=organisation))
    start = {name: getattr(own, name) for name in PERSON} if own.pk else {"language": language_of(get_language() or "en")}
    form = InterviewForm(request.POST or None, initial=start, own=own)
    return answer_form(
        request, form, page="lessons/write_interview.html",
        told=say_rights(request, organisation) | {"interview": own, "round": own.round},
        keep=lambda version: interviews.keep_interview(
            own, by=person_of(request), version=version, values=form.told_of_person, consents=form.consents
        ),
        go=lambda kept: reverse("lesson_interview", args=[organisation.pk, kept.pk]),
    )  # fmt: skip


@require("organisation.edit")
@require_GET
def show_interview(request: HttpRequest, *, organisation: Organisation, interview: int) -> HttpResponse:
    """Who was asked, what they allow, what they said, and who codes it. Codes are not shown here."""
    own = find_interview(organisation, interview)
    seats = list(own.seats.select_related("user"))
    told = {
        "interview": own, "round": own.round, "statements": own.statements.all(), "seats": seats,
        "consents": own.consents.all(), "places": regions_in(current_speech().language),
        "mine": next((seat for seat in seats if seat.user_id == request.user.pk), None),
        "is_locked": any(seat.done for seat in seats), "both_done": sum(1 for seat in seats if seat.done) == interviews.CODERS,
        "has_seat_free": len(seats) < interviews.CODERS, "topics": Topic.objects.filter(organisation=organisation).count(),
        "withdraw": WithdrawForm(initial={"on": timezone.now().date()}),
    }  # fmt: skip
    return render(request, "lessons/interview.html", told | say_rights(request, organisation))


@require("organisation.edit")
@require_http_methods(["GET", "POST"])
def write_statement(
    request: HttpRequest, *, organisation: Organisation, interview: int, statement: int | None = None
) -> HttpResponse:  # fmt: skip
    """A new statement, or a correction of one nobody has coded yet."""
    asked = find_interview(organisation, interview)
    own = get_object_or_404(Statement, pk=statement, interview=asked) if statement else Statement(interview=asked)
    start = {name: getattr(own, name) for name in SAID} if statement else {"language": asked.language}
    form = StatementForm(request.POST or None, initial=start)
    return answer_form(
        request, form, page="lessons/write_statement.html",
        told=say_rights(request, organisation) | {"interview": asked, "statement": own, "round": asked.round},
        keep=lambda version: interviews.keep_statement(own, by=person_of(request), version=version, values=form.values),
        go=lambda _: _after_statement(request, organisation, asked),
    )  # fmt: skip


@require("organisation.edit")
@require_POST
def remove_statement(request: HttpRequest, *, organisation: Organisation, interview: int, statement: int) -> HttpResponse:
    """Take a statement away that nobody has coded yet."""
    own = get_object_or_404(Statement, pk=statement, interview=find_interview(organisation, interview))
    answer_step(
        request, said="web.lesson.removed",
        step=lambda version: interviews.remove_statement(own, by=person_of(request), version=version),
    )  # fmt: skip
    return redirect("lesson_interview", organisation.pk, interview)


@require("organisation.edit")
@require_POST
def withdraw_consent(request: HttpRequest, *, organisation: Organisation, interview: int) -> HttpResponse:
    """Note that the expert took back what they allowed; it leaves every public page at once."""
    own = find_interview(organisation, interview)
    form = WithdrawForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        interviews.withdraw_consent(own, by=person_of(request), on=told["on"], purpose=told["purpose"])
        messages.success(request, str(word("web.lesson.withdrawn_now")))
    else:
        messages.error(request, str(word("web.lesson.withdraw_failed")))
    return redirect("lesson_interview", organisation.pk, own.pk)


@require("organisation.publish")
@require_http_methods(["GET", "POST"])
def forget_interview(request: HttpRequest, *, organisation: Organisation, interview: int) -> HttpResponse:
    """Forget an expert, with everything they said."""
    own = find_interview(organisation, interview)
    if request.method == "POST":
        interviews.forget_interview(own, by=person_of(request))
        messages.success(request, str(word("web.lesson.forgotten")))
        return redirect("lesson_round", organisation.pk, own.round_id)
    return render(request, "lessons/forget.html", {"interview": own, "round": own.round} | say_rights(request, organisation))


@require("organisation.edit")
@require_POST
def remove_round(request: HttpRequest, *, organisation: Organisation, round: int) -> HttpResponse:  # noqa: A002 - named so
    """Take a round away that holds no interview."""
    own = get_object_or_404(Round, pk=round, organisation=organisation)
    is_gone = answer_step(
        request, said="web.lesson.removed",
        step=lambda version: actions.remove(own, by=person_of(request), organisation=organisation, version=version),
    )  # fmt: skip
    return redirect("lessons_room", organisation.pk) if is_gone else redirect("lesson_round", organisation.pk, own.pk)


def _after_statement(request: HttpRequest, organisation: Organisation, asked: Interview) -> str:
    """The next statement at once, where people ask for it."""
    if request.POST.get("then") == "next":
        return reverse("new_lesson_statement", args=[organisation.pk, asked.pk])
    return reverse("lesson_interview", args=[organisation.pk, asked.pk])
