"""A city's seven questions: together on one page, each on its own for printing and sending; and where each number comes from."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

import polars as pl
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from citytandem.findings import CannotCompute, Code, Finding
from citytandem.gazetteer import find_city
from citytandem.tables.results_benchmark import QUESTIONS
from citytandem.web.insights.choices import read_choices, years_of
from citytandem.web.insights.sections import FIGURES, SECTIONS
from citytandem.web.insights.view import View, ask_all
from citytandem.web.live import atlas_of
from citytandem.web.shell.caching import kept
from citytandem.web.shell.language import current_speech

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from citytandem.web.insights.figures import Figure, Section


def of_city(page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a page the view of the city in its address; a name or code leads to the address with the id."""

    @wraps(page)
    def answer(request: HttpRequest, *, city: str, **more: str) -> HttpResponse:
        own = find_city(atlas_of(request), city)
        if own != city:
            query = f"?{request.GET.urlencode()}" if request.GET else ""
            name = request.resolver_match.url_name if request.resolver_match else "city"
            return redirect(reverse(str(name), kwargs={"city": own, **more}) + query)
        return page(request, view=look_at(request, city=own), **more)

    return answer


def look_at(request: HttpRequest, *, city: str) -> View:
    """The city as this request asks to see it.

    Raises
    ------
    CannotCompute
        A choice of the address is none.
    """
    atlas = atlas_of(request)
    choices = read_choices(request.GET, years=years_of(atlas, city), city=city)
    records = ask_all(atlas, city=city, year=choices.year, question=choices.question)
    return View(atlas, records, choices, current_speech())


@kept
@of_city
def show_city(request: HttpRequest, *, view: View) -> HttpResponse:
    """All seven questions of one city."""
    return _render(request, view, pages=[write(view) for write in SECTIONS.values()])


@kept
@of_city
def show_section(request: HttpRequest, *, view: View, section: str) -> HttpResponse:
    """One question of one city."""
    if section not in SECTIONS:
        raise Http404
    return _render(request, view, pages=[SECTIONS[section](view)], section=section)


@kept
@of_city
def show_figure(request: HttpRequest, *, view: View, figure: str) -> HttpResponse:
    """Where each number of a figure comes from."""
    found = find_figure(view, figure)
    numbers = found.numbers
    keys = sorted({key for number in numbers for key in number.origin.sources})
    return render(request, "insights/trace.html", {
        "city": view.city, "name": view.name, "choices": view.choices, "figure": found, "numbers": numbers,
        "section": FIGURES[figure], "sources": list_sources(view, keys), "provenance": view.answers.provenance,
    })  # fmt: skip


def find_figure(view: View, key: str) -> Figure:
    """The figure of a key.

    Raises
    ------
    Http404
        No city has a figure of this name.
    CannotCompute
        UNKNOWN_CHOICE: this city has none for these choices.
    """
    if key not in FIGURES:
        raise Http404
    figures = SECTIONS[FIGURES[key]](view).figures
    if key not in figures:
        raise CannotCompute(
            Finding(Code.UNKNOWN_CHOICE, {"asked": key, "option": "figure", "choices": ", ".join(sorted(figures)) or "–"})
        )
    return figures[key]


def list_sources(view: View, keys: list[str]) -> list[dict[str, Any]]:
    """Publications by key, from the release and from the facts; a key without a row stands for itself."""
    atlas = view.atlas
    known = pl.concat([atlas.source, atlas.facts.source.select(atlas.source.columns)], how="vertical_relaxed")
    found = {row["source"]: row for row in known.filter(pl.col("source").is_in(keys)).unique("source", keep="first").to_dicts()}
    nothing = {"attribution": "–", "title": "", "year": None, "licence": "–", "url": None}
    return [found.get(key, {"source": key, **nothing}) for key in keys]


def _render(request: HttpRequest, view: View, *, pages: list[Section], section: str = "") -> HttpResponse:
    speech, answers = view.speech, view.answers
    subtitle = "briefing.subtitle_year" if answers.year else "briefing.subtitle"
    return render(request, "insights/city.html", {
        "city": view.city, "name": view.name, "choices": view.choices, "section": section, "pages": pages,
        "years": years_of(view.atlas, view.city), "asked": QUESTIONS,
        "questions": [(key, speech.label(f"briefing.question.{key}")) for key in SECTIONS],
        "subtitle": speech.sentence(subtitle, year=str(answers.year)),
        "address": request.build_absolute_uri(),
    })  # fmt: skip
