"""A balance written as a workbook of the Common Reporting Framework and read back is the same balance."""

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from citytandem.findings import Code
from citytandem.release.exports import crosswalk
from citytandem.sinks import ecrf as sink
from citytandem.sinks.ecrf import Inventory
from citytandem.sources import ecrf, gpc_c40
from citytandem.tables import Line
from tests.sources import forms


def inventory_of(reading, at=0):
    tables = reading.tables
    balance = tables["balance"].row(at, named=True)
    named = {row["city"]: row for row in tables["city"].iter_rows(named=True)}
    own = pl.col("balance") == balance["balance"]
    structure = tables["structure"].filter(pl.col("city") == balance["city"])
    return Inventory(
        balance,
        named[balance["city"]],
        tables["line"].filter(own),
        tables.get("memo", Line.create_empty()).filter(own),
        structure,
    )


def again(inventory):
    raw, findings = sink.write(inventory, crosswalk=crosswalk())
    return ecrf.read(raw), findings


@pytest.mark.parametrize("level", ["", "BASIC", "BASIC+"])
def test_reading_writing_and_reading_again_loses_nothing(level):
    first = ecrf.read(forms.ecrf(level=level))
    second, findings = again(inventory_of(first))

    assert findings == []
    assert [finding for finding in second.findings if finding.code is not Code.CITY_NOT_MATCHED] == []
    for name in ("balance", "line", "memo", "structure"):
        keys = first.tables[name].columns[:3]
        assert_frame_equal(first.tables[name].sort(keys), second.tables[name].sort(keys), rel_tol=1e-14, abs_tol=0)


def test_zero_unknown_and_notation_stay_three_different_things():
    details = forms.ecrf_details()
    details[1][16] = 0
    first = ecrf.read(forms.ecrf(details=details))
    second, _ = again(inventory_of(first))
    found = {row["item"]: (row["emissions_t"], row["notation"]) for row in second.tables["line"].iter_rows(named=True)}

    assert found["I.1.1 heating oil"] == (0.0, None)
    assert found["I.1.3"] == (None, "NE")


def test_rows_of_one_fuel_keep_their_numbers():
    details = [*forms.ecrf_details(), *(list(forms.ecrf_details()[0]) for _ in range(11))]
    for number, row in enumerate(details[7:]):
        row[13:16] = ["", "", ""]
        row[16] = 1000 + number
    first = ecrf.read(forms.ecrf(details=details, summary=[]))
    second, _ = again(inventory_of(first))

    assert_frame_equal(first.tables["line"].sort("item"), second.tables["line"].sort("item"), rel_tol=1e-14, abs_tol=0)


def test_lines_the_form_has_no_place_for_are_named_with_their_tonnes():
    first = ecrf.read(forms.ecrf())
    given = inventory_of(first)
    mixed = given.line.with_columns(
        pl.lit("1+2").cast(given.line.schema["scope"]).alias("scope"), pl.lit("all of it").alias("item")
    ).head(1)
    second, findings = again(Inventory(given.balance, given.city, mixed, given.memo.clear(), given.structure))

    assert [(finding.code, finding.facts["tonnes"]) for finding in findings] == [
        (Code.EXPORT_LINES_LEFT_OUT, round(mixed["emissions_t"].sum()))
    ]
    assert second.tables["balance"]["reported_t"].to_list() == [given.balance["reported_t"]]


def test_every_inventory_of_c40_survives_the_form(raw_data):
    reading = gpc_c40.read(forms.read_real(raw_data, "c40-gpc-inventories/C40_GPC_Database.xlsx"))
    known = reading.tables["balance"].join(reading.tables["line"], on="balance", how="semi")
    for at in range(0, known.height, 40):
        given = inventory_of(reading, at)
        second, findings = again(given)
        keep = ["item", "sector", "carrier", "scope", "emissions_t", "notation"]
        ours = pl.concat([given.line, given.memo]).select(keep).sort("item")
        theirs = pl.concat([second.tables["line"], second.tables["memo"]]).select(keep).sort("item")

        assert findings == []
        assert_frame_equal(ours, theirs, rel_tol=1e-14, abs_tol=0)
