"""Which pilot buildings are known, what stands about each, and how do design and measurement lie together?"""

# Annotations are read at run time by django-ninja, so they are not postponed in this file.

from dataclasses import replace

import polars as pl
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from citytandem.buildings import sources_of
from citytandem.science.buildings.answer import find_row
from citytandem.science.buildings.comparison import main_zone
from citytandem.tables.building import MAIN_ZONES, USES
from citytandem.tables.records import as_plain
from citytandem.web.api import building_shapes
from citytandem.web.api.answers import Answer, respond, tell_list
from citytandem.web.api.describe import described
from citytandem.web.api.door import answering, as_of_now
from citytandem.web.api.parameters import Asked, BuildingKey, BuildingsAsked, Paged, check_choice
from citytandem.web.buildings.comparing import compare
from citytandem.web.buildings.queries import Shown, measured_of, visible_buildings
from citytandem.web.buildings.sheet import write_page
from citytandem.web.live import atlas_of
from citytandem.web.shell.language import current_speech

router = Router(tags=["buildings"])
OWNER = {
    "building": pl.String, "owner": pl.String, "organisation": pl.String, "city": pl.String, "is_invented": pl.Boolean,
    "licence": pl.String, "published": pl.String, "version": pl.Int64,
}  # fmt: skip


@router.get("/buildings", **described("list_buildings", building_shapes.BUILDINGS))
@as_of_now
def list_buildings(request: HttpRequest, *, asked: Query[BuildingsAsked]) -> HttpResponse:
    shown = visible_buildings(request)
    found = _choose(shown.buildings, asked)
    told = tell_list(request, found, name="buildings", asked=asked, provenance=atlas_of(request).provenance())
    rows = told.tables["buildings"]
    values = shown.values.filter(pl.col("building").is_in(rows["building"].to_list()))
    more = {"values": values, "source": sources_of(rows, values), "owners": _tell_owners(rows, shown)}
    whole = told.whole | as_plain(more)
    return respond(request, replace(told, whole=whole, tables={**told.tables, **more}), asked=asked)


@router.get("/buildings/{building}", **described("show_building", building_shapes.BUILDING))
@as_of_now
def show_building(request: HttpRequest, *, building: BuildingKey, asked: Query[Asked]) -> HttpResponse:
    shown, provenance = visible_buildings(request), atlas_of(request).provenance()
    find_row(building, shown.buildings)  # refuses what nobody knows
    page = write_page(building, shown=shown, speech=current_speech())
    assert page is not None  # noqa: S101 - the row was found
    found = page.sheet
    tables = {name: getattr(found, name) for name in ("building", "values", "limits", "similar")}
    tables["source"] = sources_of(found.building, found.values, found.limits)
    tables["owners"] = _tell_owners(found.building, shown)
    whole = as_plain({**tables, "findings": found.findings, "provenance": provenance.as_dict()})
    return respond(request, Answer(whole, tables, provenance, found.findings), asked=asked)


@router.get("/buildings/{building}/comparison", **described("compare_building", building_shapes.COMPARISON))
@as_of_now
def compare_building(request: HttpRequest, *, building: BuildingKey, asked: Query[Asked]) -> HttpResponse:
    provenance = atlas_of(request).provenance()
    found = compare(building, shown=visible_buildings(request), measured=measured_of(building))
    tables = {name: getattr(found, name) for name in ("terms", "limits") if getattr(found, name).width}
    if found.normalised is not None:
        tables["periods"] = found.normalised.periods
    whole = {**as_plain(found), "provenance": provenance.as_dict()}
    return respond(request, Answer(whole, tables, provenance, found.findings), asked=asked)


@router.get("/climate-zones", **described("list_climate_zones", building_shapes.ZONES))
@answering
def list_climate_zones(request: HttpRequest, *, asked: Query[Paged]) -> HttpResponse:
    atlas = atlas_of(request)
    told = tell_list(request, atlas.facts.climate_zone, name="climate_zones", asked=asked, provenance=atlas.provenance())
    return respond(request, told, asked=asked)


def _choose(buildings: pl.DataFrame, asked: BuildingsAsked) -> pl.DataFrame:
    check_choice(asked.zone, option="zone", choices=MAIN_ZONES)
    check_choice(asked.use, option="use", choices=USES)
    if asked.zone:
        parts = [zone for zone in buildings["zone"].cast(pl.String).drop_nulls().unique() if main_zone(zone) == asked.zone]
        buildings = buildings.filter(pl.col("zone").cast(pl.String).is_in(parts))
    if asked.use:
        buildings = buildings.filter(pl.col("use").cast(pl.String) == asked.use)
    return buildings.filter(pl.col("country") == asked.country.upper()) if asked.country else buildings


def _tell_owners(rows: pl.DataFrame, shown: Shown) -> pl.DataFrame:
    """Whose those are that do not come from a publication."""
    told = [
        {
            "building": key, "owner": owner.name, "organisation": owner.organisation, "city": owner.city or None,
            "is_invented": owner.is_invented, "licence": owner.licence, "version": owner.version,
            "published": owner.published.isoformat() if owner.published else None,
        }
        for key in rows["building"]
        if (owner := shown.owners.get(key)) is not None
    ]  # fmt: skip
    return pl.DataFrame(told, schema=OWNER)
