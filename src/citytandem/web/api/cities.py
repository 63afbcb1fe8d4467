"""Which cities are there, and what do we know of each: names, codes, structure, balances, lines, stages."""

# Annotations are read at run time by django-ninja, so they are not postponed in this file.

import polars as pl
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from citytandem.atlas import Atlas
from citytandem.findings import CannotCompute, Code, Finding
from citytandem.gazetteer import find_cities, find_city
from citytandem.tables.records import as_plain
from citytandem.web.api import shapes
from citytandem.web.api.answers import Answer, respond, tell_list
from citytandem.web.api.describe import described
from citytandem.web.api.door import answering
from citytandem.web.api.parameters import Asked, BalanceId, CitiesAsked, CityName, Paged
from citytandem.web.live import atlas_of

router = Router(tags=["cities"])


@router.get("/cities", **described("list_cities", shapes.CITIES))
@answering
def list_cities(request: HttpRequest, *, asked: Query[CitiesAsked]) -> HttpResponse:
    atlas = atlas_of(request)
    found = find_cities(atlas, asked.q or None, countries=asked.country or None, with_balance=asked.with_balance)
    if asked.network:
        found = found.filter(pl.col("city").is_in(_members_of(atlas, asked.network)))
    return respond(request, tell_list(request, found, name="cities", asked=asked, provenance=atlas.provenance()), asked=asked)


@router.get("/cities/{city}", **described("show_city", shapes.CITY))
@answering
def show_city(request: HttpRequest, *, city: CityName, asked: Query[Asked]) -> HttpResponse:
    atlas = atlas_of(request)
    own = find_city(atlas, city)
    tables = {
        "place": _of(atlas.city, own),
        "names": _of(atlas.name, own).sort("language", "name"),
        "identifiers": _of(atlas.identifier, own).sort("scheme", "value"),
        "structure": _of(atlas.structure, own).sort("variable", "year"),
        "ties": atlas.tie.filter((pl.col("city") == own) | (pl.col("other") == own)),
        "memberships": _of(atlas.membership, own).sort("network"),
    }
    years = sorted({int(year) for year in _of(atlas.balance, own)["year"].to_list()})
    whole = {"city": own, "years": years, **as_plain(tables), "provenance": atlas.provenance().as_dict()}
    return respond(request, Answer(whole, tables, atlas.provenance()), asked=asked)


@router.get("/cities/{city}/balances", **described("list_balances", shapes.BALANCES))
@answering
def list_balances(request: HttpRequest, *, city: CityName, asked: Query[Paged]) -> HttpResponse:
    atlas = atlas_of(request)
    found = _of(atlas.balance, find_city(atlas, city)).sort("year", "balance", descending=[True, False])
    return respond(request, tell_list(request, found, name="balances", asked=asked, provenance=atlas.provenance()), asked=asked)


@router.get("/cities/{city}/balances/{balance}/lines", **described("list_lines", shapes.LINES))
@answering
def list_lines(request: HttpRequest, *, city: CityName, balance: BalanceId, asked: Query[Paged]) -> HttpResponse:
    atlas = atlas_of(request)
    own = _of(atlas.balance, find_city(atlas, city)).filter(pl.col("balance") == balance)
    if own.is_empty():
        raise CannotCompute(Finding(Code.API_NOTHING_HERE, {"address": request.path[:200]}))
    found = atlas.line.filter(pl.col("balance") == balance).sort("view", "item")
    return respond(request, tell_list(request, found, name="lines", asked=asked, provenance=atlas.provenance()), asked=asked)


@router.get("/cities/{city}/stages", **described("list_stages", shapes.STAGES))
@answering
def list_stages(request: HttpRequest, *, city: CityName, asked: Query[Paged]) -> HttpResponse:
    atlas = atlas_of(request)
    found = _of(atlas.stage, find_city(atlas, city)).sort("measure", "item")
    return respond(request, tell_list(request, found, name="stages", asked=asked, provenance=atlas.provenance()), asked=asked)


def _of(frame: pl.DataFrame, city: str) -> pl.DataFrame:
    return frame.filter(pl.col("city") == city)


def _members_of(atlas: Atlas, networks: list[str]) -> list[str]:
    known = set(atlas.membership["network"])
    for network in networks:
        if network not in known:
            facts = {"asked": network, "option": "network", "choices": ", ".join(sorted(known))}
            raise CannotCompute(Finding(Code.UNKNOWN_CHOICE, facts))
    return atlas.membership.filter(pl.col("network").is_in(networks))["city"].unique().to_list()
