"""What does a label, a heading or a note mean? Reads it through the word table, in five languages, and says how sure it is."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from citytandem.sources.crosswalks import read_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

NEARLY = 90.0
"""A word this alike (per cent of its letters) to one of the table is taken for it; below, a person is asked."""
LEAST_LETTERS = 6
"""Shorter words are compared exactly, because two of them are soon alike by chance."""
_PARTS = re.compile(r"\s+[-–—|/:]+\s+|[|\n:;·•→>]|\s{3,}")
_YEAR = re.compile(r"(?<![\d.,])(1[89]\d\d|20\d\d)(?![\d.,]*\d)")
_ERA = re.compile(r"(令和|平成|昭和|[RHS](?=\d))\s*(元|\d{1,2})\s*(?=年|$|\()")
_ERA_START = {"令和": 2018, "R": 2018, "平成": 1988, "H": 1988, "昭和": 1925, "S": 1925}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a text says, as far as we can tell; ``shared`` names kinds that were read from one and the same word."""

    found: Mapping[str, str]
    confidence: float = 0.0
    reason: str = "unknown"
    said: tuple[str, ...] = ()
    shared: frozenset[str] = frozenset()

    def get(self, kind: str) -> str:
        """The key found for a kind of word; empty if none."""
        return self.found.get(kind, "")


def fold(text: object) -> str:
    """A text as words are compared: without case, width, accents of Latin letters and punctuation.

    >>> fold("Private  Haushalte (ｔ-ＣＯ₂)"), fold("Fernwärme"), fold("ガス")
    ('private haushalte t co2', 'fernwarme', 'ガス')
    """
    wide = unicodedata.normalize("NFKC", str(text)[:300]).casefold().replace("ø", "o").replace("æ", "ae")
    plain = "".join(unicodedata.normalize("NFKD", mark)[0] if ord(mark) < 0x250 else mark for mark in wide)
    return " ".join(re.sub(r"[^\w+%]|_", " ", plain).split())


@cache
def table(kind: str) -> Mapping[str, str]:
    """The folded words of one kind and what each means."""
    return {fold(row["word"]): row["key"] for row in read_rows("sheet_words") if row["kind"] == kind and fold(row["word"])}


@cache
def notations() -> Mapping[str, str]:
    """Words and signs in place of a number, as written but without case, and the notation key of each."""
    return {
        unicodedata.normalize("NFKC", row["word"]).casefold(): row["key"]
        for row in read_rows("sheet_words")
        if row["kind"] == "notation"
    }


KINDS = ("sector", "carrier", "scope", "measure", "skip", "status", "total", "memo", "heating")


@lru_cache(maxsize=20_000)
def read_words(text: str) -> Meaning:
    """Everything the word table finds in a text: whole, part by part, inside it, or nearly.

    >>> read_words("Private Haushalte").get("sector"), read_words("CO2-Emissionen - Industrie - Erdgas").get("carrier")
    ('households', 'natural_gas')
    >>> read_words("旅客自動車").get("sector"), read_words("Householdz").reason
    ('road', 'nearly')
    """
    found: dict[str, str] = {}
    said: dict[str, str] = {}
    best, reason = 0.0, "unknown"
    for how, confidence, pieces in _readings(text):
        for piece in pieces:
            for kind in KINDS:
                key = table(kind).get(piece)
                if key and kind not in found:
                    found[kind] = key
                    said[kind] = piece
                    if confidence > best:
                        best, reason = confidence, how
        if best and how == "whole":
            break
    if not {"sector", "carrier"} & set(found) and not found.get("total") and (near := _nearly(fold(text))):
        kind, key, score = near
        found[kind] = key
        best, reason = round(score / 100 * 0.8, 2), "nearly"
        said[kind] = fold(text)
    pieces = list(said.values())
    shared = frozenset(kind for kind, piece in said.items() if pieces.count(piece) > 1)
    return Meaning(found, best, reason, tuple(dict.fromkeys(pieces)), shared)


def _readings(text: str) -> Iterator[tuple[str, float, list[str]]]:
    yield "whole", 1.0, [fold(text)]
    parts = [fold(part) for part in _PARTS.split(text)]
    bare = fold(re.sub(r"[(（\[【].*?[)）\]】]|\d+[.)]|[*†‡]", " ", text))
    yield "part", 0.9, [*(part for part in parts if part), bare]
    yield "inside", 0.75, list(_inside(fold(text)))


@cache
def _phrases() -> frozenset[str]:
    # a word that is also the name of a column, such as Stadt, says little inside a longer text
    return frozenset(word for kind in KINDS for word in table(kind) if word not in table("role"))


@cache
def _asian() -> tuple[str, ...]:
    # words of one sign are too often part of another word
    words = (word for word in _phrases() if len(word) >= 2 and word[0] > "\u2e00")
    return tuple(sorted(words, key=len, reverse=True))


def _inside(folded: str) -> Iterator[str]:
    tokens = folded.split()[:40]
    at = 0
    while at < len(tokens):
        for size in range(min(6, len(tokens) - at), 0, -1):
            phrase = " ".join(tokens[at : at + size])
            if phrase in _phrases():
                yield phrase
                at += size - 1
                break
        at += 1
    rest = folded
    for word in _asian():
        if word in rest:
            yield word
            rest = rest.replace(word, " ")


@cache
def _candidates() -> Mapping[str, tuple[str, str]]:
    words = {word: ("carrier", key) for word, key in table("carrier").items()}
    words |= {word: ("sector", key) for word, key in table("sector").items()}
    return {word: meant for word, meant in words.items() if len(word) >= LEAST_LETTERS}


def _nearly(folded: str) -> tuple[str, str, float] | None:
    if not LEAST_LETTERS <= len(folded) <= 60:
        return None
    from rapidfuzz import fuzz, process  # slow import

    hit = process.extractOne(folded, list(_candidates()), scorer=fuzz.ratio, score_cutoff=NEARLY)
    return (*_candidates()[hit[0]], float(hit[1])) if hit else None


@lru_cache(maxsize=20_000)
def read_role(heading: str) -> str:
    """The role a heading names outright, such as year or unit; empty if it names none.

    >>> read_role("Jahr"), read_role("年度"), read_role("WERTEEINHEIT"), read_role("Fernwärme")
    ('year', 'year', 'unit', '')
    """
    for _, _, pieces in _readings(heading):
        for piece in pieces:
            if piece in table("role") and piece not in _measured():
                return table("role")[piece]
        if len(pieces) > 1 or not pieces:
            break
    return ""


@cache
def _measured() -> frozenset[str]:
    return frozenset(table("measure")) | frozenset(table("total"))


def year_pattern(heading: str) -> str:
    """A heading with ``{year}`` in place of its year, so that the same column is known next year.

    >>> year_pattern("THG 2019 [t]"), year_pattern("平成25年度"), year_pattern("2018/19")
    ('THG {year} [t]', '{year}年度', '{year}')
    """
    text, count = _ERA.subn("{year}", heading, count=1)
    if not count:
        text, count = re.subn(r"\d{4}\s?[/–-]\s?\d{2}(?!\d)", "{year}", heading, count=1)
    return text if count else re.sub(r"(1[89]\d\d|20\d\d)", "{year}", heading, count=1)


def read_year(value: object) -> tuple[int, bool] | None:
    """The year in a cell or heading, and whether it is called a fiscal year; Japanese eras are understood.

    >>> read_year("平成25年度"), read_year("FY2019"), read_year(2019.0), read_year("2018/19"), read_year("1.953")
    ((2013, True), (2019, True), (2019, False), (2018, True), None)
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return (int(value), False) if value == value and 1850 <= value <= 2100 and value == int(value) else None  # noqa: PLR0124 nan
    text = unicodedata.normalize("NFKC", str(value))[:80]
    fiscal = "年度" in text or bool(re.search(r"\bFY|fiscal", text, re.IGNORECASE))
    era = _ERA.search(text)
    if era:
        return _ERA_START[era[1]] + (1 if era[2] == "元" else int(era[2])), fiscal
    found = _YEAR.search(re.sub(r"(?i)\bFY(?=\d)|(?<=\d)年度?", " ", text))
    if not found:
        return None
    return int(found[1]), fiscal or bool(re.search(r"\d{4}\s?[/–-]\s?\d{2}(?!\d|[-/])", text))
