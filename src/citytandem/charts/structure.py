"""What a city cannot change soon, beside its peers: one small strip per variable, each on a scale of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.charts import palette, style
from citytandem.charts.chart import Chart, Twin

if TYPE_CHECKING:
    from citytandem.words import Speech

ROW = 34
PLACES = ("own", "p10", "median", "p90")


def draw_structure(structure: pl.DataFrame, *, labels: dict[str, str], twin: Twin, city: str, speech: Speech) -> Chart:
    """Strips for the variables whose own value and peers' range are known.

    Parameters
    ----------
    structure
        variable, own_value, p10, median, p90.
    labels
        Name of each variable with its unit.
    twin
        The table that says the same and holds what cannot be drawn, such as classes.
    """
    rows = _place(structure)
    title = speech.sentence("chart.structure.title", city=city)
    description = speech.sentence("chart.structure.description", city=city, n=rows.height)
    printed = dict(twin.rows.select("variable_key", "own").iter_rows())
    layers = _layers(rows, labels=labels, printed=printed, speech=speech)
    spec = style.compose(speech, title=title, description=description, height=ROW * rows.height + 60, parts={"layer": layers})
    return Chart("structure", title, description, spec, twin)


def _place(structure: pl.DataFrame) -> pl.DataFrame:
    """Each value as its place from 0 to 1 between the outermost values of its row."""
    known = structure.filter(pl.all_horizontal(pl.col("own_value", "p10", "median", "p90").is_not_null()))
    low, high = pl.min_horizontal("own_value", "p10"), pl.max_horizontal("own_value", "p90")
    span = pl.when(high > low).then(high - low).otherwise(1.0)
    columns = {"own": "own_value", "p10": "p10", "median": "median", "p90": "p90"}
    # all alike stand in the middle
    middle = pl.when(high > low).then(0.0).otherwise(0.5)
    return known.select("variable", *(((pl.col(column) - low) / span + middle).alias(name) for name, column in columns.items()))


def _layers(rows: pl.DataFrame, *, labels: dict[str, str], printed: dict[str, str], speech: Speech) -> list[dict[str, Any]]:
    keys = rows["variable"].to_list()
    names = [style.wrap(labels[key], width=32) for key in keys]
    down = {
        "field": "variable", "type": "nominal", "sort": None, "scale": {"domain": keys},
        "axis": {"title": None, "labelExpr": f"{names}[indexof({keys}, datum.value)]", "labelLimit": 250, "labelLineHeight": 12},
    }  # fmt: skip
    across = {"type": "quantitative", "scale": {"domain": [-0.04, 1.3], "nice": False}, "axis": None}
    words = [speech.label("chart.range.wide"), speech.label("chart.structure.median"), speech.label("chart.structure.own")]
    inks = [palette.BAND_INNER, palette.PEER, palette.ACCENT]
    color = {
        "scale": {"domain": words, "range": inks}, "type": "nominal",
        "legend": {"symbolType": "square", "columns": style.fit_columns(words)},
    }  # fmt: skip
    values = rows.to_dicts()
    track = {
        "data": {"values": [{"variable": key, "a": 0, "b": 1} for key in keys]},
        "mark": {"type": "bar", "height": 2, "color": palette.HAIR},
        "encoding": {"y": down, "x": {"field": "a", **across}, "x2": {"field": "b"}},
    }
    band = {
        "data": {"values": values},
        "mark": {"type": "bar", "height": 12},
        "encoding": {"y": down, "x": {"field": "p10", **across}, "x2": {"field": "p90"}, "color": {"datum": words[0], **color}},
    }
    median = {
        "data": {"values": values},
        "mark": {"type": "tick", "thickness": 2, "size": 16},
        "encoding": {"y": down, "x": {"field": "median", **across}, "color": {"datum": words[1], **color}},
    }
    own = {
        "data": {"values": values},
        "mark": {"type": "point", "filled": True, "size": 110, "opacity": 1, "stroke": "white", "strokeWidth": 1},
        "encoding": {"y": down, "x": {"field": "own", **across}, "color": {"datum": words[2], **color}},
    }
    text = {
        "data": {"values": [{"variable": key, "at": 1.06, "text": printed.get(key, "")} for key in keys]},
        "mark": {"type": "text", "align": "left"},
        "encoding": {"y": down, "x": {"field": "at", **across}, "text": {"field": "text"}},
    }
    return [track, band, median, own, text]
