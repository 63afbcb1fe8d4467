"""Which pairs are possible, and how many points does each make of what is known about it?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from citytandem.science.partners.affinity import FIRMEST
from citytandem.science.partners.matching.settings import WEIGHTS_2026, Weights
from citytandem.tables.matching import Bond, Candidate, Gain, PossiblePair, Wish

if TYPE_CHECKING:
    import dataframely as dy

POINTS = 10_000
"""Points of a whole: a gain of one, fully mutual."""
ENDS = ("participant", "other")


def score_pairs(
    candidates: pl.DataFrame,
    gains: pl.DataFrame,
    *,
    wishes: pl.DataFrame | None = None,
    bonds: pl.DataFrame | None = None,
    weights: Weights = WEIGHTS_2026,
) -> dy.DataFrame[PossiblePair]:
    """Every pair of which something is known, with its points and what they are made of.

    The worth of a gain is its low end and a part of the span to its high end. Where both sides came to learn, the side that
    learns less weighs most (reciprocity); where the parts let only one side learn, its gain counts in full. Wishes, a tie, a
    shared language add points, hours between the clocks take some off. A pair with a known gain has one point at least.

    Parameters
    ----------
    candidates, gains, wishes, bonds
        Rows of ``tables.matching``. Rows about somebody who is no candidate are left out.
    weights
        What each part weighs.

    Returns
    -------
    One row per pair with a known gain above zero, a wish, a veto or a tie, sorted by keys. Nothing known adds nothing: the
    gain is null, not zero.

    Raises
    ------
    dataframely.exc.ValidationError
        If a table breaks its schema.
    """
    known = Candidate.validate(candidates, cast=True)
    learned = Gain.validate(gains, cast=True)
    asked = Wish.create_empty() if wishes is None else Wish.validate(wishes, cast=True)
    tied = Bond.create_empty() if bonds is None else Bond.validate(bonds, cast=True)
    above = learned.filter(pl.col("gain_high") > 0).select(participant="learner", other="giver")
    ends = [_sort_ends(rows) for rows in (above, asked.select(ENDS), tied.select(ENDS))]
    among = known.select("participant")
    wanted = (
        pl.concat(ends)
        .unique()
        .filter(pl.col("participant") != pl.col("other"))
        .join(among, on="participant", how="semi")
        .join(among.rename({"participant": "other"}), on="other", how="semi")
    )
    full = (
        describe_pairs(known, wanted)
        .join(_direction(learned, learner="participant", giver="other", name="in"), on=ENDS, how="left")
        .join(_direction(learned, learner="other", giver="participant", name="out"), on=ENDS, how="left")
        .join(_fold_wishes(asked), on=ENDS, how="left")
        .join(_fold_bonds(tied), on=ENDS, how="left")
        .with_columns(pl.col("wishes").fill_null(0), pl.col("vetoed", "asleep").fill_null(value=False))
    )
    return weigh(full, weights=weights)


def weigh(described: pl.DataFrame, *, weights: Weights) -> dy.DataFrame[PossiblePair]:
    """The points of described pairs under other weights; every other column stays."""
    worth = {end: _worth(end, possible=weights.possible) for end in ("in", "out")}
    both = pl.col("learns_in") & pl.col("learns_out")
    less, more = pl.min_horizontal(*worth.values()), pl.max_horizontal(*worth.values())
    hours = (pl.col("hours_apart").fill_null(0.0) - 1.0).clip(lower_bound=0.0)
    some = pl.col("gain_in_high").fill_null(0.0) * pl.col("learns_in") + pl.col("gain_out_high").fill_null(0.0) * pl.col(
        "learns_out"
    )
    parts = {
        "points_mutual": weights.mutual * pl.when(both).then(less).otherwise(more),
        "points_surplus": weights.surplus * pl.when(both).then(more - less).otherwise(0.0),
        "points_wish": weights.wish * pl.col("wishes"),
        "points_tie": weights.tie * pl.col("tie").is_not_null() + weights.asleep * pl.col("asleep"),
        "points_language": weights.language * (pl.col("languages").list.len() > 0),
        "points_hours": -weights.hour * hours,
    }
    pointed = described.with_columns((POINTS * part).round(0).cast(pl.Int64).alias(name) for name, part in parts.items())
    score = pl.sum_horizontal(*parts).clip(lower_bound=(some > 0).cast(pl.Int64))
    scored = pointed.with_columns(score.cast(pl.Int64).alias("score")).sort(ENDS)
    return PossiblePair.validate(scored.select(PossiblePair.column_names()), cast=True)


def describe_pairs(candidates: pl.DataFrame, wanted: pl.DataFrame) -> pl.DataFrame:
    """Countries, shared languages, hours apart, and who may learn from whom, for any pairs of candidates."""
    offset = candidates.select("participant", "zone").with_columns(hours=_offsets(candidates.get_column("zone")))
    told = candidates.select("participant", "country", "languages", "part").join(
        offset.select("participant", "hours"), on="participant"
    )
    joined = wanted.join(told, on="participant").join(
        told.rename({name: f"other_{name}" for name in told.columns} | {"participant": "other"}), on="other"
    )
    learns, gives = ["both", "learner"], ["both", "mentor"]
    part, other_part = pl.col("part").cast(pl.String), pl.col("other_part").cast(pl.String)
    return joined.select(
        *ENDS,
        "country",
        "other_country",
        (part.is_in(learns) & other_part.is_in(gives)).alias("learns_in"),
        (other_part.is_in(learns) & part.is_in(gives)).alias("learns_out"),
        pl.col("languages").list.set_intersection("other_languages").list.sort().alias("languages"),
        (pl.col("hours") - pl.col("other_hours")).abs().alias("hours_apart"),
    )


def fill_pairs(candidates: pl.DataFrame, wanted: pl.DataFrame) -> pl.DataFrame:
    """Rows of possible pairs for pairs nothing speaks for: no gain known, no points."""
    nothing = {name: pl.lit(0) for name in PossiblePair.column_names() if name.startswith("points_")} | {
        "score": pl.lit(0),
        "wishes": pl.lit(0),
        "vetoed": pl.lit(False),
        "asleep": pl.lit(False),
    }
    unknown = {name: pl.lit(None) for name in ("gain_in_low", "gain_in_high", "gain_out_low", "gain_out_high", "tie")}
    rows = describe_pairs(candidates, wanted).with_columns(**nothing, **unknown)
    return PossiblePair.cast(rows.select(PossiblePair.column_names()))


def _worth(end: str, *, possible: float) -> pl.Expr:
    low, high = pl.col(f"gain_{end}_low").fill_null(0.0), pl.col(f"gain_{end}_high").fill_null(0.0)
    return (low + possible * (high - low)) * pl.col(f"learns_{end}")


def _sort_ends(rows: pl.DataFrame) -> pl.DataFrame:
    one, two = pl.col("participant"), pl.col("other")
    return rows.select(pl.min_horizontal(one, two).alias("participant"), pl.max_horizontal(one, two).alias("other"))


def _with_sorted_ends(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.with_columns(_sort_ends(rows).get_columns())


def _direction(gains: pl.DataFrame, *, learner: str, giver: str, name: str) -> pl.DataFrame:
    return gains.select(
        pl.col("learner").alias(learner),
        pl.col("giver").alias(giver),
        pl.col("gain_low").alias(f"gain_{name}_low"),
        pl.col("gain_high").alias(f"gain_{name}_high"),
    )


def _fold_wishes(wishes: pl.DataFrame) -> pl.DataFrame:
    kind = pl.col("kind").cast(pl.String)
    return (
        _with_sorted_ends(wishes)
        .group_by(ENDS)
        .agg((kind == "wish").sum().cast(pl.Int8).alias("wishes"), (kind == "veto").any().alias("vetoed"))
    )


def _fold_bonds(bonds: pl.DataFrame) -> pl.DataFrame:
    firm = pl.col("kind").cast(pl.String).replace_strict({kind: n for n, kind in enumerate(FIRMEST)}, return_dtype=pl.Int8)
    return (
        _with_sorted_ends(bonds)
        .group_by(ENDS)
        .agg(pl.col("kind").cast(pl.String).sort_by(firm).first().alias("tie"), pl.col("asleep").all().alias("asleep"))
    )


def _offsets(zones: pl.Series) -> pl.Series:
    """Hours ahead of UTC on 15 January 2026; null for a zone that is not given or not known."""
    known = {zone: _offset(zone) for zone in zones.drop_nulls().unique().sort()}
    return zones.replace_strict(known, default=None, return_dtype=pl.Float64)


def _offset(zone: str) -> float | None:
    noon = pl.Series([0]).cast(pl.Datetime("ms")).dt.offset_by("56y14d12h").dt.replace_time_zone("UTC")
    try:
        there = noon.dt.convert_time_zone(zone)
    except pl.exceptions.ComputeError:
        return None
    return float((there.dt.base_utc_offset() + there.dt.dst_offset()).dt.total_minutes()[0]) / 60
