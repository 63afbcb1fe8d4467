"""Where does a city stand among its peers? One strip per outcome: own value, peers, usual range, expected value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.charts import palette, style
from citytandem.charts.chart import Chart, Column, Twin, name_key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from citytandem.words import Speech

ROW = 44
KINDS = {"own": ("circle", palette.ACCENT, 150), "expected": ("diamond", palette.INK, 80), "peer": ("circle", palette.PEER, 42)}
RANGES = {"wide": palette.BAND, "middle": palette.BAND_INNER}
VALUES = ("value", "low", "high", "p10", "p25", "median", "p75", "p90", "expected", "expected_low", "expected_high")


def draw_strips(
    position: pl.DataFrame, strip: pl.DataFrame, *, city: str, speech: Speech, names: Mapping[str, str] | None = None
) -> Chart:
    """Dot strips in the order of ``position``; ``strip`` holds the peers' own values, ``names`` how peers are called.

    Every strip has the same axis, so lengths can be compared. Colour tells own value, peers and expectation apart; it never
    says good or bad.
    """
    shown = position.filter(pl.any_horizontal(pl.col("value", "median", "expected").is_not_null())).with_row_index("row")
    title = speech.sentence("chart.strips.title", city=city)
    description = speech.sentence("chart.strips.description", city=city, unit=speech.label("unit.t_per_head"), n=shown.height)
    labels = [style.wrap(name_key(speech, "outcome", key=outcome), width=20) for outcome in shown["outcome"]]
    peers = strip.join(shown.select("outcome", "row"), on="outcome").filter(pl.col("value").is_not_null())
    layers = [
        _ranges(shown, labels=labels, speech=speech),
        _whiskers(shown),
        _medians(shown),
        _points(shown, peers=peers, speech=speech),
    ]
    spec = style.compose(
        speech,
        title=title,
        description=description,
        height=ROW * max(1, shown.height) + 165,
        parts={"layer": layers},
    )
    twin = tabulate_position(shown, caption=title, speech=speech)
    more = tabulate_peers(peers, outcomes=shown["outcome"].to_list(), names=names or {}, speech=speech)
    return Chart("strips", title, description, spec, twin, (more,))


def tabulate_position(position: pl.DataFrame, *, caption: str, speech: Speech) -> Twin:
    """The table twin: own value, interval, quantiles of the peers and expectation."""
    unit = speech.label("unit.t_per_head")
    spoken = [name_key(speech, "outcome", key=outcome) for outcome in position["outcome"]]
    columns = (
        Column("name", speech.label("chart.outcome")),
        *(Column(value, speech.label(f"chart.{value}"), unit, 2) for value in VALUES if value in position.columns),
    )
    frame = position.with_columns(pl.Series("name", spoken, dtype=pl.String))
    return Twin(caption, columns, frame.select(pl.col("outcome").cast(pl.String), *(column.name for column in columns)))


def tabulate_peers(strip: pl.DataFrame, *, outcomes: list[str], names: Mapping[str, str], speech: Speech) -> Twin:
    """The dots as a table: one row per peer in alphabetical order, one column per outcome."""
    unit = speech.label("unit.t_per_head")
    values = {(row["peer"], row["outcome"]): row["value"] for row in strip.iter_rows(named=True)}
    peers = sorted({peer for peer, _ in values}, key=lambda peer: names.get(peer, peer))
    rows = [
        {"peer": peer, "name": names.get(peer, peer), **{outcome: values.get((peer, outcome)) for outcome in outcomes}}
        for peer in peers
    ]
    columns = (
        Column("name", speech.label("chart.city")),
        *(Column(outcome, name_key(speech, "outcome", key=outcome), unit, 2) for outcome in outcomes),
    )
    schema = {"peer": pl.String, "name": pl.String, **dict.fromkeys(outcomes, pl.Float64)}
    return Twin(speech.label("chart.peer_values"), columns, pl.DataFrame(rows, schema=schema))


def _across(field: str, speech: Speech | None = None) -> dict[str, Any]:
    """The shared horizontal encoding; only the first layer carries the axis title."""
    title = speech.label("unit.t_per_head") if speech else None
    axis = {"title": title, "tickCount": 6} if speech else {}
    return {"field": field, "type": "quantitative", "scale": {"zero": True, "nice": True}, "axis": axis}


def _down(n: int, labels: list[list[str]] | None = None) -> dict[str, Any]:
    """Rows by number, so that marks can sit a little above or below the middle of their strip."""
    axis = {
        "values": list(range(n)),
        "labelExpr": f"{labels}[datum.value]" if labels else "''",
        "grid": False,
        "title": None,
        "labelLimit": 190,
        "labelLineHeight": 13,
    }
    return {"type": "quantitative", "scale": {"domain": [n - 0.45, -0.55], "nice": False, "zero": False}, "axis": axis}


def _ranges(shown: pl.DataFrame, *, labels: list[list[str]], speech: Speech) -> dict[str, Any]:
    parts = [
        shown.select(
            pl.col(low).alias("low"), pl.col(high).alias("high"), pl.lit(speech.label(f"chart.range.{kind}")).alias("kind"), "row"
        )
        for kind, low, high in (("wide", "p10", "p90"), ("middle", "p25", "p75"))
    ]
    rows = pl.concat(parts).filter(pl.col("low").is_not_null()).with_columns(pl.col("row").cast(pl.Float64))
    rows = rows.with_columns((pl.col("row") - 0.26).alias("top"), (pl.col("row") + 0.26).alias("bottom"))
    words = [speech.label(f"chart.range.{kind}") for kind in RANGES]
    return {
        "data": {"values": rows.to_dicts()},
        "mark": {"type": "rect"},
        "encoding": {
            "x": _across("low", speech),
            "x2": {"field": "high"},
            "y": {"field": "top", **_down(shown.height, labels)},
            "y2": {"field": "bottom"},
            "fill": {
                "field": "kind",
                "type": "nominal",
                "scale": {"domain": words, "range": list(RANGES.values())},
                "legend": {"symbolType": "square", "symbolStrokeWidth": 0, "columns": style.fit_columns(words)},
            },
        },
    }


def _whiskers(shown: pl.DataFrame) -> dict[str, Any]:
    """The 90 % intervals of the own value (thick) and of the expected value (thin, a little lower)."""
    own = shown.select(
        "row", "low", "high", pl.lit(0.0).alias("shift"), pl.lit(palette.ACCENT).alias("ink"), pl.lit(3.0).alias("thick")
    )
    expected = shown.select(
        "row",
        pl.col("expected_low").alias("low"),
        pl.col("expected_high").alias("high"),
        pl.lit(0.38).alias("shift"),
        pl.lit(palette.INK).alias("ink"),
        pl.lit(1.2).alias("thick"),
    )
    rows = pl.concat([own, expected]).filter(pl.col("low").is_not_null() & pl.col("high").is_not_null())
    rows = rows.with_columns((pl.col("row") + pl.col("shift")).alias("at"))
    return {
        "data": {"values": rows.to_dicts()},
        "mark": {"type": "rule"},
        "encoding": {
            "x": _across("low"),
            "x2": {"field": "high"},
            "y": {"field": "at", "type": "quantitative"},
            "stroke": {"field": "ink", "type": "nominal", "scale": None},
            "strokeWidth": {"field": "thick", "type": "quantitative", "scale": None},
        },
    }


def _medians(shown: pl.DataFrame) -> dict[str, Any]:
    rows = shown.filter(pl.col("median").is_not_null()).select(
        "median", (pl.col("row") - 0.26).alias("top"), (pl.col("row") + 0.26).alias("bottom")
    )
    return {
        "data": {"values": rows.to_dicts()},
        "mark": {"type": "rule", "color": "white", "strokeWidth": 2},
        "encoding": {"x": _across("median"), "y": {"field": "top", "type": "quantitative"}, "y2": {"field": "bottom"}},
    }


def _points(shown: pl.DataFrame, *, peers: pl.DataFrame, speech: Speech) -> dict[str, Any]:
    """Peers first, then the expectation, then the own value on top."""
    at = pl.col("row").cast(pl.Float64)
    rows = pl.concat(
        [
            peers.select(pl.lit("peer").alias("kind"), pl.col("value").cast(pl.Float64), at.alias("at")),
            shown.select(pl.lit("expected").alias("kind"), pl.col("expected").alias("value"), (at + 0.38).alias("at")),
            shown.select(pl.lit("own").alias("kind"), "value", at.alias("at")),
        ]
    ).filter(pl.col("value").is_not_null())
    words = {kind: speech.label(f"chart.kind.{kind}") for kind in KINDS}
    shared = {"field": "kind", "type": "nominal"}
    domain = list(words.values())
    values = rows.with_columns(pl.col("kind").replace_strict(words, return_dtype=pl.String)).to_dicts()
    shapes, inks, sizes = zip(*KINDS.values(), strict=True)
    return {
        "data": {"values": values},
        "mark": {"type": "point", "filled": True, "opacity": 0.9, "stroke": "white", "strokeWidth": 0.8},
        "encoding": {
            "x": _across("value"),
            "y": {"field": "at", "type": "quantitative"},
            "shape": {
                **shared,
                "scale": {"domain": domain, "range": list(shapes)},
                "legend": {"columns": style.fit_columns(domain, most=2)},
            },
            "color": {**shared, "scale": {"domain": domain, "range": list(inks)}},
            "size": {**shared, "scale": {"domain": domain, "range": list(sizes)}},
        },
    }
