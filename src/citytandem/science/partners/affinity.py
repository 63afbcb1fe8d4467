"""What links two cities already, and what lies between them: ties, networks, languages, distance, clocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from citytandem.science.action.profile import LEAD_STAGE

if TYPE_CHECKING:
    from collections.abc import Sequence

EARTH_RADIUS_KM = 6371.0088
FIRMEST = ("partnership", "friendship", "project", "contact")
"""Where two cities have several ties the firmest is shown."""
NEAREST = 40
"""How many of the most alike cities are looked at for a lead."""


def choose_candidates(
    *, city: str, closeness: pl.DataFrame, tie: pl.DataFrame, stages: pl.DataFrame, nearest: int = NEAREST
) -> list[str]:
    """Whom to look at: the most alike cities, every city with a tie, and every city that publishes what it has done.

    Parameters
    ----------
    closeness
        City, similarity: the cities with a balance.
    tie, stages
        The tie table, and rows of ``fold_stages``.
    nearest
        How many of the most alike; ties of likeness are broken by id.
    """
    alike = closeness.filter(pl.col("city") != city).sort("similarity", "city", descending=[True, False], nulls_last=True)
    linked = find_ties(tie, city=city).get_column("city").to_list()
    telling = stages.filter(pl.col("lead_stage") >= LEAD_STAGE).get_column("city").to_list()
    return sorted({*alike.get_column("city").head(nearest), *linked, *telling} - {city})


def link_cities(
    *, city: str, others: Sequence[str], place: pl.DataFrame, tie: pl.DataFrame, membership: pl.DataFrame, language: pl.DataFrame
) -> pl.DataFrame:
    """Ties, shared networks and languages, distance and hours between one city and others.

    Parameters
    ----------
    place
        City, country, latitude, longitude, utc_offset_hours (null unknown).
    tie, membership
        Tables of the release.
    language
        Country, language: official languages, from a published list.

    Returns
    -------
    One row per other city: tie, tie_since, networks, languages, distance_km, timezone_hours. What is not known is null
    or an empty list.
    """
    wanted = pl.DataFrame({"city": sorted(set(others) - {city})}, schema={"city": pl.String})
    joined = (
        wanted.join(find_ties(tie, city=city), on="city", how="left")
        .join(_shared(membership.select("city", "network"), city=city, key="network", name="networks"), on="city", how="left")
        .join(_shared(_spoken(place, language=language), city=city, key="language", name="languages"), on="city", how="left")
        .join(_between(place, city=city), on="city", how="left")
    )
    return joined.with_columns(pl.col("networks", "languages").fill_null([])).sort("city")


def find_ties(tie: pl.DataFrame, *, city: str) -> pl.DataFrame:
    """The firmest tie of one city with each other: city, tie, tie_since."""
    mine = tie.filter((pl.col("city") == city) | (pl.col("other") == city)).select(
        pl.when(pl.col("city") == city).then("other").otherwise("city").alias("city"),
        pl.col("kind").cast(pl.String).alias("tie"),
        pl.col("since").alias("tie_since"),
    )
    order = {kind: place for place, kind in enumerate(FIRMEST)}
    firm = pl.col("tie").replace_strict(order, default=len(FIRMEST), return_dtype=pl.Int8)
    return mine.sort("city", firm, "tie_since", nulls_last=True).unique("city", keep="first", maintain_order=True)


def _shared(rows: pl.DataFrame, *, city: str, key: str, name: str) -> pl.DataFrame:
    mine = rows.filter(pl.col("city") == city).select(key).unique()
    both = rows.filter(pl.col("city") != city).join(mine, on=key)
    return both.group_by("city").agg(pl.col(key).unique().sort().alias(name))


def _spoken(place: pl.DataFrame, *, language: pl.DataFrame) -> pl.DataFrame:
    return place.select("city", "country").join(language.select("country", "language"), on="country").select("city", "language")


def _between(place: pl.DataFrame, *, city: str) -> pl.DataFrame:
    own = place.filter(pl.col("city") == city)
    if own.is_empty():
        return pl.DataFrame(schema={"city": pl.String, "distance_km": pl.Float64, "timezone_hours": pl.Float64})
    here = own.row(0, named=True)
    hours = (pl.col("utc_offset_hours") - pl.lit(here["utc_offset_hours"], dtype=pl.Float64)).abs()
    return place.filter(pl.col("city") != city).select(
        "city", _great_circle(here["latitude"], here["longitude"]).alias("distance_km"), hours.alias("timezone_hours")
    )


def _great_circle(latitude: float | None, longitude: float | None) -> pl.Expr:
    """Haversine on a sphere of mean radius; null where a position is not known."""
    one, two = pl.lit(latitude, dtype=pl.Float64).radians(), pl.col("latitude").radians()
    along = (pl.col("longitude") - pl.lit(longitude, dtype=pl.Float64)).radians()
    half = ((two - one) / 2).sin() ** 2 + one.cos() * two.cos() * (along / 2).sin() ** 2
    return 2 * EARTH_RADIUS_KM * half.clip(0.0, 1.0).sqrt().arcsin()
