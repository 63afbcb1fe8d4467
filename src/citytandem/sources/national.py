"""How many people live in a country and how much fossil CO2 does it emit, year by year?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from citytandem.sources.reading import Reading, keep_columns, read_text_table, shape
from citytandem.sources.validate import cast_numbers
from citytandem.tables import Series

if TYPE_CHECKING:
    from citytandem.findings import Finding

FIRST_YEAR = 1990


def read(*, population: bytes, co2: bytes, land: bytes) -> Reading:
    """Read UN population, Global Carbon Budget fossil CO2 (t) and World Bank land area (km2)."""
    findings: list[Finding] = []
    frames = []
    for raw, column, indicator, source in (
        (population, "population", "population_people", "un-wpp"),
        (co2, "total_emissions", "fossil_co2_t", "gcb"),
        (land, "area", "land_area_km2", "world-bank"),
    ):
        frame, problems = read_text_table(raw, where=indicator)
        if "year" not in frame.columns:
            frame = frame.with_columns(pl.lit("2022").alias("year"))
        frame, missing = keep_columns(frame, ["actor_id", "year", column], where=indicator)
        frame, wrong = cast_numbers(frame, ["year", column], where=indicator)
        findings += [*problems, *missing, *wrong]
        iso = pl.col("actor_id").str.contains("^[A-Z]{2}$")
        known = frame.filter(iso & (pl.col("year") >= FIRST_YEAR) & pl.col(column).is_not_null())
        named = known.select(pl.col("actor_id").alias("area"), "year", pl.col(column).alias("value"))
        frames.append(shape(named, Series, indicator=indicator, source=source))
    return Reading(
        tables={"series": pl.concat(frames).unique(["area", "indicator", "year"], keep="first", maintain_order=True)},
        findings=findings,
    )
