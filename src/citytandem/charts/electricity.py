"""What does the same electricity emit under different factors? One bar a factor; the energy is the same in each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.charts import palette, style
from citytandem.charts.chart import Chart, Column, Twin, name_key

if TYPE_CHECKING:
    from citytandem.words import Speech

ROW = 30


def draw_electricity(views: pl.DataFrame, *, city: str, year: int, chosen: str, speech: Speech) -> Chart:
    """Bars with their 90 % intervals; the view that is chosen is set in the accent colour.

    Parameters
    ----------
    views
        Rows of :class:`~citytandem.tables.results_bridge.ElectricityView`.
    chosen
        Key of the view that is spelled out.
    """
    unit = speech.label("unit.kt")
    rows = _measure(views, speech)
    facts = {"city": city, "year": str(year), "unit": unit}
    energy = rows["activity_mwh"].drop_nulls().to_list()[:1]
    title = speech.sentence("chart.electricity.title", city=city, year=str(year))
    description = speech.sentence("chart.electricity.description", **facts, mwh=energy[0] if energy else None)
    known = rows.filter(pl.col("kt").is_not_null())
    spec = style.compose(
        speech, title=title, description=description, height=ROW * known.height + 60,
        parts={"layer": _layers(known, unit=unit, chosen=chosen)},
    )  # fmt: skip
    columns = (
        Column("name", speech.label("chart.electricity.view")),
        Column("activity_mwh", speech.label("chart.electricity.energy"), "MWh", 0),
        Column("factor_kg_per_mwh", speech.label("chart.electricity.factor"), speech.label("unit.kg_per_mwh"), 0),
        Column("kt", speech.label("briefing.emissions"), unit, 1),
        Column("low_kt", speech.label("chart.low"), unit, 1),
        Column("high_kt", speech.label("chart.high"), unit, 1),
        Column("mark", speech.label("briefing.measures.mark")),
        Column("source", speech.label("chart.source")),
    )
    return Chart("electricity", title, description, spec, Twin(title, columns, rows))


def _measure(views: pl.DataFrame, speech: Speech) -> pl.DataFrame:
    return views.select(
        "view",
        pl.Series("name", [name_key(speech, "electricity_view", key=key) for key in views["view"]], dtype=pl.String),
        "activity_mwh", "factor_kg_per_mwh",
        *((pl.col(f"{name}_t") / 1000).alias(kt) for name, kt in (("emissions", "kt"), ("low", "low_kt"), ("high", "high_kt"))),
        "content", "year", "region", "mark", "source",
    )  # fmt: skip


def _layers(rows: pl.DataFrame, *, unit: str, chosen: str) -> list[dict[str, Any]]:
    keys = rows["view"].to_list()
    names = [style.wrap(name, width=30) for name in rows["name"]]
    down = {
        "field": "view", "type": "nominal", "sort": None, "scale": {"domain": keys, "paddingInner": 0.4},
        "axis": {"title": None, "labelExpr": f"{names}[indexof({keys}, datum.value)]", "labelLimit": 250, "labelLineHeight": 12},
    }  # fmt: skip
    across = {"type": "quantitative", "scale": {"zero": True}, "axis": {"title": unit, "tickCount": 5}}
    values = [
        {**row, "ink": palette.ACCENT if row["view"] == chosen else palette.ACCENT_MID}
        for row in rows.select("view", "kt", "low_kt", "high_kt").to_dicts()
    ]
    bar = {
        "data": {"values": values},
        "mark": {"type": "bar"},
        "encoding": {"y": down, "x": {"field": "kt", **across}, "color": {"field": "ink", "type": "nominal", "scale": None}},
    }
    whisker = {
        "data": {"values": [row for row in values if row["low_kt"] is not None and row["low_kt"] != row["high_kt"]]},
        "mark": {"type": "rule", "color": palette.INK, "strokeWidth": 1.5},
        "encoding": {"y": down, "x": {"field": "low_kt", **across}, "x2": {"field": "high_kt"}},
    }
    return [bar, whisker]
