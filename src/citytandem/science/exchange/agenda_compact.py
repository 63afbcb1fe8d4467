"""Which of equally good plans has few empty hours between sessions, and starts early?"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from citytandem.science.exchange.agenda_draft import Draft, hint_draft, read_draft
from citytandem.science.exchange.agenda_instance import Instance, bits
from citytandem.science.exchange.agenda_model import Model, add_worst, build_model, import_solver, sum_points
from citytandem.science.exchange.agenda_solve import run_solver

if TYPE_CHECKING:
    from collections.abc import Sequence

    from citytandem.science.exchange.agenda_instance import Option


def compact_draft(instance: Instance, *, draft: Draft, keep_seats: bool, seconds: float, seed: int) -> tuple[Draft, bool]:
    """The same worth in fewer empty hours, and whether the clock ended the search.

    The person served least and the sum are as good as before: only places change, and with ``keep_seats`` nobody's
    seat does. Weights stand in ``AgendaSettings``; with both zero nothing is moved.
    """
    before = measure_idle(instance, places=draft.places)
    if before == 0:
        return draft, False
    model = build_model(instance)
    if keep_seats:
        for key, seat in model.seat.items():
            model.cp.add(seat == (key in draft.seats))
    else:
        model.cp.add(add_worst(model, instance=instance) >= draft.worst)
    model.cp.add(sum_points(model, instance=instance) >= draft.points)
    hint_draft(model, draft=draft)
    model.cp.minimize(sum_idle(model, instance=instance))
    solver, status, struck = run_solver(model.cp, seconds=seconds, seed=seed)
    cp_model = import_solver()
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return draft, struck
    found = read_draft(model, instance=instance, solver=solver)
    better = found.worth >= draft.worth and measure_idle(instance, places=found.places) < before
    return (found if better else draft), struck


def measure_idle(instance: Instance, *, places: Sequence[Option]) -> int:
    """Minutes without any session between two of a day, and minutes sessions start after their day does, by their weights.

    Lunch slots are never empty hours.
    """
    settings = instance.problem.settings
    empty = sum(_lengths(instance)[slot] for slot in find_empty(instance, places=places))
    late = _lateness(instance)
    later = sum(late[option.start] for option in places)
    return settings.empty_weight * empty + settings.later_weight * later


def find_empty(instance: Instance, *, places: Sequence[Option]) -> list[int]:
    """Slots in which nothing runs although something runs before and after on the same day; lunch is left out."""
    used = 0
    for option in places:
        used |= option.busy
    by_day: dict[int, list[int]] = {}
    for slot in bits(used):
        by_day.setdefault(instance.days[slot], []).append(slot)
    lunch = sum(instance.lunches)
    return [
        slot
        for own in by_day.values()
        for before, after in pairwise(own)
        for slot in range(before + 1, after)
        if not lunch >> slot & 1
    ]


def empty_minutes(instance: Instance, *, places: Sequence[Option]) -> int:
    """Minutes in which nothing runs between two sessions of a day."""
    return sum(_lengths(instance)[slot] for slot in find_empty(instance, places=places))


def sum_idle(model: Model, *, instance: Instance) -> Any:
    """What ``measure_idle`` measures, as an expression of the model."""
    settings, late = instance.problem.settings, _lateness(instance)
    later = sum(
        late[option.start] * at
        for options, own in zip(model.options, model.place, strict=True)
        for option, at in zip(options, own, strict=True)
    )
    if not settings.empty_weight:
        return settings.later_weight * later
    runs = [_runs(model, slot=slot) for slot in range(len(instance.slots))]
    lengths = _lengths(instance)
    empty = sum(lengths[slot] * gone for slot, gone in _empty(model, instance=instance, runs=runs).items())
    return settings.empty_weight * empty + settings.later_weight * later


def _runs(model: Model, *, slot: int) -> Any:
    """Does any session run in a slot?"""
    those = [on for (_, at), on in model.on.items() if at == slot]
    runs = model.cp.new_bool_var("")
    model.cp.add_bool_or([runs.negated(), *those])
    for on in those:
        model.cp.add_implication(on, runs)
    return runs


def _empty(model: Model, *, instance: Instance, runs: list[Any]) -> dict[int, Any]:
    """A literal for each slot that may be empty; it holds where something runs before and after and nothing in it."""
    lunch = sum(instance.lunches)
    found: dict[int, Any] = {}
    for day in sorted(set(instance.days)):
        own = [slot for slot, its in enumerate(instance.days) if its == day]
        earlier = _from_one_side(model, runs=[runs[slot] for slot in own])
        afterwards = _from_one_side(model, runs=[runs[slot] for slot in reversed(own)])[::-1]
        for place, slot in enumerate(own[1:-1], start=1):
            if not lunch >> slot & 1:
                found[slot] = model.cp.new_bool_var("")
                parts = [earlier[place - 1].negated(), afterwards[place + 1].negated(), runs[slot], found[slot]]
                model.cp.add_bool_or(parts)
    return found


def _from_one_side(model: Model, *, runs: list[Any]) -> list[Any]:
    """For each place, a literal that holds where anything runs up to it."""
    found: list[Any] = []
    for literal in runs:
        so_far = model.cp.new_bool_var("")
        model.cp.add_implication(literal, so_far)
        if found:
            model.cp.add_implication(found[-1], so_far)
        found.append(so_far)
    return found


def _lengths(instance: Instance) -> list[int]:
    """Minutes of each slot, in order of time."""
    rows = instance.problem.slots.sort("starts", "slot").select("starts", "ends").iter_rows()
    return [int((ends - starts).total_seconds()) // 60 for starts, ends in rows]


def _lateness(instance: Instance) -> list[int]:
    """Minutes from the first slot of its day to each slot."""
    starts = instance.problem.slots.sort("starts", "slot").get_column("starts").to_list()
    first: dict[int, Any] = {}
    for day, at in zip(instance.days, starts, strict=True):
        first.setdefault(day, at)
    return [int((at - first[day]).total_seconds()) // 60 for day, at in zip(instance.days, starts, strict=True)]
