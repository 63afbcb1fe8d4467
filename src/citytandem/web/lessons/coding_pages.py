"""Coding: each of two people alone, then both together where they differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from citytandem.web.accounts.access import person_of, require
from citytandem.web.lessons import interviews
from citytandem.web.lessons.actions import NotAllowedNow
from citytandem.web.lessons.forms import CodesForm, SettleForm
from citytandem.web.lessons.interview_pages import find_interview
from citytandem.web.lessons.models import Settlement, Statement, Topic
from citytandem.web.lessons.results import is_coded, list_codes
from citytandem.web.lessons.writing import say_rights
from citytandem.web.shell.language import word

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from citytandem.web.accounts.models import Organisation
    from citytandem.web.lessons.models import Interview, Seat


@require("organisation.edit")
@require_POST
def take_seat(request: HttpRequest, *, organisation: Organisation, interview: int) -> HttpResponse:
    """Become one of the two who code."""
    own = find_interview(organisation, interview)
    try:
        interviews.take_seat(own, by=person_of(request))
    except interviews.AlreadyCoding:
        messages.error(request, str(word("web.lesson.seats_taken")))
        return redirect("lesson_interview", organisation.pk, own.pk)
    return redirect("lesson_code", organisation.pk, own.pk)


@require("organisation.edit")
@require_http_methods(["GET", "POST"])
def code_interview(request: HttpRequest, *, organisation: Organisation, interview: int) -> HttpResponse:
    """One coder's own topics for each statement; nobody else's are shown."""
    own = find_interview(organisation, interview)
    seat = own.seats.filter(user=person_of(request)).first()
    if seat is None:
        raise Http404
    topics = list(Topic.objects.filter(organisation=organisation))
    statements = list(own.statements.all())
    form = CodesForm(None, initial=_start(seat), statements=statements, topics=topics)
    status = 200
    if request.method == "POST" and not seat.done:
        # a form without any tick is empty, and yet an answer: no topic fits
        form = CodesForm(request.POST, statements=statements, topics=topics)
        if form.is_valid():
            is_done = request.POST.get("done") == "yes"
            interviews.keep_codes(seat, by=person_of(request), codes=form.codes, is_done=is_done)
            messages.success(request, str(word("web.lesson.coded" if is_done else "web.lesson.kept")))
            return redirect("lesson_interview", organisation.pk, own.pk)
        status = 422
    told = {"interview": own, "round": own.round, "form": form, "seat": seat, "topics": topics}
    return render(request, "lessons/code.html", told | say_rights(request, organisation), status=status)


@require("organisation.edit")
@require_http_methods(["GET", "POST"])
def settle_differences(request: HttpRequest, *, organisation: Organisation, interview: int) -> HttpResponse:
    """Where the two differ, once both are done, and what stands."""
    own = find_interview(organisation, interview)
    if not is_coded(own):
        raise Http404
    if request.method == "POST":
        _settle(request, own)
        return redirect("lesson_differences", organisation.pk, own.pk)
    differences = list_differences(own)
    told = {
        "interview": own, "round": own.round, "differences": differences, "seats": own.seats.select_related("user"),
        "open_count": sum(1 for one in differences if one["settled"] is None),
    }  # fmt: skip
    return render(request, "lessons/differences.html", told | say_rights(request, organisation))


@require("organisation.publish")
@require_POST
def code_anew(request: HttpRequest, *, organisation: Organisation, interview: int) -> HttpResponse:
    """Drop all codes of an interview and begin again."""
    own = find_interview(organisation, interview)
    interviews.code_anew(own, by=person_of(request))
    messages.success(request, str(word("web.lesson.coding_dropped")))
    return redirect("lesson_interview", organisation.pk, own.pk)


def list_differences(interview: Interview) -> list[dict[str, Any]]:
    """Statement and topic on which the two differ: who found it, and what was settled, if anything."""
    statements = {one.pk: one for one in interview.statements.all()}
    codes = [row for row in list_codes(interview) if row[2] != row[3]]
    topics = Topic.objects.in_bulk([topic for _, topic, _, _ in codes])
    settled = {
        (one.statement_id, one.topic_id): one
        for one in Settlement.objects.filter(statement__interview=interview).select_related("by")
    }  # fmt: skip
    found = []
    for statement, topic, first, _ in codes:
        stands = settled.get((statement, topic))
        start: dict[str, Any] = {"statement": statement, "topic": topic}
        if stands:
            start |= {"is_present": "yes" if stands.is_present else "no", "reason": stands.reason}
        form = SettleForm(initial=start, auto_id=f"d{statement}-{topic}-%s")
        one = {"statement": statements[statement], "topic": topics[topic], "found_by": 1 if first else 2}
        found.append({**one, "settled": stands, "form": form})
    return found


def _settle(request: HttpRequest, own: Interview) -> None:
    form = SettleForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(word("web.lesson.settle_failed")))
        return
    told = form.cleaned_data
    statement = get_object_or_404(Statement, pk=told["statement"], interview=own)
    topic = get_object_or_404(Topic, pk=told["topic"], organisation=own.round.organisation)
    try:
        interviews.settle(
            statement, by=person_of(request), topic=topic, is_present=told["is_present"] == "yes", reason=told["reason"]
        )
        messages.success(request, str(word("web.lesson.settled_now")))
    except NotAllowedNow:
        messages.error(request, str(word("web.lesson.settle_failed")))


def _start(seat: Seat) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for code in seat.codes.all():
        found.setdefault(f"s{code.statement_id}", []).append(str(code.topic_id))
    return found
