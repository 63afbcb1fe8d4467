"""Readers of national sets: small tables in the publishers' layouts, broken cells named and the rest kept."""

import json

import polars as pl
import pytest

from citytandem.findings import Code
from citytandem.sources import denmark, ember, geonames, japan, metropolitan_council, national, undata
from citytandem.sources.validate import validate
from citytandem.tables import Balance, Line

JAPAN_HEAD = (
    "fiscal_year,pref_code,pref,muni_code,muni,manufacturing,construction_mining,agri_forest_fish,industry_total,commercial,"
    "residential,buildings_total,passenger_car,freight_truck,rail,domestic_shipping,transport_total,municipal_waste,total\n"
)
JAPAN_ROW = "2018,14,甲県,14999,丙市,1.5,0.25,0.125,1.875,2,3,5,1,0.5,0.25,0,1.75,0.5,9.125\n"


def _danish(**changes: object) -> bytes:
    record = {
        "kommuneKode": "0999",
        "kommuneNavn": "Prøveby",
        "years": [2020, 2021],
        "samletUdledning": [1000.0, 900.0],
        "udledningPrCapita": [5.0, 4.5],
        "sektorer": {
            "energi": [500, 400],
            "transport": [300, 300],
            "landbrug": [150, 150],
            "affald": [40, 40],
            "industri": [10, 10],
        },
        "veAndel": [0.4, 1.2],
    }
    return json.dumps({"kommuner": [record | changes]}).encode()


CENTRES = "kode|navn|regionskode|regionsnavn|centerLon|centerLat\n0999|Prøveby|1|Region X|10.5|56.1\n".encode()


def test_japanese_kilotonnes_become_tonnes_of_a_fiscal_year():
    reading = japan.read((JAPAN_HEAD + JAPAN_ROW).encode())
    lines, broken = validate(reading.tables["line"], Line, where="line")
    balance, wrong = validate(reading.tables["balance"], Balance, where="balance")

    assert broken + wrong + list(reading.findings) == []
    assert lines["emissions_t"].sum() == 9125
    assert lines.filter(pl.col("sector") == "road")["item"].to_list() == ["passenger_car", "freight_truck"]
    assert balance.select("city", "method", "top_down", "reported_t").row(0) == ("JP-14999", "japan_area_manual", True, 9125.0)
    assert [str(day) for day in balance.select("period_start", "period_end").row(0)] == ["2018-04-01", "2019-03-31"]


def test_a_japanese_cell_that_is_no_number_stays_unknown_and_is_named():
    raw = JAPAN_HEAD + JAPAN_ROW + JAPAN_ROW.replace("14999", "14998").replace(",3,5,", ",秘匿,5,")
    reading = japan.read(raw.encode())

    assert [(found.row, found.facts["column"], found.facts["value"]) for found in reading.findings] == [
        (3, "residential", "秘匿")
    ]
    assert "residential" not in reading.tables["line"].filter(pl.col("balance").str.starts_with("JP-14998"))["item"].to_list()
    assert [remark.code for remark in reading.remarks] == ["sector_missing"]


def test_danish_population_is_total_by_per_head_and_says_so():
    reading = denmark.read(_danish(), centres=CENTRES)

    assert reading.tables["population"].rows() == [("DK-0999", 2020, 200), ("DK-0999", 2021, 200)]
    assert "population_from_total_and_per_head" in [remark.rule for remark in reading.remarks]
    assert reading.tables["place"].select("city", "latitude").row(0) == ("DK-0999", 56.1)
    assert reading.tables["line"].filter(pl.col("sector") == "stationary")["emissions_t"].to_list() == [500.0, 400.0]


def test_a_danish_share_above_one_is_left_out_with_its_rule():
    above = [remark for remark in denmark.read(_danish(), centres=CENTRES).remarks if remark.code == "share_above_one"]

    assert [(remark.year, remark.before) for remark in above] == [(2021, "1.2")]


def test_a_danish_total_that_is_text_is_named_and_the_year_kept():
    reading = denmark.read(_danish(samletUdledning=["ukendt", 900.0]), centres=CENTRES)

    assert [(found.row, found.facts["column"]) for found in reading.findings] == [(1, "total 2020")]
    assert reading.tables["balance"]["reported_t"].to_list() == [None, 900.0]


def test_a_file_that_is_not_json_is_said_to_be_unreadable():
    assert [found.code for found in denmark.read(b"<html>", centres=CENTRES).findings] == [Code.FILE_UNREADABLE]


def test_the_council_set_gives_sector_lines_with_carriers():
    head = (
        "emissions_year,geog_name,ctu_class,sector,category,sector_alt,source,value_emissions,ctu_id_fips,ctu_id_gnis,"
        "ctu_population,emissions_per_capita\n"
    )
    rows = [
        "2010,Smallville,CITY,Residential,Residential electricity,Electricity,Building energy,100.5,99,1,50,2.01",
        "2010,Smallville,CITY,Industrial,Stationary combustion,Industrial,Coal,20,99,1,50,0.4",
        "2010,Smallville,CITY,Commercial,Stationary combustion,Commercial,Natural gas,7,99,1,50,0.14",
        "2010,Smallville,CITY,Natural Systems,Sequestration,Natural Systems,Tree,-3,99,1,50,-0.06",
        "2010,Smallville,CITY,Waste,Wastewater,Waste,Municipal_CH4,,99,1,50,",
    ]
    reading = metropolitan_council.read((head + "\n".join(rows)).encode())
    lines, broken = validate(reading.tables["line"], Line, where="line")

    assert broken == []
    assert dict(lines.select(pl.col("sector").cast(pl.String), pl.col("carrier").cast(pl.String)).rows()) == {
        "households": "electricity",
        "industry_energy": "hard_coal",
        "services": "natural_gas",
        "land_use": "none",
    }
    assert reading.tables["balance"].select("city", "population").row(0) == ("US-2700099", 50.0)
    assert [remark.rule for remark in reading.remarks] == ["leave_unknown"]


def test_ember_factors_are_of_the_life_cycle_view():
    raw = b"Entity,Code,Year,Carbon intensity of electricity per kWh\nDenmark,DNK,2020,180.5\nAsia,,2020,500\n"
    factor = ember.read(raw, countries={"DNK": "DK"}).tables["factor"]

    assert factor.select("country", "year", "kg_per_mwh").rows() == [("DK", 2020, 180.5)]
    assert factor["view"].cast(pl.String).to_list() == ["life_cycle"]


def test_national_series_start_in_1990():
    reading = national.read(
        population=b"actor_id,year,population\nDK,1980,5\nDK,1990,6\n",
        co2=b"actor_id,year,total_emissions\nDK,1990,7\nEUR,1990,9\n",
        land=b"actor_id,area\nDK,42920\n",
    )

    assert sorted(reading.tables["series"].select("indicator", "value").rows()) == [
        ("fossil_co2_t", 7.0),
        ("land_area_km2", 42920.0),
        ("population_people", 6.0),
    ]


UN_HEAD = (
    '"Country or Area","Year","Area","Sex","City","City type","Record Type","Reliability","Source Year",'
    '"Value","Value Footnotes"\n'
)


def _un(*rows: tuple[str, int, int]) -> bytes:
    lines = [
        f'"Land","{year}","Total","Both Sexes","{city}","City proper","Census","Final","2021","{people}",""'
        for city, year, people in rows
    ]
    return (UN_HEAD + "\n".join([*lines, '"footnoteSeqID","Footnote"'])).encode()


def test_a_placeholder_in_a_population_series_is_left_out_and_noted():
    reading = undata.read(_un(("A", 2000, 100_000), ("A", 2010, 110_000), ("A", 2020, 1)))

    assert reading.tables["row"]["people"].to_list() == [100_000.0, 110_000.0]
    assert [remark.rule for remark in reading.remarks] == ["population_far_from_its_series_left_out"]


def test_two_cities_of_one_name_are_not_mixed():
    reading = undata.read(_un(("B", 2020, 100_000), ("B", 2020, 300_000), ("C", 2020, 50_000)))

    assert reading.tables["row"]["name"].to_list() == ["C"]
    assert [remark.code for remark in reading.remarks] == ["city_homonym"]


@pytest.mark.parametrize(
    ("name", "country", "language"),
    [
        ("横浜", "JP", "ja"),
        ("よこはま", "FR", "ja"),
        ("唐山市", "CN", "zh-Hans"),
        ("慕尼黑", "DE", "und-Hani"),
        ("München", "DE", "und"),
    ],
)
def test_the_script_of_a_name_tells_its_language(name, country, language):
    gazetteer = pl.DataFrame({"geonameid": ["1"], "country": [country], "name": [name], "alternate": [["Мюнхен", "MUC"]]})

    assert geonames.names_by_place(gazetteer).select("name", "language").rows() == [(name, language)]
