"""Pages of the right of reply: what the city says to its result, what it is answered, and whether everybody may read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from citytandem.web.accounts.access import person_of
from citytandem.web.assessments import evidence_files, settling
from citytandem.web.assessments.access import Sight, inside
from citytandem.web.assessments.actions import NotAllowedNow
from citytandem.web.assessments.form_pages import answer_file
from citytandem.web.assessments.forms import NOT_APPLICABLE, AnswerForm, ReplyForm
from citytandem.web.assessments.frameworks import framework_of
from citytandem.web.assessments.models import Choice, Reply
from citytandem.web.assessments.queries import read_result
from citytandem.web.assessments.result_view import ShownResult
from citytandem.web.assessments.shown import show
from citytandem.web.shell.language import current_speech, word
from citytandem.words import language_of

if TYPE_CHECKING:
    from django.http import HttpRequest

STEPS = {"agree": settling.agree_to_publish, "take-back": settling.take_back}


@inside("is_inside")
@require_http_methods(["GET", "POST"])
def write_reply(request: HttpRequest, *, sight: Sight) -> HttpResponse:
    """The city's words to one criterion or to all; for a city without a team, a letter is written down as it came."""
    own = sight.assessment
    if not (sight.may_reply or sight.may_note_letters) or not settling.may_reply(own):
        raise Http404
    shown = show(framework_of(own), current_speech())
    sent, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    start = {"language": language_of(get_language() or "en"), "criterion": request.GET.get("criterion", "")}
    form = ReplyForm(sent, files, titles=shown.titles, initial=start)
    if request.method == "POST" and request.META.get("UPLOAD_TOO_LARGE"):
        form.add_error(None, str(word("web.assessment.file_large")))
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        file = told.pop("file")
        kept = (evidence_files.keep(file.read()), str(file.name)[:200]) if file else ("", "")
        settling.write_reply(assessment=own, by=person_of(request), file=kept, by_letter=not sight.may_reply, **told)
        messages.success(request, str(word("web.assessment.replied_told")))
        return redirect("assessment", own.pk)
    told = {"sight": sight, "assessment": own, "shown": shown, "form": form}
    return render(request, "assessments/reply.html", told, status=422 if sent is not None else 200)


@inside("may_settle")
@require_http_methods(["GET", "POST"])
def answer_reply(request: HttpRequest, *, sight: Sight, reply: int) -> HttpResponse:
    """What the assessors answer; a level that the reply has moved is settled on anew, with the answer as its reason."""
    own = get_object_or_404(Reply, pk=reply, assessment=sight.assessment, answered=None)
    form = AnswerForm(request.POST or None)
    if not own.criterion:
        form.fields.pop("level")
    if request.method == "POST" and form.is_valid():
        person, level = person_of(request), form.cleaned_data.get("level", "")
        try:
            if level:
                settling.decide(
                    assessment=sight.assessment, by=person, criterion=own.criterion, reason=form.cleaned_data["answer"],
                    choice=Choice.NOT_APPLICABLE if level == NOT_APPLICABLE else Choice.OTHER,
                    level=None if level == NOT_APPLICABLE else int(level), evidence=own.evidence or own.file_name,
                    after_reply=own,
                )  # fmt: skip
            settling.answer_reply(reply=own, by=person, answer=form.cleaned_data["answer"])
            messages.success(request, str(word("web.assessment.answered_told")))
        except NotAllowedNow as refused:
            messages.error(request, str(word(f"web.assessment.refused.{refused}")))
        return redirect("assessment", sight.assessment.pk)
    shown = ShownResult(read_result(sight.assessment), current_speech())
    told = {
        "sight": sight, "assessment": sight.assessment, "reply": own, "form": form,
        "about": shown.name(own.criterion) if own.criterion else "",
    }  # fmt: skip
    return render(request, "assessments/answer.html", told, status=422 if request.method == "POST" else 200)


@inside("may_reply")
@require_POST
def end_replies(request: HttpRequest, *, sight: Sight) -> HttpResponse:
    """The city has no more to add."""
    try:
        settling.end_replies(assessment=sight.assessment, by=person_of(request))
        messages.success(request, str(word("web.assessment.replies_ended")))
    except NotAllowedNow as refused:
        messages.error(request, str(word(f"web.assessment.refused.{refused}")))
    return redirect("assessment", sight.assessment.pk)


@inside("is_inside")
@require_POST
def change_consent(request: HttpRequest, *, sight: Sight, step: str) -> HttpResponse:
    """Agree that everybody may read the result, or take that back: for the city, or for who runs it."""
    if step not in STEPS or not (sight.may_reply or sight.may_offer):
        raise Http404
    try:
        STEPS[step](assessment=sight.assessment, by=person_of(request), as_city=sight.may_reply)
        messages.success(request, str(word(f"web.assessment.consent.{step}")))
    except NotAllowedNow as refused:
        messages.error(request, str(word(f"web.assessment.refused.{refused}")))
    return redirect("assessment", sight.assessment.pk)


@inside("may_see")
@require_GET
def send_reply_file(request: HttpRequest, *, sight: Sight, reply: int) -> HttpResponse:  # noqa: ARG001 - the form of views
    """A file the city sent with its reply, for those who judge and for the city."""
    if not sight.is_inside:
        raise Http404
    own = get_object_or_404(Reply, pk=reply, assessment=sight.assessment)
    return answer_file(own.file_sha256, name=own.file_name)
