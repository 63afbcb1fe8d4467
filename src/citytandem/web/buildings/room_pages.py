"""The room of an organisation's own buildings: the list, one building as others would see it, versions, publishing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db.models import Max
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from citytandem.web.accounts.access import person_of, require
from citytandem.web.buildings import actions
from citytandem.web.buildings.access import team
from citytandem.web.buildings.forms import PublishForm
from citytandem.web.buildings.models import State
from citytandem.web.buildings.public_pages import answer_paper, describe_building
from citytandem.web.buildings.queries import latest_version, measured_in, own_buildings, show_draft, visible_buildings
from citytandem.web.buildings.rows import find_changes
from citytandem.web.buildings.telling import tell_cell
from citytandem.web.shell.language import current_speech, word

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from citytandem.web.accounts.models import Organisation
    from citytandem.web.buildings.models import BuildingVersion, OwnBuilding
    from citytandem.web.buildings.queries import Measured, Shown
    from citytandem.web.buildings.rows import Change

MOST_CHANGES = 200
"""Changes of one version that its page lists."""


@require("organisation.view")
@require_safe
def show_room(request: HttpRequest, *, organisation: Organisation) -> HttpResponse:
    """The buildings of an organisation, by name."""
    rows = own_buildings(organisation).annotate(latest=Max("versions__number"))
    told = {"organisation": organisation, "rows": rows, "may_edit": _may(request, organisation, "organisation.edit")}
    return render(request, "buildings/room.html", told)


@team("organisation.view")
@require_safe
def show_own(request: HttpRequest, *, building: OwnBuilding) -> HttpResponse:
    """One building as everybody would see its newest version, and what can be done with it."""
    version = latest_version(building)
    shown, measured = _preview(request, building, version)
    told = describe_building(building.address, shown=shown, measured=measured)
    return render(request, "buildings/own.html", {**told, **_describe(request, building), "version": version})


@team("organisation.view")
@require_safe
def send_own_paper(request: HttpRequest, *, building: OwnBuilding) -> HttpResponse:
    """The sheet of the newest version as a PDF."""
    shown, measured = _preview(request, building, latest_version(building))
    return answer_paper(building.address, shown=shown, measured=measured)


@team("organisation.view")
@require_safe
def show_versions(request: HttpRequest, *, building: OwnBuilding) -> HttpResponse:
    """Who made which version when, and from which files."""
    versions = building.versions.select_related("made_by").defer("tables")
    return render(request, "buildings/versions.html", {**_describe(request, building), "versions": versions})


@team("organisation.view")
@require_safe
def show_version(request: HttpRequest, *, building: OwnBuilding, version: int) -> HttpResponse:
    """What one version changed against the one before."""
    own = get_object_or_404(building.versions.select_related("made_by"), number=version)
    before = building.versions.filter(number__lt=version).first()
    changes = find_changes(before.tables if before else {}, own.tables)
    told = {
        **_describe(request, building), "version": own, "before": before,
        "changes": [_tell_change(one) for one in changes[:MOST_CHANGES]],
        "count": len(changes), "is_latest": own.number == latest_version(building).number,
    }  # fmt: skip
    return render(request, "buildings/version.html", told)


@team("organisation.edit")
@require_POST
def restore(request: HttpRequest, *, building: OwnBuilding, version: int) -> HttpResponse:
    """Take an older version up again."""
    older = get_object_or_404(building.versions, number=version)
    return _do(
        request, building, told="restored",
        change=lambda at: actions.restore_version(user=person_of(request), building=building, version=at, older=older),
    )  # fmt: skip


@team("organisation.publish")
@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, *, building: OwnBuilding) -> HttpResponse:
    """Let everybody see the newest version, with consent and under the owner's name."""
    start = {
        "version": building.version, "owner_name": building.owner_name or building.organisation.name,
        "licence": building.licence or None,
    }  # fmt: skip
    form = PublishForm(request.POST or None, initial=start)
    latest = latest_version(building)
    counts = {"figures": len(latest.tables["values"]), "readings": len(latest.tables["meters"])}
    told: dict[str, Any] = {**_describe(request, building), "form": form, "latest": latest, "counts": counts}
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            own = actions.publish_building(
                user=person_of(request), building=building, version=given["version"], owner_name=given["owner_name"],
                licence=given["licence"],
            )  # fmt: skip
        except actions.ChangedMeanwhile:
            told["problem"] = "changed"
        else:
            messages.success(request, str(word("web.building.told.published")))
            return redirect("building", own.address)
    return render(request, "buildings/publish.html", told, status=422 if request.method == "POST" else 200)


@team("organisation.publish")
@require_POST
def withdraw(request: HttpRequest, *, building: OwnBuilding) -> HttpResponse:
    """Take a building out of sight."""
    return _do(
        request, building, told="withdrawn",
        change=lambda at: actions.withdraw_building(user=person_of(request), building=building, version=at),
    )  # fmt: skip


@team("organisation.publish")
@require_http_methods(["GET", "POST"])
def erase(request: HttpRequest, *, building: OwnBuilding) -> HttpResponse:
    """Delete a building for good."""
    if request.method == "POST":
        organisation = building.organisation_id
        actions.erase_building(user=person_of(request), building=building)
        messages.success(request, str(word("web.building.told.erased")))
        return redirect("own_buildings", organisation)
    return render(request, "buildings/erase.html", _describe(request, building))


def _tell_change(one: Change) -> dict[str, str | None]:
    """One difference in words."""
    speech = current_speech()
    before, after = (None if cell is None else tell_cell(one.column, cell, speech=speech) for cell in (one.before, one.after))
    row = " · ".join(tell_cell(name, cell, speech=speech) for name, cell in one.row)
    return {"table": one.table, "row": row, "column": one.column, "before": before, "after": after}


def _do(request: HttpRequest, building: OwnBuilding, *, told: str, change: Any) -> HttpResponse:
    """Change a building at the version the form was made from, and say how it went."""
    said = request.POST.get("version", "")
    try:
        change(int(said) if said.isascii() and said.isdecimal() and len(said) < 10 else -1)
        messages.success(request, str(word(f"web.building.told.{told}")))
    except actions.ChangedMeanwhile:
        messages.error(request, str(word("web.building.refused.changed")))
    except actions.NotAllowedNow as refused:
        messages.error(request, str(word(refused.reason)))
    return redirect("own_building", building.organisation_id, building.pk)


def _preview(request: HttpRequest, building: OwnBuilding, version: BuildingVersion) -> tuple[Shown, Measured]:
    shown = show_draft(visible_buildings(request), building=building, version=version)
    return shown, measured_in(version.tables, key=building.address)


def _describe(request: HttpRequest, building: OwnBuilding) -> dict[str, Any]:
    organisation = building.organisation
    return {
        "organisation": organisation, "building": building,
        "is_published": building.state == State.PUBLISHED,
        "may": {name: _may(request, organisation, f"organisation.{name}") for name in ("edit", "publish")},
    }  # fmt: skip


def _may(request: HttpRequest, organisation: Organisation, permission: str) -> bool:
    return person_of(request).has_perm(permission, organisation)
