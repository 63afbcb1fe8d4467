"""What did the cities of the Minneapolis-Saint Paul region emit, by sector, category and source?"""

from __future__ import annotations

import polars as pl

from citytandem.sources.reading import Reading, Remark, calendar_year, keep_columns, read_text_table, shape
from citytandem.sources.recount import judge, remark_differences
from citytandem.sources.validate import cast_numbers
from citytandem.tables import Balance, Line
from citytandem.tables.recount import Recount

SOURCE = "metropolitan-council"
_STATE_FIPS = "27"
_STEP_T, _STEP_PER_HEAD_T = 0.001, 1e-6
"""Rows come with three decimals of a tonne, and with six per head."""
SECTORS = {
    "Residential electricity": "households",
    "Residential building fuel": "households",
    "Business electricity": "services_and_industry",
    "Business building fuel": "services_and_industry",
    "Commercial Stationary combustion": "services",
    "Industrial Stationary combustion": "industry_energy",
    "Industrial processes": "industry_process",
    "Refinery processes": "industry_process",
    "Passenger vehicles": "road",
    "Buses": "road",
    "Trucks": "road",
    "Solid waste": "waste",
    "Wastewater": "wastewater",
    "Cropland": "agriculture",
    "Livestock": "agriculture",
    "Freshwater": "land_use",
    "Sequestration": "land_use",
}
CARRIERS = {
    "Natural gas": "natural_gas",
    "Building energy": "electricity",
    "Coal": "hard_coal",
    "Oil": "heating_oil",
    "Other fossil fuel": "other_fossil",
    "Other fuel combustion": "other",
    "Diesel fueled vehicles": "diesel",
    "Gasoline fueled vehicles": "petrol",
    "Other fueled vehicles": "motor_fuel",
}
_ENERGY = ("households", "services", "services_and_industry", "industry_energy", "road")
_COLUMNS = (
    "emissions_year", "geog_name", "ctu_class", "sector", "category", "source",
    "value_emissions", "ctu_id_fips", "ctu_id_gnis", "ctu_population",
)  # fmt: skip


def read(raw: bytes, *, where: str = "ctu_emissions") -> Reading:
    """Read the long table of city, year, sector, category, source and t CO2e.

    The set publishes no totals. What it publishes twice are its rows: in t, and per head with the population; the
    table ``recount`` holds both, and a row in which they differ by more than rounding is remarked.
    """
    frame, findings = read_text_table(raw, where=where)
    frame, missing = keep_columns(frame, _COLUMNS, where=where)
    frame, wrong = cast_numbers(frame, ["emissions_year", "value_emissions", "ctu_population"], where=where)
    frame = frame.filter(pl.col("emissions_year").is_not_null() & pl.col("ctu_id_fips").is_not_null()).with_columns(
        pl.col("emissions_year").cast(pl.Int16).alias("year"),
        (f"US-{_STATE_FIPS}" + pl.col("ctu_id_fips").str.zfill(5)).alias("city"),
    )
    frame = frame.with_columns((pl.col("city") + "." + pl.col("year").cast(pl.String) + "." + SOURCE).alias("balance"))
    empty = _empty_values(frame, where)
    lines = _lines(frame)
    counted = _recount(frame)
    tables = {
        "balance": _balances(frame, lines),
        "line": lines,
        "place": _places(frame),
        "population": _population(frame),
        "recount": counted,
    }
    remarks = [*empty, *remark_differences(counted, where=where)]
    return Reading(tables=tables, remarks=remarks, findings=[*findings, *missing, *wrong])


def _recount(frame: pl.DataFrame) -> pl.DataFrame:
    """Each row: its figure per head times the population, beside its figure in t."""
    if "emissions_per_capita" not in frame.columns:
        return Recount.create_empty()
    per_head = pl.col("emissions_per_capita").cast(pl.Float64, strict=False)
    rows = frame.with_columns(
        (per_head * pl.col("ctu_population")).alias("published_t"),
        pl.col("value_emissions").alias("lines_t"),
        pl.concat_str("sector", "category", "source", separator=" / ", ignore_nulls=True).alias("item"),
        (0.5 * _STEP_PER_HEAD_T * pl.col("ctu_population") + 0.5 * _STEP_T).alias("rounding_t"),
        pl.lit("emissions_per_capita").alias("figure"),
        pl.lit(1).alias("n_lines"),
    )
    return judge(rows.drop_nulls(["published_t", "lines_t"]), source=SOURCE)


def _lines(frame: pl.DataFrame) -> pl.DataFrame:
    kind = (
        pl.when(pl.col("category") == "Stationary combustion")
        .then(pl.col("sector") + " " + pl.col("category"))
        .otherwise(pl.col("category"))
    )
    named = frame.with_columns(
        kind.replace_strict(SECTORS, default="other").alias("our_sector"),
        pl.concat_str("sector", "category", "source", separator=" / ").alias("item"),
    )
    named = named.with_columns(
        pl.when(pl.col("our_sector").is_in(_ENERGY))
        .then(pl.col("source").replace_strict(CARRIERS, default="other"))
        .otherwise(pl.lit("none"))
        .alias("carrier"),
    ).with_columns(
        pl.when(pl.col("carrier") == "electricity").then(pl.lit("2"))
        .when(pl.col("our_sector") == "waste").then(pl.lit("none"))
        .otherwise(pl.lit("1")).alias("scope")
    )  # fmt: skip
    summed = (
        named.drop_nulls("value_emissions")
        .group_by("balance", "item", "our_sector", "carrier", "scope")
        .agg(pl.col("value_emissions").sum().round(3).alias("emissions_t"))
        .rename({"our_sector": "sector"})
    )
    return shape(summed, Line, view="sector", source=SOURCE)


def _balances(frame: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    heads = frame.group_by("balance", "city", "year").agg(pl.col("ctu_population").max().alias("population"))
    known = heads.join(lines.select("balance").unique(), on="balance", how="semi")
    known = known.with_columns(pl.when(pl.col("population") >= 1).then(pl.col("population")), *calendar_year())
    return shape(
        known,
        Balance,
        method="metropolitan_council",
        gwp="unknown",
        upstream="unknown",
        electricity="unknown",
        boundary="municipality",
        top_down=False,
        weather_corrected=False,
        source=SOURCE,
    )


def _places(frame: pl.DataFrame) -> pl.DataFrame:
    newest = frame.sort("year").group_by("city", maintain_order=True).last()
    return newest.select("city", code="ctu_id_fips", gnis="ctu_id_gnis", name="geog_name", kind="ctu_class")


def _population(frame: pl.DataFrame) -> pl.DataFrame:
    stated = frame.group_by("city", "year").agg(pl.col("ctu_population").max().alias("value"))
    return stated.filter(pl.col("value") >= 1).sort("city", "year")


def _empty_values(frame: pl.DataFrame, where: str) -> list[Remark]:
    empty = frame.filter(pl.col("value_emissions").is_null())
    if empty.is_empty():
        return []
    return [
        Remark(
            code="value_missing",
            rule="leave_unknown",
            where=f"{where}: value_emissions",
            reason="Rows without a value are left out; they are never taken as zero.",
            source=SOURCE,
            before=f"{empty.height} rows without a value",
        )
    ]
