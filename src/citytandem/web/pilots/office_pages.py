"""Pages of an office: its programmes, one programme with its stages and cities, its portfolio."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from citytandem.web.accounts.access import person_of, require
from citytandem.web.accounts.queries import organisation_of_city
from citytandem.web.agreements.actions import ChangedMeanwhile, NotAllowedNow
from citytandem.web.live import atlas_of
from citytandem.web.pilots import actions
from citytandem.web.pilots.access import require_office
from citytandem.web.pilots.forms import CityForm, ProgrammeForm, StageForm
from citytandem.web.pilots.models import Milestone, PilotCity, PilotProgramme, ProgrammeState, Stage
from citytandem.web.pilots.public_pages import tell_portfolio
from citytandem.web.pilots.queries import by_name, open_findings, open_milestones, pilots_of, programmes_of, today
from citytandem.web.profiles.forms import VersionForm
from citytandem.web.shell.language import current_speech, word
from citytandem.words import Speech, language_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from citytandem.web.accounts.models import Organisation
    from citytandem.web.agreements.models import Written

STAGES = ("joined", "principles", "measures", "assessed", "certified")
"""The stages a new programme begins with; the office changes them freely."""
ABOUT = ("title", "language", "framework", "text", "starts", "ends", "months_valid", "website", "version")
OF_CITY = (
    "known_as", "city", "place", "country", "contact_organisation", "contact_name", "contact_email", "joined", "left",
    "left_because", "is_shown", "version",
)  # fmt: skip


@require("organisation.view")
@require_GET
def show_mine(request: HttpRequest, *, organisation: Organisation) -> HttpResponse:
    """The programmes an organisation runs, and those in which it is a pilot city."""
    atlas, language = atlas_of(request), current_speech().language
    told = {
        "organisation": organisation,
        "programmes": programmes_of(organisation),
        "pilots": by_name(pilots_of(organisation), atlas=atlas, language=language),
        "may_edit": request.user.has_perm("organisation.edit", organisation),
    }
    return render(request, "pilots/mine.html", told)


@require("organisation.edit")
@require_http_methods(["GET", "POST"])
def begin_programme(request: HttpRequest, *, organisation: Organisation) -> HttpResponse:
    """A new programme, with stages to change."""
    start = {"version": 0, "language": language_of(get_language() or "en"), "framework": "sino_german_2018", "starts": today()}
    form = ProgrammeForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        speech = Speech(form.cleaned_data["language"])
        stages = [tuple(speech.label(f"pilot_stage.{key}.{part}") for part in ("title", "demanded")) for key in STAGES]
        made = actions.begin_programme(
            user=person_of(request), organisation=organisation,
            values=form.values | {"is_invented": organisation.is_invented}, stages=stages,  # type: ignore[arg-type]
        )  # fmt: skip
        messages.success(request, str(word("web.pilot.told.begun")))
        return redirect("pilot_room", organisation.pk, made.pk)
    told = {"organisation": organisation, "form": form, "programme": None}
    return render(request, "pilots/programme_form.html", told, status=422 if request.method == "POST" else 200)


@require_office("organisation.view")
@require_GET
def show_room(request: HttpRequest, *, organisation: Organisation, programme: PilotProgramme) -> HttpResponse:
    """One programme: what is due, its stages, its cities by name."""
    rows = programme.cities.select_related("stage", "organisation", "programme")
    cities: list[dict[str, Any]] = [
        {
            "pilot": pilot, "name": name, "due": open_milestones(pilot).first(), "findings": open_findings(pilot).count(),
            "certificate": pilot.certificates.last(),
        }
        for pilot, name in by_name(rows, atlas=atlas_of(request), language=current_speech().language)
    ]  # fmt: skip
    late = Milestone.objects.filter(pilot__programme=programme, pilot__left=None, reached=None, due__lt=today()).count()
    told = {"cities": cities, "stages": programme.stages.all(), "late": late, "steps": _steps(programme), "today": today()}
    return render(request, "pilots/room.html", told | say_office(request, organisation, programme=programme))


@require_office("organisation.edit")
@require_http_methods(["GET", "POST"])
def edit_programme(request: HttpRequest, *, organisation: Organisation, programme: PilotProgramme) -> HttpResponse:
    """Other words for a programme. Its framework stays once a city has been judged by it."""
    form = ProgrammeForm(request.POST or None, initial={name: getattr(programme, name) for name in ABOUT})
    told: dict[str, Any] = say_office(request, organisation, programme=programme) | {"form": form}
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        judged = programme.cities.filter(assessments__isnull=False).exists()
        if judged and form.cleaned_data["framework"] != programme.framework:
            form.add_error("framework", str(word("web.pilot.framework_fixed")))
        elif (kept := _keep(request, programme, form=form, organisation=organisation)) is None:
            return redirect("pilot_room", organisation.pk, programme.pk)
        else:
            status, told["conflict"] = 409, kept
    return render(request, "pilots/programme_form.html", told, status=status)


@require_office("organisation.publish")
@require_POST
def move_programme(request: HttpRequest, *, organisation: Organisation, programme: PilotProgramme, step: str) -> HttpResponse:
    """Open, start, close or reopen a programme."""
    if step not in actions.NEXT:
        raise Http404
    form = VersionForm(request.POST)
    try:
        version = form.cleaned_data["version"] if form.is_valid() else -1
        actions.move_programme(programme, step=step, user=person_of(request), organisation=organisation, version=version)
        messages.success(request, str(word(f"web.pilot.told.{step}")))
    except ChangedMeanwhile:
        messages.error(request, str(word("web.work.changed_meanwhile")))
    except NotAllowedNow:
        messages.error(request, str(word("web.pilot.not_now")))
    return redirect("pilot_room", organisation.pk, programme.pk)


@require_office("organisation.edit")
@require_http_methods(["GET", "POST"])
def write_stage(
    request: HttpRequest, *, organisation: Organisation, programme: PilotProgramme, stage: int | None = None
) -> HttpResponse:
    """A stage, and what is demanded for it."""
    own = get_object_or_404(Stage, pk=stage, programme=programme) if stage else Stage(programme=programme)
    start = {name: getattr(own, name) for name in ("order", "title", "demanded", "version")}
    if not own.pk:
        start |= {"version": 0, "order": programme.stages.count() + 1}
    form = StageForm(request.POST or None, initial=start, programme=programme)
    told: dict[str, Any] = {"form": form, "row": own if own.pk else None, "kind": "stage"}
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        kept = _keep(request, own, form=form, organisation=organisation)
        if kept is None:
            return redirect("pilot_room", organisation.pk, programme.pk)
        status, told["conflict"] = 409, kept
    return render(request, "pilots/row.html", told | say_office(request, organisation, programme=programme), status=status)


@require_office("organisation.edit")
@require_POST
def remove_stage(request: HttpRequest, *, organisation: Organisation, programme: PilotProgramme, stage: int) -> HttpResponse:
    """Take a stage away that no city has reached."""
    _remove(request, get_object_or_404(Stage, pk=stage, programme=programme), organisation=organisation)
    return redirect("pilot_room", organisation.pk, programme.pk)


@require_office("organisation.edit")
@require_http_methods(["GET", "POST"])
def write_city(
    request: HttpRequest, *, organisation: Organisation, programme: PilotProgramme, pilot: int | None = None
) -> HttpResponse:
    """Take a city in, or change what is written of it."""
    own = get_object_or_404(PilotCity, pk=pilot, programme=programme) if pilot else PilotCity(programme=programme)
    start = {name: getattr(own, name) for name in OF_CITY} if own.pk else {"version": 0, "joined": today(), "is_shown": True}
    form = CityForm(request.POST or None, initial=start, programme=programme, pilot=own if own.pk else None)
    told: dict[str, Any] = {"form": form, "row": own if own.pk else None, "kind": "city"}
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        team = organisation_of_city(form.cleaned_data["city"] or form.cleaned_data["within"])
        try:
            made = actions.take_in(
                own, user=person_of(request), organisation=organisation, version=form.cleaned_data["version"],
                values=form.values | {"organisation": team},
            )  # fmt: skip
        except ChangedMeanwhile as meanwhile:
            status, told["conflict"] = 409, meanwhile.now
            form.data = {**request.POST.dict(), "version": getattr(meanwhile.now, "version", 0)}
        else:
            messages.success(request, str(word("web.pilot.told.kept")))
            return redirect("pilot_city", organisation.pk, programme.pk, made.pk)
    return render(request, "pilots/row.html", told | say_office(request, organisation, programme=programme), status=status)


@require_office("organisation.edit")
@require_POST
def remove_city(request: HttpRequest, *, organisation: Organisation, programme: PilotProgramme, pilot: int) -> HttpResponse:
    """Take a city away that was taken in by mistake; one that goes leaves with a day and a reason."""
    _remove(request, get_object_or_404(PilotCity, pk=pilot, programme=programme), organisation=organisation)
    return redirect("pilot_room", organisation.pk, programme.pk)


@require_office("organisation.view")
@require_GET
def show_portfolio(request: HttpRequest, *, organisation: Organisation, programme: PilotProgramme) -> HttpResponse:
    """The portfolio over all cities and settled results, for the office alone."""
    told = tell_portfolio(request, programme, pilots=list(programme.cities.select_related("stage", "programme")), everybody=False)
    return render(request, "pilots/portfolio.html", told | say_office(request, organisation, programme=programme))


def say_office(request: HttpRequest, organisation: Organisation, *, programme: PilotProgramme) -> dict[str, Any]:
    """What every page of an office knows: for whom one acts, the programme, what one may do."""
    may = {f"may_{name}": request.user.has_perm(f"organisation.{name}", organisation) for name in ("edit", "publish")}
    return {"organisation": organisation, "programme": programme, **may}


def _steps(programme: PilotProgramme) -> list[str]:
    return [name for name, (before, _) in actions.NEXT.items() if ProgrammeState(programme.state) in before]


def _keep(request: HttpRequest, own: Written, *, form: VersionForm, organisation: Organisation) -> Written | None:
    """Keep a row; what it says meanwhile where somebody else was quicker, and None where it is kept."""
    try:
        actions.keep(
            own, user=person_of(request), organisation=organisation, version=form.cleaned_data["version"], values=form.values
        )
    except ChangedMeanwhile as meanwhile:
        form.data = {**request.POST.dict(), "version": getattr(meanwhile.now, "version", 0)}
        return meanwhile.now or own
    messages.success(request, str(word("web.pilot.told.kept")))
    return None


def _remove(request: HttpRequest, own: Written, *, organisation: Organisation) -> None:
    form = VersionForm(request.POST)
    try:
        version = form.cleaned_data["version"] if form.is_valid() else -1
        actions.remove(own, user=person_of(request), organisation=organisation, version=version)
        messages.success(request, str(word("web.pilot.told.removed")))
    except ChangedMeanwhile:
        messages.error(request, str(word("web.work.changed_meanwhile")))
    except NotAllowedNow:
        messages.error(request, str(word("web.pilot.not_removed")))
