"""What no timetable can avoid: points lost because too much runs at once, as a bound that holds for every plan.

The timetable is cut into times in which a person can be in one session only: each slot, and the two lunch slots of a day
together. Each plan chooses a set of sessions for each time. The least that can be lost is bounded over all ways to share
out the times among sets, even in parts (a linear programme whose sets are found as they are needed).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate, chain
from typing import TYPE_CHECKING, Any

import numpy as np

from citytandem.science.exchange.agenda_instance import POINTS, Instance, bits
from citytandem.science.exchange.agenda_moves import keep_apart

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from citytandem.science.exchange.agenda_instance import Option
    from citytandem.science.kernels.compiled.patterns import Rows

PARTS = 12
"""A point is told in so many parts, so that sessions of one to four times share theirs in whole numbers."""
ROUNDS = 60
"""So many times sets are looked for at most."""
VISITS = 40_000_000
"""Rows of wishes a search for sets may look at; after that it counts with what could still be found."""
KEEP = 150
"""So many new sets are taken in from one search."""
ENOUGH = 20
"""The search ends when the bound is within so many points of what these sets can show."""


@dataclass(frozen=True)
class _Kind:
    """Times of one kind (a slot, or lunch): how many there are, how many a session takes at least, who is where."""

    count: int
    least: Any
    rows: Rows


def bound_clashes(instance: Instance, *, level: int, places: Sequence[Option]) -> int:
    """Points that every plan loses to sessions that run at once, if it gives everyone with wishes at least ``level`` points.

    Parameters
    ----------
    level
        Points nobody may fall below; zero for all plans.
    places
        Where sessions stand in some plan, to begin with; the bound holds whatever it is, but is found sooner.

    Notes
    -----
    In one time a person has at most one of the sessions wished for, and none while they must be elsewhere; what is lost is
    shared among the times a session takes. Rooms, seats, absences, rest and meetings are left out, so no plan loses less.
    The number comes from prices in whole numbers and from a search through all sets, so it holds without rounding:
    the prices of all sessions less, for each time, the most by which the prices of a set exceed what it loses.
    """
    from citytandem.science.kernels.compiled.patterns import find_sets  # slow import

    time_of, lunches = _cut_times(instance)
    covers = [[{time_of[slot] for slot in bits(option.busy)} for option in own] for own in instance.options]
    least = np.array([min(map(len, own)) for own in covers], np.int64)
    parts = [PARTS // max(map(len, own)) for own in covers]
    kinds = [
        _Kind(
            len(those),
            np.array([min(len(times & those) for times in own) for own in covers], np.int64),
            _list_rows(instance, parts=parts, level=level, lunch=lunch),
        )
        for lunch, those in ((False, set(time_of) - lunches), (True, lunches))
    ]
    starts = [_sets_of(places, time_of=time_of, times=times) for times in (set(time_of) - lunches, lunches)]
    known = [{own: lost_in_set(kind.rows, own) for own in sets} for kind, sets in zip(kinds, starts, strict=True)]
    visits = VISITS // max(1, sum(map(len, instance.wishes)))
    bound = 0
    for _ in range(ROUNDS):
        reached, prices, extra, most_known = _price_sets(kinds, least=least, known=known)
        shown = int(prices @ least) + sum(int(own @ kind.least) for own, kind in zip(extra, kinds, strict=True))
        for number, kind in enumerate(kinds):
            most, sets = find_sets(kind.rows, prices + extra[number], most_known[number], visits, KEEP)
            shown -= kind.count * int(most)
            for chosen in sets:
                own = tuple(np.flatnonzero(chosen).tolist())
                known[number][own] = lost_in_set(kind.rows, own)
        bound = max(bound, shown)
        if reached - bound < ENOUGH * PARTS:
            break
    return -(-bound // PARTS)


def _cut_times(instance: Instance) -> tuple[list[int], set[int]]:
    """The time of each slot, and the times that are a lunch of two slots; nobody is in two sessions of one time."""
    time_of = list(range(len(instance.slots)))
    lunches = set()
    for lunch in instance.lunches:
        if lunch.bit_count() == 2:
            first, second = bits(lunch)
            time_of[second] = first
            lunches.add(first)
    return time_of, lunches


def _sets_of(places: Sequence[Option], *, time_of: Sequence[int], times: set[int]) -> set[tuple[int, ...]]:
    """What runs at each time in a plan, and each session alone."""
    found: set[tuple[int, ...]] = {(session,) for session in range(len(places))}
    for time in times:
        found.add(tuple(s for s, place in enumerate(places) if any(time_of[slot] == time for slot in bits(place.busy))))
    return found - {()}


def _list_rows(instance: Instance, *, parts: Sequence[int], level: int, lunch: bool) -> Rows:
    """Who wishes for and hosts each session at times of a kind.

    Two excursions may share the lunch of a day; for people with two of them, excursions at lunch are left out.
    """
    from citytandem.science.kernels.compiled.patterns import Rows  # slow import

    trips = {session for session, row in enumerate(instance.rows) if row["kind"] == "excursion"}
    wishers: list[list[tuple[int, int, int]]] = [[] for _ in instance.sessions]
    hosts: list[list[int]] = [[] for _ in instance.sessions]
    for person, own in enumerate(instance.wishes):
        there = instance.hosts.get(person, set())
        out = trips if lunch and len(trips & there) + sum(wish.session in trips for wish in own) > 1 else set()
        for wish in own:
            if wish.session not in out:
                wishers[wish.session].append((person, parts[wish.session] * wish.points, wish.points))
        for session in there - out:
            hosts[session].append(person)
    wisher, part, whole = (_numbers(row[n] for own in wishers for row in own) for n in range(3))
    apart = _stand_apart_at_lunch(instance, trips=trips) if lunch else keep_apart(instance)
    slack = _numbers(POINTS - level for _ in instance.people)
    return Rows(_firsts(wishers), wisher, part, whole, _firsts(hosts), _numbers(chain.from_iterable(hosts)), apart, slack)


def _stand_apart_at_lunch(instance: Instance, *, trips: set[int]) -> Any:
    """Sessions that cannot both be at one lunch: somebody must be in both and would have no lunch."""
    apart = np.zeros((len(instance.sessions), len(instance.sessions)), np.bool_)
    for hosted in instance.hosts.values():
        for one in hosted:
            for other in hosted - {one}:
                apart[one, other] = apart[one, other] or not {one, other} <= trips
    return apart


def _price_sets(
    kinds: Sequence[_Kind], *, least: Any, known: Sequence[Mapping[tuple[int, ...], int]]
) -> tuple[float, Any, list[Any], list[int]]:
    """What these sets lose at least, the price of each session, its extra price at times of each kind, and the most of a time."""
    from scipy.optimize import linprog  # slow import
    from scipy.sparse import csc_array  # slow import

    count = len(least)
    costs, at, values, firsts = [], [], [], [0]
    for number, sets in enumerate(known):
        for chosen, lost in sorted(sets.items()):
            costs.append(lost)
            at += [*chosen, *((1 + number) * count + session for session in chosen), (1 + len(kinds)) * count + number]
            values += [-1.0] * (2 * len(chosen)) + [1.0]
            firsts.append(len(at))
    for number in range(len(kinds)):
        costs.append(POINTS * PARTS * len(kinds[0].rows.slack))
        at.append((1 + len(kinds)) * count + number)
        values.append(-1.0)
        firsts.append(len(at))
    limits = np.concatenate([-least, *(-kind.least for kind in kinds), [kind.count for kind in kinds]]).astype(float)
    demands = csc_array((values, at, firsts), shape=(len(limits), len(costs)))
    solved = linprog(costs, A_ub=demands, b_ub=limits, method="highs")
    # any prices give a bound, so rounding them down costs a little but never makes it wrong
    prices = np.maximum(0, np.floor(1e-6 - solved.ineqlin.marginals)).astype(np.int64)
    extra = [prices[(1 + n) * count : (2 + n) * count] for n in range(len(kinds))]
    return solved.fun, prices[:count], extra, prices[(1 + len(kinds)) * count :].tolist()


def lost_in_set(rows: Rows, chosen: Sequence[int]) -> int:
    """Parts of points lost when these sessions are at one time."""
    asked: dict[int, int] = {}
    most: dict[int, int] = {}
    busy = {int(p) for session in chosen for p in rows.host[rows.first_host[session] : rows.first_host[session + 1]]}
    for session in chosen:
        own = slice(rows.first_wisher[session], rows.first_wisher[session + 1])
        for person, part in zip(rows.wisher[own].tolist(), rows.part[own].tolist(), strict=True):
            asked[person] = asked.get(person, 0) + part
            most[person] = max(most.get(person, 0), part)
    return sum(parts - (0 if person in busy else most[person]) for person, parts in asked.items())


def _numbers(values: Iterable[int]) -> Any:
    return np.fromiter(values, np.int64)


def _firsts(lists: Sequence[Sequence[object]]) -> Any:
    return _numbers(accumulate(map(len, lists), initial=0))
