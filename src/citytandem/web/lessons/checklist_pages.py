"""What would have to hold at home: a learner goes through the conditions of a case, prints it, and shows it if it likes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from citytandem.web.accounts.access import person_of, require
from citytandem.web.lessons import actions
from citytandem.web.lessons.forms import ChecklistForm, make_lines, tandems_of
from citytandem.web.lessons.models import Checklist, Hold, Shown
from citytandem.web.lessons.papers import write_checklist_paper
from citytandem.web.lessons.queries import find_case
from citytandem.web.lessons.room_pages import STEPS
from citytandem.web.lessons.writing import answer_form, answer_step, say_rights
from citytandem.web.shell.language import current_speech
from citytandem.words import language_of

if TYPE_CHECKING:
    from django.http import HttpRequest

    from citytandem.web.accounts.models import Organisation

LINE = ("text", "holds", "why", "who", "due")
HEAD = ("version", "title", "language", "tandem")


@require("organisation.edit")
@require_http_methods(["GET", "POST"])
def write_checklist(request: HttpRequest, *, organisation: Organisation, checklist: int | None = None) -> HttpResponse:
    """A checklist: drafted from the conditions of a case (``?case=``) the first time, then as the team left it."""
    if checklist is None:
        own, start, lines = _draft(request, organisation)
        if own.pk:
            return redirect("checklist", organisation.pk, own.pk)
    else:
        own = get_object_or_404(Checklist, pk=checklist, organisation=organisation)
        start = {name: getattr(own, name) for name in HEAD}
        lines = [{name: getattr(one, name) for name in LINE} for one in own.conditions.all()]
    form = ChecklistForm(request.POST or None, initial=start, organisation=organisation)
    rows = make_lines(request.POST, start=lines)
    told = say_rights(request, organisation) | {
        "checklist": own, "rows": rows, "case": find_case(own.case_key, organisation=organisation)
    }  # fmt: skip
    return answer_form(
        request, form, page="lessons/write_checklist.html", told=told,
        is_valid=lambda: all([form.is_valid(), *(row.is_valid() for row in rows)]),
        keep=lambda version: actions.keep_checklist(
            own, by=person_of(request), version=version, values=form.values,
            lines=[row.cleaned_data for row in rows if row.cleaned_data["text"]],
        ),
        go=lambda kept: reverse("checklist", args=[organisation.pk, kept.pk]),
    )  # fmt: skip


@require("organisation.view")
@require_GET
def show_checklist(request: HttpRequest, *, organisation: Organisation, checklist: int) -> HttpResponse:
    """The checklist of this team, or of the other side of a tandem it belongs to."""
    own = _find(organisation, checklist)
    told = tell_checklist(own) | {"is_mine": own.organisation_id == organisation.pk}
    return render(request, "lessons/checklist.html", told | say_rights(request, organisation))


@require("organisation.view")
@require_GET
def print_checklist(request: HttpRequest, *, organisation: Organisation, checklist: int) -> HttpResponse:  # noqa: ARG001 - as above
    """The same on paper, in its own language."""
    return _send(_find(organisation, checklist), viewer=organisation)


@require("organisation.publish")
@require_POST
def move_checklist(request: HttpRequest, *, organisation: Organisation, checklist: int, step: str) -> HttpResponse:
    """Show it beside the case, or take it off."""
    own = get_object_or_404(Checklist, pk=checklist, organisation=organisation)
    if step not in STEPS:
        raise Http404
    answer_step(
        request, said=f"web.lesson.told.{step}",
        step=lambda version: actions.show(
            own, by=person_of(request), organisation=organisation, version=version, state=STEPS[step]
        ),
    )  # fmt: skip
    return redirect("checklist", organisation.pk, own.pk)


@require("organisation.edit")
@require_POST
def remove_checklist(request: HttpRequest, *, organisation: Organisation, checklist: int) -> HttpResponse:
    """Take a draft away."""
    own = get_object_or_404(Checklist, pk=checklist, organisation=organisation)
    is_gone = answer_step(
        request, said="web.lesson.removed",
        step=lambda version: actions.remove(own, by=person_of(request), organisation=organisation, version=version),
    )  # fmt: skip
    return redirect("lessons_room", organisation.pk) if is_gone else redirect("checklist", organisation.pk, own.pk)


@require_GET
def show_public_checklist(request: HttpRequest, *, checklist: int) -> HttpResponse:
    """A checklist its team shows beside the case."""
    own = get_object_or_404(Checklist.objects.select_related("organisation"), pk=checklist, state=Shown.PUBLISHED)
    return render(request, "lessons/checklist.html", tell_checklist(own))


def tell_checklist(own: Checklist) -> dict[str, Any]:
    """What the page of a checklist shows."""
    lines = list(own.conditions.all())
    counts = {hold: sum(1 for one in lines if one.holds == hold) for hold in Hold.values}
    return {"checklist": own, "lines": lines, "counts": counts, "case": find_case(own.case_key, organisation=own.organisation)}


def _find(organisation: Organisation, number: int) -> Checklist:
    own = get_object_or_404(Checklist.objects.select_related("organisation", "tandem"), pk=number)
    if own.organisation_id != organisation.pk and not (own.tandem_id and tandems_of(organisation).filter(pk=own.tandem_id)):
        raise Http404
    return own


def _send(own: Checklist, *, viewer: Organisation) -> HttpResponse:
    paper = write_checklist_paper(own, case=find_case(own.case_key, organisation=own.organisation))
    answer = HttpResponse(paper, content_type="application/pdf")
    name = f"at-home-{own.pk}" if own.organisation_id == viewer.pk else f"at-home-{own.pk}-tandem"
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer


def _draft(request: HttpRequest, organisation: Organisation) -> tuple[Checklist, dict[str, Any], list[dict[str, Any]]]:
    """One checklist a team has for a case; a new one starts from the conditions of the case."""
    key = request.GET.get("case", "")[:80]
    case = find_case(key, organisation=organisation)
    if case is None:
        raise Http404
    own = Checklist.objects.filter(organisation=organisation, case_key=case.key).first()
    own = own or Checklist(organisation=organisation, case_key=case.key)
    title = current_speech().sentence("web.lesson.checklist_of", policy=case.policy)
    start = {"title": title[:200], "language": language_of(get_language() or "en"), "tandem": case.tandem}
    return own, start, [{"text": line[:500]} for line in case.conditions]
