"""The room of a team: its cases, its rounds of interviews, its topics, its checklists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from citytandem.atlas import load
from citytandem.findings import CannotCompute
from citytandem.gazetteer import find_city
from citytandem.web.accounts.access import person_of, require
from citytandem.web.lessons import actions
from citytandem.web.lessons.forms import CaseForm, RoundForm, TopicForm
from citytandem.web.lessons.models import Case, Checklist, Round, Shown, Topic
from citytandem.web.lessons.places import regions_in
from citytandem.web.lessons.queries import cases_of, find_case, tell_case
from citytandem.web.lessons.writing import answer_form, answer_step, say_rights
from citytandem.web.shell.language import current_speech
from citytandem.web.shell.names import call_city
from citytandem.words import language_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from citytandem.web.accounts.models import Organisation

STEPS = {"publish": Shown.PUBLISHED, "withdraw": Shown.DRAFT}
CASE_NAMES = (
    "version", "policy", "title", "region", "city", "region_type", "phase", "first_year", "last_year", "instrument", "actors",
    "happened", "failed", "transfer", "evidence", "mark", "source", "source_url", "language", "tandem", "agreement",
)  # fmt: skip


@require("organisation.view")
@require_GET
def show_room(request: HttpRequest, *, organisation: Organisation) -> HttpResponse:
    """Everything a team has recorded, with its state."""
    checklists = Checklist.objects.filter(organisation=organisation)
    told = {
        "cases": cases_of(organisation), "rounds": Round.objects.filter(organisation=organisation),
        "topics": Topic.objects.filter(organisation=organisation), "places": regions_in(current_speech().language),
        "checklists": [(one, find_case(one.case_key, organisation=organisation)) for one in checklists],
    }  # fmt: skip
    return render(request, "lessons/room.html", told | say_rights(request, organisation))


@require("organisation.edit")
@require_http_methods(["GET", "POST"])
def write_case(request: HttpRequest, *, organisation: Organisation, case: int | None = None) -> HttpResponse:
    """A new case, or other words for one."""
    own = get_object_or_404(Case, pk=case, organisation=organisation) if case else Case(organisation=organisation)
    start: dict[str, Any] = {"language": language_of(get_language() or "en"), "city": _spell_city(organisation.city)}
    if case:
        start = {name: getattr(own, name) for name in CASE_NAMES}
        start |= {"measures": " ".join(own.measures), "city": _spell_city(own.city)}
    form = CaseForm(request.POST or None, initial=start, organisation=organisation)

    def keep(version: int) -> Case:
        if own.pk is None:
            return actions.record_case(organisation=organisation, by=person_of(request), **form.values)
        return actions.keep(own, by=person_of(request), organisation=organisation, version=version, values=form.values)

    told = say_rights(request, organisation) | {"case": own}
    return answer_form(
        request, form, page="lessons/write_case.html", told=told, keep=keep,
        go=lambda kept: reverse("team_case", args=[organisation.pk, kept.pk]),
    )  # fmt: skip


@require("organisation.view")
@require_GET
def show_team_case(request: HttpRequest, *, organisation: Organisation, case: int) -> HttpResponse:
    """A case as its team sees it, with what can be done with it."""
    own = get_object_or_404(Case, pk=case, organisation=organisation)
    told = {"case": own, "one": tell_case(own), "where": regions_in(current_speech().language).get(own.region, "")}
    return render(request, "lessons/team_case.html", told | say_rights(request, organisation))


@require("organisation.publish")
@require_POST
def move_case(request: HttpRequest, *, organisation: Organisation, case: int, step: str) -> HttpResponse:
    """Publish a case, or make it a draft again."""
    own = get_object_or_404(Case, pk=case, organisation=organisation)
    _move(request, own, organisation=organisation, step=step)
    return redirect("team_case", organisation.pk, own.pk)


@require("organisation.edit")
@require_POST
def remove_case(request: HttpRequest, *, organisation: Organisation, case: int) -> HttpResponse:
    """Take a draft away."""
    own = get_object_or_404(Case, pk=case, organisation=organisation)
    is_gone = answer_step(
        request, said="web.lesson.removed",
        step=lambda version: actions.remove(own, by=person_of(request), organisation=organisation, version=version),
    )  # fmt: skip
    return redirect("lessons_room", organisation.pk) if is_gone else redirect("team_case", organisation.pk, own.pk)


@require("organisation.edit")
@require_http_methods(["GET", "POST"])
def write_topic(request: HttpRequest, *, organisation: Organisation, topic: int | None = None) -> HttpResponse:
    """A new topic for the list, or other words for one."""
    own = get_object_or_404(Topic, pk=topic, organisation=organisation) if topic else Topic(organisation=organisation)
    start = {name: getattr(own, name) for name in ("version", "title", "definition")} if topic else {}
    form = TopicForm(request.POST or None, initial=start, organisation=organisation, own=own)
    return answer_form(
        request, form, page="lessons/write_topic.html", told=say_rights(request, organisation) | {"topic": own},
        keep=lambda version: actions.keep(
            own, by=person_of(request), organisation=organisation, version=version, values=form.values
        ),
        go=lambda _: reverse("lessons_room", args=[organisation.pk]),
    )  # fmt: skip


@require("organisation.edit")
@require_POST
def remove_topic(request: HttpRequest, *, organisation: Organisation, topic: int) -> HttpResponse:
    """Take a topic off the list; one that was used stays."""
    own = get_object_or_404(Topic, pk=topic, organisation=organisation)
    answer_step(
        request, said="web.lesson.removed",
        step=lambda version: actions.remove(own, by=person_of(request), organisation=organisation, version=version),
    )  # fmt: skip
    return redirect("lessons_room", organisation.pk)


@require("organisation.edit")
@require_http_methods(["GET", "POST"])
def write_round(request: HttpRequest, *, organisation: Organisation, round: int | None = None) -> HttpResponse:  # noqa: A002 - named so
    """A new round of interviews, or other words for one."""
    own = get_object_or_404(Round, pk=round, organisation=organisation) if round else Round(organisation=organisation)
    names = ("version", "title", "question", "language")
    start = {name: getattr(own, name) for name in names} if round else {"language": language_of(get_language() or "en")}
    form = RoundForm(request.POST or None, initial=start)
    return answer_form(
        request, form, page="lessons/write_round.html", told=say_rights(request, organisation) | {"round": own},
        keep=lambda version: actions.keep(
            own, by=person_of(request), organisation=organisation, version=version, values=form.values
        ),
        go=lambda kept: reverse("lesson_round", args=[organisation.pk, kept.pk]),
    )  # fmt: skip


@require("organisation.publish")
@require_POST
def move_round(request: HttpRequest, *, organisation: Organisation, round: int, step: str) -> HttpResponse:  # noqa: A002 - named so
    """Publish what a round says, or take it off the public pages."""
    own = get_object_or_404(Round, pk=round, organisation=organisation)
    _move(request, own, organisation=organisation, step=step)
    return redirect("lesson_round_result", organisation.pk, own.pk)


def _spell_city(city: str) -> str:
    """A city as its name, where that name alone leads back to it; its id otherwise."""
    if not city:
        return ""
    name = call_city(load(), city, language=current_speech().language)
    try:
        return name if find_city(load(), name) == city else city
    except CannotCompute:
        return city


def _move(request: HttpRequest, own: Case | Round, *, organisation: Organisation, step: str) -> None:
    if step not in STEPS:
        raise Http404
    answer_step(
        request, said=f"web.lesson.told.{step}",
        step=lambda version: actions.show(
            own, by=person_of(request), organisation=organisation, version=version, state=STEPS[step]
        ),
    )  # fmt: skip
