"""What would help most? Measures whose effect is known, on their three axes, and who has done them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.briefing.answers import rows_of
from citytandem.briefing.document import Block, Grid, Page, Picture, Text
from citytandem.briefing.pages.page import call_city, explain_gaps, make_page, show_interval
from citytandem.charts.chart import Column, Twin, name_key
from citytandem.charts.measures import draw_axes, draw_measures

if TYPE_CHECKING:
    from citytandem.briefing.answers import Answers
    from citytandem.words import Speech

LISTED = 8
NAMED = 3


def write_measures(answers: Answers, speech: Speech) -> Page:
    """The page ``What would help most?``."""
    city, advice = call_city(answers, speech), sized(answers)
    blocks = explain_gaps(answers, speech, parts=[answers.advice])
    if advice.height:
        titles = answers.title_measures(speech.language)
        chart = draw_measures(advice.head(LISTED), city=city, titles=titles, speech=speech)
        axes = draw_axes(advice.head(LISTED), city=city, titles=titles, speech=speech)
        listed = _tabulate_list(advice.head(LISTED), answers=answers, speech=speech)
        blocks += [
            Picture(chart, on_paper=_empty(chart.twin)),
            Picture(axes, on_paper=_empty(axes.twin)),
            Grid(listed, "measure_list"),
        ]
        blocks += _tell_together(answers, speech)
    how = [speech.label("briefing.how.advice"), speech.label("briefing.how.marks")]
    return make_page(
        "measures", answers=answers, speech=speech, answer=_answer(advice, answers=answers, speech=speech), blocks=blocks, how=how
    )


def _tell_together(answers: Answers, speech: Speech) -> list[Block]:
    """What the measures could do together, one after the other and never twice."""
    plan = answers.portfolio
    if plan is None or plan.reduction_high_t <= 0:
        return []
    chosen = plan.steps.filter((pl.col("status").cast(pl.String) == "chosen") & (pl.col("reduction_high_t") > 0))
    told = speech.sentence(
        "briefing.measures.together",
        count=chosen.height,
        low=speech.number(plan.reduction_low_t / 1000, digits=0),
        high=speech.number(plan.reduction_high_t / 1000, digits=0),
        share=speech.percent(plan.reduction_high_share),
    )
    return [Text(told)]


def _empty(twin: Twin) -> Twin:
    """No second table on paper: the list below both pictures holds their numbers."""
    return Twin(twin.caption, twin.columns, twin.rows.clear())


def sized(answers: Answers) -> pl.DataFrame:
    """Measures that carry a number, in the order in which they would help; the mark of their evidence in words."""
    advice = rows_of(answers.advice)
    if not advice.height:
        return advice
    return advice.filter(pl.col("remaining_high_t").is_not_null() & (pl.col("remaining_high_t") > 0))


def _answer(advice: pl.DataFrame, *, answers: Answers, speech: Speech) -> str:
    city = call_city(answers, speech)
    if not advice.height:
        return speech.sentence("briefing.measures.unknown", city=city)
    proven = advice.filter(pl.col("is_evidence"))
    if not proven.height:
        return speech.sentence("briefing.measures.no_evidence", city=city)
    titles = answers.title_measures(speech.language)
    best = [
        f"{titles.get(row['measure'], row['measure'])} ({_interval_kt(row, speech)})" for row in proven.head(NAMED).to_dicts()
    ]
    return speech.sentence("briefing.measures.answer", city=city, measures=speech.join(best))


def _interval_kt(row: dict[str, Any], speech: Speech) -> str:
    """Thousand tonnes from least to most; small figures keep a decimal."""
    low, high = row["remaining_low_t"] / 1000, row["remaining_high_t"] / 1000
    return show_interval(low, high, speech=speech, digits=0 if high >= 100 else 1)


def _tabulate_list(advice: pl.DataFrame, *, answers: Answers, speech: Speech) -> Twin:
    """The listed measures with all numbers, marks, and cities that have done them."""
    titles = answers.title_measures(speech.language)
    rows = [
        {
            "measure": row["measure"],
            "name": titles.get(row["measure"], row["measure"]),
            "effect": _interval_kt(row, speech),
            "route": name_key(speech, "route", key=row["route"]),
            "depth": _percents(row["depth_low"], row["depth_high"], speech=speech),
            "done": _percents(row["implemented_low"], row["implemented_high"], speech=speech),
            "holds": speech.percent(row["holds_share"]),
            "mark": row["evidence_mark"],
            "cities": _list_doers(row["measure"], answers=answers, speech=speech),
        }
        for row in advice.iter_rows(named=True)
    ]
    columns = (
        Column("measure", speech.label("chart.key")),
        Column("name", speech.label("chart.measure")),
        Column("effect", speech.label("briefing.measures.effect"), speech.label("unit.kt"), plain=True),
        Column("route", speech.label("chart.route")),
        Column("depth", speech.label("chart.axis.depth"), plain=True),
        Column("done", speech.label("chart.axis.activity"), plain=True),
        Column("holds", speech.label("briefing.measures.holds"), plain=True),
        Column("mark", speech.label("briefing.measures.mark")),
        Column("cities", speech.label("briefing.measures.done_by")),
    )
    frame = pl.DataFrame(rows, schema={column.name: pl.String for column in columns})
    return Twin(speech.label("briefing.measures.list"), columns, frame, exact=_drop_lists(advice))


def _drop_lists(advice: pl.DataFrame) -> pl.DataFrame:
    """The numbers of the advice, with lists as words: what a flat table can hold."""
    kinds = zip(advice.columns, advice.dtypes, strict=True)
    return advice.with_columns(pl.col(name).list.join(" ") for name, kind in kinds if kind == pl.List)


def _percents(low: float | None, high: float | None, *, speech: Speech) -> str:
    if low is None or high is None:
        return "–"
    return speech.percent(high) if low == high else f"{speech.number(low * 100, digits=0)}–{speech.percent(high)}"


def _list_doers(measure: str, *, answers: Answers, speech: Speech) -> str:
    """Cities that have done it, similar first."""
    done = rows_of(answers.done_by)
    if not done.height:
        return "–"
    cities = done.filter(pl.col("measure") == measure).head(NAMED)["city"]
    return speech.join(answers.name_city(city, language=speech.language) for city in cities)
