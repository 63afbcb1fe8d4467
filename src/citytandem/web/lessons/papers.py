"""The checklist on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citytandem.briefing.papers.paper import Part, Sheet, Table, write_date
from citytandem.briefing.papers.write import set_sheet
from citytandem.words import Speech, language_of

if TYPE_CHECKING:
    from citytandem.web.lessons.models import Checklist
    from citytandem.web.lessons.queries import ToldCase

HEADS = ("condition", "holds", "why", "who", "due")


def write_checklist_paper(checklist: Checklist, *, case: ToldCase | None) -> bytes:
    """Conditions with what was found at home, in the language of the checklist; below it the case and its source."""
    speech = Speech(language_of(checklist.language) or "en")
    lines = tuple(
        (
            one.text, speech.label(f"web.lesson.holds.{one.holds}"), one.why, one.who,
            write_date(one.due, speech) if one.due else "",
        )
        for one in checklist.conditions.all()
    )  # fmt: skip
    heads = tuple(speech.label(f"web.lesson.{name}") for name in HEADS)
    table = Table(heads, lines, shares=(3, 1.4, 3, 2, 1.6))
    parts = [Part(paragraphs=(speech.label("web.lesson.checklist_paper"),), table=table)]
    if case:
        told = (f"{case.policy} ({case.first_year}–{case.last_year or ''})", case.happened, case.failed)
        parts.append(Part(speech.label("web.lesson.from_case"), paragraphs=tuple(filter(None, told))))
        source = " ".join(filter(None, (case.source, case.source_url))) or speech.label("paper.missing")
        mark = speech.label(f"web.lesson.mark.{case.mark}")
        parts.append(Part(speech.label("web.lesson.source"), paragraphs=(source, mark)))
    sheet = Sheet(
        title=checklist.title,
        subtitle=checklist.organisation.name,
        parts=tuple(parts),
        footer=speech.label(f"web.lesson.state.{checklist.state}"),
        notice=speech.label("paper.invented") if checklist.organisation.is_invented else "",
    )
    return set_sheet(sheet, speech.language)
