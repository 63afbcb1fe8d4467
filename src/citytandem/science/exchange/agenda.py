"""Which session goes where and when, and who gets which seat: first for the person served least, then for all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citytandem.science.exchange.agenda_terms import AgendaProblem, AgendaSettings, Clock, Plan, Progress

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    import dataframely as dy

    from citytandem.findings import Finding
    from citytandem.tables.agenda import Absence

__all__ = [
    "AgendaProblem",
    "AgendaSettings",
    "Clock",
    "Plan",
    "Progress",
    "check_plan",
    "explain_conflict",
    "plan_agenda",
    "replan",
]


def plan_agenda(
    problem: AgendaProblem,
    *,
    seconds: float = 20.0,
    seed: int = 2026,
    locked: Collection[str] = (),
    start: Plan | None = None,
    clock: Clock | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Plan:
    """The best plan found: first for the person served least, then for all together.

    A small problem is solved to a proven optimum. A large one gets a valid plan at once, which is then made better
    in rounds; an upper bound says how far from the best it can be at most. ``seconds`` sets how much work is done,
    not when the clock stops it, so the same seed gives the same plan on a slower machine too.

    Parameters
    ----------
    problem
        What must be planned.
    seconds
        How long the search may roughly take on a machine of 2026.
    seed
        Seed of everything random.
    locked
        Sessions that keep their place of ``start``, beside those with a fixed slot or room.
    start
        A plan to begin with; needed for ``locked``.
    clock
        Monotonic seconds; a search that takes far longer than ``seconds`` is then ended and says so (``struck``).
    progress
        Called with each better plan.

    Raises
    ------
    CannotCompute
        AGENDA_NO_PLAN with the smallest conflicting set in ``because``; AGENDA_NOT_FOUND; AGENDA_EMPTY;
        AGENDA_NAME_UNKNOWN; EXTRA_MISSING.
    """
    from citytandem.science.exchange.agenda_plan import compute_plan  # slow import

    kept = _places(start, locked=locked)
    return compute_plan(problem, kept=kept, seconds=seconds, seed=seed, start=start, clock=clock, progress=progress)


def explain_conflict(
    problem: AgendaProblem, *, seconds: float = 20.0, seed: int = 2026, locked: Collection[str] = (), start: Plan | None = None
) -> tuple[Finding, ...]:
    """The smallest set of demands that exclude each other, one finding each; empty if a plan exists.

    Without any one of the demands, the others of the set could be met. Which of several smallest sets is told
    depends on the seed.
    """
    from citytandem.science.exchange.agenda_explain import find_conflict  # slow import
    from citytandem.science.exchange.agenda_instance import prepare_instance  # slow import

    return find_conflict(prepare_instance(problem, kept=_places(start, locked=locked)), seconds=seconds, seed=seed)


def replan(
    plan: Plan,
    problem: AgendaProblem,
    *,
    absences: dy.DataFrame[Absence],
    seconds: float = 20.0,
    seed: int = 2026,
    locked: Collection[str] = (),
) -> Plan:
    """The plan with the least change that keeps the new absences.

    First the fewest sessions move, then the fewest people lose a seat, then the person served least counts, then
    the sum. Nothing changes where the plan still holds. A session whose speakers are gone for good is taken off
    (AGENDA_CANCELLED). What changed stands in ``moved`` and ``seat_changes``.

    Raises
    ------
    CannotCompute
        As ``plan_agenda``.
    """
    from citytandem.science.exchange.agenda_plan import compute_change  # slow import

    kept = _places(plan, locked=locked)
    return compute_change(plan, problem, kept=kept, absences=absences, seconds=seconds, seed=seed)


def check_plan(problem: AgendaProblem, plan: Plan) -> tuple[Finding, ...]:
    """What is wrong with a plan, found without the solver; empty for a valid one.

    Each rule is tried on the plan itself: places, rooms, people in two places, seats, languages, access, interpreters,
    meetings, lunch and rest.
    """
    from citytandem.science.exchange.agenda_check import find_breaks  # slow import

    return find_breaks(problem, plan)


def _places(plan: Plan | None, *, locked: Collection[str]) -> dict[str, tuple[str, str | None]]:
    if plan is None:
        return {}
    return {
        row["session"]: (row["slot"], row["room"]) for row in plan.placed.iter_rows(named=True) if row["session"] in set(locked)
    }
