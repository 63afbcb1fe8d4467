"""Two to six cities side by side: who may be compared comes first, then the same questions in columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from citytandem import verbs
from citytandem.atlas import once_per_atlas
from citytandem.briefing import sheet as sheets
from citytandem.briefing.document import Grid, Text
from citytandem.findings import CannotCompute, Code, Finding
from citytandem.gazetteer import find_city
from citytandem.narration import tell
from citytandem.science.benchmark.sheet import MOST
from citytandem.web.insights.choices import years_of
from citytandem.web.insights.side_by_side import (
    Side,
    ask_advice,
    show_facts,
    show_learning,
    show_mix,
    show_outcomes,
    show_scope,
    show_stages,
    tell_refusal,
)  # fmt: skip
from citytandem.web.live import atlas_of
from citytandem.web.shell.caching import kept
from citytandem.web.shell.language import current_speech
from citytandem.web.shell.names import call_city

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse

    from citytandem.atlas import Atlas
    from citytandem.briefing.document import Block
    from citytandem.science.benchmark.sheet import GateSheet
    from citytandem.words import Speech

FEWEST = 2
LONGEST = 100
EXAMPLES = (("DE-08212000", "DE-08221000"), ("JP-14100", "JP-27100", "JP-23100"), ("DK-0101", "DK-0751"))
YEAR = "year-"


@dataclass(frozen=True, slots=True)
class Named:
    """One city that was named, with the years it may be asked for."""

    city: str
    name: str
    years: tuple[int, ...]
    year: int | None
    without: str


@dataclass(frozen=True, slots=True)
class Part:
    """One question about all of them."""

    key: str
    question: str
    answer: str
    blocks: Sequence[Block]


@kept
def show_comparison(request: HttpRequest) -> HttpResponse:
    """The cities of the address side by side; with fewer than two, a field to name them."""
    atlas, speech = atlas_of(request), current_speech()
    typed = [name.strip()[:LONGEST] for name in request.GET.getlist("city") if name.strip()]
    if len(typed) > 2 * MOST:
        raise CannotCompute(Finding(Code.GATE_NEEDS_CITIES, {"found": len(typed), "low": FEWEST, "high": MOST}))
    cities = tuple(dict.fromkeys(find_city(atlas, name) for name in typed))
    if list(cities) != typed:
        return redirect(f"{reverse('compare')}{_write_query(cities, request)}")
    if len(cities) > MOST:
        raise CannotCompute(Finding(Code.GATE_NEEDS_CITIES, {"found": len(cities), "low": FEWEST, "high": MOST}))
    years = tuple(_read_year(request.GET.get(f"{YEAR}{city}", ""), atlas=atlas, city=city) for city in cities)
    names = {city: call_city(atlas, city, language=speech.language) for city in cities}
    named = [
        Named(city, names[city], tuple(years_of(atlas, city)), year, _write_query(cities, request, without=city))
        for city, year in zip(cities, years, strict=True)
    ]
    parts = _ask_all(atlas, names=names, years=years, speech=speech) if len(cities) >= FEWEST else []
    examples = (
        []
        if parts
        else [
            (_write_query(some, request), speech.join(call_city(atlas, city, language=speech.language) for city in some))
            for some in EXAMPLES
        ]
    )
    return render(request, "insights/compare.html", {
        "named": named, "parts": parts, "has_room": len(cities) < MOST, "most": MOST, "examples": examples,
        "title": speech.join(names.values()) if names else "", "address": request.build_absolute_uri(),
    })  # fmt: skip


def _ask_all(atlas: Atlas, *, names: dict[str, str], years: tuple[int | None, ...], speech: Speech) -> list[Part]:
    found = ask_gate(atlas, cities=tuple(names), years=years)
    sheet = None if isinstance(found, Finding) else found
    side = Side(atlas, names, sheet, speech)
    advice = ask_advice(side)
    written: dict[str, Sequence[Block]] = {"facts": show_facts(side)}
    if sheet is not None:
        written |= {"outcomes": show_outcomes(side), "mix": show_mix(side), "scope": show_scope(side, advice)}
    written |= {"stages": show_stages(side, advice), "learn": show_learning(side)}
    first = (
        Part("gate", speech.label("web.compare.gate"), "", [tell_refusal(side, found)])
        if isinstance(found, Finding)
        else _show_gate(found, side=side)
    )
    rest = [
        Part(key, speech.label(f"web.compare.{key}"), speech.label(f"web.compare.{key}.answer"), blocks)
        for key, blocks in written.items()
    ]
    return [first, *rest]


@once_per_atlas(maxsize=128)
def ask_gate(atlas: Atlas, *, cities: tuple[str, ...], years: tuple[int | None, ...]) -> GateSheet | Finding:
    """The sheet of the gate; where a year is given for some only, the others take theirs as close to it as they can."""
    given = [year for year in years if year is not None]
    asked: list[int] = []
    if given:
        known = [years_of(atlas, city) for city in cities]
        asked = [
            year if year is not None else min(own, key=lambda one: (abs(one - given[0]), -one), default=given[0])
            for year, own in zip(years, known, strict=True)
        ]
    try:
        return verbs.gate(atlas, cities=list(cities), years=asked)
    except CannotCompute as refusal:
        return refusal.finding


def _show_gate(sheet: GateSheet, *, side: Side) -> Part:
    speech = side.speech
    methods = {key: method.short for key, method in side.atlas.facts.methods.items()}
    titles = dict(side.atlas.source.select("source", "title").iter_rows())
    tables = [Grid(twin) for twin in sheets.tabulate(sheet, names=side.names, methods=methods, speech=speech, sources=titles)]
    notes = [Text(tell(finding, speech=speech, name_city=lambda city: side.names.get(city, city))) for finding in sheet.findings]
    question = sheets.ask(sheet, names=side.names, speech=speech)
    answer = sheets.answer(sheet, names=side.names, speech=speech)
    return Part("gate", question, answer, [*tables, *notes, Text(speech.label("sheet.how"))])


def _read_year(text: str, *, atlas: Atlas, city: str) -> int | None:
    if not text:
        return None
    years = years_of(atlas, city)
    if text not in map(str, years):
        known: dict[str, Any] = {"city": city, "year": text[:12], "years": ", ".join(map(str, years)) or "–"}
        raise CannotCompute(Finding(Code.YEAR_WITHOUT_BALANCE, known))
    return int(text)


def _write_query(cities: Sequence[str], request: HttpRequest, *, without: str = "") -> str:
    """The query for some cities, with the years that were chosen for them."""
    kept_cities = [city for city in cities if city != without]
    years = [(f"{YEAR}{city}", request.GET[f"{YEAR}{city}"]) for city in kept_cities if request.GET.get(f"{YEAR}{city}")]
    pairs = [*(("city", city) for city in kept_cities), *years]
    return f"?{urlencode(pairs)}" if pairs else ""
