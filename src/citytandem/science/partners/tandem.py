"""Which cities to propose, in an order that judges nobody: existing ties, then mutual learning, then likeness."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from citytandem.findings import Code, Finding, Severity
from citytandem.tables.results_partners import Exchange, Partner

if TYPE_CHECKING:
    import dataframely as dy

PROPOSALS = 5
ENOUGH = 3
"""Fewer proposals than this are told as a finding."""
NAMED = 2
"""How many subjects the sentence names in each direction."""

_CODES = {
    (False, "both"): Code.PARTNER_BOTH_LEARN,
    (False, "gets_only"): Code.PARTNER_WE_LEARN,
    (False, "gives_only"): Code.PARTNER_THEY_LEARN,
    (True, "both"): Code.TIE_BOTH_LEARN,
    (True, "gets_only"): Code.TIE_WE_LEARN,
    (True, "gives_only"): Code.TIE_THEY_LEARN,
}
_BANDS = {"both": 0, "gets_only": 1, "gives_only": 2}
_STRENGTH = {"evidence": 0, "topic": 1, "weak": 2}


def propose(exchanges: pl.DataFrame, *, links: pl.DataFrame, closeness: pl.DataFrame, limit: int = PROPOSALS) -> pl.DataFrame:
    """Cities with which there is something to learn, in the order in which to ask.

    A tandem thrives where both sides learn, so cities fall into three bands: both, only we, only they; weak leads make no
    pair mutual. Existing ties come
    first, sleeping ones too; then the bands; then the most alike. A city that could only learn from us is proposed where
    fewer than three others are: one-way partnerships fall asleep. Benefits sort nothing.

    Parameters
    ----------
    exchanges
        Rows of ``learn_measures`` and ``learn_topics`` with city and direction.
    links
        Answer of ``link_cities``.
    closeness
        City, similarity, differs.
    limit
        At most so many.
    """
    gets, gives = (pl.col("direction") == name for name in ("gets", "gives"))
    sector, firm = pl.col("kind") == "sector", pl.col("strength") != "weak"
    folded = exchanges.group_by("city").agg(
        gets.any().alias("learns"),
        gives.any().alias("teaches"),
        (gets & firm).any().alias("learns_firmly"),
        (gives & firm).any().alias("teaches_firmly"),
        pl.col("subject").filter(gets & sector).unique().sort().alias("topics_in"),
        pl.col("subject").filter(gives & sector).unique().sort().alias("topics_out"),
    )
    both = (
        pl.when(pl.col("learns_firmly") & pl.col("teaches_firmly")).then(pl.lit("both")).when("learns").then(pl.lit("gets_only"))
    )
    joined = (
        folded.with_columns(both.otherwise(pl.lit("gives_only")).alias("reciprocity"))
        .join(closeness.select("city", "similarity", "differs"), on="city", how="left")
        .join(links, on="city", how="left")
        .with_columns(pl.col("differs", "networks", "languages").fill_null([]))
        .sort(
            pl.col("tie").is_null(),
            pl.col("reciprocity").replace_strict(_BANDS, return_dtype=pl.Int8),
            pl.col("similarity").neg(),
            "city",
            nulls_last=True,
        )
    )
    learning = joined.filter(pl.col("learns")).head(limit)
    only_giving = joined.filter(~pl.col("learns")).head(max(0, min(limit, ENOUGH) - learning.height))
    return joined.filter(pl.col("city").is_in([*learning.get_column("city"), *only_giving.get_column("city")]))


def shape_partners(proposed: pl.DataFrame, *, benefit_in: pl.DataFrame, benefit_out: pl.DataFrame) -> dy.DataFrame[Partner]:
    """The proposed cities with the benefit each way, and the code of the sentence that says why.

    Parameters
    ----------
    proposed
        Answer of :func:`propose`.
    benefit_in, benefit_out
        Answers of ``add_up``: what we could learn from each, and each from us. The mutual benefit is the smaller one.
        Where only a topic stands behind a lead, or nothing is known, a benefit is null, and so is the mutual one.
    """
    ends = {"benefit_low": "low", "benefit_high": "high"}
    joined = (
        proposed.join(
            benefit_in.rename({name: f"benefit_in_{end}" for name, end in ends.items()}),
            on="city",
            how="left",
            maintain_order="left",
        )
        .join(
            benefit_out.rename({name: f"benefit_out_{end}" for name, end in ends.items()}),
            on="city",
            how="left",
            maintain_order="left",
        )
        .with_columns(_smaller(f"benefit_in_{end}", f"benefit_out_{end}").alias(f"mutual_{end}") for end in ("low", "high"))
    )
    codes = [str(_CODES[tied, band]) for tied, band in joined.select(pl.col("tie").is_not_null(), "reciprocity").iter_rows()]
    named = joined.with_columns(pl.Series("sentence", codes, dtype=pl.String)).rename({"city": "partner"})
    return Partner.cast(named.select(Partner.column_names()))


def _smaller(one: str, other: str) -> pl.Expr:
    """The smaller of two columns; null where either is not known."""
    return pl.when(pl.col(one).is_not_null() & pl.col(other).is_not_null()).then(pl.min_horizontal(one, other))


def shape_exchanges(exchanges: pl.DataFrame, *, partners: pl.DataFrame) -> dy.DataFrame[Exchange]:
    """What the proposed partners give and get, in their order; evidence before topics, topics before weak ones."""
    order = partners.select("partner").with_row_index("turn")
    kept = exchanges.rename({"city": "partner"}).join(order, on="partner")
    ordered = kept.sort(
        "turn",
        "direction",
        pl.col("strength").replace_strict(_STRENGTH, return_dtype=pl.Int8),
        pl.col("need_high").neg(),
        "subject",
        nulls_last=True,
    )
    return Exchange.cast(ordered.select(Exchange.column_names()))


def say_why(partners: pl.DataFrame, *, exchanges: pl.DataFrame) -> tuple[Finding, ...]:
    """One sentence per partner as code and facts.

    ``gets`` and ``gives`` hold keys with commas, such as ``measure.T15,outcome.transport``; ``partner`` the city's id and
    ``tie`` a key. A face puts names in their place before it says the sentence.
    """
    told = []
    for row in partners.iter_rows(named=True):
        mine = exchanges.filter(pl.col("partner") == row["partner"])
        facts: dict[str, str | int | None] = {"partner": row["partner"]}
        for direction in ("gets", "gives"):
            facts[direction] = ",".join(_name_subjects(mine.filter(pl.col("direction").cast(pl.String) == direction)))
        if row["tie"] is not None:
            facts |= {"tie": f"tie.{row['tie']}", "since": row["tie_since"]}
        told.append(Finding(Code(row["sentence"]), facts, where="partners", severity=Severity.NOTE))
    return tuple(told)


def _name_subjects(rows: pl.DataFrame) -> list[str]:
    prefix = {"stage": "measure", "sector": "outcome"}
    return [f"{prefix[str(kind)]}.{subject}" for kind, subject in rows.select("kind", "subject").head(NAMED).iter_rows()]
