"""Which stage have measures reached where a city publishes it? By stated rules over a visible mapping."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from citytandem.release.facts import read_facts
from citytandem.sources import city_measures
from citytandem.sources.reading import Remark, shape
from citytandem.tables import Stage

if TYPE_CHECKING:
    from citytandem.sources.reading import Reading

_NO_COUNT = "no indicator counts the measure itself"
RISE = 1.1
"""An indicator that grew by a tenth shows rollout."""


def stages(muenster: Reading, karlsruhe: Reading) -> tuple[pl.DataFrame, list[Remark]]:
    """Join published items to our measures and turn ratings into stages."""
    mapping = read_facts("stage_mapping")
    rules = read_facts("stage_rule").select("rule", "says", pl.col("stage").cast(pl.Int8), why="reason")
    rated = _muenster(muenster, mapping.filter(pl.col("source") == city_measures.MUENSTER))
    counted = _karlsruhe(karlsruhe, mapping.filter(pl.col("source") == city_measures.KARLSRUHE))
    rows = pl.concat([rated, counted], how="diagonal").join(rules, on=["rule", "says"], how="left")
    rows = rows.with_columns(
        pl.format("{}: {} | {}: {}", "rule", "why", "measure", "reason").alias("mapping"), pl.col("report").alias("item")
    )
    remarks = [
        _unmapped(reading.tables["measure"], mapping.filter(pl.col("source") == source), source)
        for reading, source in ((muenster, city_measures.MUENSTER), (karlsruhe, city_measures.KARLSRUHE))
    ]
    return shape(rows, Stage), remarks


def _muenster(reading: Reading, mapping: pl.DataFrame) -> pl.DataFrame:
    joined = mapping.join(reading.tables["report"], on="item")
    return joined.with_columns(
        pl.lit("muenster_colour").alias("rule"),
        pl.col("colour").fill_null("white").alias("says"),
        pl.format("status report {}: {}", "report", pl.col("colour").fill_null("not rated")).alias("evidence"),
    )


def _karlsruhe(reading: Reading, mapping: pl.DataFrame) -> pl.DataFrame:
    series = reading.tables["indicator"].sort("year")
    ends = series.group_by("item", "indicator").agg(
        pl.col("year").first().alias("from"), pl.col("year").last().alias("year"),
        pl.col("unit").first().replace({"na": "", "Anzahl": ""}).alias("unit"),
        pl.col("value").first().alias("before"), pl.col("value").last().alias("after"), pl.len().alias("points"),
    )  # fmt: skip
    joined = mapping.join(ends, on=["item", "indicator"], how="left")
    lowers = pl.col("unit").str.contains("g/kWh").fill_null(value=False)
    several = pl.col("points") >= 2
    says = (
        pl.when(several & lowers & (pl.col("after") * RISE <= pl.col("before"))).then(pl.lit("falling_factor"))
        .when(several & ~lowers & (pl.col("after") >= RISE * pl.col("before"))).then(pl.lit("growing"))
        .otherwise(pl.lit("no_indicator"))
    )  # fmt: skip
    evidence = pl.format(
        "{}: {} {} ({}) to {} {} ({})", "indicator", pl.col("before").round(1), "unit", pl.col("from").cast(pl.Int32),
        pl.col("after").round(1), "unit", pl.col("year").cast(pl.Int32),
    )  # fmt: skip
    return joined.with_columns(
        pl.lit("karlsruhe_indicator").alias("rule"), says.alias("says"), pl.col("item").alias("report"),
        pl.when(pl.col("points") > 0).then(evidence).otherwise(pl.lit(_NO_COUNT)).alias("evidence"),
        pl.col("year").cast(pl.Int16).alias("year"),
    )  # fmt: skip


def _unmapped(measures: pl.DataFrame, mapping: pl.DataFrame, source: str) -> Remark:
    left = measures.join(mapping.select("item"), on="item", how="anti")
    return Remark(
        code="item_unmapped", rule="unclear_items_left_unmapped", where="stage_mapping.csv", source=source,
        before=f"{measures.height} items", after=f"{measures.height - left.height} mapped, {left.height} not",
        reason="Only items that clearly are one of our measures are mapped; not: " + ", ".join(left["item"].to_list()),
    )  # fmt: skip
