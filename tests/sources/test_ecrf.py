"""A filled workbook of the Common Reporting Framework gives structure, lines, sums and what does not agree."""

import polars as pl
import pytest

from citytandem.sources import ecrf
from tests.sources import forms


@pytest.fixture(scope="module")
def reading():
    return ecrf.read(forms.ecrf())


def test_sheet_one_fills_structure(reading):
    values = dict(reading.tables["structure"].select(pl.col("variable").cast(pl.String), "value").iter_rows())

    assert values == {"hdd": 3100, "cdd": 20, "area_km2": 50, "population": 100_000, "gdp_per_head": 50_000}


def test_the_balance_says_how_it_was_made(reading):
    row = reading.tables["balance"].row(0, named=True)

    assert (row["method"], row["gwp"], row["tool"], row["verification"]) == ("gcom_crf", "AR5", "CIRIS", "Auditors of Aarhaven")
    assert (row["year"], row["population"], row["reported_t"]) == (2021, 100_000, 207_562)


def test_activity_in_a_unit_of_energy_becomes_mwh_with_its_factor(reading):
    lines = {row["item"]: row for row in reading.tables["line"].iter_rows(named=True)}
    gas, oil, power = (
        lines[f"{ref} {word}"] for ref, word in (("I.1.1", "natural gas"), ("I.1.1", "heating oil"), ("I.1.2", "electricity"))
    )

    assert (gas["activity_mwh"], gas["factor_kg_per_mwh"], gas["carrier"]) == (1000, 202, "natural_gas")
    assert (oil["activity_mwh"], oil["emissions_t"], oil["carrier"]) == (None, 1300, "heating_oil")
    assert (power["activity_mwh"], power["factor_kg_per_mwh"], power["emissions_t"]) == (2000, 150, 300)


def test_a_line_has_the_poorer_of_its_two_grades(reading):
    lines = {row["item"]: row for row in reading.tables["line"].iter_rows(named=True)}

    assert [lines[name]["grade"] for name in ("I.1.1 natural gas", "I.1.1 heating oil", "I.1.2 electricity")] == ["M", "L", "H"]


def test_a_row_of_the_form_that_nobody_filled_is_not_estimated(reading):
    waste = reading.tables["line"].filter(pl.col("item") == "III.1.1").row(0, named=True)

    assert (waste["notation"], waste["emissions_t"]) == ("NE", None)


def test_generation_for_the_grid_stands_beside_the_total(reading):
    memo = reading.tables["memo"].filter(pl.col("item") == "I.4.4")

    assert memo["emissions_t"].to_list() == [9000]
    assert reading.tables["line"].filter(pl.col("item") == "I.4.4").is_empty()


def test_sums_that_the_lines_do_not_give_are_remarked_with_their_size(reading):
    found = {remark.where.rpartition(": ")[2]: remark.after for remark in reading.remarks if remark.code == "lines_miss_total"}

    assert found["II.1"] == "lines 5000 t, difference -1000 t"
    assert "I.1" not in found


def test_an_empty_total_is_filled_from_its_gases_and_says_so(reading):
    assert [remark.row for remark in reading.remarks if remark.code == "total_from_gases"] == [4]


def test_the_sums_are_the_lines_where_the_details_are_empty():
    reading = ecrf.read(forms.ecrf(details=[]))
    values = dict(reading.tables["line"].drop_nulls("emissions_t").select("item", "emissions_t").iter_rows())

    assert values["I.1.1 Residential buildings"] == 203300
    assert values["V.2.1 Land use" if "V.2.1 Land use" in values else "V.2 Land use"] == -50


def test_a_basic_inventory_keeps_land_use_beside_its_total():
    reading = ecrf.read(forms.ecrf(details=[], level="BASIC"))

    assert reading.tables["balance"]["method"].to_list() == ["gpc_basic"]
    assert "V.2 Land use" in reading.tables["memo"]["item"].to_list()


@pytest.mark.parametrize(("unit", "code"), [("mt", "unit_ambiguous"), ("furlongs", "unit_unknown")])
def test_a_unit_that_cannot_be_read_is_never_guessed(unit, code):
    details = forms.ecrf_details()
    details[0][8] = unit
    reading = ecrf.read(forms.ecrf(details=details))
    (finding,) = [finding for finding in reading.findings if finding.code == code]
    gas = reading.tables["line"].filter(pl.col("item") == "I.1.1 natural gas").row(0, named=True)

    assert (finding.row, finding.where.endswith("eCRF_3"), finding.facts["value"]) == (2, True, unit)
    assert (gas["activity_mwh"], gas["emissions_t"]) == (None, 202000)


def test_a_formula_without_a_saved_value_is_named_with_its_cell():
    details = forms.ecrf_details()
    details[0][16] = "=1000*202"
    reading = ecrf.read(forms.ecrf(details=details))

    assert [
        (finding.row, finding.facts["column"]) for finding in reading.findings if finding.code == "formula_without_value"
    ] == [(2, "Q")]


def test_an_unfilled_form_says_what_is_missing(raw_data):
    reading = ecrf.read(forms.read_real(raw_data, "ecrf-template/ecrf_template.xlsx"))

    assert {str(finding.code) for finding in reading.findings} == {"city_not_stated", "year_not_stated"}
    assert "balance" not in reading.tables
