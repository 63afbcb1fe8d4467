"""Pages of a result: what it says, its paper, the differences and how they were settled, evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from citytandem.findings import CannotCompute
from citytandem.web.accounts.access import person_of
from citytandem.web.assessments import settling
from citytandem.web.assessments.access import Sight, inside, sight_of
from citytandem.web.assessments.actions import NotAllowedNow
from citytandem.web.assessments.form_pages import answer_file
from citytandem.web.assessments.forms import DecideForm, FinishForm
from citytandem.web.assessments.models import Choice, State
from citytandem.web.assessments.papers import write_result_paper
from citytandem.web.assessments.queries import is_public, last_answers, read_result
from citytandem.web.assessments.result_view import ShownResult
from citytandem.web.shell.caching import kept
from citytandem.web.shell.language import current_speech, word

if TYPE_CHECKING:
    from django.http import HttpRequest


@require_GET
@kept
def show_result(request: HttpRequest, *, assessment: int) -> HttpResponse:
    """What an assessment says: for everybody once it is published, before that for those it concerns."""
    sight = _seen(request, assessment)
    result = read_result(sight.assessment)
    shown = ShownResult(result, current_speech(), may_see=lambda other: sight_of(request, other.pk).may_see)
    told = {
        "sight": sight, "assessment": sight.assessment, "shown": shown, "is_public": is_public(sight.assessment),
        "replies": _tell_replies(shown), "files": _tell_files(shown) if sight.is_inside else [],
        "may_reply_now": settling.may_reply(sight.assessment),
    }  # fmt: skip
    return render(request, "assessments/result.html", told)


@require_GET
def print_result(request: HttpRequest, *, assessment: int) -> HttpResponse:
    """The result on paper, for whoever may read it."""
    sight = _seen(request, assessment)
    answer = HttpResponse(write_result_paper(read_result(sight.assessment), current_speech()), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="assessment-{sight.assessment.pk}.pdf"'
    return answer


@inside("may_settle")
@require_http_methods(["GET", "POST"])
def settle_differences(request: HttpRequest, *, sight: Sight) -> HttpResponse:
    """What two assessors do not say alike: whose level stands, or another one, and why."""
    if not sight.may_see:
        raise Http404
    shown = ShownResult(read_result(sight.assessment), current_speech())
    sent = request.POST if request.method == "POST" else None
    rows: list[dict[str, Any]] = []
    for one in shown.differences:
        mine = sent if sent is not None and sent.get("criterion") == one.criterion else None
        start = {"choice": one.decision.choice, "level": one.decision.level} if one.decision else {}
        form = DecideForm(mine, levels=(one.first, one.second), prefix=None, auto_id=f"id-{len(rows)}-%s", initial=start)
        if form.is_bound and form.is_valid():
            return _decide(request, sight, criterion=one.criterion, form=form)
        rows.append({"difference": one, "form": form})
    told = {
        "sight": sight, "assessment": sight.assessment, "shown": shown, "rows": rows,
        "open": len(shown.result.open_criteria), "finish": FinishForm(initial={"days": settling.DAYS_TO_REPLY}),
        "may_decide": sight.assessment.state == State.RECONCILING,
    }  # fmt: skip
    return render(request, "assessments/differences.html", told, status=422 if sent is not None else 200)


@inside("may_run")
@require_POST
def finish_reconciling(request: HttpRequest, *, sight: Sight) -> HttpResponse:
    """Hand the result to the city."""
    form = FinishForm(request.POST) if sight.assessment.outside else None
    if form is not None and not form.is_valid():
        messages.error(request, str(word("web.assessment.refused.days")))
        return redirect("assessment_differences", sight.assessment.pk)
    try:
        days = form.cleaned_data["days"] if form else settling.DAYS_TO_REPLY
        settling.finish_reconciling(assessment=sight.assessment, by=person_of(request), days=days)
        messages.success(request, str(word("web.assessment.reconciled_told")))
    except NotAllowedNow as refused:
        messages.error(request, str(word(f"web.assessment.refused.{refused}")))
        return redirect("assessment_differences", sight.assessment.pk)
    return redirect("assessment", sight.assessment.pk)


@inside("may_see")
@require_GET
def send_evidence(request: HttpRequest, *, sight: Sight, place: int, criterion: str) -> HttpResponse:  # noqa: ARG001
    """A file handed in with a form, for those who judge and for the city."""
    if not sight.is_inside or read_result(sight.assessment).stood is None:
        raise Http404
    row = last_answers(sight.assessment).get(place, {}).get(criterion, {})
    return answer_file(row.get("file_sha256", ""), name=row.get("file_name", ""))


def _seen(request: HttpRequest, number: int) -> Sight:
    sight = sight_of(request, number)
    if not sight.may_see:
        raise Http404
    return sight


def _decide(request: HttpRequest, sight: Sight, *, criterion: str, form: DecideForm) -> HttpResponse:
    told = form.cleaned_data
    try:
        settling.decide(
            assessment=sight.assessment, by=person_of(request), criterion=criterion, choice=told["choice"], reason=told["reason"],
            level=told["level"] if told["choice"] == Choice.OTHER else None, evidence=told["evidence"],
        )  # fmt: skip
        messages.success(request, str(word("web.assessment.decided_told")))
    except (NotAllowedNow, CannotCompute) as refused:
        messages.error(request, str(word(f"web.assessment.refused.{refused}")))
    return redirect("assessment_differences", sight.assessment.pk)


def _tell_replies(shown: ShownResult) -> list[dict[str, object]]:
    rows = shown.result.assessment.replies.select_related("said_by", "answered_by").prefetch_related("decisions")
    return [
        {"reply": one, "about": shown.name(one.criterion) if one.criterion else "", "moved": list(one.decisions.all())}
        for one in rows
    ]


def _tell_files(shown: ShownResult) -> list[dict[str, object]]:
    if shown.result.stood is None:
        return []
    return [
        {"place": place, "criterion": key, "name": row["file_name"], "title": shown.name(key)}
        for place, rows in sorted(last_answers(shown.result.assessment).items())
        for key, row in rows.items()
        if row["file_sha256"]
    ]
