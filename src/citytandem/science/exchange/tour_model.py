"""The study tour as circuits over days with windows, lunch and budget, for CP-SAT."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import permutations
from typing import TYPE_CHECKING, Any

from citytandem.findings import CannotCompute, Code, Finding

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from citytandem.science.exchange.tour_legs import Way
    from citytandem.science.exchange.tour_sites import Chances, Day

SHARES_2026 = (64, 32, 16, 8, 4, 2, 1)
"""Worth of the first, second, … site on the same topic: each half of the one before (our proposal), in 64ths."""
WHOLE = 64


@dataclass(frozen=True)
class Material:
    """What the model is made of: places, windows and ways in minutes, money in cents, topics of sites, weights of topics."""

    days: Sequence[Day]
    chances: Chances
    ways: Mapping[tuple[str, str], Way]
    minutes: Mapping[str, int]
    cents: Mapping[str, int]
    topics: Mapping[str, Collection[str]]
    weights: Mapping[str, int]
    limit_cents: int | None


@dataclass
class _Model:
    """Variables by day and site; ``None`` as a site is the place where the day begins and ends."""

    cp: Any
    minutes: Mapping[str, int]
    visit: dict[tuple[int, str], Any] = field(default_factory=dict)
    arc: dict[tuple[int, str | None, str | None], Any] = field(default_factory=dict)
    arrive: dict[tuple[int, str | None], Any] = field(default_factory=dict)
    begin: dict[tuple[int, str], Any] = field(default_factory=dict)
    leave: dict[tuple[int, str | None], Any] = field(default_factory=dict)
    rest: dict[int, Any] = field(default_factory=dict)
    rest_before: dict[tuple[int, str | None], Any] = field(default_factory=dict)
    rest_after: dict[tuple[int, str | None], Any] = field(default_factory=dict)
    worth: Any = 0
    travel: Any = 0

    def literals(self) -> tuple[dict[Any, Any], ...]:
        """What is chosen: visits, ways, and where lunch and rest are taken."""
        return self.visit, self.arc, self.rest_before, self.rest_after

    def times(self) -> tuple[dict[Any, Any], ...]:
        """When things happen."""
        return self.arrive, self.begin, self.leave, self.rest


@dataclass(frozen=True)
class Route:
    """A solved tour in minutes after midnight, day by day, and what was proven."""

    visits: tuple[tuple[tuple[str, int], ...], ...]
    """Per day: site and begin, in time order."""
    rests: tuple[tuple[str, int] | None, ...]
    """Per day: where and when lunch and rest begin."""
    ends: tuple[int, ...]
    """Per day: arrival where it ends."""
    worth: int
    bound: int
    proven: bool


def build(material: Material) -> _Model:
    """Lay out variables and constraints; nothing is asked to be best yet."""
    model = _Model(_open_solver().CpModel(), material.minutes)
    for number, day in enumerate(material.days):
        _build_day(model, number, day=day, material=material)
    for site in material.chances.windows:
        model.cp.AddAtMostOne([model.visit[key] for key in model.visit if key[1] == site])
    _limit_cost(model, material)
    _add_worth(model, material)
    return model


def _build_day(model: _Model, number: int, *, day: Day, material: Material) -> None:
    cp, sites = model.cp, [site for site, windows in material.chances.windows.items() if number in windows]
    nodes: dict[str | None, int] = {None: 0} | {site: place for place, site in enumerate(sites, start=1)}
    for node in nodes:
        model.arrive[number, node] = cp.NewIntVar(day.starts, day.ends, f"a{number}{node}")
        model.leave[number, node] = cp.NewIntVar(day.starts, day.ends, f"l{number}{node}")
    for site in sites:
        model.begin[number, site] = cp.NewIntVar(day.starts, day.ends, f"b{number}{site}")
    arcs = [_skip(model, number, site=site, windows=material.chances.windows[site][number]) for site in sites]
    arcs = [(nodes[site], nodes[site], literal) for site, literal in zip(sites, arcs, strict=True)]
    for start, end in permutations(nodes, 2):
        if (literal := _go(model, number, way=(start, end), material=material)) is not None:
            arcs.append((nodes[start], nodes[end], literal))
    empty = model.arc[number, None, None] = cp.NewBoolVar(f"empty{number}")
    arcs.append((0, 0, empty))
    cp.AddCircuit(arcs)
    for site in sites:
        cp.AddImplication(empty, model.visit[number, site].Not())
        cp.Add(model.leave[number, site] >= model.begin[number, site] + material.minutes[site])
    if day.starts_at != day.ends_at:
        transfer = material.ways[day.starts_at, day.ends_at].minutes
        cp.Add(model.arrive[number, None] >= model.leave[number, None] + transfer).OnlyEnforceIf(empty)
    if day.rest:
        _add_rest(model, number, rest=day.rest, nodes=list(nodes))
    # it follows from the times, but said as a sum it tells the search early how little fits into a day
    spent = [material.minutes[site] * model.visit[number, site] for site in sites]
    on_the_road = [_minutes_of(material, *key) * literal for key, literal in model.arc.items() if key[0] == number]
    cp.Add(sum(spent) + sum(on_the_road) <= day.ends - day.starts - (day.rest[2] if day.rest else 0))


def _skip(model: _Model, number: int, *, site: str, windows: tuple[tuple[int, int], ...]) -> Any:
    """A visit begins within one of its windows; the literal of the loop says that there is none."""
    visit = model.visit[number, site] = model.cp.NewBoolVar(f"v{number}{site}")
    chosen = [model.cp.NewBoolVar(f"w{number}{site}{place}") for place in range(len(windows))]
    model.cp.AddExactlyOne([*chosen, visit.Not()])
    for literal, (first, last) in zip(chosen, windows, strict=True):
        model.cp.AddLinearConstraint(model.begin[number, site], first, last).OnlyEnforceIf(literal)
    model.cp.Add(model.begin[number, site] >= model.arrive[number, site])
    return visit.Not()


def _go(model: _Model, number: int, *, way: tuple[str | None, str | None], material: Material) -> Any:
    """The literal of going from one place to the next; None where that can never be in time."""
    start, end = way
    day, windows = material.days[number], material.chances.windows
    minutes = material.ways[start or day.starts_at, end or day.ends_at].minutes
    earliest = day.starts if start is None else windows[start][number][0][0] + material.minutes[start]
    latest = day.ends if end is None else max(last for _, last in windows[end][number])
    if earliest + minutes > latest:
        return None
    literal = model.arc[number, start, end] = model.cp.NewBoolVar(f"g{number}{start}>{end}")
    model.cp.Add(model.arrive[number, end] >= model.leave[number, start] + minutes).OnlyEnforceIf(literal)
    return literal


def _add_rest(model: _Model, number: int, *, rest: tuple[int, int, int], nodes: list[str | None]) -> None:
    """Lunch and rest, once a day: before or after a visit where one is, or where the day begins or ends."""
    cp, (first, last, minutes) = model.cp, rest
    begins = model.rest[number] = cp.NewIntVar(first, last - minutes, f"r{number}")
    for node in nodes:
        before = model.rest_before[number, node] = cp.NewBoolVar(f"rb{number}{node}")
        after = model.rest_after[number, node] = cp.NewBoolVar(f"ra{number}{node}")
        cp.Add(begins >= model.arrive[number, node]).OnlyEnforceIf(before)
        cp.Add(model.leave[number, node] >= begins + minutes).OnlyEnforceIf(after)
        if node is None:
            continue
        cp.AddImplication(before, model.visit[number, node])
        cp.AddImplication(after, model.visit[number, node])
        cp.Add(model.begin[number, node] >= begins + minutes).OnlyEnforceIf(before)
        cp.Add(begins >= model.begin[number, node] + model.minutes[node]).OnlyEnforceIf(after)
    keys = [(number, node) for node in nodes]
    cp.AddExactlyOne([model.rest_before[key] for key in keys] + [model.rest_after[key] for key in keys])


def _limit_cost(model: _Model, material: Material) -> None:
    if material.limit_cents is None:
        return
    visits = [material.cents[site] * visit for (_, site), visit in model.visit.items()]
    ways = [_price(material, *key) * literal for key, literal in model.arc.items()]
    nights = sum(day.night_cents for day in material.days)
    model.cp.Add(sum(visits) + sum(ways) + nights <= material.limit_cents)


def _way(material: Material, number: int, start: str | None, end: str | None) -> Way | None:
    """The way behind an arc of the model; None for a day spent where it begins."""
    day = material.days[number]
    return material.ways.get((start or day.starts_at, end or day.ends_at))


def _minutes_of(material: Material, number: int, start: str | None, end: str | None) -> int:
    way = _way(material, number, start, end)
    return way.minutes if way else 0


def _price(material: Material, number: int, start: str | None, end: str | None) -> int:
    way = _way(material, number, start, end)
    return round(100 * (way.cost_eur or 0)) if way else 0


def _add_worth(model: _Model, material: Material) -> None:
    """Each further site on a topic is worth half of the one before."""
    cp = model.cp
    for topic, weight in sorted(material.weights.items()):
        seen = [visit for (_, site), visit in model.visit.items() if topic in material.topics[site]]
        shares = SHARES_2026[: len(seen)]
        steps = [cp.NewBoolVar(f"t{topic}{place}") for place in range(len(shares))]
        cp.Add(sum(steps) <= sum(seen))
        model.worth += sum(weight * share * step for share, step in zip(shares, steps, strict=True))
    model.travel = sum(_minutes_of(material, *key) * literal for key, literal in model.arc.items())


def is_possible(model: _Model, *, musts: Collection[str], effort: float, seed: int) -> bool:
    """Can these sites all be visited, whatever else is left out?"""
    model.cp.ClearAssumptions()
    for site in musts:
        visits = [visit for (_, other), visit in model.visit.items() if other == site]
        wanted = model.cp.NewBoolVar(f"must{site}")
        model.cp.AddBoolOr([*visits, wanted.Not()])
        model.cp.AddAssumption(wanted)
    solver = _make_solver(effort=effort, seed=seed)
    return solver.StatusName(solver.Solve(model.cp)) in {"OPTIMAL", "FEASIBLE"}


def find_route(model: _Model, material: Material, *, musts: Collection[str], effort: float, seed: int) -> Route | None:
    """The tour of most worth with all ``musts``; None where there is none."""
    for site in musts:
        model.cp.AddExactlyOne([visit for (_, other), visit in model.visit.items() if other == site])
    model.cp.Maximize(model.worth)
    solver = _make_solver(effort=effort, seed=seed)
    status = solver.StatusName(solver.Solve(model.cp))
    if status not in {"OPTIMAL", "FEASIBLE"}:
        return None
    worth, bound = round(solver.ObjectiveValue()), math.floor(solver.BestObjectiveBound() + 1e-6)
    shorter = _shorten(model, solver=solver, worth=worth, limits=(effort / 4, seed))
    _tidy(model, solver=shorter)
    tidy = _make_solver(effort=effort, seed=seed)
    tidy.Solve(model.cp)
    return _read(model, material, solver=tidy, told=(worth, max(bound, worth), status == "OPTIMAL"))


def _shorten(model: _Model, *, solver: Any, worth: int, limits: tuple[float, int]) -> Any:
    """Among the tours of this worth, one with less time on the road; the worth is not given up for it."""
    model.cp.Add(model.worth >= worth)
    model.cp.Minimize(model.travel)
    for literal in (literal for chosen in model.literals() for literal in chosen.values()):
        model.cp.AddHint(literal, solver.Value(literal))
    for time in (time for times in model.times() for time in times.values()):
        model.cp.AddHint(time, solver.Value(time))
    shorter = _make_solver(effort=limits[0], seed=limits[1])
    status = shorter.StatusName(shorter.Solve(model.cp))
    model.cp.ClearHints()
    return shorter if status in {"OPTIMAL", "FEASIBLE"} else solver


def _tidy(model: _Model, *, solver: Any) -> None:
    """Keep the way, and let everything begin as early as it can."""
    for literal in (literal for chosen in model.literals() for literal in chosen.values()):
        model.cp.Add(literal == solver.Value(literal))
    model.cp.Minimize(sum(sum(times.values()) for times in model.times()))


def _read(model: _Model, material: Material, *, solver: Any, told: tuple[int, int, bool]) -> Route:
    visits, rests, ends = [], [], []
    for number, day in enumerate(material.days):
        seen = [site for (other, site), visit in model.visit.items() if other == number and solver.Value(visit)]
        begun = sorted((solver.Value(model.begin[number, site]), site) for site in seen)
        visits.append(tuple((site, begin) for begin, site in begun))
        rests.append(_place_rest(model, number, day=day, solver=solver) if day.rest else None)
        ends.append(solver.Value(model.arrive[number, None]))
    return Route(tuple(visits), tuple(rests), tuple(ends), *told)


def _place_rest(model: _Model, number: int, *, day: Day, solver: Any) -> tuple[str, int]:
    begins = solver.Value(model.rest[number])
    for chosen, stay in ((model.rest_before, day.ends_at), (model.rest_after, day.starts_at)):
        for (other, node), literal in chosen.items():
            if other == number and solver.Value(literal):
                return node or stay, begins
    raise AssertionError(number)


def _make_solver(*, effort: float, seed: int) -> Any:
    """A solver that does the same on every machine: it counts work, not seconds."""
    solver = _open_solver().CpSolver()
    solver.parameters.random_seed = seed
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = effort
    return solver


def _open_solver() -> Any:
    try:
        from ortools.sat.python import cp_model  # optional dependency
    except ImportError as error:
        raise CannotCompute(Finding(Code.EXTRA_MISSING, {"extra": "exchange"})) from error
    return cp_model
