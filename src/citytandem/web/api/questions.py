"""The questions of the house, each answered by the verb that answers it on the pages and at the terminal."""

# Annotations are read at run time by django-ninja, so they are not postponed in this file.

import math
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from citytandem import verbs
from citytandem.findings import CannotCompute, Code, Finding
from citytandem.web.api import shapes
from citytandem.web.api.answers import respond, tell_record
from citytandem.web.api.describe import described
from citytandem.web.api.door import answering
from citytandem.web.api.parameters import BenchmarkAsked, BridgeAsked, CityName, GateAsked, YearAsked
from citytandem.web.live import atlas_of

router = Router(tags=["questions"])


@router.get("/cities/{city}/balance", **described("show_balance", shapes.BALANCE))
@answering
def show_balance(request: HttpRequest, *, city: CityName, asked: Query[YearAsked]) -> HttpResponse:
    return respond(request, tell_record(verbs.balance(atlas_of(request), city=city, year=asked.year)), asked=asked)


@router.get("/cities/{city}/bridge", **described("show_bridge", shapes.BRIDGE))
@answering
def show_bridge(request: HttpRequest, *, city: CityName, asked: Query[BridgeAsked]) -> HttpResponse:
    found = verbs.bridge(atlas_of(request), city=city, year=asked.year, start=asked.start, to=asked.to)
    return respond(request, tell_record(found), asked=asked)


@router.get("/cities/{city}/benchmark", **described("show_benchmark", shapes.BENCHMARK))
@answering
def show_benchmark(request: HttpRequest, *, city: CityName, asked: Query[BenchmarkAsked]) -> HttpResponse:
    more: dict[str, Any] = {} if asked.window is None else {"window": asked.window}
    found = verbs.benchmark(
        atlas_of(request),
        city=city,
        year=asked.year,
        question=asked.question,
        countries=asked.countries or None,
        networks=asked.networks or None,
        add=tuple(asked.add),
        remove=tuple(asked.remove),
        weights=_read_weights(asked.weights),
        k=asked.k,
        **more,
    )
    return respond(request, tell_record(found), asked=asked)


@router.get("/cities/{city}/advice", **described("show_advice", shapes.ADVICE))
@answering
def show_advice(request: HttpRequest, *, city: CityName, asked: Query[YearAsked]) -> HttpResponse:
    return respond(request, tell_record(verbs.advise(atlas_of(request), city=city, year=asked.year)), asked=asked)


@router.get("/cities/{city}/partners", **described("show_partners", shapes.PARTNERS))
@answering
def show_partners(request: HttpRequest, *, city: CityName, asked: Query[YearAsked]) -> HttpResponse:
    return respond(request, tell_record(verbs.partners(atlas_of(request), city=city, year=asked.year)), asked=asked)


@router.get("/cities/{city}/estimate", **described("show_estimate", shapes.ESTIMATE))
@answering
def show_estimate(request: HttpRequest, *, city: CityName, asked: Query[YearAsked]) -> HttpResponse:
    return respond(request, tell_record(verbs.estimate(atlas_of(request), city=city, year=asked.year)), asked=asked)


@router.get("/gate", **described("show_gate", shapes.GATE))
@answering
def show_gate(request: HttpRequest, *, asked: Query[GateAsked]) -> HttpResponse:
    found = verbs.gate(atlas_of(request), cities=tuple(asked.city), years=tuple(asked.year))
    return respond(request, tell_record(found), asked=asked)


def _read_weights(given: list[str]) -> dict[str, float] | None:
    """Weights such as ``hdd=2`` by variable."""
    weights = {}
    for pair in given:
        name, _, value = pair.partition("=")
        try:
            weights[name] = float(value)
        except ValueError:
            weights[name] = math.nan
        if not math.isfinite(weights[name]):
            raise CannotCompute(Finding(Code.UNKNOWN_CHOICE, {"asked": pair[:80], "option": "weights", "choices": "hdd=2"}))
    return weights or None
