"""What does Karlsruhe's yearly monitoring say: energy and CO2 by carrier and by sector?"""

from __future__ import annotations

import csv
import io

import polars as pl

from citytandem.findings import Code, Finding
from citytandem.sources.reading import Reading, Remark, calendar_year, shape
from citytandem.sources.validate import row_breaks_rule
from citytandem.tables import Balance, Line

SOURCE = "karlsruhe-ksk"
CARRIERS = {
    "Erdgas": "natural_gas", "Fernwärme": "district_heat", "Heizöl": "heating_oil", "Kohle": "hard_coal",
    "Sonstige": "other", "Strom": "electricity", "Kraftstoffe": "motor_fuel",
}  # fmt: skip
SECTORS = {
    "Private Haushalte": "households", "Industrie": "industry_energy", "GHD": "services",
    "Städtische Stellen": "municipal", "Verkehr": "transport",
}  # fmt: skip
_BLOCKS = {
    "Energieverbrauch nach Energieträgern": ("carrier", "GWh"),
    "Energieverbrauch nach Sektoren": ("sector", "GWh"),
    "CO2-Emissionen nach Energieträgern": ("carrier", "t"),
    "CO2-Emissionen Energieverbrauch nach Sektoren": ("sector", "t"),
    "CO2-Emissionen": ("total", "t"),
    "Grunddaten": ("base", "people"),
}


def read(raw: bytes, *, city: str, where: str = "karlsruhe_ksk_kennzahlen") -> Reading:
    """Read the wide table: a row of names, a row of topics, a row of units, then one row per year."""
    table = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
    if len(table) < 4 or table[1][:1] != ["Topic"]:
        reason = "the second row does not hold the topics"
        return Reading(findings=[Finding(Code.FILE_UNREADABLE, facts={"file": where, "problem": reason}, where=where)])
    findings: list[Finding] = []
    cells = pl.DataFrame(_cells(table, where=where, findings=findings), infer_schema_length=None)
    emitted = cells.filter((pl.col("block") == "total") & pl.col("value").is_not_null())
    years = emitted.select("year", reported_t="value")
    people = cells.filter((pl.col("block") == "base") & (pl.col("name") == "Einwohnerzahl*")).drop_nulls("value")
    population = people.select(pl.lit(city).alias("city"), "year", "value")
    tables = {
        "balance": _balances(years, population, city=city),
        "line": _lines(cells.join(years.select("year"), on="year", how="semi"), city=city),
        "population": population,
    }
    return Reading(tables=tables, remarks=_remarks(table, cells, years, city=city, where=where), findings=findings)


def _cells(table: list[list[str]], *, where: str, findings: list[Finding]) -> list[dict[str, object]]:
    cells: list[dict[str, object]] = []
    for number, row in enumerate(table[3:], start=4):
        if not row or not row[0].strip().isdigit():
            findings.append(row_breaks_rule(where, row=number, column="Jahr", rule="is a year", value=row[0] if row else None))
            continue
        for name, topic, text in zip(table[0], table[1], row, strict=False):
            block = _BLOCKS.get(topic.partition("|")[2].strip())
            if block is None:
                continue
            try:
                value = float(text) if text.strip() else None
            except ValueError:
                findings.append(row_breaks_rule(where, row=number, column=f"{topic} {name}", rule="is a number", value=text))
                value = None
            cells.append({"year": int(row[0]), "block": block[0], "unit": block[1], "name": name.strip(), "value": value})
    return cells


def _balances(years: pl.DataFrame, population: pl.DataFrame, *, city: str) -> pl.DataFrame:
    heads = years.join(population.select("year", population="value"), on="year", how="left").with_columns(
        pl.format("{}.{}.{}", pl.lit(city), "year", pl.lit(SOURCE)).alias("balance"), *calendar_year()
    )
    return shape(
        heads, Balance, city=city, method="bico2bw", gwp="unknown", upstream="unknown", electricity="unknown",
        boundary="municipality", top_down=False, weather_corrected=False, source=SOURCE,
    )  # fmt: skip


def _lines(cells: pl.DataFrame, *, city: str) -> pl.DataFrame:
    parts = cells.filter(pl.col("block").is_in(["carrier", "sector"]) & pl.col("value").is_not_null())
    wide = parts.group_by("year", "block", "name").agg(
        (pl.col("value").filter(pl.col("unit") == "GWh").first() * 1000).alias("activity_mwh"),
        pl.col("value").filter(pl.col("unit") == "t").first().alias("emissions_t"),
    )
    named = wide.with_columns(
        pl.format("{}.{}.{}", pl.lit(city), "year", pl.lit(SOURCE)).alias("balance"),
        pl.col("block").alias("view"),
        pl.col("name").alias("item"),
        pl.col("name").replace_strict(SECTORS, default="total").alias("sector"),
        pl.col("name").replace_strict(CARRIERS, default="all").alias("carrier"),
        pl.col("name").replace_strict({"Strom": "2", "Fernwärme": "2"}, default="none").alias("scope"),
    )
    return shape(named, Line, source=SOURCE)


def _remarks(table: list[list[str]], cells: pl.DataFrame, years: pl.DataFrame, *, city: str, where: str) -> list[Remark]:
    names = [name.strip() for name in table[0]]
    repeated = sorted({name for name in names if names.count(name) > 1})
    remarks = [
        Remark(
            code="header_repeated", rule="column_by_topic_and_name", where=where, row=1, city=city, source=SOURCE,
            before=", ".join(repeated), after="topic row and name together",
            reason="Energy and emission columns carry the same names; only the topic row above tells them apart.",
        )
    ] if repeated else []  # fmt: skip
    empty = sorted(set(cells["year"].to_list()) - set(years["year"].to_list()))
    remarks += [
        Remark(
            code="year_partly_empty", rule="year_without_total_left_out", where=where, city=city, year=year, source=SOURCE,
            reason="The year has population but no emissions yet; the population is carried, no balance is made.",
            before="no total",
        )
        for year in empty
    ]  # fmt: skip
    return remarks
