"""Activity times factor: zero is zero, unknown stays unknown, heat is shared by exergy, rules are checked and never certified."""

import math

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from citytandem.findings import CannotCompute, Code
from citytandem.science.balance.compile import compile_lines, pin_factors, roll_up_quality
from citytandem.science.balance.electricity import price_electricity
from citytandem.science.balance.heat import HeatFactor, Plant, carnot_efficiency, choose_heat_factor, share_to_electricity
from citytandem.science.balance.reconcile import reconcile
from citytandem.science.balance.regions import Regions
from citytandem.science.balance.rules import check_rules
from citytandem.sources.facts import load_facts
from citytandem.tables.results_bridge import Bucket, ElectricityView, RuleCheck
from tests.science.test_bridge import CONTENTS, header, lines, side

FACTS = load_facts()
DIRECT = {"natural_gas": "lfu-brandenburg-factors", "electricity": "uba-2023-electricity"}


def activity(*rows):
    schema = {"country": pl.String, "year": pl.Int16, "carrier": pl.String, "activity_mwh": pl.Float64, "notation": pl.String}
    return pl.DataFrame([("DE", 2019, *row) for row in rows], schema=schema, orient="row")


def test_zero_missing_and_a_notation_key_are_three_different_things():
    rows = activity(("natural_gas", 0.0, None), ("natural_gas", None, None), ("natural_gas", None, "NE"), ("waste", 5.0, None))
    factor = pl.DataFrame({"carrier": ["natural_gas"], "factor_kg_per_mwh": [202.0], "version": ["x"]})

    found = compile_lines(rows, factor=factor, on=["carrier"])

    assert found["status"].to_list() == ["zero", "no_activity", "notation", "no_factor"]
    assert found["emissions_t"].to_list() == [0.0, None, None, None]


@given(energy=st.lists(st.floats(0, 1e8), min_size=1, max_size=20), price=st.floats(1, 900))
def test_compiling_never_changes_energy_and_is_proportional_to_the_factor(energy, price):
    rows = activity(*(("natural_gas", value, None) for value in energy))
    factor = pl.DataFrame({"carrier": ["natural_gas"], "factor_kg_per_mwh": [price], "version": ["x"]})

    found = compile_lines(rows, factor=factor, on=["carrier"])

    assert found["activity_mwh"].to_list() == rows["activity_mwh"].to_list()
    assert found["emissions_t"].sum() == pytest.approx(math.fsum(energy) * price / 1000, rel=1e-9, abs=1e-9)


def test_factors_are_pinned_by_source_and_view():
    found = pin_factors(FACTS.factor, view="direct", sources={"electricity": "uba-2023-electricity"})
    year = found.filter((pl.col("country") == "DE") & (pl.col("year") == 2019)).row(0, named=True)

    assert (year["factor_kg_per_mwh"], year["version"]) == (411.0, "uba-2023-electricity@direct")


def test_two_factors_for_one_key_are_refused():
    double = pl.concat([FACTS.factor.head(1)] * 2)

    with pytest.raises(CannotCompute) as refused:
        pin_factors(double, view=str(double["view"][0]), sources={str(double["carrier"][0]): double["source"][0]})

    assert refused.value.finding.code is Code.FACTOR_NOT_PINNED


def test_quality_is_weighted_by_energy():
    rows = pl.DataFrame(
        {
            "balance": ["a"] * 5 + ["b"] * 2,
            "activity_mwh": [40.0, 30.0, 20.0, 10.0, 100.0, 30.0, 10.0],
            "grade": ["A", "B", "C", "D", None, "H", "L"],
        }
    )

    found = {row["balance"]: row for row in roll_up_quality(rows).to_dicts()}

    assert found["a"]["quality"] == pytest.approx(0.6)
    assert found["a"]["graded_share"] == pytest.approx(0.5)
    assert (found["b"]["quality"], found["b"]["share_h"], found["b"]["share_l"]) == (None, 0.75, 0.25)


def test_a_supply_of_78_degrees_gives_the_share_of_the_published_default():
    assert carnot_efficiency(351.0) == pytest.approx(0.193, abs=0.001)


@given(power=st.floats(0, 1e6), heat=st.floats(1, 1e6), supply=st.floats(300, 500))
def test_heat_and_power_share_all_emissions_between_them(power, heat, supply):
    plant = Plant(electricity_mwh=power, heat_mwh=heat, supply_k=supply, emissions_t=1000.0, source="own")
    sold = share_to_electricity(electricity_mwh=power, heat_mwh=heat, supply_k=supply)

    assert 0 <= sold <= 1
    assert choose_heat_factor(plant).kg_per_mwh * heat / 1000 + sold * 1000 == pytest.approx(1000.0)


def test_district_heat_takes_the_first_rule_that_can_be_used():
    plant = Plant(electricity_mwh=10.0, heat_mwh=20.0, supply_k=360.0, emissions_t=5.0, source="own")
    usual = HeatFactor(90.0, "predominant_plant", "table")

    assert [choose_heat_factor(plant, predominant=usual).rule, choose_heat_factor(predominant=usual).rule] == [
        "own_plant",
        "predominant_plant",
    ]
    assert (choose_heat_factor().rule, choose_heat_factor().kg_per_mwh) == ("fallback", 260.0)


def test_heat_that_is_no_warmer_than_its_return_is_refused():
    with pytest.raises(ValueError, match="not above"):
        carnot_efficiency(283.0)


def test_electricity_has_two_views_and_its_energy_is_the_same_in_each():
    power = {"carrier": "electricity", "scope": "2", "activity_mwh": 1000.0}
    found = price_electricity(lines(("households", 500.0, power)), factor=FACTS.factor, country="DE", year=2019, source="own")
    views = {row["view"]: row for row in found.to_dicts()}

    assert set(found["activity_mwh"].to_list()) == {1000.0}
    assert views["reported"]["factor_kg_per_mwh"] == pytest.approx(500.0)
    assert (views["national"]["emissions_t"], views["national"]["content"]) == (pytest.approx(411.0), "direct")
    assert views["common"]["emissions_t"] == pytest.approx(400.0)
    assert views["production_mix"]["emissions_t"] < views["residual_mix"]["emissions_t"]
    ElectricityView.validate(found, cast=True)


def test_a_grid_region_is_a_view_of_its_own():
    power = {"carrier": "electricity", "activity_mwh": 1000.0}
    found = price_electricity(
        lines(("households", None, power)),
        factor=FACTS.factor,
        country="US",
        year=2022,
        source="own",
        regions=Regions(("NYUP",), mark="S"),
    )

    assert found.filter(pl.col("view") == "regional")["emissions_t"].to_list() == [pytest.approx(125.0)]


def test_electricity_that_is_not_stated_stays_unknown_in_every_view():
    found = price_electricity(lines(("households", 5.0, {})), factor=FACTS.factor, country="DE", year=2019, source="own")

    assert found["activity_mwh"].null_count() == found["emissions_t"].null_count() == found.height


def _full_bisko():
    grid = ("electricity", "natural_gas", "district_heat")
    homes = [(sector, 5.0, {"carrier": name, "activity_mwh": 9.0, "grade": "A"}) for sector in ("households", "services",
             "industry_energy") for name in grid]  # fmt: skip
    ways = [(sector, 5.0, {"carrier": "diesel", "activity_mwh": 9.0, "grade": "B"}) for sector in ("road", "rail", "navigation",
            "aviation")]  # fmt: skip
    return lines(*homes, *ways)


def test_a_balance_that_keeps_what_can_be_seen_is_still_not_certified():
    stated = header(method="bisko", upstream="yes", gwp="AR5", electricity="national")

    found = check_rules(stated, _full_bisko(), method=FACTS.methods["bisko"])

    assert found["verdict"].to_list() == ["kept", "kept", "kept", "kept", "kept", "cannot_tell", "kept"]
    RuleCheck.validate(found, cast=True)


def test_a_balance_of_tonnes_alone_leaves_most_rules_open():
    found = check_rules(header(weather_corrected=True), lines(("households", 5.0, {})), method=FACTS.methods["unknown"])

    assert dict(found.select("rule", "verdict").iter_rows()) == {
        "territorial": "cannot_tell",
        "sector_and_carrier": "cannot_tell",
        "factors_with_upstream": "cannot_tell",
        "federal_mix": "cannot_tell",
        "no_weather_correction": "broken",
        "heat_by_exergy": "cannot_tell",
        "quality_stated": "cannot_tell",
    }


def _town():
    power = {"carrier": "electricity", "scope": "2", "activity_mwh": 1000.0}
    return side(("households", 500.0, power), ("road", 800.0, {}), ("waste", 70.0, {}), name="own", year=2019)


def test_a_missing_sector_is_found_before_anything_is_scaled():
    found = reconcile(_town(), published_t=1300.0, contents=CONTENTS, factor=FACTS.factor)

    assert (found.status, found.explanations) == ("explained", (("without_waste",),))
    Bucket.validate(found.buckets, cast=True)


def test_another_electricity_factor_is_found():
    found = reconcile(_town(), published_t=1370.0 - 500.0 + 411.0, contents=CONTENTS, factor=FACTS.factor)

    assert found.explanations == (("electricity_national",),)


def test_a_difference_nobody_can_name_stays_open():
    found = reconcile(_town(), published_t=1123.0, contents=CONTENTS, factor=FACTS.factor)

    assert found.status == "open"
    assert [finding.code for finding in found.findings] == [Code.RECONCILE_OPEN]


def test_equal_totals_need_no_explanation():
    found = reconcile(_town(), published_t=1370.2, contents=CONTENTS, factor=FACTS.factor)

    assert (found.status, found.explanations, found.findings) == ("same", (), ())
