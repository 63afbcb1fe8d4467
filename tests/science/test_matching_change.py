"""What a change by hand costs, how firmly pairs stand, and that a loss changes as little as possible."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citytandem.findings import CannotCompute, Code
from citytandem.science.partners.matching import Move, price_change, price_leaving, rematch, stability
from tests.science.network import ENDS, candidates, draw, gains, score_pairs, solve, told

CHAIN = [("p000", "p001", 0.10), ("p001", "p002", 0.11), ("p002", "p003", 0.10)]


def chosen(matched):
    return set(matched.pairs.select(ENDS).iter_rows())


def chain():
    people = candidates(4)
    return people, score_pairs(people, gains([*CHAIN, *((b, a, worth) for a, b, worth in CHAIN)]))


def test_a_pair_set_by_hand_shows_its_cost():
    change = price_change(solve(*chain()), move=Move("p002", "p001"))

    assert chosen(change.matched) == {("p001", "p002")}
    assert (change.cost, change.served_less) == (2 * 1200 - 1300, 2)
    assert change.left.rows() == [("p000", "p001"), ("p002", "p003")]
    assert change.joined.rows() == [("p001", "p002")]


def test_what_is_chosen_already_costs_nothing():
    found = solve(*chain())

    assert price_change(found, move=Move("p000", "p001")).cost == 0


def test_a_move_takes_the_place_of_the_rule_before():
    people, pairs = chain()
    pinned = solve(people, pairs, rules=told([("p001", "p002", "pin")]))
    change = price_change(pinned, move=Move("p001", "p002", "ban"))

    assert chosen(change.matched) == {("p000", "p001"), ("p002", "p003")}
    assert change.cost < 0


def test_a_move_against_a_veto_is_refused():
    people = candidates(2)
    pairs = score_pairs(people, gains([("p000", "p001", 0.1)]), wishes=told([("p001", "p000", "veto")]))

    with pytest.raises(CannotCompute) as refused:
        price_change(solve(people, pairs), move=Move("p000", "p001"))

    assert refused.value.finding.code is Code.MATCH_RULES_CONFLICT


@pytest.mark.parametrize(
    "change", [lambda found: price_change(found, move=Move("p000", "x")), lambda found: rematch(found, without=["x"])]
)
def test_a_stranger_is_refused(change):
    with pytest.raises(CannotCompute) as refused:
        change(solve(*chain()))

    assert refused.value.finding.facts == {"participant": "x"}


@pytest.mark.parametrize("seed", range(4))
def test_the_cost_of_leaving_is_what_a_ban_costs(seed):
    found = price_leaving(solve(*draw(seed, count=9)))

    for one, two, cost in found.pairs.select(*ENDS, "cost_of_leaving").iter_rows():
        assert cost == price_change(found, move=Move(one, two, "ban")).cost


def test_only_the_pairs_asked_for_are_priced():
    found = price_leaving(solve(*chain()), pairs=[("p000", "p001")])

    assert found.pairs.get_column("cost_of_leaving").is_null().to_list() == [False, True]


def test_a_pinned_pair_has_no_cost_of_leaving():
    people, pairs = chain()
    found = price_leaving(solve(people, pairs, rules=told([("p000", "p001", "pin")])))

    assert found.pairs.filter("pinned").get_column("cost_of_leaving").to_list() == [None]


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10**6), st.integers(0, 9), st.sampled_from(["tandem", "mentoring", "trio"]))
def test_a_loss_leaves_every_group_that_still_stands(seed, gone, form):
    before = solve(*draw(seed, count=10, capacity=2), form=form)
    lost = f"p{gone:03d}"
    change = rematch(before, without=[lost])
    hit = before.groups.filter(pl.col("participant") == lost).get_column("group").implode()
    grouped = before.pairs.filter(~pl.col("group").is_in(hit)) if form == "trio" else before.pairs
    standing = {pair for pair in grouped.select(ENDS).iter_rows() if lost not in pair}

    assert standing <= chosen(change.matched)
    assert lost not in change.matched.groups.get_column("participant")
    assert set(change.left.iter_rows()) == chosen(before) - chosen(change.matched)


def test_a_cluster_that_is_still_large_enough_stands():
    people = candidates(8)
    keys = people.get_column("participant").to_list()
    pairs = score_pairs(people, gains([(a, b, 0.1) for a in keys for b in keys if a != b]))
    before = solve(people, pairs, form="cluster", size=(3, 4))
    change = rematch(before, without=["p000"])

    assert sorted(change.matched.groups.group_by("group").len().get_column("len")) == [3, 4]
    assert all("p000" in pair for pair in change.left.rows())


def test_who_lost_a_partner_is_matched_with_who_had_none():
    people = candidates(5)
    known = [("p000", "p001", 0.3), ("p002", "p003", 0.3), ("p001", "p004", 0.1)]
    pairs = score_pairs(people, gains([*known, *((b, a, worth) for a, b, worth in known)]))
    change = rematch(solve(people, pairs), without=["p000"])

    assert change.joined.rows() == [("p001", "p004")]
    assert not change.matched.pairs.get_column("pinned").any()


def test_pairs_without_a_rival_always_stay():
    people = candidates(4)
    pairs = score_pairs(people, gains([("p000", "p001", 0.2), ("p002", "p003", 0.2)]))

    assert stability(solve(people, pairs), seed=1, draws=5).pairs.get_column("stays").to_list() == [1.0, 1.0]


def test_pairs_that_hang_on_a_weight_sometimes_go():
    people = candidates(4)
    known = [("p000", "p001", 0.2), ("p002", "p003", 0.2), ("p000", "p002", 0.1), ("p001", "p003", 0.1)]
    asked = [("p000", "p002"), ("p001", "p003")]
    wishes = told([(*pair, "wish") for one, two in asked for pair in ((one, two), (two, one))])
    pairs = score_pairs(people, gains([*known, *((b, a, worth) for a, b, worth in known)]), wishes=wishes)
    stays = stability(solve(people, pairs), seed=1, draws=40).pairs.get_column("stays")

    assert 0.2 < stays.min() == stays.max() < 0.8


@pytest.mark.parametrize("form", ["tandem", "trio", "cluster", "mentoring"])
def test_the_same_seed_draws_the_same(form):
    found = solve(*draw(2, count=9), form=form)
    once, again = (stability(found, seed=7, draws=4) for _ in range(2))

    assert once.pairs.equals(again.pairs)
    assert once.pairs.get_column("stays").is_between(0, 1).all()
