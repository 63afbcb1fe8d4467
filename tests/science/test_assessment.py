"""Better never worsens, unknown widens, nothing makes up for a knock-out, and no city touches another."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citytandem.findings import CannotCompute, Code
from citytandem.science.assessment.answer import answer, answer_from_stages
from citytandem.science.assessment.framework import ACTIVITY, pick_framework
from citytandem.science.assessment.score import score
from citytandem.sources.facts import load_facts
from citytandem.tables.assessment import ScoredCategory, ScoredCriterion, SubjectOutcome
from tests.science.frameworks import answers, invent_framework

FRAMEWORK = invent_framework()
CRITERIA = ("a1", "a2", "a3", "b1", "b2")
CLOSE = 1e-9
FORMS = st.fixed_dictionaries({key: st.one_of(st.none(), st.just("n/a"), st.integers(0, 4)) for key in CRITERIA})


def scored(given, **more):
    return score(FRAMEWORK, answers(given, **more), draws=60, seed=7)


def intervals(found, subject="X"):
    """Low and high by category and criterion; none where nothing applies."""
    ends = {}
    for frame, key in ((found.categories, "category"), (found.criteria, "criterion")):
        for row in frame.filter(pl.col("subject") == subject).iter_rows(named=True):
            ends[row[key]] = (row["low"], row["high"])
    return ends


def outcome(found, subject="X"):
    return found.outcomes.filter(pl.col("subject") == subject)["outcome"][0]


@settings(max_examples=30)
@given(FORMS, st.sampled_from(CRITERIA))
def test_a_higher_level_never_lowers_anything(form, key):
    if not isinstance(form[key], int) or form[key] == 4:
        form = form | {key: 2}
    before, after = scored(form), scored(form | {key: form[key] + 1})

    ends = intervals(after)
    lowered = [
        name
        for name, (low, high) in intervals(before).items()
        if low is not None and (ends[name][0] < low - CLOSE or ends[name][1] < high - CLOSE)
    ]
    assert lowered == []
    assert [
        one for one, two in zip(before.categories["level"], after.categories["level"], strict=True) if one and two < one - CLOSE
    ] == []
    assert (outcome(before), outcome(after)) not in {("met", "failed"), ("met", "open"), ("open", "failed")}


@settings(max_examples=30)
@given(FORMS, st.sampled_from(CRITERIA))
def test_knowing_less_never_narrows_an_interval(form, key):
    if form[key] == "n/a":
        form = form | {key: 1}
    before, after = intervals(scored(form)), intervals(scored(form | {key: None}))

    narrowed = [
        name
        for name, (low, high) in before.items()
        if low is not None and (after[name][0] > low + CLOSE or after[name][1] < high - CLOSE)
    ]
    assert narrowed == []


@settings(max_examples=30)
@given(FORMS, st.sampled_from(CRITERIA), st.integers(0, 4))
def test_evidence_never_worsens_an_answer(form, key, level):
    silent = scored(form | {key: {"level": level, "evidence": None}})
    shown = scored(form | {key: level})

    for name, (low, high) in intervals(silent).items():
        if low is not None:
            assert intervals(shown)[name][0] >= low - CLOSE
            assert intervals(shown)[name][1] <= high + CLOSE


@settings(max_examples=30)
@given(FORMS)
def test_a_level_lies_in_its_interval(form):
    found = scored(form)

    for frame in (found.categories, found.criteria):
        known = frame.filter(pl.col("level").is_not_null())
        assert known.filter((pl.col("level") < pl.col("low") - CLOSE) | (pl.col("level") > pl.col("high") + CLOSE)).is_empty()


@settings(max_examples=30)
@given(FORMS, st.integers(0, 1))
def test_nothing_makes_up_for_a_failed_knock_out(form, level):
    perfect = dict.fromkeys(CRITERIA, 4)

    for others in (form, perfect):
        assert outcome(scored(others | {"a1": level})) == "failed"
        assert scored(others | {"a1": level}).outcomes["failed"].to_list() == [["a1"]]


@pytest.mark.parametrize(
    ("given", "told"), [(4, "met"), (2, "met"), (1, "failed"), (None, "open"), ("n/a", "none"), ((1, 3), "open"), ((2, 3), "met")]
)
def test_a_knock_out_is_met_open_or_failed_by_its_whole_interval(given, told):
    assert outcome(scored({"a1": given, "a2": 4})) == told


@settings(max_examples=30)
@given(FORMS, FORMS)
def test_another_city_changes_nobody_else(form, other):
    alone = scored(form)
    both = score(FRAMEWORK, pl.concat([answers(other, subject="A"), answers(form)]), draws=60, seed=7)

    assert both.criteria.filter(pl.col("subject") == "X").equals(alone.criteria)
    assert both.categories.filter(pl.col("subject") == "X").equals(alone.categories)
    assert both.outcomes.filter(pl.col("subject") == "X").equals(alone.outcomes)


@settings(max_examples=30)
@given(FORMS, st.randoms())
def test_the_order_of_answers_does_not_matter(form, chance):
    keys = list(form)
    chance.shuffle(keys)

    assert scored({key: form[key] for key in keys}).categories.equals(scored(form).categories)


def test_what_does_not_apply_is_left_out_above_and_below_the_line():
    found = scored({"a1": 2, "a2": "n/a", "a3": "n/a"}).categories.filter(pl.col("category") == "a").row(0, named=True)

    assert (found["level"], found["low"], found["high"], found["known"], found["parts"]) == (2.0, 2.0, 2.0, 1, 1)


def test_a_category_in_which_nothing_applies_has_no_level_and_no_coverage():
    found = scored({"b1": "n/a", "b2": "n/a"}).categories.filter(pl.col("category") == "b").row(0, named=True)

    assert [found[name] for name in ("level", "low", "high", "coverage")] == [None] * 4


def test_what_is_missing_counts_from_nothing_to_all():
    even = invent_framework(spread=(1.0, 1.0))
    found = score(even, answers({"b1": 3}), draws=10, seed=1).categories.filter(pl.col("category") == "b").row(0, named=True)

    assert (found["level"], found["low"], found["high"], found["coverage"]) == (3.0, 1.5, 3.5, 0.5)


def test_weights_with_a_range_widen_a_mean_of_different_levels():
    found = scored({"b1": 0, "b2": 4}).categories.filter(pl.col("category") == "b").row(0, named=True)

    assert found["low"] < 2.0 < found["high"]


def test_a_claim_without_evidence_is_held_down_and_its_interval_reaches_up_to_it():
    row = scored({"b1": {"level": 3, "evidence": None}}).criteria.filter(pl.col("criterion") == "b1").row(0, named=True)

    assert (row["status"], row["level"], row["low"], row["high"], row["claimed"]) == ("unproven", None, 1.0, 3.0, 3.0)


def test_a_level_that_asks_for_no_evidence_needs_none():
    row = scored({"b1": {"level": 1, "evidence": None}}).criteria.filter(pl.col("criterion") == "b1").row(0, named=True)

    assert (row["status"], row["level"]) == ("answered", 1.0)


def test_the_tables_keep_their_schemas_and_hold_no_total():
    found = scored(dict.fromkeys(CRITERIA, 2))

    assert ScoredCriterion.is_valid(found.criteria)
    assert ScoredCategory.is_valid(found.categories)
    assert SubjectOutcome.is_valid(found.outcomes)
    assert "level" not in found.outcomes.columns


def test_no_answer_at_all_is_refused():
    with pytest.raises(CannotCompute) as refusal:
        answer(FRAMEWORK, answers=answers({}), seed=1)

    assert refusal.value.finding.code is Code.ANSWERS_MISSING


def test_an_answer_to_a_criterion_takes_the_place_of_its_measures():
    activity = pick_framework(load_facts(), ACTIVITY)
    stages = pl.DataFrame(
        {"city": ["DE-1"], "measure": ["G02"], "stage": [1], "stage_low": [0], "stage_high": [2], "lead_evidence": ["report"]},
        schema_overrides=dict.fromkeys(("stage", "stage_low", "stage_high"), pl.Int8),
    )
    from_tables = answer_from_stages(stages, framework=activity)
    measured, replaced = (
        score(activity, rows, draws=5, seed=1).criteria.filter(pl.col("criterion") == "inventory").row(0, named=True)
        for rows in (from_tables, pl.concat([from_tables, answers({"inventory": 4}, subject="DE-1")]))
    )

    assert (measured["level"], measured["low"], measured["high"], measured["status"]) == (1.0, 0.0, 3.0, "partly")
    assert (replaced["level"], replaced["parts"], replaced["status"]) == (4.0, 1, "answered")


@pytest.mark.parametrize("key", load_facts().framework["framework"].to_list())
def test_every_shipped_framework_can_be_answered_in_full(key):
    framework = pick_framework(load_facts(), key)
    found = score(framework, answers(dict.fromkeys(framework.criterion["criterion"], 4)), draws=5, seed=1)

    assert found.categories["level"].to_list() == [4.0] * framework.category.height
    assert outcome(found) in {"met", "none"}


def test_a_framework_of_one_version_is_found_without_it():
    facts = load_facts()

    assert pick_framework(facts, "rfsc").framework == "rfsc_2016"
    with pytest.raises(CannotCompute) as refusal:
        pick_framework(facts, "iso_37120")
    assert refusal.value.finding.code is Code.FRAMEWORK_UNKNOWN
