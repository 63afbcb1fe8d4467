"""The replication plan: how a city brings home what it saw elsewhere, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from citytandem.briefing.papers.minutes import Task, lay_tasks
from citytandem.briefing.papers.paper import Part, Sheet, Table

if TYPE_CHECKING:
    from citytandem.words.speech import Speech


@dataclass(frozen=True)
class Difference:
    """One thing that differs between the two cities, and what it means for the plan."""

    what: str
    giver: str
    learner: str
    meaning: str = ""


@dataclass(frozen=True)
class Measured:
    """One indicator; every value carries its unit, year and source in words, empty if unknown."""

    indicator: str
    today: str = ""
    aim: str = ""
    source: str = ""


@dataclass(frozen=True)
class ReplicationPlan:
    """What ``learner`` takes over from ``giver``; texts are whole sentences of those who write it."""

    learner: str
    giver: str
    measure: str
    question: str
    seen: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()
    steps: tuple[Task, ...] = ()
    costs: tuple[str, ...] = ()
    measured: tuple[Measured, ...] = ()
    risks: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


def compose(paper: ReplicationPlan, speech: Speech) -> Sheet:
    """Question, what was seen, what differs, steps, costs, indicators, risks and sources; what is missing says so."""

    def tell(key: str, points: tuple[str, ...]) -> Part:
        heading = speech.label(f"paper.replication.{key}")
        return Part(heading, points=points) if points else Part(heading, paragraphs=(speech.label("paper.missing"),))

    return Sheet(
        title=speech.sentence("paper.replication.title", measure=paper.measure, city=paper.learner),
        subtitle=speech.sentence("paper.replication.subtitle", giver=paper.giver),
        parts=(
            Part(speech.label("paper.replication.question"), paragraphs=(paper.question,)),
            tell("seen", paper.seen),
            _lay_differences(paper, speech) or tell("differences", ()),
            Part(speech.label("paper.replication.steps"), table=lay_tasks(paper.steps, speech))
            if paper.steps
            else tell("steps", ()),
            tell("costs", paper.costs),
            _lay_measured(paper, speech) or tell("measured", ()),
            tell("risks", paper.risks),
            tell("sources", paper.sources),
        ),
        footer=speech.label("paper.replication.footer"),
    )


def _lay_differences(paper: ReplicationPlan, speech: Speech) -> Part | None:
    if not paper.differences:
        return None
    meaning = speech.label("paper.replication.meaning")
    heads = (speech.label("paper.replication.what"), paper.giver, paper.learner, meaning)
    rows = tuple((row.what, row.giver, row.learner, row.meaning) for row in paper.differences)
    return Part(speech.label("paper.replication.differences"), table=Table(heads, rows, shares=(2, 2, 2, 3)))


def _lay_measured(paper: ReplicationPlan, speech: Speech) -> Part | None:
    if not paper.measured:
        return None
    unknown = speech.label("paper.unknown")
    heads = tuple(speech.label(f"paper.measured.{head}") for head in ("indicator", "today", "aim", "source"))
    rows = tuple((row.indicator, row.today or unknown, row.aim or unknown, row.source or unknown) for row in paper.measured)
    return Part(speech.label("paper.replication.measured"), table=Table(heads, rows, shares=(2.4, 2, 2, 2.6)))
