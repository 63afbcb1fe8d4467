"""Who may do what, by which law? Powers of local governments by country and tier."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from citytandem.web.insights.method.sheets import MethodPage, Says, Sheet, link_sources, say_key, show_mark, show_source

if TYPE_CHECKING:
    from citytandem.web.insights.method.sheets import Asked


def write_powers(asked: Asked) -> MethodPage:
    """The tiers we know, and the powers of the country and tier that is chosen."""
    speech, facts = asked.speech, asked.atlas.facts
    powers = facts.power.with_columns(pl.col("dimension", "confidence", "mark").cast(pl.String))
    tiers = sorted(
        {(tier, say_key(tier, prefix="tier", speech=speech)) for tier in powers["tier"].unique()}, key=lambda one: one[1]
    )
    choices = (
        asked.choose("country", label="chart.country", options=asked.countries(powers["country"])),
        asked.choose("tier", label="web.method.tier", options=tiers),
    )
    shown = powers
    for choice in choices:
        shown = shown.filter(pl.col(choice.name) == choice.chosen) if choice.chosen else shown
    if not any(choice.chosen for choice in choices) and not asked.query.get("q"):
        shown = shown.head(0)
    sheets = (_list_tiers(asked, powers), _list_powers(asked, shown), _list_scope(asked))
    return MethodPage(
        "powers",
        speech.label("web.method.powers.title"),
        speech.sentence(
            "web.method.powers.answer",
            count=powers.height,
            countries=powers["country"].n_unique(),
            read=powers.filter(pl.col("mark") == "S").height,
        ),
        sheets,
        notes=(speech.label("web.method.powers.choose"), speech.label("web.method.marks"), speech.label("web.method.english")),
        choices=choices,
    )


def _list_tiers(asked: Asked, powers: pl.DataFrame) -> Sheet:
    counted = powers.group_by("country", "tier").agg(
        rows=pl.len(), read=(pl.col("mark") == "S").sum(), unknown=pl.col("level").is_null().sum()
    )
    tiers = asked.atlas.facts.tier.select("country", "tier", "base_tier", "complete")
    rows = tiers.join(counted, on=["country", "tier"], how="full", coalesce=True).sort("country", "tier")
    rows = rows.with_columns(
        pl.col("rows", "read", "unknown").fill_null(0),
        tier_address=pl.concat_str(pl.lit("?country="), "country", pl.lit("&tier="), "tier"),
    )
    columns = (
        Says("country", "chart.country", kind="country"),
        Says("tier", "web.method.tier", prefix="tier", to="tier_address"),
        Says("rows", "web.method.powers.rows", kind="number"),
        Says("read", "web.method.evidence_read", kind="number"),
        Says("unknown", "web.method.powers.unknown", kind="number"),
        Says("complete", "web.method.powers.complete", kind="yes_no"),
    )
    return Sheet("tiers", asked.speech.label("web.method.powers.tiers"), rows, columns)


def _list_powers(asked: Asked, shown: pl.DataFrame) -> Sheet:
    columns = (
        Says("country", "chart.country", kind="country"),
        Says("tier", "web.method.tier", prefix="tier"),
        Says("state", "web.method.state"),
        Says("asset", "web.city.asset", prefix="asset"),
        Says("dimension", "web.city.dimension", prefix="dimension"),
        Says("level", "web.city.level", kind="number"),
        Says("reason", "web.method.reason", kind="english"),
        Says("law", "web.city.law"),
        Says("law_date", "web.city.law_date"),
        Says("confidence", "web.method.confidence", prefix="confidence"),
        show_mark(),
        show_source(),
    )
    return Sheet("powers", asked.speech.label("web.method.powers.list"), link_sources(shown), columns)


def _list_scope(asked: Asked) -> Sheet:
    """Which power makes which emissions ours to decide or ours to influence."""
    names = ("sector", "carrier", "dimension", "influence", "mark")
    rows = asked.atlas.facts.scope.with_columns(pl.col(name).cast(pl.String) for name in names)
    columns = (
        Says("sector", "chart.sector", prefix="sector"),
        Says("carrier", "chart.carrier", prefix="carrier"),
        Says("asset", "web.city.asset", prefix="asset"),
        Says("dimension", "web.city.dimension", prefix="dimension"),
        Says("minimum_level", "web.method.from_level", kind="number"),
        Says("influence", "web.method.gives", prefix="part"),
        Says("reason", "web.method.reason", kind="english"),
        show_mark(),
        show_source(),
    )
    return Sheet("scope", asked.speech.label("web.method.powers.scope"), link_sources(rows), columns)
