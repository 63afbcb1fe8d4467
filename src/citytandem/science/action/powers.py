"""What a local government may do here, and by which route it can bring a measure about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from citytandem.tables.results_action import PowerAnswer, Route

if TYPE_CHECKING:
    import dataframely as dy

PROPOSED = "P"
_ANSWER = ("matched", "level", "inherited", "reason", "law", "date", "mark", "source")


def answer_powers(
    power: pl.DataFrame,
    *,
    country: str,
    tier: str | None,
    base_tier: str | None,
    state: str | None = None,
    corrections: pl.DataFrame | None = None,
) -> dy.DataFrame[PowerAnswer]:
    """The level of every asset and dimension for one local government.

    A row is looked up under country, tier and state, then country and tier, then the base tier of the
    country. A correction by the city comes before all of them and is marked as such. An asset and
    dimension without a row was not assessed: its level is null, never zero.

    Parameters
    ----------
    power
        The powers table: country, tier, state, asset, dimension, level, reason, law, law_date,
        inherited_from, mark, source.
    country, tier, state
        Of the city; ``tier`` null when its kind of local government is not known.
    base_tier
        Tier whose rows stand in where this one has none; null when the country has none.
    corrections
        The city's own: asset, dimension, level, reason, law, date, source. Their mark is P.

    Returns
    -------
    One row per asset of the table and dimension, levels 0 to 3 or null.
    """
    grid = _every_question(power, corrections=corrections)
    candidates = _candidates(power, country=country, tier=tier, base_tier=base_tier, state=state)
    if corrections is not None and corrections.height:
        candidates = pl.concat([_as_candidates(corrections), candidates], how="diagonal_relaxed")
    best = candidates.sort("closeness", "asset", "dimension").unique(["asset", "dimension"], keep="first", maintain_order=True)
    found = grid.join(best, on=["asset", "dimension"], how="left").sort("asset", "dimension")
    return PowerAnswer.cast(found.select("asset", "dimension", *_ANSWER).with_columns(pl.col("inherited").fill_null(False)))


def _every_question(power: pl.DataFrame, *, corrections: pl.DataFrame | None) -> pl.DataFrame:
    assets = power.select("asset")
    if corrections is not None:
        assets = pl.concat([assets, corrections.select("asset")], how="vertical_relaxed")
    dimensions = pl.DataFrame({"dimension": ["own", "rule", "budget", "vision"]})
    return assets.unique().sort("asset").join(dimensions, how="cross")


def _candidates(power: pl.DataFrame, *, country: str, tier: str | None, base_tier: str | None, state: str | None) -> pl.DataFrame:
    at_home, at_tier = pl.col("country") == country, pl.col("tier") == (tier or base_tier or "")
    no_state = pl.col("state").is_null()
    matched = (
        pl.when(at_home & at_tier & (pl.col("state") == (state or "")))
        .then(pl.lit("state"))
        .when(at_home & at_tier & no_state)
        .then(pl.lit("tier") if tier else pl.lit("base_tier"))
        .when(at_home & (pl.col("tier") == (base_tier or "")) & no_state)
        .then(pl.lit("base_tier"))
    )
    closeness = {"state": 1, "tier": 2, "base_tier": 3}
    return (
        power.with_columns(pl.col("dimension").cast(pl.String), matched.alias("matched"))
        .filter(pl.col("matched").is_not_null())
        .with_columns(
            pl.col("matched").replace_strict(closeness, return_dtype=pl.Int8).alias("closeness"),
            (pl.col("inherited_from").is_not_null() | (pl.col("matched") == "base_tier")).alias("inherited"),
            pl.col("law_date").alias("date"),
            pl.col("mark").cast(pl.String),
            pl.col("level").cast(pl.Int8),
        )
        .select("asset", "dimension", "closeness", *_ANSWER)
    )


def _as_candidates(corrections: pl.DataFrame) -> pl.DataFrame:
    told = {
        name: pl.col(name) if name in corrections.columns else pl.lit(None, dtype=pl.String)
        for name in ("reason", "law", "date", "source")
    }
    return corrections.select(
        pl.col("asset"),
        pl.col("dimension").cast(pl.String),
        pl.lit(0, dtype=pl.Int8).alias("closeness"),
        pl.lit("correction").alias("matched"),
        pl.col("level").cast(pl.Int8),
        pl.lit(False).alias("inherited"),
        pl.lit(PROPOSED).alias("mark"),
        **{name: expression.cast(pl.String) for name, expression in told.items()},
    )


def find_routes(
    powers: pl.DataFrame, *, measures: pl.DataFrame, levers: pl.DataFrame, routes: pl.DataFrame
) -> dy.DataFrame[Route]:
    """The strongest route open for every measure, tested in the order do, rule, pay, shape, ask.

    Parameters
    ----------
    powers
        Answer of :func:`answer_powers`.
    measures
        Column measure: the catalogue.
    levers
        Measure, asset, dimension: the powers through which a measure can be carried out.
    routes
        Route, order, dimension, minimum_level, factor: the thresholds, our proposal (mark P).

    Returns
    -------
    One row per measure. ``ask`` is open to everyone. ``certain`` is false when a lever of a stronger
    route was not assessed; ``factor_high`` is then the factor of that route.
    """
    asking = routes.filter(pl.col("dimension").is_null()).row(0, named=True)
    ways = (
        levers.select("measure", "asset", pl.col("dimension").cast(pl.String))
        .unique()
        .join(routes.with_columns(pl.col("dimension").cast(pl.String), pl.col("route").cast(pl.String)).select(
            "route", "order", "dimension", "minimum_level", "factor"), on="dimension")
        .join(powers.with_columns(pl.col("dimension").cast(pl.String)), on=["asset", "dimension"], how="left")
    )  # fmt: skip
    first = ["measure", "order", pl.col("level").neg(), "asset"]
    open_ways = (
        ways.filter(pl.col("level") >= pl.col("minimum_level")).sort(first).unique("measure", keep="first", maintain_order=True)
    )
    hidden = ways.filter(pl.col("level").is_null()).group_by("measure").agg(pl.col("factor").max().alias("hidden_factor"))
    answer = measures.select("measure").unique().join(open_ways, on="measure", how="left").join(hidden, on="measure", how="left")
    return Route.cast(
        answer.with_columns(
            pl.col("route").fill_null(asking["route"]),
            pl.col("factor").fill_null(asking["factor"]),
            pl.lit(PROPOSED).alias("factor_mark"),
        )
        .with_columns(pl.max_horizontal("factor", "hidden_factor").alias("factor_high"))
        .with_columns((pl.col("factor_high") == pl.col("factor")).alias("certain"))
        .select(Route.column_names())
        .sort("measure"),
    )
