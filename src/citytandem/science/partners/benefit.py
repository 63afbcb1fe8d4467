"""What could one city learn from another: measures seen to be done, and sectors in which the other emits less."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from citytandem.science.action.profile import LEAD_STAGE

if TYPE_CHECKING:
    from collections.abc import Collection

TOPICS = ("buildings", "transport", "waste")
"""Sectors that are one subject of talk each; overlapping outcomes would count a lead twice. Industry is none: its emissions tell
which works stand in a city, not how well it does."""
LAST_STAGE = 4


def share_need(sized: pl.DataFrame) -> pl.DataFrame:
    """Each measure's share of all that a city could still save, at least and at most.

    Parameters
    ----------
    sized
        Measure, remaining_low_t, remaining_high_t, route_factor of one city, from ``size_measures``.

    Returns
    -------
    Measure, need_low, need_high, route_factor. Low: the measure saves least and all others most; high the other way
    round. Null where the measure has no number: its share is not known, and nothing is put in its place.
    """
    low, high = pl.col("remaining_low_t"), pl.col("remaining_high_t")
    return sized.select(
        "measure",
        _ratio(low, low + high.sum() - high).alias("need_low"),
        _ratio(high, high + low.sum() - low).alias("need_high"),
        "route_factor",
    )


def _ratio(part: pl.Expr, whole: pl.Expr) -> pl.Expr:
    return pl.when(part.is_not_null()).then(pl.when(whole > 0).then(part / whole).otherwise(0.0))


def learn_measures(*, need: pl.DataFrame, learner: pl.DataFrame, givers: pl.DataFrame, closeness: pl.DataFrame) -> pl.DataFrame:
    """Measures a learner could take over from cities that have done them (stage 3 or 4 with evidence).

    Parameters
    ----------
    need
        Answer of :func:`share_need` for the learner.
    learner
        The learner's rows of ``fold_stages``; may be empty.
    givers
        Rows of ``fold_stages`` of all possible givers.
    closeness
        City, similarity: how alike each giver is to the learner. Without it the transfer is not known.

    Returns
    -------
    City (the giver), subject (measure), need, lead and transfer with their ends, stage, item, evidence, mark, source.
    The lead is the difference of stages over four; an unknown stage of the learner leaves it anywhere from none
    to the giver's own stage. A measure in which the learner is as far is no lead.
    """
    done = givers.filter(pl.col("lead_stage") >= LEAD_STAGE)
    own = learner.select("measure", pl.col("stage_low").alias("own_low"), pl.col("stage_high").alias("own_high"))
    stage = pl.col("lead_stage").cast(pl.Float64)
    reached = pl.col("own_high").cast(pl.Float64).fill_null(float(LAST_STAGE))
    nothing = pl.col("own_low").cast(pl.Float64).fill_null(0.0)
    return (
        done.join(own, on="measure", how="left")
        .join(need, on="measure", how="left")
        .join(closeness.select("city", "similarity"), on="city", how="left")
        .with_columns(
            ((stage - reached) / LAST_STAGE).clip(0.0, 1.0).alias("lead_low"),
            ((stage - nothing) / LAST_STAGE).clip(0.0, 1.0).alias("lead_high"),
            (pl.col("similarity") * pl.col("route_factor")).alias("transfer"),
        )
        .filter((pl.col("lead_high") > 0) & (pl.col("own_high").is_null() | (pl.col("own_high") < pl.col("lead_stage"))))
        .select(
            "city",
            pl.col("measure").alias("subject"),
            "need_low",
            "need_high",
            "lead_low",
            "lead_high",
            "transfer",
            pl.col("lead_stage").alias("stage"),
            pl.col("lead_item").alias("item"),
            pl.col("lead_evidence").alias("evidence"),
            pl.lit("evidence").alias("strength"),
            pl.lit("stage").alias("kind"),
            pl.col("mark").cast(pl.String),
            "source",
        )
    )


def add_up(exchanges: pl.DataFrame) -> pl.DataFrame:
    """The benefit of each giver: need x lead x transfer over its measures, at least and at most.

    Returns
    -------
    City, benefit_low, benefit_high: shares of the learner's open need, 0 to 1. A measure without a number adds nothing
    to either end and stays listed; where no measure has a number, the benefit is not known and null.
    """
    low, high = (pl.col(f"need_{end}") * pl.col(f"lead_{end}") * pl.col("transfer") for end in ("low", "high"))
    return exchanges.group_by("city").agg(_sum_known(low).alias("benefit_low"), _sum_known(high).alias("benefit_high"))


def _sum_known(part: pl.Expr) -> pl.Expr:
    """The sum of what is known, at most 1; null where nothing is."""
    return pl.when(part.is_not_null().any()).then(part.sum().clip(0.0, 1.0))


def learn_topics(standing: pl.DataFrame, *, city: str, topics: Collection[str] = TOPICS) -> pl.DataFrame:
    """Sectors in which another city emits less than this one, and this one less than another.

    A lead in a sector is a topic for a first talk, never the effect of a measure. Three things must hold: the gate lets the
    two be compared; the 90 % interval of the difference does not reach zero (independent errors: root of squares); and the
    leading city emits less than expected for a city built like it, so that mere difference of structure is no lead. Where
    the expected value is not known, or one of the two balances is allocated from larger totals, the lead is only weak.

    Parameters
    ----------
    standing
        City, outcome, value, low, high, expected (t CO2e per head; null unknown), status (what the gate says of the pair
        with the asking city), top_down, source. The asking city is among the cities.

    Returns
    -------
    City (the other), direction (gets: we learn; gives: they learn), subject (outcome), values, gap, strength, source.
    """
    known = standing.filter(pl.col("outcome").cast(pl.String).is_in(list(topics)) & pl.col("value").is_not_null())
    told = ["value", "low", "high", "expected", "top_down", "source"]
    own = known.filter(pl.col("city") == city).select("outcome", *(pl.col(name).alias(f"own_{name}") for name in told))
    pairs = known.filter((pl.col("city") != city) & (pl.col("status").cast(pl.String) != "not")).join(own, on="outcome")
    both = [
        _leads(pairs, direction="gets", giver="", learner="own_"),
        _leads(pairs, direction="gives", giver="own_", learner=""),
    ]
    return pl.concat(both)


def _leads(pairs: pl.DataFrame, *, direction: str, giver: str, learner: str) -> pl.DataFrame:
    above, below = pl.col(f"{learner}value") - pl.col(f"{learner}low"), pl.col(f"{giver}high") - pl.col(f"{giver}value")
    gap = pl.col(f"{learner}value") - pl.col(f"{giver}value") - (above**2 + below**2).sqrt()
    unusual = (pl.col(f"{giver}value") < pl.col(f"{giver}expected")).fill_null(value=True)
    weak = pl.col("top_down") | pl.col("own_top_down") | pl.col(f"{giver}expected").is_null()
    return pairs.filter((gap > 0) & unusual).select(
        "city",
        pl.lit(direction).alias("direction"),
        pl.col("outcome").cast(pl.String).alias("subject"),
        pl.col(f"{learner}value").alias("learner_t_per_head"),
        pl.col(f"{giver}value").alias("giver_t_per_head"),
        gap.alias("gap_t_per_head"),
        pl.when(weak).then(pl.lit("weak")).otherwise(pl.lit("topic")).alias("strength"),
        pl.lit("sector").alias("kind"),
        pl.lit("S").alias("mark"),
        pl.col(f"{giver}source").alias("source"),
    )
