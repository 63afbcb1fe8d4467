"""What no plan can exceed: the best seats if only hard facts about rooms, times and people counted."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from citytandem.science.exchange.agenda_instance import POINTS, Instance, Option
from citytandem.science.exchange.agenda_model import import_solver
from citytandem.science.exchange.agenda_solve import run_solver

if TYPE_CHECKING:
    from collections.abc import Sequence


def bound_plan(instance: Instance, *, seconds: float, seed: int) -> tuple[int, int]:
    """Upper bounds of the points of the person served least, and of the sum; true whatever the places.

    Seats are given out freely within the largest room each session could have, for as many slots as a person is
    there, never for two sessions that overlap wherever they stand. Large rooms are shared: sessions together cannot
    use a room for longer than it is free. Whatever a real plan does, this relaxed one can do as well.
    """
    cp_model = import_solver()
    model = cp_model.CpModel()
    seats = _seats(model, instance=instance)
    _share_rooms(model, instance=instance, seats=seats)
    total = sum(wish.points * seats[p, wish.session] for p, own in enumerate(instance.wishes) for wish in own)
    model.maximize(total)
    solver, status, _ = run_solver(model, seconds=seconds / 2, seed=seed)
    known = status in (cp_model.OPTIMAL, cp_model.FEASIBLE, cp_model.UNKNOWN)
    points = int(solver.best_objective_bound + 1e-6) if known and seats else 0
    wished = [person for person, own in enumerate(instance.wishes) if own]
    if not wished:
        return POINTS, bound_talks(instance)
    worst = model.new_int_var(0, POINTS, "worst")
    for person in wished:
        model.add(sum(wish.points * seats[person, wish.session] for wish in instance.wishes[person]) >= worst)
    model.maximize(worst)
    solver, _, _ = run_solver(model, seconds=seconds / 2, seed=seed)
    return min(POINTS, int(solver.best_objective_bound + 1e-6)), min(points, POINTS * len(wished)) + bound_talks(instance)


def bound_talks(instance: Instance) -> int:
    """The worth of as many meetings as there are tables and slots, the highest first."""
    most = instance.problem.settings.tables * len(instance.slots)
    return sum(sorted((worth for _, _, worth in instance.meetings), reverse=True)[:most])


def _seats(model: Any, *, instance: Instance) -> dict[tuple[int, int], Any]:
    seats: dict[tuple[int, int], Any] = {}
    known: dict[tuple[int, int], bool] = {}
    for person, wishes in enumerate(instance.wishes):
        guest = instance.guests[person]
        hosts = sorted(instance.hosts.get(person, ()))
        for place, wish in enumerate(wishes):
            seat = model.new_bool_var("")
            seats[person, wish.session] = seat
            for before in wishes[:place]:
                if _always(instance, wish.session, other=before.session, known=known):
                    model.add_at_most_one([seat, seats[person, before.session]])
            if any(_always(instance, wish.session, other=host, known=known) for host in hosts):
                model.add(seat == 0)
        there = len(instance.slots) - guest.absent.bit_count() - sum(_shortest(instance.options[host]) for host in hosts)
        there -= sum(1 for lunch in instance.lunches if lunch.bit_count() == 1)
        lengths = [_shortest(instance.options[wish.session]) for wish in wishes]
        if sum(lengths) > there:
            used = sum(length * seats[person, wish.session] for length, wish in zip(lengths, wishes, strict=True))
            model.add(used <= max(0, there) + _lunch_excursions(instance, wishes=[wish.session for wish in wishes]))
    return seats


def _lunch_excursions(instance: Instance, *, wishes: Sequence[int]) -> int:
    """Slots that excursions may take although they are lunch: such a day loses no slot."""
    trips = any(instance.rows[session]["kind"] == "excursion" for session in wishes)
    return sum(1 for lunch in instance.lunches if lunch.bit_count() == 1) if trips else 0


def _shortest(options: Sequence[Option]) -> int:
    return min(option.busy.bit_count() for option in options)


def _always(instance: Instance, one: int, *, other: int, known: dict[tuple[int, int], bool]) -> bool:
    """Do two sessions overlap wherever they stand?"""
    key = (min(one, other), max(one, other))
    if key not in known:
        first, second = ({option.busy for option in instance.options[session]} for session in key)
        known[key] = all(a & b for a in first for b in second)
    return known[key]


def _share_rooms(model: Any, *, instance: Instance, seats: dict[tuple[int, int], Any]) -> None:
    """Each session uses one room; all sessions of a room fit into the slots in which it is free."""
    asked: dict[int, list[Any]] = defaultdict(list)
    for (_, session), seat in seats.items():
        asked[session].append(seat)
    used: dict[int, list[Any]] = defaultdict(list)
    for session, options in enumerate(instance.options):
        largest: dict[int, int] = {}
        for option in options:
            largest[option.room] = max(largest.get(option.room, 0), option.seats)
        length = min(option.block.bit_count() for option in options)
        most = len(asked[session])
        if len(largest) == 1:
            room, most_seats = next(iter(largest.items()))
            used[room].append(length)
            if most > most_seats:
                model.add(sum(asked[session]) <= most_seats)
            continue
        takes = {room: model.new_bool_var("") for room in largest}
        model.add_exactly_one(takes.values())
        if most > min(largest.values()):
            model.add(sum(asked[session]) <= sum(min(most, count) * takes[room] for room, count in largest.items()))
        for room, take in takes.items():
            used[room].append(length * take)
    for room, lengths in used.items():
        if room >= 0:
            away = sum(
                1 for kind, who, _ in instance.problem.absences.iter_rows() if kind == "room" and who == instance.rooms[room]
            )
            model.add(sum(lengths) <= len(instance.slots) - away)
