"""The report to a funder: what was done, what came of it, what is not known, what it cost and emitted."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from citytandem.briefing.papers.paper import Part, Sheet, Table, write_days

if TYPE_CHECKING:
    from citytandem.words.speech import Speech


@dataclass(frozen=True)
class Figure:
    """One figure with what it counts, as it should be read; ``source`` says where it comes from."""

    what: str
    value: str
    source: str = ""


@dataclass(frozen=True)
class Outcome:
    """What came of one pair of cities: question, meetings, decision, stage, and what the emissions show or do not."""

    pair: str
    question: str
    done: str = ""
    changed: str = ""
    emissions: str = ""


@dataclass(frozen=True)
class FunderReport:
    """The report on a programme for a period."""

    programme: str
    funder: str
    starts: dt.date
    ends: dt.date
    summary: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    costs: tuple[Figure, ...] = ()
    travel: tuple[Figure, ...] = ()
    unknown: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


def compose(paper: FunderReport, speech: Speech) -> Sheet:
    """Each part stands even where it is empty, and then says that it is not known."""
    missing = (speech.label("paper.missing"),)

    def tell(key: str, *, points: tuple[str, ...]) -> Part:
        heading = speech.label(f"paper.report.{key}")
        return Part(heading, points=points) if points else Part(heading, paragraphs=missing)

    def count(key: str, figures: tuple[Figure, ...]) -> Part:
        heading = speech.label(f"paper.report.{key}")
        return Part(heading, table=_lay_figures(figures, speech)) if figures else Part(heading, paragraphs=missing)

    return Sheet(
        title=speech.sentence("paper.report.title", programme=paper.programme),
        subtitle=speech.sentence(
            "paper.report.subtitle", funder=paper.funder, period=write_days(paper.starts, paper.ends, speech=speech)
        ),
        parts=(
            Part(speech.label("paper.report.summary"), paragraphs=paper.summary or missing),
            count("figures", paper.figures),
            _lay_outcomes(paper, speech),
            count("costs", paper.costs),
            count("travel", paper.travel),
            tell("unknown", points=paper.unknown),
            tell("sources", points=paper.sources),
        ),
        footer=speech.label("paper.report.footer"),
    )


def _lay_figures(figures: tuple[Figure, ...], speech: Speech) -> Table:
    heads = tuple(speech.label(f"paper.report.figure.{head}") for head in ("what", "value", "source"))
    unknown = speech.label("paper.unknown")
    rows = tuple((figure.what, figure.value or unknown, figure.source) for figure in figures)
    return Table(heads, rows, shares=(4, 2, 3), numbers=(1,))


def _lay_outcomes(paper: FunderReport, speech: Speech) -> Part:
    heading = speech.label("paper.report.outcomes")
    if not paper.outcomes:
        return Part(heading, paragraphs=(speech.label("paper.missing"),))
    unknown = speech.label("paper.unknown")
    heads = tuple(speech.label(f"paper.report.outcome.{head}") for head in ("pair", "question", "done", "changed", "emissions"))
    rows = tuple((o.pair, o.question, o.done or unknown, o.changed or unknown, o.emissions or unknown) for o in paper.outcomes)
    return Part(heading, paragraphs=(speech.label("paper.report.cause"),), table=Table(heads, rows, shares=(2, 2.4, 2.2, 2, 2.2)))
