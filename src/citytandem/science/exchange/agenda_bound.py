"""What no plan can exceed: the best seats if only hard facts about rooms, times and people counted."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from citytandem.science.exchange.agenda_check import longest_run
from citytandem.science.exchange.agenda_instance import POINTS, Instance, Option
from citytandem.science.exchange.agenda_model import import_solver
from citytandem.science.exchange.agenda_solve import run_solver

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_WISHES = 10
"""For people with more wishes than this, not every set of wishes is tried."""
TRIES = 20_000
"""So many places are tried for one person at most."""


def bound_plan(instance: Instance, *, seconds: float, seed: int) -> tuple[int, int]:
    """Upper bounds of the points of the person served least, and of the sum; true whatever the places.

    Seats are given out freely within the largest room each session could have; nobody gets more than the best they could
    have if all sessions were placed for them alone (``bound_person``), nor two sessions that overlap wherever they stand.
    Large rooms are shared: sessions together cannot use a room for longer than it is free. Whatever a real plan does, this
    relaxed one can do as well.
    """
    most = [bound_person(instance, person) for person in range(len(instance.people))]
    points = bound_sum(instance, most=most, level=0, seconds=seconds / 2, seed=seed)
    wished = [person for person, own in enumerate(instance.wishes) if own]
    if not wished:
        return POINTS, points
    model, seats = _relax(instance, most=most)
    worst = model.new_int_var(0, POINTS, "worst")
    for person in wished:
        model.add(sum(wish.points * seats[person, wish.session] for wish in instance.wishes[person]) >= worst)
    model.maximize(worst)
    solver, _, _ = run_solver(model, seconds=seconds / 2, seed=seed)
    return min([int(solver.best_objective_bound + 1e-6), *(most[person] for person in wished)]), points


def bound_sum(instance: Instance, *, most: Sequence[int] | None = None, level: int, seconds: float, seed: int) -> int:
    """Upper bound of the sum over all plans that give everyone with wishes at least ``level`` points.

    As ``bound_plan``, with the level as one condition more for each person; so it is never above the bound without a level.
    """
    cp_model = import_solver()
    most = [bound_person(instance, person) for person in range(len(instance.people))] if most is None else most
    model, seats = _relax(instance, most=most)
    for person, own in enumerate(instance.wishes):
        if own and level:
            model.add(sum(wish.points * seats[person, wish.session] for wish in own) >= level)
    model.maximize(sum(wish.points * seats[p, wish.session] for p, own in enumerate(instance.wishes) for wish in own))
    solver, status, _ = run_solver(model, seconds=seconds, seed=seed)
    known = status in (cp_model.OPTIMAL, cp_model.FEASIBLE, cp_model.UNKNOWN)
    points = int(solver.best_objective_bound + 1e-6) if known and seats else 0
    return min(points, sum(most[person] for person, own in enumerate(instance.wishes) if own)) + bound_talks(instance)


def _relax(instance: Instance, *, most: Sequence[int]) -> tuple[Any, dict[tuple[int, int], Any]]:
    model = import_solver().CpModel()
    seats = _seats(model, instance=instance)
    for person, own in enumerate(instance.wishes):
        if most[person] < sum(wish.points for wish in own):
            model.add(sum(wish.points * seats[person, wish.session] for wish in own) <= most[person])
    _share_rooms(model, instance=instance, seats=seats)
    return model, seats


def bound_person(instance: Instance, person: int) -> int:
    """The most points a person could have if all sessions were placed for them alone.

    Their own sessions, absences, lunch and rest are kept. Sets of wishes are tried with the most points first; after ``TRIES``
    places what is left counts as possible, so the bound stays true.
    """
    wishes = instance.wishes[person]
    own = [_masks(instance, host) for host in sorted(instance.hosts.get(person, ()))]
    choices = [_masks(instance, wish.session, person=person) for wish in wishes]
    sets = [
        (sum(wish.points for n, wish in enumerate(wishes) if chosen >> n & 1), chosen) for chosen in range(1 << len(wishes))
    ] if len(wishes) <= MOST_WISHES else [(sum(wish.points for wish in wishes), (1 << len(wishes)) - 1)]  # fmt: skip
    left = [TRIES]
    for points, chosen in sorted(sets, reverse=True):
        together = own + [masks for n, masks in enumerate(choices) if chosen >> n & 1]
        if len(wishes) > MOST_WISHES or _can_stand(instance, sorted(together, key=len), person=person, busy=0, left=left):
            return points
    return 0


def _masks(instance: Instance, session: int, *, person: int | None = None) -> list[tuple[int, bool]]:
    """The different times a session could take, for a person who could sit there, each with whether it is an excursion."""
    trip = instance.rows[session]["kind"] == "excursion"
    options = instance.options[session]
    fitting = [option for option in options if person is None or (option.seats and instance.guests[person].fits(option))]
    return [(mask, trip) for mask in sorted({option.busy for option in fitting})]


def _can_stand(
    instance: Instance, together: Sequence[Sequence[tuple[int, bool]]], *, person: int, busy: int, left: list[int]
) -> bool:
    """Could these sessions be placed so that one person is in all of them?"""
    if not together:
        return True
    for mask, trip in together[0]:
        left[0] -= 1
        if left[0] < 0:
            return True
        if busy & mask or not _leaves_pauses(instance, person=person, busy=busy, mask=mask, trip=trip):
            continue
        if _can_stand(instance, together[1:], person=person, busy=busy | mask, left=left):
            return True
    return False


def _leaves_pauses(instance: Instance, *, person: int, busy: int, mask: int, trip: bool) -> bool:
    """Is there still time for lunch and rest, with one session more?"""
    after = busy | mask
    for lunch in instance.lunches:
        # two excursions may share the lunch slots of a day between them
        if lunch and after & lunch == lunch and busy & lunch != lunch and not trip:
            return False
    most = instance.problem.settings.slots_in_a_row
    return not instance.guests[person].rests or longest_run(instance, mask=after) <= most


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
