"""What do statements speak of, in which words? Vectors to group them by, and words that mark a group."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from citytandem.gazetteer import fold
from citytandem.web.partnerships import meaning
from citytandem.web.partnerships.wording import find_concepts, weigh_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from citytandem.words import Language

_WORD = re.compile(r"[^\W\d_]{6,}")
"""Shorter words are rather those that hold a sentence together."""
_EAST = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]+")


def weigh_statements(texts: Sequence[str]) -> NDArray[np.float64]:
    """One row per text: by its meaning where the encoder is installed, else by words and terms of the field."""
    meant = meaning.encode(list(texts))
    if meant is not None:
        return np.asarray(meant, dtype=float)
    held = [weigh_words(text) for text in texts]
    columns = {word: number for number, word in enumerate(sorted({word for words in held for word in words}))}
    found = np.zeros((len(texts), max(len(columns), 1)))
    for row, words in enumerate(held):
        for word, weight in words.items():
            found[row, columns[word]] = weight
    seen = np.maximum((found > 0).sum(axis=0), 1)
    return found * (np.log((1 + len(texts)) / seen) + 0.1)


def list_words(text: str) -> set[str]:
    """Words of a text as they are written, without short ones; pairs of signs of Chinese and Japanese."""
    if _EAST.search(text):
        return {first + second for run in _EAST.findall(text) for first, second in pairwise(run)}
    return {found.lower() if found.islower() else found for found in _WORD.findall(text)}


def list_terms(text: str, *, language: Language) -> set[str]:
    """Terms of the field that a text holds in whatever language, called in the language of the page."""
    names = _names(language)
    return {names[concept] for concept in find_concepts(fold(text)) if concept in names}


@cache
def _names(language: Language) -> dict[str, str]:
    column = language[:2]
    text = (files("citytandem.facts") / "search_words.csv").read_text(encoding="utf-8")
    return {row["concept"]: (row[column] or row["en"]).split("|")[0] for row in csv.DictReader(text.splitlines())}
