"""Whom should we ask? Cards of possible partners, each with a first call already drafted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import polars as pl

from citytandem.briefing.answers import rows_of
from citytandem.briefing.document import Cards
from citytandem.briefing.pages.partners import SHOWN, list_subjects
from citytandem.briefing.pages.partners import write_partners as write_page
from citytandem.charts.chart import Column, Twin, name_key
from citytandem.web.insights.figures import Figure, Origin, Section, column_of, join_sources
from citytandem.web.insights.sections.page import find_notices, make_section, result_origin, structure_sources

if TYPE_CHECKING:
    from citytandem.briefing.document import Card
    from citytandem.web.insights.view import View

PERCENT = ("benefit_in_low", "benefit_in_high", "benefit_out_low", "benefit_out_high", "similarity")


@dataclass(frozen=True)
class Partner:
    """One card: a city, what each side gives, and the draft of a first call."""

    template: ClassVar[str] = "insights/parts/partner.html"

    city: str
    card: Card
    networks: str
    draft: str


def write_partners(view: View) -> Section:
    """The question ``Whom should we ask?``."""
    page = write_page(view.answers, view.speech)
    partners = rows_of(view.answers.partners)
    cards = [card for block in page.blocks if isinstance(block, Cards) for card in block.cards]
    blocks: list[Any] = [*find_notices(page)]
    for row, card in zip(partners.head(SHOWN).to_dicts(), cards, strict=False):
        networks = [key.replace("_", " ").title() for key in row["networks"]]
        blocks.append(Partner(row["partner"], card, view.speech.join(networks) if networks else "", _draft_call(view, row)))
    if partners.height:
        blocks.append(_tabulate(view, partners.head(SHOWN)))
    return make_section(page, blocks)


def _draft_call(view: View, row: dict[str, Any]) -> str:
    """A few lines to send: who we are, why we ask, and three questions for half an hour."""
    speech = view.speech
    facts = {
        "city": view.name,
        "partner": view.call(row["partner"]),
        "gets": list_subjects(row, "gets", answers=view.answers, speech=speech),
        "gives": list_subjects(row, "gives", answers=view.answers, speech=speech),
        "differs": speech.join(name_key(speech, "variable", key=key) for key in row["differs"][:2]),
    }
    tie = "web.city.call.tie" if row["tie"] else "web.city.call.no_tie"
    second = "web.city.call.question_2" if facts["gives"] != "–" else "web.city.call.question_2_open"
    asked = ("web.city.call.question_1", second, "web.city.call.question_3")
    return "\n\n".join(
        [
            speech.sentence("web.city.call.greeting", **facts),
            speech.sentence(tie, **facts, tie=name_key(speech, "tie", key=row["tie"]) if row["tie"] else "–"),
            "\n".join(f"{number}. {speech.sentence(key, **facts)}" for number, key in enumerate(asked, start=1)),
            speech.sentence("web.city.call.end", **facts),
        ]
    )


def _tabulate(view: View, partners: pl.DataFrame) -> Figure:
    """The numbers behind the cards."""
    speech = view.speech
    flat = partners.with_columns(
        *(pl.col(name).list.join(" ") for name, kind in zip(partners.columns, partners.dtypes, strict=True) if kind == pl.List),
        *((pl.col(name) * 100).alias(name) for name in PERCENT),
        pl.col("tie").cast(pl.String),
        pl.Series("name", [view.call(city) for city in partners["partner"]], dtype=pl.String),
    ).drop("mutual_low", "mutual_high", "tie_since")
    percent, unknown = speech.label("unit.percent"), speech.label("stage.unknown")
    benefits = [
        Column(name, speech.label(f"web.city.{name}"), percent, 0, unknown=unknown)
        for name in PERCENT
        if name.startswith("benefit")
    ]
    columns = (
        Column("name", speech.label("chart.city")),
        *benefits,
        Column("similarity", speech.label("briefing.profile.alike"), percent, 0),
        Column("distance_km", speech.label("briefing.partners.travel"), speech.label("unit.km"), 0),
        Column("timezone_hours", speech.label("web.city.clocks"), speech.label("unit.hours"), 1),
    )
    return Figure("partners", Twin(speech.label("web.city.partners"), columns, flat), lambda row, name: _trace(view, row, name))


def _trace(view: View, row: dict[str, Any], name: str) -> Origin:
    if name in {"distance_km", "timezone_hours"}:
        sources = column_of(view.atlas.city.filter(pl.col("city").is_in([view.city, row["partner"]])), "source")
        return result_origin(
            "partner", row, "partner", sources=sources, method="great circle" if name == "distance_km" else "IANA"
        )
    if name == "similarity":
        return result_origin("partner", row, "partner", sources=structure_sources(view, view.city, row["partner"]), mark="P")
    exchanges = rows_of(view.answers.exchanges).filter(pl.col("partner") == row["partner"])
    pair = ("benefit_in_low", "benefit_in_high") if "_in_" in name else ("benefit_out_low", "benefit_out_high")
    sources = join_sources(*column_of(exchanges, "source")) or ("citytandem-2026",)
    return result_origin(
        "partner", row, "partner", sources=sources, year=view.answers.year, low=row[pair[0]], high=row[pair[1]], mark="P"
    )
