"""What to ask there? Questions drawn from what failed, from what would have to hold, and from what nobody knows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from citytandem.briefing.document import Block, Card, Cards, Notice
from citytandem.web.regions.sections.cases import choose_cases
from citytandem.web.regions.sections.differences import find_differences
from citytandem.web.regions.sections.section import Section, make_page

if TYPE_CHECKING:
    from citytandem.web.regions.asking import View

MOST_OF_A_KIND = 6
"""Questions of one kind; a delegation cannot ask more. [P]"""


@dataclass(frozen=True, slots=True)
class Question:
    """A question, and where it comes from; ``quoted`` is what a case says, in its own language."""

    text: str
    quoted: str = ""
    language: str = "en"
    origin: str = ""

    @property
    def plain(self) -> str:
        """In one line, for an agenda."""
        return f"{self.text} “{self.quoted}” ({self.origin})" if self.quoted else self.text


def write_questions(view: View) -> Section:
    """The question ``What to ask?``."""
    speech = view.speech
    found = derive_questions(view)
    count = sum(len(questions) for _, questions in found)
    answer = speech.sentence("web.region.questions.answer", count=count, region=view.name)
    blocks: list[Block] = [
        Cards(
            (
                Card(
                    speech.label(f"web.region.questions.{kind}"),
                    "",
                    tuple((f"{place}", one.plain) for place, one in enumerate(some, 1)),
                ),
            )
        )
        for kind, some in found
    ]
    blocks = blocks or [Notice(speech.label("web.region.questions.none"))]
    page = make_page(view, "questions", answer=answer, blocks=blocks, how=[speech.label("web.region.how.questions")])
    return Section(page, template="regions/questions.html", told={"kinds": found})


def derive_questions(view: View) -> list[tuple[str, list[Question]]]:
    """Questions by kind: what failed elsewhere, what would have to hold at home, and what no source here says."""
    speech = view.speech
    away = [one for one in choose_cases(view) if one.reason != "own"]
    failed = [
        Question(
            speech.sentence("web.region.ask.failed", place=one.place, years=one.years), one.case.failed,
            one.case.language, one.title,
        )
        for one in away if one.case.failed
    ]  # fmt: skip
    holds = [
        Question(
            speech.sentence("web.region.ask.holds", region=view.name), condition, one.case.language, f"{one.place}, {one.title}"
        )
        for one in away for condition in one.case.conditions
    ]  # fmt: skip
    gaps = [
        Question(speech.sentence(f"web.region.ask.trait.{one.key}", places=speech.join(one.unknown)))
        for one in find_differences(view) if one.unknown
    ]  # fmt: skip
    kinds = {"failed": failed, "holds": _spread(holds), "unknown": gaps}
    return [(kind, some[:MOST_OF_A_KIND]) for kind, some in kinds.items() if some]


def _spread(questions: list[Question]) -> list[Question]:
    """Each case once before any has a second turn, so that no long case fills the list."""
    seen: dict[str, int] = {}
    turns = []
    for question in questions:
        turns.append((seen.get(question.origin, 0), question))
        seen[question.origin] = seen.get(question.origin, 0) + 1
    return [question for _, question in sorted(turns, key=lambda turn: turn[0])]
