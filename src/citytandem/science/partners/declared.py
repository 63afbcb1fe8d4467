"""Which declared needs could another participant meet: by what it has published, by its figures, or by its own word?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from citytandem.science.action.profile import LEAD_STAGE
from citytandem.science.partners.benefit import LAST_STAGE
from citytandem.tables.network import Met

if TYPE_CHECKING:
    import dataframely as dy

ASKS_BELOW = LEAD_STAGE - 1
"""Who asks to learn a measure has not rolled it out: its own stage is at most this where it publishes none. [P]"""
WORD = 0.5
"""How well a need is met at most by a declared offer or a lead in a sector, which a published measure exceeds. [P]"""
WEAK = 0.25
"""The same for a lead between balances of which one was allocated from larger totals. [P]"""
SPEAK_FOR_CITY = ("city", "mayor", "expert")
"""Actors to whom the published record of their city belongs; others are known by their own words."""
SECTOR_OF_FIELD = {"buildings": "buildings", "transport": "transport", "waste": "waste"}


def meet_needs(
    declared: pl.DataFrame,
    *,
    candidates: pl.DataFrame,
    stages: pl.DataFrame,
    leads: pl.DataFrame,
    closeness: pl.DataFrame,
    fields: pl.DataFrame,
) -> dy.DataFrame[Met]:
    """Every declared need with every participant that could meet it, and how well, as a range.

    A declaration is weaker than evidence, and counts so:

    - a need met by a **published stage** of 3 or 4 with evidence counts lead x likeness. The learner's own stage is the
      published one, else anywhere from 0 to 2: who asks to learn a measure has not rolled it out.
    - a need met by a **declared offer** counts from nothing, as nobody has looked at it yet, to half x likeness.
    - a field met by **lower emissions in its sector** counts the same, and from nothing to a quarter where one of the two
      balances was allocated from larger totals.

    Likeness that is not known (somebody without a city) leaves the range open: from nothing to all of it.

    Parameters
    ----------
    declared
        Rows of :class:`~citytandem.tables.network.Declared`.
    candidates
        Participant, city, actor; the record of a city speaks for it, its mayor and its experts.
    stages, leads
        Rows of ``fold_stages`` and of :func:`~citytandem.science.partners.network.learn_from_all`.
    closeness
        Learner, giver (cities), similarity.
    fields
        Measure, field: the catalogue.

    Returns
    -------
    :class:`~citytandem.tables.network.Met`; of several measures in a field that was asked for the furthest one is named.
    """
    who = candidates.select("participant", "city", pl.col("actor").cast(pl.String))
    asked = declared.filter(pl.col("way").cast(pl.String) == "learns").select(
        pl.col("participant").alias("learner"), pl.col("kind").cast(pl.String), "subject"
    )
    asked = asked.join(
        who.select(pl.col("participant").alias("learner"), pl.col("city").alias("learner_city")), on="learner", how="left"
    )
    givers = who.select(
        pl.col("participant").alias("giver"), pl.col("city").alias("giver_city"), pl.col("actor").alias("giver_actor")
    )
    record = givers.filter(pl.col("giver_actor").is_in(SPEAK_FOR_CITY) & pl.col("giver_city").is_not_null())
    ways = [
        _by_stage(asked, record=record, stages=stages, fields=fields),
        _by_sector(asked, record=record, leads=leads),
        _by_offer(asked, declared=declared, givers=givers, fields=fields),
    ]
    near = closeness.select(pl.col("learner").alias("learner_city"), pl.col("giver").alias("giver_city"), "similarity")
    met = pl.concat(ways, how="diagonal_relaxed").filter(
        (pl.col("learner") != pl.col("giver")) & pl.col("learner_city").ne_missing(pl.col("giver_city"))
    )
    likely = met.join(near, on=["learner_city", "giver_city"], how="left").with_columns(
        pl.col("part_low") * pl.col("similarity").fill_null(0.0), pl.col("part_high") * pl.col("similarity").fill_null(1.0)
    )
    first = likely.sort("part_high", "part_low", "measure", descending=[True, True, False], nulls_last=True)
    one = first.unique(Met.primary_key(), keep="first", maintain_order=True)
    return Met.cast(one.select(Met.column_names()).sort(Met.primary_key()))


def _by_stage(asked: pl.DataFrame, *, record: pl.DataFrame, stages: pl.DataFrame, fields: pl.DataFrame) -> pl.DataFrame:
    done = stages.filter(pl.col("lead_stage") >= LEAD_STAGE).select(
        pl.col("city").alias("giver_city"), "measure", pl.col("lead_stage").alias("stage"), "source"
    )
    shown = record.join(done, on="giver_city").join(_plain(fields), on="measure", how="left")
    own = stages.select(pl.col("city").alias("learner_city"), "measure", "stage_low", "stage_high")
    met = _match_subjects(asked, shown=shown).join(own, on=["learner_city", "measure"], how="left")
    reached = pl.col("stage_high").cast(pl.Float64).fill_null(float(ASKS_BELOW))
    nothing = pl.col("stage_low").cast(pl.Float64).fill_null(0.0)
    return met.filter(pl.col("stage") > reached).with_columns(
        ((pl.col("stage") - reached) / LAST_STAGE).clip(0.0, 1.0).alias("part_low"),
        ((pl.col("stage") - nothing) / LAST_STAGE).clip(0.0, 1.0).alias("part_high"),
        pl.lit("stage").alias("met_by"),
        pl.lit("evidence").alias("strength"),
    )


def _by_sector(asked: pl.DataFrame, *, record: pl.DataFrame, leads: pl.DataFrame) -> pl.DataFrame:
    ahead = leads.filter(pl.col("kind").cast(pl.String) == "sector").select(
        pl.col("learner").alias("learner_city"),
        pl.col("giver").alias("giver_city"),
        pl.col("subject").alias("sector"),
        pl.col("strength").cast(pl.String),
        "source",
    )
    wanted = asked.filter(pl.col("kind") == "field").with_columns(
        pl.col("subject").replace_strict(SECTOR_OF_FIELD, default=None, return_dtype=pl.String).alias("sector")
    )
    most = pl.when(pl.col("strength") == "weak").then(WEAK).otherwise(WORD)
    return (
        wanted.join(ahead, on=["learner_city", "sector"])
        .join(record, on="giver_city")
        .with_columns(pl.lit(0.0).alias("part_low"), most.alias("part_high"), pl.lit("sector").alias("met_by"))
    )


def _by_offer(asked: pl.DataFrame, *, declared: pl.DataFrame, givers: pl.DataFrame, fields: pl.DataFrame) -> pl.DataFrame:
    offered = declared.filter(pl.col("way").cast(pl.String) == "offers").select(
        pl.col("participant").alias("giver"), pl.col("kind").cast(pl.String).alias("offered"), "subject"
    )
    named = pl.col("offered") == "measure"
    told = offered.with_columns(pl.when(named).then("subject").alias("measure")).join(_plain(fields), on="measure", how="left")
    shown = told.with_columns(pl.when(named).then("field").otherwise("subject").alias("field")).join(givers, on="giver")
    broad = asked.filter(pl.col("kind") == "measure").join(
        fields.select(pl.col("measure").alias("subject"), pl.col("field").cast(pl.String)), on="subject"
    )
    met = [
        _match_subjects(asked, shown=shown.drop("subject")),
        broad.join(shown.filter(~named).drop("subject", "measure"), on="field"),
    ]
    return pl.concat(met, how="diagonal_relaxed").with_columns(
        pl.lit(0.0).alias("part_low"),
        pl.lit(WORD).alias("part_high"),
        pl.lit("offer").alias("met_by"),
        pl.lit("declared").alias("strength"),
    )


def _plain(fields: pl.DataFrame) -> pl.DataFrame:
    return fields.select("measure", pl.col("field").cast(pl.String))


def _match_subjects(asked: pl.DataFrame, *, shown: pl.DataFrame) -> pl.DataFrame:
    """A measure that was asked for meets the same measure; a field meets every measure and offer in it."""
    measures = asked.filter(pl.col("kind") == "measure").join(
        shown.filter(pl.col("measure").is_not_null()), left_on="subject", right_on="measure"
    )
    fields = asked.filter(pl.col("kind") == "field").join(shown, left_on="subject", right_on="field")
    return pl.concat([measures.with_columns(pl.col("subject").alias("measure")), fields], how="diagonal_relaxed")
