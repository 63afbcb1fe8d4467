"""Does the gate say what may be compared, and why not?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citytandem.findings import Code
from citytandem.science.balance.gate import Header, aspects, fold, judge, verdict
from citytandem.tables.results_benchmark import ASPECTS, OUTCOMES
from tests.science import towns


def header(city="DE-00000", year=2019, *, missing=None, user_based=True, **other):
    given_head = towns.head(city, year, **other)
    known = {name: given_head[name] for name in Header.__dataclass_fields__ if name in given_head}
    return Header(**known, user_based=user_based, missing=dict.fromkeys(OUTCOMES) | (missing or {}))


def judged(outcome="core", **other):
    return aspects(header(), header("DE-00004", **other), outcome=outcome, window=3)


def test_balances_made_alike_are_comparable_in_every_aspect():
    found = judged()

    assert tuple(found) == ASPECTS
    assert verdict(found) == "comparable"


@pytest.mark.parametrize(
    ("other", "outcome", "aspect", "status"),
    [
        ({"year": 2016}, "core", "year", "comparable"),
        ({"year": 2015}, "core", "year", "not"),
        ({"missing": {"core": "stationary"}}, "core", "sectors", "not"),
        ({"user_based": False}, "core", "scope", "not"),
        ({"user_based": None}, "core", "scope", "after_step"),
        ({"user_based": False}, "transport", "scope", "comparable"),
        ({"gwp": "AR4"}, "waste", "gwp", "after_step"),
        ({"gwp": "AR4"}, "core", "gwp", "comparable"),
        ({"gwp": "co2_only"}, "core", "gases", "after_step"),
        ({"gwp": "co2_only"}, "waste", "gases", "not"),
        ({"upstream": "no"}, "core", "upstream", "after_step"),
        ({"upstream": "no"}, "waste", "upstream", "comparable"),
        ({"electricity": "local"}, "buildings", "electricity", "after_step"),
        ({"electricity": "none"}, "buildings", "electricity", "not"),
        ({"boundary": "place"}, "core", "boundary", "after_step"),
        ({"boundary": "prefecture_level"}, "core", "boundary", "not"),
        ({"weather_corrected": True}, "buildings", "weather", "after_step"),
        ({"weather_corrected": True}, "transport", "weather", "comparable"),
        ({"top_down": True}, "core", "top_down", "comparable"),
    ],
)
def test_each_aspect_is_judged(other, outcome, aspect, status):
    found = judged(outcome, **other)

    assert found[aspect][0] == status


def test_a_top_down_balance_is_compared_but_never_credits_a_measure():
    assert judged(top_down=True)["top_down"][1] is Code.TOP_DOWN_CANNOT_CREDIT


def test_an_obstacle_in_one_outcome_leaves_the_others_open():
    other = header("DE-00004", missing={"industry": "industry_energy"})

    assert verdict(aspects(header(), other, outcome="industry", window=3)) == "not"
    assert verdict(aspects(header(), other, outcome="transport", window=3)) == "comparable"


def test_a_sheet_folds_to_one_status_for_each_pair():
    others = [header("DE-00004"), header("DE-00008", gwp="co2_only"), header("DE-00012", boundary="county")]

    sheet = judge(header(), others, outcome="core")

    assert sheet.height == len(others) * len(ASPECTS)
    assert fold(sheet)["status"].to_list() == ["comparable", "after_step", "not"]
    assert sheet.filter(sheet["status"] != "comparable")["cure"].null_count() == 0


@given(
    st.sampled_from(["SAR", "AR5", "co2_only", "unknown"]), st.sampled_from(["yes", "no", "unknown"]), st.sampled_from(OUTCOMES)
)
def test_the_gate_sees_both_sides_alike(gwp, upstream, outcome):
    one, other = header(), header("DE-00004", gwp=gwp, upstream=upstream, year=2017)

    there = aspects(one, other, outcome=outcome, window=3)
    back = aspects(other, one, outcome=outcome, window=3)

    assert {name: found[0] for name, found in there.items()} == {name: found[0] for name, found in back.items()}
