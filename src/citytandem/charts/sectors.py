"""What does a city emit? Stacked bars by sector over the years, per person or in total."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.charts import palette, style
from citytandem.charts.chart import Chart, Column, Twin, name_key
from citytandem.tables.balance import SECTORS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from citytandem.words import Speech

BAR, WIDTH = 52, 580
"""Widest bar, and what all bars share, in pixels."""


def draw_sectors(lines: pl.DataFrame, *, city: str, per_head: bool, speech: Speech, breaks: Sequence[int] = ()) -> Chart:
    """Bars of one balance series, one bar a year; a year without a balance stays empty.

    ``lines`` has year, sector, emissions_t and population, one row per year and sector of one view.
    ``breaks`` are years from which another method is used; they are marked by a dashed line.
    """
    rows = _measure_rows(lines, per_head=per_head)
    unit = speech.label("unit.t_per_head" if per_head else "unit.kt")
    first, last = rows["year"].min(), rows["year"].max()
    facts = {"city": city, "unit": unit, "from": str(first), "to": str(last)}
    title = speech.sentence("chart.sectors.title_one" if first == last else "chart.sectors.title", **facts)
    description = speech.sentence("chart.sectors.description", **facts)
    sectors = [sector for sector in SECTORS if sector in set(rows["sector"])]
    spoken = rows.with_columns(
        pl.Series("name", [name_key(speech, "sector", key=sector) for sector in rows["sector"]], dtype=pl.String),
        pl.col("sector").replace_strict({sector: place for place, sector in enumerate(sectors)}, default=99).alias("stack"),
    )
    spec = style.compose(
        speech,
        title=title,
        description=description,
        height=300,
        parts={"layer": _layers(spoken, sectors=sectors, unit=unit, breaks=breaks, speech=speech)},
    )
    return Chart("sectors", title, description, spec, _tabulate(spoken, sectors=sectors, unit=unit, title=title, speech=speech))


def _measure_rows(lines: pl.DataFrame, *, per_head: bool) -> pl.DataFrame:
    """One row per year and sector with the shown value; unknown emissions are left out, never drawn as zero."""
    summed = (
        lines.filter(pl.col("emissions_t").is_not_null())
        .with_columns(pl.col("sector").cast(pl.String))
        .group_by("year", "sector")
        .agg(pl.col("emissions_t").sum(), pl.col("population").first())
    )
    value = pl.col("emissions_t") / (pl.col("population") if per_head else 1000.0)
    return summed.with_columns(value.alias("value")).filter(pl.col("value").is_not_null()).sort("year", "sector")


def _layers(rows: pl.DataFrame, *, sectors: list[str], unit: str, breaks: Sequence[int], speech: Speech) -> list[dict[str, Any]]:
    years = [int(year) for year in rows["year"]]
    span = list(range(min(years), max(years) + 1)) if years else []
    names = [name_key(speech, "sector", key=sector) for sector in sectors]
    horizontal = {
        "field": "year",
        "type": "ordinal",
        "scale": {"domain": span, "paddingInner": 0.25},
        "axis": {"title": speech.label("chart.year"), "labelAngle": 0, "labelOverlap": "parity", "grid": False},
    }
    bars = {
        "data": {"values": rows.select("year", "name", "value", "stack").to_dicts()},
        "mark": {"type": "bar", "width": min(BAR, int(WIDTH * 0.8 / max(1, len(span))))},
        "encoding": {
            "x": horizontal,
            "y": {"field": "value", "type": "quantitative", "stack": "zero", "axis": {"title": unit, "tickCount": 5}},
            "order": {"field": "stack", "type": "quantitative"},
            "color": {
                "field": "name",
                "type": "nominal",
                "scale": {
                    "domain": names,
                    "range": [palette.color_sector(sector) for sector in sectors],
                },
                "legend": {"columns": style.fit_columns(names, axis=40), "symbolType": "square"},
            },
        },
    }
    marked = [{"year": year} for year in breaks if year in span[1:]]
    rule = {
        "data": {"values": marked},
        "mark": {"type": "rule", "strokeDash": [4, 3], "color": palette.INK, "xOffset": {"expr": "-bandwidth('x') * 0.62"}},
        "encoding": {"x": {"field": "year", "type": "ordinal", "bandPosition": 0.5}},
    }
    return [bars, rule] if marked else [bars]


def _tabulate(rows: pl.DataFrame, *, sectors: list[str], unit: str, title: str, speech: Speech) -> Twin:
    """One row a year, one column a sector; the same values as the bars."""
    wide = rows.pivot(on="sector", index="year", values="value").sort("year")
    total = rows.group_by("year").agg(pl.col("value").sum().alias("sum"))
    frame = wide.join(total, on="year").select("year", *sectors, "sum")
    columns = (
        Column("year", speech.label("chart.year"), plain=True),
        *(Column(sector, name_key(speech, "sector", key=sector), unit, 2) for sector in sectors),
        *([Column("sum", speech.label("chart.sum"), unit, 2)] if len(sectors) > 1 else []),
    )
    return Twin(title, columns, frame)
