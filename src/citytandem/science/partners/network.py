"""What could every city of a network learn from every other: the benefits of one search for partners, for all pairs at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from citytandem.science.partners.benefit import add_up, learn_measures, learn_topics, share_need
from citytandem.tables.network import Lead

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import dataframely as dy


def learn_from_all(
    *,
    closeness: Mapping[str, pl.DataFrame],
    size: Callable[[str], pl.DataFrame | None],
    stages: pl.DataFrame,
    standing: Callable[[str], pl.DataFrame],
) -> dy.DataFrame[Lead]:
    """Leads in both directions between all cities of a network, each learner seen from its own balance.

    Parameters
    ----------
    closeness
        For each city of the network: city, similarity, differs of the others, as ``measure_closeness`` gives them.
    size
        Gives ``size_measures`` of a city, or None where its needs are not known. Asked once for each city that could
        learn a measure from another.
    stages
        Rows of ``fold_stages``; those of other cities are left out.
    standing
        Gives the rows of ``read_standing`` for a city and the others; empty without a balance.

    Returns
    -------
    :class:`~citytandem.tables.network.Lead`, by learner, giver, kind and subject. A pair without a row: nothing is known
    to learn, which is not the same as nothing to learn.
    """
    mine = stages.filter(pl.col("city").is_in(list(closeness)))
    found = [pl.DataFrame(schema=Lead.create_empty().schema)]
    for learner in sorted(closeness):
        told = [_take_over(learner, mine=mine, near=closeness[learner], size=size), _talk_about(learner, standing=standing)]
        found.append(pl.concat(told, how="diagonal_relaxed").with_columns(pl.lit(learner).alias("learner")))
    joined = pl.concat(found, how="diagonal_relaxed")
    return Lead.cast(joined.select(Lead.column_names()).sort("learner", "giver", "kind", "subject"))


def _take_over(
    learner: str, *, mine: pl.DataFrame, near: pl.DataFrame, size: Callable[[str], pl.DataFrame | None]
) -> pl.DataFrame:
    own, others = mine.filter(pl.col("city") == learner), mine.filter(pl.col("city") != learner)
    nothing = pl.DataFrame(schema={"measure": pl.String, **dict.fromkeys(("need_low", "need_high", "route_factor"), pl.Float64)})
    done = learn_measures(need=nothing, learner=own, givers=others, closeness=near)
    if done.height and (sized := size(learner)) is not None:
        done = learn_measures(need=share_need(sized), learner=own, givers=others, closeness=near)
    return done.rename({"city": "giver"})


def _talk_about(learner: str, *, standing: Callable[[str], pl.DataFrame]) -> pl.DataFrame:
    known = standing(learner)
    years = known.select("city", pl.col("outcome").cast(pl.String).alias("subject"), "year")
    own = years.filter(pl.col("city") == learner).select("subject", pl.col("year").alias("learner_year"))
    topics = learn_topics(known, city=learner).filter(pl.col("direction") == "gets").drop("direction")
    return (
        topics.join(years.rename({"year": "giver_year"}), on=["city", "subject"], how="left")
        .join(own, on="subject", how="left")
        .rename({"city": "giver"})
    )


def add_up_pairs(leads: pl.DataFrame) -> pl.DataFrame:
    """The benefit of each learner from each giver: need x lead x transfer over its measures, at least and at most.

    Returns
    -------
    Learner, giver, benefit_low, benefit_high: shares of the learner's open need; null where no published measure with a
    number stands behind the lead, a topic alone for instance.
    """
    together = leads.with_columns(pl.concat_str("learner", "giver", separator=" ").alias("city"))
    parts = pl.col("city").str.split_exact(" ", 1).struct
    summed = add_up(together).with_columns(parts.field("field_0").alias("learner"), parts.field("field_1").alias("giver"))
    return summed.select("learner", "giver", "benefit_low", "benefit_high").sort("learner", "giver")
