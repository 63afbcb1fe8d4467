"""Which odd sets of nodes hold more of a fractional matching than any real one could put into them?"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Ints: TypeAlias = npt.NDArray[np.int64]
    Floats: TypeAlias = npt.NDArray[np.float64]

LOOSE = 1e-6
LARGEST_FOR_CUT_TREE = 150
"""Nodes of a component up to which the exact search is made; beyond it the search for cuts gives up."""


def find_odd_sets(first: Ints, second: Ints, *, share: Floats, nodes: int) -> list[Ints]:
    """Odd sets S whose edges hold more than (|S| - 1) / 2 of the matching.

    Components of the fractional edges are tried first, whole and after dropping thin edges; where none is violated, the
    smallest odd cut is found exactly from a cut tree (Padberg and Rao 1982).

    Parameters
    ----------
    first, second
        Ends of each edge, of shape (edges,).
    share
        How much of each edge is taken, 0 to 1.
    nodes
        Number of nodes.

    Returns
    -------
    Sorted node numbers of each violated set.

    >>> find_odd_sets(np.array([0, 1, 0]), np.array([1, 2, 2]), share=np.array([0.5, 0.5, 0.5]), nodes=3)
    [array([0, 1, 2])]
    """
    some = (share > LOOSE) & (share < 1 - LOOSE)
    first, second, share = first[some], second[some], share[some]
    found: list[Ints] = []
    for members, inside in _components(first, second, nodes=nodes):
        ends, shares = (first[inside], second[inside]), share[inside]
        sets = [members] if _is_violated(members, inside=shares) else _thin_out(*ends, share=shares, nodes=nodes)
        found += sets or _search(members, *ends, share=shares)
    return found


def _is_violated(members: Ints, *, inside: Floats) -> bool:
    return len(members) % 2 == 1 and float(inside.sum()) > (len(members) - 1) / 2 + LOOSE


def _components(first: Ints, second: Ints, *, nodes: int) -> list[tuple[Ints, Ints]]:
    """Members and edge numbers of each connected component with an edge."""
    label = np.arange(nodes)
    while True:  # each round the smallest label travels along all edges, then along the labels themselves
        least = np.minimum(label[first], label[second])
        before = label.copy()
        np.minimum.at(label, first, least)
        np.minimum.at(label, second, least)
        label = label[label]
        if np.array_equal(before, label):
            break
    of_edge = label[first]
    order = np.argsort(of_edge, kind="stable")
    cuts = np.flatnonzero(np.diff(of_edge[order])) + 1
    groups = np.split(order, cuts) if len(order) else []
    return [(np.unique(np.concatenate([first[edges], second[edges]])), edges) for edges in groups]


def _thin_out(first: Ints, second: Ints, *, share: Floats, nodes: int) -> list[Ints]:
    """Violated components of what is left when edges with small shares are dropped."""
    for least in (0.2, 0.34, 0.45):
        kept = share > least
        parts = _components(first[kept], second[kept], nodes=nodes)
        found = []
        for members, _ in parts:
            inside = np.isin(first, members) & np.isin(second, members)
            if _is_violated(members, inside=share[inside]):
                found.append(members)
        if found:
            return found
    return []


def _search(members: Ints, first: Ints, second: Ints, *, share: Floats) -> list[Ints]:
    """Every violated fundamental cut of a cut tree over the component and one node that takes up the slack."""
    size = len(members)
    if size > LARGEST_FOR_CUT_TREE:
        return []
    room = np.zeros((size + 1, size + 1))
    one, two = np.searchsorted(members, first), np.searchsorted(members, second)
    np.add.at(room, (one, two), share)
    np.add.at(room, (two, one), share)
    room[:size, size] = room[size, :size] = np.maximum(0.0, 1.0 - room[:size, :size].sum(axis=1))
    parent, flow = _grow_cut_tree(room)
    found: list[Ints] = []
    for node in range(1, size + 1):
        side = _below(node, parent=parent)
        if side[size]:
            side = ~side
        if flow[node] < 1 - LOOSE and int(side.sum()) % 2 == 1 and side.sum() > 1:
            found.append(members[side[:size]])
    return found


def _grow_cut_tree(room: Floats) -> tuple[Ints, Floats]:
    """A cut tree (Gusfield 1990): parent of each node, and the least cut between the two."""
    nodes = len(room)
    parent, flow = np.zeros(nodes, dtype=np.int64), np.zeros(nodes)
    for node in range(1, nodes):
        target = int(parent[node])
        value, side = _cut(room, node, target)
        flow[node] = value
        moved = side & (parent == target)
        moved[node] = False
        parent[moved] = node
        if side[parent[target]]:
            parent[node], parent[target] = parent[target], node
            flow[node], flow[target] = flow[target], value
    return parent, flow


def _cut(room: Floats, source: int, target: int) -> tuple[float, npt.NDArray[np.bool_]]:
    """Least cut between two nodes by shortest augmenting paths, and the side of the source."""
    left, total = room.copy(), 0.0
    while True:
        came, seen, front = np.full(len(room), -1), np.zeros(len(room), dtype=np.bool_), [source]
        seen[source] = True
        while front and not seen[target]:
            node = front.pop(0)
            fresh = np.flatnonzero((left[node] > LOOSE / 10) & ~seen)
            came[fresh], seen[fresh] = node, True
            front.extend(fresh.tolist())
        if not seen[target]:
            return total, seen
        path = [target]
        while path[-1] != source:
            path.append(int(came[path[-1]]))
        steps = list(zip(path[1:], path[:-1], strict=True))
        amount = min(left[a, b] for a, b in steps)
        for a, b in steps:
            left[a, b] -= amount
            left[b, a] += amount
        total += float(amount)


def _below(node: int, *, parent: Ints) -> npt.NDArray[np.bool_]:
    """The node and everything that hangs on it in the tree, whose root is node 0."""
    below = np.zeros(len(parent), dtype=np.bool_)
    below[node] = True
    while True:
        grown = below | below[parent]
        grown[0] = False
        grown[node] = True
        if np.array_equal(grown, below):
            return below
        below = grown
