"""Which of our cities is meant by a name in a country, perhaps with coordinates, a state or a population?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from citytandem.release.identity import CLEARLY_LARGER, NEAR_KM, distance_km
from citytandem.sources.geonames import folded

if TYPE_CHECKING:
    from citytandem.release.cities import Cities

WITHIN_TIMES = 4.0
"""A stated population may differ by this factor from ours and still be the same city (city against urban area)."""
WITHIN_TIMES_BY_ALIAS = 2.2
"""The same where only another name of the city fits: a small town may share an old name with a large city."""


def name_keys(cities: Cities, names: pl.DataFrame) -> pl.DataFrame:
    """Every folded name of every city with what tells homonyms apart.

    ``names`` is the name table; the result has fold, city, country, state, latitude, longitude, main, population.
    """
    heads = cities.city.select("city", "country", "state", "latitude", "longitude", main="name")
    keys = names.select("city", "name").join(heads, on="city").with_columns(folded("name").alias("fold"))
    return keys.drop("name").filter(pl.col("fold") != "").unique(["city", "fold"], maintain_order=True)


def resolve(asked: pl.DataFrame, keys: pl.DataFrame, *, population: pl.DataFrame) -> pl.DataFrame:
    """Find the one city meant by each asked row, or none.

    Parameters
    ----------
    asked
        Columns key, name, country and, where known, latitude, longitude, people, state.
    keys
        As from :func:`name_keys`.
    population
        city, people: one figure per city.

    Returns
    -------
    One row per asked row that is clear: key, city; with ``away_km`` where it was asked with coordinates.
    """
    wanted = asked.with_columns(folded("name").alias("fold")).rename({"latitude": "a_lat", "longitude": "a_lon"}, strict=False)
    for column in ("a_lat", "a_lon", "people"):
        if column not in wanted.columns:
            wanted = wanted.with_columns(pl.lit(None, pl.Float64).alias(column))
    if "state_asked" not in wanted.columns:
        wanted = wanted.with_columns(pl.lit(None, pl.String).alias("state_asked"))
    found = wanted.join(keys, on=["fold", "country"]).join(population.rename({"people": "ours"}), on="city", how="left")
    found = found.filter(pl.col("state_asked").is_null() | (pl.col("state_asked") == pl.col("state")))
    away = distance_km(
        found["a_lat"].to_numpy(), found["a_lon"].to_numpy(), to=(found["latitude"].to_numpy(), found["longitude"].to_numpy())
    )
    found = found.with_columns(pl.Series("away_km", away).fill_nan(None))
    near = pl.col("away_km").is_null() & pl.col("a_lat").is_null() | (pl.col("away_km") <= NEAR_KM)
    ratio = pl.col("people") / pl.col("ours")
    exact = folded("main") == pl.col("fold")
    times = pl.when(exact).then(WITHIN_TIMES).otherwise(WITHIN_TIMES_BY_ALIAS)
    alike = ratio.is_null() | ((ratio <= times) & (ratio * times >= 1)) | pl.col("a_lat").is_not_null()
    return _one_each(found.filter(near & alike)).select("key", "city", "away_km")


def _one_each(found: pl.DataFrame) -> pl.DataFrame:
    exact = (folded("main") == pl.col("fold")).cast(pl.Int8)
    ordered = found.with_columns(exact.alias("exact"), pl.col("ours").fill_null(0)).sort(
        ["exact", "ours", "city"], descending=[True, True, False], maintain_order=True
    )
    first = ordered.with_columns(
        pl.col("ours").first().over("key").alias("top"), pl.int_range(pl.len()).over("key").alias("place"),
        pl.col("exact").first().over("key").alias("top_exact"),
    )  # fmt: skip
    rivals = first.filter(
        (pl.col("place") > 0) & (pl.col("exact") == pl.col("top_exact")) & (pl.col("ours") * CLEARLY_LARGER >= pl.col("top"))
    )
    return first.filter(pl.col("place") == 0).join(rivals.select("key").unique(), on="key", how="anti")
