"""How far a city has come: the stage of each measure, and the profile of its fields with coverage."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from citytandem.science.assessment.levels import average_categories, cover, level_criteria
from citytandem.tables.assessment import WHOLE
from citytandem.tables.results_action import MeasureStage, Profile

if TYPE_CHECKING:
    import dataframely as dy

RECALLED = "K"
LEAD_STAGE = 3
"""From this stage on a city counts as one that has done it."""


def fold_stages(stage: pl.DataFrame) -> dy.DataFrame[MeasureStage]:
    """The stage of each measure of each city, where several items of its plan map to one measure.

    The value is the lower median of the rated items: one finished pilot among many untouched items is not
    a rollout, and one neglected item does not undo one. The range from the least to the most advanced item
    is kept, and with it the item to ask about: the most advanced one with evidence in its source. A recalled row
    (mark K) is never evidence. Of several assessments only those of the measure's newest year count; rows without a
    year count only where no row has one. Items without a rating move nothing; they lower ``rated`` against ``items``.

    Parameters
    ----------
    stage
        The stage table of a release: city, measure, item, title, stage (0-4 or null), evidence, mark, source.

    Returns
    -------
    One row per city and measure.
    """
    newest = pl.col("year").eq_missing(pl.col("year").max().over("city", "measure"))
    plain = stage.filter(newest).with_columns(pl.col("mark").cast(pl.String)).sort("city", "measure", "item")
    rated = pl.col("stage").drop_nulls()
    folded = plain.group_by("city", "measure", maintain_order=True).agg(
        rated.sort().get((rated.len() - 1) // 2, null_on_oob=True).alias("stage"),
        pl.col("stage").min().alias("stage_low"),
        pl.col("stage").max().alias("stage_high"),
        pl.len().cast(pl.Int32).alias("items"),
        rated.len().cast(pl.Int32).alias("rated"),
    )
    told = plain.filter(pl.col("stage").is_not_null() & (pl.col("mark") != RECALLED) & pl.col("evidence").is_not_null())
    lead = (
        told.sort("city", "measure", pl.col("stage").neg(), "item")
        .unique(["city", "measure"], keep="first", maintain_order=True)
        .select(
            "city",
            "measure",
            pl.col("title").alias("lead_item"),
            pl.col("evidence").alias("lead_evidence"),
            pl.col("stage").alias("lead_stage"),
            "mark",
            "source",
        )
    )
    joined = folded.join(lead, on=["city", "measure"], how="left", maintain_order="left")
    return MeasureStage.cast(joined.select(MeasureStage.column_names()))


def draw_profile(stages: pl.DataFrame, *, criteria: pl.DataFrame, criterion_measures: pl.DataFrame) -> dy.DataFrame[Profile]:
    """The activity profile of one city: fields and their rows, each with its coverage; one framework of the assessment engine.

    A value is the mean over the measures whose stage is known. An unknown measure is left out of the sum and
    of the number it is divided by, so it acts neither as zero nor as a half; ``coverage`` says how much is known.

    Parameters
    ----------
    stages
        Rows of one city from :func:`fold_stages`.
    criteria
        Criterion, category, weight_low, weight_high: the criteria of the framework ``activity_2026``.
    criterion_measures
        Criterion, measure: what counts under which row.

    Returns
    -------
    One row per row of the profile, and one per field (row ``all``) as the weighted mean of its known rows.
    """
    weight = ((pl.col("weight_low") + pl.col("weight_high")) / 2).alias("weight")
    under = criteria.select(pl.lit("").alias("subject"), "criterion", "category", weight).join(
        criterion_measures.select("criterion", pl.col("measure").alias("part")).unique(), on="criterion", how="left"
    )
    known = under.join(
        stages.select(
            pl.col("measure").alias("part"),
            pl.col("stage").alias("level"),
            pl.col("stage_low").alias("least"),
            pl.col("stage_high").alias("most"),
        ),
        on="part",
        how="left",
    ).with_columns(pl.col("least").fill_null(0).alias("low"), pl.col("most").fill_null(4).alias("high"))
    rows = level_criteria(known)
    whole = pl.concat([rows, average_categories(rows).with_columns(pl.lit(WHOLE).alias("criterion"))], how="diagonal")
    named = whole.with_columns(cover()).rename(
        {
            "category": "field",
            "criterion": "row",
            "level": "stage",
            "least": "stage_low",
            "most": "stage_high",
            "parts": "measures",
        }
    )
    return Profile.cast(named.select(Profile.column_names()).sort("field", "row"))


def bound_done(stages: pl.DataFrame, *, measures: pl.DataFrame, implemented: pl.DataFrame) -> pl.DataFrame:
    """The share of each measure that is done already, as a range.

    Parameters
    ----------
    stages
        Rows of one city from :func:`fold_stages`.
    measures
        Column measure: the catalogue.
    implemented
        Stage, share: which share counts as done at each stage, our proposal (mark P).

    Returns
    -------
    Measure, stage, implemented_low, implemented_high. From the least to the most advanced item. Where no item
    is rated, or fewer than half of them, the range is the widest there is: from nothing to the share of stage 4.
    """
    share = {row["stage"]: row["share"] for row in implemented.iter_rows(named=True)}
    widest = (min(share.values()), max(share.values()))
    joined = measures.select("measure").unique().join(stages, on="measure", how="left").sort("measure")
    told = pl.col("stage").is_not_null() & (pl.col("rated") * 2 >= pl.col("items"))
    return joined.select(
        "measure",
        pl.col("stage"),
        pl.when(told)
        .then(pl.col("stage_low").replace_strict(share, default=None, return_dtype=pl.Float64))
        .otherwise(widest[0])
        .alias("implemented_low"),
        pl.when(told)
        .then(pl.col("stage_high").replace_strict(share, default=None, return_dtype=pl.Float64))
        .otherwise(widest[1])
        .alias("implemented_high"),
    )
