"""What guests said three and twelve months later: how many answered, and the words of those who agreed to be asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from citytandem.web.events.follow import CALENDAR, MONTHS
from citytandem.web.events.models import Delivery, FollowUp

if TYPE_CHECKING:
    from citytandem.web.events.models import Event

QUESTIONS = ("begun", "still_open", "in_touch")
CONSENT = "contact_after"
"""Whoever has not agreed to be asked, or agrees no longer, is counted and not quoted."""


@dataclass(frozen=True)
class Answers:
    """The answers of one time: how many were asked by letter, how many answered, and what to each question."""

    months: int
    asked: int
    answered: int
    counts: dict[str, int]
    quoted: tuple[FollowUp, ...]

    @property
    def not_quoted(self) -> int:
        """Answers that are counted only."""
        return self.answered - len(self.quoted)


def gather_answers(event: Event) -> list[Answers]:
    """The answers of both times, those said first first. Who is forgotten has no answer any more."""
    rows = FollowUp.objects.filter(registration__event=event, registration__forgotten=None).select_related("registration")
    said = [one for one in rows.order_by("said", "pk") if any(getattr(one, name).strip() for name in QUESTIONS)]
    letters = event.letters.filter(letter__in=CALENDAR, state=Delivery.DELIVERED).order_by()
    asked = [letter for letter, _ in letters.values_list("letter", "registration").distinct()]
    return [_gather(months, said=[one for one in said if one.months == months], asked=asked) for months in MONTHS]


def _gather(months: int, *, said: list[FollowUp], asked: list[str]) -> Answers:
    return Answers(
        months=months,
        asked=asked.count(f"after_{months}"),
        answered=len(said),
        counts={name: sum(bool(getattr(one, name).strip()) for one in said) for name in QUESTIONS},
        quoted=tuple(one for one in said if CONSENT in one.registration.consents),
    )
