"""How a plan of any size is made better: places are guessed, seats are then given out exactly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from citytandem.science.exchange.agenda_instance import POINTS, Instance, Option
from citytandem.science.exchange.agenda_places import Costs, guess_costs, improve_places
from citytandem.science.exchange.agenda_solve import Outcome, solve_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from citytandem.science.exchange.agenda_draft import Draft

MOVES_PER_SECOND = 60_000
"""Moves we plan for each second; three quarters of what one core of 2026 makes, so that the clock seldom strikes."""
ROUND = 3.0
"""Seconds planned for a round of moves and seats."""
HOT, WARM, COOL, COLD = 3000.0, 900.0, 300.0, 30.0
"""Points lost lightly: at the start of the first round, of later ones, of the last ones, and at the end of each."""
STEEPS = (0, 10, 30)
"""How much more a large loss of one person counts than small ones of many, in turn by round."""
POLISH_FROM = 0.5
"""From this share of the rounds on the person served least is only guarded, and the sum is made larger."""
GUARDS = (2, 4, 8)
"""How much more those count who could fall to the bottom while the sum is made larger, in turn by round."""
HEAVIEST = 32
"""No person's points count more than this many times those of another while places are searched."""


@dataclass(frozen=True)
class Watch:
    """Says when to stop for the clock's sake; without a clock only the work allowed ends a search."""

    now: Callable[[], float] | None
    until: float

    @property
    def struck(self) -> bool:
        """Is the time over?"""
        return self.now is not None and self.now() > self.until


def search_plan(
    instance: Instance,
    *,
    start: Draft,
    bounds: tuple[int, int],
    seconds: float,
    seed: int,
    watch: Watch,
    tell: Callable[[Draft], None],
) -> tuple[Draft, bool]:
    """The best draft found in rounds, and whether the clock ended the search.

    Each round moves sessions by what overlaps and small rooms cost (``agenda_places``), then gives out the seats
    exactly. People served least then count more in the next round. The number of rounds and moves follows from
    ``seconds`` alone, so the same seed gives the same plan.
    """
    best = start
    weights = [1] * len(instance.people)
    rounds = max(1, round(seconds / ROUND))
    for number in range(rounds):
        polish = number >= rounds * POLISH_FROM
        if polish:
            weights = _guard(instance, draft=best, weight=GUARDS[number % len(GUARDS)])
        if best.worth >= bounds:
            return best, False
        if watch.struck:
            return best, True
        heat = ((COOL, WARM, HOT)[number % 3] if polish else HOT if number == 0 else WARM, COLD)
        steep = 0 if polish else STEEPS[number % len(STEEPS)]
        costs = guess_costs(instance, weights=weights, steep=steep)
        found, struck = _go_round(
            instance, best=best, costs=costs, heat=heat, seconds=seconds / rounds, seed=seed * 1000 + number
        )
        if found is not None and found.worth > best.worth:
            best = found
            tell(best)
        if struck:
            return best, True
        weights = _weigh(instance, draft=found or best, weights=weights)
    return best, False


def _go_round(
    instance: Instance, *, best: Draft, costs: Costs, heat: tuple[float, float], seconds: float, seed: int
) -> tuple[Draft | None, bool]:
    moves = int(MOVES_PER_SECOND * seconds * 2 / 3)
    places = improve_places(instance, places=best.places, costs=costs, moves=moves, heat=heat, seed=seed)
    outcome = settle(instance, places=places, seconds=seconds, seed=seed)
    return outcome.draft, outcome.struck


def settle(instance: Instance, *, places: Sequence[Option], seconds: float, seed: int, start: Draft | None = None) -> Outcome:
    """The best seats, interpreters and meetings where every session stands already."""
    return solve_whole(instance, options=[[place] for place in places], start=start, seconds=max(1.0, seconds), seed=seed)


def _guard(instance: Instance, *, draft: Draft, weight: int) -> list[int]:
    """Those who could fall below the person served least by losing one more wish count most."""
    own = [sum(wish.points for wish in wishes if (p, wish.session) in draft.seats) for p, wishes in enumerate(instance.wishes)]
    return [
        weight if wishes and points - max(wish.points for wish in wishes) // 2 < draft.worst else 1
        for points, wishes in zip(own, instance.wishes, strict=True)
    ]


def _weigh(instance: Instance, *, draft: Draft, weights: Sequence[int]) -> list[int]:
    """Those near the bottom count twice as much in the next round, all others a little less again."""
    near = draft.worst + POINTS // 20
    own = [sum(wish.points for wish in wishes if (p, wish.session) in draft.seats) for p, wishes in enumerate(instance.wishes)]
    return [
        min(HEAVIEST, 2 * weight) if wishes and points <= near else max(1, weight - 1 if weight < 4 else weight * 3 // 4)
        for points, wishes, weight in zip(own, instance.wishes, weights, strict=True)
    ]
