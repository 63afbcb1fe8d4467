"""Whom should we ask? Cards of possible partners: what each side gives and gets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.briefing.answers import rows_of
from citytandem.briefing.document import Card, Cards, Page
from citytandem.briefing.pages.page import call_city, explain_gaps, make_page
from citytandem.charts.chart import name_key
from citytandem.findings import Code, Finding
from citytandem.tables.results_benchmark import OUTCOMES

if TYPE_CHECKING:
    from citytandem.briefing.answers import Answers
    from citytandem.words import Speech

SHOWN = 5
SUBJECTS = 3


def write_partners(answers: Answers, speech: Speech) -> Page:
    """The page ``Whom should we ask?``."""
    partners = rows_of(answers.partners)
    blocks = explain_gaps(answers, speech, parts=[answers.partners])
    if partners.height:
        shown = partners.head(SHOWN).to_dicts()
        blocks.append(Cards(tuple(_make_card(row, answers=answers, speech=speech) for row in shown)))
    answer = _answer(partners, answers=answers, speech=speech)
    how = [speech.label("briefing.how.partners")]
    return make_page("partners", answers=answers, speech=speech, answer=answer, blocks=blocks, how=how)


def _answer(partners: pl.DataFrame, *, answers: Answers, speech: Speech) -> str:
    if not partners.height:
        return speech.sentence("briefing.partners.unknown", city=call_city(answers, speech))
    first = partners.to_dicts()[0]
    gap = "" if speech.language in {"ja", "zh-Hans"} else " "
    return f"{say_partner(first, answers=answers, speech=speech)}{gap}{speech.label('briefing.partners.call')}"


def say_partner(row: dict[str, Any], *, answers: Answers, speech: Speech) -> str:
    """The one sentence that says why this city."""
    facts = {
        "partner": answers.name_city(row["partner"], language=speech.language),
        "gets": list_subjects(row, "gets", answers=answers, speech=speech),
        "gives": list_subjects(row, "gives", answers=answers, speech=speech),
        "tie": name_key(speech, "tie", key=row["tie"]) if row["tie"] else speech.label("tie.none"),
        "since": str(row["tie_since"] or "–"),
    }
    return speech.say(Finding(Code(row["sentence"]), facts))


def list_subjects(row: dict[str, Any], direction: str, *, answers: Answers, speech: Speech) -> str:
    """What one side could learn: measures with evidence first, else topics; at most three."""
    exchanges = rows_of(answers.exchanges)
    subjects: list[str] = []
    if exchanges.height:
        chosen = exchanges.filter((pl.col("partner") == row["partner"]) & (pl.col("direction").cast(pl.String) == direction))
        subjects = chosen["subject"].to_list()
    topics = row["topics_in"] if direction == "gets" else row["topics_out"]
    shown = list(dict.fromkeys([*subjects, *topics]))[:SUBJECTS]
    return speech.join(_name_subject(key, answers, speech=speech) for key in shown)


def _name_subject(key: str, answers: Answers, *, speech: Speech) -> str:
    if key in OUTCOMES:
        return name_key(speech, "outcome", key=key)
    return answers.title_measures(speech.language).get(key, key)


def _make_card(row: dict[str, Any], *, answers: Answers, speech: Speech) -> Card:
    differs = [name_key(speech, "variable", key=variable) for variable in row["differs"][:SUBJECTS]]
    tie = speech.label("tie.none")
    if row["tie"]:
        tie = name_key(speech, "tie", key=row["tie"]) + (f" ({row['tie_since']})" if row["tie_since"] else "")
    lines = (
        (speech.label("briefing.partners.gets"), list_subjects(row, "gets", answers=answers, speech=speech)),
        (speech.label("briefing.partners.gives"), list_subjects(row, "gives", answers=answers, speech=speech)),
        (speech.label("briefing.partners.differs"), speech.join(differs)),
        (speech.label("briefing.partners.tie"), tie),
        (speech.label("briefing.partners.languages"), _list_languages(row["languages"], speech)),
        (speech.label("briefing.partners.travel"), _say_travel(row, speech)),
    )
    title = answers.name_city(row["partner"], language=speech.language)
    return Card(title, say_partner(row, answers=answers, speech=speech), lines)


def _list_languages(languages: list[str], speech: Speech) -> str:
    from babel import Locale  # slow import

    shown = Locale.parse(speech.language.replace("-", "_")).languages
    return speech.join(str(shown.get(tag.replace("-", "_"), tag)) for tag in languages)


def _say_travel(row: dict[str, Any], speech: Speech) -> str:
    """Distance, and hours between the clocks."""
    hours = row["timezone_hours"]
    if hours == 0:
        return speech.sentence("briefing.partners.same_time", km=speech.number(row["distance_km"], digits=0))
    return speech.sentence(
        "briefing.partners.distance",
        km=speech.number(row["distance_km"], digits=0),
        hours="–" if hours is None else speech.number(hours, digits=0 if hours == int(hours) else 1),
    )
