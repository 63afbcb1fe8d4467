"""Does the sheet say for each pair and for the group what may be compared, and what would cure the rest?"""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import citytandem as ct
from citytandem.findings import CannotCompute, Code
from citytandem.science.benchmark.sheet import answer, choose_balances, judge_group
from citytandem.sources.validate import validate
from citytandem.tables.results_benchmark import ASPECTS, GATE
from citytandem.tables.results_gate import VARIANTS, ComparedBalance, GateAspect, GateGroup, GatePair
from tests.science import towns
from tests.science.test_gate import header

SOURCE = pl.DataFrame({"source": ["invented"]})


@pytest.fixture(scope="module")
def prepared():
    return towns.made_ready()


def status_of(found, outcome="core"):
    return found["group"].filter(pl.col("outcome") == outcome).row(0, named=True)


def test_every_frame_keeps_its_schema(prepared):
    found = answer(prepared, cities=["DE-00000", "DK-00001", "JP-00002"], source=SOURCE)

    for frame, schema in (
        (found.balance, ComparedBalance), (found.group, GateGroup), (found.pair, GatePair), (found.aspect, GateAspect),
    ):  # fmt: skip
        assert validate(frame, schema, where=schema.__name__)[1] == []


def test_a_sheet_holds_every_pair_and_variant_and_aspect(prepared):
    cities = ["DE-00000", "DK-00001", "JP-00002", "US-00003"]
    found = answer(prepared, cities=cities, source=SOURCE)

    assert found.cities == tuple(cities)
    assert found.balance["city"].to_list() == cities
    assert found.pair.height == 6 * len(VARIANTS)
    assert found.aspect.height == 6 * len(VARIANTS) * len(ASPECTS)
    assert found.group["pairs"].to_list() == [6] * len(VARIANTS)


def test_a_group_has_the_status_of_its_weakest_pair():
    found = judge_group([header(), header("DE-00004"), header("DE-00008", upstream="no"), header("DE-00012", boundary="county")])
    row = status_of(found)

    assert row["status"] == "not"
    assert (row["comparable"], row["after_step"], row["not_comparable"]) == (1, 2, 3)
    assert row["together"] == "DE-00000,DE-00004,DE-00008"


def test_two_that_cannot_be_compared_leave_nothing_to_stand_together():
    assert status_of(judge_group([header(), header("DE-00004", boundary="county")]))["together"] is None


def test_a_top_down_balance_is_compared_and_flagged_and_credits_nothing():
    found = judge_group([header(), header("DE-00004", top_down=True)])
    told = found["aspect"].filter((pl.col("aspect") == "top_down") & (pl.col("outcome") == "core")).row(0, named=True)

    assert status_of(found)["status"] == "comparable"
    assert not found["pair"]["credits_measures"].any()
    assert (told["status"], told["code"]) == ("comparable", str(Code.TOP_DOWN_CANNOT_CREDIT))


def test_what_needs_a_step_or_stops_a_pair_has_a_cure():
    found = judge_group(
        [header(), header("DE-00004", upstream="no", boundary="county", gwp="co2_only", missing={"core": "road"})]
    )
    blocked = found["aspect"].filter(pl.col("status") != "comparable")

    assert blocked.height
    assert blocked["cure"].null_count() == 0


@given(
    st.permutations([header(), header("DE-00004", upstream="no"), header("DE-00008", gwp="AR4"), header("DE-00012", year=2012)])
)
def test_the_order_of_the_cities_changes_no_status(headers):
    found = judge_group(headers)["group"].drop("together")

    assert found.equals(judge_group(sorted(headers, key=lambda one: one.city))["group"].drop("together"))
    assert set(found["status"].cast(pl.String)) <= set(GATE)


def test_years_are_new_and_close_together(prepared):
    rows = choose_balances(prepared, cities=["DE-00000", "DK-00001"])

    assert [int(prepared.years[row]) for row in rows] == [2019, 2019]


def test_each_city_can_have_its_own_year(prepared):
    rows = choose_balances(prepared, cities=["DE-00000", "DK-00001"], years=[2016, 2018])

    assert [int(prepared.years[row]) for row in rows] == [2016, 2018]


@pytest.mark.parametrize(
    ("cities", "years", "code"),
    [
        (["DE-00000"], (), Code.GATE_NEEDS_CITIES),
        (["DE-00000", "DE-00000"], (), Code.GATE_NEEDS_CITIES),
        ([towns.town(number) for number in range(7)], (), Code.GATE_NEEDS_CITIES),
        (["DE-00000", "DK-00001", "JP-00002"], (2018, 2019), Code.GATE_NEEDS_YEARS),
        (["DE-00000", "DK-00001"], (1850,), Code.YEAR_WITHOUT_BALANCE),
        (["DE-00000", "XX-99999"], (), Code.CITY_WITHOUT_BALANCE),
    ],
)
def test_what_cannot_be_answered_is_refused_with_a_reason(prepared, cities, years, code):
    with pytest.raises(CannotCompute) as refused:
        answer(prepared, cities=cities, years=years, source=SOURCE)

    assert refused.value.finding.code is code


def test_the_sheet_says_of_a_pair_what_the_benchmark_says_of_a_peer():
    atlas = ct.load()
    told = ct.benchmark(atlas, city="Aarhus", year=2019)
    gate = told.gate.filter(pl.col("outcome").cast(pl.String) == "core").select("city", "aspect", "status", "other")
    peer = gate["city"][0]
    year = int(gate.filter(pl.col("city") == peer)["other"][0].split(".")[1])
    sheet = ct.gate(atlas, cities=["Aarhus", peer], years=[2019, year])
    core = sheet.aspect.filter(pl.col("outcome").cast(pl.String) == "core")
    both = gate.filter(pl.col("city") == peer).select(pl.col("aspect", "status").cast(pl.String)).rows()

    assert sheet.balance["balance"][1] == gate.filter(pl.col("city") == peer)["other"][0]
    assert core.select(pl.col("aspect", "status").cast(pl.String)).rows() == both
