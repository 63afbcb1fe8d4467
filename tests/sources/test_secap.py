"""Inventories of the Covenant's template: tables are found by their headings, and their totals are added up again."""

import polars as pl
import pytest

from citytandem.sources import secap
from citytandem.sources.registry import recognise
from tests.sources import forms


def resolve(name, *, country, locode):
    return {("Aarhaven", "DK"): "DK-0999"}.get((name, country))


def lines_of(reading, table="line"):
    frame = reading.tables[table]
    return {row["item"]: row for row in frame.cast({pl.Enum: pl.String}).iter_rows(named=True)}


def test_the_template_is_recognised_by_its_tables():
    assert recognise(forms.secap(), "renamed.xlsx") == "secap"
    assert recognise(forms.workbook({"BEI": [["nothing here"]]}), "secap.xlsx") is None


def test_energy_times_factor_gives_the_emissions_where_the_sheet_has_none():
    reading = secap.read(forms.secap(), resolve=resolve)
    gas = lines_of(reading)["residential buildings / natural gas"]

    assert (gas["sector"], gas["carrier"], gas["scope"], gas["activity_mwh"]) == ("households", "natural_gas", "1", 2000.0)
    assert (gas["factor_kg_per_mwh"], gas["emissions_t"]) == (pytest.approx(202), pytest.approx(404))
    assert "emissions_from_energy_and_factor" in {remark.code for remark in reading.remarks}


def test_the_local_factor_of_electricity_goes_before_the_national_one():
    found = lines_of(secap.read(forms.secap(), resolve=resolve))["residential buildings / electricity"]

    assert (found["factor_kg_per_mwh"], found["scope"]) == (pytest.approx(300), "2")


def test_a_sector_in_two_parts_counts_once():
    found = lines_of(secap.read(forms.secap(), resolve=resolve))

    assert [item for item in found if item.startswith("industry")] == [
        "industry / non-ets / electricity",
        "industry / ets (not recommended) / electricity",
    ]
    assert sum(row["activity_mwh"] or 0 for row in found.values()) == 9250.0


def test_zero_stays_zero_and_a_notation_key_stays_a_key():
    found = lines_of(secap.read(forms.secap(), resolve=resolve))
    rail = found["private and commercial transport / rail / electricity"]

    assert (rail["sector"], rail["notation"], rail["activity_mwh"]) == ("rail", "NE", None)
    assert found["residential buildings / coal"]["emissions_t"] == 0.0


def test_local_production_stands_beside_the_total_and_waste_inside():
    reading = secap.read(forms.secap(), resolve=resolve)
    made = lines_of(reading, "memo")

    assert sorted((item.split(" (")[0], row["activity_mwh"]) for item, row in made.items()) == [
        ("local production: photovoltaics", 30.0),
        ("local production: wind power", 70.0),
    ]
    assert lines_of(reading)["waste management"]["emissions_t"] == 44.0


def test_the_header_says_what_the_city_chose():
    header = secap.read(forms.secap(), resolve=resolve).tables["balance"].row(0, named=True)

    assert (header["city"], header["year"], header["population"]) == ("DK-0999", 2010, 100_000)
    assert (header["upstream"], header["gwp"], header["method"], header["electricity"]) == ("no", "unknown", "unknown", "local")
    assert header["version"] == "SECAP template, baseline inventory"


def test_published_emissions_are_kept_and_a_total_they_miss_is_remarked():
    raw = forms.secap(monitoring=[*forms.secap_energy(), *forms.secap_emissions(total=2200.0)])
    reading = secap.read(raw, resolve=resolve)
    later = reading.tables["balance"].filter(pl.col("year") == 2018).row(0, named=True)
    told = [(remark.year, remark.after) for remark in reading.remarks if remark.code == "lines_miss_total"]

    assert (later["version"], later["reported_t"]) == ("SECAP template, monitoring inventory", 2200.0)
    assert told == [(2018, "lines 2155 t, difference 45 t")]
    assert reading.tables["line"].filter(pl.col("balance").str.contains("2018"))["emissions_t"].sum() == pytest.approx(2155.0)


def test_totals_that_agree_are_not_remarked():
    raw = forms.secap(monitoring=[*forms.secap_energy(), *forms.secap_emissions()])
    reading = secap.read(raw, resolve=resolve)

    assert [remark for remark in reading.remarks if remark.code == "lines_miss_total"] == []
    assert reading.findings == ()


def test_a_workbook_without_its_city_asks_for_it():
    raw = forms.secap(facts={"Local authority": ""})
    silent = secap.read(raw, resolve=resolve)
    named = secap.read(raw, resolve=resolve, city="Aarhaven")

    assert [finding.code for finding in silent.findings] == ["city_not_stated"]
    assert named.tables["balance"].height == 1


def test_a_sector_nobody_knows_is_named_and_kept():
    rows = forms.secap_energy()
    rows.insert(-1, forms.secap_row("Space elevators", electricity=5, total=5))
    reading = secap.read(forms.secap(baseline=rows), resolve=resolve)

    assert [(finding.code, finding.facts["value"]) for finding in reading.findings] == [("category_unknown", "space elevators")]
    assert lines_of(reading)["space elevators / electricity"]["sector"] == "other"
