"""The least change that saves a plan: fewest sessions moved, fewest people who lose a seat, then the best of these."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citytandem.science.exchange.agenda_compact import sum_idle
from citytandem.science.exchange.agenda_draft import Draft, fill_draft, hint_draft, read_draft
from citytandem.science.exchange.agenda_instance import Instance, Option
from citytandem.science.exchange.agenda_model import Model, add_worst, build_model, import_solver, sum_points
from citytandem.science.exchange.agenda_solve import Outcome, run_solver

if TYPE_CHECKING:
    from collections.abc import Mapping

Place = tuple[int, int]
"""First slot and room by number."""


def repair(
    instance: Instance, *, before: Mapping[int, Place], seats: frozenset[tuple[int, int]], seconds: float, seed: int
) -> Outcome:
    """Five goals one after the other, each kept while the next is pursued.

    Parameters
    ----------
    before
        Where each session stood.
    seats
        Seats of the plan before, as (person, session).
    """
    start, moved, infeasible = _fewest_moves(instance, before=before, seconds=seconds / 4, seed=seed)
    if start is None:
        return Outcome(None, 0, 0, optimal=False, infeasible=infeasible, struck=False)
    options = [_still(own, before.get(s)) for s, own in enumerate(instance.options)] if not moved else instance.options
    model = build_model(instance, options=options)
    if moved:
        model.cp.add(sum(_moves(model, before=before)) <= moved)
    draft, struck, proven = start, False, True
    for goal in (
        _people_who_lose(model, seats=seats),
        -add_worst(model, instance=instance),
        -sum_points(model, instance=instance),
        sum_idle(model, instance=instance),
    ):
        hint_draft(model, draft=draft)
        model.cp.minimize(goal)
        solver, status, cut = run_solver(model.cp, seconds=seconds / 4, seed=seed)
        cp_model = import_solver()
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return Outcome(draft, 1000, 10**6, optimal=False, infeasible=False, struck=cut)
        draft = read_draft(model, instance=instance, solver=solver)
        struck, proven = struck or cut, proven and status == cp_model.OPTIMAL
        model.cp.add(goal <= round(solver.objective_value))
    return Outcome(draft, draft.worst, draft.points, proven, infeasible=False, struck=struck)


def _fewest_moves(
    instance: Instance, *, before: Mapping[int, Place], seconds: float, seed: int
) -> tuple[Draft | None, int, bool]:
    """Places with the fewest sessions moved, how many, and whether there is provably no plan at all."""
    cp_model = import_solver()
    if not all(instance.options):
        return None, 0, True
    model = build_model(instance, people=False)
    moves = _moves(model, before=before)
    model.cp.minimize(sum(moves))
    solver, status, _ = run_solver(model.cp, seconds=seconds, seed=seed)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None, 0, status == cp_model.INFEASIBLE
    found = read_draft(model, instance=instance, solver=solver)
    return fill_draft(instance, places=found.places, tasks=found.tasks), round(solver.objective_value), False


def _still(options: list[Option], place: Place | None) -> list[Option]:
    """Only the place of before."""
    return [option for option in options if (option.start, option.room) == place] or options


def _moves(model: Model, *, before: Mapping[int, Place]) -> list[Any]:
    """One minus the literal of the old place, for each session."""
    found: list[Any] = []
    for session, (options, own) in enumerate(zip(model.options, model.place, strict=True)):
        stays = [at for option, at in zip(options, own, strict=True) if (option.start, option.room) == before.get(session)]
        found.append(1 - stays[0] if stays else 1)
    return found


def _people_who_lose(model: Model, *, seats: frozenset[tuple[int, int]]) -> Any:
    """How many people lose at least one seat."""
    people = sorted({person for person, _ in seats})
    found: list[Any] = []
    for person in people:
        held = [model.seat.get((who, session)) for who, session in sorted(seats) if who == person]
        if any(seat is None for seat in held):
            found.append(1)
            continue
        loses = model.cp.new_bool_var("")
        for seat in held:
            model.cp.add_bool_or([seat, loses])
        found.append(loses)
    return sum(found) if found else model.cp.new_constant(0)
