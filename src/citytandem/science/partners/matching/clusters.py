"""Which groups of three to eight are worth most together?"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from citytandem.findings import CannotCompute, Code, Finding
from citytandem.science.partners.matching.answer import Proof
from citytandem.science.partners.matching.clusters_grown import grow_clusters
from citytandem.science.partners.matching.links import Links, bound_by_degree, link_all
from citytandem.science.partners.matching.tandems import Found

if TYPE_CHECKING:
    from citytandem.science.partners.matching.field import Field

    Pairs: TypeAlias = dict[tuple[int, int], Any]


LARGEST_SEARCHED = 24
"""Participants up to which the search looks at every pair of three; beyond it clusters are grown and exchanged."""


def make_clusters(field: Field) -> Found | None:
    """The best set of clusters in which nobody sits twice, by constraint programming (OR-Tools CP-SAT) with its bound.

    One choice per pair says whether the two share a cluster; if one shares with two others, these share too (Groetschel and
    Wakabayashi 1989). A member has points with one other member at least, unless it is pinned. The search has a
    deterministic limit and one worker, so that the same question gets the same answer on every machine. Returns None where
    no set of clusters keeps all pins.

    Raises
    ------
    CannotCompute
        With EXTRA_MISSING when the solver is not installed.
    """
    links, (low, high) = link_all(field), field.settings.size
    grown = grow_clusters(field, links=links)
    if field.nodes > LARGEST_SEARCHED:
        return grown
    try:
        from ortools.sat.python import cp_model  # optional dependency
    except ImportError as error:
        raise CannotCompute(Finding(Code.EXTRA_MISSING, {"extra": "exchange"}, where="ortools")) from error
    model = cp_model.CpModel()
    seated = [model.new_bool_var("") for _ in range(field.nodes)]
    shares: Pairs = {(int(one), int(two)): model.new_bool_var("") for one, two in np.argwhere(np.triu(links.may))}
    _set_rules(model, shares=shares, seated=seated, links=links, size=(low, high))
    _set_limits(model, seated=seated, field=field)
    points = sum(int(links.score[pair]) * share for pair, share in shares.items())
    whole = int(np.triu(links.score).sum()) + 1
    served = whole * sum(seated) if field.settings.everyone else 0
    woken = whole * (field.nodes + 1) * sum(share for pair, share in shares.items() if links.asleep[pair])
    model.maximize(points + served + woken)
    begun = {pair for group in (grown.groups if grown else []) for pair in combinations(group, 2)}
    for pair, share in shares.items():
        model.add_hint(share, pair in begun)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers, solver.parameters.random_seed = 1, field.settings.seed % 2**31
    solver.parameters.max_deterministic_time = field.settings.seconds
    status = solver.solve(model)
    if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return None
    together = {pair for pair, share in shares.items() if solver.boolean_value(share)}
    value = sum(int(links.score[pair]) for pair in together)
    groups = _gather(together)
    if status == cp_model.OPTIMAL:
        return Found(groups, value, value, Proof.SEARCH)
    beyond = int(solver.best_objective_bound) - int(solver.objective_value)
    return Found(groups, value, min(value + beyond, bound_by_degree(links, size=high)), Proof.BOUND_ONLY)


def _set_rules(model: Any, *, shares: Pairs, seated: list[Any], links: Links, size: tuple[int, int]) -> None:
    low, high = size
    nodes = len(seated)
    of: dict[int, list[tuple[int, Any]]] = {node: [] for node in range(nodes)}
    for (one, two), share in shares.items():
        of[one].append((two, share))
        of[two].append((one, share))
        model.add_implication(share, seated[one])
        model.add_implication(share, seated[two])
    for node, others in of.items():
        companions = sum(share for _, share in others)
        model.add(companions >= (low - 1) * seated[node])
        model.add(companions <= (high - 1) * seated[node])
        if links.pinned[node].any():
            model.add(seated[node] == 1)
        else:
            model.add_bool_or([seated[node].Not(), *(share for other, share in others if links.linked[node, other])])
    for one, two in zip(*np.nonzero(np.triu(links.pinned)), strict=True):
        model.add_bool_and([shares[int(one), int(two)]]) if (int(one), int(two)) in shares else model.add_bool_or([])
    for trio in combinations(range(nodes), 3):
        sides = [shares.get(pair) for pair in combinations(trio, 2)]
        there = [side for side in sides if side is not None]
        if len(there) == 2:
            model.add_at_most_one(there)
        elif len(there) == 3:
            for last in range(3):
                one, two = (side for place, side in enumerate(there) if place != last)
                model.add_bool_or([one.Not(), two.Not(), there[last]])


def _set_limits(model: Any, *, seated: list[Any], field: Field) -> None:
    if field.settings.per_country_limit is not None:
        for place in range(len(field.countries)):
            members = [seated[node] for node in np.flatnonzero(field.country == place)]
            model.add(sum(members) <= field.settings.per_country_limit)


def _gather(together: set[tuple[int, int]]) -> list[tuple[int, ...]]:
    group: dict[int, set[int]] = {}
    for one, two in sorted(together):
        joined = group.get(one, {one}) | group.get(two, {two})
        for member in joined:
            group[member] = joined
    return sorted({tuple(sorted(members)) for members in group.values()})
