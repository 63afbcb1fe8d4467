"""How does a tie fare? Plain figures, never a score; unknown where nothing is recorded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from citytandem.web.networks.contacts import Sort, gather_contacts
from citytandem.web.networks.models import MeetingState, TransferStage

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from citytandem.web.networks.contacts import Contact
    from citytandem.web.networks.models import Tie

ASLEEP_DAYS = 120
"""After so many days without contact a tie is said to be asleep."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """Counts of one tie; None where nothing of the kind is recorded, which is not the same as zero."""

    meetings: int | None = None
    held: int | None = None
    questions: int | None = None
    answered: int | None = None
    transfers: int | None = None
    last: dt.date | None = None
    days: int | None = None

    @property
    def is_asleep(self) -> bool | None:
        """More than 120 days without contact; None where no contact is recorded."""
        return None if self.days is None else self.days > ASLEEP_DAYS

    @property
    def open(self) -> int:
        """Questions that wait for an answer."""
        return (self.questions or 0) - (self.answered or 0)

    @property
    def state(self) -> str:
        """In one word: unknown, asleep or awake."""
        return {None: "unknown", True: "asleep", False: "awake"}[self.is_asleep]


def describe_tie(tie: Tie, *, on: dt.date, contacts: Iterable[Contact] = ()) -> Health:
    """The figures of one tie on a day.

    Parameters
    ----------
    tie
        With its meetings, questions and transfers, read ahead where many are described.
    on
        Today; what lies after it is no contact yet.
    contacts
        What other rooms know of the two cities.
    """
    meetings = [one for one in tie.meetings.all() if one.state != MeetingState.CANCELLED]
    questions, transfers = list(tie.questions.all()), list(tie.transfers.all())
    told = list(contacts)
    held_days = [one.day for one in meetings if one.state == MeetingState.HELD]
    held_days += [one.day for one in told if one.sort == Sort.HELD]
    every = len(meetings) + sum(one.sort != Sort.TRANSFER for one in told)
    begun = sum(one.stage != TransferStage.STOPPED for one in transfers) + sum(one.sort == Sort.TRANSFER for one in told)
    any_transfer = bool(transfers) or any(one.sort == Sort.TRANSFER for one in told)
    days = [day for day in (*held_days, *(one.asked for one in questions), *_answered(questions)) if day <= on]
    last = max(days, default=None)
    return Health(
        meetings=every or None,
        held=len(held_days) if every else None,
        questions=len(questions) or None,
        answered=sum(one.answered is not None for one in questions) if questions else None,
        transfers=begun if any_transfer else None,
        last=last,
        days=(on - last).days if last else None,
    )


def describe_ties(ties: Sequence[Tie], *, on: dt.date) -> dict[int, Health]:
    """The figures of many ties by their number, other rooms asked once."""
    contacts = gather_contacts({(tie.city, tie.other) for tie in ties})
    return {tie.pk: describe_tie(tie, on=on, contacts=contacts.get((tie.city, tie.other), ())) for tie in ties}


def _answered(questions: Iterable[object]) -> list[dt.date]:
    return [day for one in questions if (day := getattr(one, "answered", None))]
