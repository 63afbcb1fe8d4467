"""What does Leipzig's programme of 2022 say about emissions per head by sector?"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import polars as pl

from citytandem.findings import Code, Finding
from citytandem.sources.reading import Reading, Remark, calendar_year, shape
from citytandem.sources.validate import row_breaks_rule
from citytandem.tables import Balance, Line

if TYPE_CHECKING:
    from collections.abc import Mapping

SOURCE = "leipzig-eksp"
SECTORS = {
    "Verkehr": "transport",
    "Private Haushalte": "households",
    "Wirtschaft und kommunale Einrichtungen": "services_and_industry",
}


def read(raw: bytes, *, city: str, population: Mapping[int, float], where: str = "leipzig_greenhouse-gas") -> Reading:
    """Read t per head by sector; a balance is made only for years whose population is known.

    ``population`` gives people by year from another publication.
    """
    try:
        data = json.loads(raw)["Daten"]
    except (ValueError, KeyError) as error:
        return Reading(findings=[Finding(Code.FILE_UNREADABLE, facts={"file": where, "problem": str(error)[:200]}, where=where)])
    rows, findings = [], []
    for number, record in enumerate(data, start=1):
        for point in record["Werte"]:
            if not isinstance(point["Wert"], int | float):
                findings.append(row_breaks_rule(where, row=number, column="Wert", rule="is a number", value=point["Wert"]))
                continue
            rows.append({"item": record["Sektor"], "year": point["Jahr"], "per_head": float(point["Wert"])})
    frame = pl.DataFrame(rows).filter(pl.col("year").is_in(list(population)))
    frame = frame.with_columns(
        pl.col("year").replace_strict(dict(population), return_dtype=pl.Float64).alias("population"),
        pl.format("{}.{}.{}", pl.lit(city), "year", pl.lit(SOURCE)).alias("balance"),
    )
    lines = frame.with_columns(
        (pl.col("per_head") * pl.col("population")).round(0).alias("emissions_t"),
        pl.col("item").replace_strict(SECTORS, default="other").alias("sector"),
    )
    tables = {
        "balance": _balances(frame, city=city),
        "line": shape(lines, Line, view="sector", carrier="all", scope="none", source=SOURCE),
    }
    return Reading(tables=tables, remarks=_remarks(frame, city=city, where=where), findings=findings)


def _balances(frame: pl.DataFrame, *, city: str) -> pl.DataFrame:
    heads = frame.select("balance", "year", "population").unique().with_columns(*calendar_year())
    return shape(
        heads, Balance, city=city, method="unknown", version="EKSP 2030, figure 5: with upstream chains, not weather-corrected",
        gwp="unknown", upstream="yes", electricity="unknown", boundary="municipality", top_down=False,
        weather_corrected=False, source=SOURCE,
    )  # fmt: skip


def _remarks(frame: pl.DataFrame, *, city: str, where: str) -> list[Remark]:
    return [
        Remark(
            code="per_head_only", rule="per_head_times_population", where=where, city=city, year=year, source=SOURCE,
            reason=(
                "Only tonnes per head are published, to two decimals. Times the population of the same year they give "
                "tonnes that are right to about half a per cent."
            ),
            after=f"population {people:.0f}",
        )
        for year, people in frame.select("year", "population").unique().sort("year").iter_rows()
    ]  # fmt: skip
