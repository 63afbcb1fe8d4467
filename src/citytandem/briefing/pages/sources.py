"""How do we know? Sources, marks, the release and the code behind every figure, and the right of reply."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from citytandem.briefing.document import Block, Grid, Page, Text
from citytandem.briefing.pages.page import call_city, make_page
from citytandem.charts.chart import Column, Twin

if TYPE_CHECKING:
    from citytandem.briefing.answers import Answers
    from citytandem.words import Speech


def write_sources(answers: Answers, speech: Speech) -> Page:
    """The last page: ``How do we know?``."""
    city = call_city(answers, speech)
    blocks: list[Block] = [
        Text(speech.label("briefing.sources.marks")),
        Text(speech.label("briefing.sources.letters")),
        Text(speech.label("briefing.sources.interval")),
        Text(speech.label("briefing.sources.no_order")),
    ]
    if answers.sources.height:
        blocks.append(Grid(_tabulate_sources(answers.sources, speech)))
    blocks.append(Grid(_tabulate_provenance(answers, speech)))
    blocks.append(Text(speech.sentence("briefing.sources.reply", city=city)))
    answer = speech.sentence("briefing.sources.answer", city=city)
    return make_page("sources", answers=answers, speech=speech, answer=answer, blocks=blocks)


def _tabulate_sources(sources: pl.DataFrame, speech: Speech) -> Twin:
    columns = (
        Column("source", speech.label("briefing.sources.key")),
        Column("attribution", speech.label("briefing.sources.publication")),
        Column("year", speech.label("chart.year"), plain=True),
        Column("licence", speech.label("briefing.sources.licence")),
        Column("url", speech.label("briefing.sources.address")),
    )
    frame = sources.unique("source").sort("source").select(column.name for column in columns)
    return Twin(speech.label("briefing.sources.list"), columns, frame)


def _tabulate_provenance(answers: Answers, speech: Speech) -> Twin:
    facts = answers.provenance
    rows = [
        ("release", facts.release),
        ("sha256", facts.release_sha256),
        ("code", f"citytandem {facts.code_version}"),
        ("seed", "–" if facts.seed is None else str(facts.seed)),
    ]
    frame = pl.DataFrame(
        [{"what": speech.label(f"briefing.sources.{key}"), "value": value} for key, value in rows],
        schema={"what": pl.String, "value": pl.String},
    )
    columns = (Column("what", speech.label("briefing.sources.what")), Column("value", speech.label("briefing.sources.value")))
    return Twin(speech.label("briefing.sources.again"), columns, frame)
