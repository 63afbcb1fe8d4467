"""What would help most? Measures on three axes: scope for action, depth, activity; and their remaining effect."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.charts import palette, style
from citytandem.charts.chart import Chart, Column, Twin, name_key
from citytandem.tables.action import ROUTES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from citytandem.words import Speech

NEEDED = (
    "measure", "route", "route_factor", "route_factor_high", "depth_low", "depth_high", "implemented_low", "implemented_high",
    "remaining_low_t", "remaining_high_t", "evidence_mark",
)  # fmt: skip

AXES = (
    ("route", "route_factor", "route_factor_high", palette.ACCENT),
    ("depth", "depth_low", "depth_high", palette.ACCENT_MID),
    ("activity", "implemented_low", "implemented_high", palette.PEER),
)
"""The three axes, each as a range from 0 to 1."""


def draw_measures(advice: pl.DataFrame, *, city: str, titles: Mapping[str, str], speech: Speech) -> Chart:
    """Remaining effect as an interval over the route; the thickness of a bar is its largest depth.

    ``advice`` has the columns of ``NEEDED``; an interval is never shortened to a point, for no middle is known.
    """
    unit = speech.label("unit.kt")
    rows = name_measures(advice, titles=titles, speech=speech).filter(pl.col("high_kt").is_not_null())
    title = speech.sentence("chart.measures.title", city=city)
    description = speech.sentence("chart.measures.description", city=city, unit=unit)
    layers = _scatter(rows, unit=unit, speech=speech)
    spec = style.compose(speech, title=title, description=description, height=250, parts={"layer": layers})
    return Chart("measures", title, description, spec, tabulate_measures(rows, caption=title, speech=speech))


def draw_axes(advice: pl.DataFrame, *, city: str, titles: Mapping[str, str], speech: Speech) -> Chart:
    """The same measures as a list, each with three small axes side by side."""
    rows = name_measures(advice, titles=titles, speech=speech)
    title = speech.sentence("chart.axes.title", city=city)
    description = speech.sentence("chart.axes.description", city=city)
    keys = rows["measure"].to_list()
    labels = [style.wrap(f"{tag}  {name}", width=44) for tag, name in rows.select("tag", "name").iter_rows()]
    axis = {"title": None, "labelExpr": f"{labels}[indexof({keys}, datum.value)]", "labelLimit": 280, "labelLineHeight": 12}
    down = {"field": "measure", "type": "nominal", "sort": None, "scale": {"domain": keys, "paddingInner": 0.45}, "axis": axis}
    panels = [
        _panel(rows, down if axis == "route" else {**down, "axis": None}, low=low, high=high, title=title, ink=ink)
        for axis, low, high, ink in AXES
        for title in [speech.label(f"chart.axis.{axis}")]
    ]
    spec = style.compose(
        speech, title=title, description=description, height=0, parts={"hconcat": panels, "spacing": 16, "bounds": "full"}
    )
    for whole in ("width", "height", "autosize"):
        del spec[whole]
    for panel in panels:
        panel["height"] = max(1, rows.height) * style.row_height(labels, least=28)
    return Chart("axes", title, description, spec, tabulate_measures(rows, caption=title, speech=speech))


def name_measures(advice: pl.DataFrame, *, titles: Mapping[str, str], speech: Speech) -> pl.DataFrame:
    """Titles, spoken routes and thousand tonnes beside the columns of the advice."""
    return advice.with_columns(
        pl.Series("name", [titles.get(key, key) for key in advice["measure"]], dtype=pl.String),
        pl.Series("route_name", [name_key(speech, "route", key=route) for route in advice["route"]], dtype=pl.String),
        pl.when(pl.col("evidence_mark").cast(pl.String) == "S")
        .then(pl.col("measure"))
        .otherwise(pl.format("{} {}", "measure", pl.col("evidence_mark").cast(pl.String).fill_null("–")))
        .alias("tag"),
        (pl.col("remaining_low_t") / 1000).alias("low_kt"),
        (pl.col("remaining_high_t") / 1000).alias("high_kt"),
    )


def tabulate_measures(rows: pl.DataFrame, *, caption: str, speech: Speech) -> Twin:
    """The table twin of both pictures: every axis as numbers."""
    percent, kt = speech.label("unit.percent"), speech.label("unit.kt")
    shares = ("route_factor", "route_factor_high", "depth_low", "depth_high", "implemented_low", "implemented_high")
    frame = rows.with_columns((pl.col(share) * 100).alias(share) for share in shares)
    columns = (
        Column("tag", speech.label("chart.key")),
        Column("name", speech.label("chart.measure")),
        Column("route_name", speech.label("chart.route")),
        *(Column(share, speech.label(f"chart.{share}"), percent, 0) for share in shares),
        Column("low_kt", speech.label("chart.remaining_low"), kt, 1),
        Column("high_kt", speech.label("chart.remaining_high"), kt, 1),
    )
    return Twin(caption, columns, frame.select("measure", *(column.name for column in columns)))


def _scatter(rows: pl.DataFrame, *, unit: str, speech: Speech) -> list[dict[str, Any]]:
    names = [speech.label(f"route.{route}") for route in ROUTES]
    labels = [style.wrap(name, width=16) for name in names]
    # measures of one route stand side by side, so that no interval hides another
    placed = rows.sort("route", "measure").with_columns(
        pl.int_range(pl.len()).over("route").alias("slot"), pl.len().over("route").alias("slots")
    )
    values = placed.select(
        "tag", "slot", "route", "low_kt", "high_kt", "depth_high", ((pl.col("slot") + 0.5) / pl.col("slots")).alias("at")
    ).to_dicts()
    for value in values:
        value["x"] = ROUTES.index(value["route"]) + 0.08 + 0.84 * value["at"] if value["route"] in ROUTES else None
    across = {
        "field": "x",
        "type": "quantitative",
        "scale": {"domain": [0, len(ROUTES)], "nice": False},
        "axis": {
            "title": speech.label("chart.route"),
            "values": [place + 0.5 for place in range(len(ROUTES))],
            "labelExpr": f"{labels}[datum.value - 0.5]",
            "grid": False,
            "labelLineHeight": 12,
        },
    }
    data = {"values": [value for value in values if value["x"] is not None]}
    size = {
        "field": "depth_high",
        "type": "quantitative",
        "scale": {"domain": [0, 1], "range": [2, 14]},
        "legend": {
            "title": speech.label("chart.measures.thickness"),
            "format": ".0%",
            "values": [0.1, 0.5, 1],
            "titleLimit": 400,
        },
    }
    # room above the highest bar for its label
    top = {"zero": True, "domainMax": 1.2 * float(str(rows["high_kt"].max() or 1.0))}
    up = {"field": "low_kt", "type": "quantitative", "axis": {"title": unit, "tickCount": 5}, "scale": top}
    rule = {
        "data": data,
        "mark": {"type": "rule", "color": palette.ACCENT_MID, "strokeCap": "butt"},
        "encoding": {"x": across, "y": up, "y2": {"field": "high_kt"}, "strokeWidth": size},
    }
    # the labels of neighbours stand at two heights, so that they do not meet
    keys = [
        {
            "data": {"values": [value for value in data["values"] if value["slot"] % 2 == odd]},
            "mark": {"type": "text", "dy": -8 - 11 * odd, "fontSize": 10},
            "encoding": {"x": across, "y": {"field": "high_kt", "type": "quantitative"}, "text": {"field": "tag"}},
        }
        for odd in (0, 1)
    ]
    return [rule, *keys]


def _panel(rows: pl.DataFrame, down: dict[str, Any], *, low: str, high: str, title: str, ink: str) -> dict[str, Any]:
    """One small axis from 0 to 100 %: a pale track, and the range on it."""
    axis = {"format": ".0%", "values": [0, 0.5, 1], "title": style.wrap(title, width=20), "orient": "top"}
    across = {"type": "quantitative", "scale": {"domain": [0, 1]}, "axis": axis}
    known = rows.select("measure", pl.col(low).alias("a"), pl.col(high).alias("b")).drop_nulls()
    track = {
        "data": {"values": [{"measure": key, "a": 0, "b": 1} for key in rows["measure"]]},
        "mark": {"type": "bar", "color": palette.LAND, "height": 6},
        "encoding": {"y": down, "x": {"field": "a", **across}, "x2": {"field": "b"}},
    }
    line = {
        "data": {"values": known.to_dicts()},
        "mark": {"type": "bar", "color": ink, "height": 6},
        "encoding": {"y": down, "x": {"field": "a", **across}, "x2": {"field": "b"}},
    }
    dots = {
        "data": {"values": [row for row in known.to_dicts() if row["a"] == row["b"]]},
        "mark": {"type": "tick", "color": ink, "thickness": 3, "size": 12},
        "encoding": {"y": down, "x": {"field": "b", **across}},
    }
    return {"width": 112, "layer": [track, line, dots]}
