"""Tells a reason card to people: its lines in one language, the same on every face."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from citytandem.narration import tell
from citytandem.words.labels import LABELS

if TYPE_CHECKING:
    from collections.abc import Callable

    from citytandem.findings import Fact, Finding
    from citytandem.science.partners.card import Card
    from citytandem.words import Speech


@dataclass(frozen=True)
class CardPart:
    """One part of a card as people read it: its key, its heading, and whole sentences."""

    key: str
    heading: str
    lines: tuple[str, ...]


def tell_card(card: Card, *, speech: Speech, name_city: Callable[[str], str]) -> tuple[CardPart, ...]:
    """The parts of a card in the language of ``speech``, in the order in which they are read; empty parts are left out.

    Parameters
    ----------
    card
        Codes and facts, from a matching or from ``card_from_json``.
    speech
        The language.
    name_city
        Gives the name of a participant by its key.
    """
    from citytandem.science.partners.card import PARTS  # slow import

    names = {"city": name_city(card.participant), "other": name_city(card.other)}
    told = []
    for key in PARTS:
        lines = tuple(tell_line(finding, speech=speech, name_city=name_city) for finding in getattr(card, key))
        if lines:
            told.append(CardPart(key, speech.sentence(f"match.part.{key}", **names), lines))
    return tuple(told)


def tell_line(finding: Finding, *, speech: Speech, name_city: Callable[[str], str]) -> str:
    """One finding of a card as a sentence, with measures, fields and languages called by their names."""
    facts = {role: _name(role, fact, speech=speech) for role, fact in finding.facts.items()}
    return tell(replace(finding, facts=facts), speech=speech, name_city=name_city)


def _name(role: str, fact: Fact, *, speech: Speech) -> Fact:
    if role == "languages" and isinstance(fact, str):
        return speech.join(name_language(tag, speech) for tag in fact.split(","))
    if role == "measure" and isinstance(fact, str):
        return title_measure(fact, language=speech.language)
    if role == "subject" and isinstance(fact, str):
        kind, _, key = fact.partition(".")
        named = f"field.{key}" if kind == "field" else ""
        return speech.label(named) if named in LABELS else title_measure(key, language=speech.language)
    if role == "hours" and isinstance(fact, float):
        return int(fact) if fact.is_integer() else fact
    return fact


def name_language(tag: str, speech: Speech) -> str:
    """A language as it is called in the language of ``speech``; its tag if it has no name there."""
    from babel import Locale  # slow import

    known = Locale.parse(speech.language.replace("-", "_")).languages
    return str(known.get(tag.replace("-", "_"), tag))


def title_measure(measure: str, *, language: str) -> str:
    """The title of a measure of the catalogue, in English where a translation is missing; its id if it has none."""
    titles = _titles()
    return titles.get((measure, language)) or titles.get((measure, "en")) or measure


@cache
def _titles() -> dict[tuple[str, str], str]:
    from citytandem.atlas import load  # slow import

    rows = load().facts.measure_title.select("measure", "language", "title")
    return {(measure, str(language)): title for measure, language, title in rows.iter_rows()}
