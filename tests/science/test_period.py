"""Is change over time read off other years, the same from both sides, and never further than they reach?"""

import datetime as dt
from dataclasses import replace

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from citytandem.findings import Code
from citytandem.science.balance.bridge import bridge_between
from citytandem.science.balance.bridge_target import bridge_to_target, target_of_method
from citytandem.science.balance.parts import cut_into_parts
from citytandem.science.balance.period import middle, size_period
from tests.science.test_bridge import CONTENTS, FACTS, SIZES, side

FISCAL = {"period_start": dt.date(2018, 4, 1), "period_end": dt.date(2019, 3, 31)}


def series(values, *, name="own", base=2018, **more):
    """The balance of one year of a publication with its other years beside it; roads are the same in all."""
    made = {
        year: side(("households", value, {}), ("road", 500.0, {}), name=name, year=year, **more) for year, value in values.items()
    }
    return replace(made.pop(base), nearby=tuple(made.values()))


def sized(own, theirs):
    (part,) = (part for part in cut_into_parts(own.cells, theirs.cells) if part.sectors == {"households"})
    return size_period(part, own=own, theirs=theirs)


def period_of(steps):
    return steps.filter(pl.col("step") == "period").select("part", "change_t", "basis").rows()


def test_a_year_that_one_publication_has_itself_is_taken_as_published():
    change, half = sized(series({2018: 100.0, 2019: 90.0, 2020: 85.0}), series({2019: 120.0}, name="theirs", base=2019))

    assert change == pytest.approx(-10.0, abs=0.1)
    assert half >= abs(change)


def test_a_fiscal_year_is_read_off_between_two_published_years():
    own = series({2017: 120.0, 2018: 100.0, 2019: 80.0})
    theirs = replace(side(("households", 70.0, {}), ("road", 500.0, {}), name="theirs"), header=own.header | FISCAL)

    assert sized(own, theirs)[0] == pytest.approx(-20.0 * 0.2466, abs=0.05)
    assert middle(theirs) - middle(own) == pytest.approx(0.2464, abs=0.001)


def test_without_other_years_or_too_far_from_them_nothing_is_sized():
    theirs = side(("households", 90.0, {}), ("road", 500.0, {}), name="theirs", year=2020)

    assert sized(series({2018: 100.0}), theirs) is None
    assert sized(series({2010: 130.0, 2018: 100.0}), theirs) is None
    assert sized(series({2017: 110.0, 2018: 100.0}), theirs) is None


def test_years_that_are_cut_another_way_are_no_series():
    own = series({2018: 100.0})
    other = side(("buildings", 300.0, {}), ("road", 500.0, {}), year=2019)

    assert sized(replace(own, nearby=(other,)), side(("households", 90.0, {}), name="theirs", year=2019)) is None


@given(st.tuples(SIZES, SIZES, SIZES), st.tuples(SIZES, SIZES))
def test_a_bridge_over_time_closes_and_its_way_back_is_the_negative(values, others):
    own = series(dict(zip((2017, 2018, 2019), values, strict=True)))
    theirs = series(dict(zip((2019, 2020), others, strict=True)), name="theirs", base=2019)
    there, back = (bridge_between(*pair)[0]["change_t"].drop_nulls() for pair in ((own, theirs), (theirs, own)))
    scale = max(own.total_t, theirs.total_t, *values, *others, 1.0)

    assert there.sum() == pytest.approx(theirs.total_t - own.total_t, abs=1e-8 * scale)
    assert there.sum() == pytest.approx(-back.sum(), abs=1e-8 * scale)
    assert sorted(there.to_list()) == pytest.approx(sorted(-value for value in back.to_list()), abs=1e-8 * scale)


def test_change_over_time_has_its_own_step_and_the_rest_stays_unexplained():
    own = series({2018: 100.0, 2019: 90.0})
    steps, findings = bridge_between(own, series({2019: 120.0}, name="theirs", base=2019))
    rest = steps.filter((pl.col("step") == "unexplained") & (pl.col("part") == "households")).row(0, named=True)

    assert [(part, round(change), basis) for part, change, basis in period_of(steps)] == [("households", -10, "trend")]
    assert rest["change_t"] == pytest.approx(30.0, abs=0.1)
    assert Code.BRIDGE_PERIOD_BY_TREND in {finding.code for finding in findings}
    assert Code.BRIDGE_NEEDS_SAME_YEAR not in {finding.code for finding in findings}


def test_a_period_nobody_can_size_stays_named_without_a_size():
    steps, findings = bridge_between(side(("households", 100.0, {})), side(("households", 90.0, {}), name="theirs", year=2019))

    assert period_of(steps) == [("total", None, "not_known")]
    assert Code.BRIDGE_NEEDS_SAME_YEAR in {finding.code for finding in findings}


@pytest.mark.parametrize(("energy", "basis"), [(1000.0, "bounded"), (None, "not_known")])
def test_another_way_of_sharing_out_heat_and_power_is_bounded_only_where_the_heat_is_known(energy, basis):
    heat = {"carrier": "district_heat", "activity_mwh": energy}
    own = side(("households", 200.0, heat), upstream="no")
    steps, _ = bridge_to_target(
        own, target_of_method(FACTS.methods["bisko"]), contents=CONTENTS, factor=FACTS.factor, bound=FACTS.bound
    )
    row = steps.filter(pl.col("step") == "chp_allocation").row(0, named=True)

    assert (row["change_t"], row["basis"]) == (None, basis)
    assert (row["low_t"], row["high_t"]) == ((-200.0, 300.0) if energy else (None, None))
