"""Where do two assessors agree, what have they to talk through, and what stands once they have?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from citytandem.science.assessment.kappa import find_kappa, weigh_levels
from citytandem.science.assessment.score import DRAWS, score
from citytandem.tables.assessment import WEIGHTINGS, WHOLE, Agreement, Beside, ToReconcile

if TYPE_CHECKING:
    import dataframely as dy

    from citytandem.science.assessment.framework import Framework

LEVELS = 5
KEYS = ["subject", "criterion"]
FEWEST_FOR_KAPPA = 2
GIVEN = ("level", "applies", "evidence", "level_low", "level_high")


@dataclass(frozen=True)
class Compared:
    """Two assessors: agreement by category, and the criteria on which they do not say the same."""

    agreement: dy.DataFrame[Agreement]
    to_reconcile: dy.DataFrame[ToReconcile]

    def __repr__(self) -> str:
        return f"Compared({self.to_reconcile.height} criteria to reconcile)"


def compare_assessors(framework: Framework, *, first: pl.DataFrame, second: pl.DataFrame) -> Compared:
    """How far two assessors agree beyond chance, by category and in all, and what they have to talk through.

    Levels are taken as given, with or without evidence: what is compared is the judgement. Criteria that one left open or
    held not to apply are no pairs for kappa; they stand in the list.

    Parameters
    ----------
    framework
        The framework both used.
    first, second
        Rows of ``tables.assessment.Answer`` with part ``all``; other parts are left out, as no assessor gives them.

    Returns
    -------
    A :class:`Compared`. ``agreement`` has two rows per category, linear and quadratic, and two for ``all``; kappa is unknown
    below two pairs, and where all answers fall on one level. ``to_reconcile`` is in the order of the framework.
    """
    both = _set_side_by_side(framework, first=first, second=second)
    rated = both.drop_nulls(["level", "level_second"]).filter(pl.col("applies") & pl.col("applies_second"))
    groups = [(WHOLE, rated)] + [(key, rated.filter(pl.col("category") == key)) for key in framework.category["category"]]
    rows = [_agree(category, group, weighting=weighting) for category, group in groups for weighting in WEIGHTINGS]
    agreement = pl.DataFrame(rows, schema={name: column.dtype for name, column in Agreement.columns().items()})
    return Compared(Agreement.cast(agreement), ToReconcile.cast(_list_differences(both)))


def reconcile(first: pl.DataFrame, second: pl.DataFrame, *, decisions: pl.DataFrame | None = None) -> pl.DataFrame:
    """What stands once two assessors have talked: what they agree on, what they settled, and a range where it is open.

    No middle is invented. Where they differ and nothing is settled, the level is unknown between the two levels given; where
    only one gave a level, or they differ on whether the criterion applies, it is unknown altogether.

    Parameters
    ----------
    first, second
        Rows of ``tables.assessment.Answer``; only those about criteria themselves.
    decisions
        Rows of ``tables.assessment.Decision``: what they settled on, with their reason.

    Returns
    -------
    Rows of ``tables.assessment.Answer`` with ``basis``: agreed, decided or open. They can be scored as any others.
    """
    both = _join(first, second=second)
    same_level = pl.col("level").eq_missing(pl.col("level_second")) & pl.col("level").is_not_null()
    neither = ~pl.col("applies").fill_null(value=True) & ~pl.col("applies_second").fill_null(value=True)
    apply_both = pl.col("applies").fill_null(value=True) & pl.col("applies_second").fill_null(value=True)
    agreed = neither | (same_level & apply_both)
    ranged = apply_both & pl.col("level").is_not_null() & pl.col("level_second").is_not_null()
    evidence = pl.concat_str("evidence", "evidence_second", separator="; ", ignore_nulls=True)
    nothing = pl.lit(None, dtype=pl.Int8)
    stood = both.select(
        *KEYS,
        pl.lit(WHOLE).alias("part"),
        pl.when(agreed & ~neither).then("level").otherwise(nothing).alias("level"),
        pl.when(ranged & ~agreed).then(pl.min_horizontal("level", "level_second")).otherwise(nothing).alias("level_low"),
        pl.when(ranged & ~agreed).then(pl.max_horizontal("level", "level_second")).otherwise(nothing).alias("level_high"),
        (~neither).alias("applies"),
        pl.when(evidence != "").then(evidence).alias("evidence"),
        pl.lit(None, dtype=pl.String).alias("note"),
        pl.when(agreed).then(pl.lit("agreed")).otherwise(pl.lit("open")).alias("basis"),
    )
    if decisions is None or decisions.is_empty():
        return stood.sort(KEYS)
    settled = decisions.select(
        *KEYS,
        pl.lit(WHOLE).alias("part"),
        pl.when(pl.col("applies")).then(pl.col("level").cast(pl.Int8)).alias("level"),
        nothing.alias("level_low"),
        nothing.alias("level_high"),
        "applies",
        "evidence",
        pl.col("reason").alias("note"),
        pl.lit("decided").alias("basis"),
    )
    shown = settled.join(stood.select(*KEYS, pl.col("evidence").alias("shown")), on=KEYS, how="left")
    settled = shown.with_columns(pl.coalesce("evidence", "shown").alias("evidence")).select(stood.columns)
    return pl.concat([stood.join(settled, on=KEYS, how="anti"), settled]).sort(KEYS)


def place_beside(
    framework: Framework, *, own: pl.DataFrame, outside: pl.DataFrame, draws: int = DRAWS, seed: int
) -> dy.DataFrame[Beside]:
    """How a city sees itself beside how others see it, by criterion and category; the two are never blended.

    Parameters
    ----------
    framework
        The framework both used.
    own, outside
        Rows of ``tables.assessment.Answer``.
    draws, seed
        As for :func:`~citytandem.science.assessment.score.score`; both sides get the same weights.

    Returns
    -------
    One row per subject both judged, category and criterion (``all`` for the category). ``difference`` is own minus outside;
    where ``overlap`` is true the two may mean the same.
    """
    sides = [score(framework, answers, draws=draws, seed=seed) for answers in (own, outside)]
    keys = ["subject", "category", "criterion"]
    frames = []
    for side, name in zip(sides, ("own", "outside"), strict=True):
        categories = side.categories.with_columns(pl.lit(WHOLE).alias("criterion"))
        rows = [frame.select(*keys, "level", "low", "high") for frame in (side.criteria, categories)]
        frames.append(pl.concat(rows).rename({"level": name, "low": f"{name}_low", "high": f"{name}_high"}))
    joined = (
        frames[0]
        .join(frames[1], on=keys)
        .with_columns(
            (pl.col("own") - pl.col("outside")).alias("difference"),
            ((pl.col("own_low") <= pl.col("outside_high")) & (pl.col("outside_low") <= pl.col("own_high"))).alias("overlap"),
        )
    )
    places = _places(framework)
    ordered = joined.join(places, on=["category", "criterion"], how="left").sort("subject", "category_place", "place")
    return Beside.cast(ordered.select(Beside.column_names()))


def _places(framework: Framework) -> pl.DataFrame:
    """Where categories and criteria stand; a category before its criteria."""
    categories = framework.category.select("category", pl.col("order").alias("category_place"))
    heads = framework.category.select("category", pl.lit(WHOLE).alias("criterion"), pl.lit(0, pl.Int16).alias("place"))
    rows = framework.criterion.select("category", "criterion", pl.col("order").alias("place"))
    return pl.concat([heads, rows]).join(categories, on="category")


def _join(first: pl.DataFrame, *, second: pl.DataFrame) -> pl.DataFrame:
    sides = [side.filter(pl.col("part") == WHOLE).select(*KEYS, *GIVEN) for side in (first, second)]
    sides = [side.with_columns(pl.col("level", "level_low", "level_high").cast(pl.Int8)) for side in sides]
    return sides[0].join(sides[1], on=KEYS, how="full", suffix="_second", coalesce=True)


def _set_side_by_side(framework: Framework, *, first: pl.DataFrame, second: pl.DataFrame) -> pl.DataFrame:
    described = framework.criterion.select("criterion", "category", "role", pl.col("order").alias("place"))
    return _join(first, second=second).join(described, on="criterion").sort("subject", "place")


def _agree(category: str, rated: pl.DataFrame, *, weighting: str) -> dict[str, object]:
    """One row of the agreement."""
    table = np.zeros((LEVELS, LEVELS))
    np.add.at(table, (rated["level"].to_numpy(), rated["level_second"].to_numpy()), 1.0)
    found = find_kappa(table, weights=weigh_levels(LEVELS, weighting=weighting))
    few = found.pairs < FEWEST_FOR_KAPPA
    known = not few and found.kappa is not None
    return {
        "category": category,
        "weighting": weighting,
        "status": "too_few" if few else "known" if known else "no_spread",
        "pairs": found.pairs,
        "same": int(np.trace(table)),
        "kappa": found.kappa if known else None,
        "low": found.low if known else None,
        "high": found.high if known else None,
        "observed": min(found.observed, 1.0) if found.pairs else None,
        "expected": min(found.expected, 1.0) if found.pairs else None,
    }


def _list_differences(both: pl.DataFrame) -> pl.DataFrame:
    applies = pl.col("applies").fill_null(value=True) == pl.col("applies_second").fill_null(value=True)
    one, two = pl.col("level"), pl.col("level_second")
    kind = (
        pl.when(~applies)
        .then(pl.lit("applies"))
        .when(one.is_not_null() & two.is_null() & pl.col("applies"))
        .then(pl.lit("only_first"))
        .when(one.is_null() & two.is_not_null() & pl.col("applies_second"))
        .then(pl.lit("only_second"))
        .when(one != two)
        .then(pl.lit("level"))
    )
    return (
        both.with_columns(kind.alias("differs_in"))
        .drop_nulls("differs_in")
        .select(
            "subject",
            "category",
            "criterion",
            "role",
            "differs_in",
            one.alias("first"),
            two.alias("second"),
            (one - two).abs().alias("distance"),
            pl.col("evidence").alias("first_evidence"),
            pl.col("evidence_second").alias("second_evidence"),
        )
    )
