"""Who gets a seat? First asked is first served, within the fair shares; nobody is passed over while a seat they may have is free.

Pure: numbers in, numbers out. ``seats`` locks the rows and calls it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Refusal = Literal["full", "country", "organisation_kind", "actor"]


@dataclass(frozen=True)
class Asking:
    """Somebody who has or wants a seat: ``places`` is 2 with a companion. Empty means that it is not known."""

    key: int
    country: str = ""
    organisation_kind: str = ""
    actor: str = ""
    places: int = 1


@dataclass(frozen=True)
class Limit:
    """At most ``seats`` for those whose ``share`` is ``value``; without a value, for each value alike."""

    share: Literal["country", "organisation_kind", "actor"]
    seats: int
    value: str = ""


def why_not(one: Asking, *, seats: int, limits: Iterable[Limit], taken: Sequence[Asking]) -> Refusal | None:
    """Why this person gets no seat beside those who have one; None if they get it.

    >>> why_not(Asking(3, "DE"), seats=5, limits=[Limit("country", 2)], taken=[Asking(1, "DE"), Asking(2, "DE")])
    'country'
    """
    if sum(other.places for other in taken) + one.places > seats:
        return "full"
    for limit in limits:
        own: str = getattr(one, limit.share)
        if limit.value and own != limit.value:
            continue
        alike = sum(other.places for other in taken if getattr(other, limit.share) == own)
        if alike + one.places > limit.seats:
            return limit.share
    return None


def promote(waiting: Iterable[Asking], *, seats: int, limits: Sequence[Limit], taken: Sequence[Asking]) -> list[Asking]:
    """Who moves up from the waiting list, which is in the order of asking.

    Whoever does not fit stays where they are, and the next is looked at, so that no seat stays empty for their sake.

    >>> [one.key for one in promote([Asking(1, places=2), Asking(2)], seats=1, limits=[], taken=[])]
    [2]
    """
    seated, found = list(taken), []
    for one in waiting:
        if why_not(one, seats=seats, limits=limits, taken=seated) is None:
            seated.append(one)
            found.append(one)
    return found


def broken_limits(taken: Sequence[Asking], *, seats: int, limits: Iterable[Limit]) -> list[Refusal]:
    """Which bounds those who are coming go beyond, as after a bound was lowered.

    >>> broken_limits([Asking(1), Asking(2)], seats=1, limits=[])
    ['full']
    """
    found: list[Refusal] = ["full"] if sum(one.places for one in taken) > seats else []
    for limit in limits:
        counts: dict[str, int] = {}
        for one in taken:
            own = getattr(one, limit.share)
            counts[own] = counts.get(own, 0) + one.places
        asked = {limit.value: counts.get(limit.value, 0)} if limit.value else counts
        if any(count > limit.seats for count in asked.values()) and limit.share not in found:
            found.append(limit.share)
    return found
