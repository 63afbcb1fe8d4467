"""Pages that put single values of a building right: each change is checked, and kept as a version of its own."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import polars as pl
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from citytandem.findings import Finding, Severity
from citytandem.sources.building_files import TABLES
from citytandem.sources.validate import validate
from citytandem.web.accounts.access import person_of
from citytandem.web.buildings import actions
from citytandem.web.buildings.access import team
from citytandem.web.buildings.forms import RowForm, start_row
from citytandem.web.buildings.models import Made
from citytandem.web.buildings.queries import latest_version
from citytandem.web.buildings.reading import MOST, check_tables
from citytandem.web.buildings.rows import KEYS, RECORD, sort_rows
from citytandem.web.buildings.telling import write_number, write_unit
from citytandem.web.shell.language import current_speech, word

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from citytandem.web.buildings.models import OwnBuilding

    Tables = dict[str, Any]


@team("organisation.view")
@require_safe
def show_tables(request: HttpRequest, *, building: OwnBuilding) -> HttpResponse:
    """All rows of the newest version, each with the way to its form."""
    tables = latest_version(building).tables
    told = {
        "organisation": building.organisation, "building": building, "may_edit": _may(request, building),
        "values": [_tell_value(row) for row in tables["values"]],
        "meters": tables["meters"], "weather": tables["weather"],
    }  # fmt: skip
    return render(request, "buildings/tables.html", told)


@team("organisation.edit")
@require_http_methods(["GET", "POST"])
def edit_record(request: HttpRequest, *, building: OwnBuilding) -> HttpResponse:
    """What the building is: place, use, areas, years, standard."""
    return _edit(request, building, table=RECORD, row=None)


@team("organisation.edit")
@require_http_methods(["GET", "POST"])
def add_row(request: HttpRequest, *, building: OwnBuilding, table: str) -> HttpResponse:
    """One more figure, reading or temperature."""
    if table not in KEYS:
        raise Http404
    return _edit(request, building, table=table, row=None)


@team("organisation.edit")
@require_http_methods(["GET", "POST"])
def edit_row(request: HttpRequest, *, building: OwnBuilding, table: str, row: int) -> HttpResponse:
    """One figure, reading or temperature; rows are counted from one in the order they are shown."""
    _find_row(latest_version(building).tables, table=table, row=row)
    return _edit(request, building, table=table, row=row)


@team("organisation.edit")
@require_POST
def drop_row(request: HttpRequest, *, building: OwnBuilding, table: str, row: int) -> HttpResponse:
    """Take one row out; the version before still has it."""
    tables = dict(latest_version(building).tables)
    _find_row(tables, table=table, row=row)
    tables[table] = [one for place, one in enumerate(tables[table], start=1) if place != row]
    findings = check_tables({building.key: tables})
    try:
        actions.change_tables(
            user=person_of(request), building=building, version=_read_version(request), tables=tables, made_as=Made.REMOVED,
            warnings=len(findings),
        )  # fmt: skip
        messages.success(request, str(word("web.building.told.removed")))
    except actions.ChangedMeanwhile:
        messages.error(request, str(word("web.building.refused.changed")))
    return redirect("own_building_tables", building.organisation_id, building.pk)


def _edit(request: HttpRequest, building: OwnBuilding, *, table: str, row: int | None) -> HttpResponse:
    tables = dict(latest_version(building).tables)
    before = tables[RECORD] if table == RECORD else None if row is None else tables[table][row - 1]
    start = start_row(before or {}, version=building.version)
    form = RowForm(request.POST or None, table=table, initial={name: value for name, value in start.items() if value is not None})
    told: dict[str, Any] = {"organisation": building.organisation, "building": building, "form": form, "table": table, "row": row}
    if request.method == "POST" and form.is_valid():
        changed = form.row(before, building=building.key)
        findings, problem = _place_row(tables, table=table, row=row, changed=changed, key=building.key)
        told |= {"findings": findings, "problem": problem}
        if not problem and all(one.severity != Severity.ERROR for one in findings):
            made_as = Made.ADDED if before is None else Made.EDITED
            try:
                actions.change_tables(
                    user=person_of(request), building=building, version=form.cleaned_data["version"], tables=tables,
                    made_as=made_as, warnings=len(findings),
                )  # fmt: skip
            except actions.ChangedMeanwhile:
                told["problem"] = "changed"
            else:
                messages.success(request, str(word("web.building.told.saved")))
                return redirect("own_building_tables", building.organisation_id, building.pk)
    return render(request, "buildings/edit.html", told, status=422 if request.method == "POST" else 200)


def _place_row(tables: Tables, *, table: str, row: int | None, changed: dict[str, Any], key: str) -> tuple[list[Finding], str]:
    """Put a row in its place; what is wrong with it or with what it does to the others, and a problem of our own as a key."""
    columns = {name: pl.String if kind.dtype == pl.Enum else kind.dtype for name, kind in TABLES[table].columns().items()}
    frame = pl.DataFrame([_read_days(changed)], schema=columns)
    _, broken = validate(frame, TABLES[table], where=table, first_row=row or 1)
    if broken:
        return broken, ""
    if table == RECORD:
        tables[RECORD] = changed
    else:
        others = [one for place, one in enumerate(tables[table], start=1) if place != row]
        if any(all(one[name] == changed[name] for name in KEYS[table]) for one in others):
            return [], "twice"
        if len(others) >= MOST[table]:
            return [], "full"
        tables[table] = sort_rows(table, rows=[*others, changed])
    return check_tables({key: tables}), ""


def _read_days(row: dict[str, Any]) -> dict[str, Any]:
    return {name: dt.date.fromisoformat(value) if name in {"starts", "ends"} and value else value for name, value in row.items()}


def _find_row(tables: Tables, *, table: str, row: int) -> None:
    if table not in KEYS or not 1 <= row <= len(tables[table]):
        raise Http404


def _read_version(request: HttpRequest) -> int:
    told = request.POST.get("version", "")
    return int(told) if told.isascii() and told.isdecimal() and len(told) < 10 else -1


def _may(request: HttpRequest, building: OwnBuilding) -> bool:
    return person_of(request).has_perm("organisation.edit", building.organisation)


def _tell_value(row: dict[str, Any]) -> dict[str, Any]:
    speech = current_speech()
    told = f"{write_number(row['value'], speech=speech)} {write_unit(row['unit'], speech=speech)}"
    return {**row, "told": told, "area": "" if row["area_convention"] == "not_stated" else row["area_convention"]}
