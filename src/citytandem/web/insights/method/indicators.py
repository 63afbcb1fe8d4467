"""What is compared, and by what? Outcomes, structure variables with their weights, and the criteria of the profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from citytandem.science.assessment.framework import ACTIVITY, pick_framework
from citytandem.tables.results_benchmark import OUTCOMES
from citytandem.web.insights.method.sheets import (
    MethodPage,
    Says,
    Sheet,
    link_measures,
    link_sources,
    name_measures,
    show_mark,
    show_source,
)

if TYPE_CHECKING:
    from citytandem.web.insights.method.sheets import Asked

PARTS = {
    "households": ("households",),
    "buildings": ("households", "services", "municipal"),
    "industry": ("industry_energy",),
    "stationary": ("households", "services", "municipal", "industry_energy", "agriculture_energy"),
    "transport": ("road", "rail"),
    "waste": ("waste", "wastewater"),
    "core_no_industry": ("buildings", "transport"),
    "core": ("stationary", "transport"),
    "core_waste": ("stationary", "transport", "waste"),
    "full": ("total",),
}
"""What each outcome is the sum of, in the words of the page."""


def write_indicators(asked: Asked) -> MethodPage:
    """Outcomes, variables, weights, anchors, criteria."""
    speech, facts = asked.speech, asked.atlas.facts
    criteria = pick_framework(facts, ACTIVITY).criterion.height
    sheets = (_outcomes(asked), _variables(asked), _weights(asked), _anchors(asked), _criteria(asked))
    return MethodPage(
        "indicators",
        speech.label("web.method.indicators.title"),
        speech.sentence("web.method.indicators.answer", outcomes=len(PARTS), variables=facts.variable.height, criteria=criteria),
        sheets,
        notes=(speech.label("web.method.indicators.never"), speech.label("web.method.english")),
    )


def _outcomes(asked: Asked) -> Sheet:
    rows = pl.DataFrame(
        {"outcome": list(OUTCOMES), "parts": [";".join(PARTS.get(outcome, ())) for outcome in OUTCOMES]},
        schema={"outcome": pl.String, "parts": pl.String},
    ).with_columns(unit=pl.lit("t_per_head"))
    columns = (
        Says("outcome", "chart.outcome", prefix="outcome"),
        Says("parts", "web.method.indicators.sum_of", prefix="sector"),
        Says("unit", "chart.unit", prefix="unit"),
    )
    return Sheet("outcomes", asked.speech.label("web.method.indicators.outcomes"), rows, columns)


def _variables(asked: Asked) -> Sheet:
    rows = asked.atlas.facts.variable.with_columns(pl.col("variable", "scale", "mark").cast(pl.String))
    columns = (
        Says("variable", "chart.variable", prefix="variable"),
        Says("unit", "chart.unit", kind="english"),
        Says("scale", "web.method.scale", prefix="scale"),
        Says("robust", "web.method.robust", kind="english"),
        Says("reason", "web.method.reason", kind="english"),
        show_mark(),
        show_source(),
    )
    return Sheet("variables", asked.speech.label("web.method.indicators.variables"), link_sources(rows), columns)


def _weights(asked: Asked) -> Sheet:
    rows = asked.atlas.facts.profile.with_columns(pl.col("question", "variable", "mark").cast(pl.String))
    columns = (
        Says("question", "web.city.question", prefix="question"),
        Says("variable", "chart.variable", prefix="variable"),
        Says("weight", "web.method.weight", kind="number"),
        Says("reason", "web.method.reason", kind="english"),
        show_mark(),
        show_source(),
    )
    return Sheet("weights", asked.speech.label("web.method.indicators.weights"), link_sources(rows), columns)


def _anchors(asked: Asked) -> Sheet:
    columns = (
        Says("title", "web.method.name", kind="english"),
        Says("unit", "chart.unit", kind="english"),
        Says("at_zero", "web.method.at_zero", kind="number"),
        Says("at_ten", "web.method.at_ten", kind="number"),
        Says("reason", "web.method.reason", kind="english"),
        show_mark(),
        show_source(),
    )
    note = asked.speech.label("web.method.indicators.anchors_note")
    return Sheet(
        "anchors", asked.speech.label("web.method.indicators.anchors"), link_sources(asked.atlas.facts.anchor), columns, note
    )


def _criteria(asked: Asked) -> Sheet:
    profile = pick_framework(asked.atlas.facts, ACTIVITY)
    plain = [pl.col("category").alias("field"), pl.col("weight_low").alias("weight"), pl.col("mark").cast(pl.String)]
    rows = profile.criterion.with_columns(plain).drop("title")
    members = profile.criterion_measure.select("criterion", "measure")
    rows = link_measures(rows.join(members, on="criterion", how="left").drop_nulls("measure"), titles=name_measures(asked))
    columns = (
        Says("field", "chart.field", prefix="field"),
        Says("criterion", "web.city.profile_row", prefix="profile_row"),
        Says("title", "chart.measure", to="measure_address"),
        Says("weight", "web.method.weight", kind="number"),
        show_mark(),
        show_source(),
    )
    return Sheet("criteria", asked.speech.label("web.method.indicators.criteria"), link_sources(rows), columns)
