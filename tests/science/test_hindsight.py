"""Looking back at a matching: what the weights foresaw, chance, and when it is too early to tell."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citytandem.science.partners.hindsight import FEWEST, look_back


def pairs(score, begun) -> pl.DataFrame:
    return pl.DataFrame({"score": score, "begun": begun}, schema={"score": pl.Float64, "begun": pl.Float64})


def test_few_pairs_tell_nothing():
    found = look_back(pairs(range(FEWEST - 1), range(FEWEST - 1)), seed=1)

    assert found.agreement is None
    assert found.by_chance is None
    assert found.findings[0].facts["count"] == FEWEST - 1


def test_pairs_that_are_all_alike_tell_nothing():
    assert look_back(pairs([1.0] * 30, range(30)), seed=1).agreement is None


def test_full_agreement_and_its_opposite_are_no_chance():
    told = look_back(pairs(range(30), range(30)), seed=1)
    turned = look_back(pairs(range(30), range(30, 0, -1)), seed=1)

    assert (told.agreement, turned.agreement) == (1.0, -1.0)
    assert told.by_chance < 0.01
    assert turned.by_chance < 0.01


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 4)), min_size=FEWEST, max_size=40))
@settings(max_examples=20, deadline=None)
def test_the_agreement_is_that_of_scipy(rows):
    stats = pytest.importorskip("scipy.stats", reason="the group `bench` is not installed")
    score, begun = (np.array(column, float) for column in zip(*rows, strict=True))
    found = look_back(pairs(score, begun), seed=1)
    expected = stats.kendalltau(score, begun).statistic

    assert found.agreement is None if np.isnan(expected) else found.agreement == pytest.approx(expected, abs=1e-12)


def test_what_is_not_known_is_left_out_and_the_same_seed_gives_the_same():
    score, begun = [*range(30), None], [*np.random.default_rng(2).integers(0, 3, 30), 1]
    one, other = (look_back(pairs(score, begun), seed=5) for _ in range(2))

    assert one.pairs == 30
    assert one == other
