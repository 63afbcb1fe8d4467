"""Nodes are paired to the same proven optimum, whichever way."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citytandem.science.kernels.choice import Rows, choose
from citytandem.science.kernels.matching import LARGEST_WEIGHT, pair_nodes
from citytandem.science.kernels.matching_paths import pair_greedily
from citytandem.science.kernels.odd_sets import find_odd_sets

PENTAGON = (np.array([0, 1, 2, 3, 0]), np.array([1, 2, 3, 4, 4]))


def draw(seed, *, nodes, share, most):
    rng = np.random.default_rng(seed)
    first, second = np.triu_indices(nodes, k=1)
    kept = rng.random(len(first)) < share
    return first[kept], second[kept], rng.integers(1, most + 1, int(kept.sum()))


def by_networkx(first, second, *, weight):
    graph = nx.Graph()
    graph.add_weighted_edges_from(zip(first.tolist(), second.tolist(), weight.tolist(), strict=True))
    return sum(graph.edges[pair]["weight"] for pair in nx.max_weight_matching(graph))


def is_matching(first, second, *, taken):
    ends = np.concatenate([first[taken], second[taken]])
    return len(np.unique(ends)) == len(ends)


@pytest.mark.parametrize("way", ["paths", "cuts"])
@pytest.mark.parametrize("nodes", [30, 90, 200])
@pytest.mark.parametrize("most", [1, 7, 1000])
def test_the_weight_is_that_of_an_independent_solver(way, nodes, most):
    first, second, weight = draw(nodes + most, nodes=nodes, share=8 / nodes, most=most)
    found = pair_nodes(first, second, weight=weight, nodes=nodes, way=way)

    assert found.value == by_networkx(first, second, weight=weight) == found.bound
    assert found.value == weight[found.taken].sum()
    assert is_matching(first, second, taken=found.taken)


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 10**6), st.integers(2, 40), st.floats(0.05, 0.9), st.sampled_from([1, 2, 5, 10_000]))
def test_cuts_and_paths_agree(seed, nodes, share, most):
    first, second, weight = draw(seed, nodes=nodes, share=share, most=most)
    by_cuts = pair_nodes(first, second, weight=weight, nodes=nodes, way="cuts")

    assert by_cuts.value == by_cuts.bound == pair_nodes(first, second, weight=weight, nodes=nodes, way="paths").value
    assert is_matching(first, second, taken=by_cuts.taken)


@pytest.mark.parametrize("triangles", [1, 2, 7, 20])
def test_many_triangles_of_equal_weight_end_whole(triangles):
    corner = 3 * np.arange(triangles)
    first = np.concatenate([corner, corner, corner + 1, corner[:-1] + 2])
    second = np.concatenate([corner + 1, corner + 2, corner + 2, corner[1:]])
    weight = np.full(len(first), 10)
    found = pair_nodes(first, second, weight=weight, nodes=3 * triangles, way="cuts")

    assert found.value == found.bound == 10 * (3 * triangles // 2)


def test_an_odd_cycle_leaves_one_out():
    found = pair_nodes(*PENTAGON, weight=np.full(5, 4), nodes=5, way="cuts")

    assert (found.value, found.bound, found.by_duals, found.taken.sum()) == (8, 8, True, 2)


def test_edges_without_weight_are_never_taken():
    found = pair_nodes(np.array([0, 1]), np.array([1, 2]), weight=np.array([0, -3]), nodes=3)

    assert (found.value, found.taken.tolist()) == (0, [False, False])


def test_the_same_graph_gives_the_same_pairs():
    graph = draw(5, nodes=80, share=0.2, most=20)
    once, again = (pair_nodes(*graph[:2], weight=graph[2], nodes=80, way="cuts") for _ in range(2))

    assert once.taken.tolist() == again.taken.tolist()


def test_a_weight_that_duals_could_not_check_is_refused():
    with pytest.raises(ValueError, match="above"):
        pair_nodes(np.array([0]), np.array([1]), weight=np.array([LARGEST_WEIGHT + 1]), nodes=2)


def test_a_greedy_choice_is_worth_at_least_half():
    first, second, weight = draw(9, nodes=60, share=0.2, most=100)
    greedy = pair_greedily(first, second, weight=weight, nodes=60)

    assert 2 * weight[greedy].sum() >= pair_nodes(first, second, weight=weight, nodes=60).value
    assert is_matching(first, second, taken=greedy)


def test_an_odd_cycle_taken_by_halves_is_found():
    (found,) = find_odd_sets(*PENTAGON, share=np.full(5, 0.5), nodes=5)

    assert found.tolist() == [0, 1, 2, 3, 4]


def test_odd_cycles_hidden_in_an_even_component_are_found():
    first = np.array([0, 0, 1, 3, 3, 4, 2])
    second = np.array([1, 2, 2, 4, 5, 5, 3])
    share = np.array([0.5, 0.4, 0.5, 0.5, 0.4, 0.5, 0.1])
    found = find_odd_sets(first, second, share=share, nodes=6)

    assert sorted(members.tolist() for members in found) == [[0, 1, 2], [3, 4, 5]]


def test_what_can_be_a_mixture_of_matchings_has_no_violated_set():
    share = np.full(4, 0.5)

    assert find_odd_sets(np.array([0, 1, 2, 0]), np.array([1, 2, 3, 3]), share=share, nodes=4) == []


def test_an_earlier_aim_is_never_given_up_for_a_later_one():
    limit = Rows(np.array([0, 0]), np.array([0, 1]), np.ones(2), np.array([0.0]), np.array([1.0]))
    found = choose([np.array([1, 0]), np.array([0, 100])], rows=limit, whole=np.ones(2, dtype=bool))

    assert found.taken.tolist() == [1.0, 0.0]


def test_limits_that_leave_nothing_give_nothing():
    limit = Rows(np.array([0]), np.array([0]), np.ones(1), np.array([2.0]), np.array([3.0]))

    assert choose([np.array([1])], rows=limit, whole=np.ones(1, dtype=bool)) is None
