"""What can a region make, what is announced, what does it make? Every series by itself, by calendar year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.charts import palette, style
from citytandem.charts.chart import Chart, Column, Twin, name_key
from citytandem.tables.series import INDICATORS, STATES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from citytandem.words import Speech

ACROSS, HEIGHT, GAP = 2, 130, 24
FEWEST = 3
"""A panel needs so many values; what has fewer stands in the table."""
MOST = 8
"""Panels of one picture; what is beyond stands in the table."""
TOGETHER = {
    "coal_capacity": "coal_output", "coal_capacity_cut": "coal_output", "steel_capacity": "steel_output",
    "steel_capacity_cut": "steel_output", "steel_output_change": "steel_output", "steel_jobs_cut": "steel_employment",
}  # fmt: skip
"""Indicators that share a panel, so that capacity, announced, closed and output are seen beside each other."""
INKS = {
    "measured": palette.ACCENT, "capacity": palette.INK, "announced": palette.ACCENT_MID, "closed": palette.QUIET,
    "change": palette.QUIET, "planned": palette.ACCENT_MID,
}  # fmt: skip
SHAPES = {
    "measured": "circle", "capacity": "square", "announced": "triangle-up", "closed": "cross", "change": "diamond",
    "planned": "triangle-down",
}  # fmt: skip
JOINED = ("measured", "capacity")
"""Only these are joined by a line, each definition and source by itself; sums and targets are points."""


def draw_region_series(
    series: pl.DataFrame, breaks: pl.DataFrame, *, region: str, names: Mapping[str, str], speech: Speech
) -> Chart:
    """Small multiples of one region, and a table of every value with its definition and source.

    Parameters
    ----------
    series
        Rows of :class:`~citytandem.tables.series.RegionSeries` of the region.
    breaks
        Rows of :class:`~citytandem.tables.series.Break`; a dotted line stands where a series is counted otherwise.
    region, names
        The region, and what to call it.
    """
    rows = _name(series, speech=speech)
    title, description = (
        speech.sentence(f"chart.region_series.{part}", region=names[region]) for part in ("title", "description")
    )
    groups = [part for _, part in rows.group_by("panel", "shared_unit", maintain_order=True) if part.height >= FEWEST][:MOST]
    broken = _find_breaks(breaks, region=region)
    told = [state for part in groups for state in part["state"]]
    present = [state for state in STATES if state in told]
    panels = [_panel(part, present=present, broken=broken, speech=speech) for part in groups]
    spec_rows = [{"hconcat": panels[at : at + ACROSS], "spacing": GAP} for at in range(0, len(panels), ACROSS)]
    shared = {"vconcat": spec_rows, "spacing": GAP, "resolve": {"scale": {"color": "shared", "shape": "shared"}}}
    spec = style.compose(speech, title=title, description=description, height=0, parts=shared)
    for unused in ("width", "height", "autosize"):
        spec.pop(unused)
    return Chart(
        "region_series", title, description, spec if panels else {}, tabulate_region_series(rows, title=title, speech=speech)
    )


def tabulate_region_series(rows: pl.DataFrame, *, title: str, speech: Speech) -> Twin:
    """Every value as published."""
    columns = (
        Column("indicator_name", speech.label("chart.trajectory.trait")),
        Column("state_name", speech.label("chart.region_series.state")),
        Column("definition_name", speech.label("chart.region_series.definition")),
        Column("year", speech.label("chart.year"), plain=True),
        Column("value", speech.label("chart.trajectory.published"), digits=1),
        Column("unit_name", speech.label("chart.trajectory.unit")),
        Column("note", speech.label("chart.region_series.note")),
        Column("mark", speech.label("analogue.mark")),
        Column("source", speech.label("chart.source")),
    )
    return Twin(title, columns, rows)


def _name(series: pl.DataFrame, *, speech: Speech) -> pl.DataFrame:
    """Words beside keys, in the order of the house, each panel's indicators together."""
    plain = series.with_columns(pl.col("indicator", "state", "mark").cast(pl.String), pl.col("year").cast(pl.Int64))
    place = {name: number for number, name in enumerate(INDICATORS)}

    def told(column: str, prefix: str) -> pl.Expr:
        words = {key: name_key(speech, prefix, key=key) for key in plain[column].unique().to_list()}
        return pl.col(column).replace_strict(words, return_dtype=pl.String, default=None)

    return (
        plain.with_columns(
            told("indicator", "region.indicator").alias("indicator_name"),
            told("state", "region.state").alias("state_name"),
            told("unit", "region.unit").alias("unit_name"),
            told("definition", "region.definition").alias("definition_name"),
            pl.col("indicator").replace(TOGETHER).alias("panel"),
            pl.col("unit").replace({"Mt/a": "Mt"}).alias("shared_unit"),
        )
        .with_columns(pl.col("panel").replace_strict(place, return_dtype=pl.Int64).alias("place"))
        .sort("place", "shared_unit", "indicator", "definition", "source", "year")
        .drop("place")
    )


def _find_breaks(breaks: pl.DataFrame, *, region: str) -> list[tuple[str | None, int]]:
    own = breaks.filter(pl.col("region") == region).select(pl.col("indicator").cast(pl.String), pl.col("year").cast(pl.Int64))
    return [(indicator, year) for indicator, year in own.iter_rows()]


def _panel(rows: pl.DataFrame, *, present: list[str], broken: list[tuple[str | None, int]], speech: Speech) -> dict[str, Any]:
    labels = [name_key(speech, "region.state", key=state) for state in present]
    legend = {"title": None, "orient": "bottom", "direction": "vertical"}
    colour = {"field": "state_name", "type": "nominal", "scale": {"domain": labels, "range": [INKS[key] for key in present]}}
    shape = {"field": "state_name", "type": "nominal", "scale": {"domain": labels, "range": [SHAPES[key] for key in present]}}
    along = {
        "field": "year", "type": "quantitative", "scale": {"zero": False, "nice": True},
        "axis": {"title": None, "format": "d", "tickCount": 5, "grid": False, "tickMinStep": 1},
    }  # fmt: skip
    up = {
        "field": "value",
        "type": "quantitative",
        "scale": {"zero": True},
        "axis": {"title": name_key(speech, "region.unit", key=rows["shared_unit"][0]), "tickCount": 4},
    }
    values = [
        {
            "year": row["year"], "value": row["value"], "state_name": row["state_name"], "read": row["mark"] == "S",
            "run": _run(row, broken=broken), "joined": row["state"] in JOINED,
        }
        for row in rows.to_dicts()
    ]  # fmt: skip
    coded = {"x": along, "y": up, "color": {**colour, "legend": legend}, "shape": {**shape, "legend": legend}}
    line = {
        "transform": [{"filter": "datum.joined"}], "mark": {"type": "line", "strokeWidth": 1.2},
        "encoding": {"x": along, "y": up, "color": {**colour, "legend": legend}, "detail": {"field": "run"}},
    }  # fmt: skip
    read = {
        "transform": [{"filter": "datum.read"}],
        "mark": {"type": "point", "filled": True, "size": 34, "opacity": 1},
        "encoding": coded,
    }
    other = {
        "transform": [{"filter": "!datum.read"}],
        "mark": {"type": "point", "filled": False, "size": 34, "strokeWidth": 1.2, "opacity": 1}, "encoding": coded,
    }  # fmt: skip
    touched = set(rows["indicator"])
    years = sorted({year for name, year in broken if name in touched or name is None})
    first, last = min(rows["year"].to_list()), max(rows["year"].to_list())
    cuts = [{"at": year} for year in years if first <= year <= last]
    mark = {
        "data": {"values": cuts}, "mark": {"type": "rule", "strokeDash": [2, 3], "color": palette.QUIET},
        "encoding": {"x": {"field": "at", "type": "quantitative"}},
    }  # fmt: skip
    return {
        "title": {"text": _call_panel(str(rows["panel"][0]), speech=speech), "anchor": "start", "fontSize": 12,
                  "fontWeight": "normal"},
        "width": (style.WIDTH - 130) // ACROSS, "height": HEIGHT, "data": {"values": values},
        "layer": [*([mark] if cuts else []), line, read, other],
    }  # fmt: skip


def _run(row: dict[str, Any], *, broken: list[tuple[str | None, int]]) -> str:
    """One line each: an indicator in one definition from one source, up to a break."""
    crossed = sum(year <= row["year"] for name, year in broken if name in {None, row["indicator"]})
    return f"{row['indicator']}|{row['definition']}|{row['source']}|{row['unit']}|{crossed}"


def _call_panel(panel: str, *, speech: Speech) -> str:
    """Where several indicators share a panel it has a name of its own."""
    return name_key(speech, "region.panel" if panel in TOGETHER.values() else "region.indicator", key=panel)
