"""Agreement of two people who coded the same statements."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from citytandem.science.assessment.coding import compare_coders, find_alpha

MEG_A, OWEN_A = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
MEG_B, OWEN_B = "aabbdcccedda", "babbbccceddd"


def codes_of(first, second, *, topic="land"):
    names = [f"s{number:03d}" for number in range(len(first))]
    return pl.DataFrame({"statement": names, "topic": topic, "first": list(first), "second": list(second)})


@pytest.mark.parametrize(("first", "second", "alpha"), [(MEG_A, OWEN_A, 0.095), (MEG_B, OWEN_B, 0.692)])
def test_alpha_is_that_of_the_published_examples(first, second, alpha):
    assert find_alpha(first, second) == pytest.approx(alpha, abs=0.0005)


def test_alpha_of_all_pairs_is_that_of_the_published_example():
    found = compare_coders(codes_of([one == 1 for one in MEG_A], [one == 1 for one in OWEN_A]))

    assert found.alpha == pytest.approx(0.095, abs=0.0005)
    assert found.low < found.alpha < found.high
    assert found.differences["statement"].to_list() == ["s000", "s002", "s005", "s008"]


def test_kappa_of_a_topic_is_that_of_its_four_counts():
    """Cohen's kappa of 20, 5, 10 and 15 pairs is 0.4: agreement 0.7 where chance gives 0.5."""
    first = [True] * 25 + [False] * 25
    second = [True] * 20 + [False] * 5 + [True] * 10 + [False] * 15
    row = compare_coders(codes_of(first, second)).topics.row(0, named=True)

    assert (row["both"], row["only_first"], row["only_second"], row["neither"]) == (20, 5, 10, 15)
    assert row["kappa"] == pytest.approx(0.4)
    assert row["low"] < 0.4 < row["high"]


def test_few_statements_are_counted_without_a_statistic():
    found = compare_coders(codes_of([True, False, True], [True, True, True]))

    assert (found.told, found.alpha, found.topics["kappa"][0]) == ("too_few", None, None)
    assert found.topics["observed"][0] == pytest.approx(2 / 3)


def test_a_topic_nobody_ever_saw_has_no_kappa():
    found = compare_coders(codes_of([False] * 12, [False] * 12))

    assert (found.told, found.topics["told"][0], found.topics["kappa"][0]) == ("one_sided", "one_sided", None)


def test_full_agreement_is_one_and_claims_no_certainty():
    found = compare_coders(codes_of([True, False] * 8, [True, False] * 8))

    assert (found.alpha, found.low, found.high) == (1.0, None, None)


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=5, max_size=30), st.randoms())
def test_neither_the_order_of_statements_nor_of_coders_matters(pairs, chance):
    codes = codes_of([one for one, _ in pairs], [other for _, other in pairs])
    mixed = codes.sample(fraction=1.0, shuffle=True, seed=chance.randint(0, 9))
    swapped = codes.rename({"first": "second", "second": "first"})
    alphas = [compare_coders(one).alpha for one in (codes, mixed, swapped)]

    assert alphas[1] == alphas[0]
    assert alphas[2] == pytest.approx(alphas[0]) if alphas[0] is not None else alphas[2] is None


def test_topics_stand_by_name_and_the_same_seed_gives_the_same_interval():
    draws = np.random.default_rng(1)
    parts = [codes_of(draws.random(20) < 0.5, draws.random(20) < 0.5, topic=topic) for topic in ("work", "land")]
    one, again = (compare_coders(pl.concat(parts), seed=3) for _ in range(2))

    assert one.topics["topic"].to_list() == ["land", "work"]
    assert (one.pairs, one.statements) == (40, 20)
    assert (one.low, one.high) == (again.low, again.high)
