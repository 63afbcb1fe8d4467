"""What can be made, what is announced, what is made? Every further series of a region, none joined to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from citytandem.briefing.document import Block, Grid, Notice, Picture, Text
from citytandem.charts.chart import Twin, name_key
from citytandem.charts.region_series import JOINED, draw_region_series
from citytandem.web.regions.reading import paths_of
from citytandem.web.regions.sections.section import Section, make_page

if TYPE_CHECKING:
    from citytandem.web.regions.asking import View
    from citytandem.words import Speech

PART_OF_A_YEAR = "january_to"
"""A figure for some months does not contradict one for the year."""


def write_figures(view: View) -> Section:
    """The question ``What can be made, what is announced, what is made?``."""
    speech = view.speech
    rows = choose_series(view)
    if rows.is_empty():
        answer = speech.sentence("web.region.figures.none", region=view.name)
        return Section(make_page(view, "figures", answer=answer, blocks=[Notice(speech.label("web.region.figures.cure"))]))
    breaks = view.known.table("region_break")
    chart = draw_region_series(rows, breaks, region=view.region, names=view.names, speech=speech)
    blocks: list[Block] = [Picture(chart, _shorten(chart.twin)) if chart.spec else Grid(chart.twin, "region_series")]
    blocks += [Text(text) for text in _tell_conflicts(view, rows)]
    own = breaks.filter((pl.col("region") == view.region) & pl.col("indicator").is_in(rows["indicator"].unique().to_list()))
    blocks += [
        Notice(
            speech.sentence(
                "web.region.break", region=view.name, year=row["year"], what=row["what"],
                series=name_key(speech, "region.indicator", key=row["indicator"]),
                mark=name_key(speech, "mark", key=str(row["mark"])),
            )
        )
        for row in own.sort("year").to_dicts()
    ]  # fmt: skip
    counts = {"series": rows.select("indicator", "definition", "source").n_unique(), "values": rows.height}
    answer = speech.sentence("web.region.figures.answer", region=view.name, **counts)
    how = [speech.label(f"web.region.how.{key}") for key in ("apart", "conflict", "marks")]
    page = make_page(view, "figures", answer=answer, blocks=blocks, how=how)
    return Section(page, tables={"region_series": chart.twin}, sources=tuple(sorted(set(rows["source"]))))


def choose_series(view: View) -> pl.DataFrame:
    """The region's series that are not a path already shown; those of the Ruhr stand with its districts on its own page."""
    series = view.known.table("region_series").filter(pl.col("region") == view.region)
    shown = paths_of(view.known).points.filter(pl.col("region") == view.region)
    keys = ["indicator", "definition", "source"]
    plain = series.with_columns(pl.col("indicator").cast(pl.String))
    return plain.join(shown.select(keys).unique(), on=keys, how="anti")


def _tell_conflicts(view: View, rows: pl.DataFrame) -> list[str]:
    """Where two sources or definitions say different things of one year: both, beside each other."""
    speech = view.speech
    keys = ["indicator", "state", "unit", "year"]
    whole = ~pl.col("definition").str.contains(PART_OF_A_YEAR)
    measured = rows.filter(pl.col("state").cast(pl.String).is_in(list(JOINED)) & whole)
    parts = [part.sort("definition", "source") for _, part in measured.group_by(keys, maintain_order=True)]
    told = []
    for part in sorted(
        (part for part in parts if part["value"].n_unique() > 1), key=lambda part: (part["indicator"][0], part["year"][0])
    ):
        values = [
            speech.sentence(
                "web.region.figures.one_value", value=_write(row["value"], speech=speech),
                unit=name_key(speech, "region.unit", key=row["unit"]),
                definition=name_key(speech, "region.definition", key=row["definition"]), mark=str(row["mark"]),
            )
            for row in part.to_dicts()
        ]  # fmt: skip
        series = name_key(speech, "region.indicator", key=part["indicator"][0])
        told.append(
            speech.sentence("web.region.figures.conflict", series=series, year=part["year"][0], values=speech.join(values))
        )
    return told


def _shorten(twin: Twin) -> Twin:
    """The table for paper: without the notes of sources, which need the width of a sheet."""
    columns = tuple(column for column in twin.columns if column.name not in {"note", "source"})
    return Twin(twin.caption, columns, twin.rows, twin.exact)


def _write(value: float, *, speech: Speech) -> str:
    return speech.number(value, digits=0 if value == round(value) else 1)
