"""Where do we stand, and why? The own value among its peers, its years, its drivers, and cities that emit less."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.briefing.answers import rows_of
from citytandem.briefing.pages.position import spatial_drivers
from citytandem.briefing.pages.position import write_position as write_page
from citytandem.briefing.pages.profile import tell_differences
from citytandem.charts.chart import Column, Twin, name_key
from citytandem.charts.trend import draw_trend
from citytandem.findings import Finding
from citytandem.web.insights.figures import Figure, Include, Origin, Section, column_of, join_sources
from citytandem.web.insights.sections.page import (
    find_charts,
    find_notices,
    make_section,
    own_method,
    own_sources,
    result_origin,
    strip_sources,
    structure_sources,
)  # fmt: skip

if TYPE_CHECKING:
    from citytandem.charts.chart import Chart
    from citytandem.web.insights.view import View

OWN = ("value", "low", "high")
FEWEST_YEARS = 2
PANEL = "insights/peers_panel.html"
"""The panel in which a reader changes peers, if the site has one."""


def write_position(view: View) -> Section:
    """The question ``Where do we stand, and why?``."""
    page = write_page(view.answers, view.speech)
    charts = find_charts(page)
    blocks: list[Any] = []
    if "strips" in charts:
        blocks += _show_strips(view, charts["strips"])
    blocks += find_notices(page)
    blocks.append(Include(PANEL, {"view": view}))
    if "waterfall" in charts:
        chart = charts["waterfall"]
        blocks.append(Figure("waterfall", chart.twin, lambda row, name: _trace_driver(view, row, name), chart, "driver"))
    blocks += [figure for figure in (_show_trend(view), _list_rolemodels(view)) if figure]
    return make_section(page, blocks)


def _show_strips(view: View, chart: Chart) -> list[Figure]:
    """The strips, and the peers' values as a figure of its own."""
    strips = Figure("strips", chart.twin, lambda row, name: _trace_position(view, row, name), replace(chart, more=()))
    peers = [Figure("peer_values", twin, lambda row, name: _trace_peer(view, row, name)) for twin in chart.more]
    return [strips, *peers]


def _trace_position(view: View, row: dict[str, Any], name: str) -> Origin:
    position = rows_of(view.answers.position).filter(pl.col("outcome").cast(pl.String) == row["outcome"]).row(0, named=True)
    if name in OWN:
        low, high = (position["low"], position["high"]) if name == "value" else (None, None)
        keys = {"balance": view.answers.balance.get("balance"), "outcome": row["outcome"]}
        return result_origin(
            "outcome", keys, "balance", "outcome", sources=join_sources(position["source"]), year=position["year"],
            method=position["method"], grade=position["grade"], low=low, high=high,
        )  # fmt: skip
    if name.startswith("expected"):
        low, high = (position["expected_low"], position["expected_high"]) if name == "expected" else (None, None)
        sources = structure_sources(view, view.city)
        method = f"ridge, n={position['expected_n']}"
        return result_origin(
            "position", row, "outcome", sources=sources, year=position["year"], method=method, low=low, high=high, mark="P"
        )
    sources = strip_sources(view, str(row["outcome"]))
    return result_origin("position", row, "outcome", sources=sources, year=position["year"], method=f"n={position['n_peers']}")


def _trace_peer(view: View, row: dict[str, Any], name: str) -> Origin:
    strip = rows_of(view.answers.strip)
    found = strip.filter((pl.col("peer") == row["peer"]) & (pl.col("outcome").cast(pl.String) == name)).row(0, named=True)
    return result_origin(
        "strip", found, "outcome", "peer", "balance", sources=join_sources(found["source"]), year=found["year"],
        method=found["method"], low=found["low"], high=found["high"],
    )  # fmt: skip


def _trace_driver(view: View, row: dict[str, Any], name: str) -> Origin:
    drivers = spatial_drivers(view.answers)
    sources = (*own_sources(view), *strip_sources(view))
    low = high = None
    key = {"kind": "spatial", "driver": row["driver"], "sector": row.get("sector"), "factor": row.get("factor")}
    if name == "effect" and row.get("factor") and "low_t_per_head" in drivers.columns:
        same = drivers.filter(
            (pl.col("sector").cast(pl.String) == row["sector"]) & (pl.col("factor").cast(pl.String) == row["factor"])
        )
        if same.height == 1:
            low, high = same["low_t_per_head"][0], same["high_t_per_head"][0]
    return result_origin(
        "driver", key, *key, sources=join_sources(*sources), year=view.answers.year, method="LMDI-I", low=low, high=high
    )


def _show_trend(view: View) -> Figure | None:
    """The years of the main outcome, or of the total where only that has years."""
    benchmark = view.records.benchmark
    if isinstance(benchmark, Finding):
        return None
    for outcome in dict.fromkeys([view.answers.outcome or "core", "core", "full"]):
        series = benchmark.series.filter(
            (pl.col("outcome").cast(pl.String) == outcome)
            & (pl.col("per_head_t").is_not_null() | pl.col("emissions_t").is_not_null())
        )
        if series["year"].n_unique() >= FEWEST_YEARS:
            chart = draw_trend(series, city=view.name, outcome=outcome, methods=view.answers.methods, speech=view.speech)
            return Figure("trend", chart.twin, _trace_point, chart, "year")
    return None


def _trace_point(row: dict[str, Any], name: str) -> Origin:
    low, high = (row["low"], row["high"]) if name == "value" else (None, None)
    return result_origin(
        "trend_point",
        row,
        "balance",
        sources=join_sources(row["source"]),
        year=row["year"],
        method=row["method"],
        low=low,
        high=high,
    )


def _list_rolemodels(view: View) -> Figure | None:
    """Peers that emit less where the city wants to improve, with how they differ; most alike first."""
    benchmark, speech = view.records.benchmark, view.speech
    if isinstance(benchmark, Finding) or not benchmark.rolemodels.height:
        return None
    same = benchmark.rolemodels.with_columns(pl.col("outcome", "direction").cast(pl.String))
    models = same.filter(pl.col("outcome") == pl.col("direction"))
    rows = models.with_columns(
        pl.Series("name", [view.call(peer) for peer in models["peer"]], dtype=pl.String),
        pl.Series("outcome_name", [name_key(speech, "outcome", key=key) for key in models["outcome"]], dtype=pl.String),
        pl.Series("differs", [tell_differences(peer, answers=view.answers, speech=speech) for peer in models["peer"]]),
        pl.Series("note", [_note(row, view) for row in models.iter_rows(named=True)], dtype=pl.String),
    )
    unit = speech.label("unit.t_per_head")
    columns = (
        Column("name", speech.label("chart.city")), Column("outcome_name", speech.label("chart.outcome")),
        Column("own_value", speech.label("chart.value"), unit, 2),
        Column("peer_value", speech.label("web.city.rolemodel.value"), unit, 2),
        Column("gain_low", speech.label("web.city.rolemodel.low"), unit, 2),
        Column("gain_high", speech.label("web.city.rolemodel.high"), unit, 2),
        Column("differs", speech.label("briefing.profile.differs")), Column("note", speech.label("web.city.rolemodel.note")),
    )  # fmt: skip

    def trace(row: dict[str, Any], name: str) -> Origin:
        if name == "distance":
            return result_origin("peer", row, "peer", sources=structure_sources(view, view.city, row["peer"]), mark="P")
        strip = rows_of(view.answers.strip).filter(pl.col("peer") == row["peer"])
        sources = column_of(strip, "source") if name == "peer_value" else (*own_sources(view), *column_of(strip, "source"))
        low, high = (row["gain_low"], row["gain_high"]) if name == "gain_t_per_head" else (None, None)
        method = own_method(view) if name == "own_value" else next(iter(column_of(strip, "method")), None)
        return result_origin(
            "role_model", row, "peer", "outcome", sources=join_sources(*sources), year=view.answers.year, method=method, low=low,
            high=high,
        )  # fmt: skip

    return Figure("rolemodels", Twin(speech.label("web.city.rolemodels"), columns, rows), trace, units={"distance": "0–1"})


def _note(row: dict[str, Any], view: View) -> str:
    """What to keep in mind: figures that are shared out prove no measure; who emits no more anywhere is said so."""
    if row["top_down"]:
        return view.speech.label("web.city.rolemodel.top_down")
    if row["gain_low"] <= 0:
        return view.speech.label("web.city.rolemodel.cannot_tell")
    return view.speech.label("web.city.rolemodel.everywhere" if row["dominates"] else "web.city.rolemodel.here")
