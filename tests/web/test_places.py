"""Finding a city: by name in any language and script, with slips, in a list by filters; never by a value."""

import re

import pytest
from django.test import Client

from citytandem import load
from citytandem.web.insights.directory import list_cities
from citytandem.web.insights.finder import find, unite

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.mark.parametrize(
    ("typed", "city"),
    [
        ("Yokohama", "JP-14100"), ("横浜", "JP-14100"), ("横浜市", "JP-14100"), ("横滨", "JP-14100"), ("橫濱", "JP-14100"),
        ("よこはま", "JP-14100"), ("Köln", "DE-05315000"), ("koln", "DE-05315000"), ("Cologne", "DE-05315000"),
        ("København", "DK-0101"), ("KOBENHAVN", "DK-0101"), ("Copenhagen", "DK-0101"), ("Kopenhagen", "DK-0101"),
        ("北京", "CN-G1816670"), ("北京市", "CN-G1816670"), ("Peking", "CN-G1816670"), ("广岛", "JP-34100"), ("広島", "JP-34100"),
    ],
)  # fmt: skip
def test_a_city_is_found_by_its_name_in_any_language_and_script(typed, city):
    assert city in find(load(), typed, limit=60).shown


@pytest.mark.parametrize(
    ("slip", "city"),
    [("heidleberg", "DE-08221000"), ("Kopenhagn", "DK-0101"), ("yokohma", "JP-14100"), ("Karlsruuhe", "DE-08212000")],
)
def test_a_slip_of_the_fingers_is_forgiven_with_a_question(slip, city):
    found = find(load(), slip, limit=8)

    assert found.shown == ()
    assert city in found.meant


def test_characters_are_looked_for_in_one_form():
    assert unite("廣島") == unite("広島") == unite("广岛")


def test_one_exact_hit_goes_straight_to_the_city():
    answer = Client().get("/da/cities/", {"q": "København"})

    assert (answer.status_code, answer["Location"]) == (302, "/da/cities/DK-0101/")


def test_a_name_of_several_cities_is_listed_with_country_state_and_people():
    page = Client().get("/en/cities/", {"q": "Portland"}).content.decode()

    assert "Which one do you mean?" in page
    assert "Oregon" in page or ", OR" in page
    assert "People: " in page


def test_nothing_found_says_what_is_known_and_what_may_be_meant():
    answer = Client().get("/en/cities/", {"q": "heidleberg"})
    nowhere = Client().get("/en/cities/", {"q": "qqqqqqqqqqqq"})

    assert "Did you mean" in answer.content.decode()
    assert "DE-08221000" in answer.content.decode()
    assert nowhere.status_code == 404
    assert 'class="notice"' in nowhere.content.decode()


@pytest.mark.parametrize("path", ["/en/cities/", "/en/cities/suggestions/"])
def test_what_was_typed_never_becomes_part_of_the_page(path):
    page = Client().get(path, {"q": '"><script>alert(1)</script>'}).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_suggestions_are_links_and_tell_how_many_there_are():
    page = Client().get("/ja/cities/suggestions/", {"q": "横浜"}).content.decode()

    assert 'href="/ja/cities/JP-14100/"' in page
    assert "横浜市" in page
    assert 'role="status"' in page
    assert "<html" not in page


@pytest.mark.parametrize("typed", ["", " ", "\n", "\x00", "a" * 5000, "((((", "%", "'"])
def test_whatever_is_typed_is_answered(typed):
    assert Client().get("/en/cities/suggestions/", {"q": typed}).status_code == 200


def test_filters_leave_only_what_passes():
    client = Client()
    japan = client.get("/en/cities/", {"country": "JP", "balance": "1"}).content.decode()
    stages = client.get("/en/cities/", {"stages": "1"}).content.decode()

    assert set(re.findall(r'<th scope="row"><a href="/en/cities/(..)-', japan)) == {"JP"}
    assert set(re.findall(r'<th scope="row"><a href="/en/cities/([^/]+)/', stages)) == {"DE-08212000", "DE-05515000"}


def test_a_list_is_alphabetical_or_by_distance_and_knows_no_other_order():
    client = Client()
    names = re.findall(
        r'<th scope="row"><a href="/en/cities/([^/]+)/', client.get("/en/cities/?balance=1&country=DK").content.decode()
    )
    near = client.get("/en/cities/?near=DK-0101&country=DK").content.decode()
    other = client.get("/en/cities/?balance=1&country=DK&sort=emissions&order=desc").content.decode()
    order = {city: row for row, city in enumerate(list_cities(load())["city"])}

    assert [order[city] for city in names] == sorted(order[city] for city in names)
    assert re.findall(r'<th scope="row"><a href="/en/cities/([^/]+)/', near)[0] == "DK-0101"
    assert re.findall(r'<th scope="row"><a href="/en/cities/([^/]+)/', other) == names


def test_filters_that_nothing_passes_say_what_would_change_that():
    page = Client().get("/en/cities/?country=AD&stages=1").content.decode()

    assert "Take one away" in page


@pytest.mark.parametrize(
    ("query", "status"),
    [("country=ZZ", 422), ("network=moon", 422), ("near=Nowhereville", 404), ("page=0", 404), ("page=x", 404)],
)
def test_a_filter_that_is_none_is_refused(query, status):
    assert Client().get(f"/en/cities/?{query}").status_code == status


@pytest.mark.parametrize("language", ["en", "de", "ja", "zh-hans", "da"])
def test_the_first_page_is_light_and_needs_nothing_from_outside(language):
    answer = Client().get(f"/{language}/")
    page = answer.content.decode()

    assert len(answer.content) < 150_000
    assert 'name="q"' in page
    assert f'href="/{language}/cities/DE-08221000/"' in page
    assert " style=" not in page
    assert answer.cookies == {}
