"""Which pairs of a network are worth most together, when each node is in one pair at most?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from citytandem.science.kernels.matching_cuts import pair_by_cuts
from citytandem.science.kernels.matching_paths import pair_by_paths

if TYPE_CHECKING:
    import numpy.typing as npt

    Ints: TypeAlias = npt.NDArray[np.int64]
    Bools: TypeAlias = npt.NDArray[np.bool_]

CUTS_FROM_NODES = 1000
"""From so many nodes on the linear programme with cuts is faster than augmenting paths (benchmarks/results.md)."""
LARGEST_WEIGHT = 2**40
"""Up to here dual prices are checked exactly in 64-bit integers."""


class Way(StrEnum):
    """How the optimum is found: ``auto`` takes augmenting paths for small networks and cuts for large ones."""

    AUTO = "auto"
    PATHS = "paths"
    CUTS = "cuts"


@dataclass(frozen=True)
class Pairing:
    """The edges taken, their weight, and what no other choice can exceed.

    ``by_duals`` is true where dual prices of nodes and odd sets, checked in whole numbers, reach the value; false where
    the last part was found by a complete search.
    """

    taken: Bools
    value: int
    bound: int
    by_duals: bool


def pair_nodes(first: Ints, second: Ints, *, weight: Ints, nodes: int, way: Way | str = Way.AUTO) -> Pairing:
    """The heaviest set of edges of which no two share a node: a maximum-weight matching of a general graph.

    Parameters
    ----------
    first, second
        Ends of each edge, of shape (edges,); no edge twice, none from a node to itself.
    weight
        Whole numbers of shape (edges,). Edges of weight zero or less are never taken.
    nodes
        Number of nodes.
    way
        See :class:`Way`.

    Returns
    -------
    The choice with its proof. Among equal optima the one found first; the same input gives the same answer.

    Raises
    ------
    CannotCompute
        With EXTRA_MISSING when the libraries of the extra ``exchange`` are not installed.
    ValueError
        If arrays differ in length or a weight is above ``LARGEST_WEIGHT``.

    References
    ----------
    Edmonds, J. (1965). Maximum matching and a polyhedron with 0,1-vertices. J. Res. NBS 69B, 125-130.

    >>> pair_nodes(np.array([0, 1, 2]), np.array([1, 2, 3]), weight=np.array([3, 5, 3]), nodes=4).value
    6
    """
    if not len(first) == len(second) == len(weight):
        raise ValueError(f"pairing: {len(first)}, {len(second)} and {len(weight)} values for ends and weights")
    if len(weight) and int(weight.max()) > LARGEST_WEIGHT:
        raise ValueError(f"pairing: a weight of {int(weight.max())} is above {LARGEST_WEIGHT}")
    kept = np.flatnonzero(weight > 0)
    taken = np.zeros(len(first), dtype=np.bool_)
    if not len(kept):
        return Pairing(taken, 0, 0, by_duals=True)
    one, two, worth = (np.ascontiguousarray(values[kept], dtype=np.int64) for values in (first, second, weight))
    if Way(way) is Way.CUTS or (Way(way) is Way.AUTO and nodes > CUTS_FROM_NODES):
        chosen, bound, by_duals = pair_by_cuts(one, two, weight=worth, nodes=nodes)
    else:
        chosen = pair_by_paths(one, two, weight=worth, nodes=nodes)
        bound, by_duals = int(worth[chosen].sum()), True
    taken[kept[chosen]] = True
    return Pairing(taken, int(worth[chosen].sum()), bound, by_duals)
