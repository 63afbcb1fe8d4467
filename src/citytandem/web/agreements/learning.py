"""What did people learn? Answers to named instruments before, after and a year later, shown only where enough people answered."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from citytandem.web.agreements.drafting import add_months
from citytandem.web.agreements.instruments import FEWEST, ITEMS
from citytandem.web.agreements.models import Agreement, AgreementState, LearningAnswer, Moment

if TYPE_CHECKING:
    import datetime as dt

    from citytandem.web.accounts.models import User
    from citytandem.web.programmes.models import Tandem

YEAR_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Level:
    """How an item was answered at one moment: the middle answer and how many people; None where fewer than three answered."""

    count: int
    middle: float | None


@dataclass(frozen=True, slots=True)
class Row:
    """One item over the three moments."""

    item: str
    instrument: str
    levels: tuple[Level | None, ...]


def summarise(tandem: Tandem) -> tuple[Row, ...]:
    """Each item with its middle answer at each moment; None where it is not asked then.

    People are never shown one by one: below three answers the middle stays unknown, and only their number is told.
    """
    given: dict[tuple[str, str], list[int]] = {}
    for item, moment, level in LearningAnswer.objects.filter(tandem=tandem).values_list("item", "moment", "level"):
        given.setdefault((item, moment), []).append(level)
    return tuple(
        Row(
            item.key,
            item.instrument,
            tuple(_level(given.get((item.key, moment), [])) if moment in item.moments else None for moment in Moment.values),
        )
        for item in ITEMS
    )


def _level(answers: list[int]) -> Level:
    return Level(len(answers), float(median(answers)) if len(answers) >= FEWEST else None)


def moments_open(tandem: Tandem, *, on: dt.date) -> tuple[Moment, ...]:
    """What may be asked on a day: before until the first agreement has run for half its time, after from its end, then a year on.

    Without an end, after begins a year after the start.
    """
    own = (
        Agreement.objects.filter(tandem=tandem, state__in=[AgreementState.SIGNED, AgreementState.ENDED])
        .order_by("starts")
        .first()
    )
    if own is None:
        return (Moment.BEFORE,)
    ends = own.ends or add_months(own.starts, YEAR_MONTHS)
    if own.state == AgreementState.ENDED:
        ends = min(ends, own.changed.date())
    if on >= add_months(ends, YEAR_MONTHS):
        return (Moment.YEAR,)
    if on >= ends:
        return (Moment.AFTER,)
    return (Moment.BEFORE,) if on < own.starts + (ends - own.starts) / 2 else ()


def answers_of(user: User, *, tandem: Tandem, moment: str) -> dict[str, str]:
    """What a person said, to fill their form again."""
    rows = LearningAnswer.objects.filter(user=user, tandem=tandem, moment=moment).values_list("item", "level")
    return {item: str(level) for item, level in rows}
