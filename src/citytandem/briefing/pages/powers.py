"""What is in our hands? The split of emissions by whose decision they are, and the activity profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from citytandem.briefing.answers import rows_of
from citytandem.briefing.document import Page, Picture
from citytandem.briefing.pages.page import call_city, explain_gaps, make_page
from citytandem.charts.profile import draw_profile
from citytandem.charts.scope import draw_scope
from citytandem.science.action.split import REAL_LEVEL_2026

if TYPE_CHECKING:
    from citytandem.briefing.answers import Answers
    from citytandem.words import Speech


def write_powers(answers: Answers, speech: Speech) -> Page:
    """The page ``What is in our hands?``."""
    city = call_city(answers, speech)
    blocks = explain_gaps(answers, speech, parts=[answers.split, answers.profile])
    split, profile = rows_of(answers.split), rows_of(answers.profile)
    if split.height:
        blocks.append(Picture(draw_scope(split, city=city, speech=speech)))
    fields = profile.filter(pl.col("row") == "all") if profile.height else profile
    if fields.height and fields["known"].sum() > 0:
        blocks.append(Picture(draw_profile(fields, city=city, speech=speech)))
    how = [speech.label("briefing.how.powers"), speech.label("briefing.how.profile")]
    return make_page(
        "powers", answers=answers, speech=speech, answer=_answer(split, city=city, speech=speech), blocks=blocks, how=how
    )


def _answer(split: pl.DataFrame, *, city: str, speech: Speech) -> str:
    if not split.height:
        return speech.sentence("briefing.powers.unknown", city=city)
    parts = split.group_by(pl.col("part").cast(pl.String)).agg(pl.col("emissions_t").sum())
    tonnes = dict(parts.iter_rows())
    whole = sum(tonnes.values())
    if whole <= 0:
        return speech.sentence("briefing.powers.unknown", city=city)
    shares = {part: _show_share(tonnes.get(part, 0.0) / whole, speech) for part in ("decide", "influence", "outside", "open")}
    limited = split.filter((pl.col("part").cast(pl.String) == "influence") & (pl.col("level") < REAL_LEVEL_2026))
    shares["limited"] = _show_share(float(limited["emissions_t"].sum()) / whole, speech)
    key = "briefing.powers.answer" if tonnes.get("open", 0.0) == 0 else "briefing.powers.answer_open"
    return speech.sentence(key, city=city, **shares)


def _show_share(share: float, speech: Speech) -> str:
    """A share in whole per cent; land that absorbs a little does not make a minus zero."""
    return speech.percent(round(share, 2) + 0.0)
