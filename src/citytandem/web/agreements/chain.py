"""What came of it? From a question over meetings and decisions to the stage a city publishes and its years of emissions.

The chain shows what followed what. It never says that one caused the other: a balance moves for many reasons, and what
it cannot show is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem import verbs
from citytandem.charts.trend import draw_trend
from citytandem.findings import CannotCompute, Finding
from citytandem.web.agreements.models import Decision, Minutes, Question, Transfer
from citytandem.web.events.models import Event
from citytandem.web.events.models import State as EventState
from citytandem.web.shell.names import call_city

if TYPE_CHECKING:
    import datetime as dt

    from citytandem.atlas import Atlas
    from citytandem.charts.chart import Chart
    from citytandem.web.programmes.models import Tandem
    from citytandem.words import Speech

OUTCOMES = {"buildings": "buildings", "transport": "transport", "waste": "waste"}
"""Under which outcome a field of action would show; all others look at the whole."""
WHOLE = ("core_wo_industry", "core", "full")
FEWEST_YEARS = 2


@dataclass(frozen=True, slots=True)
class Stage:
    """What a city says, or a publication says of it: how far one measure is, in which year, by which source."""

    year: int | None
    stage: int
    source: str
    mark: str


@dataclass(frozen=True, slots=True)
class Trail:
    """One transfer and what leads to it and on from it. ``visible`` says whether a balance would show the measure at all."""

    transfer: Transfer
    question: Question | None
    decision: Decision | None
    stages: tuple[Stage, ...]
    visible: str
    chart: Chart | None
    refused: Finding | None

    @property
    def moved(self) -> int | None:
        """How many stages further the city says it is than when it began; None where one of the two is not known."""
        if self.transfer.stage_before is None or not self.stages:
            return None
        return self.stages[-1].stage - self.transfer.stage_before


@dataclass(frozen=True, slots=True)
class Meeting:
    """One day on which the sides met, or mean to."""

    day: dt.date
    title: str
    is_held: bool
    minutes: Minutes | None
    event: Event | None


@dataclass(frozen=True, slots=True)
class Chain:
    """Everything between the first question and today."""

    questions: tuple[Question, ...]
    meetings: tuple[Meeting, ...]
    decisions: tuple[Decision, ...]
    trails: tuple[Trail, ...]

    @property
    def counts(self) -> dict[str, int]:
        """The chain in plain figures."""
        return {
            "questions": len(self.questions),
            "answered": sum(question.answered is not None for question in self.questions),
            "held": sum(meeting.is_held for meeting in self.meetings),
            "planned": len(self.meetings),
            "decisions": len(self.decisions),
            "done": sum(decision.state == "done" for decision in self.decisions),
            "begun": len(self.trails),
            "further": sum((trail.moved or 0) > 0 for trail in self.trails),
            "unknown": sum(trail.moved is None for trail in self.trails),
        }


def follow(tandem: Tandem, *, atlas: Atlas, speech: Speech, today: dt.date, with_charts: bool = True) -> Chain:
    """The chain of a tandem as it stands; charts of emissions are left out where nobody looks at them."""
    decisions = list(Decision.objects.filter(minutes__tandem=tandem).select_related("organisation", "question", "minutes"))
    transfers = Transfer.objects.filter(tandem=tandem).select_related("organisation", "decision", "decision__question")
    return Chain(
        questions=tuple(Question.objects.filter(tandem=tandem).select_related("organisation", "answered_in")),
        meetings=find_meetings(tandem, today=today),
        decisions=tuple(decisions),
        trails=tuple(_trail(one, atlas=atlas, speech=speech, with_chart=with_charts) for one in transfers),
    )


def find_meetings(tandem: Tandem, *, today: dt.date) -> tuple[Meeting, ...]:
    """Minutes and events, each day once: an event that has minutes is one meeting."""
    minutes = list(Minutes.objects.filter(tandem=tandem).select_related("event"))
    written = [one.event_id for one in minutes if one.event_id is not None]
    seen = Event.objects.filter(tandem=tandem).exclude(state__in=[EventState.DRAFT, EventState.CANCELLED])
    events = seen.exclude(pk__in=written)
    met = [Meeting(one.held, one.title, True, one, one.event) for one in minutes]
    met += [Meeting(one.starts, one.title, one.state == EventState.HELD or one.ends < today, None, one) for one in events]
    return tuple(sorted(met, key=lambda one: one.day))


def find_stages(atlas: Atlas, *, city: str, measure: str) -> tuple[Stage, ...]:
    """What is published of a measure of a city, the earliest year first; of several items of a year the most advanced."""
    rows = (
        atlas.stage.filter((pl.col("city") == city) & (pl.col("measure") == measure) & pl.col("stage").is_not_null())
        .sort("year", "stage", nulls_last=False)
        .unique("year", keep="last", maintain_order=True)
    )
    return tuple(
        Stage(year=row["year"], stage=int(row["stage"]), source=row["source"], mark=str(row["mark"]))
        for row in rows.iter_rows(named=True)
    )


def _trail(transfer: Transfer, *, atlas: Atlas, speech: Speech, with_chart: bool) -> Trail:
    city = transfer.organisation.city
    facts = atlas.facts.measure.filter(pl.col("measure") == transfer.measure)
    known: dict[str, Any] = facts.row(0, named=True) if facts.height else {}
    field = str(known.get("field", ""))
    chart, refused = _draw(atlas, city=city, field=field, speech=speech) if with_chart and city else (None, None)
    decision = transfer.decision
    return Trail(
        transfer=transfer, decision=decision, question=decision.question if decision else None,
        stages=find_stages(atlas, city=city, measure=transfer.measure), visible=str(known.get("visible", "no")), chart=chart,
        refused=refused,
    )  # fmt: skip


def _draw(atlas: Atlas, *, city: str, field: str, speech: Speech) -> tuple[Chart | None, Finding | None]:
    """The years of the outcome in which a measure of a field would show, as far as the city has at least two."""
    try:
        series = verbs.benchmark(atlas, city=city).series
    except CannotCompute as refusal:
        return None, refusal.finding
    for outcome in dict.fromkeys([OUTCOMES.get(field, WHOLE[0]), *WHOLE]):
        rows = series.filter((pl.col("outcome").cast(pl.String) == outcome) & pl.col("per_head_t").is_not_null())
        if rows["year"].n_unique() >= FEWEST_YEARS:
            name = call_city(atlas, city, language=speech.language)
            methods = {key: method.short for key, method in atlas.facts.methods.items()}
            return draw_trend(rows, city=name, outcome=outcome, methods=methods, speech=speech), None
    return None, None
