"""What is known of each German municipality beside its balance: flats, heat, land, works? Reads a folder of context tables."""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from citytandem.findings import CannotCompute, Code, Finding

if TYPE_CHECKING:
    from pathlib import Path

YEAR = 2021
SOURCE = "localzero-context-2021"
NATION_CODE = "DG000000"
NEAR_PEOPLE = 0.25
"""A municipality and a city of the release with one name are the same if their inhabitants differ by less than this share."""

NEED_KWH_PER_M2 = {
    "flats_until_1919": 169,
    "flats_1919_1948": 187,
    "flats_1949_1978": 208,
    "flats_1979_1986": 146,
    "flats_1987_1990": 146,
    "flats_1991_1995": 146,
    "flats_1996_2000": 102,
    "flats_2001_2004": 80,
    "flats_2005_2008": 71,
    "flats_2009_today": 50,
}
"""Heat a flat needs by its age; BMWi, need for renovation of the building stock (2014), classes joined by us. [P]"""


@dataclass(frozen=True)
class GermanContext:
    """Local facts of German municipalities.

    ``fact`` has a row per municipality and fact: ``city`` (DE and the eight digits of its code; DE alone for the country),
    ``variable``, ``value``. ``place`` has ``city``, ``name``, ``people`` and ``area_km2``.
    """

    fact: pl.DataFrame
    place: pl.DataFrame
    source: str = SOURCE
    year: int = YEAR


def read_german_context(folder: Path) -> GermanContext:
    """Read the context of all municipalities from a folder of CSV files, gzipped or not.

    Raises
    ------
    CannotCompute
        CONTEXT_UNREADABLE: a file or column is missing.
    """
    try:
        names = _read(folder, "ags_master").rename({"description": "name"})
        people = _read(folder, "population_2021").rename({"total": "people"})
        joined = people.join(_read(folder, "area_2021"), on="ags", how="left").join(
            _read(folder, "buildings_2021"), on="ags", how="left"
        )
        joined = joined.join(_read(folder, "flats_2021"), on="ags", how="left").join(_industry(folder), on="ags", how="left")
        known = joined.join(names, on="ags", how="left").filter(pl.col("people") > 0).with_columns(_ID).with_columns(**_FACTS)
        fact = known.unpivot(on=list(_FACTS), index="city", value_name="value").filter(pl.col("value").is_finite())
        area = (pl.col("land_total") + pl.col("water_total")) / 100
        place = known.filter(pl.col("city") != "DE").select("city", "name", "people", area.alias("area_km2"))
    except (OSError, EOFError, pl.exceptions.PolarsError, UnicodeDecodeError) as error:
        raise CannotCompute(Finding(Code.CONTEXT_UNREADABLE, {"file": folder.name, "reason": type(error).__name__})) from error
    return GermanContext(fact, _keep_municipalities(place).sort("city"))


def _keep_municipalities(place: pl.DataFrame) -> pl.DataFrame:
    """Without districts and Länder, which stand among them: a code that ends in zeros is a town only where it holds no other."""
    district, land = pl.col("city").str.slice(0, 8), pl.col("city").str.slice(0, 5)
    lone = (pl.len().over(district) == 1) & ~pl.col("city").str.ends_with("000000")
    return place.filter(~pl.col("city").str.ends_with("000") | lone | (pl.len().over(land) == 1))


_ID = pl.when(pl.col("ags") == NATION_CODE).then(pl.lit("DE")).otherwise(pl.lit("DE-") + pl.col("ags")).alias("city")
_NEED = sum((pl.col(name) * need for name, need in NEED_KWH_PER_M2.items()), pl.lit(0.0)) / pl.col("flats_total")
_FACTS: dict[str, pl.Expr] = {
    "district_heat_share": pl.col("flats_heatnet") / pl.col("flats_total"),
    "heat_need_kwh_per_head": _NEED * pl.col("residential_buildings_area_total") * 1000 / pl.col("people"),
    "traffic_area_m2_per_head": pl.col("land_traffic") * 10_000 / pl.col("people"),
    "commercial_area_m2_per_head": pl.col("settlement_ghd") * 10_000 / pl.col("people"),
    # no listed works is a zero of the list, not an unknown
    "industry_t_per_head": pl.col("works_t").fill_null(0.0) / pl.col("people"),
}


def _read(folder: Path, name: str) -> pl.DataFrame:
    plain, packed = folder / f"{name}.csv", folder / f"{name}.csv.gz"
    content = plain.read_bytes() if plain.exists() else gzip.decompress(packed.read_bytes())
    return pl.read_csv(content, schema_overrides={"ags": pl.String}, infer_schema_length=None)


def _industry(folder: Path) -> pl.DataFrame:
    table = _read(folder, "industry_facilites_2021")
    branches = [name for name in table.columns if re.match(r"(chem|metal|miner|other)_", name)]
    return table.group_by("ags").agg(pl.sum_horizontal(branches).sum().alias("works_t"))


def attach_context(context: GermanContext, *, city: pl.DataFrame, structure: pl.DataFrame) -> pl.DataFrame:
    """The local facts under the ids a release uses.

    A city of the release without the municipal code in its id is taken to be the one municipality of its name, where
    their inhabitants agree; others stay unknown.

    Returns
    -------
    ``city``, ``variable``, ``value``.
    """
    known = city.filter(pl.col("country") == "DE").select("city", "name")
    by_code = known.join(context.fact.select("city").unique(), on="city", how="semi")
    latest = (
        structure.filter(pl.col("variable").cast(pl.String) == "population")
        .sort("city", "year")
        .group_by("city", maintain_order=True)
        .agg(pl.col("value").last().alias("counted"))
    )
    named = context.place.with_columns(_short(pl.col("name")).alias("short"))
    once = named.filter(pl.len().over("short") == 1).rename({"city": "code"}).select("code", "short", "people")
    others = known.join(by_code, on="city", how="anti").with_columns(_short(pl.col("name")).alias("short"))
    pairs = (
        others.filter(pl.len().over("short") == 1)
        .join(once, on="short")
        .join(latest, on="city")
        .filter((pl.col("counted") / pl.col("people") - 1).abs() < NEAR_PEOPLE)
    )
    more = context.fact.rename({"city": "code"}).join(pairs.select("city", "code"), on="code").select("city", "variable", "value")
    return pl.concat([context.fact.select("city", "variable", "value"), more])


def find_municipality(context: GermanContext, text: str) -> str | None:
    """The id of a municipality by its code or its name; None unless exactly one is called so."""
    code = text.strip().removeprefix("DE-")
    by_code = context.place.filter(pl.col("city") == f"DE-{code}")
    if by_code.height:
        return str(by_code["city"][0])
    wanted = text.strip().split(",")[0].casefold()
    found = context.place.filter(_short(pl.col("name")) == wanted)
    return str(found["city"][0]) if found.height == 1 else None


def table_of_municipality(context: GermanContext, city: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """A municipality as rows of the tables city (``city``, ``name``, ``country``) and structure (population, area, density)."""
    row = context.place.filter(pl.col("city") == city).row(0, named=True)
    known = {"population": float(row["people"]), "area_km2": row["area_km2"]}
    if row["area_km2"]:
        known["density"] = row["people"] / row["area_km2"]
    structure = pl.DataFrame(
        {"city": [city] * len(known), "variable": list(known), "value": list(known.values())},
        schema={"city": pl.String, "variable": pl.String, "value": pl.Float64},
    )
    told = {"year": context.year, "source": context.source, "basis": "municipality"}
    structure = structure.with_columns(pl.lit(value).alias(name) for name, value in told.items())
    return pl.DataFrame({"city": [city], "name": [row["name"].split(",")[0]], "country": ["DE"]}), structure


def _short(name: pl.Expr) -> pl.Expr:
    """A name without what follows its comma, in small letters."""
    return name.str.split(",").list.first().str.strip_chars().str.to_lowercase()
