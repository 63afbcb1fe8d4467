"""What every page needs: the city's name, its findings in words, and how we know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citytandem.briefing.answers import findings_of
from citytandem.briefing.document import Block, Notice, Page
from citytandem.narration import tell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from citytandem.briefing.answers import Answers, Part
    from citytandem.findings import Finding
    from citytandem.words import Speech


def call_city(answers: Answers, speech: Speech) -> str:
    """The city's own name in the language of the briefing."""
    return answers.name_city(answers.city, language=speech.language)


def tell_finding(finding: Finding, *, answers: Answers, speech: Speech) -> str:
    """The sentence of a finding, with keys and ids in it replaced by their names."""
    return tell(finding, speech=speech, name_city=lambda city: answers.name_city(city, language=speech.language))


def explain_gaps(answers: Answers, speech: Speech, *, parts: Sequence[Part]) -> list[Block]:
    """A notice for each part without rows: the sentence of its finding, which says what would cure it."""
    return [Notice(tell_finding(finding, answers=answers, speech=speech)) for finding in findings_of(*parts)]


def make_page(
    key: str, *, answers: Answers, speech: Speech, answer: str, blocks: Sequence[Block], how: Sequence[str] = ()
) -> Page:
    """A page under its question; notes stand in small print, or large where there is nothing else to see."""
    told = {block.text for block in blocks if isinstance(block, Notice)}
    said = dict.fromkeys(tell_finding(finding, answers=answers, speech=speech) for finding in answers.notes.get(key, ()))
    notes = [text for text in said if text not in told]
    question = speech.label(f"briefing.question.{key}")
    if all(isinstance(block, Notice) for block in blocks):
        return Page(key, question, answer, (*blocks, *(Notice(text) for text in notes)))
    return Page(key, question, answer, tuple(blocks), (*how, *notes))


def show_interval(low: float | None, high: float | None, *, speech: Speech, digits: int = 1) -> str:
    """From low to high in local form; a dash where either end is not known."""
    if low is None or high is None:
        return "–"
    return f"{speech.number(low, digits=digits)}–{speech.number(high, digits=digits)}"
