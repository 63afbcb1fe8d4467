"""Pages of the self-check: one field a screen, saved as it is filled in, and the thread of each measure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from citytandem.web.accounts.access import person_of
from citytandem.web.profiles import actions, queries
from citytandem.web.profiles.access import require_in_city
from citytandem.web.profiles.catalogue import MINUTES_EACH, Screen, field_of, list_screens, published_stages, title_measures
from citytandem.web.profiles.conflicts import ChangedMeanwhile
from citytandem.web.profiles.forms import AnswerForm, CommentForm
from citytandem.web.profiles.models import Comment, StageAnswer
from citytandem.web.shell.language import current_speech, word

if TYPE_CHECKING:
    from django.http import HttpRequest, QueryDict

    from citytandem.web.accounts.models import Organisation
    from citytandem.web.profiles.catalogue import Published

NAMES = ("said", "year", "evidence", "remark")


@dataclass
class Asked:
    """One measure on a screen: what is asked, what was said, and what is known from elsewhere."""

    measure: str
    title: str
    form: AnswerForm
    answer: StageAnswer | None
    published: Published | None
    comments: int = 0
    is_conflict: bool = False
    is_saved: bool = False

    @property
    def version(self) -> int:
        """The version the next answer is made from."""
        return self.answer.version if self.answer else 0

    @property
    def said_words(self) -> str:
        """What was said, in words."""
        return str(word(f"web.profile.said.{self.answer.said}")) if self.answer else ""

    @property
    def person(self) -> str:
        """Who said it."""
        person = self.answer.changed_by if self.answer else None
        return str(person or word("web.profile.somebody_left"))

    @property
    def published_words(self) -> str:
        """The stage the release knows, in words."""
        return str(word(f"web.profile.said.{self.published.stage}")) if self.published else ""


@require_in_city("organisation.view")
@require_GET
def show_profile(request: HttpRequest, *, organisation: Organisation) -> HttpResponse:
    """How far the self-check is, and the ways to powers, targets, publication and replies."""
    progress = queries.find_progress(organisation)
    return render(request, "profiles/profile.html", {
        "organisation": organisation, "progress": progress.items(), "all": queries.add_up(progress),
        "minutes_each": MINUTES_EACH, "seen": queries.version_seen(organisation),
        "next": next((field for field, one in progress.items() if one.remaining), ""), **may(request, organisation),
    })  # fmt: skip


@require_in_city("organisation.view")
@require_http_methods(["GET", "POST"])
def show_field(request: HttpRequest, *, organisation: Organisation, field: str) -> HttpResponse:
    """One field of action: its measures; a press of the button keeps all that was changed."""
    screens = list_screens()
    place = next((number for number, screen in enumerate(screens) if screen.field == field), None)
    if place is None:
        raise Http404
    if request.method == "POST" and not request.user.has_perm("organisation.edit", organisation):
        return HttpResponse(status=403)
    asked = ask(organisation, screens[place], sent=request.POST if request.method == "POST" else None)
    if request.method == "POST" and _keep_all(request, organisation, asked):
        messages.success(request, str(word("web.told.saved")))
        return redirect("profile_field", organisation.pk, field)
    progress = queries.find_progress(organisation)
    rows = [(row.criterion, [asked[measure] for measure in row.measures]) for row in screens[place].rows]
    told = {
        "organisation": organisation, "field": field, "rows": rows, "progress": progress[field],
        "all": queries.add_up(progress), "number": place + 1, "count": len(screens), "levels": range(5),
        "before": screens[place - 1].field if place else "",
        "after": screens[place + 1].field if place + 1 < len(screens) else "", **may(request, organisation),
    }  # fmt: skip
    return render(request, "profiles/field.html", told, status=200 if request.method == "GET" else 409)


@require_in_city("organisation.edit")
@require_POST
def save_answer(request: HttpRequest, *, organisation: Organisation, measure: str) -> HttpResponse:
    """Keep one answer while the team goes on; the answer says who said it, or what stands against it."""
    field = field_of(measure)
    if not field:
        raise Http404
    one = ask(organisation, _screen_of(field), sent=request.POST)[measure]
    _keep_one(request, organisation, one)
    progress = queries.find_progress(organisation)
    told = {
        "organisation": organisation,
        "one": one,
        "progress": progress[field],
        "all": queries.add_up(progress),
        "may_edit": True,
    }
    return render(request, "profiles/said.html", told | {"beside": True})


@require_in_city("organisation.view")
@require_http_methods(["GET", "POST"])
def show_measure(request: HttpRequest, *, organisation: Organisation, measure: str) -> HttpResponse:
    """The thread of one measure: what the team says among itself, and who answered what before."""
    field = field_of(measure)
    if not field:
        raise Http404
    form = CommentForm(request.POST or None)
    if request.method == "POST":
        if not request.user.has_perm("organisation.edit", organisation):
            return HttpResponse(status=403)
        if form.is_valid():
            actions.add_comment(
                user=person_of(request), organisation=organisation, measure=measure, text=form.cleaned_data["text"]
            )
            return redirect("profile_measure", organisation.pk, measure)
    return render(request, "profiles/measure.html", {
        "organisation": organisation, "field": field, "measure": measure, "form": form,
        "title": title_measures(current_speech().language).get(measure, measure),
        "comments": Comment.objects.filter(organisation=organisation, measure=measure).select_related("said_by"),
        "before": queries.said_before(organisation, measure)[:50], **may(request, organisation),
    })  # fmt: skip


def may(request: HttpRequest, organisation: Organisation) -> dict[str, bool]:
    """What a person may do here."""
    return {f"may_{name}": request.user.has_perm(f"organisation.{name}", organisation) for name in ("edit", "publish")}


def ask(organisation: Organisation, screen: Screen, *, sent: QueryDict | None) -> dict[str, Asked]:
    """The measures of a screen with their forms, filled with what was sent, was said, or is published."""
    answers, known = queries.answers_of(organisation), published_stages(organisation.city)
    titles = title_measures(current_speech().language)
    talked: dict[str, int] = {}
    for measure in Comment.objects.filter(organisation=organisation).values_list("measure", flat=True):
        talked[measure] = talked.get(measure, 0) + 1
    return {
        measure: Asked(
            measure,
            titles.get(measure, measure),
            AnswerForm(sent, prefix=measure, initial=_start(answers.get(measure), known.get(measure))),
            answers.get(measure),
            known.get(measure),
            talked.get(measure, 0),
        )
        for measure in screen.measures
    }


def _start(answer: StageAnswer | None, known: Published | None) -> dict[str, object]:
    if answer is not None:
        return {"version": answer.version, **{name: getattr(answer, name) for name in NAMES}}
    return {"version": 0, "said": str(known.stage), "year": known.year} if known else {"version": 0}


def _screen_of(field: str) -> Screen:
    return next(screen for screen in list_screens() if screen.field == field)


def _keep_all(request: HttpRequest, organisation: Organisation, asked: dict[str, Asked]) -> bool:
    """Keep what was changed; says whether all could be kept."""
    for one in asked.values():
        if one.form.has_changed():
            _keep_one(request, organisation, one)
        else:
            one.form = AnswerForm(prefix=one.measure, initial=one.form.initial)
    return not any(one.is_conflict or one.form.errors for one in asked.values())


def _keep_one(request: HttpRequest, organisation: Organisation, one: Asked) -> None:
    form = one.form
    if not form.is_valid():
        return
    try:
        one.answer = actions.save_answer(
            user=person_of(request),
            organisation=organisation,
            measure=one.measure,
            version=form.cleaned_data["version"],
            values=form.values,
        )
        one.is_saved = True
    except ChangedMeanwhile as meanwhile:
        one.is_conflict = True
        one.answer = meanwhile.now if isinstance(meanwhile.now, StageAnswer) else None
