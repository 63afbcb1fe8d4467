"""How much does a measure save of what it addresses? Ranges built from evidence rows by one stated rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from citytandem.tables.action import EVIDENCE_KINDS
from citytandem.tables.catalogue import LEVELS, PARTS, WIDTH_REASONS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

EFFECT_PARTS = PARTS[:-1]
SHARES_OF_A_WHOLE = ("reach", "reach_per_year", "depth", "attribution")
_MARK_ORDER = {"S": 0, "K": 1, "P": 2}
_KIND_ORDER = {kind: place for place, kind in enumerate(EVIDENCE_KINDS)}
_TERRITORIAL_ORDER = {"yes": 0, "unknown": 1, "no": 2}
_LEVEL_ORDER = {"reached": 0, "stock": 0, "unknown": 0, "piece": 1, "all_causes": 2}
_ANSWER = ("territorial", "level", "kind", "mark", "width_reason")


def effects(
    evidence: pl.DataFrame, measure: Sequence[str] | pl.Series, *, base: pl.DataFrame, width: pl.DataFrame
) -> pl.DataFrame:
    """Build the range of every part of the effect of every measure from evidence rows.

    The rule, in this order:

    1. Only rows read in their source (mark S) are evidence. Where a part has none, recalled or proposed rows give a
       *planning range* with ``is_evidence`` false; as soon as one S row exists they are not used at all.
    2. Rows are joined only inside one group of bases that say the same; different bases are never mixed. Among S rows
       the group is taken that speaks of territorial emissions, energy or traffic; was checked from outside; is about
       the whole of what is addressed and free of other causes; has the best kind (measured, evaluated, modelled,
       expert, regulation text); has most rows; and, if all is equal, claims least. Among planning rows the group with
       the widest range is taken, so that a recalled row never narrows anything.
    3. Each row's range is widened by the factor of its kind and mark (table ``width``); then the lowest low and the
       highest high of the group stand. A fall that holds other causes too gives an upper end only.
    4. No middle is invented: ``central`` is kept only where a single row gives it.
    5. A part without any figure stays unknown.

    Parameters
    ----------
    evidence
        Rows of :class:`~citytandem.tables.catalogue.Evidence`.
    measure
        Ids of all measures that need an answer, known or not.
    base
        Rows of :class:`~citytandem.tables.catalogue.EvidenceBase`.
    width
        Rows of :class:`~citytandem.tables.catalogue.Width`.

    Returns
    -------
    pl.DataFrame
        Rows of :class:`~citytandem.tables.catalogue.Effect`, one per measure and part, sorted by measure and part.
        Fractions, years for persistence.

    Examples
    --------
    >>> from citytandem.sources.facts import load_facts
    >>> facts = load_facts()
    >>> answer = effects(facts.evidence, ["B20"], base=facts.evidence_base, width=facts.width)
    >>> depth = answer.filter(pl.col("part") == "depth").with_columns(pl.col("low", "high").round(4))
    >>> depth.select("low", "central", "high", "n_rows", "is_evidence").row(0)
    (0.012, None, 0.1155, 2, True)
    """
    joined = _join_groups(_widen_rows(evidence, base=base, width=width))
    chosen = pl.concat([_choose_evidence(joined), _choose_planning(joined)]).sort("is_evidence", descending=True)
    chosen = chosen.unique(["measure", "part"], keep="first", maintain_order=True)
    wanted = pl.DataFrame({"measure": list(measure)}, schema={"measure": pl.String}).unique()
    parts = pl.DataFrame({"part": list(EFFECT_PARTS)}, schema={"part": pl.String})
    answer = wanted.join(parts, how="cross").join(chosen, on=["measure", "part"], how="left")
    return _shape(answer)


def gather_effects(effect: pl.DataFrame, measure: pl.DataFrame) -> pl.DataFrame:
    """Fold the parts of each measure into one range: depth times reach times attribution times realisation.

    A part that is not known is as wide as it can be: 0 to 1. What is certain by the meaning of the words is 1: reach,
    where the base already holds it or the measure is the city's own operation (how much of its own it treats is its own
    decision); attribution of a measure the city causes itself. Realisation (measured over calculated saving) is applied
    where it is known and the depth was calculated; elsewhere the width of the kind already stands for it.

    Parameters
    ----------
    effect
        Answer of :func:`effects`.
    measure
        Rows of :class:`~citytandem.tables.catalogue.Measure`.

    Returns
    -------
    pl.DataFrame
        One row per measure: depth_low, depth_central, depth_high, unreached_depth_high (without reach), reach_known,
        territorial, evidence_mark, evidence_kind, is_evidence, evidence_rows. Null depth_high: no depth is known.
    """
    text = effect.with_columns(pl.col("part", *_ANSWER).cast(pl.String))
    depth = text.filter(pl.col("part") == "depth").select(pl.exclude("part"))
    frame = measure.select("measure", pl.col("mode", "influence").cast(pl.String)).join(depth, on="measure", how="left")
    for part in ("reach", "attribution", "realisation"):
        found = text.filter(pl.col("part") == part).select(
            "measure",
            *(pl.col(name).alias(f"{part}_{name}") for name in ("low", "high", "mark", "kind", "is_evidence", "rows")),
        )
        frame = frame.join(found, on="measure", how="left")
    own = (pl.col("mode") == "own-operation") | (pl.col("level") == "stock")
    reach = _range("reach", certain=own)
    attribution = _range("attribution", certain=pl.col("influence") == "direct")
    checked = pl.col("kind").is_in(["measured", "evaluated"]).fill_null(value=False)
    realisation = _range("realisation", certain=checked | pl.col("realisation_high").is_null())
    known = pl.col("high").is_not_null()
    is_used = {part: known & _is_used(part, own=own, checked=checked) for part in _FOLDED}
    rows = [pl.when(is_used[part]).then(pl.col(f"{part}_rows")) for part in _FOLDED]
    marks = [pl.when(is_used[part]).then(_weakness(_MARK_ORDER, f"{part}_mark")) for part in _FOLDED]
    kinds = [pl.when(is_used[part]).then(_weakness(_KIND_ORDER, f"{part}_kind")) for part in _FOLDED]
    read = [pl.when(is_used[part]).then(pl.col(f"{part}_is_evidence")).fill_null(value=True) for part in _FOLDED]
    return frame.select(
        "measure",
        pl.when(known).then(pl.col("low").fill_null(0.0) * reach[0] * attribution[0] * realisation[0]).alias("depth_low"),
        pl.when(own & (attribution[0] == 1) & (realisation[0] == realisation[1])).then(pl.col("central")).alias("depth_central"),
        (pl.col("high") * reach[1] * attribution[1] * realisation[1]).clip(upper_bound=1.0).alias("depth_high"),
        (pl.col("high") * attribution[1] * realisation[1]).clip(upper_bound=1.0).alias("unreached_depth_high"),
        (own | pl.col("reach_high").is_not_null()).alias("reach_known"),
        "territorial",
        _name(_MARK_ORDER, pl.max_horizontal(_weakness(_MARK_ORDER, "mark"), *marks)).alias("evidence_mark"),
        _name(_KIND_ORDER, pl.max_horizontal(_weakness(_KIND_ORDER, "kind"), *kinds)).alias("evidence_kind"),
        pl.all_horizontal(pl.col("is_evidence").fill_null(value=False), *read).alias("is_evidence"),
        pl.concat_list(pl.col("rows"), *(column.fill_null([]) for column in rows)).alias("evidence_rows"),
    ).sort("measure")


_FOLDED = ("reach", "attribution", "realisation")


def _weakness(order: Mapping[str, int], column: str) -> pl.Expr:
    return pl.col(column).replace_strict(order, return_dtype=pl.Int8)


def _name(order: Mapping[str, int], weakness: pl.Expr) -> pl.Expr:
    return weakness.replace_strict({place: name for name, place in order.items()}, return_dtype=pl.String)


def _is_used(part: str, *, own: pl.Expr, checked: pl.Expr) -> pl.Expr:
    certain = {"reach": own, "attribution": pl.col("influence") == "direct", "realisation": checked}[part]
    return ~certain.fill_null(value=False) & pl.col(f"{part}_high").is_not_null()


def _range(part: str, *, certain: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """Low and high of a part: 1 where it is certain, as known, or anything between 0 and 1."""
    low, high = pl.col(f"{part}_low"), pl.col(f"{part}_high")
    return (
        pl.when(certain).then(1.0).when(high.is_null()).then(0.0).otherwise(low.fill_null(0.0)),
        pl.when(certain).then(1.0).otherwise(high.fill_null(1.0)),
    )


def _widen_rows(evidence: pl.DataFrame, *, base: pl.DataFrame, width: pl.DataFrame) -> pl.DataFrame:
    """Rows that can be used, with their group, level, ends widened and the order of their kind."""
    ends = pl.col("low", "central", "high")
    rows = evidence.with_columns(pl.col("part", "kind", "mark").cast(pl.String)).filter(
        pl.col("part").is_in(EFFECT_PARTS) & pl.any_horizontal(ends.is_not_null())
    )
    groups = base.select("base", "group", pl.col("level", "territorial").cast(pl.String))
    factors = width.select(pl.col("kind", "mark").cast(pl.String), "factor", "priority")
    causes = pl.col("level") == "all_causes"
    rows = rows.join(groups, on="base", how="left").join(factors, on=["kind", "mark"], how="left", validate="m:1")
    rows = rows.with_columns(
        pl.col("group").fill_null(pl.format("{}-base-not-stated", pl.col("measure").str.to_lowercase())),
        pl.col("level", "territorial").fill_null("unknown"),
        pl.col("factor").fill_null(pl.col("factor").max()),
        pl.col("priority").fill_null(len(EVIDENCE_KINDS)),
    )
    low = pl.when(~causes).then(pl.coalesce("low", "central") / pl.col("factor"))
    high = pl.coalesce("high", "central", "low") * pl.col("factor")
    whole = pl.col("part").is_in(SHARES_OF_A_WHOLE)
    return rows.with_columns(
        low.clip(lower_bound=0.0).alias("wide_low"),
        pl.when(whole).then(high.clip(0.0, 1.0)).otherwise(high).alias("wide_high"),
        pl.when(~causes).then("central").alias("central"),
        pl.col("mark").replace_strict(_MARK_ORDER, return_dtype=pl.Int8).alias("mark_order"),
        pl.col("level").replace_strict(_LEVEL_ORDER, return_dtype=pl.Int8).alias("level_order"),
        pl.col("territorial").replace_strict(_TERRITORIAL_ORDER, return_dtype=pl.Int8).alias("territorial_order"),
    )


def _join_groups(rows: pl.DataFrame) -> pl.DataFrame:
    """One row per measure, part, group of bases, and whether it is evidence."""
    weakest = pl.col("kind").sort_by("priority", "mark_order").last()
    one = pl.len() == 1
    ranged = pl.col("wide_low") < pl.col("wide_high")
    # a recalled row beside one without a lower end must not give it one
    open_below = (pl.col("mark") != "S").all() & pl.col("wide_low").is_null().any()
    return rows.group_by("measure", "part", "group", (pl.col("mark") == "S").alias("is_evidence")).agg(
        pl.when(~open_below).then(pl.col("wide_low").min()).alias("low"),
        pl.when(one).then(pl.col("central").first()).alias("central"),
        pl.col("wide_high").max().alias("high"),
        pl.col("level").sort_by("level_order", "level").first(),
        pl.col("level_order").min(),
        pl.col("territorial").sort_by("territorial_order").first(),
        pl.col("territorial_order").min(),
        weakest.alias("kind"),
        pl.col("priority").min(),
        pl.col("mark").sort_by("mark_order").last(),
        pl.col("self_reported").all(),
        pl.len().cast(pl.Int16).alias("n_rows"),
        pl.col("evidence").sort().alias("rows"),
        pl.col("factor").max().alias("width_factor"),
        pl.when(pl.col("wide_high").max() == 0)
        .then(pl.lit("no_effect_by_definition"))
        .when(pl.col("wide_low").is_null().all())
        .then(pl.lit("only_upper_end"))
        .when(~one)
        .then(pl.lit("several_rows"))
        .when((pl.col("central").is_not_null() & pl.coalesce("low", "high").is_null()).first() & ranged.first())
        .then(pl.lit("single_value"))
        .otherwise(pl.lit("one_range"))
        .first()
        .alias("width_reason"),
    )


def _choose_evidence(joined: pl.DataFrame) -> pl.DataFrame:
    order = ["measure", "part", "territorial_order", "self_reported", "level_order", "priority", "n_rows", "high", "group"]
    falling = [name == "n_rows" for name in order]
    rows = joined.filter(pl.col("is_evidence")).sort(order, descending=falling, nulls_last=True)
    return rows.unique(["measure", "part"], keep="first", maintain_order=True)


def _choose_planning(joined: pl.DataFrame) -> pl.DataFrame:
    span = pl.col("high") - pl.col("low").fill_null(0.0)
    rows = joined.filter(~pl.col("is_evidence")).with_columns(span=span)
    rows = rows.sort(["measure", "part", "span", "group"], descending=[False, False, True, False])
    return rows.drop("span").unique(["measure", "part"], keep="first", maintain_order=True)


def _shape(answer: pl.DataFrame) -> pl.DataFrame:
    order = {part: place for place, part in enumerate(EFFECT_PARTS)}
    return (
        answer.with_columns(
            pl.col("is_evidence").fill_null(value=False),
            pl.col("n_rows").fill_null(0),
            pl.col("rows").fill_null([]),
            pl.col("width_reason").fill_null("unknown"),
        )
        .sort("measure", pl.col("part").replace_strict(order, return_dtype=pl.Int8))
        .select(
            "measure",
            pl.col("part").cast(pl.Enum(PARTS[:-1])),
            "low",
            "central",
            "high",
            "group",
            pl.col("level").cast(pl.Enum(LEVELS)),
            pl.col("territorial").cast(pl.Enum(("yes", "no", "unknown"))),
            pl.col("kind").cast(pl.Enum(EVIDENCE_KINDS)),
            pl.col("mark").cast(pl.Enum(("S", "K", "P"))),
            "is_evidence",
            "n_rows",
            "rows",
            "width_factor",
            pl.col("width_reason").cast(pl.Enum(WIDTH_REASONS)),
        )
    )
