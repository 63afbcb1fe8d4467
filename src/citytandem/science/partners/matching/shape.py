"""A choice of groups as tables: who is with whom, who is left and why, who would rather, and who carries how much."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import polars as pl

from citytandem.science.partners.matching.field import ABROAD, APART, BANNED, OPEN, VETOED
from citytandem.science.partners.matching.score import ENDS, fill_pairs
from citytandem.science.partners.matching.settings import WEIGHTS_2026, Form
from citytandem.tables.matching import BlockingPair, Grouping, Load, MatchPair, PossiblePair, Unmatched

if TYPE_CHECKING:
    import dataframely as dy
    import numpy.typing as npt

    from citytandem.science.partners.matching.answer import Question
    from citytandem.science.partners.matching.field import Field
    from citytandem.science.partners.matching.tandems import Found

    Pairs: TypeAlias = list[tuple[int, str, str]]
    Floats: TypeAlias = npt.NDArray[np.float64]

_GAINS = ("gain_in_low", "gain_in_high", "gain_out_low", "gain_out_high")
_BECAUSE = {VETOED: "vetoes", BANNED: "bans", ABROAD: "countries", APART: "no_gain_known"}


def shape_groups(found: Found, *, field: Field) -> tuple[dy.DataFrame[Grouping], Pairs]:
    """Groups numbered by their smallest keys, and the pairs of each by number and keys.

    In mentoring all pairs of one mentor are one group; the mentor of a pair is the side from which more is learned.
    """
    groups = [(members, ("member",) * len(members)) for members in found.groups]
    if Form(field.settings.form) is Form.MENTORING:
        groups = _gather_mentors(found.groups, field=field)
    rows, pairs = [], []
    for number, (members, parts) in enumerate(groups, start=1):
        keys = [field.keys[member] for member in members]
        rows += [(number, key, part) for key, part in zip(keys, parts, strict=True)]
        mentors = [key for key, part in zip(keys, parts, strict=True) if part == "mentor"]
        between = [(one, two) for n, one in enumerate(keys) for two in keys[n + 1 :] if not mentors or mentors[0] in {one, two}]
        pairs += [(number, min(pair), max(pair)) for pair in between]
    frame = pl.DataFrame(rows, schema=["group", "participant", "part"], orient="row")
    return Grouping.validate(frame, cast=True) if rows else Grouping.create_empty(), pairs


def _gather_mentors(edges: list[tuple[int, ...]], *, field: Field) -> list[tuple[tuple[int, ...], tuple[str, ...]]]:
    number = {pair: place for place, pair in enumerate(zip(field.first.tolist(), field.second.tolist(), strict=True))}
    gain_in, gain_out = worth(field.frame)
    of: dict[int, list[int]] = {}
    for one, two in edges:
        place = number[one, two]
        mentor, learner = (two, one) if gain_in[place] > gain_out[place] else (one, two)
        of.setdefault(mentor, []).append(learner)
    return [((mentor, *sorted(learners)), ("mentor", *("learner",) * len(learners))) for mentor, learners in sorted(of.items())]


def worth(pairs: pl.DataFrame) -> tuple[Floats, Floats]:
    """What each side learns by its parts: the low end and a part of the span, zero where nothing is known."""
    sides = [
        (
            pl.col(f"gain_{end}_low").fill_null(0.0)
            + WEIGHTS_2026.possible * (pl.col(f"gain_{end}_high").fill_null(0.0) - pl.col(f"gain_{end}_low").fill_null(0.0))
        )
        * pl.col(f"learns_{end}")
        for end in ("in", "out")
    ]
    told = pairs.select(gain_in=sides[0], gain_out=sides[1])
    return told.get_column("gain_in").to_numpy(), told.get_column("gain_out").to_numpy()


def shape_pairs(pairs: Pairs, *, field: Field, question: Question) -> tuple[dy.DataFrame[MatchPair], dy.DataFrame[PossiblePair]]:
    """The chosen pairs with what each side gets, and the possible pairs completed by those nothing spoke for."""
    wanted = pl.DataFrame(pairs, schema={"group": pl.Int32, "participant": pl.String, "other": pl.String}, orient="row")
    missing = wanted.select(ENDS).join(field.frame, on=ENDS, how="anti")
    full = PossiblePair.cast(pl.concat([field.frame, fill_pairs(question.candidates, missing)]))
    pins = pl.DataFrame({"one": field.first, "two": field.second}).filter(pl.Series(field.pinned))
    pinned = pl.DataFrame(
        {"participant": [field.keys[n] for n in pins["one"]], "other": [field.keys[n] for n in pins["two"]]},
        schema={"participant": pl.String, "other": pl.String},
    ).with_columns(pinned=True)
    rows = (
        wanted.join(full, on=ENDS, how="left")
        .join(pinned, on=ENDS, how="left")
        .with_columns(
            pl.col("pinned").fill_null(value=False),
            pl.lit(None, dtype=pl.Float64).alias("stays"),
            pl.lit(None, dtype=pl.Int64).alias("cost_of_leaving"),
        )
        .sort("group", *ENDS)
    )
    return MatchPair.validate(rows.select(MatchPair.column_names()), cast=True), full


def shape_loads(pairs: pl.DataFrame, *, full: pl.DataFrame, question: Question) -> dy.DataFrame[Load]:
    """How many partners each carries, and what it learns from all of them: what its part lets it learn, as far as known."""
    told = pairs.select(*ENDS).join(full, on=ENDS, how="left")
    sides = [
        told.select(
            pl.col(own).alias("participant"),
            (pl.col(f"gain_{end}_low").fill_null(0.0) * pl.col(f"learns_{end}")).alias("gain_low"),
            (pl.col(f"gain_{end}_high").fill_null(0.0) * pl.col(f"learns_{end}")).alias("gain_high"),
        )
        for own, end in (("participant", "in"), ("other", "out"))
    ]
    got = pl.concat(sides).group_by("participant").agg(pl.len().alias("partners"), pl.col("gain_low", "gain_high").sum())
    rows = (
        question.candidates.select("participant", "capacity")
        .join(got, on="participant", how="left")
        .with_columns(pl.col("partners", "gain_low", "gain_high").fill_null(0))
        .sort("participant")
    )
    return Load.validate(rows.select(Load.column_names()), cast=True)


def find_blocking(pairs: pl.DataFrame, *, full: pl.DataFrame, field: Field) -> dy.DataFrame[BlockingPair]:
    """Two who may meet, do not, and both would learn more from each other than they do (after Gale and Shapley 1962).

    In tandems and mentoring each gives up the partner from whom it learns least, or nobody while it has room; in trios and
    clusters the two are compared with the best companion each has.
    """
    gain_in, gain_out = worth(full)
    keyed = full.select(*ENDS).with_columns(gain_in=pl.Series(gain_in), gain_out=pl.Series(gain_out))
    mine = pairs.select(*ENDS).join(keyed, on=ENDS, how="left")
    both = pl.concat(
        [mine.select("participant", now="gain_in"), mine.select(pl.col("other").alias("participant"), now="gain_out")]
    ).group_by("participant")
    grouped = Form(field.settings.form) in {Form.TRIO, Form.CLUSTER}
    held = both.agg(pl.col("now").max() if grouped else pl.col("now").min(), pl.len().alias("partners"))
    room = pl.DataFrame(
        {"participant": field.keys, "capacity": field.capacity}, schema={"participant": pl.String, "capacity": pl.Int64}
    ).join(held, on="participant", how="left")
    has_room = pl.col("partners").is_null() | (pl.col("partners") < pl.col("capacity")) & pl.lit(not grouped)
    now = room.select("participant", pl.when(has_room).then(0.0).otherwise("now").alias("now"), able=pl.col("capacity") > 0)
    open_pairs = keyed.join(field.frame.filter(pl.Series(field.open)).select(ENDS), on=ENDS, how="semi")
    rows = (
        open_pairs.join(pairs.select(ENDS), on=ENDS, how="anti")
        .join(now.rename({"now": "participant_now", "able": "one_able"}), on="participant")
        .join(now.rename({"participant": "other", "now": "other_now", "able": "two_able"}), on="other")
        .rename({"gain_in": "participant_then", "gain_out": "other_then"})
        .filter(
            pl.col("one_able") & pl.col("two_able"),
            pl.col("participant_then") > pl.col("participant_now") + 1e-12,
            pl.col("other_then") > pl.col("other_now") + 1e-12,
        )
        .sort(ENDS)
    )
    return BlockingPair.validate(rows.select(BlockingPair.column_names()), cast=True)


def explain_unmatched(groups: pl.DataFrame, *, field: Field) -> dy.DataFrame[Unmatched]:
    """Everybody without a group, with the reason nearest to the cause."""
    seated = set(groups.get_column("participant"))
    full = _full_countries(groups, field=field)
    left = [node for node, key in enumerate(field.keys) if key not in seated]
    rows = [(field.keys[node], _say_reason(node, field=field, seated=seated, full=full)) for node in left]
    frame = pl.DataFrame(rows, schema={"participant": pl.String, "reason": pl.String}, orient="row")
    return Unmatched.validate(frame, cast=True)


def _say_reason(node: int, *, field: Field, seated: set[str], full: set[int]) -> str:
    if field.capacity[node] == 0:
        return "no_capacity"
    mine = np.flatnonzero((field.first == node) | (field.second == node))
    speaking = mine[(field.score[mine] > 0) | (field.state[mine] == VETOED)]
    if not len(speaking):
        return "no_gain_known"
    open_pairs = speaking[field.state[speaking] == OPEN]
    if not len(open_pairs):
        return _BECAUSE[int(field.state[speaking].min())]
    if field.country[node] in full:
        return "limits"
    if Form(field.settings.form) in {Form.TRIO, Form.CLUSTER}:
        return "group_size"
    left = len(field.keys) - len(seated)
    return "odd_number" if left == 1 and len(field.keys) % 2 and (field.capacity == 1).all() else "partners_taken"


def _full_countries(groups: pl.DataFrame, *, field: Field) -> set[int]:
    limit = field.settings.per_country_limit
    if limit is None:
        return set()
    number = {key: node for node, key in enumerate(field.keys)}
    in_pairs = Form(field.settings.form) is Form.MENTORING
    counted: dict[int, int] = {}
    for _, rows in groups.group_by("group"):
        for key, part in rows.select("participant", "part").iter_rows():
            country = int(field.country[number[key]])
            counted[country] = counted.get(country, 0) + (rows.height - 1 if in_pairs and part == "mentor" else 1)
    return {country for country, seats in counted.items() if seats >= limit}
