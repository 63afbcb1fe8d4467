"""Pilot buildings as everybody sees them: the list, its filters, the page of one, gaps as gaps, no order but that of names."""

from __future__ import annotations

import csv
import io
import re
import zipfile

import pytest
from django.test import Client

from citytandem.buildings import list_buildings
from citytandem.web.buildings.queries import visible_buildings
from citytandem.web.demo.building import load_building
from citytandem.web.demo.people import load_people
from tests.web.buildings import RECORD

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def read(answer) -> str:
    """The words of a page, without its tags."""
    text = re.sub(r"<svg.*?</svg>|<[^>]+>", " ", answer.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", text)


def names_on(page: str) -> list[str]:
    return re.findall(r'<h3 id="card-\d+"><a[^>]*>([^<]*)</a>', page)


@pytest.fixture
def example():
    """The building of the demo, and the team that owns it."""
    load_people()
    return load_building()


# the list


def test_every_known_pilot_is_listed_by_name():
    page = Client().get("/en/buildings/").content.decode()
    shown = names_on(page)

    assert len(shown) == list_buildings().buildings.height >= 17
    assert shown == sorted(shown, key=str.lower)


def test_a_figure_nobody_has_published_is_shown_as_a_gap():
    page = read(Client().get("/en/buildings/"))

    assert "Measured in use not published" in page
    assert "what they use in fact, of none" in page


@pytest.mark.parametrize(
    ("query", "count"), [("zone=severe_cold", 2), ("use=kindergarten", 2), ("province=Hebei", 4), ("works=new&use=hotel", 1)]
)
def test_filters_of_the_address_narrow_the_list_and_the_table(query, count):
    page = Client().get(f"/en/buildings/?{query}").content.decode()
    table = Client().get(f"/en/buildings/buildings.csv?{query}").content.decode()

    assert len(names_on(page)) == count
    assert len(list(csv.DictReader(io.StringIO(table)))) == count


def test_a_choice_nobody_offers_is_refused_with_the_choices():
    answer = Client().get("/en/buildings/?zone=tropical")

    assert answer.status_code == 422
    assert "severe_cold" in answer.content.decode()


def test_where_nothing_fits_the_page_says_what_to_do():
    page = read(Client().get("/en/buildings/?zone=severe_cold&use=hotel"))

    assert "No building known here fits all of this" in page


def test_the_list_as_a_table_names_each_source():
    rows = list(csv.DictReader(io.StringIO(Client().get("/en/buildings/buildings.csv").content.decode())))

    assert all(row["source_url"].startswith("http") for row in rows)
    assert {row["owner"] for row in rows} == {""}


# one building


def test_each_figure_bears_its_source_and_what_is_recalled_says_so():
    page = read(Client().get("/en/buildings/zai-shui-yi-fang-qinhuangdao/"))

    assert "recalled, not read in the source" in page
    assert "13 kWh/m²a" in page


def test_both_conventions_of_demand_have_their_place_even_where_nothing_is_published():
    page = read(Client().get("/en/buildings/two-villas-dalian/"))

    assert "heating demand not published designed · passive-house planning package" in page
    assert "heating demand not published designed · Chinese standard" in page
    assert "airtightness n50 not published tested" in page


def test_limits_say_whether_they_were_read_or_recalled_and_what_cannot_be_compared():
    page = read(Client().get("/en/buildings/two-villas-dalian/"))

    assert "GB/T 51350-2019, nearly zero" in page
    assert "not compared" in page


def test_without_readings_the_page_says_what_would_unlock_the_comparison():
    page = read(Client().get("/en/buildings/xingfubao-urumqi/"))

    assert "No monthly readings are published" in page
    assert "from 5 on their range is shown" in page


@pytest.mark.parametrize("key", ["nothing", "nothing:1", "house:999999999", ":1", "a:0"])
@pytest.mark.parametrize("what", ["", "figures.csv", "sheet.pdf"])
def test_an_unknown_building_is_not_found(key, what):
    assert Client().get(f"/en/buildings/{key}/{what}").status_code == 404


@pytest.mark.parametrize("language", ["en", "de", "ja", "zh-hans", "da"])
def test_every_pilot_has_a_page_in_every_language(language):
    every = list_buildings().buildings["building"].to_list()
    keys = every if language == "en" else every[:3]
    answers = {key: Client().get(f"/{language}/buildings/{key}/").status_code for key in keys}

    assert set(answers.values()) == {200}


def test_the_sheet_is_a_pdf_and_the_figures_are_a_table():
    paper = Client().get("/de/buildings/xingfubao-urumqi/sheet.pdf")
    figures = Client().get("/en/buildings/xingfubao-urumqi/figures.csv").content.decode()
    told = {row["indicator"]: row["source_url"] for row in csv.DictReader(io.StringIO(figures))}

    assert paper.content.startswith(b"%PDF-")
    assert sorted(told) == ["cost", "heat_share_of_requirement", "u_window"]
    assert all(told.values())


def test_the_tables_to_be_filled_in_are_given_as_a_workbook_and_as_text():
    book = Client().get("/en/buildings/template.xlsx").content
    texts = zipfile.ZipFile(io.BytesIO(Client().get("/en/buildings/template.zip").content))

    assert {"xl/workbook.xml"} <= set(zipfile.ZipFile(io.BytesIO(book)).namelist())
    assert set(RECORD.split("\n")[0].split(",")) <= set(texts.read("buildings.csv").decode().strip().split(","))
    assert Client().get("/en/buildings/template.exe").status_code == 404


# a building of an owner


def test_the_invented_building_is_labelled_wherever_it_is_shown_and_counts_as_no_pilot(example):
    page = read(Client().get("/en/buildings/"))
    own = read(Client().get(f"/en/buildings/{example.address}/"))

    assert "told by Essen (invented team) · invented example" in page
    assert "Pilot buildings shown: 17." in page
    assert "This building and all its figures are invented" in own


def test_designed_metered_and_reference_weather_stand_side_by_side_with_an_interval(example):
    page = read(Client().get(f"/en/buildings/{example.address}/"))

    assert re.search(
        r"Designed for 48 kWh per m² and year, it used 58\.8\. In reference weather it would have used [\d.]+ \(", page
    )
    assert re.search(r"As metered 58\.8 .*Worked out for reference weather [\d.]+ nine times out of ten between", page)
    assert "flat, and rising in the cold" in page


def test_the_terms_of_the_gap_add_up_to_metered_less_designed(example):
    page = read(Client().get(f"/en/buildings/{example.address}/"))
    part = page[page.index("the terms add up to it exactly") : page.index("not explained") + 30]
    terms = [float(number.replace("−", "-")) for number in re.findall(r"[+−]\d+\.\d", part)]

    assert len(terms) == 5
    assert sum(terms) == pytest.approx(58.8 - 48, abs=0.3)


def test_an_invented_building_is_no_evidence_about_others(example):
    shown = visible_buildings(type("Request", (), {})())
    buildings, values = shown.evidence

    assert example.address in shown.buildings["building"]
    assert example.address not in buildings["building"]
    assert example.address not in values["building"]
