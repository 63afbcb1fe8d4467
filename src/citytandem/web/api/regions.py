"""Which regions are there, what is known of each over the years, and whose past resembles one now?"""

# Annotations are read at run time by django-ninja, so they are not postponed in this file.

from dataclasses import replace

import polars as pl
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from citytandem import transition
from citytandem.gazetteer import fold
from citytandem.replies import plain_analogues
from citytandem.science.transition.analogues import CONTROLS
from citytandem.tables.records import as_plain
from citytandem.tables.series import INDICATORS, KINDS
from citytandem.verbs import SEED
from citytandem.web.api import region_shapes
from citytandem.web.api.answers import Answer, respond, tell_list, tell_record
from citytandem.web.api.describe import described
from citytandem.web.api.door import answering_from
from citytandem.web.api.parameters import AnaloguesAsked, Asked, RegionName, RegionsAsked, SeriesAsked, check_choice
from citytandem.web.live import atlas_of
from citytandem.web.regions.reading import Known, read_known, sign_folder
from citytandem.web.shell.language import current_speech

router = Router(tags=["regions"])
HEAD = ("indicator", "definition", "source", "state", "unit")
SPELLINGS = ("region", "name", "name_de", "name_zh", "name_ja", "name_da")


@router.get("/regions", **described("list_regions", region_shapes.REGIONS))
@answering_from(sign_folder)
def list_regions(request: HttpRequest, *, asked: Query[RegionsAsked]) -> HttpResponse:
    known = read_known()
    found = _count_series(known.atlas)
    if asked.kind is not None:
        check_choice(asked.kind, option="kind", choices=KINDS)
        found = found.filter(pl.col("kind").cast(pl.String) == asked.kind)
    if asked.country:
        found = found.filter(pl.col("country").is_in([country.upper() for country in asked.country]))
    if asked.q:
        wanted = fold(asked.q)
        keys = [row[0] for row in found.select(SPELLINGS).iter_rows() if any(name and wanted in fold(name) for name in row)]
        found = found.filter(pl.col("region").is_in(keys))
    if asked.with_series:
        found = found.filter(pl.col("series") > 0)
    told = tell_list(request, found, name="regions", asked=asked, provenance=atlas_of(request).provenance())
    return respond(request, _tell_missing(told, known), asked=asked)


@router.get("/regions/{region}", **described("show_region", region_shapes.REGION))
@answering_from(sign_folder)
def show_region(request: HttpRequest, *, region: RegionName, asked: Query[Asked]) -> HttpResponse:
    site, atlas = read_known(), atlas_of(request)
    known = site.atlas
    own = transition.find_region(known, region)
    tables = {
        "place": _of(known, "region", own),
        "within": known.tables["region"].filter(pl.col("part_of") == own).sort("name", "region"),
        "series": _head_series(_of(known, "region_series", own)),
        "breaks": _of(known, "region_break", own).sort("year", "what"),
        "phases": _of(known, "region_phase", own).sort("first_year", "title"),
        "cases": _of(known, "case", own).sort("first_year", "case"),
    }
    keys = {key for frame in tables.values() for key in frame["source"]}
    source = atlas.facts.source.filter(pl.col("source").is_in(sorted(keys)))
    tables["source"] = source.select(atlas.source.columns).cast(atlas.source.schema).sort("source")
    name = transition.name_regions(known, language=current_speech().language)[own]
    whole = {"region": own, "name": name, **as_plain(tables), "provenance": atlas.provenance().as_dict()}
    return respond(request, _tell_missing(Answer(whole, tables, atlas.provenance()), site), asked=asked)


@router.get("/regions/{region}/series", **described("list_series", region_shapes.SERIES))
@answering_from(sign_folder)
def list_series(request: HttpRequest, *, region: RegionName, asked: Query[SeriesAsked]) -> HttpResponse:
    site = read_known()
    found = _of(site.atlas, "region_series", transition.find_region(site.atlas, region))
    for indicator in asked.indicator:
        check_choice(indicator, option="indicator", choices=INDICATORS)
    if asked.indicator:
        found = found.filter(pl.col("indicator").cast(pl.String).is_in(asked.indicator))
    found = found.sort(pl.col("indicator").cast(pl.String), "definition", "source", "year")
    told = tell_list(request, found, name="series", asked=asked, provenance=atlas_of(request).provenance())
    return respond(request, _tell_missing(told, site), asked=asked)


@router.get("/regions/{region}/analogues", **described("show_analogues", region_shapes.ANALOGUES))
@answering_from(sign_folder)
def show_analogues(request: HttpRequest, *, region: RegionName, asked: Query[AnaloguesAsked]) -> HttpResponse:
    traits = [part.strip() for given in asked.indicators for part in given.split(",") if part.strip()]
    site = read_known()
    found = transition.answer(
        site.atlas,
        region=transition.find_region(site.atlas, region),
        window=transition.read_window(asked.window),
        traits=traits or None,
        k=asked.k,
        least_lag=asked.lag,
        controls=CONTROLS,
        seed=SEED,
        language=current_speech().language,
        provenance=atlas_of(request).provenance(SEED),
    )
    told = tell_record(found)
    status = "refused" if found.refusal else None
    answer = Answer(plain_analogues(found), told.tables, told.provenance, found.findings, status)
    return respond(request, _tell_missing(answer, site), asked=asked)


def _tell_missing(answer: Answer, site: Known) -> Answer:
    """The same answer; where a folder of the site could not be read, it says so."""
    return replace(answer, findings=(*answer.findings, site.missing)) if site.missing else answer


def _count_series(known: transition.Atlas) -> pl.DataFrame:
    """Every region by name, with how much there is of it."""
    counted = known.tables["region_series"].group_by("region").agg(
        pl.struct("indicator", "definition", "source", "state", "unit").n_unique().cast(pl.Int64).alias("series"),
        pl.len().cast(pl.Int64).alias("points"),
        pl.col("year").min().alias("first_year"),
        pl.col("year").max().alias("last_year"),
    )  # fmt: skip
    names = transition.name_regions(known, language=current_speech().language)
    joined = known.tables["region"].join(counted, on="region", how="left")
    told = pl.col("region").replace_strict(names).alias("called")
    return joined.with_columns(told, pl.col("series", "points").fill_null(0)).sort("name", "region")


def _head_series(rows: pl.DataFrame) -> pl.DataFrame:
    """One row per series, by what is counted."""
    grouped = rows.group_by(HEAD).agg(
        pl.len().cast(pl.Int64).alias("points"),
        pl.col("year").min().alias("first_year"),
        pl.col("year").max().alias("last_year"),
    )
    return grouped.sort(pl.col("indicator").cast(pl.String), "definition", "source", pl.col("state").cast(pl.String), "unit")


def _of(known: transition.Atlas, table: str, region: str) -> pl.DataFrame:
    return known.tables[table].filter(pl.col("region") == region)
