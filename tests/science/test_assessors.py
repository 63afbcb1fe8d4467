"""Two assessors: kappa as published, what they have to talk through, and what stands afterwards."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citytandem.science.assessment.assessors import compare_assessors, place_beside, reconcile
from citytandem.science.assessment.kappa import find_kappa, weigh_levels
from citytandem.science.assessment.score import score
from citytandem.tables.assessment import Agreement, Answer, Beside, Decision, ToReconcile
from tests.science.frameworks import answers, invent_framework

FRAMEWORK = invent_framework()
CRITERIA = ("a1", "a2", "a3", "b1", "b2")
LEVELS = st.one_of(st.none(), st.just("n/a"), st.integers(0, 4))
FORMS = st.fixed_dictionaries(dict.fromkeys(CRITERIA, LEVELS))
COHEN = np.array([[88.0, 14, 18], [10, 40, 10], [2, 6, 12]])
"""Cohen (1968), table 1: 200 cases, two judges, three diagnoses."""
SKIN = np.array([[10.0, 4, 1, 0], [5, 10, 12, 2], [2, 4, 12, 5], [0, 2, 6, 13]])
"""The skin-condition example of the SAS procedure FREQ: 88 patients, two dermatologists, four levels."""


def test_kappa_is_that_of_cohen_1968():
    disagreement = np.array([[0.0, 1, 3], [1, 0, 6], [3, 6, 0]])
    weighted = find_kappa(COHEN, weights=1 - disagreement / 6)

    assert weighted.pairs == 200
    assert weighted.kappa == pytest.approx(0.348, abs=5e-4)
    assert find_kappa(COHEN, weights=np.eye(3)).kappa == pytest.approx(0.492, abs=5e-4)


def test_linear_kappa_and_its_interval_are_those_of_a_published_example():
    plain, linear = (find_kappa(SKIN, weights=weights) for weights in (np.eye(4), weigh_levels(4, weighting="linear")))

    assert (plain.kappa, plain.low, plain.high) == pytest.approx((0.3449, 0.2030, 0.4868), abs=1e-4)
    assert (linear.kappa, linear.low, linear.high) == pytest.approx((0.5082, 0.3798, 0.6366), abs=1e-4)


def test_quadratic_kappa_is_the_intraclass_correlation_of_large_samples():
    one, two = np.repeat(np.indices(SKIN.shape).reshape(2, -1), SKIN.ravel().astype(int), axis=1)
    spread = ((one - two) ** 2).mean()
    shared = one.var() + two.var() + (one.mean() - two.mean()) ** 2

    assert find_kappa(SKIN, weights=weigh_levels(4, weighting="quadratic")).kappa == pytest.approx(1 - spread / shared)


@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=2, max_size=30), st.sampled_from(["linear", "quadratic"])
)
def test_kappa_does_not_mind_who_is_first_nor_which_end_is_up(pairs, weighting):
    table = np.zeros((5, 5))
    np.add.at(table, tuple(np.array(pairs).T), 1.0)
    weights = weigh_levels(5, weighting=weighting)
    found = find_kappa(table, weights=weights)

    for other in (table.T, table[::-1, ::-1]):
        turned = find_kappa(other, weights=weights)
        assert (turned.kappa is None) == (found.kappa is None)
        assert found.kappa is None or turned.kappa == pytest.approx(found.kappa, abs=1e-9)


def compared(one, two):
    return compare_assessors(FRAMEWORK, first=answers(one), second=answers(two))


def agreement_of(found, category="all", weighting="linear"):
    return found.agreement.filter((pl.col("category") == category) & (pl.col("weighting").cast(pl.String) == weighting)).row(
        0, named=True
    )


@settings(max_examples=30)
@given(FORMS, FORMS)
def test_the_tables_of_two_assessors_keep_their_schemas(one, two):
    found = compared(one, two)

    assert Agreement.is_valid(found.agreement)
    assert ToReconcile.is_valid(found.to_reconcile)
    assert found.agreement.height == 2 * (1 + FRAMEWORK.category.height)


@settings(max_examples=30)
@given(FORMS)
def test_nobody_has_anything_to_talk_through_with_themselves(form):
    assert compared(form, form).to_reconcile.is_empty()


def test_full_agreement_is_one_and_claims_no_certainty():
    form = {"a1": 0, "a2": 2, "a3": 4, "b1": 1, "b2": 3}
    row = agreement_of(compared(form, form))

    assert (row["kappa"], row["pairs"], row["same"], row["low"]) == (1.0, 5, 5, None)


def test_kappa_is_unknown_where_all_answers_fall_on_one_level():
    form = dict.fromkeys(CRITERIA, 2)

    assert (agreement_of(compared(form, form))["kappa"], agreement_of(compared(form, form))["status"]) == (None, "no_spread")


def test_every_kind_of_difference_is_listed_in_the_order_of_the_framework():
    found = compared({"b1": 1, "a1": 3, "a2": 2, "a3": 1}, {"a1": 1, "a2": "n/a", "a3": 1, "b2": 4, "b1": None})
    told = found.to_reconcile.select("criterion", pl.col("differs_in").cast(pl.String), "distance").rows()

    assert told == [("a1", "level", 2), ("a2", "applies", None), ("b1", "only_first", None), ("b2", "only_second", None)]


@settings(max_examples=30)
@given(FORMS, FORMS)
def test_reconciling_invents_no_middle(one, two):
    stood = reconcile(answers(one), answers(two))

    assert Answer.is_valid(stood.select(Answer.column_names()))
    for row in stood.iter_rows(named=True):
        first, second = one[row["criterion"]], two[row["criterion"]]
        if isinstance(first, int) and isinstance(second, int) and first != second:
            assert (row["level"], row["level_low"], row["level_high"]) == (None, min(first, second), max(first, second))
        else:
            assert row["level"] == (first if first == second and first != "n/a" else None)


@settings(max_examples=30)
@given(FORMS, FORMS)
def test_what_stands_open_holds_what_both_say(one, two):
    both = [score(FRAMEWORK, answers(form), draws=20, seed=3) for form in (one, two)]
    stood = score(FRAMEWORK, reconcile(answers(one), answers(two)), draws=20, seed=3)

    ends = {row["criterion"]: (row["low"], row["high"]) for row in stood.criteria.iter_rows(named=True)}
    for side in both:
        for row in side.criteria.filter(pl.col("level").is_not_null()).iter_rows(named=True):
            assert ends[row["criterion"]][0] <= row["low"]
            assert ends[row["criterion"]][1] >= row["high"]


def test_a_decision_counts_with_its_reason_and_the_evidence_that_was_shown():
    decided = Decision.validate(
        pl.DataFrame(
            [{"subject": "X", "criterion": "a1", "level": 2, "applies": True, "evidence": None, "reason": "seen on the visit"}],
            schema_overrides={"level": pl.Int8, "evidence": pl.String},
        )
    )
    row = reconcile(answers({"a1": 1}), answers({"a1": 3}), decisions=decided).row(0, named=True)

    assert (row["level"], row["basis"], row["note"], row["evidence"]) == (2, "decided", "seen on the visit", "a paper; a paper")


def test_a_citys_own_view_stands_beside_the_one_from_outside():
    found = place_beside(FRAMEWORK, own=answers({"b1": 4, "b2": 4}), outside=answers({"b1": 1, "b2": 2}), draws=20, seed=1)
    row = found.filter((pl.col("category") == "b") & (pl.col("criterion") == "all")).row(0, named=True)

    assert Beside.is_valid(found)
    assert (row["own"], row["outside"], row["overlap"]) == (4.0, 1.5, False)
    assert row["difference"] == pytest.approx(2.5)
