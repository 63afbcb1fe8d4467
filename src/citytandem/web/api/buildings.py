"""Which pilot buildings are known, what stands about each, and how do design and measurement lie together?"""

# Annotations are read at run time by django-ninja, so they are not postponed in this file.

import polars as pl
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from citytandem import buildings
from citytandem.tables.building import MAIN_ZONES, USES
from citytandem.tables.records import as_plain
from citytandem.web.api import building_shapes
from citytandem.web.api.answers import Answer, respond, tell_list
from citytandem.web.api.describe import described
from citytandem.web.api.door import answering
from citytandem.web.api.parameters import Asked, BuildingKey, BuildingsAsked, Paged, check_choice
from citytandem.web.live import atlas_of

router = Router(tags=["buildings"])


@router.get("/buildings", **described("list_buildings", building_shapes.BUILDINGS))
@answering
def list_buildings(request: HttpRequest, *, asked: Query[BuildingsAsked]) -> HttpResponse:
    check_choice(asked.zone, option="zone", choices=MAIN_ZONES)
    check_choice(asked.use, option="use", choices=USES)
    listed = buildings.list_buildings(zone=asked.zone, use=asked.use)
    found = listed.buildings
    if asked.country:
        found = found.filter(pl.col("country") == asked.country.upper())
    told = tell_list(request, found, name="buildings", asked=asked, provenance=atlas_of(request).provenance())
    shown = told.tables["buildings"]
    values = listed.values.filter(pl.col("building").is_in(shown["building"].to_list()))
    more = {"values": values, "source": buildings.sources_of(shown, values)}
    whole = told.whole | as_plain(more)
    return respond(request, Answer(whole, {**told.tables, **more}, told.provenance, headers=told.headers), asked=asked)


@router.get("/buildings/{building}", **described("show_building", building_shapes.BUILDING))
@answering
def show_building(request: HttpRequest, *, building: BuildingKey, asked: Query[Asked]) -> HttpResponse:
    found, provenance = buildings.show_building(building), atlas_of(request).provenance()
    names = ("building", "values", "limits", "similar")
    tables = {name: getattr(found, name) for name in names}
    tables["source"] = buildings.sources_of(found.building, found.values, found.limits)
    whole = as_plain({**tables, "findings": found.findings, "provenance": provenance.as_dict()})
    return respond(request, Answer(whole, tables, provenance, found.findings), asked=asked)


@router.get("/buildings/{building}/comparison", **described("compare_building", building_shapes.COMPARISON))
@answering
def compare_building(request: HttpRequest, *, building: BuildingKey, asked: Query[Asked]) -> HttpResponse:
    found, provenance = buildings.compare_building(building), atlas_of(request).provenance()
    tables = {name: getattr(found, name) for name in ("terms", "limits") if getattr(found, name).width}
    whole = {**as_plain(found), "provenance": provenance.as_dict()}
    return respond(request, Answer(whole, tables, provenance, found.findings), asked=asked)


@router.get("/climate-zones", **described("list_climate_zones", building_shapes.ZONES))
@answering
def list_climate_zones(request: HttpRequest, *, asked: Query[Paged]) -> HttpResponse:
    atlas = atlas_of(request)
    found = atlas.facts.climate_zone
    told = tell_list(request, found, name="climate_zones", asked=asked, provenance=atlas.provenance())
    return respond(request, told, asked=asked)
