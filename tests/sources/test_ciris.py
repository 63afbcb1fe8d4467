"""A workbook of C40's tool is read by its GPC references and by the words over its columns, wherever these stand."""

import polars as pl
import pytest

from citytandem.release.bring import Asked, bring
from citytandem.sources import ciris
from citytandem.sources.registry import recognise
from tests.sources import forms


def resolve(name, *, country, locode):
    return {("Aarhaven", "DK"): "DK-0999"}.get((name, country))


def lines_of(reading, table="line"):
    frame = reading.tables[table]
    return {row["item"]: row for row in frame.cast({pl.Enum: pl.String}).iter_rows(named=True)}


def test_the_tool_is_recognised_by_its_sector_sheets():
    assert recognise(forms.ciris(), "renamed.xlsm") == "ciris"


def test_the_entries_beneath_a_reference_are_its_lines():
    reading = ciris.read(forms.ciris(), resolve=resolve)
    gas = lines_of(reading)["I.1.1 natural gas"]

    assert reading.findings == ()
    assert (gas["sector"], gas["carrier"], gas["scope"], gas["grade"]) == ("households", "natural_gas", "1", "H")
    assert (gas["activity_mwh"], gas["emissions_t"]) == (2000.0, 404.0)
    assert lines_of(reading)["I.1.1 heating oil"]["activity_mwh"] is None
    assert lines_of(reading)["I.1.2 electricity"]["activity_mwh"] == 1000.0


def test_a_key_stays_a_key_and_what_nobody_filled_is_not_estimated():
    reading = ciris.read(forms.ciris(), resolve=resolve)
    keys = {
        item: row["notation"] for name in ("line", "memo") for item, row in lines_of(reading, name).items() if row["notation"]
    }

    assert keys == {"I.1.3": "NE", "II.1.2": "IE", "II.1.3": "NE", "III.1.1": "NO"}


def test_generation_for_the_grid_stands_beside_the_total():
    reading = ciris.read(forms.ciris(), resolve=resolve)

    assert lines_of(reading, "memo")["I.4.4"]["emissions_t"] == 9000.0
    assert sum(row["emissions_t"] or 0 for row in lines_of(reading).values()) == 404 + 200 + 300 + 801 + 44


def test_the_header_is_that_of_a_basic_inventory_made_with_the_tool():
    header = ciris.read(forms.ciris(), resolve=resolve).tables["balance"].row(0, named=True)

    assert (header["city"], header["year"], header["method"]) == ("DK-0999", 2019, "gpc_basic")
    assert (header["population"], header["tool"]) == (100_000, "CIRIS")


def test_a_reference_its_entries_miss_is_remarked_with_the_size():
    raw = forms.ciris(households=[forms.ciris_row(activity="natural gas", amount=2000, unit="MWh", total=400)])
    told = [(remark.row, remark.after) for remark in ciris.read(raw, resolve=resolve).remarks]

    assert told == [(3, "lines 400 t, difference 204 t")]


def test_without_a_column_of_totals_nothing_is_guessed():
    columns = [["", "GPC ref", "Notation key"], ["", "I.1.1", ""], ["", "I.1.2", "NO"]]
    raw = forms.workbook(
        {
            "City information": [["City name", "Aarhaven"], ["Country", "Denmark"], ["Inventory year", 2019]],
            "I Stationary": columns,
            "II Transport": [],
            "III Waste": [],
        }
    )
    reading = ciris.read(raw, resolve=resolve)

    assert [(finding.code, finding.facts["column"]) for finding in reading.findings] == [("column_missing", "Total (t CO2e)")]
    assert {row["notation"] for row in lines_of(reading).values()} == {"NE", "NO"}


@pytest.mark.parametrize("facts", [{"City name": ""}, {"Inventory year": ""}])
def test_what_the_workbook_does_not_say_is_asked_and_may_be_said_beside_it(facts):
    raw = forms.ciris(facts=facts)
    silent = bring(raw, name="ciris.xlsx")
    named = bring(raw, name="ciris.xlsx", asked=Asked(city="DK-0101", year=2019))

    assert [finding.code for finding in silent.reading.findings] in (["city_not_stated"], ["year_not_stated"])
    assert named.reading.tables["balance"]["balance"].to_list() == ["DK-0101.2019.ciris"]
