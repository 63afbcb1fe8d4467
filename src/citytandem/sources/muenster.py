"""What has Münster published: emissions by sector, by use, by sector and carrier, and final energy?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from citytandem.sources.reading import Reading, calendar_year, read_text_table, shape
from citytandem.sources.validate import cast_numbers
from citytandem.tables import Balance, Line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from citytandem.findings import Finding

SOURCE = "muenster-klima"
SECTORS = {
    "Gewerbe + Sonstiges": "services",
    "Gewerbe + Sonstige": "services",
    "Industrie": "industry_energy",
    "Private Haushalte": "households",
    "Sektor Private Haushalte": "households",
    "Verkehr": "transport",
}
CARRIERS = {
    "EE Wärme": "other", "Erdgas": "natural_gas", "Fernwärme": "district_heat", "Heizöl": "heating_oil",
    "Kraftstoffmix Verkehr": "motor_fuel", "Strom": "electricity",
}  # fmt: skip
USES = {"Strom": "electricity_use", "Verkehr": "transport", "Wärme": "heat_use"}
_FILES = ("tonnen", "anwendungen", "sektoren", "endenergie")


def read(files: Mapping[str, bytes], *, city: str) -> Reading:
    """Read the four wide tables by their short names: tonnen, anwendungen, sektoren, endenergie."""
    findings: list[Finding] = []
    long = {}
    for name in _FILES:
        frame, problems = read_text_table(files[name], where=f"muenster {name}")
        frame, wrong = cast_numbers(frame, frame.columns, where=f"muenster {name}")
        findings += [*problems, *wrong]
        long[name] = _long(frame)
    series, cross = _series(long), _cross(long["sektoren"])
    lines = pl.concat([_named(series, city, SOURCE), _named(cross, city, f"{SOURCE}-cross")])
    totals = pl.concat([
        _total(long["tonnen"], "CO2-Emissionen - Gesamt (inkl. Verkehr)", city, SOURCE),
        _total(long["sektoren"], "CO2-Emissionen - Summe -Summe", city, f"{SOURCE}-cross"),
    ])  # fmt: skip
    return Reading(tables={"balance": _balances(totals, city=city), "line": lines}, findings=findings)


def _long(frame: pl.DataFrame) -> pl.DataFrame:
    long = frame.unpivot(index="ZEIT", variable_name="name", value_name="value").drop_nulls()
    return long.with_columns(pl.col("ZEIT").cast(pl.Int16).alias("year"), pl.col("name").str.replace_all(r"\s+", " "))


def _series(long: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    tonnes = _pick(long["tonnen"], "CO2-Emissionen - ", list(SECTORS)).rename({"value": "emissions_t"})
    energy = _pick(long["endenergie"], "Endenergieverbrauch nach Sektoren - ", list(SECTORS))
    energy = energy.select("year", "item", activity_mwh=(pl.col("value") * 1000).round(3))
    sectors = tonnes.join(energy, on=["year", "item"], how="left").with_columns(
        pl.lit("sector").alias("view"), pl.col("item").replace_strict(SECTORS).alias("sector"), pl.lit("all").alias("carrier")
    )
    # one heading lacks the space before its use
    uses = long["anwendungen"].with_columns(pl.col("name").str.replace("Anwendung -Strom", "Anwendung - Strom", literal=True))
    uses = _pick(uses, "CO2-Emissionen Anwendung - ", list(USES)).select(
        "year", "item", emissions_t=(pl.col("value") * 1000).round(3), activity_mwh=pl.lit(None, pl.Float64),
        view=pl.lit("application"), sector=pl.col("item").replace_strict(USES),
        carrier=pl.col("item").replace_strict({"Strom": "electricity"}, default="all"),
    )  # fmt: skip
    return pl.concat([sectors.select(uses.columns), uses])


def _pick(long: pl.DataFrame, prefix: str, items: list[str]) -> pl.DataFrame:
    named = long.with_columns(pl.col("name").str.strip_prefix(prefix).alias("item"))
    return named.filter((pl.col("item") != pl.col("name")) & pl.col("item").is_in(items)).select("year", "item", "value")


def _cross(long: pl.DataFrame) -> pl.DataFrame:
    rows = [
        {"name": f"CO2-Emissionen - {sector} - {carrier}", "item": f"{sector} / {carrier}",
         "sector": SECTORS[sector], "carrier": CARRIERS[carrier]}
        for sector in SECTORS for carrier in CARRIERS
    ]  # fmt: skip
    return long.join(pl.DataFrame(rows), on="name").select(
        "year", "item", emissions_t="value", activity_mwh=pl.lit(None, pl.Float64), view=pl.lit("sector"),
        sector="sector", carrier="carrier",
    )  # fmt: skip


def _named(lines: pl.DataFrame, city: str, publication: str) -> pl.DataFrame:
    by_wire = pl.when(pl.col("carrier").is_in(["electricity", "district_heat"])).then(pl.lit("2"))
    scope = by_wire.when(pl.col("carrier") == "all").then(pl.lit("none")).otherwise(pl.lit("1"))
    name = pl.format("{}.{}.{}", pl.lit(city), "year", pl.lit(publication)).alias("balance")
    return shape(lines.with_columns(name, scope.alias("scope")), Line, source=SOURCE)


def _total(long: pl.DataFrame, name: str, city: str, publication: str) -> pl.DataFrame:
    total = long.filter(pl.col("name") == name)
    key = pl.format("{}.{}.{}", pl.lit(city), "year", pl.lit(publication)).alias("balance")
    return total.select(key, "year", reported_t="value")


def _balances(totals: pl.DataFrame, *, city: str) -> pl.DataFrame:
    return shape(
        totals.with_columns(*calendar_year()), Balance, city=city, method="unknown", gwp="unknown", upstream="unknown",
        electricity="unknown", boundary="municipality", top_down=False, weather_corrected=False, source=SOURCE,
    )  # fmt: skip
