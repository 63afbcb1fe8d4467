"""How far is a city by a framework? Levels with intervals by criterion and category, knock-outs first, no total."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from citytandem.science.assessment.levels import TOP, average_categories, cover, lay_out_parts, level_criteria
from citytandem.tables.assessment import OUTCOMES, WHOLE, ScoredCategory, ScoredCriterion, SubjectOutcome

if TYPE_CHECKING:
    import dataframely as dy
    from numpy.typing import NDArray

    from citytandem.science.assessment.framework import Framework

DRAWS = 500
TAILS = (0.05, 0.95)
"""A 90 % interval over the weights, as everywhere in the house."""


@dataclass(frozen=True)
class Scored:
    """What a framework says of some subjects, in alphabetical order: nothing adds categories or compares subjects."""

    criteria: dy.DataFrame[ScoredCriterion]
    categories: dy.DataFrame[ScoredCategory]
    outcomes: dy.DataFrame[SubjectOutcome]

    def __repr__(self) -> str:
        return f"Scored({self.outcomes.height} subjects, {self.criteria.height} criteria)"


def score(framework: Framework, answers: pl.DataFrame, *, draws: int = DRAWS, seed: int) -> Scored:
    """Levels of every criterion and category for each subject, with what is unknown kept open.

    A criterion has the level that was given, or the mean over its known measures. What is unknown counts from 0 to 4 in the
    interval and is left out of the level; what does not apply is left out of both. A level above one that asks for no
    evidence, given without any, is not shown yet: it leaves the level unknown, and the interval runs from the highest level
    that asks for none to the claim. The level of a category is the mean weighted in the middle of each weight's range; its
    interval is the 5th percentile of the lower ends and the 95th of the upper ends over weights drawn from their ranges,
    never narrower than at middle weights. The same seed draws the same weights for every subject and assessor, so that a
    subject's levels do not depend on who else is judged. Knock-outs come first and are never made up for: one fails when
    even its upper end misses its threshold, is met when its lower end reaches it, and is open between.

    Parameters
    ----------
    framework
        The framework.
    answers
        Rows of ``tables.assessment.Answer``. A row with part ``all`` takes the place of those about measures.
    draws, seed
        How many weightings, and the seed from which they are drawn.

    Returns
    -------
    A :class:`Scored`; every criterion of the framework has a row for each subject of the answers. Higher levels never lower
    an interval, and knowing less never narrows one.

    Examples
    --------
    >>> from citytandem.science.assessment.framework import pick_framework
    >>> from citytandem.sources.facts import load_facts
    >>> rows = {"subject": ["Yantai"], "criterion": ["organisation"], "part": ["all"], "level": [1], "level_low": [None]}
    >>> rows |= {"level_high": [None], "applies": [True], "evidence": ["decision of 2016"], "note": [None]}
    >>> scored = score(pick_framework(load_facts(), "sino_german"), pl.DataFrame(rows), seed=1)
    >>> scored.outcomes["failed"].to_list()
    [['organisation']]
    """
    parts = _lay_out(framework, answers)
    levelled = level_criteria(parts.filter(pl.col("applies")))
    criteria = _judge(framework, parts=parts, levelled=levelled)
    means = average_categories(levelled)
    intervals = _draw_intervals(framework, levelled, draws=draws, seed=seed)
    return Scored(
        ScoredCriterion.cast(criteria.select(ScoredCriterion.column_names())),
        ScoredCategory.cast(_gather_categories(framework, criteria=criteria, means=means, intervals=intervals)),
        SubjectOutcome.cast(_gather_outcomes(criteria)),
    )


def _lay_out(framework: Framework, answers: pl.DataFrame) -> pl.DataFrame:
    """One row per subject, criterion and part, answered or not, with what evidence leaves of its level."""
    given = answers.with_columns(pl.col("level", "level_low", "level_high").cast(pl.Float64))
    whole = given.filter(pl.col("part") == WHOLE).select("subject", "criterion", "part")
    weight = ((pl.col("weight_low") + pl.col("weight_high")) / 2).alias("weight")
    criteria = framework.criterion.select("criterion", "category", "evidence", weight).rename({"evidence": "asked"})
    asked = (
        given.select("subject")
        .unique()
        .join(lay_out_parts(criteria, criterion_measures=framework.criterion_measure), how="cross")
        .join(whole.select("subject", "criterion"), on=["subject", "criterion"], how="anti")
    )
    rows = pl.concat([asked.select(whole.columns), whole.join(criteria.select("criterion"), on="criterion", how="semi")])
    joined = rows.join(criteria, on="criterion").join(given, on=["subject", "criterion", "part"], how="left")
    return _hold_to_evidence(framework, joined.with_columns(pl.col("applies").fill_null(value=True)))


def _hold_to_evidence(framework: Framework, rows: pl.DataFrame) -> pl.DataFrame:
    """Level and bounds of each part; a measure carries the evidence of its stage, a criterion has to show its own."""
    demands = _demands(framework)
    rows = rows.with_columns(
        pl.coalesce("level_low", "level").fill_null(0.0).alias("low"),
        pl.coalesce("level_high", "level").fill_null(TOP).alias("high"),
    )
    rows = rows.join(demands, on="criterion", how="left").with_columns(
        pl.when(pl.col("asked").is_not_null()).then(pl.lit(0.0)).otherwise(pl.col("free")).alias("free")
    )
    silent = (pl.col("part") == WHOLE) & pl.col("evidence").is_null() & (pl.coalesce("level", "low") > pl.col("free"))
    rows = rows.with_columns(silent.alias("unproven"), pl.col("level").alias("claimed"))
    return rows.with_columns(
        pl.when(~pl.col("unproven")).then(pl.col("level")).alias("level"),
        pl.when(pl.col("unproven")).then(pl.min_horizontal("free", "low")).otherwise(pl.col("low")).alias("low"),
        pl.when(~pl.col("unproven")).then(pl.coalesce("level_low", "level")).alias("least"),
        pl.when(~pl.col("unproven")).then(pl.coalesce("level_high", "level")).alias("most"),
    )


def _demands(framework: Framework) -> pl.DataFrame:
    """Per criterion the highest level that can be had without evidence: below the first level that asks for some."""
    free = [
        (criterion, float(min(levels.filter(pl.col("evidence").is_not_null())["level"].to_list(), default=TOP + 1) - 1))
        for criterion in framework.criterion["criterion"].to_list()
        for levels in [framework.levels_of(criterion)]
    ]
    return pl.DataFrame(free, schema={"criterion": pl.String, "free": pl.Float64}, orient="row").with_columns(
        pl.col("free").clip(0.0, TOP)
    )


def _judge(framework: Framework, *, parts: pl.DataFrame, levelled: pl.DataFrame) -> pl.DataFrame:
    """Status of every criterion, and what its knock-out says."""
    told = parts.group_by("subject", "category", "criterion").agg(
        pl.col("applies").any(), pl.col("unproven").any(), pl.col("claimed").mean()
    )
    order = framework.criterion.select("criterion", "threshold", pl.col("order").alias("place"))
    joined = (
        told.join(levelled, on=["subject", "category", "criterion"], how="left")
        .join(order, on="criterion")
        .with_columns(pl.col("known", "parts").fill_null(0))
    )
    status = (
        pl.when(~pl.col("applies"))
        .then(pl.lit("not_applicable"))
        .when(pl.col("unproven"))
        .then(pl.lit("unproven"))
        .when(pl.col("known") == 0)
        .then(pl.lit("unknown"))
        .when(pl.col("known") < pl.col("parts"))
        .then(pl.lit("partly"))
        .otherwise(pl.lit("answered"))
    )
    outcome = (
        pl.when(pl.col("threshold").is_null() | ~pl.col("applies"))
        .then(pl.lit("none"))
        .when(pl.col("high") < pl.col("threshold"))
        .then(pl.lit("failed"))
        .when(pl.col("low") >= pl.col("threshold"))
        .then(pl.lit("met"))
        .otherwise(pl.lit("open"))
    )
    return joined.with_columns(status.alias("status"), outcome.alias("outcome")).sort("subject", "place")


def _draw_intervals(framework: Framework, levelled: pl.DataFrame, *, draws: int, seed: int) -> pl.DataFrame:
    """Lower and upper end of every category of every subject, over the weights."""
    criteria = framework.criterion.sort("criterion")
    weights = _draw_weights(criteria, draws=draws, seed=seed)
    place = {key: at for at, key in enumerate(criteria["criterion"].to_list())}
    rows = [
        (subject, category, *_bound(weights[:, [place[key] for key in group["criterion"].to_list()]], group=group))
        for (subject, category), group in levelled.sort("criterion").group_by(["subject", "category"], maintain_order=True)
    ]
    schema = {"subject": pl.String, "category": pl.String, "low": pl.Float64, "high": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _draw_weights(criteria: pl.DataFrame, *, draws: int, seed: int) -> NDArray[np.float64]:
    """Weights in the middle of their ranges in the first row, then one row per draw."""
    low, high = (criteria[name].to_numpy() for name in ("weight_low", "weight_high"))
    drawn = np.random.default_rng(seed).uniform(low, high, size=(draws, criteria.height))
    weights: NDArray[np.float64] = np.vstack([(low + high) / 2, drawn])
    return weights


def _bound(weights: NDArray[np.float64], *, group: pl.DataFrame) -> tuple[float, float]:
    share = weights / weights.sum(axis=1, keepdims=True)
    lows, highs = share @ group["low"].to_numpy(), share @ group["high"].to_numpy()
    low = min(float(np.quantile(lows, TAILS[0])), float(lows[0]))
    high = max(float(np.quantile(highs, TAILS[1])), float(highs[0]))
    return min(max(low, 0.0), TOP), min(max(high, 0.0), TOP)


def _gravest(outcome: str) -> pl.Expr:
    """The first of the outcomes, in their order, that occurs."""
    chosen = pl.lit("none")
    for name in reversed(OUTCOMES[:-1]):
        chosen = pl.when((pl.col(outcome) == name).any()).then(pl.lit(name)).otherwise(chosen)
    return chosen.alias("outcome")


def _gather_categories(
    framework: Framework, *, criteria: pl.DataFrame, means: pl.DataFrame, intervals: pl.DataFrame
) -> pl.DataFrame:
    keys = ["subject", "category"]
    rows = (
        criteria.group_by(keys)
        .agg(_gravest("outcome"))
        .join(means, on=keys, how="left")
        .join(intervals, on=keys, how="left")
        .join(framework.category.select("category", pl.col("order").alias("place")), on="category")
        .with_columns(pl.col("known", "parts").fill_null(0))
        .with_columns(pl.when(pl.col("parts") > 0).then(cover()).alias("coverage"))
    )
    return rows.sort("subject", "place").select(ScoredCategory.column_names())


def _gather_outcomes(criteria: pl.DataFrame) -> pl.DataFrame:
    named = [pl.col("criterion").filter(pl.col("outcome") == name).alias(name) for name in ("failed", "open")]
    rows = criteria.group_by("subject").agg(_gravest("outcome"), *named, pl.col("known").sum(), pl.col("parts").sum())
    covered = pl.when(pl.col("parts") > 0).then(cover()).alias("coverage")
    return rows.with_columns(covered).select(SubjectOutcome.column_names()).sort("subject")
