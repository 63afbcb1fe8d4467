"""What level has a criterion, and what level a category: means over what is known, with what is unknown left out."""

from __future__ import annotations

import polars as pl

from citytandem.tables.assessment import WHOLE

TOP = 4.0
BOUNDS = ("level", "least", "most")


def lay_out_parts(criteria: pl.DataFrame, *, criterion_measures: pl.DataFrame) -> pl.DataFrame:
    """What each criterion is asked by: its measures, or itself where it has none.

    Parameters
    ----------
    criteria
        Column criterion.
    criterion_measures
        Criterion, measure.

    Returns
    -------
    Criterion, part; one row per measure that counts under a criterion, and one with part ``all`` per criterion without.
    """
    joined = criteria.select("criterion").join(
        criterion_measures.select("criterion", pl.col("measure").alias("part")).unique(), on="criterion", how="left"
    )
    return joined.with_columns(pl.col("part").fill_null(WHOLE))


def level_criteria(parts: pl.DataFrame) -> pl.DataFrame:
    """The level of each criterion of each subject: the mean over its known parts.

    Parameters
    ----------
    parts
        One row per subject, criterion and part that applies, with category and weight; ``part`` null where a criterion has
        nothing it could be asked by; ``level``, ``least`` and ``most`` null where unknown, ``low`` and ``high`` never.

    Returns
    -------
    Per subject and criterion: category, weight; ``level``, ``least`` and ``most`` over known parts; ``low`` and ``high``
    over all parts; ``known`` and ``parts`` as counts.
    """
    return parts.group_by("subject", "category", "criterion").agg(
        pl.col("weight").first(),
        *(pl.col(name).cast(pl.Float64).mean() for name in BOUNDS),
        *(pl.col(name).cast(pl.Float64).mean() for name in ("low", "high")),
        pl.col("level").is_not_null().sum().alias("known"),
        pl.col("part").is_not_null().sum().alias("parts"),
    )


def average_categories(criteria: pl.DataFrame) -> pl.DataFrame:
    """The level of each category of each subject: the weighted mean over its known criteria.

    Parameters
    ----------
    criteria
        As from :func:`level_criteria`.

    Returns
    -------
    Per subject and category: ``level``, ``least`` and ``most``, null where no criterion is known; ``known`` and ``parts``.
    """
    return criteria.group_by("subject", "category").agg(
        *(_weighted_mean(name) for name in BOUNDS), pl.col("known").sum(), pl.col("parts").sum()
    )


def cover() -> pl.Expr:
    """Known parts as a share of those that apply; 0 where there is none."""
    return pl.when(pl.col("parts") > 0).then(pl.col("known") / pl.col("parts")).otherwise(0.0).alias("coverage")


def _weighted_mean(name: str) -> pl.Expr:
    weight = pl.when(pl.col(name).is_not_null()).then(pl.col("weight"))
    mean = (pl.col(name) * weight).sum() / weight.sum()
    return pl.when(weight.sum() > 0).then(mean).alias(name)
