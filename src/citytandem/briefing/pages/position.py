"""Where do we stand, and why? The own value among the peers, and the drivers of the difference."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from citytandem.briefing.answers import rows_of
from citytandem.briefing.document import Block, Page, Picture
from citytandem.briefing.pages.page import call_city, explain_gaps, make_page, show_interval
from citytandem.charts.chart import name_key
from citytandem.charts.strips import draw_strips
from citytandem.charts.waterfall import draw_waterfall

if TYPE_CHECKING:
    from citytandem.briefing.answers import Answers
    from citytandem.words import Speech

SHOWN = ("households", "buildings", "stationary", "transport", "industry", "waste")
WHOLE = ("core_no_industry", "core", "core_waste", "full")
FEWEST = 0.005
"""Tonnes per person below which a driver is not worth a word."""

FEWEST_DRIVERS = 2
"""One driver alone is the whole difference and explains nothing."""


def write_position(answers: Answers, speech: Speech) -> Page:
    """The page ``Where do we stand, and why?``."""
    blocks = explain_gaps(answers, speech, parts=[answers.position, answers.drivers])
    position = rows_of(answers.position)
    if position.height:
        blocks += _draw_position(position, answers=answers, speech=speech)
    blocks += _draw_drivers(answers, speech)
    how = [speech.label("briefing.how.position"), speech.label("briefing.how.expected"), speech.label("briefing.how.drivers")]
    return make_page("position", answers=answers, speech=speech, answer=_answer(answers, speech), blocks=blocks, how=how)


def main_row(answers: Answers) -> dict[str, object] | None:
    """The position in the main outcome; none where it is not known."""
    position = rows_of(answers.position)
    if not position.height:
        return None
    rows = position.filter((pl.col("outcome").cast(pl.String) == answers.outcome) & pl.col("value").is_not_null())
    return rows.to_dicts()[0] if rows.height else None


def _draw_position(position: pl.DataFrame, *, answers: Answers, speech: Speech) -> list[Block]:
    outcome = pl.col("outcome").cast(pl.String)
    wanted = shown_outcomes(answers)
    if not wanted:
        return []
    known = position.with_columns(outcome).filter(pl.col("median").is_not_null())
    order = outcome.replace_strict({name: place for place, name in enumerate(wanted)}, return_dtype=pl.Int8)
    shown = known.filter(outcome.is_in(wanted)).sort(order)
    strip = rows_of(answers.strip).with_columns(outcome)
    names = answers.name_cities(speech.language)
    chart = draw_strips(shown, strip, city=call_city(answers, speech), speech=speech, names=names)
    return [Picture(chart)]


def shown_outcomes(answers: Answers) -> list[str]:
    """The outcomes this briefing compares, in their order."""
    position = rows_of(answers.position)
    if not position.height:
        return []
    known = position.filter(pl.col("median").is_not_null())["outcome"].cast(pl.String).to_list()
    return choose_outcomes(known, main=answers.outcome)


def choose_outcomes(known: list[str], *, main: str | None) -> list[str]:
    """The parts a city is made of, then the whole: all stationary energy only where buildings are not known.

    >>> choose_outcomes(["full", "core", "stationary", "transport", "waste"], main="core")
    ['stationary', 'transport', 'waste', 'core']
    """
    parts = [name for name in SHOWN if name in known and not (name == "stationary" and "buildings" in known)]
    whole = [main] if main in known and main not in parts else []
    return [*parts, *(whole or [name for name in WHOLE if name in known][:1])]


def _draw_drivers(answers: Answers, speech: Speech) -> list[Block]:
    """The waterfall from the peers to the city, where the drivers are known."""
    drivers, row = spatial_drivers(answers), main_row(answers)
    if drivers.height < FEWEST_DRIVERS or row is None:
        return []
    city, end = call_city(answers, speech), float(str(row["value"]))
    chart = draw_waterfall(
        drivers,
        effect="effect_t_per_head",
        start=end - float(drivers["effect_t_per_head"].sum()),
        start_name=speech.label("briefing.peers"),
        end_name=city,
        unit=speech.label("unit.t_per_head"),
        title=speech.sentence("chart.waterfall.peers", city=city),
        speech=speech,
    )
    return [Picture(chart)]


def spatial_drivers(answers: Answers) -> pl.DataFrame:
    """Drivers against the peers; the difference in the number of people is none of them per person."""
    drivers = rows_of(answers.drivers)
    if not drivers.height:
        return drivers
    return drivers.filter((pl.col("kind").cast(pl.String) == "spatial") & (pl.col("effect_t_per_head") != 0))


def _answer(answers: Answers, speech: Speech) -> str:
    row, city = main_row(answers), call_city(answers, speech)
    if row is None:
        return speech.sentence("briefing.position.unknown", city=city)
    sentence = speech.sentence(
        f"briefing.position.{row['verdict']}",
        city=city,
        outcome=name_key(speech, "outcome", key=answers.outcome),
        value=float(str(row["value"])),
        year=str(row["year"]),
        interval=show_interval(_number(row["low"]), _number(row["high"]), speech=speech),
        usual=_number(row["median"]),
    )
    driver = _name_driver(answers, speech)
    gap = "" if speech.language in {"ja", "zh-Hans"} else " "
    return f"{sentence}{gap}{driver}" if driver else sentence


def _number(value: object) -> float | None:
    return None if value is None else float(str(value))


def _name_driver(answers: Answers, speech: Speech) -> str:
    """Which sector makes most of the difference to the peers."""
    drivers = spatial_drivers(answers)
    if drivers.height < FEWEST_DRIVERS:
        return ""
    sectors = drivers.group_by(pl.col("sector").cast(pl.String)).agg(pl.col("effect_t_per_head").sum().alias("effect"))
    most = sectors.sort(pl.col("effect").abs(), "sector", descending=[True, False]).to_dicts()[0]
    if abs(most["effect"]) < FEWEST:
        return ""
    key = "briefing.position.driver_less" if most["effect"] < 0 else "briefing.position.driver_more"
    return speech.sentence(key, sector=name_key(speech, "sector", key=most["sector"]), effect=abs(most["effect"]))
