"""Every trip that fits into one day, and the best choice of one trip a day: exact, where the trips can be counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from citytandem.science.exchange.tour_model import SHARES_2026, Material, Route

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from numpy.typing import NDArray

    from citytandem.science.exchange.tour_sites import Day

LABELS_2026 = 150_000
"""So many steps of trips are looked at for one day; beyond, the search over circuits takes over. A limit of patience."""


SITES_2026 = 20
"""With more sites than this the sets of sites are too many to be listed."""
NEVER = np.int64(1) << 60
PRICE = 1_000_000
"""A cent weighs more than any time on the road, where there is a budget."""


class _Step(NamedTuple):
    """Where a trip stands after a visit: when it can leave, what it took, whether lunch and rest are done."""

    leaves: int
    travel: int
    cents: int
    seen: int
    last: str | None
    rest: tuple[str, int] | None
    before: _Step | None
    begins: int


@dataclass(frozen=True, slots=True)
class Trip:
    """One day: visits with their begin, lunch and rest, arrival at its end."""

    visits: tuple[tuple[str, int], ...]
    rest: tuple[str, int] | None
    ends: int
    travel: int
    cents: int


def list_trips(number: int, *, material: Material) -> list[Trip] | None:
    """Every set of sites that fits into a day, each with its best orders; None where there are too many.

    Steps with the same sites and the same last one are kept only if no other leaves earlier with less travel and cost:
    whoever is early can wait, so nothing better is lost (label setting after Dumas et al. 1995).
    """
    day = material.days[number]
    sites = [site for site, windows in material.chances.windows.items() if number in windows]
    bits = {site: 1 << place for place, site in enumerate(sites)}
    front = list(_start(day))
    found: dict[int, list[Trip]] = {}
    counted = 0
    while front:
        best: dict[tuple[int, str, bool], list[_Step]] = {}
        for step in front:
            _keep_trip(found, _finish(step, day=day, material=material), seen=step.seen)
            for site in sites:
                if not step.seen & bits[site]:
                    for following in _visit(step, site, number=number, bit=bits[site], material=material):
                        _keep(best.setdefault((following.seen, site, following.rest is None), []), following)
        front = [step for steps in best.values() for step in steps]
        counted += len(front)
        if counted > LABELS_2026:
            return None
    return [trip for trips in found.values() for trip in trips]


def find_by_days(material: Material, *, musts: Collection[str]) -> tuple[bool, Route | None]:
    """Whether the trips could be counted, and the best tour if so; None where there is none."""
    if len(material.chances.windows) > SITES_2026:
        return False, None
    trips = []
    for number in range(len(material.days)):
        day = list_trips(number, material=material)
        if day is None:
            return False, None
        trips.append(day)
    return True, choose_trips(trips, material, musts=musts)


def _start(day: Day) -> Iterator[_Step]:
    yield _Step(day.starts, 0, 0, 0, None, None, None, 0)
    if day.rest and (begins := max(day.starts, day.rest[0])) + day.rest[2] <= day.rest[1]:
        yield _Step(begins + day.rest[2], 0, 0, 0, None, (day.starts_at, begins), None, 0)


def _visit(step: _Step, site: str, *, number: int, bit: int, material: Material) -> Iterator[_Step]:
    """Go to a site and visit it, without lunch, with lunch before, or with lunch after."""
    day = material.days[number]
    way = material.ways[step.last or day.starts_at, site]
    arrives = step.leaves + way.minutes
    cents = step.cents + material.cents[site] + round(100 * (way.cost_eur or 0))
    if material.limit_cents is not None and cents > material.limit_cents:
        return
    windows, minutes = material.chances.windows[site][number], material.minutes[site]
    made = (step.travel + way.minutes, cents, step.seen | bit, site)
    begins = _begin(arrives, windows)
    if begins is not None:
        yield _Step(begins + minutes, *made, step.rest, step, begins)
    if day.rest is None or step.rest is not None:
        return
    if begins is not None and (eats := max(begins + minutes, day.rest[0])) + day.rest[2] <= day.rest[1]:
        yield _Step(eats + day.rest[2], *made, (site, eats), step, begins)
    eats = max(arrives, day.rest[0])
    if eats + day.rest[2] <= day.rest[1] and (begins := _begin(eats + day.rest[2], windows)) is not None:
        yield _Step(begins + minutes, *made, (site, eats), step, begins)


def _begin(arrives: int, windows: tuple[tuple[int, int], ...]) -> int | None:
    return min((max(first, arrives) for first, last in windows if arrives <= last), default=None)


def _keep(steps: list[_Step], new: _Step) -> None:
    """Add a step unless another is as good in every way; drop those it beats."""
    if any(old.leaves <= new.leaves and old.travel <= new.travel and old.cents <= new.cents for old in steps):
        return
    steps[:] = [old for old in steps if not (new.leaves <= old.leaves and new.travel <= old.travel and new.cents <= old.cents)]
    steps.append(new)


def _finish(step: _Step, *, day: Day, material: Material) -> Trip | None:
    """Go where the day ends, and rest there if there was no time before."""
    here = step.last or day.starts_at
    way = material.ways[here, day.ends_at] if here != day.ends_at else None
    arrives = step.leaves + (way.minutes if way else 0)
    rest = step.rest
    if day.rest and rest is None:
        eats = max(arrives, day.rest[0])
        if eats + day.rest[2] > min(day.rest[1], day.ends):
            return None
        rest = (day.ends_at, eats)
    if arrives > day.ends:
        return None
    cents = step.cents + (round(100 * (way.cost_eur or 0)) if way else 0)
    return Trip(_trace(step), rest, arrives, step.travel + (way.minutes if way else 0), cents)


def _trace(step: _Step) -> tuple[tuple[str, int], ...]:
    visits: list[tuple[str, int]] = []
    at: _Step | None = step
    while at is not None and at.last is not None:
        visits.append((at.last, at.begins))
        at = at.before
    return tuple(reversed(visits))


def _keep_trip(found: dict[int, list[Trip]], trip: Trip | None, *, seen: int) -> None:
    if trip is None:
        return
    trips = found.setdefault(seen, [])
    if any(old.travel <= trip.travel and old.cents <= trip.cents for old in trips):
        return
    trips[:] = [old for old in trips if not (trip.travel <= old.travel and trip.cents <= old.cents)]
    trips.append(trip)


def choose_trips(trips: list[list[Trip]], material: Material, *, musts: Collection[str]) -> Route | None:
    """One trip a day, no site twice, all ``musts``, of most worth; None where there is none.

    What a tour is worth depends only on the set of sites it visits. So for each set it is enough to know the cheapest way
    to visit it on the days so far; the sets of all days are then compared. Among tours of equal worth the cheaper one is
    taken if there is a budget, then the one with less time on the road, then the one first in the order of the sites.
    """
    sites = list(material.chances.windows)
    bits = {site: 1 << place for place, site in enumerate(sites)}
    size = 1 << len(sites)
    best = np.full(size, NEVER)
    best[0] = 0
    choices: list[NDArray[np.int32]] = []
    for day in trips:
        best, choice = _add_day(best, day=day, bits=bits, priced=material.limit_cents is not None)
        choices.append(choice)
    allowed = best < NEVER
    if material.limit_cents is not None:
        nights = sum(day.night_cents for day in material.days)
        allowed &= best // PRICE + nights <= material.limit_cents
    wanted = sum(bits.get(site, size) for site in musts)
    sets = np.flatnonzero(allowed)
    sets = sets[(sets & wanted) == wanted]
    if not sets.size:
        return None
    worth = _weigh(sets, material=material, bits=bits)
    most = int(worth.max())
    equal = sets[worth == most]
    chosen = int(equal[np.argmin(best[equal])])
    days = []
    for day, choice in zip(reversed(trips), reversed(choices), strict=True):
        trip = day[choice[chosen]]
        chosen ^= sum(bits[site] for site, _ in trip.visits)
        days.append(trip)
    days.reverse()
    told = (tuple(trip.visits for trip in days), tuple(trip.rest for trip in days), tuple(trip.ends for trip in days))
    return Route(*told, most, most, proven=True)


def _add_day(
    best: NDArray[np.int64], *, day: list[Trip], bits: dict[str, int], priced: bool
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """For each set of sites the cheapest way to have seen it after one more day, and the trip of that day."""
    reached = np.flatnonzero(best < NEVER)
    after, choice = np.full(best.size, NEVER), np.full(best.size, -1, dtype=np.int32)
    for place, trip in enumerate(day):
        seen = sum(bits[site] for site, _ in trip.visits)
        apart = reached[(reached & seen) == 0]
        cost = best[apart] + (trip.cents * PRICE if priced else 0) + trip.travel
        union = apart | seen
        better = cost < after[union]
        after[union[better]] = cost[better]
        choice[union[better]] = place
    return after, choice


def _weigh(sets: NDArray[np.int64], *, material: Material, bits: dict[str, int]) -> NDArray[np.int64]:
    """Worth of each set of sites, in the shares of the model."""
    worth = np.zeros(sets.size, dtype=np.int64)
    for topic, weight in material.weights.items():
        member = sum(bit for site, bit in bits.items() if topic in material.topics[site])
        shares = np.concatenate([[0], np.cumsum(SHARES_2026)])
        worth += weight * shares[np.minimum(np.bitwise_count(sets & member), len(SHARES_2026))]
    return worth
