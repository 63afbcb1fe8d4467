"""Hidden ties: hits are counted as a person would count them, and chance is what shuffling gives."""

import itertools

import numpy as np
import polars as pl
import pytest

from citytandem.science.partners.held_out import chance_of_hits, count_hits, score_by_leads, sum_up, sum_up_chance

LINKED = np.array([[False, True, False, True, False]])
ALLOWED = np.array([[False, True, True, True, True]])


def test_a_city_is_never_proposed_to_itself():
    score = np.array([[9.0, 0.1, 0.9, 0.8, 0.7]])

    assert count_hits(score, linked=LINKED, allowed=ALLOWED, firsts=(1, 2)).tolist() == [[False, True]]


def test_who_is_not_proposed_is_no_hit():
    score = np.array([[9.0, -np.inf, 0.9, -np.inf, 0.7]])

    assert not count_hits(score, linked=LINKED, allowed=ALLOWED, firsts=(4,)).any()


@pytest.mark.parametrize("first", [1, 2, 3, 4])
def test_chance_is_the_share_of_all_orders_with_a_hit(first):
    others = [1, 2, 3, 4]
    hits = [any(LINKED[0, city] for city in order[:first]) for order in itertools.permutations(others)]

    assert chance_of_hits(linked=LINKED, allowed=ALLOWED, firsts=(first,))[0, 0] == pytest.approx(np.mean(hits))


def test_chance_of_a_short_list_is_that_of_its_length():
    short = chance_of_hits(linked=LINKED, allowed=ALLOWED, longest=np.array([1]), firsts=(3,))

    assert short.tolist() == chance_of_hits(linked=LINKED, allowed=ALLOWED, firsts=(1,)).tolist()


def test_nothing_found_still_has_an_interval():
    row = sum_up(np.zeros((50, 1), bool), firsts=(5,)).row(0, named=True)

    assert row["share"] == row["low"] == 0.0
    assert 0.0 < row["high"] < 0.1


def test_the_same_seed_shuffles_the_same():
    chance = np.full((30, 1), 0.4)

    assert sum_up_chance(chance, draws=50, seed=7, firsts=(5,)).equals(sum_up_chance(chance, draws=50, seed=7, firsts=(5,)))


def test_firm_leads_both_ways_come_before_likeness():
    pairs = pl.DataFrame(
        {"learner": ["a", "b", "a", "a"], "giver": ["b", "a", "c", "d"], "strength": ["topic", "topic", "weak", "topic"]}
    )
    near = pl.DataFrame({"learner": ["a", "a", "a"], "giver": ["b", "c", "d"], "similarity": [0.1, 1.0, 0.5]})
    score = {row["other"]: row["score"] for row in score_by_leads(pairs, closeness=near).filter(pl.col("city") == "a").to_dicts()}

    assert score["b"] > score["c"] > score["d"]
