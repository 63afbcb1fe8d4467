"""Where sessions could stand better: a search over places that guesses what each place costs its guests."""

from __future__ import annotations

import math
import random
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from citytandem.science.exchange.agenda_check import longest_run
from citytandem.science.exchange.agenda_instance import POINTS, Instance, Option, bits

if TYPE_CHECKING:
    from collections.abc import Sequence

NEVER = 10**9
"""More than all wishes together: two sessions that must stay apart."""


@dataclass(frozen=True)
class Costs:
    """Points lost when two sessions overlap, and when a session takes one of its options; ``clash`` are slots as bits."""

    pair: list[list[int]]
    own: list[list[int]]
    clash: list[list[int]]
    numbers: list[dict[tuple[int, int], int]]
    frozen: frozenset[int]


def guess_costs(instance: Instance, *, weights: Sequence[int], steep: int = 0) -> Costs:
    """What overlaps and small rooms cost.

    ``weights`` says how much the points of each person count; ``steep`` makes a large loss of one person count
    more than small ones of many, by that many per cent for each hundredth of a person's wishes.
    """

    def feel(points: int) -> int:
        return points + points * points * steep // POINTS

    pair = [[0] * len(instance.sessions) for _ in instance.sessions]
    asked: list[list[tuple[int, int]]] = [[] for _ in instance.sessions]
    for person, wishes in enumerate(instance.wishes):
        weight = weights[person]
        for place, wish in enumerate(wishes):
            asked[wish.session].append((feel(wish.points) * weight, person))
            lost = [(before.session, feel(min(wish.points, before.points))) for before in wishes[:place]]
            lost += [(host, feel(wish.points)) for host in instance.hosts.get(person, ())]
            for other, points in lost:
                pair[wish.session][other] += points * weight
                pair[other][wish.session] += points * weight
    _keep_apart(instance, pair=pair)
    return Costs(
        pair=pair,
        own=[_own_costs(instance, options=own, asked=asked[s]) for s, own in enumerate(instance.options)],
        clash=[[_with_lunch(instance, option.busy) for option in own] for own in instance.options],
        numbers=[{(option.start, option.room): n for n, option in enumerate(own)} for own in instance.options],
        frozen=frozenset(session for session, _, _ in instance.tasks),
    )


def _keep_apart(instance: Instance, *, pair: list[list[int]]) -> None:
    sets = [members for _, members in instance.apart]
    sets += [[alone, other] for alone in instance.alone for other in range(len(pair))]
    for members in sets:
        for one in members:
            for other in members:
                if one != other:
                    pair[one][other] = NEVER


def _own_costs(instance: Instance, *, options: Sequence[Option], asked: Sequence[tuple[int, int]]) -> list[int]:
    known: dict[tuple[int, bool, frozenset[str], int], int] = {}
    special = [person for _, person in asked if _is_special(instance, person)]
    costs = []
    for option in options:
        key = (option.seats, option.accessible, option.equipment, option.busy if special else 0)
        if key not in known:
            fits = sorted((worth for worth, person in asked if instance.guests[person].fits(option)), reverse=True)
            known[key] = sum(worth for worth, _ in asked) - sum(fits[: option.seats])
        costs.append(known[key])
    return costs


def _is_special(instance: Instance, person: int) -> bool:
    guest = instance.guests[person]
    return bool(guest.absent or guest.wheelchair or guest.equipment)


def _with_lunch(instance: Instance, busy: int) -> int:
    """Two sessions in the two lunch slots of a day cost a person lunch: as bad as running at once."""
    for lunch in instance.lunches:
        if lunch.bit_count() == 2 and busy & lunch and busy & lunch != lunch:
            busy |= lunch
    return busy


class Board:
    """Sessions on the timetable: who holds which room, and what a change would cost."""

    def __init__(self, instance: Instance, *, costs: Costs, places: Sequence[Option]) -> None:
        self.instance, self.costs = instance, costs
        self.at = [costs.numbers[s][option.start, option.room] for s, option in enumerate(places)]
        self.room: dict[tuple[int, int], int] = {}
        self.on: list[set[int]] = [set() for _ in instance.slots]
        for session in range(len(self.at)):
            self.put(session, number=self.at[session])

    def put(self, session: int, *, number: int) -> None:
        """Place a session; its room must be free."""
        self.at[session] = number
        option = self.instance.options[session][number]
        if option.room >= 0:
            for slot in bits(option.block):
                self.room[option.room, slot] = session
        for slot in bits(self.costs.clash[session][number]):
            self.on[slot].add(session)

    def lift(self, session: int) -> int:
        """Take a session off; answers its old place."""
        number = self.at[session]
        option = self.instance.options[session][number]
        if option.room >= 0:
            for slot in bits(option.block):
                del self.room[option.room, slot]
        for slot in bits(self.costs.clash[session][number]):
            self.on[slot].discard(session)
        return number

    def price(self, session: int, *, number: int) -> int:
        """What a place costs with all others where they are; the session itself is off."""
        mask, row = self.costs.clash[session][number], self.costs.pair[session]
        total = self.costs.own[session][number]
        if mask & (mask - 1) == 0:
            return total + sum([row[other] for other in self.on[mask.bit_length() - 1]])
        seen: set[int] = set().union(*(self.on[slot] for slot in bits(mask)))
        return total + sum([row[other] for other in seen])

    def rivals(self, session: int, *, number: int) -> set[int]:
        """Sessions that hold the room."""
        option = self.instance.options[session][number]
        if option.room < 0:
            return set()
        return {self.room[option.room, slot] for slot in bits(option.block) if (option.room, slot) in self.room}

    def hosts_are_well(self, sessions: Sequence[int]) -> bool:
        """Do those who must be there still have lunch and rest?"""
        instance, most = self.instance, self.instance.problem.settings.slots_in_a_row
        for person in {person for session in sessions for person in instance.present[session]}:
            busy = fed = 0
            for session in instance.hosts[person]:
                mask = instance.options[session][self.at[session]].busy
                busy |= mask
                fed |= mask if instance.rows[session]["kind"] == "excursion" else 0
            if any(lunch and busy & lunch == lunch and fed & lunch != lunch for lunch in instance.lunches):
                return False
            if instance.guests[person].rests and longest_run(instance, mask=busy) > most:
                return False
        return True

    def places(self) -> list[Option]:
        """The place of each session."""
        return [own[number] for own, number in zip(self.instance.options, self.at, strict=True)]


def improve_places(
    instance: Instance, *, places: Sequence[Option], costs: Costs, moves: int, heat: tuple[float, float], seed: int
) -> list[Option]:
    """Simulated annealing: move one session or swap two, ever more reluctant to lose points.

    Parameters
    ----------
    places
        An allowed place of each session, and so is each on the way; sessions with interpreters keep their time.
    moves
        How many changes are tried.
    heat
        Points that are lost lightly at the start and at the end.
    """
    board = Board(instance, costs=costs, places=places)
    chance = random.Random(seed)  # noqa: S311 - no secret
    free = [s for s, options in enumerate(instance.options) if len(options) > 1]
    best, total, least = board.places(), 0, 0
    if not free:
        return best
    cooling = (heat[1] / heat[0]) ** (1 / max(1, moves))
    temperature = heat[0]
    for _ in range(moves):
        temperature *= cooling
        session = free[int(chance.random() * len(free))]
        number = int(chance.random() * len(instance.options[session]))
        gained = _try_move(board, session=session, number=number, limit=-temperature * math.log(1.0 - chance.random()))
        if gained is not None:
            total += gained
            if total < least:
                least, best = total, board.places()
    return best


def _try_move(board: Board, *, session: int, number: int, limit: float) -> int | None:
    """Make a move that costs at most ``limit``; answers what it cost, None where it was not made."""
    instance, old = board.instance, board.at[session]
    here, there = instance.options[session][old], instance.options[session][number]
    if number == old or (session in board.costs.frozen and here.start != there.start):
        return None
    rivals = board.rivals(session, number=number) - {session}
    if len(rivals) > 1:
        return None
    other = next(iter(rivals), None)
    back = None if other is None else board.costs.numbers[other].get((here.start, here.room))
    if other is not None and (back is None or (other in board.costs.frozen and here.start != there.start)):
        return None
    return _move(board, session=session, number=number, other=other, back=back, limit=limit)


def _move(board: Board, *, session: int, number: int, other: int | None, back: int | None, limit: float) -> int | None:
    old = board.lift(session)
    change = -board.price(session, number=old)
    if other is None or back is None:
        change += board.price(session, number=number)
        board.put(session, number=number if change <= limit else old)
        if change <= limit and not board.hosts_are_well([session]):
            board.lift(session)
            board.put(session, number=old)
            return None
        return change if change <= limit else None
    held = board.lift(other)
    change -= board.price(other, number=held)
    change += board.price(session, number=number)
    board.put(session, number=number)
    fits = change <= limit + NEVER and not board.rivals(other, number=back)
    if fits:
        change += board.price(other, number=back)
    if fits and change <= limit:
        board.put(other, number=back)
        if board.hosts_are_well([session, other]):
            return change
        board.lift(other)
    board.lift(session)
    board.put(other, number=held)
    board.put(session, number=old)
    return None


def place_quickly(instance: Instance, *, costs: Costs, seed: int, tries: int = 8) -> list[Option] | None:
    """An allowed place for each session, those with the fewest first; None where none of the tries went well."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    order = sorted(range(len(instance.sessions)), key=lambda s: (len(instance.options[s]) / _width(instance, s), s))
    for _ in range(tries):
        found = _place_in_order(instance, costs=costs, order=order, chance=chance)
        if isinstance(found, list):
            return found
        order.remove(found)
        order.insert(0, found)
    return None


def _width(instance: Instance, session: int) -> int:
    return int(str(instance.rows[session]["slots"]))


def _place_in_order(instance: Instance, *, costs: Costs, order: Sequence[int], chance: random.Random) -> list[Option] | int:
    taken: dict[int, int] = defaultdict(int)
    where: dict[int, int] = {}
    for session in order:
        best: tuple[float, int] | None = None
        for number, option in enumerate(instance.options[session]):
            if option.room >= 0 and taken[option.room] & option.block:
                continue
            mask = costs.clash[session][number]
            price: float = costs.own[session][number] + sum(
                costs.pair[session][other] for other, at in where.items() if costs.clash[other][at] & mask
            )
            if price < NEVER and (best is None or price < best[0]):
                best = (price + chance.random(), number)
        if best is None:
            return session
        where[session] = best[1]
        option = instance.options[session][best[1]]
        taken[option.room] |= option.block if option.room >= 0 else 0
    return [instance.options[session][where[session]] for session in range(len(instance.sessions))]
