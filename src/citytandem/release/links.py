"""Ties, targets and codes of others: joined to our cities by name, coordinates and people; what is not clear is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from citytandem.release.resolver import resolve
from citytandem.sources import nangini, net_zero_tracker, twin_towns, undata
from citytandem.sources.geonames import folded
from citytandem.sources.reading import Reading, Remark, shape
from citytandem.tables import Identifier, Tie

if TYPE_CHECKING:
    from collections.abc import Mapping

OTHER_AREA = 2.5
SAME_PEOPLE = 2
"""So many different populations, equal to the person, make a Wikidata item and a UN city one."""


def resolve_nangini(
    rows: pl.DataFrame, keys: pl.DataFrame, *, population: pl.DataFrame, people: pl.DataFrame
) -> tuple[Reading, list[Remark]]:
    """Give the rows of Nangini et al. our city ids and read them; rows about another area of the same name are left out.

    ``people`` has the city populations by year of the UN, ``population`` one GeoNames figure per city.
    """
    asked = rows.with_columns(
        pl.col("row").alias("key"), pl.coalesce("people_cdp", "people_carbonn", "people_pku").alias("people")
    )
    found = resolve(asked.drop_nulls("country"), keys, population=population)
    joined = rows.join(found.select(row="key", city="city"), on="row", how="left").sort("row")
    lost = joined.filter(pl.col("city").is_null())
    elsewhere = lost.with_columns(folded("name").alias("fold")).join(keys.select("fold", "country"), on=["fold", "country"])
    named_elsewhere = set(elsewhere["row"].to_list())
    remarks = [
        Remark(
            code="city_homonym" if row["row"] in named_elsewhere else "place_unmatched",
            rule="homonym_beyond_25_km_not_joined" if row["row"] in named_elsewhere else "unmatched_left_out",
            where="D_FINAL: City name", row=row["row"], source=nangini.SOURCE, before=f"{row['name']}, {row['country_name']}",
            reason="No city of this name lies within 25 km of the stated position, or several fit; nothing is guessed.",
        )
        for row in lost.iter_rows(named=True)
    ]  # fmt: skip
    same, others = _same_area(joined, people=people, population=population)
    return nangini.read(same), [*remarks, *others]


def _same_area(rows: pl.DataFrame, *, people: pl.DataFrame, population: pl.DataFrame) -> tuple[pl.DataFrame, list[Remark]]:
    series = people.group_by("city").agg(pl.col("value").median().alias("known"))
    known = population.join(series, on="city", how="full", coalesce=True)
    known = known.select("city", usual=pl.coalesce("known", "people"))
    own = pl.coalesce("people_cdp", "people_carbonn", "people_pku")
    compared = rows.join(known, on="city", how="left", maintain_order="left").with_columns(own.alias("own"))
    times = pl.max_horizontal(pl.col("own") / pl.col("usual"), pl.col("usual") / pl.col("own"))
    apart = compared.filter(times > OTHER_AREA)
    remarks = [
        Remark(
            code="boundary_mismatch", rule="balance_of_another_area_left_out", where="D_FINAL: population", row=row["row"],
            city=row["city"], source=nangini.SOURCE, before=f"{row['name']}: {row['own']:.0f} people, we know {row['usual']:.0f}",
            reason="The figures are about an area more than 2.5 times larger or smaller than the city of this name.",
        )
        for row in apart.iter_rows(named=True)
    ]  # fmt: skip
    return rows.join(apart.select("row"), on="row", how="anti", maintain_order="left"), remarks


def resolve_targets(rows: pl.DataFrame, keys: pl.DataFrame, *, population: pl.DataFrame) -> tuple[Reading, list[Remark]]:
    """Give the rows of the Net Zero Tracker our city ids and read them."""
    asked = rows.with_columns(pl.col("row").alias("key")).drop_nulls("country")
    found = resolve(asked, keys, population=population).rename({"key": "row"})
    single = found.join(rows.select("row"), on="row").sort("row").unique("city", keep="first", maintain_order=True)
    joined = rows.join(single.select("row", "city"), on="row", how="left").sort("row")
    return net_zero_tracker.read(joined), [_count(joined, "city", net_zero_tracker.SOURCE, "net_zero_tracker: name")]


def resolve_people(
    rows: pl.DataFrame, keys: pl.DataFrame, *, population: pl.DataFrame, countries: Mapping[str, str]
) -> pl.DataFrame:
    """Join the UN city populations: city, year, name, value; one UN city per city of ours."""
    names = rows.with_columns(pl.col("country_name").replace_strict(dict(countries), default=None).alias("country"))
    newest = names.drop_nulls("country").sort("year").group_by("country", "name", "state_asked", maintain_order=True).last()
    asked = newest.with_row_index("key").with_columns(pl.col("people").cast(pl.Float64))
    found = resolve(asked, keys, population=population)
    clear = found.filter(pl.len().over("city") == 1).join(asked.select("key", "country", "name", "state_asked"), on="key")
    on = ["country", "name", "state_asked"]
    joined = names.join(clear.select(*on, "city"), on=on, nulls_equal=True)
    people = joined.select("city", "year", "name", value="people")
    return people.sort("city", "year", "name").unique(["city", "year"], keep="first", maintain_order=True)


def romaji(city: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """Show Japanese cities by the name the UN list gives: GeoNames names some by the quarter of their town hall."""
    listed = (
        people.filter(pl.col("city").str.starts_with("JP-")).select("city", listed="name").unique("city", maintain_order=True)
    )
    joined = city.join(listed, on="city", how="left", maintain_order="left")
    other = folded("listed") != folded("name")
    return joined.with_columns(pl.when(other).then(pl.col("listed")).otherwise(pl.col("name")).alias("name")).drop("listed")


def same_items(people: pl.DataFrame, *, wikidata: Reading, cities: pl.DataFrame) -> pl.DataFrame:
    """Join Wikidata items to cities whose populations are equal to the person in several years: city, item, locode."""
    known = people.join(cities.select("city", "country"), on="city").select("city", "country", people="value")
    items = wikidata.tables["people"].with_columns(pl.col("locode").str.slice(0, 2).alias("country"))
    hits = known.unique().join(items.select("item", "locode", "country", "people").unique(), on=["country", "people"])
    counted = hits.group_by("city", "item", "locode").agg(pl.col("people").n_unique().alias("equal"))
    sure = counted.filter(pl.col("equal") >= SAME_PEOPLE)
    once = sure.filter((pl.col("item").n_unique().over("city") == 1) & (pl.col("city").n_unique().over("item") == 1))
    return once.sort("city", "locode").unique("city", keep="first", maintain_order=True)


def item_identifiers(same: pl.DataFrame) -> pl.DataFrame:
    """Wikidata and UN/LOCODE codes of the joined cities."""
    return pl.concat([
        shape(same.rename({"item": "value"}), Identifier, scheme="wikidata", source="wikidata"),
        shape(same.rename({"locode": "value"}), Identifier, scheme="locode", source="wikidata"),
    ])  # fmt: skip


def item_areas(same: pl.DataFrame, wikidata: Reading) -> tuple[pl.DataFrame, list[Remark]]:
    """Areas of the joined cities, where all values Wikidata holds for the item agree within a tenth."""
    rows = same.select("city", "item").join(wikidata.tables["area"].select("item", "km2").unique(), on="item")
    spread = (
        rows.filter(pl.col("km2") > 0)
        .group_by("city", "item")
        .agg(pl.col("km2").min().alias("low"), pl.col("km2").max().alias("high"), pl.col("km2").max().alias("value"))
    )
    agreed = spread.filter(pl.col("high") <= 1.1 * pl.col("low"))
    remarks = [
        Remark(
            code="areas_disagree", rule="area_left_unknown", where="wikidata_city_area", city=row["city"], source="wikidata",
            before=f"{row['low']:g} to {row['high']:g} km2",
            reason="Wikidata holds areas of different boundaries for the item; none is taken.",
        )
        for row in spread.join(agreed, on="city", how="anti").sort("city").iter_rows(named=True)
    ]  # fmt: skip
    return agreed.select("city", "value").sort("city"), remarks


def join_ties(pairs: pl.DataFrame, keys: pl.DataFrame, *, population: pl.DataFrame) -> tuple[pl.DataFrame, list[Remark]]:
    """Join both ends of every twin pair; a pair with one unclear end is counted and left out."""
    ends = []
    numbered = pairs.with_row_index("pair")
    for prefix, name in (("", "city"), ("other_", "other")):
        columns = {f"{prefix}{column}": column for column in ("name", "country", "latitude", "longitude", "state_asked")}
        asked = numbered.select("pair", *(pl.col(old).alias(new) for old, new in columns.items() if old in numbered.columns))
        places = asked.drop("pair").unique(maintain_order=True).with_row_index("key")
        found = resolve(places.drop_nulls("country"), keys, population=population)
        on = [column for column in places.columns if column != "key"]
        place = asked.join(places, on=on, nulls_equal=True).join(found.select("key", "city"), on="key")
        ends.append(place.select("pair", pl.col("city").alias(name)))
    both = numbered.join(ends[0], on="pair", how="left").join(ends[1], on="pair", how="left")
    known = both.filter(pl.col("city").is_not_null() & pl.col("other").is_not_null() & (pl.col("city") != pl.col("other")))
    ordered = known.with_columns(
        pl.min_horizontal("city", "other").alias("first"), pl.max_horizontal("city", "other").alias("second")
    ).drop("city", "other").rename({"first": "city", "second": "other"})  # fmt: skip
    # one line per pair: listed from both sides in either source counts as reciprocal
    ties = ordered.group_by("city", "other", maintain_order=True).agg(pl.col("reciprocal").max(), pl.col("source").sort().first())
    remarks = [
        _count(both.filter(pl.col("source") == source).with_columns(
            pl.when(pl.col("city").is_not_null()).then(pl.col("other")).alias("joined")), "joined", source, "both ends")
        for source in (twin_towns.WIKIDATA, twin_towns.WIKIPEDIA)
    ]  # fmt: skip
    return shape(ties, Tie, kind="partnership"), remarks


def _count(rows: pl.DataFrame, column: str, source: str, where: str) -> Remark:
    lost = rows[column].null_count()
    return Remark(
        code="place_unmatched", rule="unmatched_counted_never_guessed", where=where, source=source,
        before=f"{rows.height} rows", after=f"{rows.height - lost} joined, {lost} not",
        reason="A name is joined only where one city of the country is clearly meant; the others are left out.",
    )  # fmt: skip


POPULATION_SOURCE = undata.SOURCE
