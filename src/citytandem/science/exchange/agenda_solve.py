"""How a model is solved: the same seed and the same work give the same plan, whatever the machine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from citytandem.science.exchange.agenda_draft import Draft, hint_draft, read_draft
from citytandem.science.exchange.agenda_instance import POINTS, Instance, Option
from citytandem.science.exchange.agenda_model import Model, add_worst, build_model, import_solver, sum_points

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

WORK_PER_SECOND = 0.8
"""Units of the solver's own deterministic time we plan for each second: measured below what two cores of 2026 do."""
GUARD = 3.0
"""The clock ends a search after this many times the seconds asked for; a plan that was cut off says so."""


@dataclass(frozen=True)
class Outcome:
    """The best draft of one model, what no draft of it can exceed, and how the search ended."""

    draft: Draft | None
    worst_bound: int
    points_bound: int
    optimal: bool
    infeasible: bool
    struck: bool


def run_solver(model: Any, *, seconds: float, seed: int) -> tuple[Any, Any, bool]:
    """Solve with one worker within a fixed amount of work; True at the end if the clock struck first."""
    cp_model = import_solver()
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed % (2**31 - 1)
    solver.parameters.max_deterministic_time = max(0.05, seconds * WORK_PER_SECOND)
    solver.parameters.max_time_in_seconds = max(2.0, seconds * GUARD)
    status = solver.solve(model)
    done = status in (cp_model.OPTIMAL, cp_model.INFEASIBLE)
    struck = not done and solver.wall_time >= solver.parameters.max_time_in_seconds
    return solver, status, struck


def solve_whole(
    instance: Instance,
    *,
    options: Sequence[Sequence[Option]] | None = None,
    start: Draft | None = None,
    seconds: float,
    seed: int,
) -> Outcome:
    """First the most for the person served least, then the largest sum that keeps it."""
    cp_model = import_solver()
    model = build_model(instance, options=options)
    worst, points = add_worst(model, instance=instance), sum_points(model, instance=instance)
    draft, bound, struck, proven = start, POINTS, False, True
    if any(instance.wishes):
        if draft is not None:
            hint_draft(model, draft=draft)
        model.cp.maximize(worst)
        solver, status, struck = run_solver(model.cp, seconds=seconds / 2, seed=seed)
        if status == cp_model.INFEASIBLE:
            return Outcome(None, 0, 0, optimal=False, infeasible=True, struck=False)
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            draft = _better(draft, read_draft(model, instance=instance, solver=solver))
        proven = status == cp_model.OPTIMAL
        bound = int(solver.best_objective_bound + 1e-6)
        if draft is None:
            return Outcome(None, bound, 0, optimal=False, infeasible=False, struck=struck)
        model.cp.add(worst >= draft.worst)
    return _solve_sum(
        model,
        instance=instance,
        points=points,
        first=Outcome(draft, bound, 0, proven, False, struck),
        seconds=seconds / 2,
        seed=seed,
    )


def _solve_sum(model: Model, *, instance: Instance, points: Any, first: Outcome, seconds: float, seed: int) -> Outcome:
    cp_model = import_solver()
    draft = first.draft
    if draft is not None:
        hint_draft(model, draft=draft)
    model.cp.maximize(points)
    solver, status, struck = run_solver(model.cp, seconds=seconds, seed=seed)
    if status == cp_model.INFEASIBLE:
        return Outcome(None, 0, 0, optimal=False, infeasible=True, struck=False)
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        draft = _better(draft, read_draft(model, instance=instance, solver=solver))
    bound = int(solver.best_objective_bound + 1e-6)
    optimal = first.optimal and status == cp_model.OPTIMAL
    return Outcome(draft, first.worst_bound, bound, optimal, infeasible=False, struck=first.struck or struck)


def _better(one: Draft | None, other: Draft) -> Draft:
    return other if one is None or other.worth > one.worth else one


def find_places(
    instance: Instance, *, seconds: float, seed: int, hints: Mapping[int, tuple[int, int]]
) -> tuple[tuple[list[Option], list[int]] | None, bool]:
    """Any allowed place for each session with someone to interpret; None with True where there is provably none.

    ``hints`` says in which slot and room a session stood before.
    """
    cp_model = import_solver()
    if not all(instance.options):
        return None, True
    model = build_model(instance, people=False)
    for session, (options, own) in enumerate(zip(model.options, model.place, strict=True)):
        for option, at in zip(options, own, strict=True):
            if session in hints:
                model.cp.add_hint(at, (option.start, option.room) == hints[session])
    solver, status, _ = run_solver(model.cp, seconds=seconds, seed=seed)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None, status == cp_model.INFEASIBLE
    draft = read_draft(model, instance=instance, solver=solver)
    return (list(draft.places), list(draft.tasks)), False
