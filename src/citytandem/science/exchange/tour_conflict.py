"""Which of the sites that must be visited exclude each other? The smallest set, found with as few trials as it takes."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def find_smallest_conflict(wishes: Sequence[str], *, is_possible: Callable[[Sequence[str]], bool]) -> tuple[str, ...]:
    """The smallest set of wishes that cannot be kept together; empty where all can.

    Sets that hit every known way out are tried, the smallest first. One that can be kept shows a new way out; the first
    that cannot be kept is a smallest conflict, because no smaller set hits all ways out (Ignatiev et al. 2015,
    "Smallest MUS extraction with minimal hitting set dualization"). Ties are broken by the order of the wishes.

    Parameters
    ----------
    wishes
        Keys of the wishes.
    is_possible
        Can these be kept together? Fewer wishes are never harder.

    Examples
    --------
    >>> find_smallest_conflict(["a", "b", "c", "d"], is_possible=lambda some: not {"b", "d"} <= set(some))
    ('b', 'd')
    """
    if is_possible(wishes):
        return ()
    ways_out: list[frozenset[str]] = []
    while True:
        tried = _hit(wishes, ways_out)
        if not is_possible(tried):
            return tried
        kept = list(tried)
        for wish in wishes:
            if wish not in kept and is_possible([*kept, wish]):
                kept.append(wish)
        ways_out.append(frozenset(wishes) - set(kept))


def _hit(wishes: Sequence[str], ways_out: list[frozenset[str]]) -> tuple[str, ...]:
    """The smallest set with a member in each way out."""
    return next(
        chosen
        for size in range(len(wishes) + 1)
        for chosen in combinations(wishes, size)
        if all(way.intersection(chosen) for way in ways_out)
    )
