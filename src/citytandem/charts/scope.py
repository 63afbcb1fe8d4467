"""What is in a city's hands? Emissions by sector, split into ours to decide, ours to influence, outside our reach."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.charts import palette, style
from citytandem.charts.chart import Chart, Column, Twin, name_key

if TYPE_CHECKING:
    from citytandem.words import Speech

PARTS = {"decide": palette.ACCENT, "influence": palette.ACCENT_MID, "outside": palette.ACCENT_PALE, "open": palette.BAND}
ALL = "total"


def draw_scope(split: pl.DataFrame, *, city: str, speech: Speech) -> Chart:
    """One bar for the whole city, then one per sector; ``split`` has sector, part and emissions_t."""
    unit = speech.label("unit.kt")
    rows = sum_parts(split)
    title = speech.sentence("chart.scope.title", city=city)
    description = speech.sentence("chart.scope.description", city=city, unit=unit)
    order = [sector for sector in _order(rows) if sector != ALL]
    keys = [ALL, *order]
    labels = [style.wrap(name_key(speech, "sector", key=key), width=24) for key in keys]
    words = {part: speech.label(f"part.{part}") for part in PARTS}
    values = rows.with_columns(
        pl.col("part").replace_strict(words, return_dtype=pl.String),
        pl.col("part").replace_strict({part: place for place, part in enumerate(PARTS)}, return_dtype=pl.Int8).alias("stack"),
    )
    down = {
        "field": "sector",
        "type": "nominal",
        "sort": None,
        "scale": {"domain": keys, "paddingInner": 0.4},
        "axis": {"title": None, "labelExpr": f"{labels}[indexof({keys}, datum.value)]", "labelLimit": 220, "labelLineHeight": 12},
    }
    parts: dict[str, Any] = {
        "data": {"values": values.to_dicts()},
        "mark": {"type": "bar"},
        "encoding": {
            "y": down,
            "x": {"field": "kt", "type": "quantitative", "stack": "zero", "axis": {"title": unit, "tickCount": 6}},
            "order": {"field": "stack", "type": "quantitative"},
            "color": {
                "field": "part",
                "type": "nominal",
                "scale": {"domain": list(words.values()), "range": list(PARTS.values())},
                "legend": {"symbolType": "square", "columns": style.fit_columns(words.values(), most=2)},
            },
        },
    }
    spec = style.compose(
        speech, title=title, description=description, height=style.row_height(labels, least=28) * len(keys) + 95, parts=parts
    )
    return Chart("scope", title, description, spec, _tabulate(rows, keys=keys, unit=unit, title=title, speech=speech))


def sum_parts(split: pl.DataFrame) -> pl.DataFrame:
    """Thousand tonnes by sector and part, with the whole city as a sector of its own."""
    rows = split.filter(pl.col("emissions_t").is_not_null()).select(
        pl.col("sector").cast(pl.String), pl.col("part").cast(pl.String), (pl.col("emissions_t") / 1000).alias("kt")
    )
    sectors = rows.filter(pl.col("sector") != ALL).group_by("sector", "part").agg(pl.col("kt").sum())
    whole = sectors.group_by("part").agg(pl.col("kt").sum()).select(pl.lit(ALL).alias("sector"), "part", "kt")
    return pl.concat([whole, sectors]).sort("sector", "part")


def _order(rows: pl.DataFrame) -> list[str]:
    """Sectors in the order of a balance, so that the bars keep their place from city to city."""
    present = set(rows["sector"])
    return [sector for sector in palette.SECTORS if sector in present] + sorted(present - set(palette.SECTORS))


def _tabulate(rows: pl.DataFrame, *, keys: list[str], unit: str, title: str, speech: Speech) -> Twin:
    wide = {(row["sector"], row["part"]): row["kt"] for row in rows.iter_rows(named=True)}
    frame = pl.DataFrame(
        [
            {"sector": key, "name": name_key(speech, "sector", key=key), **{part: wide.get((key, part), 0.0) for part in PARTS}}
            for key in keys
        ]
    )
    columns = (
        Column("name", speech.label("chart.sector")),
        *(Column(part, speech.label(f"part.{part}"), unit, 1) for part in PARTS),
    )
    return Twin(title, columns, frame)
