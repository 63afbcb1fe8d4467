"""The C40 workbook is read whole, and every total that its lines do not give is named."""

import polars as pl
import pytest

from citytandem.sources import gpc_c40
from tests.sources import forms


def total_remarks(reading):
    return [remark for remark in reading.remarks if remark.code == "lines_miss_total"]


def test_lines_of_a_basic_inventory_add_up_to_its_published_total():
    reading = gpc_c40.read(forms.c40(forms.aarhaven()))

    assert reading.tables["line"]["emissions_t"].sum() == reading.tables["balance"]["reported_t"][0] == 60.0
    assert total_remarks(reading) == []


def test_what_no_total_of_the_level_holds_stands_in_the_memo():
    reading = gpc_c40.read(forms.c40(forms.aarhaven()))
    memo = dict(reading.tables["memo"].drop_nulls("emissions_t").select("item", "emissions_t").iter_rows())

    assert memo == {"I.4.4": 30.0, "IV.1": 10.0}


def test_a_basic_plus_inventory_holds_process_emissions():
    reading = gpc_c40.read(forms.c40(forms.aarhaven(level="BASIC+")))

    assert reading.tables["balance"]["method"].to_list() == ["gpc_basic_plus"]
    assert reading.tables["line"]["emissions_t"].sum() == reading.tables["balance"]["reported_t"][0] == 70.0


def test_a_total_its_lines_do_not_give_is_remarked_with_its_size():
    reading = gpc_c40.read(forms.c40(forms.aarhaven(totals=(65.0, 70.0, 70.0, 80.0))))
    (remark,) = total_remarks(reading)

    assert (remark.before, remark.after) == ("BASIC 65 t", "lines 60 t, difference 5 t")


def test_notation_keys_are_kept_and_several_keys_leave_most_unknown():
    values = {"I.1.3": "NO; IE", "II.1.2": "IE (II.1.1)", "II.2.1": "C", "III.1.1": ""}
    reading = gpc_c40.read(forms.c40(forms.aarhaven(values=values)))
    rows = pl.concat([reading.tables["line"], reading.tables["memo"]])
    keys = dict(rows.select("item", pl.col("notation").cast(pl.String)).iter_rows())

    assert {ref: keys[ref] for ref in values} == {"I.1.3": "IE", "II.1.2": "IE", "II.2.1": "C", "III.1.1": "NE"}
    assert rows.filter(pl.col("notation").is_not_null())["emissions_t"].drop_nulls().is_empty()


@pytest.mark.parametrize("bad", ["lots", 1e300, -5.0, True, "12 t", "1,234"])
def test_a_bad_cell_is_named_and_costs_nothing_else(bad):
    reading = gpc_c40.read(forms.c40(forms.aarhaven(values={"I.1.1": bad})))
    (finding,) = [finding for finding in reading.findings if finding.code in {"cell_no_number", "cell_out_of_range"}]

    assert (finding.row, finding.facts["column"], finding.where.endswith(": Data")) == (2, "I.1.1", True)
    assert reading.tables["line"].height + reading.tables["memo"].height == len(forms.REFERENCES)


def test_money_in_words_is_remarked_and_not_carried():
    reading = gpc_c40.read(forms.c40(forms.aarhaven(gdp="$763,955,224,976")))

    assert [remark.before for remark in reading.remarks if remark.code == "currency_in_the_cell"] == ["$763,955,224,976"]
    assert set(reading.tables["structure"]["variable"].cast(pl.String)) == {"population", "area_km2"}


def test_a_fiscal_year_is_kept_with_its_days():
    reading = gpc_c40.read(forms.c40(forms.aarhaven(year="2013 Apr - 2014 Mar", calendar=2013)))
    row = reading.tables["balance"].row(0, named=True)

    assert (row["year"], str(row["period_start"]), str(row["period_end"])) == (2013, "2013-04-01", "2014-03-31")


def test_a_city_given_twice_is_kept_apart():
    reading = gpc_c40.read(forms.c40(forms.aarhaven(), forms.aarhaven()))

    assert reading.tables["balance"]["balance"].n_unique() == 2
    assert [finding.row for finding in reading.findings if finding.code == "row_given_twice"] == [3]


def test_a_known_city_keeps_its_id():
    def resolve(name, *, country, locode):
        return "DK-0751" if (name, country, locode) == ("Aarhaven", "DK", None) else None

    reading = gpc_c40.read(forms.c40(forms.aarhaven()), resolve=resolve)

    assert reading.tables["balance"]["city"].to_list() == ["DK-0751"]
    assert "city" not in reading.tables


def test_the_real_workbook_gives_every_city_year_and_names_every_mismatch(raw_data):
    reading = gpc_c40.read(forms.read_real(raw_data, "c40-gpc-inventories/C40_GPC_Database.xlsx"))
    balance = reading.tables["balance"]
    wrong = {(remark.where.rpartition(": ")[2], remark.row) for remark in total_remarks(reading)}

    assert (balance.height, balance["city"].n_unique()) == (329, 79)
    assert reading.tables["line"].height + reading.tables["memo"].height == 329 * 54
    assert {place for place in wrong if place[0] != "BASIC+S3"} == {("BASIC", 123), ("BASIC+", 123)}
    assert len(wrong) == 15
    assert [finding.row for finding in reading.findings if finding.code == "cell_out_of_range"] == [145, 146, 147]


def test_lines_of_the_real_workbook_give_every_total_that_is_not_named(raw_data):
    reading = gpc_c40.read(forms.read_real(raw_data, "c40-gpc-inventories/C40_GPC_Database.xlsx"))
    sums = reading.tables["line"].group_by("balance").agg(pl.col("emissions_t").sum().alias("lines"))
    both = reading.tables["balance"].join(sums, on="balance")
    off = both.filter((pl.col("lines") - pl.col("reported_t")).abs() > 1 + 1e-6 * pl.col("reported_t"))

    assert off["balance"].str.contains("HOUSTON").to_list() == [True]
