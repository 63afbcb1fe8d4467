"""With which factors are kWh turned into emissions? Grids by year and view, fuels, warming potentials, intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from citytandem.web.insights.method.sheets import MethodPage, Says, Sheet, link_sources, show_mark, show_source

if TYPE_CHECKING:
    from citytandem.web.insights.method.sheets import Asked

RECENT = 2015
"""Without a choice only newer grid factors are shown; the file of a country holds all years."""


def write_factors(asked: Asked) -> MethodPage:
    """Every factor of the house and of the release, with its source."""
    speech, facts = asked.speech, asked.atlas.facts
    grid = asked.atlas.factor.with_columns(pl.col("view", "gwp", "mark", "carrier").cast(pl.String))
    years = sorted(grid["year"].unique().to_list(), reverse=True)
    choices = (
        asked.choose("country", label="chart.country", options=asked.countries(grid["country"])),
        asked.choose(
            "view", label="web.method.view", options=[(one, speech.label(f"view.{one}")) for one in sorted(grid["view"].unique())]
        ),
        asked.choose("year", label="chart.year", options=[(str(year), str(year)) for year in years]),
    )
    for choice in choices:
        if choice.chosen:
            grid = grid.filter(pl.col(choice.name).cast(pl.String) == choice.chosen)
    if not any(choice.chosen for choice in choices) and not asked.query.get("q"):
        grid = grid.filter(pl.col("year") >= RECENT)
    grid = grid.sort("country", "year", "view", descending=[False, True, False])
    sheets = (_grid(asked, grid), _fuels(asked), _warming(asked), _bounds(asked), _grades(asked), _shared(asked))
    return MethodPage(
        "factors",
        speech.label("web.method.factors.title"),
        speech.sentence(
            "web.method.factors.answer",
            count=speech.number(asked.atlas.factor.height, digits=0),
            countries=asked.atlas.factor["country"].n_unique(),
            fuels=facts.fuel_factor["fuel"].n_unique(),
        ),
        sheets,
        notes=(speech.sentence("web.method.factors.recent", year=str(RECENT)), speech.label("web.method.english")),
        choices=choices,
    )


def _grid(asked: Asked, grid: pl.DataFrame) -> Sheet:
    columns = (
        Says("country", "chart.country", kind="country"),
        Says("region", "web.method.region"),
        Says("year", "chart.year", kind="year"),
        Says("view", "web.method.view", prefix="view"),
        Says("kg_per_mwh", "unit.kg_per_mwh", kind="number"),
        Says("gwp", "aspect.gwp", prefix="gwp"),
        show_mark(),
        show_source(),
    )
    return Sheet("grid", asked.speech.label("web.method.factors.grid"), link_sources(grid), columns)


def _fuels(asked: Asked) -> Sheet:
    columns = (
        Says("fuel", "web.method.fuel", prefix="fuel"),
        Says("use", "web.method.use", prefix="use"),
        Says("gas", "web.method.gas"),
        Says("kg_per_tj", "web.method.kg_per_tj", kind="number"),
        Says("ncv_tj_per_gg", "web.method.ncv", kind="number"),
        Says("biogenic", "web.method.biogenic", kind="yes_no"),
        show_mark(),
        show_source(),
    )
    return Sheet("fuels", asked.speech.label("web.method.factors.fuels"), link_sources(asked.atlas.facts.fuel_factor), columns)


def _warming(asked: Asked) -> Sheet:
    columns = (
        Says("gwp_set", "aspect.gwp", prefix="gwp"),
        Says("gas", "web.method.gas"),
        Says("gwp100", "web.method.gwp100", kind="number"),
        show_mark(),
        show_source(),
    )
    return Sheet("warming", asked.speech.label("web.method.factors.warming"), link_sources(asked.atlas.facts.gwp), columns)


def _bounds(asked: Asked) -> Sheet:
    columns = (
        Says("carrier", "chart.carrier", prefix="carrier"),
        Says("view", "web.method.view", prefix="view"),
        Says("low", "web.method.low_kg", kind="number"),
        Says("high", "web.method.high_kg", kind="number"),
        Says("reason", "web.method.reason", kind="english"),
        show_mark(),
        show_source(),
    )
    return Sheet("bounds", asked.speech.label("web.method.factors.bounds"), link_sources(asked.atlas.facts.bound), columns)


def _grades(asked: Asked) -> Sheet:
    columns = (
        Says("grade", "web.method.grade"),
        Says("meaning", "web.method.meaning", kind="english"),
        Says("half_width", "web.method.half_width", kind="number"),
        Says("reason", "web.method.reason", kind="english"),
        show_mark(),
        show_source(),
    )
    return Sheet("grades", asked.speech.label("web.method.factors.grades"), link_sources(asked.atlas.facts.quality), columns)


def _shared(asked: Asked) -> Sheet:
    columns = (
        Says("carrier", "chart.carrier", prefix="carrier"),
        Says("half_width", "web.method.half_width", kind="number"),
        Says("meaning", "web.method.meaning", kind="english"),
        Says("reason", "web.method.reason", kind="english"),
        show_mark(),
        show_source(),
    )
    return Sheet("shared", asked.speech.label("web.method.factors.shared"), link_sources(asked.atlas.facts.shared_error), columns)
