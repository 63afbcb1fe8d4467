"""What does every number rest on? Public pages on methods, factors, measures, powers, indicators, sources and releases."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render

from citytandem.web.insights.method import PAGES
from citytandem.web.insights.method.measures import write_measure
from citytandem.web.insights.method.methods import write_method
from citytandem.web.insights.method.sheets import Asked, keep_found
from citytandem.web.live import atlas_of
from citytandem.web.shell.caching import kept
from citytandem.web.shell.language import current_speech

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    from citytandem.web.insights.method.sheets import MethodPage, Sheet

LONGEST_QUERY = 100
MOST_ROWS = 400
"""Rows of one table that a page shows; the file holds all."""
ITEMS: dict[str, Callable[[Asked], MethodPage | None]] = {"measures": write_measure, "methods": write_method}


@kept
def show_method(request: HttpRequest) -> HttpResponse:
    """The way to each of the pages."""
    return render(request, "insights/method.html", {"keys": tuple(PAGES)})


@kept
def show_page(request: HttpRequest, *, page: str) -> HttpResponse:
    """One page with its tables."""
    return _render(request, find_page(request, page=page), page=page)


@kept
def show_item(request: HttpRequest, *, page: str, item: str) -> HttpResponse:
    """One method or one measure."""
    return _render(request, find_page(request, page=page, item=item), page=page, item=item)


@kept
def show_measure(request: HttpRequest, *, measure: str) -> HttpResponse:
    """One measure: what it is, what is known about its effect, and who has done it."""
    return _render(request, find_page(request, page="measures", item=measure), page="measures", item=measure)


@kept
def send_sheet(request: HttpRequest, *, page: str, sheet: str, item: str = "") -> HttpResponse:
    """One table as a file for a program."""
    for one in find_page(request, page=page, item=item).sheets:
        if one.key == sheet:
            return HttpResponse(write_csv(request, one), content_type="text/csv; charset=utf-8")
    raise Http404


def find_page(request: HttpRequest, *, page: str, item: str = "") -> MethodPage:
    """The page an address asks for, its tables narrowed to what is searched.

    Raises
    ------
    Http404
        There is none.
    """
    asked = Asked(atlas_of(request), current_speech(), request.GET, item)
    writers = ITEMS if item else PAGES
    found = writers[page](asked) if page in writers else None
    if found is None:
        raise Http404
    text = request.GET.get("q", "")[:LONGEST_QUERY]
    return replace(found, sheets=tuple(keep_found(sheet, text=text, speech=asked.speech) for sheet in found.sheets))


def write_csv(request: HttpRequest, sheet: Sheet) -> str:
    """A table for a program: keys, every digit, a point, empty for unknown; above it, in lines with #, what it is."""
    made = atlas_of(request).provenance()
    head = (sheet.caption, f"release: {made.release} sha256 {made.release_sha256}", f"code: citytandem {made.code_version}")
    return "".join(f"# {' '.join(line.split())}\n" for line in head) + sheet.data.write_csv(line_terminator="\n")


def _render(request: HttpRequest, found: MethodPage, *, page: str, item: str = "") -> HttpResponse:
    speech = current_speech()
    sheets = [
        {"sheet": sheet, "heads": sheet.heads(speech), "rows": replace(sheet, rows=sheet.rows.head(MOST_ROWS)).cells(speech),
         "count": sheet.rows.height, "is_cut": sheet.rows.height > MOST_ROWS}
        for sheet in found.sheets
    ]  # fmt: skip
    values = {
        "page": found, "sheets": sheets, "place": page, "item": item, "most": MOST_ROWS,
        "q": request.GET.get("q", "")[:LONGEST_QUERY], "keys": tuple(PAGES),
    }  # fmt: skip
    return render(request, "insights/method_page.html", values)
