"""How far is a city in its fields of action, at a glance? A radar of at most eight axes, with what is not known as a band."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.charts import palette, style
from citytandem.charts.chart import Chart, name_key

if TYPE_CHECKING:
    from citytandem.charts.chart import Twin
    from citytandem.words import Speech

MOST, TOP, HEIGHT = 8, 4.0, 330
INKS = {"mean": palette.ACCENT, "low": palette.ACCENT_MID, "high": palette.BAND}
FEWEST = 3
"""With fewer axes there is no area to see."""


def draw_radar(fields: pl.DataFrame, *, twin: Twin, city: str, speech: Speech) -> Chart:
    """The least and the most the mean stage of each field can be, from 0 in the middle to 4 at the rim.

    Parameters
    ----------
    fields
        field, low, high: bounds of the mean stage; see :mod:`citytandem.charts.profile`.
    twin
        The table that says the same.
    """
    rows = fields.head(MOST).to_dicts()
    title = speech.sentence("chart.radar.title", city=city)
    description = speech.sentence("chart.radar.description", city=city)
    words = [speech.label(f"chart.radar.{kind}") for kind in INKS]
    layers = [
        _shape(rows, "high", words=words),
        _shape(rows, "low", words=words),
        *(_ring(len(rows), stage) for stage in range(1, 5)),
        _spokes(len(rows)),
        _means(rows, words=words),
        _stages(),
        *_names(rows, speech),
    ]
    spec = style.compose(speech, title=title, description=description, height=HEIGHT, parts={"layer": layers})
    return Chart("radar", title, description, spec, replace(twin, caption=title))


def place_spoke(number: int, count: int, *, radius: float) -> tuple[float, float]:
    """Where a value stands: the first axis points up, the others follow clockwise.

    >>> place_spoke(0, 4, radius=1.0), place_spoke(1, 4, radius=2.0)
    ((0.0, 1.0), (2.0, 0.0))
    """
    angle = 2 * math.pi * number / count
    return round(radius * math.sin(angle), 4) + 0.0, round(radius * math.cos(angle), 4) + 0.0


def _color(word: str, words: list[str]) -> dict[str, Any]:
    scale = {"domain": words, "range": list(INKS.values())}
    legend = {"symbolType": "square", "columns": style.fit_columns(words)}
    return {"datum": word, "type": "nominal", "scale": scale, "legend": legend}


def _shape(rows: list[dict[str, Any]], column: str, *, words: list[str]) -> dict[str, Any]:
    points = [place_spoke(number, len(rows), radius=float(row[column])) for number, row in enumerate(rows)]
    word = words[list(INKS).index(column)]
    return {
        "data": {"values": [{"x": x, "y": y, "order": order} for order, (x, y) in enumerate([*points, points[0]])]},
        "mark": {"type": "line", "filled": True, "strokeWidth": 0, "opacity": 1},
        "encoding": {**_at(), "order": {"field": "order", "type": "quantitative"}, "fill": _color(word, words)},
    }


def _means(rows: list[dict[str, Any]], *, words: list[str]) -> dict[str, Any]:
    """The mean of the stages that are known, as a dot on its axis."""
    placed = [
        place_spoke(number, len(rows), radius=float(row["stage"])) for number, row in enumerate(rows) if row["stage"] is not None
    ]
    return {
        "data": {"values": [{"x": x, "y": y} for x, y in placed]},
        "mark": {"type": "point", "filled": True, "size": 90, "opacity": 1, "stroke": "white", "strokeWidth": 1},
        "encoding": {**_at(), "fill": _color(words[list(INKS).index("mean")], words)},
    }


def _ring(count: int, stage: int) -> dict[str, Any]:
    points = [place_spoke(number, count, radius=stage) for number in range(count)]
    return {
        "data": {"values": [{"x": x, "y": y, "order": order} for order, (x, y) in enumerate([*points, points[0]])]},
        "mark": {"type": "line", "color": palette.PEER, "strokeWidth": 0.6, "opacity": 0.5},
        "encoding": {**_at(), "order": {"field": "order", "type": "quantitative"}},
    }


def _spokes(count: int) -> dict[str, Any]:
    ends = [place_spoke(number, count, radius=TOP) for number in range(count)]
    return {
        "data": {"values": [{"x": 0, "y": 0, "x2": x, "y2": y} for x, y in ends]},
        "mark": {"type": "rule", "color": palette.PEER, "strokeWidth": 0.6, "opacity": 0.5},
        "encoding": {**_at(), "x2": {"field": "x2"}, "y2": {"field": "y2"}},
    }


def _stages() -> dict[str, Any]:
    return {
        "data": {"values": [{"x": 0.12, "y": stage, "text": str(stage)} for stage in range(1, 5)]},
        "mark": {"type": "text", "align": "left", "fontSize": 9, "color": palette.QUIET},
        "encoding": {**_at(), "text": {"field": "text"}},
    }


def _names(rows: list[dict[str, Any]], speech: Speech) -> list[dict[str, Any]]:
    """Names around the rim, each set away from the middle."""
    sides: dict[str, list[dict[str, Any]]] = {"left": [], "right": [], "center": []}
    for number, row in enumerate(rows):
        x, y = place_spoke(number, len(rows), radius=TOP + 0.45)
        side = "center" if abs(x) < 0.5 else "left" if x > 0 else "right"
        sides[side].append({"x": x, "y": y, "text": style.wrap(name_key(speech, "field", key=row["field"]), width=24)})
    return [
        {
            "data": {"values": values},
            "mark": {"type": "text", "align": side, "baseline": "middle", "lineHeight": 13},
            "encoding": {**_at(), "text": {"field": "text"}},
        }
        for side, values in sides.items()
        if values
    ]


def _at() -> dict[str, Any]:
    wide = (TOP + 1.1) * style.WIDTH / HEIGHT
    hidden = {"type": "quantitative", "axis": None}
    return {
        "x": {"field": "x", **hidden, "scale": {"domain": [-wide, wide], "nice": False}},
        "y": {"field": "y", **hidden, "scale": {"domain": [-TOP - 1.1, TOP + 1.1], "nice": False}},
    }
