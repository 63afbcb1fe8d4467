"""Can it be compared? The gate sheet: with whom, after which steps, with whom not and why."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.briefing.answers import rows_of
from citytandem.briefing.document import Grid, Page, Picture
from citytandem.briefing.pages.page import call_city, explain_gaps, make_page, tell_finding
from citytandem.briefing.pages.position import shown_outcomes
from citytandem.charts.bridge import draw_bridge
from citytandem.charts.chart import Column, Twin, name_key
from citytandem.narration import name_method, tell_aspect
from citytandem.science.balance.bridge import Bridge
from citytandem.words.labels import LABELS

if TYPE_CHECKING:
    from citytandem.briefing.answers import Answers
    from citytandem.words import Speech

WORST = {"comparable": 0, "after_step": 1, "not": 2}


def write_comparable(answers: Answers, speech: Speech) -> Page:
    """The page ``Can it be compared?``."""
    blocks = explain_gaps(answers, speech, parts=[answers.gate])
    pairs = fold_gate(answers)
    if pairs.height:
        blocks.append(Grid(_tabulate_pairs(pairs, answers=answers, speech=speech)))
        blocks += [Grid(twin) for twin in [_tabulate_reasons(answers, speech)] if twin.rows.height]
    answer = _answer(pairs, answers=answers, speech=speech)
    how = [speech.label("briefing.how.gate")]
    if isinstance(answers.bridge, Bridge):
        blocks.append(draw_own_bridge(answers.bridge, answers=answers, speech=speech))
        told = [tell_finding(finding, answers=answers, speech=speech) for finding in answers.bridge.findings]
        how += [speech.label("chart.bridge.how"), *told]
    return make_page("comparable", answers=answers, speech=speech, answer=answer, blocks=blocks, how=how)


def draw_own_bridge(bridge: Bridge, *, answers: Answers, speech: Speech) -> Picture:
    """From the own balance to the core that is compared, step by step; paper has no room for sources."""
    own = {key: name_method(key, methods=answers.methods, speech=speech) for key in answers.methods}
    if answers.balance:
        used = name_method(str(answers.balance["method"]), methods=answers.methods, speech=speech)
        own.setdefault(bridge.start, f"{used}, {bridge.year}")
    chart = draw_bridge(bridge, city=call_city(answers, speech), speech=speech, methods=own)
    columns = tuple(column for column in chart.twin.columns if column.name != "source")
    return Picture(chart, on_paper=replace(chart.twin, columns=columns))


def fold_gate(answers: Answers) -> pl.DataFrame:
    """One row per other balance for the main outcome: its worst status, in alphabetical order of the balances."""
    gate = _main_gate(answers)
    if not gate.height:
        return gate
    severity = pl.col("status").cast(pl.String).replace_strict(WORST, return_dtype=pl.Int8)
    return (
        gate.with_columns(severity.alias("severity"))
        .sort("severity", descending=True, maintain_order=True)
        .group_by("other", "city", maintain_order=True)
        .agg(pl.col("status").first(), pl.col("aspect").filter(pl.col("severity") > 0).alias("aspects"))
        .sort("city", "other")
    )


def _main_gate(answers: Answers) -> pl.DataFrame:
    gate = rows_of(answers.gate)
    if not gate.height:
        return gate
    outcome = answers.outcome or str(gate["outcome"][0])
    return gate.filter(pl.col("outcome").cast(pl.String) == outcome)


def _answer(pairs: pl.DataFrame, *, answers: Answers, speech: Speech) -> str:
    city = call_city(answers, speech)
    if not pairs.height:
        return speech.sentence("briefing.comparable.unknown", city=city)
    count = {status: pairs.filter(pl.col("status").cast(pl.String) == status).height for status in WORST}
    return speech.sentence(
        "briefing.comparable.answer",
        outcome=name_key(speech, "outcome", key=answers.outcome),
        all=pairs.height,
        comparable=count["comparable"],
        after_step=count["after_step"],
        no=count["not"],
    )


def _tabulate_pairs(pairs: pl.DataFrame, *, answers: Answers, speech: Speech) -> Twin:
    """Each peer with its values, and what the gate says about the main outcome."""
    outcomes = shown_outcomes(answers)
    dots = _peer_dots(answers)
    rows = [
        {
            "city": row["city"],
            "name": answers.name_city(row["city"], language=speech.language),
            **{outcome: dots.get((row["city"], outcome), {}).get("value") for outcome in outcomes},
            "year": next((dot["year"] for (city, _), dot in dots.items() if city == row["city"]), None),
            "method": _tell_method(row["city"], dots, answers=answers, speech=speech),
            "status": name_key(speech, "gate", key=row["status"]),
            "aspects": speech.join(name_key(speech, "aspect", key=aspect) for aspect in dict.fromkeys(row["aspects"])),
        }
        for row in pairs.iter_rows(named=True)
    ]
    unit = speech.label("unit.t_per_head")
    columns = (
        Column("name", speech.label("chart.city")),
        *(Column(outcome, name_key(speech, "outcome", key=outcome), unit, 2) for outcome in outcomes),
        Column("year", speech.label("chart.year"), plain=True),
        Column("method", speech.label("chart.method")),
        Column("status", speech.label("briefing.comparable.status")),
        Column("aspects", speech.label("briefing.comparable.aspects")),
    )
    words = dict.fromkeys(("method", "status", "aspects"), pl.String)
    schema = {"city": pl.String, "name": pl.String, **dict.fromkeys(outcomes, pl.Float64), "year": pl.Int64, **words}
    return Twin(speech.label("briefing.comparable.pairs"), columns, pl.DataFrame(rows, schema=schema))


def _peer_dots(answers: Answers) -> dict[tuple[str, str], dict[str, Any]]:
    """The peers' own figures by city and outcome."""
    strip = rows_of(answers.strip)
    return {(row["peer"], str(row["outcome"])): row for row in strip.iter_rows(named=True)}


def _tell_method(city: str, dots: dict[tuple[str, str], dict[str, Any]], *, answers: Answers, speech: Speech) -> str | None:
    """The method behind a peer's figures, by its name; null where it has none here."""
    key = next((dot["method"] for (peer, _), dot in dots.items() if peer == city), None)
    return key and name_method(key, methods=answers.methods, speech=speech)


def _tabulate_reasons(answers: Answers, speech: Speech) -> Twin:
    """Each different reason once, with the cities it is about."""
    found: dict[tuple[str, str, str], set[str]] = {}
    told = pl.col("code").is_not_null() & (pl.col("status").cast(pl.String) != "comparable")
    for row in _main_gate(answers).filter(told).iter_rows(named=True):
        text = tell_aspect(
            row,
            city=call_city(answers, speech),
            other=answers.name_city(str(row["city"]), language=speech.language),
            speech=speech,
        )
        cure = name_cure(row["cure"], speech)
        found.setdefault((name_key(speech, "aspect", key=row["aspect"]), text, cure), set()).add(row["city"])
    rows = [
        {
            "aspect": aspect,
            "why": text,
            "cure": cure,
            "cities": speech.join(sorted(answers.name_city(city, language=speech.language) for city in cities)),
        }
        for (aspect, text, cure), cities in found.items()
    ]
    columns = (
        Column("aspect", speech.label("briefing.comparable.aspect")),
        Column("why", speech.label("briefing.comparable.why")),
        Column("cure", speech.label("briefing.comparable.cure")),
        Column("cities", speech.label("briefing.comparable.cities")),
    )
    frame = pl.DataFrame(rows, schema=dict.fromkeys(("aspect", "why", "cure", "cities"), pl.String)).sort("aspect", "why")
    return Twin(speech.label("briefing.comparable.reasons"), columns, frame)


def name_cure(cure: str | None, speech: Speech) -> str:
    """The step that would make a pair comparable; a dash where none is known."""
    return speech.label(cure) if cure in LABELS else "–"
