"""The words of others lead only to words of ours, each row with its mark and source."""

import pytest

from citytandem.sources.crosswalks import describe_source, find_country, lookup, read_rows, read_toml
from citytandem.sources.facts import load_facts, read_table
from citytandem.sources.workbook import read_workbook
from citytandem.tables._base import MARKS
from citytandem.tables.balance import CARRIERS, SCOPES, SECTORS
from citytandem.tables.city import VARIABLES
from tests.sources import forms

TABLES = (
    "activity_words",
    "boundary_words",
    "ceads_fuels",
    "ceads_sectors",
    "china_provinces",
    "city_name_words",
    "country_spellings",
    "ecrf_fields",
    "ecrf_summary",
    "emission_units",
    "gpc_sectors",
    "japan_prefecture_carriers",
    "japan_prefecture_sectors",
    "japan_prefectures",
    "secap_carriers",
    "secap_rows",
    "unit_words",
)
ALLOWED = {"sector": SECTORS, "carrier": CARRIERS, "scope": SCOPES, "mark": MARKS}


@pytest.mark.parametrize("table", TABLES)
def test_each_row_leads_to_a_word_of_ours_and_says_how_sure_it_is(table):
    rows = read_rows(table)
    wrong = [row for row in rows for name, allowed in ALLOWED.items() if name in row and row[name] not in allowed]
    sources = set(read_table("source")["source"]) | {row["source"] for row in read_rows("release_sources")}

    assert rows
    assert wrong == []
    assert {row["source"] for row in rows} <= sources


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ("gpc_sectors", "ref"),
        ("ceads_sectors", "name"),
        ("ceads_fuels", "name"),
        ("unit_words", "word"),
        ("secap_rows", "label"),
        ("secap_carriers", "heading"),
    ],
)
def test_no_word_is_given_twice(table, key):
    assert len(lookup(table, key)) == len(read_rows(table))


def test_structure_of_the_form_is_structure_of_ours():
    named = {row["variable"] for row in read_rows("ecrf_fields") if row["variable"]}

    assert named - {"gdp"} <= set(VARIABLES)


def test_protocols_of_cities_are_methods_we_describe():
    assert {row["method"] for row in read_toml("cdp_columns")["protocol"]} <= set(load_facts().methods)


@pytest.mark.parametrize("key", [row["source"] for row in read_rows("import_sources")])
def test_every_source_of_an_import_can_be_cited(key):
    row = describe_source(key).row(0, named=True)

    assert row["title"]
    assert row["licence"]
    assert row["attribution"]


@pytest.mark.parametrize(
    ("name", "code"), [("USA", "US"), ("Côte d’Ivoire", "CI"), ("dk", "DK"), ("Colombia ", "CO"), ("Atlantis", None)]
)
def test_countries_are_found_in_the_spellings_people_use(name, code):
    assert find_country(name) == code


def test_the_crosswalk_holds_what_the_publishers_own_taxonomy_says(raw_data):
    sheets, _ = read_workbook(forms.read_real(raw_data, "c40-gpc-inventories/C40_GPC_Database.xlsx"), where="c40.xlsx")
    theirs = {
        str(row[0]).strip(): row
        for row in sheets["GPC taxonomy"][1:]
        if str(row[0]).strip().lower() in lookup("gpc_sectors", "ref")
    }
    ours = {row["ref"]: row for row in read_rows("gpc_sectors")}
    differing = [
        ref
        for ref, row in theirs.items()
        if (ours[ref]["basic"] == "true") != (row[6] == "X")
        or (ours[ref]["basic_plus"] == "true") != (row[6] == "X" or row[7] == "X")
        or ours[ref]["scope"] != str(int(row[3]))
    ]

    assert theirs.keys() == ours.keys()
    assert differing == []
