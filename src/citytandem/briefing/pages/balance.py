"""What do we emit? Emissions by sector over the years, and what the balance is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.briefing.answers import findings_of, rows_of
from citytandem.briefing.document import Block, Grid, Notice, Page, Picture, Text
from citytandem.briefing.pages.page import call_city, explain_gaps, make_page, show_interval
from citytandem.charts.chart import Column, Twin, name_key
from citytandem.charts.sectors import draw_sectors
from citytandem.narration import name_method

if TYPE_CHECKING:
    from citytandem.briefing.answers import Answers
    from citytandem.words import Speech

CHOICES = ("gwp", "electricity", "boundary", "upstream")
"""Facts of a header that are choices with a label."""


def write_balance(answers: Answers, speech: Speech) -> Page:
    """The page ``What do we emit?``."""
    city, lines = call_city(answers, speech), rows_of(answers.lines)
    blocks = explain_gaps(answers, speech, parts=[answers.lines])
    if lines.height:
        per_head = lines["population"].null_count() == 0
        chart = draw_sectors(lines, city=city, per_head=per_head, speech=speech, breaks=find_breaks(answers))
        blocks.append(Picture(chart))
        if not per_head:
            blocks.append(Notice(speech.sentence("briefing.balance.without_people", city=city)))
    blocks += _tell_trend(answers, speech)
    if not findings_of(answers.outcomes) and rows_of(answers.outcomes).height:
        blocks.append(Grid(_tabulate_outcomes(rows_of(answers.outcomes), speech), "outcomes"))
    return make_page(
        "balance", answers=answers, speech=speech, answer=_answer(answers, speech), blocks=blocks, how=_tell_how(answers, speech)
    )


def _tell_trend(answers: Answers, speech: Speech) -> list[Block]:
    """The robust rate of change of the main outcome, where there are years enough of one method."""
    trend = rows_of(answers.trend)
    if not trend.height:
        return []
    known = trend.filter((pl.col("outcome").cast(pl.String) == answers.outcome) & pl.col("slope_per_year").is_not_null())
    return [Text(_say_trend(row, speech)) for row in known.iter_rows(named=True)]


def _say_trend(row: dict[str, Any], speech: Speech) -> str:
    key = "briefing.balance.trend_broken" if row["breaks"] else f"briefing.balance.trend_{row['basis']}"
    return speech.sentence(
        key,
        outcome=name_key(speech, "outcome", key=row["outcome"]),
        slope=speech.percent(row["slope_per_year"], digits=1),
        low=speech.percent(row["low"], digits=1),
        high=speech.percent(row["high"], digits=1),
        first=str(row["from_year"]),
        last=str(row["to_year"]),
        breaks=str(row["breaks"]),
    )


def find_breaks(answers: Answers) -> list[int]:
    """Years from which the series is made by another method."""
    trend = rows_of(answers.trend)
    if "breaks" not in trend.columns:
        return []
    named = {year.strip() for text in trend["breaks"].drop_nulls() for year in text.split(",") if year.strip()}
    return sorted(int(year) for year in named)


def _answer(answers: Answers, speech: Speech) -> str:
    outcomes, city = rows_of(answers.outcomes), call_city(answers, speech)
    if not outcomes.height:
        return speech.sentence("briefing.balance.unknown", city=city)
    whole = outcomes.filter(pl.col("outcome").cast(pl.String) == "full").to_dicts() or outcomes.to_dicts()
    row = whole[0]
    if row["per_head_t"] is None:
        return speech.sentence("briefing.balance.total_only", city=city, year=str(answers.year), kt=_kt(row["emissions_t"]))
    interval = show_interval(row["low_t_per_head"], row["high_t_per_head"], speech=speech)
    key = "briefing.balance.answer" if interval != "–" else "briefing.balance.answer_without_interval"
    facts = {"value": row["per_head_t"], "interval": interval, "kt": _kt(row["emissions_t"])}
    return speech.sentence(key, city=city, year=str(answers.year), **facts)


def _kt(tonnes: float | None) -> float | None:
    return None if tonnes is None else tonnes / 1000


def _tabulate_outcomes(outcomes: pl.DataFrame, speech: Speech) -> Twin:
    """The outcomes that are compared: per head with interval, quality, and what is missing."""
    heads = speech.label("unit.t_per_head")
    missing = [_name_missing(text, speech) for text in outcomes["missing"]]
    frame = outcomes.with_columns(
        pl.Series("name", [name_key(speech, "outcome", key=key) for key in outcomes["outcome"]], dtype=pl.String),
        pl.Series("missing", missing, dtype=pl.String),
        (pl.col("emissions_t") / 1000).alias("kt"),
    )
    columns = (
        Column("name", speech.label("chart.outcome")),
        Column("kt", speech.label("briefing.emissions"), speech.label("unit.kt"), 1),
        Column("per_head_t", speech.label("chart.value"), heads, 2),
        Column("low_t_per_head", speech.label("chart.low"), heads, 2),
        Column("high_t_per_head", speech.label("chart.high"), heads, 2),
        Column("grade", speech.label("briefing.grade")),
        Column("missing", speech.label("briefing.missing")),
    )
    shown = frame.select(pl.col("outcome").cast(pl.String), *(column.name for column in columns))
    return Twin(speech.label("briefing.balance.outcomes"), columns, shown)


def _name_missing(text: str | None, speech: Speech) -> str | None:
    """Sectors that are not stated on their own, in words."""
    if not text:
        return None
    return speech.join(name_key(speech, "sector", key=key.strip()) for key in text.split(","))


def _tell_how(answers: Answers, speech: Speech) -> list[str]:
    header = answers.balance
    if not header:
        return []
    facts = {name: str(header.get(name) or "–") for name in ("source", "verification")}
    facts["source"] = dict(answers.sources.select("source", "title").iter_rows()).get(facts["source"], facts["source"])
    facts["method"] = name_method(str(header["method"]), methods=answers.methods, speech=speech)
    facts |= {name: name_key(speech, "said", key=str(header.get(name) or "unknown")) for name in CHOICES}
    told = [speech.sentence("briefing.how.balance", year=str(answers.year), **facts)]
    if header.get("top_down"):
        told.append(speech.label("briefing.how.top_down"))
    told.append(speech.label("briefing.how.interval"))
    return told
