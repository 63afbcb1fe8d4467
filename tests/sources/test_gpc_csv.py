"""Exported inventories keep keys, units and land that absorbs; activity times factor gives what is published."""

import pytest

from citytandem.sources import gpc_activity, gpc_csv
from tests.sources import forms

NAME = "inventory-BR_ACZ-2022.csv"


@pytest.fixture(scope="module")
def export():
    return gpc_csv.read(forms.GPC_CSV.encode(), where=NAME)


@pytest.fixture(scope="module")
def activity():
    return gpc_activity.read(forms.GPC_ACTIVITY.encode(), city="Aarhaven", country="DK", first_month=7)


def lines(reading):
    return {row["item"]: row for name in ("line", "memo") for row in reading.tables[name].iter_rows(named=True)}


def test_city_and_year_come_from_the_name_of_the_file(export):
    row = export.tables["balance"].row(0, named=True)

    assert (row["year"], row["city"][:2], row["method"]) == (2022, "BR", "gpc_basic_plus")


def test_emissions_are_converted_once_and_mt_is_never_guessed(export):
    found = lines(export)

    assert (found["I.1.1"]["emissions_t"], found["I.1.2"]["emissions_t"]) == (7780.4, 3020)
    assert (found["II.1.1"]["emissions_t"], found["II.1.1"]["notation"]) == (None, "NE")
    assert [finding.row for finding in export.findings if finding.code == "unit_ambiguous"] == [5]


def test_keys_are_kept_and_an_unknown_key_is_not_estimated(export):
    found = lines(export)

    assert (found["I.1.3"]["notation"], found["III.1.1"]["notation"]) == ("IE", "NE")
    assert [finding.row for finding in export.findings if finding.code == "notation_unknown"] == [8]


def test_rows_of_one_reference_stay_apart_and_land_may_absorb(export):
    found = lines(export)

    assert (found["V.2"]["emissions_t"], found["V.2 (2)"]["emissions_t"]) == (-15, 20)


def test_gases_that_miss_their_total_are_remarked(export):
    assert [(remark.row, remark.before) for remark in export.remarks] == [(7, "total 20.000 t, gases 90.000 t")]


def test_a_file_that_names_no_city_asks_for_it():
    reading = gpc_csv.read(forms.GPC_CSV.encode(), where="renamed.csv")

    assert {finding.code for finding in reading.findings} == {"city_not_stated", "year_not_stated"}


def test_amount_and_factor_are_kept_beside_each_line(activity):
    rows = activity.tables["activity"].drop_nulls(["amount", "factor_t_per_unit"])
    off = (rows["amount"] * rows["factor_t_per_unit"] - rows["emissions_t"]).abs() > 1e-6

    assert rows.filter(off)["item"].to_list() == ["II.1.1 gasoline community"]
    assert [remark.row for remark in activity.remarks if remark.code == "product_misses_emissions"] == [4]


def test_energy_and_its_factor_are_in_our_units(activity):
    row = lines(activity)["I.1.2 electricity community"]

    assert (row["activity_mwh"], row["factor_kg_per_mwh"], row["carrier"]) == (1000, 250, "electricity")


def test_a_unit_with_the_higher_heating_value_is_remarked_not_changed(activity):
    assert [remark.row for remark in activity.remarks if remark.code == "higher_heating_value"] == [3]
    assert lines(activity)["I.1.1 natural_gas community"]["activity_mwh"] == pytest.approx(293, rel=1e-3)


def test_the_fiscal_year_runs_as_it_is_told(activity):
    row = activity.tables["balance"].row(0, named=True)

    assert (str(row["period_start"]), str(row["period_end"])) == ("2021-07-01", "2022-06-30")


def test_megatonnes_that_could_not_be_true_are_settled_and_others_asked():
    huge = forms.GPC_ACTIVITY.replace("0.25,250", "0.25,250000000")
    reading = gpc_activity.read(huge.encode(), city="Aarhaven", country="DK")

    assert "unit_ambiguous" in {finding.code for finding in reading.findings}
    assert "line" not in reading.tables


@pytest.mark.parametrize("code", ["ACZ", "ARC", "ATB", "ATM", "BCA", "BVB", "CAJ", "CAT", "CBA", "CCX", "CCY", "CGE"])
def test_a_real_export_loses_no_row(raw_data, code):
    name = f"inventory-BR_{code}-2022.csv"
    raw = forms.read_real(raw_data, f"gpc-inventory-exports-brazil/{name}")
    reading = gpc_csv.read(raw, where=name)
    kept = reading.tables["line"].height + reading.tables["memo"].height

    assert kept == raw.decode().count("t CO2e")
    assert [remark.code for remark in reading.remarks if remark.code == "gases_miss_total"] == []


def test_amherst_is_recomputed_from_amount_and_factor(raw_data):
    raw = forms.read_real(raw_data, "us-amherst-gpc-activity/ghg_emissions.csv")
    reading = gpc_activity.read(raw, city="Amherst, MA", country="USA", first_month=7)
    rows = reading.tables["activity"].drop_nulls(["amount", "factor_t_per_unit"])
    off = (rows["amount"] * rows["factor_t_per_unit"] - rows["emissions_t"]).abs()

    assert rows.height == 184
    assert off.max() < 1e-6
    assert sum(remark.code == "row_without_emissions" for remark in reading.remarks) == 10
