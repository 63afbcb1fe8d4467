"""How do pilot programmes stand, and does a certificate hold today? Only what everybody may see, as it is now."""

# Annotations are read at run time by django-ninja, so they are not postponed in this file.

import datetime as dt
from typing import Any

import polars as pl
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Query, Router

from citytandem.charts.framework_names import name_category as call_category
from citytandem.findings import CannotCompute, Code, Finding
from citytandem.gazetteer import find_city
from citytandem.web.api import case_shapes
from citytandem.web.api.answers import Answer, respond, tell_list
from citytandem.web.api.describe import described
from citytandem.web.api.door import as_of_now
from citytandem.web.api.parameters import Asked, CertificateNumber, CityName, Paged, ProgrammeNumber
from citytandem.web.assessments.frameworks import framework_of
from citytandem.web.assessments.models import Assessment
from citytandem.web.assessments.queries import is_settled, published_assessments, read_result
from citytandem.web.live import atlas_of
from citytandem.web.pilots.frame import name_category, name_frame, name_level
from citytandem.web.pilots.models import Certificate, PilotProgramme
from citytandem.web.pilots.numbering import clean_number
from citytandem.web.pilots.portfolio import Judged, Way, gather_portfolio
from citytandem.web.pilots.queries import certificates_seen, cities_shown, name_pilot, programmes_seen, state_of, today
from citytandem.web.shell.language import current_speech

router = Router(tags=["pilots"])
SCHEMA: dict[str, Any] = {
    "programme": pl.Int64(),
    "months_valid": pl.Int64(),
    "is_invented": pl.Boolean(),
    "cities": pl.Int64(),
}


@router.get("/pilots", **described("list_pilots", case_shapes.PILOTS))
@as_of_now
def list_pilots(request: HttpRequest, *, asked: Query[Paged]) -> HttpResponse:
    rows = [_tell_programme(request, one) for one in programmes_seen().order_by("title", "pk")]
    frame = pl.DataFrame(rows, schema={name: SCHEMA.get(name, pl.String()) for name in case_shapes.ToldProgramme.model_fields})
    provenance = atlas_of(request).provenance()
    return respond(request, tell_list(request, frame, name="pilots", asked=asked, provenance=provenance), asked=asked)


@router.get("/pilots/{programme}", **described("show_pilot", case_shapes.PILOT))
@as_of_now
def show_pilot(request: HttpRequest, *, programme: ProgrammeNumber, asked: Query[Asked]) -> HttpResponse:
    own = programmes_seen().filter(pk=programme).first()
    if own is None:
        raise CannotCompute(Finding(Code.API_NOTHING_HERE, {"address": request.path[:200]}))
    atlas, language = atlas_of(request), current_speech().language
    portfolio = gather_portfolio(own, pilots=list(cities_shown(own)), atlas=atlas, language=language, everybody=True)
    stages = [
        {
            "stage": one.pk,
            "title": one.title,
            "demanded": one.demanded or None,
            "reached": portfolio.reached[one.pk],
            "here": portfolio.here[one.pk],
        }
        for one in own.stages.all()
    ]
    certificates = [_tell_certificate(request, one, on=today()) for way in portfolio.ways for one in way.certificates]
    whole = {
        "programme": _tell_programme(request, own),
        "stages": stages,
        "cities": [_tell_way(request, way, programme=own) for way in portfolio.ways],
        "certificates": certificates,
        "provenance": atlas.provenance().as_dict(),
    }
    frames = {"stages": pl.DataFrame(stages), "certificates": pl.DataFrame(certificates, infer_schema_length=None)}
    tables = {name: frame for name, frame in frames.items() if frame.width}
    return respond(request, Answer(whole, tables, atlas.provenance()), asked=asked)


@router.get("/certificates/{number}", **described("show_certificate", case_shapes.CERTIFICATE))
@as_of_now
def show_certificate(request: HttpRequest, *, number: CertificateNumber, asked: Query[Asked]) -> HttpResponse:
    own = certificates_seen().filter(number=clean_number(number)).first()
    if own is None:
        raise CannotCompute(Finding(Code.API_NOTHING_HERE, {"address": request.path[:200]}))
    provenance = atlas_of(request).provenance()
    told = _tell_certificate(request, own, on=today())
    tables = {"certificate": pl.DataFrame([told])}
    return respond(request, Answer({"certificate": told, "provenance": provenance.as_dict()}, tables, provenance), asked=asked)


@router.get("/cities/{city}/assessments", **described("list_assessments", case_shapes.ASSESSED))
@as_of_now
def list_assessments(request: HttpRequest, *, city: CityName, asked: Query[Asked]) -> HttpResponse:
    atlas = atlas_of(request)
    own = find_city(atlas, city)
    rows = [_tell_assessment(request, one) for one in published_assessments(city=own)]
    flat = [{name: value for name, value in row.items() if name != "spans"} | span for row in rows for span in row["spans"]]
    whole = {"city": own, "assessments": rows, "provenance": atlas.provenance().as_dict()}
    tables = {"assessments": pl.DataFrame(flat, infer_schema_length=None)} if flat else {}
    return respond(request, Answer(whole, tables, atlas.provenance()), asked=asked)


def _tell_programme(request: HttpRequest, one: PilotProgramme) -> dict[str, Any]:
    return {
        "programme": one.pk,
        "title": one.title,
        "language": one.language,
        "text": one.text or None,
        "organisation": one.organisation.name,
        "framework": one.framework,
        "framework_called": name_frame(one.framework, speech=current_speech()),
        "starts": one.starts.isoformat(),
        "ends": _day(one.ends),
        "months_valid": one.months_valid,
        "website": one.website or None,
        "state": one.state,
        "is_invented": one.is_invented,
        "cities": cities_shown(one).count(),
        "page": _base(request) + reverse("pilot_programme", args=[one.pk]),
    }


def _tell_way(request: HttpRequest, way: Way, *, programme: PilotProgramme) -> dict[str, Any]:
    pilot = way.pilot
    return {
        "pilot": pilot.pk,
        "name": way.name,
        "city": pilot.city or None,
        "country": pilot.country or None,
        "within": pilot.within or None,
        "joined": pilot.joined.isoformat(),
        "left": _day(pilot.left),
        "stage": pilot.stage_id,
        "steps": [{"stage": step.stage_id, "on": step.on.isoformat()} for step in way.steps],
        "judged": [{"on": one.on.isoformat(), "spans": _tell_spans(one, programme=programme)} for one in way.judged],
        "page": _base(request) + reverse("pilot_public_city", args=[programme.pk, pilot.pk]),
    }


def _tell_spans(judged: Judged, *, programme: PilotProgramme) -> list[dict[str, Any]]:
    speech = current_speech()
    return [
        {
            "category": key,
            "called": name_category(programme.framework, category=key, speech=speech),
            "level": span.level,
            "low": span.low,
            "high": span.high,
            "outcome": span.outcome,
        }
        for key, span in judged.spans.items()
    ]


def _tell_certificate(request: HttpRequest, one: Certificate, *, on: dt.date) -> dict[str, Any]:
    speech, pilot, programme = current_speech(), one.pilot, one.pilot.programme
    return {
        "number": one.number,
        "pilot": pilot.pk,
        "name": name_pilot(pilot, atlas=atlas_of(request), language=speech.language),
        "city": pilot.city or None,
        "country": pilot.country or None,
        "programme": programme.pk,
        "programme_title": programme.title,
        "organisation": programme.organisation.name,
        "framework": programme.framework,
        "level": one.level,
        "level_called": name_level(programme.framework, level=one.level, speech=speech) or None,
        "issued": one.issued.isoformat(),
        "valid_from": one.valid_from.isoformat(),
        "valid_until": one.valid_until.isoformat(),
        "conditions": one.conditions or None,
        "withdrawn": _day(one.withdrawn),
        "withdrawn_because": one.withdrawn_because or None,
        "state": state_of(one, on=on),
        "on": on.isoformat(),
        "is_invented": programme.is_invented,
        "page": _base(request) + reverse("pilot_certificate", args=[one.number]),
    }


def _tell_assessment(request: HttpRequest, one: Assessment) -> dict[str, Any]:
    answered, framework, speech = read_result(one).answered, framework_of(one), current_speech()
    rows = answered.scored.categories.to_dicts() if answered is not None else []
    return {
        "assessment": one.pk,
        "framework": one.framework,
        "version": one.version,
        "city": one.city,
        "organisation": one.organisation.name,
        "outside": one.outside,
        "settled": is_settled(one),
        "reconciled": one.reconciled.isoformat() if one.reconciled else None,
        "is_invented": one.organisation.is_invented,
        "page": _base(request) + reverse("assessment", args=[one.pk]),
        "spans": [
            {
                "category": row["category"],
                "called": call_category(framework, row["category"], speech=speech),
                **{name: row[name] for name in ("level", "low", "high")},
                "outcome": str(row["outcome"]),
            }
            for row in rows
        ],
    }


def _day(on: dt.date | None) -> str | None:
    return on.isoformat() if on else None


def _base(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"
