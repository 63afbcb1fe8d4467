"""Cities are joined only where one is clearly meant; homonyms stay apart."""

import numpy as np
import polars as pl
import pytest

from citytandem.release import identity, resolver


def _gazetteer(*rows: tuple[str, str, str, str, float, float, int, list[str]]) -> pl.DataFrame:
    columns = ["geonameid", "name", "country", "admin1code", "latitude", "longitude", "population", "alternate"]
    return pl.DataFrame(list(rows), schema=columns, orient="row").cast({"population": pl.Int64})


JAPAN = _gazetteer(
    ("1", "Kōhoku", "JP", "19", 35.4, 139.6, 90_000, ["甲北市"]),
    ("2", "Otsunan", "JP", "19", 35.5, 139.5, 40_000, ["乙南市", "乙南"]),
    ("3", "Hei", "JP", "07", 33.6, 130.4, 30_000, ["丙区"]),
    ("4", "Tei", "JP", "19", 35.3, 139.4, 20_000, ["丁"]),
    ("5", "Tei", "JP", "19", 35.2, 139.3, 19_000, ["丁"]),
)
PLACES = pl.DataFrame(
    {
        "city": ["JP-14901", "JP-14902", "JP-14903", "JP-14904", "JP-14905"],
        "name": ["甲北市", "乙南市", "丙区", "丁町", "戊村"],
        "state_code": ["14"] * 5,
    }
)


def test_japanese_municipalities_are_joined_by_name_and_prefecture():
    link, _ = identity.link_japan(PLACES, JAPAN)

    assert sorted(link.rows()) == [("JP-14901", "1"), ("JP-14902", "2")]


def test_a_place_in_another_part_of_the_country_is_a_homonym():
    _, remarks = identity.link_japan(PLACES, JAPAN)

    assert [(remark.city, remark.code) for remark in remarks if remark.city == "JP-14903"] == [("JP-14903", "city_homonym")]


def test_two_places_that_fit_leave_the_city_open():
    _, remarks = identity.link_japan(PLACES, JAPAN)

    assert [(remark.city, remark.rule) for remark in remarks if remark.code == "place_ambiguous"] == [
        ("JP-14904", "leave_place_open")
    ]


def test_a_danish_place_of_the_same_name_far_away_is_not_joined():
    gazetteer = _gazetteer(
        ("1", "Nørreby", "DK", "17", 56.0, 10.0, 20_000, ["Norreby"]), ("2", "Sønderby", "DK", "17", 57.9, 8.0, 9_000, [])
    )
    places = pl.DataFrame(
        {"city": ["DK-0901", "DK-0902"], "name": ["Nørreby", "Sønderby"], "latitude": [56.1, 55.0], "longitude": [10.1, 12.0]}
    )
    link, remarks = identity.link_by_name(places, gazetteer, country="DK", state=None, source="s")

    assert link.rows() == [("DK-0901", "1")]
    assert [(remark.city, remark.rule) for remark in remarks] == [("DK-0902", "homonym_beyond_25_km_not_joined")]


def test_distance_is_that_of_the_globe():
    berlin, munich = (np.array([52.52]), np.array([13.405])), (np.array([48.137]), np.array([11.575]))

    assert identity.distance_km(*berlin, to=munich)[0] == pytest.approx(504, abs=2)


def test_the_nearest_place_counts_only_within_the_limit():
    targets = pl.DataFrame({"city": ["near", "far"], "latitude": [50.05, 55.0], "longitude": [10.0, 10.0]})
    places = pl.DataFrame({"geonameid": ["1", "2"], "latitude": [50.0, 51.0], "longitude": [10.0, 10.0]})

    assert identity.nearest(targets, places, within_km=15).select("city", "geonameid").rows() == [("near", "1")]


KEYS = pl.DataFrame(
    {
        "fold": ["essen", "essen", "springfield", "springfield", "bigtown", "oldname"],
        "city": ["DE-05113000", "BE-G2799742", "US-G1", "US-G2", "US-G3", "US-G4"],
        "country": ["DE", "BE", "US", "US", "US", "US"],
        "state": [None, None, "IL", "MA", "TX", "TX"],
        "latitude": [51.46, 51.47, 39.8, 42.1, 30.0, 31.0],
        "longitude": [7.01, 4.47, -89.6, -72.6, -97.0, -98.0],
        "main": ["Essen", "Essen", "Springfield", "Springfield", "Bigtown", "Newname"],
    }
)
PEOPLE = pl.DataFrame(
    {
        "city": ["DE-05113000", "BE-G2799742", "US-G1", "US-G2", "US-G3", "US-G4"],
        "people": [580_000.0, 17_000.0, 116_000.0, 153_000.0, 500_000.0, 20_000.0],
    }
)


def _ask(**columns: list[object]) -> dict[int, str]:
    asked = pl.DataFrame({"key": range(len(columns["name"]))} | columns)
    found = resolver.resolve(asked, KEYS, population=PEOPLE)
    return dict(found.select("key", "city").iter_rows())


def test_essen_in_belgium_is_not_essen_in_germany():
    assert _ask(name=["Essen", "Essen"], country=["DE", "BE"]) == {0: "DE-05113000", 1: "BE-G2799742"}


def test_coordinates_far_from_the_name_join_nothing():
    assert _ask(name=["Essen"], country=["BE"], latitude=[51.46], longitude=[7.01]) == {}


def test_a_population_that_does_not_fit_joins_nothing():
    assert _ask(name=["Essen"], country=["BE"], people=[580_000.0]) == {}


def test_two_springfields_need_a_state():
    assert _ask(name=["Springfield"], country=["US"]) == {}
    assert _ask(name=["Springfield"], country=["US"], state_asked=["MA"]) == {0: "US-G2"}


def test_an_old_name_needs_a_population_that_fits_closely():
    assert _ask(name=["Oldname"], country=["US"], people=[60_000.0]) == {}
    assert _ask(name=["Oldname"], country=["US"], people=[25_000.0]) == {0: "US-G4"}
