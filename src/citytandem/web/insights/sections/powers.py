"""What is in our hands? Emissions by whose decision they are, and what the law lets the city own, rule, fund and plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import polars as pl

from citytandem.briefing.pages.powers import write_powers as write_page
from citytandem.charts.chart import Column, Twin, name_key
from citytandem.findings import Finding
from citytandem.tables.action import DIMENSIONS
from citytandem.web.insights.figures import Figure, Origin, Section, join_sources
from citytandem.web.insights.sections.page import find_charts, find_notices, make_section, own_method, own_sources, result_origin

if TYPE_CHECKING:
    from citytandem.science.action.answer import Advice
    from citytandem.web.insights.view import View


@dataclass(frozen=True)
class Matrix:
    """Assets by dimensions: a level from 0 to 3 in each cell, with the law behind it for those who open it."""

    template: ClassVar[str] = "insights/parts/matrix.html"

    figure: Figure
    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[dict[str, Any] | None, ...]], ...]


def write_powers(view: View) -> Section:
    """The question ``What is in our hands?``."""
    page = write_page(view.answers, view.speech)
    charts, advice = find_charts(page), view.records.advice
    blocks: list[Any] = []
    if "scope" in charts:
        chart = charts["scope"]
        blocks.append(Figure("scope", chart.twin, lambda row, name: _trace_split(view, row, name), chart))
    blocks += find_notices(page)
    if not isinstance(advice, Finding):
        blocks += [block for block in (_show_matrix(view, advice), _list_routes(view, advice)) if block]
    return make_section(page, blocks)


def _trace_split(view: View, row: dict[str, Any], name: str) -> Origin:
    split = view.answers.split
    low = high = None
    key: dict[str, Any] = {"sector": row["sector"], "part": name}
    if isinstance(split, pl.DataFrame) and row["sector"] != "total":
        same = split.filter((pl.col("sector").cast(pl.String) == row["sector"]) & (pl.col("part").cast(pl.String) == name))
        low, high = (same["low_t"].sum() / 1000, same["high_t"].sum() / 1000) if same.height else (None, None)
    return result_origin(
        "scope_split", key, "sector", "part", sources=join_sources(*own_sources(view), "citytandem-2026"), year=view.answers.year,
        method=own_method(view), low=low, high=high, mark="P",
    )  # fmt: skip


def _show_matrix(view: View, advice: Advice) -> Matrix | None:
    powers = advice.powers.with_columns(pl.col("dimension", "mark", "matched").cast(pl.String))
    if not powers.height or powers["level"].null_count() == powers.height:
        return None
    assets = list(dict.fromkeys(powers["asset"].to_list()))
    cells = {(row["asset"], row["dimension"]): row for row in powers.iter_rows(named=True) if row["level"] is not None}
    rows = tuple(
        (name_key(view.speech, "asset", key=asset), tuple(cells.get((asset, dimension)) for dimension in DIMENSIONS))
        for asset in assets
    )
    heads = tuple(view.speech.label(f"dimension.{dimension}") for dimension in DIMENSIONS)
    return Matrix(_figure_of(view, powers), heads, rows)


def _figure_of(view: View, powers: pl.DataFrame) -> Figure:
    speech = view.speech
    known = powers.filter(pl.col("level").is_not_null())
    rows = known.with_columns(
        pl.Series("name", [name_key(speech, "asset", key=key) for key in known["asset"]], dtype=pl.String),
        pl.Series("dimension_name", [speech.label(f"dimension.{key}") for key in known["dimension"]], dtype=pl.String),
    )
    columns = (
        Column("name", speech.label("web.city.asset")), Column("dimension_name", speech.label("web.city.dimension")),
        Column("level", speech.label("web.city.level"), digits=0), Column("law", speech.label("web.city.law")),
        Column("date", speech.label("web.city.law_date")), Column("mark", speech.label("briefing.measures.mark")),
        Column("source", speech.label("chart.source")),
    )  # fmt: skip

    def trace(row: dict[str, Any], _: str) -> Origin:
        method = str(row["law"]) if row["law"] else None
        return result_origin(
            "power", row, "asset", "dimension", sources=join_sources(row["source"]), method=method, mark=row["mark"]
        )

    return Figure(
        "powers", Twin(speech.sentence("web.city.powers", city=view.name), columns, rows), trace, units={"level": "0–3"}
    )


def _list_routes(view: View, advice: Advice) -> Figure | None:
    """The strongest way open for each measure, with the power behind it."""
    if not advice.routes.height:
        return None
    speech, titles = view.speech, view.answers.title_measures(view.speech.language)
    routes = advice.routes.with_columns(pl.col("route", "dimension", "mark", "factor_mark").cast(pl.String)).sort("measure")
    rows = routes.with_columns(
        pl.Series("name", [titles.get(key, key) for key in routes["measure"]], dtype=pl.String),
        pl.Series("route_name", [name_key(speech, "route", key=key) for key in routes["route"]], dtype=pl.String),
        pl.Series("asset_name", [name_key(speech, "asset", key=key) for key in routes["asset"]], dtype=pl.String),
        (pl.col("factor") * 100).alias("percent"),
        (pl.col("factor_high") * 100).alias("percent_high"),
    )
    percent = speech.label("unit.percent")
    columns = (
        Column("measure", speech.label("chart.key")), Column("name", speech.label("chart.measure")),
        Column("route_name", speech.label("chart.route")), Column("percent", speech.label("chart.route_factor"), percent, 0),
        Column("percent_high", speech.label("chart.route_factor_high"), percent, 0),
        Column("asset_name", speech.label("web.city.asset")), Column("law", speech.label("web.city.law")),
        Column("date", speech.label("web.city.law_date")), Column("mark", speech.label("briefing.measures.mark")),
    )  # fmt: skip

    def trace(row: dict[str, Any], name: str) -> Origin:
        sources = join_sources("citytandem-2026" if name.startswith("percent") else None, row["source"])
        return result_origin("route", row, "measure", sources=sources, mark=row["factor_mark"])

    units = {"level": "0–3"}
    twin = Twin(speech.label("web.city.routes"), columns, rows.drop("factor", "factor_high"))
    return Figure("routes", twin, trace, units=units)
