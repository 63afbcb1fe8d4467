"""How are nodes paired one augmenting path at a time, and how well does a greedy choice do?"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from citytandem.findings import CannotCompute, Code, Finding

if TYPE_CHECKING:
    import numpy.typing as npt

    Ints: TypeAlias = npt.NDArray[np.int64]
    Bools: TypeAlias = npt.NDArray[np.bool_]


def pair_by_paths(first: Ints, second: Ints, *, weight: Ints, nodes: int) -> Bools:
    """The heaviest matching by augmenting paths, in rustworkx; it checks its own dual prices before it answers.

    Edges and weights as in ``matching.pair_nodes``, weights above zero. Returns which edges are taken.
    """
    try:
        import rustworkx  # optional dependency
    except ImportError as error:
        raise CannotCompute(Finding(Code.EXTRA_MISSING, {"extra": "exchange"}, where="rustworkx")) from error
    graph = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(nodes))
    graph.add_edges_from(list(zip(first.tolist(), second.tolist(), weight.tolist(), strict=True)))
    pairs = rustworkx.max_weight_matching(graph, weight_fn=int, verify_optimum=True)
    keys = np.minimum(first, second) * nodes + np.maximum(first, second)
    found = np.array([min(pair) * nodes + max(pair) for pair in pairs], dtype=np.int64)
    return np.isin(keys, found)


def pair_greedily(first: Ints, second: Ints, *, weight: Ints, nodes: int) -> Bools:
    """A quick choice worth at least half of the best: the heaviest edge whose ends are free, again and again.

    >>> pair_greedily(np.array([0, 1, 2]), np.array([1, 2, 3]), weight=np.array([3, 5, 3]), nodes=4).tolist()
    [False, True, False]
    """
    free, taken = [True] * nodes, np.zeros(len(first), dtype=np.bool_)
    order = np.lexsort((second, first, -weight))
    for edge, one, two in zip(order.tolist(), first[order].tolist(), second[order].tolist(), strict=True):
        if free[one] and free[two]:
            free[one] = free[two] = False
            taken[edge] = True
    return taken
