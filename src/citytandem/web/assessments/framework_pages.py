"""Pages of frameworks: those everybody has, and those an organisation brought."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from citytandem.findings import CannotCompute
from citytandem.web.accounts.access import person_of, require
from citytandem.web.assessments import actions
from citytandem.web.assessments.forms import FrameworkForm
from citytandem.web.assessments.frameworks import FILES, framework_of, read_own, shipped, shipped_frameworks
from citytandem.web.assessments.models import OwnFramework
from citytandem.web.assessments.queries import own_frameworks, published_assessments
from citytandem.web.assessments.sheets import form_as_csv, form_as_workbook, pack, pack_tables
from citytandem.web.assessments.shown import show
from citytandem.web.shell.caching import kept
from citytandem.web.shell.language import current_speech, word

if TYPE_CHECKING:
    from django.http import HttpRequest

    from citytandem.science.assessment.framework import Framework
    from citytandem.web.accounts.models import Organisation

TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


@require_GET
@kept
def show_frameworks(request: HttpRequest) -> HttpResponse:
    """The frameworks everybody has, what each asks, and the results that are public."""
    speech = current_speech()
    told = {
        "frameworks": [show(framework, speech) for framework in shipped_frameworks()],
        "published": [{"row": one, "framework": show(framework_of(one), speech).title} for one in published_assessments()[:100]],
    }
    return render(request, "assessments/frameworks.html", told)


@require_GET
@kept
def show_framework(request: HttpRequest, *, framework: str) -> HttpResponse:
    """One framework: criteria by category, knock-outs, levels with the evidence they ask for, sources with marks."""
    return render(request, "assessments/framework.html", {"shown": show(_find(framework), current_speech())})


@require_GET
def send_form(request: HttpRequest, *, framework: str, form: str) -> HttpResponse:  # noqa: ARG001 - the form of views
    """The empty form of a framework."""
    return answer_form(_find(framework), form=form)


@require_GET
def send_tables(request: HttpRequest, *, framework: str) -> HttpResponse:  # noqa: ARG001 - the form of views
    """The tables of a framework, to begin one's own with."""
    return answer_archive(pack_tables(_find(framework)), name=framework)


@require("organisation.view")
@require_GET
def show_own_frameworks(request: HttpRequest, *, organisation: Organisation) -> HttpResponse:
    """The frameworks an organisation brought, with their versions."""
    told = {
        "organisation": organisation,
        "rows": own_frameworks(organisation).select_related("brought_by"),
        "files": FILES,
        "form": FrameworkForm(),
        "may_edit": request.user.has_perm("organisation.edit", organisation),
    }
    return render(request, "assessments/own.html", told)


@require("organisation.edit")
@require_http_methods(["GET", "POST"])
def bring_framework(request: HttpRequest, *, organisation: Organisation) -> HttpResponse:
    """Read the files of a framework; all of it is taken or nothing, with every slip by file, row and column."""
    form = FrameworkForm(request.POST, request.FILES) if request.method == "POST" else FrameworkForm()
    told = {"organisation": organisation, "form": form, "files": FILES, "may_edit": True}
    if request.method == "POST" and form.is_valid():
        try:
            own = actions.bring_framework(organisation=organisation, by=person_of(request), files=form.cleaned_data["files"])
        except CannotCompute as refused:
            told["refusal"], told["slips"] = refused.finding, refused.because
        except actions.VersionStands:
            form.add_error(None, str(word("web.assessment.version_stands")))
        else:
            messages.success(request, str(word("web.assessment.framework_brought")))
            return redirect("own_framework", organisation.pk, own.pk)
    return render(request, "assessments/bring.html", told, status=422 if request.method == "POST" else 200)


@require("organisation.view")
@require_GET
def show_own_framework(request: HttpRequest, *, organisation: Organisation, number: int) -> HttpResponse:
    """One version of an own framework, as everybody's are shown."""
    own = find_own(organisation, number)
    told = {
        "organisation": organisation, "own": own, "shown": show(read_own(own), current_speech()),
        "may_edit": request.user.has_perm("organisation.edit", organisation),
    }  # fmt: skip
    return render(request, "assessments/framework.html", told)


@require("organisation.edit")
@require_POST
def retire_framework(request: HttpRequest, *, organisation: Organisation, number: int) -> HttpResponse:
    """Begin no new assessment with a version."""
    actions.retire_framework(own=find_own(organisation, number), by=person_of(request))
    messages.success(request, str(word("web.assessment.framework_retired")))
    return redirect("own_frameworks", organisation.pk)


@require("organisation.view")
@require_GET
def send_own(request: HttpRequest, *, organisation: Organisation, number: int, form: str) -> HttpResponse:  # noqa: ARG001 - the form of views
    """The empty form of an own framework, or its files as they came."""
    own = find_own(organisation, number)
    if form == "zip":
        return answer_archive(pack({name: text.encode() for name, text in own.files.items()}), name=own.framework)
    return answer_form(read_own(own), form=form)


def find_own(organisation: Organisation, number: int) -> OwnFramework:
    """A version of this organisation; of any other there is none."""
    return get_object_or_404(OwnFramework, pk=number, organisation=organisation)


def answer_form(framework: Framework, *, form: str, city: str = "") -> HttpResponse:
    """The empty form as a file to keep."""
    if form not in TYPES:
        raise Http404
    write = form_as_csv if form == "csv" else form_as_workbook
    answer = HttpResponse(write(framework, speech=current_speech(), city=city), content_type=TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="{framework.framework}-form.{form}"'
    return answer


def answer_archive(raw: bytes, *, name: str) -> HttpResponse:
    """An archive as a file to keep."""
    answer = HttpResponse(raw, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    return answer


def _find(key: str) -> Framework:
    if key not in {one.framework for one in shipped_frameworks()}:
        raise Http404
    return shipped(key)
