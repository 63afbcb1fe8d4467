"""Which words does a text hold? Words of Latin scripts, pairs of letters of Chinese and Japanese, and terms of the field.

Terms of the field are known in five languages (``facts/search_words.csv``), so that even without the encoder a German need finds
a Japanese offer that speaks of the same thing.
"""

from __future__ import annotations

import csv
import math
import re
from collections import Counter
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING

from citytandem.gazetteer import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SHORTEST = 3
TERM_WEIGHT = 2.0
"""A term of the field says more of what a text is about than any one word."""
_LATIN = re.compile(r"[a-z0-9]{3,}")
_EAST = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")
_ENDINGS = re.compile(r"(?:ernes|ingen|ungen|ung|erne|en|er|es|et|ne|s|e)$")
_COMMON = frozenset(
    re.findall(
        r"\w+",
        "and the for with from how our are der die das und für mit von wie wir den dem ein eine zur zum auf hvordan får til som "
        "med det for fra ved city cities stadt by byen kommune",
    )
)


@lru_cache(maxsize=4096)
def weigh_words(text: str) -> Mapping[str, float]:
    """The words of a text and how much each weighs.

    >>> sorted(weigh_words("Fernwärme"))[:2], sorted(weigh_words("漏水"))
    (['=district_heat', 'fernwarm'], ['=drinking_water', '漏水'])
    """
    plain = fold(text)
    found: Counter[str] = Counter()
    for word in _LATIN.findall(plain):
        if word not in _COMMON:
            found[_ENDINGS.sub("", word) if len(word) > 5 else word] += 1
    for run in _EAST.findall(plain):
        found.update(first + second for first, second in pairwise(run))
        if len(run) == 1:
            found[run] += 1
    weights = {word: 1 + math.log(count) for word, count in found.items()}
    return weights | {f"={concept}": TERM_WEIGHT for concept in find_concepts(plain)}


def find_concepts(plain: str) -> list[str]:
    """The terms of the field a folded text holds, in whatever language it says them."""
    return [concept for concept, pattern in _concepts() if pattern.search(plain)]


@cache
def _concepts() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Each term with its spellings. A Latin spelling begins where a word does, or stands inside a long one: Germans and Danes
    write words together.
    """
    text = (files("citytandem.facts") / "search_words.csv").read_text(encoding="utf-8")
    found = []
    for row in csv.DictReader(text.splitlines()):
        spellings = {fold(one) for language in ("en", "de", "ja", "zh", "da") for one in row[language].split("|") if one}
        parts = [_spell(one) for one in sorted(spellings)]
        found.append((row["concept"], re.compile("|".join(parts))))
    return tuple(found)


def _spell(one: str) -> str:
    if not one.isascii():
        return re.escape(one)
    return re.escape(one) if len(one) > 5 else rf"\b{re.escape(one)}"


def compare_words(asked: str, texts: Sequence[str]) -> list[float]:
    """How near each text is to what is asked, from 0 to 1: words that few texts hold weigh more."""
    held = [weigh_words(text) for text in texts]
    seen = Counter(word for words in held for word in words)
    rare = {word: math.log(1 + len(held) / (1 + count)) + 0.1 for word, count in seen.items()}
    usual = math.log(1 + len(held)) + 0.1
    own = {word: weight * rare.get(word, usual) for word, weight in weigh_words(asked).items()}
    size = math.sqrt(sum(weight**2 for weight in own.values()))
    found = []
    for words in held:
        here = {word: weight * rare[word] for word, weight in words.items()}
        both = sum(weight * here[word] for word, weight in own.items() if word in here)
        length = size * math.sqrt(sum(weight**2 for weight in here.values()))
        found.append(both / length if length else 0.0)
    return found
