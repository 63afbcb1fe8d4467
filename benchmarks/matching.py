"""Pairs for a whole network, to the optimum: ours beside rustworkx and networkx."""

from __future__ import annotations

import networkx as nx
import numpy as np
import rustworkx as rx
from scipy.spatial import cKDTree

from benchmarks.race import OURS, Contest
from citytandem.science.kernels.matching import pair_nodes

CANDIDATES = 20
"""Cities each city would look at: those most alike."""
SLOW_FROM = 2_000
"""networkx is asked up to here; at 5,000 cities it would take minutes a round."""


def generate(cities: int, *, seed: int = 20261122):
    """Cities by eight variables with four causes; each names the twenty most alike, and points fall with distance."""
    rng = np.random.default_rng(seed)
    points = rng.normal(size=(cities, 4)) @ rng.normal(size=(4, 8)) + 0.5 * rng.normal(size=(cities, 8))
    near = cKDTree(points).query(points, k=min(cities, CANDIDATES + 1))[1][:, 1:]
    ends = np.stack([np.repeat(np.arange(cities), near.shape[1]), near.ravel()])
    first, second = np.unique(np.sort(ends, axis=0), axis=1)
    apart = np.linalg.norm(points[first] - points[second], axis=1)
    weight = 10_000 * np.exp(-apart / apart.mean()) * rng.uniform(0.3, 1.0, size=len(first))
    return first, second, weight.astype(np.int64) + 1


def ours(first, second, weight, cities):
    found = pair_nodes(first, second, weight=weight, nodes=cities)
    assert found.bound == found.value, "not proven"
    return found.value


def by_rustworkx(first, second, weight, cities):
    graph = rx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(cities))
    graph.add_edges_from(list(zip(first.tolist(), second.tolist(), weight.tolist(), strict=True)))
    return sum(graph.get_edge_data(*pair) for pair in rx.max_weight_matching(graph, weight_fn=int, verify_optimum=False))


def by_networkx(first, second, weight):
    graph = nx.Graph()
    graph.add_weighted_edges_from(zip(first.tolist(), second.tolist(), weight.tolist(), strict=True))
    return sum(graph.edges[pair]["weight"] for pair in nx.max_weight_matching(graph))


def agree(ours, theirs, name):
    assert ours == theirs, f"{name}: {theirs} against {ours}"


def contest(cities: int, *, with_networkx: bool, promised: dict[str, float]) -> Contest:
    first, second, weight = generate(cities)
    entrants = {
        OURS: lambda: ours(first, second, weight, cities),
        "rustworkx": lambda: by_rustworkx(first, second, weight, cities),
    }
    if with_networkx:
        entrants["networkx"] = lambda: by_networkx(first, second, weight)
    size = f"{cities:,} cities, {len(first):,} possible pairs"
    return Contest(
        "Pairs for a network", size, entrants, agree, "equal weight, to the point; ours with bound equal to value", promised
    )


def contests(scale: float) -> list[Contest]:
    sizes = [max(20, int(cities * scale)) for cities in (500, 2_000, 5_000)]
    promised = [{"networkx": 70.0}, {"networkx": 70.0}, {"rustworkx": 2.5}]
    return [
        contest(cities, with_networkx=cities <= SLOW_FROM, promised=goal if scale == 1 else {})
        for cities, goal in zip(sizes, promised, strict=True)
    ]
