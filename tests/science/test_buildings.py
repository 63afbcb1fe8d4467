"""Buildings with bad data get findings and no number; weather is taken out beside the reading; gaps close exactly."""

import datetime as dt

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citytandem.findings import CannotCompute, Code, Severity
from citytandem.science.buildings.answer import compare_building, describe_building
from citytandem.science.buildings.checks import check_buildings, unsound
from citytandem.science.buildings.comparison import compare_limits, compare_similar
from citytandem.science.buildings.conventions import convert_values
from citytandem.science.buildings.gap import TERMS
from citytandem.science.buildings.weather import normalise, trace_model, year_use
from citytandem.sources.facts import load_facts
from citytandem.tables import building as tables

MONTHLY = [-5.0, -2, 4, 12, 18, 23, 26, 25, 20, 13, 5, -2]
REFERENCE = [-3.0, 0, 5, 13, 19, 24, 26, 25, 20, 14, 6, 0]
STARTS = [dt.date(2025, month, 1) for month in range(1, 13)]
ENDS = [*STARTS[1:], dt.date(2026, 1, 1)]


def invent_building(key="house", **more):
    row = {
        "building": key, "name": key, "country": "CN", "city": "Weihai", "zone": "cold", "use": "residential",
        "phase": "completed", "gross_area_m2": 1200.0, "gross_convention": "chinese_built", "treated_area_m2": 1000.0,
        "treated_convention": "usable", "mark": "S", "source": "own",
    }  # fmt: skip
    return _frame(tables.Building, [row | more])


def invent_values(*rows):
    base = {
        "building": "house", "state": "designed", "convention": "chinese_standard", "area_convention": "usable",
        "period": "not_stated", "unit": "kWh/m2a", "mark": "S", "source": "own",
    }  # fmt: skip
    return _frame(tables.BuildingValue, [base | row for row in rows])


def invent_meters(use_per_day, *, carrier="electricity", kind="read"):
    rows = [
        {"building": "house", "carrier": carrier, "starts": one, "ends": end, "energy_kwh": day * (end - one).days, "kind": kind}
        for one, end, day in zip(STARTS, ENDS, use_per_day, strict=True)
    ]
    return _frame(tables.MeterReading, rows)


def invent_weather(*, reference=REFERENCE):
    rows = [
        {"series": name, "starts": one, "ends": end, "temperature_mean": mean}
        for name, means in (("metered", MONTHLY), ("reference", reference))
        for one, end, mean in zip(STARTS, ENDS, means, strict=False)
    ]
    return _frame(tables.OutdoorTemperature, rows)


def _frame(schema, rows):
    columns = {
        name: pl.String if isinstance(column.dtype, pl.Enum) else column.dtype for name, column in schema.columns().items()
    }
    return schema.validate(pl.DataFrame(rows, schema=columns), cast=True)


def heated(base=60.0, slope=8.0, point=14.0):
    return base + slope * np.maximum(point - np.array(MONTHLY), 0)


def compare(*, buildings=None, values=None, meters=None, weather=None):
    return compare_building(
        "house",
        buildings=invent_building() if buildings is None else buildings,
        values=invent_values({"indicator": "total_final", "value": 40.0}) if values is None else values,
        limits=load_facts().building_limit,
        readings=invent_meters(heated()) if meters is None else meters,
        temperatures=invent_weather() if weather is None else weather,
    )


def test_designed_and_measured_stand_side_by_side_and_weather_beside_them():
    found = compare()
    read = float(invent_meters(heated())["energy_kwh"].sum()) / 365 * 365.25 / 1000

    assert (found.designed, found.area_m2, found.area_convention) == (40.0, 1000.0, "usable")
    assert found.measured == pytest.approx(read)
    assert found.reference < found.measured
    assert found.low <= found.reference <= found.high
    assert found.normalised.fit.model.kind == "3PH"
    assert found.findings == ()


def test_normalising_recovers_the_use_of_a_known_building_in_another_year():
    found = compare()
    days = np.array([(end - one).days for one, end in zip(STARTS, ENDS, strict=True)])
    true = float(days @ (60 + 8 * np.maximum(14 - np.array(REFERENCE), 0))) / 365 * 365.25 / 1000

    assert found.reference == pytest.approx(true, rel=1e-6)


def test_the_metered_figure_stays_the_same_whatever_the_reference_weather():
    warm = compare(weather=invent_weather(reference=[20.0] * 12))
    cold = compare(weather=invent_weather(reference=[-5.0] * 12))

    assert warm.measured == cold.measured
    assert warm.reference < cold.reference


@settings(max_examples=25)
@given(
    st.floats(5, 200),
    st.one_of(st.none(), st.tuples(st.floats(18, 22), st.floats(18, 26))),
    st.one_of(st.none(), st.tuples(st.floats(0.3, 1), st.floats(0.3, 3))),
    st.one_of(st.none(), st.tuples(st.floats(0.7, 0.9), st.floats(0.5, 0.9))),
)
def test_the_terms_of_a_gap_add_up_to_it(designed, temperature, leakage, recovery):
    rows = [{"indicator": "total_final", "value": designed}]
    rows += [{"indicator": "room_height", "value": 2.6, "unit": "m", "area_convention": "not_stated"}]
    rows += [{"indicator": "ventilation_rate", "value": 0.4, "unit": "1/h", "area_convention": "not_stated"}]
    pairs = (("indoor_temperature", temperature, "degC"), ("n50", leakage, "1/h"), ("heat_recovery", recovery, "share"))
    for name, pair, unit in pairs:
        for state, value in zip(("designed", "measured"), pair or (), strict=False):
            rows.append({"indicator": name, "value": value, "unit": unit, "state": state, "area_convention": "not_stated"})
    found = compare(values=invent_values(*rows))

    assert found.terms["term"].to_list() == list(TERMS)
    assert found.terms["value"].sum() == pytest.approx(found.measured - found.designed)
    assert found.terms.filter(pl.col("term") == "weather")["value"].item() == pytest.approx(found.measured - found.reference)


def test_what_is_not_known_twice_is_no_term_but_in_the_rest():
    terms = dict(compare().terms.select("term", "value").iter_rows())

    assert terms["setpoint"] is terms["airtightness"] is terms["heat_recovery"] is None
    assert terms["unexplained"] is not None


def test_a_warmer_house_is_explained_by_its_setpoint():
    rows = [{"indicator": "total_final", "value": 30.0}]
    for state, value in (("designed", 20.0), ("measured", 22.0)):
        rows.append({"indicator": "indoor_temperature", "state": state, "value": value, "unit": "degC"})
    terms = dict(compare(values=invent_values(*rows)).terms.select("term", "value").iter_rows())

    assert terms["setpoint"] > 0


BAD = {
    "the treated area is larger": ({"treated_area_m2": 2000.0}, (), Code.BUILDING_AREAS_CLASH),
    "completed before planned": ({"year_planned": 2020, "year_completed": 2010}, (), Code.BUILDING_YEARS_CLASH),
    "no air leaks at all": ({}, ({"indicator": "n50", "value": 0.0, "unit": "1/h"},), Code.BUILDING_VALUE_IMPOSSIBLE),
    "a wall of U 60": ({}, ({"indicator": "u_wall", "value": 60.0, "unit": "W/m2K"},), Code.BUILDING_VALUE_IMPOSSIBLE),
    "a demand in W": ({}, ({"indicator": "heating_demand", "value": 12.0, "unit": "W/m2"},), Code.BUILDING_UNIT_WRONG),
    "carriers above the total": ({}, ({"indicator": "electricity", "value": 90.0},), Code.BUILDING_CARRIERS_DIFFER),
}


@pytest.mark.parametrize("what", BAD)
def test_a_building_with_bad_data_gets_findings_and_no_number(what):
    record, rows, code = BAD[what]
    values = invent_values({"indicator": "total_final", "value": 40.0}, *rows)
    found = compare(buildings=invent_building(**record), values=values)
    sheet = describe_building("house", buildings=invent_building(**record), values=values, limits=load_facts().building_limit)

    assert {finding.code for finding in found.findings} >= {code, Code.BUILDING_WITHHELD}
    assert (found.designed, found.measured, found.reference, found.normalised) == (None, None, None, None)
    assert found.terms.is_empty()
    assert sheet.limits.is_empty()
    assert sheet.similar.is_empty()
    assert sheet.values.height == values.height


def test_what_is_unusual_is_told_and_kept():
    values = invent_values({"indicator": "n50", "value": 15.0, "unit": "1/h"})
    findings = check_buildings(invent_building(), values=values)

    assert [finding.code for finding in findings] == [Code.BUILDING_VALUE_UNUSUAL]
    assert unsound(findings) == set()


def test_conventions_are_never_mixed_in_silence():
    values = invent_values(
        {"indicator": "heating_demand", "value": 15.0},
        {"indicator": "heating_demand", "value": 11.0, "convention": "phpp", "area_convention": "phpp_treated"},
    )
    findings = check_buildings(invent_building(), values=values)

    assert [finding.code for finding in findings] == [Code.BUILDING_CONVENTIONS_MIXED]


def test_a_day_read_twice_stops_the_answer():
    meters = invent_meters(heated())
    moved = meters.with_columns(pl.when(pl.col("starts") == STARTS[3]).then(pl.lit(ENDS[4])).otherwise("ends").alias("ends"))
    found = compare(meters=moved)

    assert Code.BUILDING_METERS_OVERLAP in {finding.code for finding in found.findings}
    assert found.measured is None


def test_half_a_year_is_no_year():
    found = compare(meters=invent_meters(heated()).head(6))

    assert {finding.code for finding in found.findings} == {Code.BUILDING_METERS_SHORT}
    assert found.measured is None
    assert found.reference is None


def test_a_use_that_does_not_hang_on_the_weather_is_not_normalised():
    wild = np.array([10.0, 300, 20, 280, 5, 330, 15, 290, 25, 310, 8, 270])
    found = compare(meters=invent_meters(wild))

    assert Code.BUILDING_FIT_WEAK in {finding.code for finding in found.findings}
    assert found.measured is not None
    assert found.reference is None


def test_a_missing_reference_year_leaves_the_reading_alone():
    found = compare(weather=invent_weather().filter(pl.col("series") == "metered"))

    assert {finding.code for finding in found.findings} == {Code.BUILDING_WEATHER_NO_REFERENCE}
    assert found.measured is not None
    assert found.reference is None


def test_carriers_are_added_where_their_periods_agree():
    meters = pl.concat([invent_meters(heated()), invent_meters([5.0] * 12, carrier="natural_gas")])
    both = compare(meters=meters)

    assert both.measured == pytest.approx(compare().measured + 5 * 365.25 / 1000)


def test_daily_temperatures_give_the_same_as_their_monthly_means():
    daily = [
        {"series": name, "starts": day, "ends": day + dt.timedelta(days=1), "temperature_mean": mean}
        for name, means in (("metered", MONTHLY), ("reference", REFERENCE))
        for one, end, mean in zip(STARTS, ENDS, means, strict=True)
        for day in (one + dt.timedelta(days=at) for at in range((end - one).days))
    ]
    found = compare(weather=_frame(tables.OutdoorTemperature, daily))

    assert found.reference == pytest.approx(compare().reference)


def test_areas_are_converted_only_where_both_are_known():
    values = invent_values({"indicator": "heating_demand", "value": 12.0}, {"indicator": "u_wall", "value": 0.2, "unit": "W/m2K"})
    both = convert_values(values, invent_building(), area_convention="chinese_built")
    one = convert_values(values, invent_building(treated_convention="not_stated"), area_convention="chinese_built")

    assert dict(both.select("indicator", "converted").iter_rows()) == pytest.approx({"heating_demand": 10.0, "u_wall": 0.2})
    assert dict(one.select("indicator", "converted").iter_rows()) == {"heating_demand": None, "u_wall": 0.2}
    assert both["value"].to_list() == values["value"].to_list()


def test_limits_hold_only_figures_of_their_own_convention():
    values = invent_values({"indicator": "heating_demand", "value": 14.0}, {"indicator": "n50", "value": 0.5, "unit": "1/h"})
    (row,) = invent_building().cast({pl.Enum: pl.String}).to_dicts()
    held = compare_limits(row, values=values, limits=load_facts().building_limit)
    verdicts = {(one["standard"], one["standard_class"], one["indicator"]): one["verdict"] for one in held.to_dicts()}

    assert verdicts["gb-t-51350-2019", "nearly_zero", "heating_demand"] == "kept"
    assert verdicts["passive-house", "classic", "heating_demand"] == "other_convention"
    assert verdicts["passive-house", "classic", "n50"] == "kept"
    assert held["limit_source"].null_count() == 0


def test_recalled_figures_are_held_against_nothing():
    values = invent_values({"indicator": "heating_demand", "value": 14.0, "mark": "K"})
    (row,) = invent_building().cast({pl.Enum: pl.String}).to_dicts()

    assert compare_limits(row, values=values, limits=load_facts().building_limit).is_empty()


def test_similar_buildings_are_a_range_from_five_on_and_one_more_changes_nothing_of_others():
    keys = ["house", *(f"other-{at}" for at in range(5))]
    buildings = pl.concat([invent_building(key) for key in keys])
    values = pl.concat(
        [invent_values({"building": key, "indicator": "heating_demand", "value": 10.0 + at}) for at, key in enumerate(keys)]
    )
    (row,) = buildings.filter(pl.col("building") == "house").cast({pl.Enum: pl.String}).to_dicts()
    shown, findings = compare_similar(row, buildings=buildings, values=values)
    fewer, told = compare_similar(row, buildings=buildings.head(5), values=values.head(5))
    far = pl.concat([buildings, invent_building("far", zone="temperate")])
    more = pl.concat([values, invent_values({"building": "far", "indicator": "heating_demand", "value": 99.0})])

    assert shown.select("low", "middle", "high").row(0) == pytest.approx((11.4, 13.0, 14.6))
    assert findings == []
    assert fewer.select("low", "middle", "high").row(0) == (None, None, None)
    assert [finding.code for finding in told] == [Code.BUILDING_FEW_SIMILAR]
    assert compare_similar(row, buildings=far, values=more)[0].equals(shown)


def test_an_unknown_building_is_told_with_those_that_are_known():
    with pytest.raises(CannotCompute) as refused:
        describe_building("nowhere", buildings=invent_building(), values=invent_values(), limits=load_facts().building_limit)

    assert refused.value.finding.code is Code.BUILDING_UNKNOWN


def test_the_drawn_line_passes_through_the_model():
    normal = normalise(invent_meters(heated()), building="house", temperatures=invent_weather(), cv_rmse_limit=25.0)
    line = trace_model(normal)

    assert line["temperature_mean"].to_list() == pytest.approx([-5.0, 14.0, 26.0])
    assert line["kwh_per_day"].to_list() == pytest.approx([212.0, 60.0, 60.0])
    assert year_use(normal.fit, normal.reference, warmer=1) > year_use(normal.fit, normal.reference)


def test_warnings_do_not_withhold():
    estimated = compare(meters=invent_meters(heated(), kind="estimated"))

    assert [finding.severity for finding in estimated.findings] == [Severity.WARNING]
    assert estimated.reference is not None


def test_daily_readings_are_put_together_by_month():
    rows = [
        {
            "building": "house",
            "carrier": "electricity",
            "starts": day,
            "ends": day + dt.timedelta(days=1),
            "energy_kwh": use,
            "kind": "read",
        }
        for one, end, use in zip(STARTS, ENDS, heated(), strict=True)
        for day in (one + dt.timedelta(days=at) for at in range((end - one).days))
    ]
    found = compare(meters=_frame(tables.MeterReading, rows))

    assert found.normalised.periods.height == 12
    assert found.measured == pytest.approx(compare().measured)
    assert found.reference == pytest.approx(compare().reference)


def test_meters_without_any_weather_stand_as_read():
    found = compare(weather=invent_weather().clear())

    assert {finding.code for finding in found.findings} == {Code.BUILDING_WEATHER_MISSING, Code.BUILDING_METERS_SHORT}
    assert found.measured == pytest.approx(compare().measured)
    assert found.reference is None
