"""What a city cannot change soon: people, climate, area, grid, each with its year and the area it was measured for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from citytandem.release import identity
from citytandem.release.facts import read_facts
from citytandem.sources import geonames
from citytandem.sources.reading import Remark, shape
from citytandem.tables import Structure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from citytandem.release.cities import Cities

CLIMATE_WITHIN_KM = 15.0
REGION_PLACES = 5
REGION_SPREAD = 0.15
"""A region is one climate where nine tenths of its places lie within this share of the median degree days."""
PLAUSIBLE_TIMES = 1.6
"""Household CO2 per head differs less than this between municipalities of one prefecture in the allocation."""
GROWTH_YEARS = 5
WIKIDATA_YEAR = 2024
"""Year of the Wikidata snapshot: its areas carry no year of their own."""


def climate_rows(cities: Cities, place: pl.DataFrame) -> tuple[pl.DataFrame, list[Remark]]:
    """Climate of every city: its own place, else the nearest place within 15 km, else unknown."""
    own = cities.link.join(place, on="geonameid").with_columns(pl.lit("place").alias("basis"))
    missing = cities.city.join(own.select("city"), on="city", how="anti").drop_nulls("latitude")
    near = identity.nearest(missing, place.drop_nulls("latitude"), within_km=CLIMATE_WITHIN_KM)
    borrowed = near.join(place, on="geonameid").with_columns(pl.lit("place").alias("basis"))
    wards = _tokyo_wards(cities, place, known=pl.concat([own.select("city"), borrowed.select("city")]))
    local = pl.concat([own, borrowed, wards], how="diagonal")
    regional = _regional(cities, local)
    everything = pl.concat([local, regional], how="diagonal")
    numbers = everything.unpivot(on=list(geonames.CLIMATE), index=["city", "basis"], variable_name="variable")
    numbers = numbers.with_columns(pl.col("variable").replace_strict(geonames.CLIMATE)).drop_nulls("value")
    classes = everything.select("city", "basis", category="koppen", variable=pl.lit("koppen")).drop_nulls("category")
    rows = pl.concat([numbers, classes], how="diagonal")
    near_remark = Remark(
        code="climate_borrowed", rule="climate_of_nearest_place_within_15_km", where="structure: hdd, cdd, koppen",
        source=geonames.CLIMATE_SOURCE, before=f"{near.height + wards.height} municipalities without a place of 15,000 people",
        after="climate of the nearest place, basis place",
        reason="Degree days change little over 15 km in most land; municipalities farther away are left to the next rule.",
    )  # fmt: skip
    far_remark = Remark(
        code="climate_borrowed", rule="climate_of_region_where_its_places_agree", where="structure: hdd, cdd, koppen",
        source=geonames.CLIMATE_SOURCE, before=f"{regional.height} municipalities without a near place or without position",
        after="median of the region, basis state",
        reason=(
            "Where heating degree days of nine tenths of a region's places lie within 15 % of each other, their median holds "
            "for the rest of it; in other regions the climate of such municipalities stays unknown."
        ),
    )  # fmt: skip
    return shape(rows, Structure, year=geonames.CLIMATE_YEAR, source=geonames.CLIMATE_SOURCE), [near_remark, far_remark]


def _regional(cities: Cities, local: pl.DataFrame) -> pl.DataFrame:
    own = cities.city.filter((pl.col("boundary") == "municipality") & pl.col("state").is_not_null())
    known = own.select("city", "country", "state").join(local.drop("country", strict=False), on="city")
    region = known.group_by("country", "state").agg(
        pl.len().alias("places"), (pl.col("hdd18").quantile(0.95) - pl.col("hdd18").quantile(0.05)).alias("spread"),
        *(pl.col(column).median().round(1) for column in geonames.CLIMATE),
        pl.when(pl.col("koppen").n_unique() == 1).then(pl.col("koppen").first()).first().alias("koppen"),
    )  # fmt: skip
    agreed = region.filter((pl.col("places") >= REGION_PLACES) & (pl.col("spread") <= REGION_SPREAD * pl.col("hdd18")))
    lacking = own.join(local.select("city"), on="city", how="anti").select("city", "country", "state")
    return lacking.join(agreed, on=["country", "state"]).with_columns(pl.lit("state").alias("basis"))


def _tokyo_wards(cities: Cities, place: pl.DataFrame, *, known: pl.DataFrame) -> pl.DataFrame:
    # the 23 wards are codes 13101-13123; together they are the place GeoNames calls Tokyo
    wards = cities.city.filter(pl.col("city").str.contains(r"^JP-131\d\d$")).join(known, on="city", how="anti")
    tokyo = place.filter((pl.col("country") == "JP") & (pl.col("name") == "Tokyo")).head(1)
    return wards.select("city").join(tokyo, how="cross").with_columns(pl.lit("urban_area").alias("basis"))


def place_population(cities: Cities, gazetteer: pl.DataFrame, *, lines: pl.DataFrame) -> tuple[pl.DataFrame, list[Remark]]:
    """GeoNames population of every linked place; for Japan only where the allocation makes it plausible."""
    people = cities.link.join(gazetteer.select("geonameid", "population"), on="geonameid").filter(pl.col("population") > 0)
    doubtful = _doubtful_japan(people, lines=lines, cities=cities)
    people = people.join(doubtful, on="city", how="anti").rename({"population": "value"})
    remarks = [
        Remark(
            code="population_implausible", rule="place_population_not_taken", where="structure: population",
            source=geonames.SOURCE, city=row["city"], before=f"{row['population']:.0f} people at the place of this name",
            reason=(
                "Household CO2 per head of the allocation hardly differs inside a prefecture. With this population it would, "
                "so the place is not the whole municipality (or more than it)."
            ),
        )
        for row in doubtful.sort("city").iter_rows(named=True)
    ]  # fmt: skip
    # Danish, US and some German municipalities publish their own; a city centre is not the municipality
    rows = shape(people, Structure, variable="population", year=geonames.EXTRACT_YEAR, basis="place", source=geonames.SOURCE)
    return rows, remarks


def _doubtful_japan(people: pl.DataFrame, *, lines: pl.DataFrame, cities: Cities) -> pl.DataFrame:
    homes = lines.filter((pl.col("item") == "residential") & pl.col("balance").str.contains(".2019.", literal=True))
    homes = homes.select(pl.col("balance").str.split(".").list.first().alias("city"), "emissions_t")
    heads = people.join(homes, on="city").join(cities.city.select("city", "state"), on="city")
    heads = heads.with_columns((pl.col("emissions_t") / pl.col("population")).alias("per_head"))
    ratio = pl.col("per_head") / pl.col("per_head").median().over("state")
    return heads.filter(~ratio.is_between(1 / PLAUSIBLE_TIMES, PLAUSIBLE_TIMES)).select("city", "population")


def stated_population(frames: Sequence[tuple[pl.DataFrame, str]]) -> pl.DataFrame:
    """Populations municipalities or their publishers state, by year; the first publisher of a year wins."""
    rows = [
        frame.select("city", pl.col("year").cast(pl.Int16), pl.col("value").cast(pl.Float64), source=pl.lit(source))
        for frame, source in frames
    ]
    first = pl.concat(rows).unique(["city", "year"], keep="first", maintain_order=True)
    return shape(first, Structure, variable="population", basis="municipality")


def grid_rows(city: pl.DataFrame, factor: pl.DataFrame) -> pl.DataFrame:
    """The newest national electricity factor of each city's country."""
    newest = factor.sort("year").group_by("country", maintain_order=True).last().select("country", "year", value="kg_per_mwh")
    rows = city.select("city", "country").join(newest, on="country")
    return shape(rows, Structure, variable="grid_factor", basis="country", source="ember")


def growth_rows(population: pl.DataFrame) -> pl.DataFrame:
    """Mean yearly population change as a share, where two figures of one source lie five years or more apart."""
    same = population.filter(pl.col("basis") == "municipality").sort("city", "year")
    ends = same.group_by("city", "basis", pl.col("source").alias("from_source"), maintain_order=True).agg(
        pl.col("year").first().alias("from"), pl.col("year").last().alias("year"),
        pl.col("value").first().alias("before"), pl.col("value").last().alias("after"),
    )  # fmt: skip
    span = (pl.col("year") - pl.col("from")).cast(pl.Float64)
    ends = ends.with_columns(span.alias("span")).sort("span", "from_source", descending=[True, False])
    ends = ends.unique("city", keep="first", maintain_order=True)
    known = ends.filter((span >= GROWTH_YEARS) & (pl.col("before") > 0)).with_columns(
        ((pl.col("after") / pl.col("before")).log() / span).exp().sub(1).round(6).alias("value")
    )
    return shape(known, Structure, variable="growth", source="citytandem")


def density_rows(population: pl.DataFrame, area: pl.DataFrame) -> pl.DataFrame:
    """People per km2 of the municipality: the area with the population of the nearest year within ten."""
    pairs = area.select("city", "year", "basis", km2="value").join(
        population.filter(pl.col("basis") == "municipality").select("city", people="value", at="year"), on="city"
    )
    pairs = pairs.with_columns((pl.col("at") - pl.col("year")).abs().alias("apart")).filter(pl.col("apart") <= 10)
    best = pairs.sort("apart", "at").unique("city", keep="first", maintain_order=True)
    best = best.with_columns((pl.col("people") / pl.col("km2")).round(1).alias("value"))
    return shape(best, Structure, variable="density", source="citytandem")


def area_rows(stated: pl.DataFrame, items: pl.DataFrame) -> pl.DataFrame:
    """Areas in km2: official where tabulated, else as two sources agree (Nangini et al.), else as Wikidata holds them."""
    official = read_facts("city_areas").select("city", pl.col("year").cast(pl.Int16), value=pl.col("area_km2").cast(pl.Float64))
    official = shape(official, Structure, variable="area_km2", basis="municipality", source="destatis-area")
    stated = stated.join(official.select("city"), on="city", how="anti")
    items = items.join(official.select("city"), on="city", how="anti")
    reported = shape(stated.filter(pl.col("value") > 0), Structure, variable="area_km2", basis="municipality", source="nangini")
    others = items.join(stated.select("city"), on="city", how="anti")
    known = shape(others, Structure, variable="area_km2", year=WIKIDATA_YEAR, basis="municipality", source="wikidata")
    return pl.concat([official, reported, known])


def gdp_rows(gdp: pl.DataFrame) -> pl.DataFrame:
    """Output per head in purchasing-power dollars, of the urban area in most cases."""
    return shape(gdp, Structure, variable="gdp_per_head", basis="urban_area", source="nangini")


def merge(frames: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Put structure tables together; for one city, variable and year the first table wins."""
    return pl.concat(frames).unique(["city", "variable", "year"], keep="first", maintain_order=True)
