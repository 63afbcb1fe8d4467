"""A programme in figures for who pays for it: from applications to what was begun, tandem by tandem, nothing summed to a mark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from citytandem.science.partners.hindsight import Hindsight, look_back
from citytandem.web.agreements.access import AGREED
from citytandem.web.agreements.chain import Chain, follow
from citytandem.web.agreements.drafting import names_of
from citytandem.web.agreements.learning import Row, summarise
from citytandem.web.agreements.models import Agreement
from citytandem.web.events.models import BudgetLine, Event
from citytandem.web.programmes.models import ApplicationState, Consent, Side
from citytandem.web.programmes.runs import SEED

if TYPE_CHECKING:
    import datetime as dt
    from decimal import Decimal

    from django.db.models import QuerySet

    from citytandem.atlas import Atlas
    from citytandem.web.programmes.models import Programme, Tandem
    from citytandem.words import Speech


@dataclass(frozen=True, slots=True)
class Line:
    """One tandem of the report."""

    tandem: Tandem
    names: tuple[str, ...]
    agreement: str
    chain: Chain
    learning: tuple[Row, ...]
    score: int | None


@dataclass(frozen=True, slots=True)
class Report:
    """What a programme did: counts with what they are of, tandems in the order of the alphabet, and money by currency."""

    programme: Programme
    counts: dict[str, int]
    lines: tuple[Line, ...]
    events: tuple[Event, ...]
    money: tuple[tuple[str, Decimal | None, Decimal | None], ...]
    hindsight: Hindsight


def make_report(programme: Programme, *, atlas: Atlas, speech: Speech, today: dt.date) -> Report:
    """The programme as it stands on a day; nothing is estimated, what nobody wrote down is missing."""
    applications = programme.applications.exclude(state=ApplicationState.DRAFT)
    tandems = programme.tandems.filter(state__in=AGREED)
    events = Event.objects.filter(programme=programme) | Event.objects.filter(tandem__programme=programme)
    lines = [_line(one, atlas=atlas, speech=speech, today=today) for one in tandems]
    asked = Side.objects.filter(tandem__programme=programme)
    counts = {
        "applications": applications.count(),
        "eligible": applications.filter(state=ApplicationState.ELIGIBLE).count(),
        "asked": asked.count(),
        "agreed": asked.filter(consent=Consent.YES).count(),
        "tandems": len(lines),
        "signed": sum(line.agreement in {"signed", "ended"} for line in lines),
        "events": events.distinct().count(),
    }
    for name in ("questions", "answered", "held", "decisions", "done", "begun", "further"):
        counts[name] = sum(line.chain.counts[name] for line in lines)
    kept = events.distinct()
    return Report(
        programme=programme, counts=counts, lines=tuple(sorted(lines, key=lambda line: line.names)), events=tuple(kept),
        money=_add_up(kept), hindsight=_look_back(lines),
    )  # fmt: skip


def _line(tandem: Tandem, *, atlas: Atlas, speech: Speech, today: dt.date) -> Line:
    newest = Agreement.objects.filter(tandem=tandem).order_by("-starts", "-pk").first()
    chain = follow(tandem, atlas=atlas, speech=speech, today=today, with_charts=False)
    state = newest.state if newest else ""
    return Line(tandem, tuple(names_of(tandem)), state, chain, summarise(tandem), _find_score(tandem))


def _find_score(tandem: Tandem) -> int | None:
    """The points with which the matching proposed a tandem; None for larger groups and for tandems made by hand."""
    if tandem.run is None:
        return None
    sides = set(tandem.sides.values_list("organisation_id", flat=True))
    asked = tandem.programme.applications.filter(organisation__in=sides)
    keys = {str(number) for number in asked.values_list("pk", flat=True)}
    pairs = tandem.run.result.get("frames", {}).get("pairs", {})
    told = zip(pairs.get("participant", ()), pairs.get("other", ()), pairs.get("score", ()), strict=True)
    return next((int(score) for one, other, score in told if {one, other} == keys), None)


def _look_back(lines: list[Line]) -> Hindsight:
    """Whether the weights of the matching foresaw what came of the pairs."""
    rows = [(line.score, line.chain.counts["begun"]) for line in lines]
    return look_back(pl.DataFrame(rows, schema={"score": pl.Int64, "begun": pl.Int64}, orient="row"), seed=SEED)


def _add_up(events: QuerySet[Event]) -> tuple[tuple[str, Decimal | None, Decimal | None], ...]:
    """Planned and spent by currency, as far as it was written down; per-person lines count each guest who came or comes."""
    sums: dict[tuple[str, bool], Decimal] = {}
    for line in BudgetLine.objects.filter(event__in=events).select_related("event"):
        times = line.event.registrations.filter(seat="coming").count() if line.is_per_person else 1
        key = (line.currency, line.is_spent)
        sums[key] = sums.get(key, line.amount * 0) + line.amount * times
    return tuple((one, sums.get((one, False)), sums.get((one, True))) for one in sorted({currency for currency, _ in sums}))
