"""Chinese cities and provinces, Japanese prefectures: emissions where the fuel is burned, by sector and fuel."""

import polars as pl
import pytest

from citytandem.sources import ceads, japan_prefecture
from tests.sources import forms


@pytest.fixture(scope="module")
def provinces():
    return ceads.read(forms.CEADS_PROVINCES.encode(), where="provinces.csv")


def test_sectors_and_fuels_add_up_without_the_sums(provinces):
    assert provinces.tables["line"]["emissions_t"].sum() == 12_000_000
    assert provinces.tables["balance"]["reported_t"].to_list() == [12_500_000]


def test_a_total_the_lines_do_not_give_is_remarked(provinces):
    assert [remark.after for remark in provinces.remarks if remark.code == "lines_miss_total"] == [
        "lines 12000000 t, difference 500000 t"
    ]


def test_process_emissions_of_cement_are_no_energy(provinces):
    row = provinces.tables["line"].filter(pl.col("item") == "Nonmetal Mineral Products / Process").row(0, named=True)

    assert (row["sector"], row["carrier"], row["scope"]) == ("industry_process", "none", "1")


def test_two_spellings_of_a_fuel_are_one(provinces):
    assert "Smelting and Pressing of Ferrous Metals / Cleaned Coal" in provinces.tables["line"]["item"].to_list()


def test_provinces_are_known_by_their_national_code(provinces):
    assert provinces.tables["city"].select("city", "name").rows() == [("CN-130000", "Hebei")]


def test_a_chinese_city_is_found_without_its_province():
    asked = []

    def resolve(name, *, country, locode):
        asked.append(name)
        return "CN-G1793346" if name == "唐山市" else None

    reading = ceads.read(forms.ceads_cities(), resolve=resolve)

    assert "CN-G1793346" in reading.tables["balance"]["city"].to_list()
    assert reading.tables["city"]["name"].to_list() == ["北京"]
    assert reading.tables["line"]["emissions_t"].max() == 250_500_000


def test_prefectures_are_read_in_tonnes_with_their_national_code():
    reading = japan_prefecture.read(forms.prefectures())
    power = reading.tables["line"].filter(pl.col("emissions_t") == 18_000_000).row(0, named=True)

    assert set(reading.tables["balance"]["city"]) == {"JP-01000", "JP-26000"}
    assert (power["sector"], power["scope"], power["carrier"]) == ("energy_industry", "1", "other_fossil")


def test_prefectures_in_an_unknown_unit_are_not_guessed():
    reading = japan_prefecture.read(forms.prefectures(unit="mt"))

    assert [str(finding.code) for finding in reading.findings] == ["unit_unknown"]
    assert "line" not in reading.tables


def test_the_real_provinces_close(raw_data):
    name = "ceads-china-provinces/ceads_province_sector_fuel_1997_2019.csv.gz"
    reading = ceads.read(forms.read_real(raw_data, name), where="provinces.csv.gz")
    hebei = reading.tables["balance"].filter((pl.col("city") == "CN-130000") & (pl.col("year") == 2019))

    assert (reading.tables["balance"].height, reading.tables["city"].height, list(reading.findings)) == (690, 30, [])
    assert [remark for remark in reading.remarks if remark.code == "lines_miss_total"] == []
    assert hebei["reported_t"][0] == pytest.approx(914e6, rel=0.01)


def test_the_real_cities_are_all_there(raw_data):
    reading = ceads.read(forms.read_real(raw_data, "ceads-china-cities/Emission_Inventories_290_Chinese_Cities_1997-2019.xlsx"))

    assert (reading.tables["balance"].height, reading.tables["balance"]["city"].n_unique()) == (3929, 290)


def test_the_real_prefectures_are_all_there(raw_data):
    reading = japan_prefecture.read(
        forms.read_real(raw_data, "jp-prefecture-inventories/Long2020_prefectural_CO2_2007-2015.xlsx")
    )

    assert (reading.tables["balance"].height, reading.tables["line"].height, list(reading.findings)) == (
        9 * 47,
        9 * 47 * 26 * 4,
        [],
    )
    assert reading.tables["line"]["emissions_t"].sum() == pytest.approx(10.45e9, rel=0.001)
