"""How do a few cities stand side by side? Dots with intervals on one axis, and bars of shares; in the order they were named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.charts import palette, style
from citytandem.charts.chart import Chart, Twin, name_key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from citytandem.words import Speech

ROW, BAR = 22, 34


def draw_beside(values: pl.DataFrame, *, names: Mapping[str, str], twin: Twin, speech: Speech) -> Chart:
    """A strip per outcome with a row per city, all on one axis.

    Parameters
    ----------
    values
        outcome, city, value, low, high: outcomes in the order in which they are drawn, cities in the order they were named.
    names
        How the cities are called, by id.
    twin
        The table that says the same.
    """
    labels, bold, rows = _lay_out(values, names=names, speech=speech)
    unit = speech.label("unit.t_per_head")
    title = speech.label("chart.beside.title")
    across = {"type": "quantitative", "scale": {"zero": True, "nice": True}, "axis": {"title": unit, "tickCount": 6}}
    down = {
        "field": "at", "type": "quantitative", "scale": {"domain": [len(labels) - 0.4, -0.6], "nice": False, "zero": False},
        "axis": {
            "values": list(range(len(labels))),
            "labelExpr": f"{labels}[datum.value]", "grid": False, "title": None,
            "labelLimit": 220,
            "labelFontWeight": {"condition": {"test": f"indexof({bold}, datum.value) >= 0", "value": 600}, "value": "normal"},
        },
    }  # fmt: skip
    shown = {"data": {"values": rows}}
    whisker = {
        **shown, "transform": [{"filter": "isValid(datum.low) && isValid(datum.high)"}],
        "mark": {"type": "rule", "color": palette.ACCENT_MID, "strokeWidth": 3},
        "encoding": {"x": {"field": "low", **across}, "x2": {"field": "high"}, "y": down},
    }  # fmt: skip
    dot = {
        **shown, "mark": {"type": "point", "filled": True, "size": 90, "opacity": 1, "color": palette.ACCENT, "stroke": "white"},
        "encoding": {"x": {"field": "value", **across}, "y": down},
    }  # fmt: skip
    description = speech.sentence("chart.beside.description", cities=speech.join(names.values()), unit=unit)
    height = ROW * len(labels) + 60
    spec = style.compose(speech, title=title, description=description, height=height, parts={"layer": [whisker, dot]})
    return Chart("beside", title, description, spec, twin)


def _lay_out(
    values: pl.DataFrame, *, names: Mapping[str, str], speech: Speech
) -> tuple[list[str], list[int], list[dict[str, Any]]]:
    """The words beside the axis, which of them head a strip, and the rows with their places."""
    labels: list[str] = []
    bold: list[int] = []
    rows: list[dict[str, Any]] = []
    for outcome in values["outcome"].unique(maintain_order=True):
        bold.append(len(labels))
        labels.append(name_key(speech, "outcome", key=str(outcome)))
        for row in values.filter(pl.col("outcome") == outcome).iter_rows(named=True):
            rows.append({"at": len(labels), **{name: row[name] for name in ("value", "low", "high")}})
            labels.append(names[row["city"]])
    return labels, bold, rows


def draw_shares(
    shares: pl.DataFrame,
    *,
    key: str,
    colors: Mapping[str, str],
    words: Mapping[str, str],
    names: Mapping[str, str],
    twin: Twin,
    speech: Speech,
) -> Chart:
    """A bar per city, all of the same length, split into parts.

    Parameters
    ----------
    shares
        city, part, share (0 to 1).
    key
        Name of the chart; its title and description are the words ``chart.<key>.title`` and ``.description``.
    colors, words
        Colour and label by part, in the order in which the parts are stacked.
    names
        How the cities are called, by id, in the order they were named.
    twin
        The table that says the same.
    """
    present = set(shares["part"])
    parts = [part for part in colors if part in present]
    stack = {part: place for place, part in enumerate(parts)}
    cities = [city for city in names if city in set(shares["city"])]
    labels = [style.wrap(names[city], width=24) for city in cities]
    values = [
        {"city": row["city"], "part": words[row["part"]], "percent": row["share"] * 100, "stack": stack[row["part"]]}
        for row in shares.iter_rows(named=True)
    ]
    spoken = [words[part] for part in parts]
    down = {
        "field": "city", "type": "nominal", "sort": None, "scale": {"domain": cities, "paddingInner": 0.35},
        "axis": {
            "title": None, "labelExpr": f"{labels}[indexof({cities}, datum.value)]", "labelLimit": 220, "labelLineHeight": 12,
        },
    }  # fmt: skip
    across = {
        "field": "percent", "type": "quantitative", "stack": "zero", "scale": {"domain": [0, 100]},
        "axis": {"title": speech.label("unit.percent"), "tickCount": 5},
    }  # fmt: skip
    color = {
        "field": "part", "type": "nominal", "scale": {"domain": spoken, "range": [colors[part] for part in parts]},
        "legend": {"symbolType": "square", "columns": style.fit_columns(spoken)},
    }  # fmt: skip
    encoding = {"y": down, "x": across, "order": {"field": "stack", "type": "quantitative"}, "color": color}
    title = speech.label(f"chart.{key}.title")
    description = speech.sentence(f"chart.{key}.description", cities=speech.join(names[city] for city in cities))
    legend = -(-len(spoken) // style.fit_columns(spoken))
    height = BAR * len(cities) + 20 * legend + 90
    drawn = {"data": {"values": values}, "mark": {"type": "bar"}, "encoding": encoding}
    return Chart(
        key, title, description, style.compose(speech, title=title, description=description, height=height, parts=drawn), twin
    )
