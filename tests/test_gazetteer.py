"""Which city is meant: by id, by code, by name in any language and script, or asked back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citytandem import CannotCompute, Code, find_cities, find_city, load
from citytandem.gazetteer import fold, names_in

LETTERS = st.text(alphabet=st.characters(categories=("Lu", "Ll", "Lo")), min_size=1, max_size=20)


@pytest.fixture(scope="module")
def atlas():
    return load()


@pytest.mark.parametrize(
    ("asked", "city"),
    [
        ("DE-05515000", "DE-05515000"),
        ("de-05515000", "DE-05515000"),
        ("05515000", "DE-05515000"),
        ("Münster", "DE-05515000"),
        ("munster", "DE-05515000"),
        ("Yokohama", "JP-14100"),
        ("横浜市", "JP-14100"),
        ("横浜", "JP-14100"),
        ("København", "DK-0101"),
        ("Kobenhavn", "DK-0101"),
        ("Minneapolis", "US-2743000"),
        ("Heidelberg", "DE-08221000"),
        ("“Heidelberg”", "DE-08221000"),
        ("「横浜市」", "JP-14100"),
    ],
)
def test_a_city_is_found_however_it_is_written(atlas, asked, city):
    assert find_city(atlas, asked) == city


def test_a_name_borne_by_several_places_of_like_weight_is_asked_back(atlas):
    with pytest.raises(CannotCompute) as refusal:
        find_city(atlas, "Springfield")

    assert refusal.value.finding.code is Code.CITY_AMBIGUOUS
    assert str(refusal.value.finding.facts["choices"]).count("US-") > 1


def test_an_unknown_name_gets_the_nearest_ones(atlas):
    with pytest.raises(CannotCompute) as refusal:
        find_city(atlas, "Karlsruhhe")

    assert refusal.value.finding.code is Code.CITY_UNKNOWN
    assert "DE-08212000" in str(refusal.value.finding.facts["nearest"])


def test_a_country_limits_the_search(atlas):
    found = find_cities(atlas, "heidelberg", countries=["de"])

    assert found["city"].to_list() == ["DE-08221000"]


def test_only_cities_with_a_balance_can_be_asked_for(atlas):
    found = find_cities(atlas, countries=["DK"], with_balance=True)

    assert found.height >= 98
    assert found["balances"].min() >= 1


def test_a_municipality_shows_its_own_population_and_not_that_of_its_urban_area(atlas):
    found = find_cities(atlas, "København", countries=["DK"])
    own = found.filter(found["city"] == "DK-0101").to_dicts()[0]

    assert 500_000 < own["population"] < 800_000


def test_a_japanese_reader_sees_japanese_names_and_others_latin_ones(atlas):
    assert names_in(atlas, ["JP-14100"], language="ja") == {"JP-14100": "横浜市"}
    assert names_in(atlas, ["JP-14100"], language="da") == {"JP-14100": "Yokohama"}


def test_a_chinese_reader_sees_the_full_chinese_name(atlas):
    shanghai = find_city(atlas, "Shanghai")

    assert names_in(atlas, [shanghai], language="zh-Hans") == {shanghai: "上海市"}


@given(LETTERS)
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(LETTERS)
def test_outer_space_never_hides_a_name(text):
    assert fold(f"  {text} ") == fold(text)
