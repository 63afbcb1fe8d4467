"""How has it changed? Values of the years with their intervals; a change of method breaks the line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.charts import palette, style
from citytandem.charts.chart import Chart, Column, Twin, name_key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from citytandem.words import Speech


def draw_trend(series: pl.DataFrame, *, city: str, outcome: str, methods: Mapping[str, str], speech: Speech) -> Chart:
    """One dot a year with its 90 % interval; dots of one method are joined, other methods never.

    Parameters
    ----------
    series
        Rows of :class:`~citytandem.tables.results_benchmark.TrendPoint` of one outcome.
    methods
        What people call methods, by key.
    """
    per_head = series["per_head_t"].null_count() == 0
    rows = _measure(series, per_head=per_head, methods=methods)
    unit = speech.label("unit.t_per_head" if per_head else "unit.kt")
    facts = {"city": city, "outcome": name_key(speech, "outcome", key=outcome), "unit": unit}
    title, description = (speech.sentence(f"chart.trend.{part}", **facts) for part in ("title", "description"))
    spec = style.compose(
        speech, title=title, description=description, height=270, parts={"layer": _layers(rows, unit=unit, speech=speech)}
    )
    columns = (
        Column("year", speech.label("chart.year"), plain=True),
        Column("value", speech.label("chart.value"), unit, 2),
        Column("low", speech.label("chart.low"), unit, 2),
        Column("high", speech.label("chart.high"), unit, 2),
        Column("method_name", speech.label("chart.method")),
        Column("source", speech.label("chart.source")),
    )
    return Chart("trend", title, description, spec, Twin(title, columns, rows))


def _measure(series: pl.DataFrame, *, per_head: bool, methods: Mapping[str, str]) -> pl.DataFrame:
    value = pl.col("per_head_t") if per_head else pl.col("emissions_t") / 1000
    ends = [pl.col(name) if per_head else pl.lit(None, pl.Float64).alias(name) for name in ("low", "high")]
    named = [methods.get(key, key.replace("_", " ")) for key in series["method"]]
    return (
        series.with_columns(value.alias("value"), *ends, pl.Series("method_name", named, dtype=pl.String))
        .filter(pl.col("value").is_not_null())
        .select("year", "value", "low", "high", "method", "method_name", "source", "balance")
        .sort("year")
    )


def _layers(rows: pl.DataFrame, *, unit: str, speech: Speech) -> list[dict[str, Any]]:
    first, last = int(str(rows["year"].min())), int(str(rows["year"].max()))
    # a run of years under one method and source is one line
    runs = rows.with_columns(pl.struct("method", "source").rle_id().alias("run"))
    changed = [int(year) for year in runs.filter(pl.col("run").diff() != 0)["year"]]
    across = {
        "field": "year", "type": "quantitative", "scale": {"domain": [first - 0.5, last + 0.5], "nice": False},
        "axis": {"title": speech.label("chart.year"), "format": "d", "tickMinStep": 1, "grid": False},
    }  # fmt: skip
    up = {"type": "quantitative", "scale": {"zero": True}, "axis": {"title": unit, "tickCount": 5}}
    values = runs.select("year", "value", "low", "high", "run").to_dicts()
    whiskers = {
        "data": {"values": [row for row in values if row["low"] is not None]},
        "mark": {"type": "rule", "color": palette.ACCENT_MID, "strokeWidth": 2},
        "encoding": {"x": across, "y": {"field": "low", **up}, "y2": {"field": "high"}},
    }
    line = {
        "data": {"values": values},
        "mark": {"type": "line", "color": palette.ACCENT, "strokeWidth": 1.5},
        "encoding": {"x": across, "y": {"field": "value", **up}, "detail": {"field": "run"}},
    }
    dots = {
        "data": {"values": values},
        "mark": {"type": "point", "filled": True, "color": palette.ACCENT, "size": 60, "opacity": 1},
        "encoding": {"x": across, "y": {"field": "value", **up}},
    }
    marked = [{"at": year - 0.5, "text": speech.label("chart.trend.break")} for year in changed]
    rule = {
        "data": {"values": marked},
        "mark": {"type": "rule", "strokeDash": [4, 3], "color": palette.INK},
        "encoding": {"x": {**across, "field": "at"}},
    }
    text = {
        "data": {"values": marked},
        "mark": {"type": "text", "align": "left", "dx": 4, "fontSize": 10, "color": palette.QUIET},
        "encoding": {"x": {**across, "field": "at"}, "y": {"value": 6}, "text": {"field": "text"}},
    }
    return [whiskers, line, dots, *([rule, text] if marked else [])]
