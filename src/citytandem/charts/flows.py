"""Which energy goes where? Flows from carriers to sectors; the width of a band is its size."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.charts import palette, style
from citytandem.charts.chart import Chart, Column, Twin, name_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from citytandem.words import Speech

LEFT, RIGHT, NODE = 0.27, 0.74, 0.012
"""Where the two columns of nodes stand, and half the width of a node, as shares of the picture."""

GAP = 0.02
"""Room between two nodes, as a share of the picture's height."""

POINTS = 14
"""Points of the edge of a band: enough for a smooth curve, few enough for a light page."""

HEIGHT = 330


def draw_flows(flows: pl.DataFrame, *, city: str, year: int, unit: str, speech: Speech) -> Chart:
    """Bands from carriers on the left to sectors on the right.

    Parameters
    ----------
    flows
        carrier, sector, value: one row per pair with a positive value in ``unit``.
    unit
        The unit in words.
    """
    shown = flows.filter(pl.col("value") > 0).sort("carrier", "sector")
    facts = {"city": city, "year": str(year), "unit": unit}
    title, description = (speech.sentence(f"chart.flows.{part}", **facts) for part in ("title", "description"))
    left = _stack(shown, "carrier", order=_by_size(shown, "carrier"))
    right = _stack(shown, "sector", order=[name for name in palette.SECTORS if name in set(shown["sector"])])
    layers = [_bands(shown, left=left, right=right), _nodes(left, right=right), *_names(left, right=right, speech=speech)]
    spec = style.compose(speech, title=title, description=description, height=HEIGHT, parts={"layer": layers})
    return Chart("flows", title, description, spec, _tabulate(shown, title=title, unit=unit, speech=speech))


def _by_size(flows: pl.DataFrame, column: str) -> list[str]:
    sums = flows.group_by(column).agg(pl.col("value").sum()).sort("value", column, descending=[True, False])
    return [str(name) for name in sums[column]]


def _stack(flows: pl.DataFrame, column: str, *, order: list[str]) -> dict[str, tuple[float, float]]:
    """From where to where each node reaches, from 1 at the top downwards; all nodes and gaps together fill the height."""
    sums = dict(flows.group_by(column).agg(pl.col("value").sum()).iter_rows())
    room = 1.0 - GAP * (len(order) - 1)
    whole, top, found = sum(sums.values()), 1.0, {}
    for name in order:
        size = room * sums[name] / whole
        found[name] = (top, top - size)
        top -= size + GAP
    return found


def _bands(flows: pl.DataFrame, *, left: dict[str, tuple[float, float]], right: dict[str, tuple[float, float]]) -> dict[str, Any]:
    """Each flow as an area between two curves."""
    whole = float(flows["value"].sum())
    heights = {"carrier": 1.0 - GAP * (len(left) - 1), "sector": 1.0 - GAP * (len(right) - 1)}
    from_top = {name: top for name, (top, _) in left.items()}
    to_top = {name: top for name, (top, _) in right.items()}
    rows: list[dict[str, Any]] = []
    places = {name: place for place, name in enumerate([*left, *right])}
    ordered = sorted(flows.iter_rows(named=True), key=lambda row: (places[row["carrier"]], places[row["sector"]]))
    for number, row in enumerate(ordered):
        size = row["value"] / whole
        start, end = from_top[row["carrier"]], to_top[row["sector"]]
        from_top[row["carrier"]] -= size * heights["carrier"]
        to_top[row["sector"]] -= size * heights["sector"]
        for x, share in _curve():
            rows.append({
                "flow": number, "x": x, "ink": palette.color_sector(row["sector"]),
                "top": start + (end - start) * share,
                "bottom": start - size * heights["carrier"]
                + (end - size * heights["sector"] - start + size * heights["carrier"]) * share,
            })  # fmt: skip
    return {
        "data": {"values": rows},
        "mark": {"type": "area", "opacity": 0.45, "line": False},
        "encoding": {
            "x": _across("x"), "y": _up("top"), "y2": {"field": "bottom"}, "detail": {"field": "flow"},
            "fill": {"field": "ink", "type": "nominal", "scale": None},
        },
    }  # fmt: skip


def _curve() -> Iterable[tuple[float, float]]:
    """Points from left to right, and how far a band has then come from its start to its end."""
    for step in range(POINTS + 1):
        t = step / POINTS
        yield round(LEFT + NODE + (RIGHT - LEFT - 2 * NODE) * t, 4), t * t * (3 - 2 * t)


def _nodes(left: dict[str, tuple[float, float]], *, right: dict[str, tuple[float, float]]) -> dict[str, Any]:
    rows = [
        {"x": at - NODE, "x2": at + NODE, "y": top, "y2": bottom, "ink": ink}
        for at, nodes in ((LEFT, left), (RIGHT, right))
        for name, (top, bottom) in nodes.items()
        for ink in [palette.color_sector(name) if nodes is right else palette.PEER]
    ]
    return {
        "data": {"values": rows},
        "mark": {"type": "rect"},
        "encoding": {
            "x": _across("x"), "x2": {"field": "x2"}, "y": _up("y"), "y2": {"field": "y2"},
            "fill": {"field": "ink", "type": "nominal", "scale": None},
        },
    }  # fmt: skip


def _names(
    left: dict[str, tuple[float, float]], *, right: dict[str, tuple[float, float]], speech: Speech
) -> Iterable[dict[str, Any]]:
    """Names beside their nodes, pushed apart where nodes are thin."""
    for nodes, at, align, prefix in (
        (left, LEFT - NODE - 0.01, "right", "carrier"),
        (right, RIGHT + NODE + 0.01, "left", "sector"),
    ):
        middles = _push_apart([(top + bottom) / 2 for top, bottom in nodes.values()])
        rows = [{"x": at, "y": y, "text": name_key(speech, prefix, key=name)} for name, y in zip(nodes, middles, strict=True)]
        yield {
            "data": {"values": rows},
            "mark": {"type": "text", "align": align, "baseline": "middle", "limit": 168},
            "encoding": {"x": _across("x"), "y": _up("y"), "text": {"field": "text"}},
        }


LINE = 14 / HEIGHT


def _push_apart(middles: list[float]) -> list[float]:
    """Places from top to bottom with at least a line between neighbours, within the picture where there is room."""
    placed: list[float] = []
    for middle in middles:
        placed.append(min(middle, placed[-1] - LINE) if placed else middle)
    lowest = 0.0
    for place in range(len(placed) - 1, -1, -1):
        placed[place] = max(placed[place], lowest)
        lowest = placed[place] + LINE
    return placed


def _across(field: str) -> dict[str, Any]:
    return {"field": field, "type": "quantitative", "scale": {"domain": [0, 1], "nice": False}, "axis": None}


def _up(field: str) -> dict[str, Any]:
    scale = {"domain": [0, 1], "nice": False, "zero": False}
    return {"field": field, "type": "quantitative", "scale": scale, "axis": None, "stack": None}


def _tabulate(flows: pl.DataFrame, *, title: str, unit: str, speech: Speech) -> Twin:
    rows = flows.with_columns(
        pl.Series("carrier_name", [name_key(speech, "carrier", key=key) for key in flows["carrier"]], dtype=pl.String),
        pl.Series("sector_name", [name_key(speech, "sector", key=key) for key in flows["sector"]], dtype=pl.String),
    )
    columns = (
        Column("carrier_name", speech.label("chart.carrier")),
        Column("sector_name", speech.label("chart.sector")),
        Column("value", speech.label("chart.amount"), unit, 1),
    )
    return Twin(title, columns, rows)
