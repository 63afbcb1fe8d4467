"""Local facts of German municipalities: read from a folder at run time, found by code or name, never needed."""

import gzip

import polars as pl
import pytest

import citytandem as ct
from citytandem.findings import CannotCompute, Code
from citytandem.sources.german_context import attach_context, find_municipality, read_german_context

AGES = (
    "until_1919", "1919_1948", "1949_1978", "1979_1986", "1987_1990",
    "1991_1995", "1996_2000", "2001_2004", "2005_2008", "2009_today",
)  # fmt: skip


def write_folder(folder):
    """Three municipalities, a district that holds two of them, and the country."""
    codes = ["DG000000", "01051000", "01051011", "01051044", "01001000"]
    names = ["Deutschland", "Dithmarschen, Kreis", "Brunsbüttel, Stadt", "Heide, Stadt", "Flensburg, Stadt"]
    people = [1000, 60, 20, 40, 100]
    tables = {
        "ags_master": {"ags": codes, "description": names},
        "population_2021": {"ags": codes, "total": people},
        "area_2021": {
            "ags": codes, "land_total": [500] * 5, "land_traffic": [10] * 5, "settlement_ghd": [5] * 5, "water_total": [0] * 5,
        },
        "buildings_2021": {
            "ags": codes, "flats_total": [100.0] * 5, "flats_heatnet": [10.0, 0.0, 20.0, 40.0, 90.0],
            **{f"flats_{age}": [10.0] * 5 for age in AGES},
        },
        "flats_2021": {"ags": codes, "residential_buildings_area_total": [10.0] * 5},
        "industry_facilites_2021": {"ags": codes[:1], "chem_basic": [50.0], "count_chem_basic": [1.0]},
    }  # fmt: skip
    for name, columns in tables.items():
        (folder / f"{name}.csv.gz").write_bytes(gzip.compress(pl.DataFrame(columns).write_csv().encode()))
    return folder


def value(frame, city, variable):
    return frame.filter((pl.col("city") == city) & (pl.col("variable") == variable))["value"][0]


def test_facts_of_a_town_and_of_the_country_are_read(tmp_path):
    found = read_german_context(write_folder(tmp_path)).fact

    assert value(found, "DE-01001000", "district_heat_share") == pytest.approx(0.9)
    assert value(found, "DE", "district_heat_share") == pytest.approx(0.1)
    assert value(found, "DE-01051044", "traffic_area_m2_per_head") == pytest.approx(2500)
    assert value(found, "DE-01051044", "industry_t_per_head") == 0.0


def test_a_district_is_no_town_unless_it_is_both(tmp_path):
    place = read_german_context(write_folder(tmp_path)).place["city"].to_list()

    assert place == ["DE-01001000", "DE-01051011", "DE-01051044"]


def test_a_municipality_is_found_by_code_or_name(tmp_path):
    context = read_german_context(write_folder(tmp_path))

    assert find_municipality(context, "01051044") == "DE-01051044"
    assert find_municipality(context, "Heide") == "DE-01051044"
    assert find_municipality(context, "Nowhere") is None


def test_a_city_under_another_id_gets_its_facts_only_where_inhabitants_agree(tmp_path):
    context = read_german_context(write_folder(tmp_path))
    city = pl.DataFrame({"city": ["DE-G1", "DE-G2"], "name": ["Heide", "Flensburg"], "country": ["DE", "DE"]})
    structure = pl.DataFrame(
        {"city": ["DE-G1", "DE-G2"], "variable": ["population"] * 2, "year": [2020, 2020], "value": [41.0, 300.0]}
    )
    found = attach_context(context, city=city, structure=structure)

    assert value(found, "DE-G1", "district_heat_share") == pytest.approx(0.4)
    assert found.filter(pl.col("city") == "DE-G2").is_empty()


def test_a_folder_without_tables_is_refused_with_a_reason(tmp_path):
    with pytest.raises(CannotCompute) as refused:
        read_german_context(tmp_path)

    assert refused.value.finding.code == Code.CONTEXT_UNREADABLE


def test_a_broken_archive_is_refused_not_crashed(tmp_path):
    folder = write_folder(tmp_path)
    (folder / "flats_2021.csv.gz").write_bytes(b"\x1f\x8b no archive")

    with pytest.raises(CannotCompute):
        read_german_context(folder)


def test_any_german_municipality_gets_an_estimate_with_the_real_folder(raw_data):
    folder = raw_data / "de-municipal-context-localzero"
    if not folder.exists():
        pytest.skip("the German context is not among the raw data")
    found = ct.estimate(ct.load(), city="01051044", context=folder)

    assert found.city == "DE-01051044"
    assert found.population == pytest.approx(22_000, rel=0.1)
    assert found.context["district_heat_share"] > 0
    assert set(found.carriers["part"].cast(pl.String)) == {"households", "buildings", "industry", "stationary", "transport"}
