"""Which phases did regions go through, and which years there resemble today? Bars by calendar year, each region's together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.charts import palette, style
from citytandem.charts.chart import Chart, Column, Twin, name_key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from citytandem.words import Speech

ROW = 22
UNSURE = "K"


def draw_phases(
    phases: pl.DataFrame,
    alike: pl.DataFrame,
    *,
    regions: Sequence[str],
    names: Mapping[str, str],
    until: int,
    speech: Speech,
) -> Chart:
    """One bar for each phase of each region; the band behind them holds the years that resemble today.

    Parameters
    ----------
    phases
        Rows of :class:`~citytandem.tables.series.Phase`.
    alike
        region, low_now, high_now: the years there that resemble the end of the window here.
    regions
        In the order in which they are read; the first is the one that looks back.
    until
        A phase that lasts is drawn up to this year.
    """
    place = {region: number for number, region in enumerate(regions)}
    shown = (
        phases.filter(pl.col("region").is_in(list(regions)))
        .with_columns(
            pl.col("phase", "mark").cast(pl.String),
            pl.col("first_year", "last_year").cast(pl.Int64),
            pl.col("region").replace_strict(dict(names), default=pl.col("region")).alias("name"),
            pl.col("region").replace_strict(place, return_dtype=pl.Int64, default=None).alias("place"),
        )
        .sort("place", "first_year", "title")
    )
    kinds = {key: name_key(speech, "phase", key=key) for key in shown["phase"].unique().to_list()}
    shown = shown.with_columns(
        pl.col("phase").replace_strict(kinds, return_dtype=pl.String, default=None).alias("phase_name"),
        pl.col("last_year").fill_null(until).alias("drawn_until"),
    )
    title, description = (speech.sentence(f"chart.phases.{part}", region=names[regions[0]]) for part in ("title", "description"))
    columns = (
        Column("name", speech.label("analogue.region")),
        Column("phase_name", speech.label("chart.phases.kind")),
        Column("title", speech.label("chart.phases.title_column")),
        Column("first_year", speech.label("chart.phases.from"), plain=True),
        Column("last_year", speech.label("chart.phases.to"), plain=True),
        Column("mark", speech.label("analogue.mark")),
        Column("source", speech.label("chart.source")),
    )
    spec = _compose(shown, alike, title=title, description=description, speech=speech) if shown.height else {}
    return Chart("phases", title, description, spec, Twin(title, columns, shown))


def _compose(shown: pl.DataFrame, alike: pl.DataFrame, *, title: str, description: str, speech: Speech) -> dict[str, Any]:
    rows, before = [], None
    first_row: dict[str, int] = {}
    for number, row in enumerate(shown.to_dicts()):
        own = row["place"] == 0
        rows.append({
            "row": number, "name": row["name"] if row["region"] != before else "", "first": row["first_year"],
            "last": row["drawn_until"], "kind": _call(row, speech=speech), "ink": "own" if own else "other",
            "read": row["mark"] != UNSURE,
        })  # fmt: skip
        first_row.setdefault(row["region"], number)
        before = row["region"]
    counts = dict(shown.group_by("region").len().iter_rows())
    bands = [
        {"top": first_row[row["region"]] - 0.5, "under": first_row[row["region"]] + counts[row["region"]] - 0.5,
         "first": row["low_now"], "last": row["high_now"]}
        for row in alike.to_dicts() if row["region"] in first_row
    ]  # fmt: skip
    low = min(one["first"] for one in [*rows, *bands])
    across = _run_along(low, speech=speech)
    up = {
        "type": "quantitative",
        "scale": {"domain": [-0.6, len(rows) - 0.4], "reverse": True, "nice": False, "zero": False},
        "axis": None,
    }
    ink = {
        "field": "ink",
        "type": "nominal",
        "legend": None,
        "scale": {"domain": ["own", "other"], "range": [palette.ACCENT, palette.PEER]},
    }
    place = {"field": "row", **up}
    band = {
        "data": {"values": bands}, "mark": {"type": "rect", "color": palette.ACCENT_PALE, "opacity": 0.7},
        "encoding": {
            "x": {"field": "first", **across}, "x2": {"field": "last"}, "y": {"field": "top", **up}, "y2": {"field": "under"},
        },
    }  # fmt: skip
    spans = {"x": {"field": "first", **across}, "x2": {"field": "last"}, "y": place}
    read = {
        "transform": [{"filter": "datum.read"}],
        "mark": {"type": "rule", "strokeWidth": 9},
        "encoding": {**spans, "color": ink},
    }
    recalled = {
        "transform": [{"filter": "!datum.read"}], "mark": {"type": "rule", "strokeWidth": 3, "strokeDash": [3, 3]},
        "encoding": {**spans, "color": ink},
    }  # fmt: skip
    kind = {"mark": {"type": "text", "align": "left", "dx": 6, "fontSize": 11}, "encoding": {
        "x": {"field": "last", **across}, "y": place, "text": {"field": "kind"}}}  # fmt: skip
    name = {"mark": {"type": "text", "align": "right", "dx": -8, "fontSize": 11, "limit": 150}, "encoding": {
        "x": {"value": 0}, "y": place, "text": {"field": "name"}}}  # fmt: skip
    spec = style.compose(
        speech, title=title, description=description, height=ROW * len(rows), width=style.WIDTH - 170,
        parts={"data": {"values": rows}, "layer": [*([band] if bands else []), read, recalled, kind, name]},
    )  # fmt: skip
    spec["autosize"] = {"type": "pad"}
    return spec


def _run_along(low: int, *, speech: Speech) -> dict[str, Any]:
    """Calendar years, with room for words behind the last bar."""
    ticks = list(range(low // 20 * 20 + 20, 2021, 20))
    return {
        "type": "quantitative", "scale": {"domain": [low - 2, 2060], "nice": False, "zero": False},
        "axis": {"title": speech.label("chart.year"), "format": "d", "values": ticks, "grid": True},
    }  # fmt: skip


def _call(row: dict[str, Any], *, speech: Speech) -> str:
    """The kind of a phase, said to last or to be recalled where it is."""
    told = row["phase_name"] if row["last_year"] is not None else speech.sentence("chart.phases.lasting", phase=row["phase_name"])
    return f"{told} ({row['mark']})" if row["mark"] != "S" else str(told)
