"""On what does everything stand: publications, measures, methods, powers, networks, and what each code says."""

# Annotations are read at run time by django-ninja, so they are not postponed in this file.

import polars as pl
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from citytandem.findings import Code
from citytandem.tables.records import as_plain
from citytandem.web.api import shapes
from citytandem.web.api.answers import Answer, respond, tell_list
from citytandem.web.api.describe import described
from citytandem.web.api.door import answering
from citytandem.web.api.parameters import Asked, Paged, PowersAsked
from citytandem.web.live import atlas_of
from citytandem.web.shell.language import current_speech
from citytandem.words import LANGUAGES, SENTENCES, Speech

router = Router(tags=["facts"])


@router.get("/sources", **described("list_sources", shapes.SOURCES))
@answering
def list_sources(request: HttpRequest, *, asked: Query[Paged]) -> HttpResponse:
    atlas = atlas_of(request)
    names = atlas.source.columns
    both = pl.concat([atlas.source, atlas.facts.source.select(names).cast(atlas.source.schema)])
    found = both.unique("source", keep="first").sort("source")
    return respond(request, tell_list(request, found, name="sources", asked=asked, provenance=atlas.provenance()), asked=asked)


@router.get("/measures", **described("list_measures", shapes.MEASURES))
@answering
def list_measures(request: HttpRequest, *, asked: Query[Paged]) -> HttpResponse:
    atlas = atlas_of(request)
    titles = atlas.facts.measure_title.filter(pl.col("language").cast(pl.String) == current_speech().language)
    found = atlas.facts.measure.join(titles.select("measure", "title"), on="measure", how="left").sort("measure")
    return respond(request, tell_list(request, found, name="measures", asked=asked, provenance=atlas.provenance()), asked=asked)


@router.get("/methods", **described("list_methods", shapes.METHODS))
@answering
def list_methods(request: HttpRequest, *, asked: Query[Asked]) -> HttpResponse:
    atlas = atlas_of(request)
    methods = as_plain([atlas.facts.methods[key] for key in sorted(atlas.facts.methods)])
    whole = {"methods": methods, "provenance": atlas.provenance().as_dict()}
    flat = [{name: _flatten(value) for name, value in one.items() if name != "sources"} for one in methods]
    return respond(request, Answer(whole, {"methods": pl.DataFrame(flat)}, atlas.provenance()), asked=asked)


@router.get("/powers", **described("list_powers", shapes.POWERS))
@answering
def list_powers(request: HttpRequest, *, asked: Query[PowersAsked]) -> HttpResponse:
    atlas = atlas_of(request)
    found = atlas.facts.power
    if asked.country:
        found = found.filter(pl.col("country") == asked.country.upper())
    if asked.tier:
        found = found.filter(pl.col("tier") == asked.tier)
    return respond(request, tell_list(request, found, name="powers", asked=asked, provenance=atlas.provenance()), asked=asked)


@router.get("/networks", **described("list_networks", shapes.NETWORKS))
@answering
def list_networks(request: HttpRequest, *, asked: Query[Paged]) -> HttpResponse:
    atlas = atlas_of(request)
    found = atlas.facts.network.sort("network", "members_year")
    return respond(request, tell_list(request, found, name="networks", asked=asked, provenance=atlas.provenance()), asked=asked)


@router.get("/codes", **described("list_codes", shapes.CODES))
@answering
def list_codes(request: HttpRequest, *, asked: Query[Paged]) -> HttpResponse:
    atlas = atlas_of(request)
    columns = {language: language.lower().replace("-", "_") for language in LANGUAGES}
    rows = [
        {"code": str(code), **{column: Speech(language).translate(SENTENCES[code]) for language, column in columns.items()}}
        for code in sorted(Code)
    ]
    return respond(
        request, tell_list(request, pl.DataFrame(rows), name="codes", asked=asked, provenance=atlas.provenance()), asked=asked
    )


def _flatten(value: object) -> object:
    return ", ".join(str(one) for one in value) if isinstance(value, list) else value
