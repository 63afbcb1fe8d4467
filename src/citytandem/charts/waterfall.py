"""Why is a city where it is? A waterfall from a reference to its own value, one bar per driver."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.charts import palette, style
from citytandem.charts.chart import Chart, Column, Twin, name_key

if TYPE_CHECKING:
    from citytandem.words import Speech

MOST = 6
"""Bars beside start and end; smaller effects are added up and named as such."""

ROW = 24


def draw_waterfall(
    drivers: pl.DataFrame, *, effect: str, start: float, start_name: str, end_name: str, unit: str, title: str, speech: Speech
) -> Chart:
    """Effects laid end to end from ``start``; the largest first, small ones added up as everything else.

    ``drivers`` has sector, factor and the column ``effect`` in ``unit``. The colour of a bar is its sector; left and right say
    less and more. Start and end are dots, so that the axis need not begin at zero for small effects to be seen; the end is the
    start plus all effects.
    """
    bars = _stack_bars(drivers, effect=effect, start=start, start_name=start_name, end_name=end_name, speech=speech)
    end = bars["to"][-1]
    description = speech.sentence(
        "chart.waterfall.description", start=start_name, end=end_name, before=float(start), after=float(end), unit=unit
    )
    spec = style.compose(
        speech,
        title=title,
        description=description,
        height=style.row_height(_label_bars(bars), least=ROW) * bars.height + 70,
        parts={"layer": _layers(bars, unit=unit, speech=speech)},
    )
    columns = (
        Column("driver", speech.label("chart.driver")),
        Column("sector_name", speech.label("chart.sector")),
        Column("from", speech.label("chart.from"), unit, 2),
        Column("effect", speech.label("chart.effect"), unit, 2),
        Column("to", speech.label("chart.to"), unit, 2),
    )
    return Chart("waterfall", title, description, spec, Twin(title, columns, bars.select(column.name for column in columns)))


def _stack_bars(
    drivers: pl.DataFrame, *, effect: str, start: float, start_name: str, end_name: str, speech: Speech
) -> pl.DataFrame:
    """One row per bar: start, the effects by size with the rest last, end."""
    summed = (
        drivers.filter(pl.col(effect).is_not_null())
        .with_columns(pl.col("sector").cast(pl.String).fill_null("all"), pl.col("factor").cast(pl.String))
        .group_by("sector", "factor")
        .agg(pl.col(effect).sum().alias("effect"))
        .sort(pl.col("effect").abs(), "sector", "factor", descending=[True, False, False])
    )
    shown = [(row["sector"], row["factor"], row["effect"]) for row in summed.head(MOST).iter_rows(named=True)]
    rest = summed.slice(MOST)
    if rest.height:
        shown.append(("rest", None, float(rest["effect"].sum())))
    rows, level = [_bar(start_name, "total", start=start, to=start, effect=None)], start
    for sector, factor, size in shown:
        name = name_key(speech, "factor", key=factor) if factor else speech.sentence("chart.waterfall.rest", n=rest.height)
        rows.append(_bar(name, sector, start=level, to=level + size, effect=size))
        level += size
    rows.append(_bar(end_name, "total", start=level, to=level, effect=None))
    frame = pl.DataFrame(rows, schema_overrides={"effect": pl.Float64})
    names = ["–" if sector in {"total", "rest"} else name_key(speech, "sector", key=sector) for sector in frame["sector"]]
    return frame.with_columns(pl.Series("sector_name", names, dtype=pl.String))


def _bar(driver: str, sector: str, *, start: float, to: float, effect: float | None) -> dict[str, Any]:
    return {"driver": driver, "sector": sector, "from": float(start), "to": float(to), "effect": effect}


def _label_bars(bars: pl.DataFrame) -> list[list[str]]:
    """The words beside each bar, in lines."""
    rows = bars.select("driver", "sector", "sector_name").iter_rows()
    return [style.wrap(driver if sector in {"total", "rest"} else f"{name}: {driver}", width=44) for driver, sector, name in rows]


def _layers(bars: pl.DataFrame, *, unit: str, speech: Speech) -> list[dict[str, Any]]:
    keys = [f"{place}" for place in range(bars.height)]
    labels = _label_bars(bars)
    texts = [_sign(effect, to, speech=speech) for effect, to in bars.select("effect", "to").iter_rows()]
    rows = bars.with_columns(
        pl.Series("key", keys),
        pl.Series("text", texts),
        pl.max_horizontal("from", "to").alias("right"),
        pl.Series("ink", [palette.color_sector(sector) for sector in bars["sector"]]),
    )
    down = {
        "field": "key",
        "type": "ordinal",
        "scale": {"domain": keys, "paddingInner": 0.35},
        "axis": {"title": None, "labelExpr": f"{labels}[datum.value]", "labelLimit": 290, "labelLineHeight": 12, "grid": False},
    }
    across = {
        "type": "quantitative",
        "axis": {"title": unit, "tickCount": 6},
        "scale": {"zero": False, "nice": True, "padding": 24},
    }
    shared = {"data": {"values": rows.to_dicts()}}
    bar = {
        **shared,
        "mark": {"type": "bar"},
        "encoding": {
            "y": down,
            "x": {"field": "from", **across},
            "x2": {"field": "to"},
            "color": {"field": "ink", "type": "nominal", "scale": None},
        },
    }
    dot = {
        "data": {"values": rows.filter(pl.col("effect").is_null()).to_dicts()},
        "mark": {"type": "point", "filled": True, "color": palette.INK, "size": 90, "shape": "diamond", "opacity": 1},
        "encoding": {"y": down, "x": {"field": "to", **across}},
    }
    text = {
        **shared,
        "mark": {"type": "text", "align": "left", "dx": 8},
        "encoding": {"y": down, "x": {"field": "right", **across}, "text": {"field": "text"}},
    }
    return [bar, dot, text]


def _sign(effect: float | None, to: float, *, speech: Speech) -> str:
    """The figure beside a bar: totals bare, effects with their sign."""
    if effect is None:
        return speech.number(to, digits=2)
    return f"{'+' if effect >= 0 else '−'}{speech.number(abs(effect), digits=2)}"
