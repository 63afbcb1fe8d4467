"""How a large plan is made better with compiled moves: two searches side by side, the better of each round goes on."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from citytandem.science.exchange.agenda_moves import as_task, fits_arrays, move_sessions
from citytandem.science.exchange.agenda_solve import Outcome, solve_whole
from citytandem.science.kernels.engine import runs_compiled

if TYPE_CHECKING:
    from collections.abc import Callable

    from citytandem.science.exchange.agenda_draft import Draft
    from citytandem.science.exchange.agenda_instance import Instance
    from citytandem.science.exchange.agenda_search import Watch
    from citytandem.science.kernels.compiled.agenda import Task

SEARCHES = 2
"""Searches side by side, however many cores there are: so the plan is the same on each machine."""
REPAYS_FROM = 5.0
"""Seconds asked for from which loading the compiled moves is worth it."""
COMPILED_MOVES_PER_SECOND = 80_000
"""Moves we plan for each second of a search: a little less than one core of 2026 makes while others use it too."""
RAISES, RAISE_SHARE = 4, 0.1
"""In so many rounds at most, each with that share of the work, the person served least is raised."""
LONG_ROUNDS = 2
"""Then the sum grows in as many rounds, while nobody may fall below the level reached."""
SEATS_SECONDS = 8.0
"""Seconds that giving out the seats may take; it seldom takes one."""
STEPS = (40, 120)
"""So many points more the first and the second search try to give the person served least."""
STEEP = 30
"""How much more a point below the level counts than others."""
HOT, WARM, COOL, COLD = 1800.0, 700.0, 300.0, 30.0
"""Points lost lightly: at the start of the first rounds, of later ones for the first and the second search, and at the end."""


@dataclass(frozen=True)
class _Leg:
    """One search of one round."""

    level: int
    heat: tuple[float, float]
    moves: int
    seconds: float
    seed: int


def can_race(instance: Instance, *, seconds: float) -> bool:
    """Are the compiled moves there (extra ``bulk``), and worth loading?"""
    return fits_arrays(instance) and runs_compiled("auto", work=seconds, repays_from=REPAYS_FROM)


def race_plans(
    instance: Instance,
    *,
    start: Draft,
    bounds: tuple[int, int],
    seconds: float,
    seed: int,
    watch: Watch,
    tell: Callable[[Draft], None],
) -> tuple[Draft, bool]:
    """The best draft found, and whether the clock ended the search.

    In each round both searches start from the best plan, each with its own seed, level and heat; the better plan
    goes on, the first where they are equal. Threads only save time: what is found does not depend on them.
    """
    task, best, left, number = as_task(instance), start, 1.0, 0
    with ThreadPoolExecutor(SEARCHES) as pool:
        raising, struck = True, False
        while left > 0.01 and best.worth < bounds:
            share = RAISE_SHARE if raising else left / max(1, LONG_ROUNDS + RAISES - number)
            legs = _legs(number, raising=raising, worst=best.worst, seconds=seconds * share, seed=seed)
            outcomes = list(pool.map(partial(_run, instance, task=task, best=best), legs))
            before = best
            for outcome in outcomes:
                if outcome.draft is not None and outcome.draft.worth > best.worth:
                    best = outcome.draft
                    tell(best)
            struck = struck or any(outcome.struck for outcome in outcomes)
            if watch.struck:
                return best, True
            left -= share
            number += 1
            if raising and (number == RAISES or best.worst == before.worst):
                raising, number = False, RAISES
    return best, struck


def _legs(number: int, *, raising: bool, worst: int, seconds: float, seed: int) -> list[_Leg]:
    """What both searches do in a round; the first long round anneals anew, the others only warm up."""
    hot = (HOT, HOT) if raising else (HOT, WARM) if number == RAISES else (WARM, COOL)
    moves = int(COMPILED_MOVES_PER_SECOND * seconds)
    return [
        _Leg(
            level=worst + (STEPS[search] if raising else 0),
            heat=(hot[search], COLD),
            moves=moves,
            seconds=SEATS_SECONDS,
            seed=(seed * 1000 + number) * SEARCHES + search,
        )
        for search in range(SEARCHES)
    ]


def _run(instance: Instance, leg: _Leg, *, task: Task, best: Draft) -> Outcome:
    """Places by compiled moves, then the best seats there."""
    places = move_sessions(
        instance, task=task, places=best.places, level=leg.level, steep=STEEP, moves=leg.moves, heat=leg.heat, seed=leg.seed
    )
    return solve_whole(instance, options=[[place] for place in places], seconds=leg.seconds, seed=leg.seed)
