"""Which word stands for which idea? One word per idea, in five languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from citytandem.web.insights.method.proofs import read_page
from citytandem.web.insights.method.sheets import MethodPage, Says, Sheet
from citytandem.words import LANGUAGES, Speech
from citytandem.words.terms import TERMS

if TYPE_CHECKING:
    from citytandem.web.insights.method.sheets import Asked


def write_words(asked: Asked) -> MethodPage:
    """The ideas of the house, and the words of its tables."""
    speech = asked.speech
    ideas = pl.DataFrame(
        read_page("glossary")["sections"][0]["tables"][0]["rows"],
        schema=dict.fromkeys([*LANGUAGES[:1], "de", "ja", "zh-Hans", "da", "meaning"], pl.String),
        orient="row",
    )
    spoken = tuple(Says(language, f"language.{language}") for language in LANGUAGES)
    said = [{"key": key, **{language: Speech(language).label(key) for language in LANGUAGES}} for key in sorted(TERMS)]
    sheets = (
        Sheet(
            "ideas",
            speech.label("web.method.words.ideas"),
            ideas,
            (*spoken, Says("meaning", "web.method.meaning", kind="english")),
        ),
        Sheet("terms", speech.label("web.method.words.terms"), pl.DataFrame(said), (Says("key", "chart.key"), *spoken)),
    )
    return MethodPage(
        "words",
        speech.label("web.method.words.title"),
        speech.sentence("web.method.words.answer", ideas=ideas.height, words=len(said)),
        sheets,
    )
