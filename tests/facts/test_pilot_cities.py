"""The pilot cities whose names were found: each with a source, none lent to a city of the same name."""

import polars as pl

from citytandem.atlas import load
from citytandem.sources.facts import load_facts

NAMED = 18


def test_every_pilot_city_was_read_in_its_source():
    cities = load_facts().pilot_city

    assert cities.height == NAMED
    assert set(cities["mark"].cast(pl.String)) == {"S"}


def test_a_certificate_has_a_year_and_a_choice_has_one():
    cities = load_facts().pilot_city.with_columns(pl.col("step").cast(pl.String))

    assert cities.filter((pl.col("step") == "certified") & pl.col("year_certified").is_null()).is_empty()
    assert cities.filter((pl.col("step") == "selected") & pl.col("year_selected").is_null()).is_empty()


def test_a_pilot_city_is_a_city_of_the_release_or_lies_in_one():
    cities, known = load_facts().pilot_city, set(load().city["city"])
    places = cities.select(pl.coalesce("city", "within"))["city"]

    assert set(places) <= known
    assert cities.filter(pl.col("city").is_not_null() & pl.col("within").is_not_null()).is_empty()


def test_a_namesake_in_another_province_is_not_taken_for_a_pilot_city():
    cities = load_facts().pilot_city.filter(pl.col("pilot_city").is_in(["haimen", "jizhou"]))

    assert cities["city"].to_list() == [None, None]
