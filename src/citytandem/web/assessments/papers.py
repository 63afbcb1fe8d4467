"""A result on paper: conditions, levels, where two assessors differed, what was settled on, what the city replied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citytandem.briefing.papers.paper import Part, Sheet, Table, write_date
from citytandem.briefing.papers.write import set_sheet
from citytandem.web.assessments.result_view import ShownResult

if TYPE_CHECKING:
    from citytandem.charts.chart import Twin
    from citytandem.web.assessments.queries import Result
    from citytandem.words import Speech


def write_result_paper(result: Result, speech: Speech) -> bytes:
    """The PDF of a result as it stands, with the replies beside it."""
    return set_sheet(compose_result(result, speech), speech.language)


def compose_result(result: Result, speech: Speech) -> Sheet:
    """The words of the paper, before it is set."""
    shown, own = ShownResult(result, speech), result.assessment
    settled = own.reconciled
    parts = [
        Part(paragraphs=(shown.answer, _say_state(result, speech))),
        _conditions(shown),
        *(_twin(twin, speech) for twin in ((shown.chart.twin if shown.chart else None), shown.criteria, shown.agreement) if twin),
        _differences(shown),
        _replies(shown),
        Part(speech.label("briefing.how"), paragraphs=(speech.label("assess.how"), speech.label("assess.agreement.note"))),
    ]
    return Sheet(
        title=f"{shown.city}: {shown.title}",
        subtitle=" · ".join(
            part
            for part in (
                own.version, speech.label(f"assessment_side.{'outside' if own.outside else 'own'}"), own.organisation.name,
                write_date(settled.date(), speech) if settled else "",
            )
            if part
        ),
        parts=tuple(part for part in parts if part is not None),
        footer=speech.label("web.assessment.no_rank"),
        notice=speech.label("paper.invented") if own.organisation.is_invented else "",
    )  # fmt: skip


def _say_state(result: Result, speech: Speech) -> str:
    if result.is_settled:
        return speech.label("web.assessment.state.settled")
    return speech.label(f"web.assessment.state.{result.state}")


def _conditions(shown: ShownResult) -> Part | None:
    if not shown.conditions:
        return None
    speech = shown.speech
    heads = tuple(speech.label(f"assess.{name}") for name in ("criterion", "threshold", "low", "high", "condition"))
    rows = tuple(
        (
            one.title, str(one.threshold), speech.number(one.low, digits=1), speech.number(one.high, digits=1),
            speech.label(f"assess_outcome.{one.outcome}"),
        )
        for one in shown.conditions
    )  # fmt: skip
    return Part(speech.label("web.assessment.conditions"), table=Table(heads, rows, shares=(5, 1, 1, 1, 1.4), numbers=(1, 2, 3)))


def _twin(twin: Twin, speech: Speech) -> Part:
    numbers = tuple(at for at, column in enumerate(twin.columns) if column.is_number)
    rows = tuple(tuple(str(cell) for cell in row) for row in twin.cells(speech))
    shares = tuple(1.0 if column.is_number else 3.0 if at < 2 else 1.6 for at, column in enumerate(twin.columns))
    return Part(twin.caption, table=Table(tuple(twin.heads), rows, shares=shares, numbers=numbers))


def _differences(shown: ShownResult) -> Part | None:
    if not shown.differences:
        return None
    speech = shown.speech
    names = ("assess.criterion", "assess.first", "assess.second", "web.assessment.settled_on", "web.assessment.reason")
    rows = tuple(
        (
            one.title, _level(one.first), _level(one.second), _level(one.decision.level) if one.decision else "–",
            one.decision.reason if one.decision else speech.label("web.assessment.not_settled_yet"),
        )
        for one in shown.differences
    )  # fmt: skip
    table = Table(tuple(speech.label(name) for name in names), rows, shares=(3, 1, 1, 1, 3), numbers=(1, 2, 3))
    return Part(speech.label("assess.reconcile"), table=table)


def _replies(shown: ShownResult) -> Part | None:
    replies = list(shown.result.assessment.replies.all())
    if not replies:
        return None
    speech = shown.speech
    told = []
    for one in replies:
        about = shown.name(one.criterion) if one.criterion else speech.label("web.assessment.field.whole")
        told.append(f"{write_date(one.said.date(), speech)} · {about}: {one.text}")
        answer = one.answer or speech.label("web.assessment.reply_waits")
        told.append(f"{speech.label('web.assessment.answered')}: {answer}")
    return Part(speech.label("web.assessment.replies"), paragraphs=tuple(told))


def _level(level: int | None) -> str:
    return "–" if level is None else str(level)
