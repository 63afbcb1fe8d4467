"""How far are the cities of a programme, field by field? The spread of levels, never a list by level; and the own way of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from citytandem.web.assessments.queries import is_public, is_settled, read_result
from citytandem.web.pilots.frame import categories_of
from citytandem.web.pilots.judging import assessments_of
from citytandem.web.pilots.queries import by_name

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from citytandem.atlas import Atlas
    from citytandem.web.pilots.models import Certificate, PilotCity, PilotProgramme, StageStep
    from citytandem.words import Language


@dataclass(frozen=True)
class Span:
    """A level with its interval; all None where nothing is known."""

    level: float | None
    low: float | None
    high: float | None
    outcome: str = "none"


@dataclass(frozen=True)
class Judged:
    """One settled assessment of a city: when, and a span for each category."""

    on: dt.date
    spans: dict[str, Span]


@dataclass(frozen=True)
class Way:
    """One city: its name, the stages it reached, its settled assessments oldest first, its certificates."""

    pilot: PilotCity
    name: str
    steps: Sequence[StageStep]
    judged: Sequence[Judged]
    certificates: Sequence[Certificate]


@dataclass(frozen=True)
class Portfolio:
    """The ways of all cities, by name; ``reached`` counts how many came to each stage, by its number."""

    categories: Sequence[str]
    ways: Sequence[Way]
    reached: dict[int, int]
    here: dict[int, int]

    @property
    def judged(self) -> int:
        """How many cities have a result that may be shown."""
        return sum(bool(way.judged) for way in self.ways)

    def newest(self, category: str) -> list[tuple[str, Span]]:
        """The newest span of a category for each city that has one, by name."""
        told = [(way.name, way.judged[-1].spans[category]) for way in self.ways if way.judged]
        return [(name, span) for name, span in told if span.low is not None]


def gather_portfolio(
    programme: PilotProgramme, *, pilots: Sequence[PilotCity], atlas: Atlas, language: Language, everybody: bool
) -> Portfolio:
    """The portfolio of a programme over some of its cities.

    Parameters
    ----------
    everybody
        Whether it is for everybody: then only results count that office and city agreed to publish.
    """
    named = by_name(pilots, atlas=atlas, language=language)
    ways = [
        Way(
            pilot, name, list(pilot.steps.select_related("stage")), _judge(pilot, everybody=everybody),
            list(pilot.certificates.all()),
        )
        for pilot, name in named
    ]  # fmt: skip
    stages = list(programme.stages.all())
    reached = {stage.pk: sum(any(step.stage_id == stage.pk for step in way.steps) for way in ways) for stage in stages}
    here = {stage.pk: sum(way.pilot.stage_id == stage.pk and way.pilot.left is None for way in ways) for stage in stages}
    return Portfolio(categories_of(programme.framework), ways, reached, here)


def _judge(pilot: PilotCity, *, everybody: bool) -> list[Judged]:
    found = []
    for assessment in reversed(list(assessments_of(pilot))):
        if assessment.reconciled is None or not is_settled(assessment) or (everybody and not is_public(assessment)):
            continue
        answered = read_result(assessment).answered
        if answered is None:
            continue
        spans = {
            row["category"]: Span(row["level"], row["low"], row["high"], str(row["outcome"]))
            for row in answered.scored.categories.iter_rows(named=True)
        }
        found.append(Judged(assessment.reconciled.date(), spans))
    return found
