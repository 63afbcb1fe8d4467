"""How far is a city in each field of action? Mean stage by field, with what is not known shown as a band."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.charts import palette, style
from citytandem.charts.chart import Chart, Column, Twin, name_key

if TYPE_CHECKING:
    from citytandem.words import Speech

MOST = 8
TOP_STAGE = 4.0


def draw_profile(fields: pl.DataFrame, *, city: str, speech: Speech) -> Chart:
    """Bars of at most eight fields; ``fields`` has field, stage (0-4 or null), coverage (0-1) and measures.

    The bar is the mean of the known stages. The pale band runs from where the mean would lie if every unknown measure stood at
    nothing to where it would lie if every one were complete: unknown widens, it never counts as zero or as a half.
    """
    rows = _bound(fields.head(MOST), speech)
    title = speech.sentence("chart.profile.title", city=city)
    description = speech.sentence("chart.profile.description", city=city)
    spec = style.compose(
        speech, title=title, description=description, height=32 * rows.height + 85, parts={"layer": _layers(rows, speech)}
    )
    stage = speech.label("unit.stage")
    columns = (
        Column("name", speech.label("chart.field")),
        Column("stage", speech.label("chart.mean_stage"), stage, 1),
        Column("low", speech.label("chart.low"), stage, 1),
        Column("high", speech.label("chart.high"), stage, 1),
        Column("percent", speech.label("chart.coverage"), speech.label("unit.percent"), 0),
        Column("measures", speech.label("chart.measures"), digits=0),
    )
    return Chart(
        "profile", title, description, spec, Twin(title, columns, rows.select("field", *(column.name for column in columns)))
    )


def _bound(fields: pl.DataFrame, speech: Speech) -> pl.DataFrame:
    """Name, and the range of the mean over what is not known."""
    known = pl.col("coverage").fill_null(0.0)
    done = pl.col("stage").fill_null(0.0) * known
    return fields.with_columns(
        pl.Series("name", [name_key(speech, "field", key=field) for field in fields["field"]], dtype=pl.String),
        done.alias("low"),
        (done + TOP_STAGE * (1 - known)).alias("high"),
        (known * 100).alias("percent"),
    )


def _layers(rows: pl.DataFrame, speech: Speech) -> list[dict[str, Any]]:
    stages = [style.wrap(speech.label(f"stage.{stage}"), width=14) for stage in range(5)]
    keys = rows["name"].to_list()
    labels = [style.wrap(name, width=26) for name in keys]
    down = {
        "field": "name",
        "type": "nominal",
        "sort": None,
        "scale": {"domain": keys},
        "axis": {"title": None, "labelExpr": f"{labels}[indexof({keys}, datum.value)]", "labelLimit": 220, "labelLineHeight": 12},
    }
    axis = {
        "title": speech.label("chart.mean_stage"),
        "values": [0, 1, 2, 3, 4],
        "labelExpr": f"{stages}[datum.value]",
        "labelLineHeight": 12,
    }
    across = {"type": "quantitative", "scale": {"domain": [0, TOP_STAGE]}, "axis": axis}
    words = [speech.label("chart.profile.known"), speech.label("chart.profile.unknown")]
    legend = {"symbolType": "square", "columns": style.fit_columns(words)}
    color = {"scale": {"domain": words, "range": [palette.ACCENT, palette.BAND]}, "type": "nominal", "legend": legend}
    data = {"values": rows.select("name", "low", "high", "stage").to_dicts()}
    band = {
        "data": data,
        "mark": {"type": "bar", "height": {"band": 0.75}},
        "encoding": {"y": down, "x": {"field": "low", **across}, "x2": {"field": "high"}, "color": {"datum": words[1], **color}},
    }
    bar = {
        "data": {"values": rows.filter(pl.col("stage").is_not_null()).select("name", "stage").to_dicts()},
        "mark": {"type": "bar", "height": {"band": 0.32}},
        "encoding": {"y": down, "x": {"field": "stage", **across}, "color": {"datum": words[0], **color}},
    }
    return [band, bar]
