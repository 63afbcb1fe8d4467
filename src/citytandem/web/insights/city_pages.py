"""A city's seven questions: together on one page, and each on its own for printing and sending."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render

from citytandem.briefing.build import compose
from citytandem.web.insights.answers import answers_for
from citytandem.web.live import atlas_of
from citytandem.web.shell.caching import kept
from citytandem.web.shell.language import current_speech

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from citytandem.briefing.document import Document

SECTIONS = ("profile", "balance", "comparable", "position", "powers", "measures", "partners")


@kept
def show_city(request: HttpRequest, *, city: str) -> HttpResponse:
    """All seven questions of one city."""
    document = _compose(request, city)
    return render(request, "insights/city.html", {"city": city, "document": document, "pages": document.pages})


@kept
def show_section(request: HttpRequest, *, city: str, section: str) -> HttpResponse:
    """One question of one city."""
    if section not in SECTIONS:
        raise Http404
    document = _compose(request, city)
    pages = [page for page in document.pages if page.key == section]
    return render(request, "insights/city.html", {"city": city, "document": document, "pages": pages, "section": section})


def _compose(request: HttpRequest, city: str) -> Document:
    return compose(answers_for(atlas_of(request), city=city), language=current_speech().language)
