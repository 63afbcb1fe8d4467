"""Pages on which a tandem works: modules and tasks, questions, minutes with decisions, what was begun."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from citytandem.web.accounts.access import person_of
from citytandem.web.agreements import actions
from citytandem.web.agreements.access import require_in_tandem
from citytandem.web.agreements.models import Agreement, Minutes, Module, Question, Task, Transfer
from citytandem.web.agreements.papers import write_minutes_paper
from citytandem.web.agreements.rows import Kind, find_row, kind_of, new_row
from citytandem.web.profiles.catalogue import title_measures
from citytandem.web.profiles.forms import VersionForm
from citytandem.web.shell.language import current_speech, word
from citytandem.words import language_of

if TYPE_CHECKING:
    from django.http import HttpRequest

    from citytandem.web.accounts.models import Organisation
    from citytandem.web.agreements.forms import TandemForm
    from citytandem.web.agreements.models import Written
    from citytandem.web.programmes.models import Tandem


@require_in_tandem("organisation.view")
@require_GET
def show_work(request: HttpRequest, *, organisation: Organisation, tandem: Tandem) -> HttpResponse:
    """What a tandem does: the next task first, then questions, meetings with what was decided, and what was begun."""
    tasks = list(Task.objects.filter(tandem=tandem).select_related("organisation", "module"))
    questions = list(Question.objects.filter(tandem=tandem).select_related("organisation", "answered_in"))
    told = {
        "modules": Module.objects.filter(tandem=tandem),
        "open_tasks": [task for task in tasks if task.done is None],
        "done_tasks": [task for task in tasks if task.done is not None],
        "questions": questions,
        "open_questions": sum(question.answered is None for question in questions),
        "minutes": Minutes.objects.filter(tandem=tandem).select_related("event").prefetch_related("decisions__organisation"),
        "transfers": Transfer.objects.filter(tandem=tandem).select_related("organisation"),
        "today": timezone.now().date(),
    }
    return render(request, "agreements/work.html", told | say_where(request, organisation=organisation, tandem=tandem))


@require_in_tandem("organisation.edit")
@require_http_methods(["GET", "POST"])
def write_row(
    request: HttpRequest, *, organisation: Organisation, tandem: Tandem, kind: str, row: int | None = None
) -> HttpResponse:
    """A new row of the work, or other words for one."""
    sort = kind_of(kind)
    own = find_row(sort, tandem, number=row) if row else new_row(sort, tandem, asked=request.GET)
    form = _make_form(request, sort, own, tandem=tandem)
    told: dict[str, object] = {"form": form, "row": own if own.pk else None, "kind": kind}
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.keep(
                own, user=person_of(request), organisation=organisation, version=form.cleaned_data["version"], values=form.values
            )
        except actions.ChangedMeanwhile as meanwhile:
            status, told["conflict"] = 409, meanwhile.now
            form.data = {**request.POST.dict(), "version": getattr(meanwhile.now, "version", 0)}
        else:
            messages.success(request, str(word("web.work.kept")))
            return redirect(_back(own), organisation.pk, tandem.pk)
    return render(
        request, "agreements/row.html", told | say_where(request, organisation=organisation, tandem=tandem), status=status
    )


@require_in_tandem("organisation.edit")
@require_POST
def remove_row(request: HttpRequest, *, organisation: Organisation, tandem: Tandem, kind: str, row: int) -> HttpResponse:
    """Take a row away; the record keeps what it said."""
    own = find_row(kind_of(kind), tandem, number=row)
    form = VersionForm(request.POST)
    try:
        version = form.cleaned_data["version"] if form.is_valid() else -1
        actions.remove(own, user=person_of(request), organisation=organisation, version=version)
        messages.success(request, str(word("web.work.removed")))
    except actions.ChangedMeanwhile:
        messages.error(request, str(word("web.work.changed_meanwhile")))
    return redirect(_back(own), organisation.pk, tandem.pk)


@require_in_tandem("organisation.view")
@require_GET
def print_minutes(request: HttpRequest, *, tandem: Tandem, minutes: int, **_: Any) -> HttpResponse:  # noqa: ARG001 - the gate has read it
    """The minutes of one meeting on paper, in the language they are written in."""
    own = get_object_or_404(Minutes, pk=minutes, tandem=tandem)
    answer = HttpResponse(write_minutes_paper(own), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="minutes-{own.held.isoformat()}.pdf"'
    return answer


def say_where(request: HttpRequest, *, organisation: Organisation, tandem: Tandem) -> dict[str, Any]:
    """What every page of a tandem knows: for whom one acts, the tandem, its sides, what one may do, names of measures."""
    sides = list(tandem.sides.select_related("organisation"))
    may = {f"may_{name}": request.user.has_perm(f"organisation.{name}", organisation) for name in ("edit", "publish")}
    is_side = any(side.organisation_id == organisation.pk for side in sides)
    titles = title_measures(current_speech().language)
    return {"organisation": organisation, "tandem": tandem, "sides": sides, "is_side": is_side, "titles": titles, **may}


def _make_form(request: HttpRequest, kind: Kind, own: Written, *, tandem: Tandem) -> TandemForm:
    if own.pk:
        start = {name: getattr(own, name) for name in kind.names} | {"version": own.version}
    else:
        day = timezone.now().date()
        start = {"version": 0, "language": language_of(get_language() or "en"), "asked": day, "held": day, "begun": day}
        if kind.form.base_fields.get("held") is not None and kind.under == "agreement":
            start.pop("held")
    return kind.form(request.POST or None, initial=start, tandem=tandem)


def _back(own: Written) -> str:
    """The page on which a row is shown."""
    return "tandem_agreement" if isinstance(own, Agreement) or hasattr(own, "agreement_id") else "tandem_work"
