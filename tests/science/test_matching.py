"""The best groups of a network: as good as an exact search, within all rules, and the same however the rows lie."""

from itertools import combinations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citytandem.findings import CannotCompute, Code
from citytandem.science.partners.matching import Proof
from tests.science.network import ENDS, bonds, candidates, draw, gains, score_pairs, solve, told, try_all_groups, try_all_pairs

SEEDS = st.integers(0, 10**6)


def chosen(matched):
    return set(matched.pairs.select(ENDS).iter_rows())


def served(matched):
    """Participants in a pair of which a gain is known."""
    real = (pl.col("gain_in_high").fill_null(0) > 0) | (pl.col("gain_out_high").fill_null(0) > 0)
    rows = matched.pairs.filter(real).select(ENDS).rows()
    return len({end for pair in rows for end in pair})


@settings(deadline=None, max_examples=40)
@given(SEEDS, st.integers(2, 6), st.sampled_from([1, 1, 2, 3]))
def test_tandems_are_as_good_as_trying_every_set_of_pairs(seed, count, capacity):
    people, pairs = draw(seed, count=count, capacity=capacity)
    found = solve(people, pairs)

    assert (found.woken, served(found), found.value) == try_all_pairs(people, pairs)
    assert found.bound == found.value
    assert found.proof in {Proof.DUALS, Proof.SEARCH}


@pytest.mark.parametrize("form", ["trio", "cluster"])
@pytest.mark.parametrize("seed", range(8))
def test_groups_are_as_good_as_trying_every_partition(form, seed):
    people, pairs = draw(seed, count=8, share=0.5)
    high = {"trio": 3, "cluster": 4}[form]
    found = solve(people, pairs, form=form, size=(3, 4))

    assert (found.woken, found.served, found.value) == try_all_groups(people, pairs, low=3, high=high)
    assert (found.bound, found.proof) == (found.value, Proof.SEARCH)


@pytest.mark.parametrize("form", ["tandem", "trio", "mentoring"])
@pytest.mark.parametrize("seed", range(6))
def test_nobody_carries_more_than_it_can_and_no_veto_is_broken(form, seed):
    people, pairs = draw(seed, count=14, capacity=3, parts=("both", "learner", "mentor"))
    found = solve(people, pairs, form=form)
    vetoed = set(pairs.filter("vetoed").select(ENDS).iter_rows())

    assert not chosen(found) & vetoed
    if form == "trio":
        assert found.groups.get_column("participant").is_unique().all()
    else:
        assert (found.loads.get_column("partners") <= found.loads.get_column("capacity")).all()


@settings(deadline=None, max_examples=25)
@given(SEEDS, st.data())
def test_pins_and_bans_are_kept(seed, data):
    people, pairs = draw(seed, count=10)
    free = pairs.filter(~pl.col("vetoed")).select(ENDS).rows()
    pin, ban = data.draw(st.lists(st.sampled_from(free), min_size=2, max_size=2, unique=True))
    found = solve(people, pairs, rules=told([(*pin, "pin"), (*ban, "ban")]))

    assert pin in chosen(found)
    assert ban not in chosen(found)


@settings(deadline=None, max_examples=25)
@given(SEEDS, st.integers(0, 9))
def test_more_capacity_never_worsens_the_best(seed, lucky):
    people, pairs = draw(seed, count=10, capacity=2)
    more = people.with_columns(
        pl.when(pl.int_range(pl.len()) == lucky).then(pl.col("capacity") + 1).otherwise("capacity").alias("capacity")
    )
    before, after = solve(people, pairs, everyone=False), solve(more, pairs, everyone=False)

    assert (after.woken, after.value) >= (before.woken, before.value)


@settings(deadline=None, max_examples=20)
@given(SEEDS, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(seed, shuffle):
    people, pairs = draw(seed, count=9, capacity=2)
    turn = shuffle.randrange(10**6)
    mixed = solve(people.sample(fraction=1, shuffle=True, seed=turn), pairs.sample(fraction=1, shuffle=True, seed=turn))
    found = solve(people, pairs)

    assert mixed.groups.equals(found.groups)
    assert mixed.pairs.equals(found.pairs)


@pytest.mark.parametrize("form", ["tandem", "trio", "cluster", "mentoring"])
def test_the_same_question_gets_the_same_answer(form):
    people, pairs = draw(3, count=9)

    assert solve(people, pairs, form=form).groups.equals(solve(people, pairs, form=form).groups)


def test_sleeping_ties_come_before_points():
    people = candidates(4)
    known = gains([("p000", "p001", 0.9), ("p001", "p000", 0.9), ("p002", "p003", 0.9), ("p003", "p002", 0.9)])
    asleep = bonds([("p000", "p002", "partnership", True)])
    pairs = score_pairs(people, known, bonds=asleep)

    assert ("p000", "p002") in chosen(solve(people, pairs))
    assert chosen(solve(people, pairs, ties_first=False, everyone=False)) == {("p000", "p001"), ("p002", "p003")}


def test_nobody_is_left_out_for_a_few_points_more():
    people = candidates(4)
    chain = [("p000", "p001", 0.1), ("p001", "p002", 0.9), ("p002", "p003", 0.1)]
    pairs = score_pairs(people, gains([*chain, *((b, a, worth) for a, b, worth in chain)]))

    assert chosen(solve(people, pairs)) == {("p000", "p001"), ("p002", "p003")}
    assert chosen(solve(people, pairs, everyone=False)) == {("p001", "p002")}


@pytest.mark.parametrize(("countries", "expected"), [("different", {("p000", "p001")}), ("same", {("p000", "p002")})])
def test_countries_decide_who_may_meet(countries, expected):
    people = candidates(3, country=["DE", "JP", "DE"])
    pairs = score_pairs(people, gains([(a, b, 0.2) for a, b in combinations(["p000", "p001", "p002"], 2)]))
    found = solve(people, pairs.filter(pl.col("other") != "p002") if countries == "different" else pairs, countries=countries)

    assert chosen(found) == expected


@pytest.mark.parametrize("form", ["tandem", "trio", "cluster", "mentoring"])
def test_a_country_takes_no_more_places_than_its_limit(form):
    people, pairs = draw(11, count=12, share=0.7)
    found = solve(people, pairs, form=form, per_country_limit=3)
    placed = found.groups.join(people, on="participant").group_by("country").len()

    assert (placed.get_column("len") <= 3).all()
    assert found.groups.height > 0


def test_a_mentor_has_learners_up_to_what_it_carries():
    people = candidates(5, capacity=[3, 1, 1, 1, 1], part=["mentor", *["learner"] * 4])
    pairs = score_pairs(people, gains([(f"p00{n}", "p000", 0.1 * n) for n in range(1, 5)]))
    found = solve(people, pairs, form="mentoring")

    assert found.groups.filter(pl.col("part") == "mentor").get_column("participant").to_list() == ["p000"]
    assert found.groups.filter(pl.col("part") == "learner").get_column("participant").to_list() == ["p002", "p003", "p004"]
    assert found.unmatched.rows() == [("p001", "partners_taken")]


def test_who_stays_without_is_told_why():
    people = candidates(7, capacity=[1, 1, 1, 1, 1, 1, 0], country=["DE", "JP", "DE", "JP", "DE", "JP", "DE"])
    known = gains([("p000", "p001", 0.2), ("p002", "p003", 0.2), ("p004", "p000", 0.2), ("p006", "p001", 0.2)])
    pairs = score_pairs(people, known, wishes=told([("p003", "p002", "veto")]))
    found = solve(people, pairs, countries="different")

    assert dict(found.unmatched.iter_rows()) == {
        "p002": "vetoes",
        "p003": "vetoes",
        "p004": "countries",
        "p005": "no_gain_known",
        "p006": "no_capacity",
    }
    assert [finding.code for finding in found.findings] == [Code.MATCH_LEFT_OUT]


def test_two_who_would_both_rather_have_each_other_are_told():
    people = candidates(4)
    known = [("p000", "p001", 0.10), ("p001", "p002", 0.11), ("p002", "p003", 0.10)]
    pairs = score_pairs(people, gains([*known, *((b, a, worth) for a, b, worth in known)]))
    found = solve(people, pairs)

    assert found.blocking.select(ENDS).rows() == [("p001", "p002")]
    assert found.blocking.row(0)[2:] == (0.10, 0.11, 0.10, 0.11)


def test_what_a_participant_gets_is_added_up():
    people = candidates(3, capacity=[2, 1, 1])
    found = solve(people, score_pairs(people, gains([("p000", "p001", 0.2), ("p000", "p002", 0.3), ("p001", "p000", 0.1)])))

    assert found.loads.filter(pl.col("participant") == "p000").row(0) == ("p000", 2, 2, 0.5, 0.5)


def test_many_participants_get_clusters_within_all_rules_and_a_bound():
    people, pairs = draw(4, count=40, share=0.3)
    pin = pairs.filter(~pl.col("vetoed")).select(ENDS).row(0)
    found = solve(people, pairs, rules=told([(*pin, "pin")]), form="cluster", size=(3, 5))
    sizes = found.groups.group_by("group").len().get_column("len")

    assert sizes.is_between(3, 5).all()
    assert pin in chosen(found)
    assert not chosen(found) & set(pairs.filter("vetoed").select(ENDS).iter_rows())
    assert found.groups.get_column("participant").is_unique().all()
    assert found.bound > found.value
    assert Code.MATCH_NOT_PROVEN in [finding.code for finding in found.findings]


def test_a_form_nobody_knows_is_refused():
    people, pairs = draw(1, count=4)

    with pytest.raises(CannotCompute) as refused:
        solve(people, pairs, form="quartet")

    assert refused.value.finding.code is Code.UNKNOWN_CHOICE


def test_a_cluster_of_nine_is_refused():
    people, pairs = draw(1, count=9)

    with pytest.raises(CannotCompute) as refused:
        solve(people, pairs, form="cluster", size=(3, 9))

    assert refused.value.finding.facts == {"low": 3, "high": 9}


def test_nobody_at_all_is_an_empty_answer():
    people, pairs = draw(1, count=2)
    found = solve(people.clear(), pairs)

    assert (found.value, found.groups.height, found.unmatched.height) == (0, 0, 0)
