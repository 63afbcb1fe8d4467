"""What may a city without a balance emit? A first estimate, plainly named as one, until its own balance takes its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem import verbs
from citytandem.briefing.document import Notice, Text
from citytandem.briefing.pages.page import tell_finding
from citytandem.charts.chart import Column, Twin, name_key
from citytandem.findings import CannotCompute, Code
from citytandem.web.insights.figures import Figure, Origin, join_sources
from citytandem.web.insights.sections.page import result_origin, structure_sources

if TYPE_CHECKING:
    from citytandem.science.estimate.answer import Estimated
    from citytandem.web.insights.view import View

LEADING = ("core_no_industry", "core", "full")
"""Which outcome is told in the sentence: the first that could be estimated."""

TOLD = (Code.ESTIMATE_IS_NO_BALANCE, Code.ESTIMATE_FROM_NATIONAL_TOTAL, Code.ESTIMATE_OUTSIDE_RANGE, Code.ESTIMATE_NOT_POSSIBLE)
"""Findings that a reader must see beside the figure."""


def show_estimate(view: View) -> list[Any]:
    """The sentence, the table and what to keep in mind; or why not even an estimate can be made."""
    try:
        found = verbs.estimate(view.atlas, city=view.city)
    except CannotCompute as refusal:
        return [Notice(tell_finding(refusal.finding, answers=view.answers, speech=view.speech))]
    rows = found.estimate.filter(pl.col("status").cast(pl.String) == "complete")
    told = [finding for finding in found.findings if finding.code in TOLD]
    notices = [Notice(tell_finding(finding, answers=view.answers, speech=view.speech)) for finding in told]
    if not rows.height:
        return [Text(view.speech.sentence("estimate.answer.nothing", city=view.name)), *notices]
    return [Text(_tell(view, found, rows)), _tabulate(view, found, rows), *notices]


def _tell(view: View, found: Estimated, rows: pl.DataFrame) -> str:
    speech = view.speech
    known = {str(row["outcome"]): row for row in rows.iter_rows(named=True)}
    row = next((known[outcome] for outcome in LEADING if outcome in known), next(iter(known.values())))
    return speech.sentence(
        "estimate.answer",
        city=view.name,
        year=str(found.year),
        outcome=name_key(speech, "outcome", key=str(row["outcome"])),
        value=speech.number(row["per_head_t"]),
        low=speech.number(row["low"]),
        high=speech.number(row["high"]),
        people=speech.number(found.population, digits=0),
        total_low=speech.number(row["emissions_low_t"] / 1000, digits=0),
        total_high=speech.number(row["emissions_high_t"] / 1000, digits=0),
    )


def _tabulate(view: View, found: Estimated, rows: pl.DataFrame) -> Figure:
    speech = view.speech
    named = rows.select(
        pl.col("outcome").cast(pl.String),
        pl.Series("name", [name_key(speech, "outcome", key=str(key)) for key in rows["outcome"]], dtype=pl.String),
        "per_head_t", "low", "high",
        pl.Series("basis_name", [speech.label(f"estimate.basis.{basis}") for basis in rows["basis"]], dtype=pl.String),
        pl.col("n_cities").cast(pl.Int64),
        pl.col("mark").cast(pl.String), "source",
    )  # fmt: skip
    unit = speech.label("unit.t_per_head")
    columns = (
        Column("name", speech.label("chart.outcome")),
        Column("per_head_t", speech.label("estimate.middle"), unit, 1),
        Column("low", speech.label("chart.low"), unit, 1),
        Column("high", speech.label("chart.high"), unit, 1),
        Column("basis_name", speech.label("estimate.basis")),
        Column("n_cities", speech.label("estimate.cities"), digits=0),
        Column("mark", speech.label("briefing.measures.mark")),
    )
    sources = join_sources("citytandem-2026", found.population_source, *structure_sources(view, view.city))

    def trace(row: dict[str, Any], name: str) -> Origin:
        low, high = (row["low"], row["high"]) if name == "per_head_t" else (None, None)
        keys = {"city": view.city, "outcome": row["outcome"], "basis": row["basis_name"]}
        return result_origin(
            "estimate", keys, "city", "outcome", "basis", sources=sources, year=found.year, method="estimate", low=low,
            high=high, mark="P",
        )  # fmt: skip

    return Figure(
        "estimate", Twin(speech.label("estimate.table"), columns, named), trace, units={"n_cities": speech.label("unit.cities")}
    )
