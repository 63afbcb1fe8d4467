"""Pages on which an assessor fills in the form: category by category, or a table of it, and hands it in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from citytandem.findings import Severity
from citytandem.sources.answers import read_answers
from citytandem.tables.assessment import WHOLE
from citytandem.web.accounts.access import person_of
from citytandem.web.assessments import actions, evidence_files
from citytandem.web.assessments.access import assessor
from citytandem.web.assessments.actions import Given, NotAllowedNow
from citytandem.web.assessments.forms import FilledForm, PartForm
from citytandem.web.assessments.framework_pages import answer_form
from citytandem.web.assessments.frameworks import framework_of
from citytandem.web.assessments.queries import lacks_evidence, seats_of
from citytandem.web.assessments.shown import ShownCategory, ShownFramework, show
from citytandem.web.live import atlas_of_everybody
from citytandem.web.shell.language import current_speech, word
from citytandem.web.shell.names import call_city

if TYPE_CHECKING:
    from django.http import HttpRequest

    from citytandem.web.assessments.models import FormAnswer, Seat


@assessor
@require_GET
def show_form(request: HttpRequest, *, seat: Seat) -> HttpResponse:
    """What there is to answer by category, how far it is, and how to hand it in."""
    return render(request, "assessments/form.html", _tell(seat) | {"form": FilledForm()})


@assessor
@require_http_methods(["GET", "POST"])
def fill_part(request: HttpRequest, *, seat: Seat, category: str) -> HttpResponse:
    """One category: a level with its descriptor, a note and evidence for each criterion."""
    shown = show(framework_of(seat.assessment), current_speech())
    part = shown.category(category)
    if part is None:
        raise Http404
    known = {one.criterion: one for one in seat.answers.all()}
    sent, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = PartForm(sent, files, category=part, known=known)
    if request.method == "POST" and request.META.get("UPLOAD_TOO_LARGE"):
        form.add_error(None, str(word("web.assessment.file_large")))
    if request.method == "POST" and form.is_valid():
        return _keep_part(request, seat, form=form, shown=shown)
    told = {"seat": seat, "shown": shown, "part": part, "form": form, "next": _after(shown, part)}
    return render(request, "assessments/part.html", told, status=422 if request.method == "POST" else 200)


@assessor
@require_POST
def bring_form(request: HttpRequest, *, seat: Seat) -> HttpResponse:
    """Take a filled-in table: every row that can be used, and a finding for each that cannot."""
    form = FilledForm(request.POST, request.FILES)
    told: dict[str, Any] = {"form": form}
    if form.is_valid():
        file, framework = form.cleaned_data["file"], framework_of(seat.assessment)
        frame, findings = read_answers(file.read(), name=file.name, framework=framework, subject=seat.assessment.city)
        told["findings"] = findings
        given = {
            row["criterion"]: Given(
                level=row["level"],
                applies=row["applies"],
                evidence=(row["evidence"] or "")[:500],
                note=(row["note"] or "")[:2000],
            )
            for row in frame.iter_rows(named=True)
            if row["part"] == WHOLE and row["subject"] in {seat.assessment.city, *_names(seat)}
        }
        told["taken"] = len(given)
        try:
            actions.save_answers(seat=seat, answers=given)
        except NotAllowedNow as refused:
            messages.error(request, str(word(f"web.assessment.refused.{refused}")))
            return redirect("assessor_form", seat.pk)
    is_bad = not form.is_valid() or any(one.severity == Severity.ERROR for one in told["findings"])
    return render(request, "assessments/form.html", _tell(seat) | told, status=422 if is_bad else 200)


@assessor
@require_POST
def hand_in(request: HttpRequest, *, seat: Seat) -> HttpResponse:
    """Hand the form in; from now on it is final."""
    try:
        actions.hand_in(seat=seat, by=person_of(request))
        messages.success(request, str(word("web.assessment.handed_in_told")))
    except NotAllowedNow as refused:
        messages.error(request, str(word(f"web.assessment.refused.{refused}")))
    return redirect("assessor_form", seat.pk)


@assessor
@require_GET
def send_empty(request: HttpRequest, *, seat: Seat, form: str) -> HttpResponse:  # noqa: ARG001 - the form of views
    """The empty form with the city filled in."""
    return answer_form(framework_of(seat.assessment), form=form, city=seat.assessment.city)


@assessor
@require_GET
def send_own_file(request: HttpRequest, *, seat: Seat, criterion: str) -> HttpResponse:  # noqa: ARG001 - the form of views
    """A file this assessor has shown as evidence."""
    own = seat.answers.filter(criterion=criterion).exclude(file_sha256="").first()
    return answer_file(own.file_sha256 if own else "", name=own.file_name if own else "")


def answer_file(sha256: str, *, name: str) -> HttpResponse:
    """A file of evidence, to be saved and never shown as a page of ours."""
    path = evidence_files.path_of(sha256) if sha256 else None
    if path is None or not path.is_file():
        raise Http404
    answer = HttpResponse(path.read_bytes(), content_type="application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer


def forms_of(request: HttpRequest) -> list[Seat]:
    """The forms a person is asked to fill in, or has filled in."""
    return list(seats_of(person_of(request)))


def _keep_part(request: HttpRequest, seat: Seat, *, form: PartForm, shown: ShownFramework) -> HttpResponse:
    given = {}
    for key, (said, file) in form.tell().items():
        kept = (evidence_files.keep(file.read()), str(file.name)[:200]) if file else said.file
        given[key] = Given(level=said.level, applies=said.applies, evidence=said.evidence, note=said.note, file=kept)
    try:
        actions.save_answers(seat=seat, answers=given)
        messages.success(request, str(word("web.assessment.part_kept")))
    except NotAllowedNow as refused:
        messages.error(request, str(word(f"web.assessment.refused.{refused}")))
    following = _after(shown, form.category)
    if "next" in request.POST and following is not None:
        return redirect("assessor_part", seat.pk, following.key)
    return redirect("assessor_form", seat.pk)


def _tell(seat: Seat) -> dict[str, Any]:
    framework = framework_of(seat.assessment)
    shown = show(framework, current_speech())
    known = {one.criterion: one for one in seat.answers.all()}
    lacking = [one.key for one in shown.criteria if one.key in known and _lacks(framework, known[one.key])]
    parts: list[dict[str, Any]] = [
        {
            "category": part,
            "known": sum(_is_said(known.get(one.key)) for one in part.criteria),
            "lacking": [one.title for one in part.criteria if one.key in lacking],
        }
        for part in shown.categories
    ]
    said = sum(_is_said(one) for one in known.values())
    seats = list(seat.assessment.seats.all())
    return {
        "seat": seat, "assessment": seat.assessment, "shown": shown, "parts": parts, "said": said, "lacking": len(lacking),
        "count": len(shown.criteria), "hand_ins": list(seat.hand_ins.all()),
        "others": [one for one in seats if one.pk != seat.pk],
    }  # fmt: skip


def _lacks(framework: Any, answer: FormAnswer) -> bool:
    return lacks_evidence(framework, actions.tell_answer(answer))


def _is_said(answer: FormAnswer | None) -> bool:
    return answer is not None and bool(answer.level is not None or not answer.applies)


def _after(shown: ShownFramework, part: ShownCategory) -> ShownCategory | None:
    at = shown.categories.index(part) + 1
    return shown.categories[at] if at < len(shown.categories) else None


def _names(seat: Seat) -> set[str]:
    """What a table may call the city beside its id."""
    atlas, city = atlas_of_everybody(), seat.assessment.city
    return {call_city(atlas, city, language=language) for language in ("en", "de", "ja", "zh-Hans", "da")}
