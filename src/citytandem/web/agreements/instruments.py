"""What people are asked about their learning: named instruments, each item asked where it has sense.

Levels of reaction, learning, behaviour and results follow Kirkpatrick (1959; Evaluating Training Programs, 1994), recalled (K);
the wording of the items is our own proposal (P). An item is answered from 0 (not at all) to 4 (fully).
"""

from __future__ import annotations

from dataclasses import dataclass

from citytandem.web.agreements.models import Moment

BEFORE, AFTER, YEAR = Moment.BEFORE, Moment.AFTER, Moment.YEAR
FEWEST = 3
"""Answers of fewer people are not shown, so that nobody can be told from a mean."""
HIGHEST = 4


@dataclass(frozen=True, slots=True)
class Item:
    """One statement; the words are ``learning.item.<key>``, the instrument's ``learning.instrument.<key>``."""

    key: str
    instrument: str
    moments: tuple[Moment, ...]


ITEMS = (
    Item("knows_how", "learning", (BEFORE, AFTER, YEAR)),
    Item("knows_conditions", "learning", (BEFORE, AFTER, YEAR)),
    Item("knows_whom", "learning", (BEFORE, AFTER, YEAR)),
    Item("worth_time", "reaction", (AFTER, YEAR)),
    Item("trust", "reaction", (AFTER, YEAR)),
    Item("works_differently", "behaviour", (AFTER, YEAR)),
    Item("told_others", "behaviour", (AFTER, YEAR)),
    Item("decided", "results", (AFTER, YEAR)),
    Item("carried_out", "results", (YEAR,)),
)
"""In the order in which they are asked."""


def items_at(moment: str) -> tuple[Item, ...]:
    """What is asked at a moment."""
    return tuple(item for item in ITEMS if moment in item.moments)
