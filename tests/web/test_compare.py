"""Two to six cities side by side: the gate first, cities in the order named, refusals with their cure."""

import re

import pytest
from django.test import Client

from citytandem import load, verbs

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
PAIR = "/en/compare/?city=DE-08212000&city=DE-08221000"


def test_the_gate_comes_before_anything_is_compared():
    page = Client().get(PAIR).content.decode()
    sections = re.findall(r'<section class="question" id="([a-z]+)"', page)

    assert sections == ["gate", "facts", "outcomes", "mix", "scope", "stages", "learn"]
    assert "Can Karlsruhe and Heidelberg be compared?" in page


MANY = ("DK-0101", "DK-0751", "DK-0461", "DK-0851", "DE-08212000", "JP-14100", "JP-27100")


def read_heads(query: str) -> list[str]:
    page = Client().get(f"/en/compare/?{query}").content.decode()
    return re.findall(r'<th scope="col">(Karlsruhe|Heidelberg|Münster)</th>', page)[:3]


def test_cities_stand_in_the_order_they_were_named():
    heads = [
        read_heads("city=DE-08212000&city=DE-05515000&city=DE-08221000"),
        read_heads("city=DE-05515000&city=DE-08221000&city=DE-08212000"),
    ]

    assert heads == [["Karlsruhe", "Münster", "Heidelberg"], ["Münster", "Heidelberg", "Karlsruhe"]]


def test_only_what_the_gate_lets_through_stands_side_by_side():
    page = Client().get("/en/compare/?city=DE-08212000&city=DE-08221000&city=JP-14100").content.decode()
    table = page[page.index('id="outcomes"') : page.index('id="mix"')]
    sheet = verbs.gate(load(), cities=["DE-08212000", "DE-08221000", "JP-14100"])
    closed = sheet.pair.filter(outcome="core_waste")["status"].cast(str).to_list()

    assert set(closed) == {"not"}
    assert '<th scope="row">Core with waste' not in table
    assert '<th scope="row">Core</th>' in table


def test_each_value_side_by_side_has_its_interval_year_method_and_source():
    page = Client().get("/en/compare/?city=JP-14100&city=JP-27100").content.decode()
    table = page[page.index('id="outcomes"') : page.index('id="mix"')]

    assert "Estimates of CO2 emissions by sector of all municipalities" in table
    assert "2019" in table
    for head in ("90 %", "Year", "Method", "Source", "Quality"):
        assert head in table


def test_a_year_can_be_chosen_for_one_city():
    page = Client().get(f"{PAIR}&year-DE-08212000=2016").content.decode()

    assert '<option value="2016" selected>' in page
    assert "2016-01-01" in page


def test_names_lead_to_the_address_with_ids():
    answer = Client().get("/de/compare/", {"city": ["Karlsruhe", "Heidelberg", ""]})

    assert (answer.status_code, answer["Location"]) == (302, "/de/compare/?city=DE-08212000&city=DE-08221000")


@pytest.mark.parametrize(
    ("query", "status", "cure"),
    [
        ("city=XX-1&city=DE-08221000", 404, "We do not know a city"),
        ("city=DE-08212000&city=DE-08221000&year-DE-08221000=1850", 422, "2019"),
        ("&".join(f"city={city}" for city in MANY), 422, "6"),
        ("&".join(["city=DK-0101"] * 50), 422, "6"),
    ],
)  # fmt: skip
def test_what_cannot_be_compared_is_refused_with_its_cure(query, status, cure):
    answer = Client().get(f"/en/compare/?{query}")

    assert answer.status_code == status
    assert cure in answer.content.decode()


def test_a_city_without_a_balance_is_told_and_the_rest_still_stands():
    page = Client().get("/en/compare/?city=FR-G2992166&city=DE-08221000").content.decode()
    sections = re.findall(r'<section class="question" id="([a-z]+)"', page)

    assert sections == ["gate", "facts", "stages", "learn"]
    assert 'class="notice"' in page


@pytest.mark.parametrize("query", ["", "?city=DE-08221000"])
def test_with_fewer_than_two_cities_there_is_a_field_to_name_them(query):
    answer = Client().get(f"/en/compare/{query}")
    page = answer.content.decode()

    assert answer.status_code == 200
    assert 'id="compare-more"' in page
    assert "/en/compare/?city=DE-08212000&amp;city=DE-08221000" in page


def test_a_city_can_be_taken_out_of_the_comparison():
    page = Client().get("/en/compare/?city=DE-08212000&city=DE-08221000&city=DE-05515000").content.decode()

    assert 'href="/en/compare/?city=DE-08212000&amp;city=DE-05515000"' in page


def test_what_one_could_learn_from_the_other_is_only_about_these_cities():
    found = verbs.partners(load(), city="DE-08212000", among=["DE-08212000", "DE-05515000", "DE-08221000"])

    assert set(found.partners["partner"]) <= {"DE-05515000", "DE-08221000"}
    assert found.exchanges.height > 0


def test_nothing_named_becomes_part_of_the_page():
    page = Client().get("/en/compare/", {"city": '"><script>alert(1)</script>'}).content.decode()

    assert "<script>alert" not in page


@pytest.mark.parametrize("language", ["de", "ja", "zh-hans", "da"])
def test_the_comparison_is_written_in_every_language(language):
    page = Client().get(f"/{language}/compare/?city=JP-14100&city=DK-0101&city=US-2743000").content.decode()

    assert 'id="outcomes"' in page
    assert "{" not in re.sub(r"content='\{.*?\}'", "", page)
