"""What every page needs: the city's name, its findings in words, and how we know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citytandem.briefing.answers import findings_of
from citytandem.briefing.document import Block, Notice, Page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from citytandem.briefing.answers import Answers, Part
    from citytandem.words import Speech


def call_city(answers: Answers, speech: Speech) -> str:
    """The city's own name in the language of the briefing."""
    return answers.name_city(answers.city, language=speech.language)


def explain_gaps(speech: Speech, *parts: Part) -> list[Block]:
    """A notice for each part without rows: the sentence of its finding, which says what would cure it."""
    return [Notice(speech.say(finding)) for finding in findings_of(*parts)]


def make_page(
    key: str, *, answers: Answers, speech: Speech, answer: str, blocks: Sequence[Block], how: Sequence[str] = ()
) -> Page:
    """A page under its question, with the notes that belong to it after its blocks."""
    told = {block.text for block in blocks if isinstance(block, Notice)}
    notes = [text for finding in answers.notes.get(key, ()) if (text := speech.say(finding)) not in told]
    return Page(key, speech.label(f"briefing.question.{key}"), answer, tuple(blocks), (*how, *dict.fromkeys(notes)))


def list_words(words: Sequence[str], speech: Speech) -> str:
    """Names in a row, as a language writes a list.

    >>> from citytandem.words import Speech
    >>> list_words(["Aarhus", "Odense", "Esbjerg"], Speech("en"))
    'Aarhus, Odense and Esbjerg'
    """
    from babel.lists import format_list  # slow import

    return format_list(list(words), locale=speech.language.replace("-", "_"))


def count_people(value: float | None, speech: Speech) -> str:
    """A population without decimals."""
    return speech.number(value, digits=0)


def show_interval(low: float | None, high: float | None, *, speech: Speech, digits: int = 1) -> str:
    """From low to high in local form; a dash where either end is not known."""
    if low is None or high is None:
        return "–"
    return f"{speech.number(low, digits=digits)}–{speech.number(high, digits=digits)}"
