"""Every published total is added up again from its lines; what differs is listed with its size, what is unknown stays open."""

import gzip
import json

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from citytandem.sources import denmark, japan, metropolitan_council
from citytandem.sources.recount import recount
from citytandem.sources.validate import validate
from citytandem.tables.recount import Recount
from tests.sources import forms
from tests.sources.test_readers_national import CENTRES, JAPAN_HEAD, JAPAN_ROW, _danish


def verdicts(frame):
    return dict(frame.group_by("verdict").len().cast({"verdict": pl.String}).iter_rows())


@given(st.lists(st.integers(0, 10**7), min_size=1, max_size=8), st.integers(-50, 50))
def test_a_total_of_rounded_lines_agrees_until_it_is_off_by_more_than_half_a_step_for_each_figure(tenths, off):
    parts = pl.DataFrame({"city": ["DK-0101"] * len(tenths), "year": 2023, "value_t": [value / 10 for value in tenths]})
    totals = pl.DataFrame({"city": ["DK-0101"], "year": [2023], "published_t": [(sum(tenths) + off) / 10]})
    found = recount(totals, parts, figure="total", source="energistyrelsen", step_t=0.1).row(0, named=True)

    assert found["difference_t"] == pytest.approx(off / 10, abs=1e-3)
    assert (found["verdict"] == "agrees") is (abs(off) <= (len(tenths) + 1) / 2)


def test_a_total_with_an_unknown_line_stays_open():
    parts = pl.DataFrame({"city": ["DK-0101"] * 2, "year": 2023, "value_t": [1.0, None]})
    totals = pl.DataFrame({"city": ["DK-0101", "DK-0147"], "year": 2023, "published_t": [9.0, 9.0]})
    found = recount(totals, parts, figure="total", source="energistyrelsen", step_t=0.1)

    assert found.select("city", pl.col("verdict").cast(pl.String), "lines_t").rows() == [
        ("DK-0101", "open", None),
        ("DK-0147", "open", None),
    ]
    assert validate(found, Recount, where="recount")[1] == []


def test_a_danish_total_its_sectors_miss_is_remarked_with_the_size():
    reading = denmark.read(_danish(samletUdledning=[1000.0, 950.0]), centres=CENTRES)
    told = [(remark.year, remark.after) for remark in reading.remarks if remark.code == "lines_miss_total"]

    assert told == [(2021, "lines 900.000 t, difference 50.000 t")]


def test_the_danish_country_total_is_compared_with_its_municipalities():
    account = json.loads(_danish()) | {"nationalTotal": {"year": 2021, "samletUdledningTon": 901.0}}
    found = denmark.read(json.dumps(account).encode(), centres=CENTRES).tables["recount"].filter(pl.col("city").is_null())

    assert found.select("figure", "year", "difference_t", "rounding_t", pl.col("verdict").cast(pl.String)).rows() == [
        ("nationalTotal", 2021, 1.0, 0.55, "differs")
    ]


def test_a_japanese_total_and_a_subtotal_that_miss_their_sectors_are_remarked():
    raw = JAPAN_HEAD + JAPAN_ROW.replace(",1.875,", ",1.975,").replace(",9.125", ",9.025")
    told = {remark.before: remark.after for remark in japan.read(raw.encode()).remarks}

    assert told == {
        "total 9025.000 t": "lines 9125.000 t, difference -100.000 t",
        "industry_total 1975.000 t": "lines 1875.000 t, difference 100.000 t",
    }


TWIN_CITIES = (
    "emissions_year,geog_name,ctu_class,sector,category,source,value_emissions,ctu_id_fips,ctu_id_gnis,ctu_population,"
    "emissions_per_capita\n"
    "2020,Afton,CITY,Waste,Solid waste,Landfill,100.0,316,2393887,1000,0.1\n"
    "2020,Afton,CITY,Waste,Solid waste,Compost,50.0,316,2393887,1000,0.06\n"
)


def test_a_row_per_head_that_misses_its_tonnes_is_remarked():
    reading = metropolitan_council.read(TWIN_CITIES.encode())
    told = [remark for remark in reading.remarks if remark.code == "lines_miss_total"]

    assert verdicts(reading.tables["recount"]) == {"agrees": 1, "differs": 1}
    assert [(remark.where, remark.after) for remark in told] == [
        ("ctu_emissions: emissions_per_capita, Waste / Solid waste / Compost", "lines 50.000 t, difference 10.000 t")
    ]


@pytest.mark.parametrize(
    ("name", "read", "agreeing"),
    [
        ("jp-municipal-co2/jp_municipal_co2_1990_2019.csv.gz", japan.read, 4 * 26_115),
        ("us-twin-cities-municipal-ghg/ctu_emissions_2005_2023.csv.gz", metropolitan_council.read, 102_829),
    ],
)
def test_every_real_figure_of_japan_and_the_twin_cities_follows_from_its_lines(raw_data, name, read, agreeing):
    reading = read(gzip.decompress(forms.read_real(raw_data, name)))

    assert verdicts(reading.tables["recount"]) == {"agrees": agreeing}


def test_every_real_danish_total_and_that_of_the_country_follow_from_their_parts(raw_data):
    raw = forms.read_real(raw_data, "dk-municipal-ghg/klimaregnskab_by_kommune_2018_2023.json")
    reading = denmark.read(raw, centres=forms.read_real(raw_data, "dk-municipal-ghg/kommuner.csv"))

    assert verdicts(reading.tables["recount"]) == {"agrees": 98 * 6 + 1}
    assert [remark for remark in reading.remarks if remark.code == "lines_miss_total"] == []
