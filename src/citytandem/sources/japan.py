"""What do Japan's municipal CO2 estimates say? Reads the Ministry of the Environment's allocation table."""

from __future__ import annotations

import polars as pl

from citytandem.sources.reading import Reading, Remark, keep_columns, read_text_table, shape, year_from
from citytandem.sources.recount import recount, remark_differences
from citytandem.sources.validate import cast_numbers
from citytandem.tables import Balance, Line

SOURCE = "moe-japan"
SECTORS = {
    "manufacturing": "industry_energy",
    "construction_mining": "industry_energy",
    "agri_forest_fish": "agriculture_energy",
    "commercial": "services",
    "residential": "households",
    "passenger_car": "road",
    "freight_truck": "road",
    "rail": "rail",
    "domestic_shipping": "navigation",
    "municipal_waste": "waste",
}
SUBTOTALS = {
    "industry_total": ("manufacturing", "construction_mining", "agri_forest_fish"),
    "buildings_total": ("commercial", "residential"),
    "transport_total": ("passenger_car", "freight_truck", "rail", "domestic_shipping"),
}
_STEP_T = 1.0
"""The estimates come in thousand tonnes with three decimals."""
_KEYS = ("fiscal_year", "muni_code", "muni", "pref_code", "pref", "total")


def read(raw: bytes, *, where: str = "jp_municipal_co2") -> Reading:
    """Read the long table of fiscal years, municipalities and sectors in kt CO2.

    The table ``recount`` holds every published total and subtotal beside the sum of its sectors; one that differs by
    more than rounding is remarked.
    """
    frame, findings = read_text_table(raw, where=where)
    frame, missing = keep_columns(frame, [*_KEYS, *SECTORS], where=where)
    numbers = ["fiscal_year", "total", *SECTORS, *(name for name in SUBTOTALS if name in frame.columns)]
    frame, wrong = cast_numbers(frame, numbers, where=where)
    frame = frame.filter(pl.col("muni_code").is_not_null() & pl.col("fiscal_year").is_not_null()).with_columns(
        pl.col("fiscal_year").cast(pl.Int16).alias("year"),
        ("JP-" + pl.col("muni_code").str.zfill(5)).alias("city"),
    )
    frame = frame.with_columns((pl.col("city") + "." + pl.col("year").cast(pl.String) + "." + SOURCE).alias("balance"))
    counted = _recount(frame)
    tables = {"balance": _balances(frame), "line": _lines(frame), "place": _places(frame), "recount": counted}
    remarks = [*_missing_parts(frame, where), *remark_differences(counted, where=where)]
    return Reading(tables=tables, remarks=remarks, findings=[*findings, *missing, *wrong])


def _recount(frame: pl.DataFrame) -> pl.DataFrame:
    found = []
    for figure, sectors in {"total": tuple(SECTORS), **SUBTOTALS}.items():
        if figure not in frame.columns:
            continue
        kept = frame.select("city", "year", *(pl.col(name) * 1000 for name in (figure, *sectors)))
        parts = kept.unpivot(on=sectors, index=["city", "year"], value_name="value_t")
        totals = kept.select("city", "year", published_t=figure)
        found.append(recount(totals, parts, figure=figure, source=SOURCE, step_t=_STEP_T))
    return pl.concat(found)


def _balances(frame: pl.DataFrame) -> pl.DataFrame:
    dated = frame.with_columns(*year_from(4), (pl.col("total") * 1000).round(0).alias("reported_t"))
    return shape(
        dated,
        Balance,
        method="japan_area_manual",
        version="standard allocation method, current estimates",
        gwp="co2_only",
        upstream="no",
        electricity="unknown",
        boundary="municipality",
        top_down=True,
        weather_corrected=False,
        source=SOURCE,
    )


def _lines(frame: pl.DataFrame) -> pl.DataFrame:
    long = frame.unpivot(on=list(SECTORS), index="balance", variable_name="item", value_name="kt").drop_nulls("kt")
    long = long.with_columns(
        pl.col("item").replace_strict(SECTORS).alias("sector"),
        # kt with three decimals are whole tonnes
        (pl.col("kt") * 1000).round(0).alias("emissions_t"),
        pl.when(pl.col("item") == "municipal_waste").then(pl.lit("1")).otherwise(pl.lit("1+2")).alias("scope"),
    )
    return shape(long, Line, view="sector", carrier="all", source=SOURCE)


def _places(frame: pl.DataFrame) -> pl.DataFrame:
    newest = frame.sort("year").group_by("city", maintain_order=True).last()
    return newest.select("city", code="muni_code", name="muni", state="pref", state_code="pref_code")


def _missing_parts(frame: pl.DataFrame, where: str) -> list[Remark]:
    empty = frame.filter(pl.any_horizontal(pl.col(name).is_null() for name in SECTORS))
    return [
        Remark(
            code="sector_missing",
            rule="leave_unknown",
            where=where,
            reason="A cell without a number stays unknown; it is never taken as zero.",
            source=SOURCE,
            city=row["city"],
            year=row["year"],
        )
        for row in empty.iter_rows(named=True)
    ]
