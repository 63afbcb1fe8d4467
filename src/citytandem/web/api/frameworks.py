"""By which frameworks can a city be judged, and what does one say of a city from what it has published?"""

# Annotations are read at run time by django-ninja, so they are not postponed in this file.

import polars as pl
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from citytandem.assessments import assess
from citytandem.charts.framework_names import name_category, name_criterion, name_framework
from citytandem.science.assessment.framework import Framework, pick_framework
from citytandem.tables.records import as_plain
from citytandem.web.api import framework_shapes
from citytandem.web.api.answers import Answer, respond, tell_list, tell_record
from citytandem.web.api.describe import described
from citytandem.web.api.door import answering
from citytandem.web.api.parameters import Asked, AssessmentAsked, CityName, FrameworkKey, Paged
from citytandem.web.live import atlas_of
from citytandem.web.shell.language import current_speech

router = Router(tags=["assessments"])


@router.get("/frameworks", **described("list_frameworks", framework_shapes.FRAMEWORKS))
@answering
def list_frameworks(request: HttpRequest, *, asked: Query[Paged]) -> HttpResponse:
    atlas = atlas_of(request)
    keys = sorted(atlas.facts.framework["framework"])
    found = _name_heads(atlas.facts.framework, [pick_framework(atlas.facts, key) for key in keys])
    told = tell_list(request, found, name="frameworks", asked=asked, provenance=atlas.provenance())
    return respond(request, told, asked=asked)


@router.get("/frameworks/{framework}", **described("show_framework", framework_shapes.FRAMEWORK))
@answering
def show_framework(request: HttpRequest, *, framework: FrameworkKey, asked: Query[Asked]) -> HttpResponse:
    atlas, speech = atlas_of(request), current_speech()
    own = pick_framework(atlas.facts, framework)
    categories = {key: name_category(own, key, speech=speech) for key in own.category["category"]}
    criteria = {key: name_criterion(own, key, speech=speech) for key in own.criterion["criterion"]}
    tables = {
        "framework": _name_heads(atlas.facts.framework, [own]),
        "categories": own.category.with_columns(pl.col("category").replace_strict(categories).alias("called")),
        "criteria": own.criterion.with_columns(pl.col("criterion").replace_strict(criteria).alias("called")),
        "levels": own.level,
        "measures": own.criterion_measure,
    }
    keys = {key for frame in tables.values() for key in frame["source"]}
    source = atlas.facts.source.filter(pl.col("source").is_in(sorted(keys)))
    tables["source"] = source.select(atlas.source.columns).cast(atlas.source.schema).sort("source")
    whole = as_plain({**tables, "provenance": atlas.provenance().as_dict()})
    return respond(request, Answer(whole, tables, atlas.provenance()), asked=asked)


@router.get("/cities/{city}/assessment", **described("show_assessment", framework_shapes.ASSESSMENT))
@answering
def show_assessment(request: HttpRequest, *, city: CityName, asked: Query[AssessmentAsked]) -> HttpResponse:
    atlas = atlas_of(request)
    own = pick_framework(atlas.facts, asked.framework)  # never a folder of the machine
    found = assess(atlas, framework=own.framework, city=city)
    return respond(request, tell_record(found), asked=asked)


def _name_heads(heads: pl.DataFrame, frameworks: list[Framework]) -> pl.DataFrame:
    """Heads of frameworks by their keys, with their names in the language asked for."""
    speech = current_speech()
    names = {one.framework: name_framework(one, speech) for one in frameworks}
    counts = {one.framework: one.criterion.height for one in frameworks}
    shown = heads.filter(pl.col("framework").is_in(list(names))).sort("framework")
    key = pl.col("framework")
    return shown.with_columns(
        key.replace_strict(names).alias("called"), key.replace_strict(counts, return_dtype=pl.Int64).alias("criteria")
    )
