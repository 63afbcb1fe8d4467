"""Pages that bring files of buildings: read, checked against what is known, and taken whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from citytandem.sources.building_files import TABLES
from citytandem.web.accounts.access import person_of, require
from citytandem.web.buildings import actions
from citytandem.web.buildings.access import team
from citytandem.web.buildings.forms import BringForm
from citytandem.web.buildings.queries import latest_tables, latest_version
from citytandem.web.buildings.reading import ReadBuildings, read_files
from citytandem.web.shell.language import word

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from citytandem.web.accounts.models import Organisation
    from citytandem.web.buildings.models import OwnBuilding


@require("organisation.edit")
@require_http_methods(["GET", "POST"])
def bring_files(request: HttpRequest, *, organisation: Organisation) -> HttpResponse:
    """Read files of any number of buildings."""
    return _answer(request, organisation, building=None)


@team("organisation.edit")
@require_http_methods(["GET", "POST"])
def bring_more(request: HttpRequest, *, building: OwnBuilding) -> HttpResponse:
    """Read files that are about one building: readings of another year, temperatures, figures."""
    return _answer(request, building.organisation, building=building)


def _answer(request: HttpRequest, organisation: Organisation, *, building: OwnBuilding | None) -> HttpResponse:
    form = BringForm(request.POST or None, request.FILES or None)
    told: dict[str, Any] = {
        "organisation": organisation, "building": building, "form": form,
        "columns": {name: schema.column_names() for name, schema in TABLES.items()},
    }  # fmt: skip
    if request.method == "GET":
        return render(request, "buildings/bring.html", told)
    if not form.is_valid():
        told["too_large"] = bool(request.META.get("UPLOAD_TOO_LARGE"))
        return render(request, "buildings/bring.html", told, status=422)
    files = {one.name: one.read() for one in form.cleaned_data["tables"]}
    known = {building.key: latest_version(building).tables} if building else latest_tables(organisation)
    read = read_files(files, known=known, only=building.key if building else "")
    told |= {"read": read, "problems": [str(word(f"web.building.problem.{key}", **facts)) for key, facts in read.problems]}
    if read.is_sound:
        _take(request, organisation, read=read, told=told, names=", ".join(sorted(files)))
    return render(request, "buildings/bring.html", told, status=200 if told.get("taken") else 422)


def _take(request: HttpRequest, organisation: Organisation, *, read: ReadBuildings, told: dict[str, Any], names: str) -> None:
    warnings = {key: read.warnings_of(key) for key in read.tables}
    try:
        told["taken"] = actions.bring_buildings(
            user=person_of(request), organisation=organisation, tables=read.tables, files=names, warnings=warnings
        )
    except actions.NotAllowedNow as refused:
        told["problems"].append(str(word(refused.reason, most=actions.MOST_BUILDINGS)))
