"""How are thousands of nodes paired to a proven optimum? A linear programme over few edges, with cuts on odd sets."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from citytandem.findings import CannotCompute, Code, Finding
from citytandem.science.kernels.matching_paths import pair_by_paths, pair_greedily
from citytandem.science.kernels.odd_sets import LOOSE, find_odd_sets

if TYPE_CHECKING:
    import numpy.typing as npt

    Ints: TypeAlias = npt.NDArray[np.int64]
    Floats: TypeAlias = npt.NDArray[np.float64]
    Bools: TypeAlias = npt.NDArray[np.bool_]

HEAVIEST = 6
"""Edges of each node the programme begins with; others enter when their reduced cost asks for it."""
FEW_SETS = 2
"""A round that finds no more odd sets than this asks whether the gap is closed already."""
PATIENCE = 6
"""After so many such rounds the few edges within the gap are searched instead."""
FIRST_LOOK = 1.15
"""Edges per node that the first search among them looks at."""
SCALE = 2**20
"""Dual prices are checked in whole 2^-20ths of a point."""


@dataclass(frozen=True)
class _Graph:
    first: Ints
    second: Ints
    weight: Ints
    nodes: int

    def inside(self, members: Ints) -> Ints:
        """Numbers of the edges with both ends among the members."""
        mine = np.zeros(self.nodes, dtype=np.bool_)
        mine[members] = True
        return np.flatnonzero(mine[self.first] & mine[self.second])


@dataclass(frozen=True)
class _Programme:
    """The model as it grows: which edges are its columns, which odd sets its further rows with the edges they hold."""

    solver: Any
    columns: list[int]
    sets: list[Ints] = field(default_factory=list)
    held: list[Ints] = field(default_factory=list)


def pair_by_cuts(first: Ints, second: Ints, *, weight: Ints, nodes: int) -> tuple[Bools, int, bool]:
    """The heaviest matching by a linear programme with blossom cuts.

    The programme begins with the heaviest edges of each node and a greedy matching. Edges enter while their reduced cost
    asks for it; odd sets that hold too much are cut off; the simplex method goes on from where it stood. When every edge is
    taken wholly or not at all the matching is the best, and dual prices prove it (Edmonds 1965). Should numbers end it
    earlier, edges whose reduced cost is beyond the gap are fixed at zero, and augmenting paths finish the rest.

    Parameters
    ----------
    first, second, weight
        Ends and whole-number weight of each edge, of shape (edges,), weights above zero.
    nodes
        Number of nodes.

    Returns
    -------
    Edges taken; the bound in whole numbers; whether the bound comes from dual prices alone.
    """
    graph = _Graph(first, second, weight, nodes)
    programme = _begin(graph)
    few = 0
    while True:
        share, prices = _solve(programme, graph)
        columns = np.array(programme.columns)
        sets = find_odd_sets(first[columns], second[columns], share=share, nodes=nodes)
        if len(sets) <= FEW_SETS:
            few += 1
            bound, reduced = _bound(graph, programme, prices=prices)
            taken = _complete(graph, whole=columns[share > 1 - LOOSE])
            if int(weight[taken].sum()) == bound:
                return taken, bound, True
            if not sets or few > PATIENCE:
                return _finish(graph, taken=taken, bound=bound, reduced=reduced)
        _add_cuts(programme, graph, sets=sets)


def _begin(graph: _Graph) -> _Programme:
    try:
        import highspy  # optional dependency
    except ImportError as error:
        raise CannotCompute(Finding(Code.EXTRA_MISSING, {"extra": "exchange"}, where="highspy")) from error
    columns = _heaviest(graph)
    model = highspy.HighsLp()
    model.num_col_, model.num_row_, model.sense_ = len(columns), graph.nodes, highspy.ObjSense.kMaximize
    model.col_cost_ = graph.weight[columns].astype(np.float64)
    model.col_lower_, model.col_upper_ = np.zeros(len(columns)), np.full(len(columns), highspy.kHighsInf)
    model.row_lower_, model.row_upper_ = np.full(graph.nodes, -highspy.kHighsInf), np.ones(graph.nodes)
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = np.arange(0, 2 * len(columns) + 1, 2, dtype=np.int32)
    model.a_matrix_.index_ = np.stack([graph.first[columns], graph.second[columns]], axis=1).ravel().astype(np.int32)
    model.a_matrix_.value_ = np.ones(2 * len(columns))
    solver = highspy.Highs()
    for option, value in (("output_flag", False), ("threads", 1), ("presolve", "off"), ("solver", "simplex")):
        solver.setOptionValue(option, value)
    solver.passModel(model)
    return _Programme(solver, columns.tolist())


def _heaviest(graph: _Graph) -> Ints:
    """The heaviest edges of each node, and those of a greedy matching."""
    node = np.concatenate([graph.first, graph.second])
    edge = np.tile(np.arange(len(graph.first)), 2)
    order = np.lexsort((edge, -graph.weight[edge], node))
    node, edge = node[order], edge[order]
    turn = np.arange(len(node)) - np.searchsorted(node, node)
    greedy = pair_greedily(graph.first, graph.second, weight=graph.weight, nodes=graph.nodes)
    return np.union1d(edge[turn < HEAVIEST], np.flatnonzero(greedy))


def _solve(programme: _Programme, graph: _Graph) -> tuple[Floats, Floats]:
    """Shares of the columns and prices of the rows when no edge wants to enter any more."""
    while True:
        programme.solver.run()
        found = programme.solver.getSolution()
        share, prices = np.array(found.col_value), np.array(found.row_dual)
        reduced = _reduce(graph, programme, prices=prices)
        reduced[programme.columns] = 0.0
        wanted = np.flatnonzero(reduced > LOOSE)
        if not len(wanted):
            return share, prices
        _add_edges(programme, graph, wanted=wanted)


def _reduce(graph: _Graph, programme: _Programme, *, prices: Floats) -> Floats:
    """Weight of each edge less the prices of its ends and of the odd sets that hold it."""
    left = graph.weight - prices[graph.first] - prices[graph.second]
    for price, held in zip(prices[graph.nodes :], programme.held, strict=True):
        left[held] -= price
    return left


def _add_edges(programme: _Programme, graph: _Graph, *, wanted: Ints) -> None:
    import highspy  # optional dependency

    rows: list[list[int]] = [[int(graph.first[edge]), int(graph.second[edge])] for edge in wanted]
    for number, held in enumerate(programme.held):
        for place in np.flatnonzero(np.isin(wanted, held, assume_unique=True)):
            rows[place].append(graph.nodes + number)
    starts = np.cumsum([0, *(len(row) for row in rows[:-1])], dtype=np.int32)
    index = np.array([row for own in rows for row in own], dtype=np.int32)
    none, endless = np.zeros(len(wanted)), np.full(len(wanted), highspy.kHighsInf)
    cost = graph.weight[wanted].astype(np.float64)
    programme.solver.addCols(len(wanted), cost, none, endless, len(index), starts, index, np.ones(len(index)))
    programme.columns.extend(wanted.tolist())


def _add_cuts(programme: _Programme, graph: _Graph, *, sets: list[Ints]) -> None:
    import highspy  # optional dependency

    place = np.full(len(graph.first), -1)
    place[programme.columns] = np.arange(len(programme.columns))
    held = [graph.inside(members) for members in sets]
    index = [own[own >= 0] for own in (place[edges] for edges in held)]
    starts = np.cumsum([0, *(len(own) for own in index[:-1])], dtype=np.int32)
    flat = np.concatenate(index).astype(np.int32)
    most = np.array([(len(members) - 1) // 2 for members in sets], dtype=np.float64)
    least = np.full(len(sets), -highspy.kHighsInf)
    programme.solver.addRows(len(sets), least, most, len(flat), starts, flat, np.ones(len(flat)))
    programme.sets.extend(sets)
    programme.held.extend(held)


def _bound(graph: _Graph, programme: _Programme, *, prices: Floats) -> tuple[int, Floats]:
    """A bound that holds in whole numbers, whatever the solver rounded: prices are repaired where an edge breaks them."""
    whole = np.maximum(0, np.rint(prices * SCALE)).astype(np.int64)
    lacking = graph.weight * SCALE - whole[graph.first] - whole[graph.second]
    for price, held in zip(whole[graph.nodes :], programme.held, strict=True):
        lacking[held] -= price
    reduced = lacking / SCALE
    broken = lacking > 0
    np.maximum.at(raised := np.zeros(graph.nodes, dtype=np.int64), graph.first[broken], lacking[broken])
    total = sum((whole[: graph.nodes] + raised).tolist())
    total += sum(
        int(price) * ((len(members) - 1) // 2) for price, members in zip(whole[graph.nodes :], programme.sets, strict=True)
    )
    return total // SCALE, reduced


def _complete(graph: _Graph, *, whole: Ints) -> Bools:
    """A matching of the edges that are taken wholly and the best of what their ends leave open."""
    busy = np.zeros(graph.nodes, dtype=np.bool_)
    busy[graph.first[whole]] = busy[graph.second[whole]] = True
    rest = _search(graph, np.flatnonzero(~busy[graph.first] & ~busy[graph.second]))
    taken = np.zeros(len(graph.first), dtype=np.bool_)
    taken[whole] = taken[rest] = True
    return taken


def _finish(graph: _Graph, *, taken: Bools, bound: int, reduced: Floats) -> tuple[Bools, int, bool]:
    """Search what could still be better: only edges whose reduced cost is within the gap can be part of it.

    A first search among the most promising edges narrows the gap, so that the last one has few edges to look at.
    """
    value = int(graph.weight[taken].sum())
    width = float(-np.sort(-reduced)[min(len(reduced), math.ceil(FIRST_LOOK * graph.nodes)) - 1])
    for least in (width, None):
        gap = float(bound - value) if least is None else min(bound - value, -least)
        chosen = _search(graph, np.flatnonzero(reduced >= -gap - LOOSE))
        if (best := int(graph.weight[chosen].sum())) > value:
            value, taken = best, np.zeros(len(graph.first), dtype=np.bool_)
            taken[chosen] = True
        if gap >= bound - value:
            break
    return taken, value, value == bound


def _search(graph: _Graph, edges: Ints) -> Ints:
    if not len(edges):
        return edges
    nodes, ends = np.unique(np.stack([graph.first[edges], graph.second[edges]]), return_inverse=True)
    one, two = ends.reshape(2, -1)
    return edges[pair_by_paths(one, two, weight=graph.weight[edges], nodes=len(nodes))]
