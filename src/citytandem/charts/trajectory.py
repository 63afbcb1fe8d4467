"""How did regions change, each beside its own peak? Small multiples by calendar year or by years since the peak of industry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.charts import palette, style
from citytandem.charts.chart import Chart, Column, Twin, name_key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from citytandem.words import Speech

ACROSS, HEIGHT, GAP = 2, 130, 24
AXES = {"since_peak": "chart.trajectory.since", "year": "chart.year"}
"""What may run across, and what it is called."""


def draw_trajectory(
    trajectories: pl.DataFrame, *, region: str, others: Sequence[str], names: Mapping[str, str], speech: Speech,
    across: str = "since_peak", key: str = "trajectory",
) -> Chart:  # fmt: skip
    """One panel per indicator that the region and any other share; published values as dots, breaks cut the line.

    Parameters
    ----------
    trajectories
        Rows of :func:`~citytandem.science.transition.trajectories.normalise`.
    region
        The region that looks back; its line is full.
    others
        Regions beside it, with dashed lines; three at most stay readable.
    names
        What to call the regions, by key.
    across
        One of :data:`AXES`.
    key
        What the chart is called; two on one page need two.
    """
    shown = _choose(trajectories, region=region, others=others, names=names, speech=speech)
    called = {"region": names[region], "analogue": speech.join([names[other] for other in others])}
    by = "" if across == "since_peak" else "_year"
    title, description = (speech.sentence(f"chart.trajectory.{part}{by}", **called) for part in ("title", "description"))
    traits = shown["trait"].unique(maintain_order=True).to_list()
    order = [names[region], *(names[other] for other in others)]
    panels = [_panel(shown.filter(pl.col("trait") == trait), order=order, across=across, speech=speech) for trait in traits]
    rows = [{"hconcat": panels[at : at + ACROSS], "spacing": GAP} for at in range(0, len(panels), ACROSS)]
    spec = style.compose(speech, title=title, description=description, height=0, parts={"vconcat": rows, "spacing": GAP})
    for unused in ("width", "height", "autosize"):
        spec.pop(unused)
    columns = (
        Column("trait_name", speech.label("chart.trajectory.trait")),
        Column("name", speech.label("analogue.region")),
        Column("year", speech.label("chart.year"), plain=True),
        Column("since_peak", speech.label("chart.trajectory.since"), plain=True),
        Column("value", speech.label("chart.trajectory.published"), digits=3),
        Column("unit", speech.label("chart.trajectory.unit")),
        Column("of_peak", speech.label("chart.trajectory.of_peak"), digits=1),
        Column("break_told", speech.label("chart.trajectory.break")),
        Column("source", speech.label("chart.source")),
    )
    return Chart(key, title, description, spec, Twin(title, columns, shown))


def _choose(
    trajectories: pl.DataFrame, *, region: str, others: Sequence[str], names: Mapping[str, str], speech: Speech
) -> pl.DataFrame:
    """Rows of the regions and of indicators that the region shares with another, in the order of the house."""
    rows = trajectories.filter(pl.col("region").is_in([region, *others]) & pl.col("since_peak").is_not_null())
    own = set(rows.filter(pl.col("region") == region)["trait"])
    shared = own & set(rows.filter(pl.col("region") != region)["trait"]) or own
    labels = {trait: name_key(speech, "trait", key=trait) for trait in rows["trait"].unique().to_list()}
    place = {key: number for number, key in enumerate([region, *others])}
    # a line breaks where a definition or a border changed
    run = pl.col("is_break").cast(pl.Int32).cum_sum().over("region", "trait").alias("run")
    return (
        rows.filter(pl.col("trait").is_in(list(shared)))
        .with_columns(
            pl.col("region").replace_strict(dict(names), default=pl.col("region")).alias("name"),
            pl.col("trait").replace_strict(labels, return_dtype=pl.String).alias("trait_name"),
            pl.col("region").replace_strict(place, return_dtype=pl.Int64).alias("place"),
            pl.when("is_break").then(pl.lit(speech.label("chart.trajectory.broken"))).alias("break_told"),
            run,
        )
        .sort("trait", "place", "year")
        .drop("place")
    )


def _panel(rows: pl.DataFrame, *, order: list[str], across: str, speech: Speech) -> dict[str, Any]:
    inks = [palette.ACCENT, palette.INK, palette.QUIET, palette.ACCENT_MID]
    colour = {
        "field": "name", "type": "nominal", "scale": {"domain": order, "range": [inks[at % 4] for at in range(len(order))]},
        "legend": {"title": None, "orient": "bottom", "direction": "vertical", "symbolType": "stroke", "symbolStrokeWidth": 2.5},
    }  # fmt: skip
    dash = {
        "field": "name", "type": "nominal",
        "scale": {"domain": order, "range": [[1, 0], [6, 3], [2, 2], [8, 3, 2, 3]][: len(order)]}, "legend": None,
    }  # fmt: skip
    along = {
        "field": across, "type": "quantitative", "scale": {"zero": False, "nice": False},
        "axis": {"title": speech.label(AXES[across]), "format": "d", "tickCount": 5, "grid": False},
    }  # fmt: skip
    up = {
        "field": "of_peak", "type": "quantitative", "scale": {"zero": True},
        "axis": {"title": speech.label("chart.trajectory.of_peak"), "tickCount": 4},
    }  # fmt: skip
    values = rows.select("name", "year", "since_peak", "of_peak", "run", "is_break").to_dicts()
    coded = {"x": along, "y": up, "color": colour}
    line = {"mark": {"type": "line", "strokeWidth": 1.5}, "encoding": {**coded, "detail": {"field": "run"}, "strokeDash": dash}}
    dots = {"mark": {"type": "point", "filled": True, "size": 18, "opacity": 1}, "encoding": coded}
    breaks = {
        "transform": [{"filter": "datum.is_break"}],
        "mark": {"type": "point", "shape": "diamond", "filled": False, "size": 90, "strokeWidth": 1.5}, "encoding": coded,
    }  # fmt: skip
    peak = {
        "data": {"values": [{"at": 0}]},
        "mark": {"type": "rule", "strokeDash": [4, 3], "color": palette.HAIR},
        "encoding": {"x": {"field": "at", "type": "quantitative"}},
    }
    return {
        "title": {"text": str(rows["trait_name"][0]), "anchor": "start", "fontSize": 12, "fontWeight": "normal"},
        "width": (style.WIDTH - 130) // ACROSS, "height": HEIGHT, "data": {"values": values},
        "layer": [*([peak] if across == "since_peak" else []), line, dots, breaks],
    }  # fmt: skip
