"""Which places leave the fewest guests without a seat in the session that lacks most: the fair optimum, proven."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.findings import CannotCompute, Code, Finding
from citytandem.science.exchange.agenda_model import import_solver
from citytandem.tables.agenda import ALONE, ROOMLESS, Placed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import dataframely as dy

    from citytandem.science.exchange.agenda_terms import AgendaProblem


@dataclass(frozen=True)
class FairPlaces:
    """A room and a slot for each session; ``overflow`` is the most guests above (below: minus) the seats of a room.

    ``overflow`` is proven: with one guest less no places exist.
    """

    placed: dy.DataFrame[Placed]
    overflow: int


def place_sessions_fairly(problem: AgendaProblem, *, expected: Mapping[str, int], seed: int = 2026) -> FairPlaces:
    """Places for sessions of one slot so that the largest overflow of guests over seats is as small as can be.

    The overflow can only be one of the differences between guests and seats. The least that sorting allows is tried
    first; then, by bisection, each trial is one question of yes or no. Within a slot rooms are given out last: that
    is possible where, for each size, no more sessions need so large a room than there are such rooms, because every
    room is as good as a smaller one. Absences, speakers, groups and fixed slots are kept; equipment, interpreters
    and guests are not looked at.

    Parameters
    ----------
    problem
        Sessions of one slot each, rooms, slots, speakers and absences.
    expected
        Guests expected, by session.

    Raises
    ------
    CannotCompute
        AGENDA_NO_PLAN where no places exist whatever the overflow; EXTRA_MISSING.

    References
    ----------
    The goal is that of ConferenceScheduler's equity: minimise the largest difference of demand and capacity.
    """
    data = _read(problem, expected=expected)
    gaps = sorted({guests - seats for guests in data.guests for seats in data.seats if guests - seats >= data.least})
    found = _times(data, overflow=gaps[0], seed=seed)
    low, high = (1, len(gaps) - 1) if found is None else (0, 0)
    if found is None:
        found = _times(data, overflow=gaps[high], seed=seed)
    if found is None:
        raise CannotCompute(Finding(Code.AGENDA_NO_PLAN, {"count": len(data.names)}))
    while low < high:
        middle = (low + high) // 2
        tried = _times(data, overflow=gaps[middle], seed=seed)
        low, high, found = (low, middle, tried) if tried is not None else (middle + 1, high, found)
    placed = _rooms(data, times=found)
    return FairPlaces(placed, _overflow(problem, placed=placed, expected=expected))


@dataclass(frozen=True)
class _Data:
    names: list[str]
    guests: list[int]
    slots: list[str]
    rooms: list[str]
    seats: list[int]
    free: list[list[bool]]
    may: list[list[int]]
    apart: list[list[int]]
    fixed: list[bool]
    least: int


def _read(problem: AgendaProblem, *, expected: Mapping[str, int]) -> _Data:
    sessions = problem.sessions.sort("session")
    if sessions.select((pl.col("slots") > 1) | pl.col("kind").is_in(ALONE + ROOMLESS)).to_series().any():
        raise CannotCompute(Finding(Code.UNKNOWN_CHOICE, {"option": "slots", "asked": "several", "choices": "1"}))
    rooms = problem.rooms.sort("seats", "room", descending=[True, False])
    names, slots = sessions.get_column("session").to_list(), problem.slots.sort("starts", "slot").get_column("slot").to_list()
    gone = set(problem.absences.iter_rows())
    hosts: dict[str, list[str]] = {}
    for session, person in problem.speakers.iter_rows():
        hosts.setdefault(session, []).append(person)
    fixed = dict(sessions.select("session", "fixed_slot").iter_rows())
    may = [
        [
            n for n, slot in enumerate(slots)
            if fixed[name] in (None, slot) and not any(("person", person, slot) in gone for person in hosts.get(name, ()))
        ]
        for name in names
    ]  # fmt: skip
    keys, seats = rooms.get_column("room").to_list(), rooms.get_column("seats").to_list()
    free = [[("room", room, slot) not in gone for room in keys] for slot in slots]
    guests = [expected[name] for name in names]
    return _Data(
        names=names, guests=guests, slots=slots, rooms=keys, seats=seats, free=free, may=may,
        apart=_apart(sessions, names=names, hosts=hosts), fixed=[fixed[name] is not None for name in names],
        least=_least(guests, seats=[size for row in free for size, is_free in zip(seats, row, strict=True) if is_free]),
    )  # fmt: skip


def _apart(sessions: pl.DataFrame, *, names: list[str], hosts: Mapping[str, Sequence[str]]) -> list[list[int]]:
    """Sets of sessions that never run at once, as cliques; those within another are left out."""
    sets: dict[tuple[str, str], set[int]] = {}
    for number, (name, group) in enumerate(zip(names, sessions.get_column("parallel_group"), strict=True)):
        for person in hosts.get(name, ()):
            sets.setdefault(("person", person), set()).add(number)
        if group is not None:
            sets.setdefault(("group", group), set()).add(number)
    large = sorted({tuple(sorted(own)) for own in sets.values() if len(own) > 1}, key=lambda own: (-len(own), own))
    kept: list[set[int]] = []
    for own in map(set, large):
        if not any(own <= other for other in kept):
            kept.append(own)
    return [sorted(own) for own in kept]


def _least(guests: Sequence[int], *, seats: Sequence[int]) -> int:
    """The largest sessions in the largest places: no plan has a smaller overflow."""
    pairs = zip(sorted(guests, reverse=True), sorted(seats, reverse=True), strict=False)
    return max((asked - given for asked, given in pairs), default=0)


def _times(data: _Data, *, overflow: int, seed: int) -> list[int] | None:
    """A slot for each session so that rooms can follow; None where there is none."""
    cp_model = import_solver()
    model = cp_model.CpModel()
    new = model.new_bool_var
    at: list[dict[int, Any]] = [{slot: new("") for slot in own} for own in data.may]
    if not all(at):
        return None
    for own in at:
        model.add_exactly_one(own.values())
    # a session needs one of the first rooms in order of size: as many as are large enough
    enough = [sum(1 for seats in data.seats if guests - seats <= overflow) for guests in data.guests]
    if not all(enough):
        return None
    for slot, free in enumerate(data.free):
        for size in sorted(set(enough)):
            asking = [own[slot] for own, count in zip(at, enough, strict=True) if count <= size and slot in own]
            there = sum(free[:size])
            if len(asking) > there:
                model.add(sum(asking) <= there)
        for members in data.apart:
            rivals = [at[session][slot] for session in members if slot in at[session]]
            if len(rivals) > 1:
                model.add_at_most_one(rivals)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return [next(slot for slot, var in own.items() if solver.boolean_value(var)) for own in at]


def _rooms(data: _Data, *, times: Sequence[int]) -> dy.DataFrame[Placed]:
    """In each slot the largest session gets the largest free room, and so on."""
    rows = []
    for slot, free in enumerate(data.free):
        open_rooms = [room for room, is_free in enumerate(free) if is_free]
        here = sorted((s for s, at in enumerate(times) if at == slot), key=lambda s: (-data.guests[s], s))
        rows += [
            (data.names[session], data.slots[slot], data.rooms[room], data.fixed[session])
            for session, room in zip(here, open_rooms, strict=False)
        ]
    return Placed.validate(pl.DataFrame(rows, schema=Placed.create_empty().schema, orient="row").sort("session"))


def _overflow(problem: AgendaProblem, *, placed: dy.DataFrame[Placed], expected: Mapping[str, int]) -> int:
    seats: dict[str, int] = dict(problem.rooms.select("room", "seats").iter_rows())
    return max(expected[session] - seats[room] for session, _, room, _ in placed.iter_rows())
