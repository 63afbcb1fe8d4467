"""A city's figures as files: one figure as CSV, SVG or PNG; the briefing as PDF; all figures as one package."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import polars as pl
from django.http import Http404, HttpResponse

from citytandem.briefing.build import compose
from citytandem.briefing.write_pdf import render_pdf
from citytandem.charts.render import render_png, render_svg
from citytandem.web.insights.city_pages import find_figure, list_sources, of_city
from citytandem.web.insights.sections import SECTIONS
from citytandem.web.shell.caching import kept

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest

    from citytandem.web.insights.figures import Figure
    from citytandem.web.insights.view import View

MEDIA = {"csv": "text/csv; charset=utf-8", "svg": "image/svg+xml", "png": "image/png"}
SAME_TIME = (2026, 1, 1, 0, 0, 0)
"""The time of every file in a package, so that the same figures give the same bytes."""


@kept
@of_city
def send_figure(request: HttpRequest, *, view: View, figure: str, kind: str) -> HttpResponse:  # noqa: ARG001 - every view gets one
    """One figure as a file."""
    if kind not in MEDIA:
        raise Http404
    found = find_figure(view, figure)
    if kind == "csv":
        return HttpResponse(write_csv(view, found), content_type=MEDIA[kind])
    if found.chart is None:
        raise Http404
    drawn = render_svg(found.chart) if kind == "svg" else render_png(found.chart)
    return HttpResponse(drawn, content_type=MEDIA[kind])


@kept
@of_city
def send_briefing(request: HttpRequest, *, view: View) -> HttpResponse:  # noqa: ARG001 - every view gets one
    """The briefing for the council: the same sections in the same words, as a tagged PDF."""
    return HttpResponse(render_pdf(compose(view.answers, language=view.speech.language)), content_type="application/pdf")


@kept
@of_city
def send_package(request: HttpRequest, *, view: View) -> HttpResponse:  # noqa: ARG001 - every view gets one
    """Every figure of the city as CSV, where each number comes from, and the sources, in one archive."""
    figures = [figure for write in SECTIONS.values() for figure in write(view).figures.values()]
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, text in _files(view, figures):
            folder.writestr(zipfile.ZipInfo(name, SAME_TIME), text, zipfile.ZIP_DEFLATED)
    return HttpResponse(archive.getvalue(), content_type="application/zip")


def _files(view: View, figures: list[Figure]) -> Iterator[tuple[str, str]]:
    for figure in figures:
        yield f"{view.city}/{figure.key}.csv", write_csv(view, figure)
    yield f"{view.city}/origins.csv", trace_all(figures).write_csv()
    keys = sorted({key for figure in figures for number in figure.numbers for key in number.origin.sources})
    yield f"{view.city}/sources.csv", pl.DataFrame(list_sources(view, keys)).write_csv()


def trace_all(figures: list[Figure]) -> pl.DataFrame:
    """Every number of some figures as a row: value, unit, and where it comes from or what is not stated."""
    rows = [
        {
            "figure": figure.key, "number": number.what, "value": number.value, "unit": number.unit,
            "table": number.origin.table, "row": number.origin.row, "source": "+".join(number.origin.sources),
            "year": number.origin.year, "method": number.origin.method, "grade": number.origin.grade, "low": number.origin.low,
            "high": number.origin.high, "mark": number.origin.mark, "not_stated": " ".join(number.origin.missing),
        }
        for figure in figures
        for number in figure.numbers
    ]  # fmt: skip
    words = ("figure", "number", "unit", "table", "row", "source", "method", "grade", "mark", "not_stated")
    numbers = ("value", "low", "high")
    schema = {**dict.fromkeys(words, pl.String), **dict.fromkeys(numbers, pl.Float64), "year": pl.Int64}
    return pl.DataFrame(rows, schema_overrides=schema) if rows else pl.DataFrame(schema=schema)


def write_csv(view: View, figure: Figure) -> str:
    """The table of a figure for a program: every digit, a point, empty for unknown; above it, in lines with #, what it is."""
    made = view.answers.provenance
    sources = list_sources(view, sorted({key for number in figure.numbers for key in number.origin.sources}))
    units = {
        column.name: column.unit for column in figure.twin.columns if column.unit and column.name in figure.twin.data.columns
    }
    head = [
        f"{figure.title}",
        f"city: {view.city} {view.name}",
        f"release: {made.release} sha256 {made.release_sha256}",
        f"code: citytandem {made.code_version}",
        *(f"unit of {name}: {unit}" for name, unit in (units | dict(figure.units)).items()),
        *(
            f"source {row['source']}: {row['attribution']}; {row['title']}; {row['licence']}; {row['url'] or '–'}"
            for row in sources
        ),
    ]
    comments = "".join(f"# {' '.join(line.split())}\n" for line in head)
    return comments + figure.twin.data.write_csv(line_terminator="\n")
