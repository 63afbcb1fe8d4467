"""Clocks and languages of places."""

import polars as pl

from citytandem import load
from citytandem.places import read_languages, read_offset, read_places


def test_clocks_are_told_apart_by_their_winter_hours():
    assert read_offset("Europe/Berlin") == 1.0
    assert read_offset("Asia/Tokyo") == 9.0
    assert read_offset("Asia/Kolkata") == 5.5


def test_a_zone_nobody_knows_is_unknown():
    assert read_offset("Mars/Olympus_Mons") is None


def test_cities_have_the_hours_of_their_zone():
    places = read_places(load())

    assert places.filter(pl.col("city") == "JP-14100")["utc_offset_hours"].to_list() == [9.0]


def test_countries_speak_their_official_languages():
    spoken = read_languages(["CH", "DE", "DE"])

    assert set(spoken.filter(pl.col("country") == "CH")["language"]) >= {"de", "fr", "it"}
    assert spoken.filter(pl.col("country") == "DE")["language"].to_list() == ["de"]
