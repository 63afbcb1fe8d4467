"""A city is joined only where one fits; another gets an id of its own that is always the same."""

import re

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from citytandem.sources.cells import Page
from citytandem.sources.city_match import Places, provisional_id, resolve_from
from citytandem.sources.periods import read_end, read_period
from citytandem.tables._base import CITY_ID

CITY = pl.DataFrame(
    [
        ("DE-08221000", "Heidelberg", "BW", "municipality"),
        ("US-G1", "Portland", "OR", "place"),
        ("US-G2", "Portland", "ME", "place"),
        ("JP-14100", "Yokohama", None, "municipality"),
        ("JP-G3", "Yokohama", None, "place"),
    ],
    schema=["city", "name", "state", "boundary"],
    orient="row",
)
NAME = pl.DataFrame({"city": ["JP-14100"], "name": ["横浜市"]})
CODES = pl.DataFrame({"city": ["DE-08221000"], "scheme": ["locode"], "value": ["DEHEI"]})


@pytest.mark.parametrize(
    ("name", "country", "locode", "city"),
    [
        ("heidelberg", "DE", None, "DE-08221000"),
        ("anything", None, "DE HEI", "DE-08221000"),
        ("Portland", "US", None, None),
        ("Portland, OR", "US", None, "US-G1"),
        ("Yokohama", "JP", None, "JP-14100"),
        ("横浜市", "JP", None, "JP-14100"),
        ("Heidelberg", "US", None, None),
        ("Heidelberg", None, None, None),
    ],
)
def test_only_one_that_fits_is_joined(name, country, locode, city):
    resolve = resolve_from(city=CITY, name=NAME, identifier=CODES)

    assert resolve(name, country=country, locode=locode) == city


@given(st.text(max_size=60), st.sampled_from([None, "DE", "CN"]))
def test_a_provisional_id_is_always_valid_and_always_the_same(name, country):
    assert re.match(CITY_ID, provisional_id(name, country=country))
    assert (
        provisional_id(name, country=country) == provisional_id(name.upper().lower(), country=country)
        or name.lower() != name.upper().lower()
    )


@given(st.text(max_size=40) | st.floats() | st.dates().map(lambda day: f"{day} - {day}"))
def test_a_period_that_is_read_runs_forward_for_about_a_year(words):
    for found in (read_period(words), read_end(words)):
        assert found is None or 354 <= (found[2] - found[1]).days <= 377


def test_of_two_with_one_name_the_far_larger_is_meant():
    sizes = {"US-G1": 650_000.0, "US-G2": 60_000.0}
    resolve = resolve_from(city=CITY, name=NAME, identifier=CODES, population=sizes)

    assert resolve("City of Portland", country="US", locode=None) == "US-G1"
    assert (
        resolve_from(city=CITY, name=NAME, identifier=CODES, population=sizes | {"US-G2": 70_000.0})(
            "Portland", country="US", locode=None
        )
        is None
    )


@pytest.mark.parametrize("name", ["Stadt Heidelberg", "HEIDELBERG (Germany)", "City of Heidelberg"])
def test_words_around_a_name_are_set_aside(name):
    resolve = resolve_from(city=CITY, name=NAME, identifier=CODES)

    assert resolve(name, country="DE", locode=None) == "DE-08221000"


def test_cities_between_which_nothing_is_chosen_are_named():
    resolve = resolve_from(city=CITY, name=NAME, identifier=CODES)
    page = Page("file.csv")
    found = Places(resolve, page, "cdp-2016").find("City of Portland", country="US")

    assert found == provisional_id("City of Portland", country="US")
    assert [(finding.code, finding.facts.get("choices")) for finding in page.findings] == [
        ("city_ambiguous", "US-G1, US-G2"),
        ("city_not_matched", None),
    ]
