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
COMPILED_MOVES_PER_SECOND = 40_000
"""Moves we plan for each second of a search; about half of what one core of 2026 makes."""
ROUND = 6.0
"""Seconds planned for a round."""
RAISES = 0.4
"""The share of the rounds in which the person served least is raised; then the sum grows while that person is guarded."""
STEPS = (40, 120)
"""So many points more the first and the second search try to give the person served least."""
STEEP = 30
"""How much more a point below the level counts than others."""
HOT, WARM, COOL, COLD = 2500.0, 900.0, 300.0, 30.0
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
    task, best = as_task(instance), start
    rounds = max(2, round(seconds / ROUND))
    with ThreadPoolExecutor(SEARCHES) as pool:
        for number in range(rounds):
            if best.worth >= bounds:
                return best, False
            legs = _legs(number, rounds=rounds, worst=best.worst, seconds=seconds / rounds, seed=seed)
            run = partial(_run, instance, task=task, best=best)
            outcomes = list(pool.map(run, legs))
            for outcome in outcomes:
                if outcome.draft is not None and outcome.draft.worth > best.worth:
                    best = outcome.draft
                    tell(best)
            if watch.struck or any(outcome.struck for outcome in outcomes):
                return best, True
    return best, False


def _legs(number: int, *, rounds: int, worst: int, seconds: float, seed: int) -> list[_Leg]:
    raises = number < rounds * RAISES
    found = []
    for search in range(SEARCHES):
        level = worst + STEPS[search] if raises else worst
        hot = HOT if raises else (WARM, COOL)[search]
        moves = int(COMPILED_MOVES_PER_SECOND * seconds)
        found.append(_Leg(level, (hot, COLD), moves, seconds / 6, (seed * 1000 + number) * SEARCHES + search))
    return found


def _run(instance: Instance, leg: _Leg, *, task: Task, best: Draft) -> Outcome:
    """Places by compiled moves, then the best seats there."""
    places = move_sessions(
        instance, task=task, places=best.places, level=leg.level, steep=STEEP, moves=leg.moves, heat=leg.heat, seed=leg.seed
    )
    return solve_whole(instance, options=[[place] for place in places], seconds=max(1.0, leg.seconds), seed=leg.seed)
