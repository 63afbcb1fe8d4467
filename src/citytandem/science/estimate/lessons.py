"""What can be learned from: published outcomes per head beside the CO2 per head of their country in the same year."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from citytandem.science.estimate.interval import FEWEST

REACH_YEARS = 15
"""A balance further away in time teaches nothing; the country's own change in between is taken out. [P]"""
NATIONAL_YEARS = 3
"""A national figure further away in time than this is not used. [P]"""
SHARE_OF = "core"


def national_per_head(series: pl.DataFrame) -> pl.DataFrame:
    """Fossil CO2 per head of each country and year: ``country``, ``year``, ``national_t``.

    Parameters
    ----------
    series
        Table :class:`~citytandem.tables.Series`.
    """
    wide = series.filter(pl.col("indicator").is_in(["fossil_co2_t", "population_people"])).pivot(
        on="indicator", index=["area", "year"], values="value"
    )
    for name in ("fossil_co2_t", "population_people"):
        if name not in wide.columns:
            wide = wide.with_columns(pl.lit(None, pl.Float64).alias(name))
    known = wide.filter((pl.col("fossil_co2_t") > 0) & (pl.col("population_people") > 0))
    return known.select(
        pl.col("area").alias("country"),
        pl.col("year").cast(pl.Int32),
        (pl.col("fossil_co2_t") / pl.col("population_people")).alias("national_t"),
    ).sort("country", "year")


def find_national(national: pl.DataFrame, *, country: str, year: int) -> tuple[float, int] | None:
    """The figure of a country nearest to a year, and its year; None if none is near enough."""
    near = (
        national.filter(pl.col("country") == country)
        .with_columns((pl.col("year") - year).abs().alias("gap"))
        .filter(pl.col("gap") <= NATIONAL_YEARS)
        .sort("gap", "year")
    )
    return None if near.is_empty() else (float(near["national_t"][0]), int(near["year"][0]))


def collect_lessons(
    outcome: pl.DataFrame, *, balance: pl.DataFrame, city: pl.DataFrame, national: pl.DataFrame, year: int
) -> pl.DataFrame:
    """Of each city and outcome the published figure nearest to a year.

    Left out are balances that book electricity to its producers, or correct heat for the weather, and figures of zero.

    Parameters
    ----------
    outcome, balance
        From :class:`~citytandem.science.benchmark.prepare.Prepared`.
    city
        Table :class:`~citytandem.tables.City`.
    national
        From :func:`national_per_head`.
    year
        The year estimated.

    Returns
    -------
    One row per outcome and city, sorted by both: ``outcome``, ``city``, ``country``, ``state``, ``year``, ``method``,
    ``population``, ``per_head_t``, ``ratio`` (to the country's fossil CO2 per head), ``share`` (of the core of the same balance;
    null where unknown).
    """
    fit = balance.filter(~pl.col("weather_corrected").fill_null(False) & pl.col("user_based").fill_null(True))
    known = outcome.join(fit.select("balance"), on="balance", how="semi").with_columns(
        pl.col("outcome").cast(pl.String), pl.col("year").cast(pl.Int32)
    )
    core = known.filter(pl.col("outcome") == SHARE_OF).select("balance", pl.col("emissions_t").alias("core_t"))
    nearest = (
        known.filter(pl.col("per_head_t") > 0)
        .with_columns((pl.col("year") - year).abs().alias("gap"))
        .filter(pl.col("gap") <= REACH_YEARS)
        .sort("outcome", "city", "gap", "balance")
        .unique(["outcome", "city"], keep="first", maintain_order=True)
    )
    placed = nearest.join(city.select("city", "country", "state"), on="city", how="inner").join(core, on="balance", how="left")
    return (
        placed.sort("year")
        .join_asof(
            national.sort("year"),
            on="year",
            by="country",
            strategy="nearest",
            tolerance=NATIONAL_YEARS,
            check_sortedness=False,
        )
        .filter(pl.col("national_t").is_not_null())
        .select(
            "outcome",
            "city",
            "country",
            "state",
            "year",
            "method",
            "population",
            "per_head_t",
            (pl.col("per_head_t") / pl.col("national_t")).alias("ratio"),
            pl.when(pl.col("core_t") > 0).then(pl.col("emissions_t") / pl.col("core_t")).alias("share"),
        )
        .sort("outcome", "city")
    )


def name_families(countries: Sequence[str], *, states: Sequence[str | None], known: Sequence[bool]) -> list[str]:
    """Which cities teach each other: those of a country; a state with two thirds of its published cities is a family of its own.

    Otherwise the suburbs of one region would speak for a whole continent.

    Parameters
    ----------
    countries, states
        Of each city; shape (n,).
    known
        Is the outcome published for it?

    >>> name_families(["US"] * 6 + ["DK"], states=["MN"] * 5 + ["TX", None], known=[True] * 5 + [False, True])
    ['US-MN', 'US-MN', 'US-MN', 'US-MN', 'US-MN', 'US', 'DK']
    """
    frame = pl.DataFrame({"country": list(countries), "state": list(states), "known": list(known)}, schema=_PLACES)
    counts = frame.filter("known").group_by("country", "state").len("here")
    total = counts.group_by("country").agg(pl.col("here").sum().alias("all"))
    most = counts.join(total, on="country").filter(
        pl.col("state").is_not_null() & (pl.col("here") * 3 > pl.col("all") * 2) & (pl.col("all") >= FEWEST)
    )
    apart = {(country, state) for country, state in most.select("country", "state").iter_rows()}
    return [
        f"{country}-{state}" if (country, state) in apart else country for country, state in zip(countries, states, strict=True)
    ]


_PLACES = {"country": pl.String, "state": pl.String, "known": pl.Boolean}
