"""What does each participant of a programme gain from each other, as one range per direction?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from citytandem.science.partners.declared import SPEAK_FOR_CITY
from citytandem.science.partners.network import add_up_pairs
from citytandem.tables.matching import Gain

if TYPE_CHECKING:
    import dataframely as dy


def fold_gains(*, candidates: pl.DataFrame, declared: pl.DataFrame, leads: pl.DataFrame, met: pl.DataFrame) -> dy.DataFrame[Gain]:
    """One range per learner and giver: from published figures, from what was asked for, or both.

    By figures: the share of the learner's open need (in t CO2e a year) that the giver's published measures could help with,
    as in a search for partners. By its own words: the mean over all needs the learner declares of how well the giver meets
    each. The two are never added, as they speak of the same measures: each end is the larger of the two. A pair
    of which only topics are known, and which nobody asked for, has no row: its gain is not known, and not zero.

    Parameters
    ----------
    candidates
        Participant, city, actor.
    declared
        Rows of :class:`~citytandem.tables.network.Declared`.
    leads, met
        Answers of ``learn_from_all`` and ``meet_needs``.

    Returns
    -------
    :class:`~citytandem.tables.matching.Gain`; mark S where something published stands behind it, P for mere words.
    """
    both = pl.concat([_by_figures(candidates, leads=leads), _by_words(declared, met=met)], how="diagonal_relaxed")
    folded = both.group_by("learner", "giver").agg(
        pl.col("gain_low").max(),
        pl.col("gain_high").max(),
        pl.when(pl.col("shown").any()).then(pl.lit("S")).otherwise(pl.lit("P")).alias("mark"),
    )
    return Gain.cast(folded.select(Gain.column_names()).sort("learner", "giver"))


def _by_figures(candidates: pl.DataFrame, *, leads: pl.DataFrame) -> pl.DataFrame:
    speaking = candidates.filter(pl.col("actor").cast(pl.String).is_in(SPEAK_FOR_CITY) & pl.col("city").is_not_null())
    summed = add_up_pairs(leads).drop_nulls("benefit_high")
    learners = speaking.select(pl.col("city").alias("learner"), pl.col("participant").alias("who_learns"))
    givers = speaking.select(pl.col("city").alias("giver"), pl.col("participant").alias("who_gives"))
    return (
        summed.join(learners, on="learner")
        .join(givers, on="giver")
        .select(
            pl.col("who_learns").alias("learner"),
            pl.col("who_gives").alias("giver"),
            pl.col("benefit_low").alias("gain_low"),
            pl.col("benefit_high").alias("gain_high"),
            pl.lit(value=True).alias("shown"),
        )
    )


def _by_words(declared: pl.DataFrame, *, met: pl.DataFrame) -> pl.DataFrame:
    asked = declared.filter(pl.col("way").cast(pl.String) == "learns").group_by("participant").len("needs")
    best = met.group_by("learner", "giver", "kind", "subject").agg(
        pl.col("part_low").max(), pl.col("part_high").max(), (pl.col("met_by").cast(pl.String) != "offer").any().alias("shown")
    )
    summed = best.group_by("learner", "giver").agg(pl.col("part_low", "part_high").sum(), pl.col("shown").any())
    return summed.join(asked, left_on="learner", right_on="participant").select(
        "learner",
        "giver",
        (pl.col("part_low") / pl.col("needs")).alias("gain_low"),
        (pl.col("part_high") / pl.col("needs")).alias("gain_high"),
        "shown",
    )
