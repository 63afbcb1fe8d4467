"""The verbs answer for real cities, refuse honestly, and say what they are made from."""

import json

import polars as pl
import pytest

import citytandem as ct
from citytandem.tables.records import as_plain


@pytest.fixture(scope="module")
def atlas():
    return ct.load()


@pytest.mark.parametrize("city", ["Münster", "Karlsruhe", "Heidelberg", "Yokohama", "København", "Minneapolis"])
@pytest.mark.parametrize("verb", [ct.balance, ct.benchmark, ct.advise, ct.partners])
def test_every_verb_answers_for_the_named_cities_as_plain_data(atlas, verb, city):
    found = verb(atlas, city=city)

    plain = json.loads(json.dumps(as_plain(found), ensure_ascii=False))
    assert plain["city"] == ct.find_city(atlas, city)
    assert plain["provenance"]["release_sha256"] == atlas.descriptor["sha256"]


@pytest.mark.parametrize("verb", [ct.balance, ct.benchmark])
def test_a_city_without_a_balance_is_refused_with_the_cure(atlas, verb):
    with pytest.raises(ct.CannotCompute) as refusal:
        verb(atlas, city="Essen")

    assert refusal.value.finding.code is ct.Code.CITY_WITHOUT_BALANCE


def test_a_city_without_a_balance_still_learns_what_is_in_its_hands(atlas):
    found = ct.advise(atlas, city="Essen")

    assert found.powers["level"].is_not_null().any()
    assert found.advice["remaining_high_t"].is_null().all()
    assert ct.Code.CITY_WITHOUT_BALANCE in {finding.code for finding in found.findings}


def test_a_year_without_a_balance_names_the_years_there_are(atlas):
    with pytest.raises(ct.CannotCompute) as refusal:
        ct.benchmark(atlas, city="Bonn", year=1950)

    assert refusal.value.finding.code is ct.Code.YEAR_WITHOUT_BALANCE
    assert "2018" in str(refusal.value.finding.facts["years"])


def test_peers_of_a_german_city_come_from_at_least_three_countries(atlas):
    found = ct.benchmark(atlas, city="Münster")

    assert found.peers.peer["country"].n_unique() >= 3


def test_peers_can_be_added_removed_and_limited(atlas):
    usual = set(ct.benchmark(atlas, city="Karlsruhe").peers.peer["peer"])
    gone = min(usual)
    found = ct.benchmark(atlas, city="Karlsruhe", add=["Esbjerg"], remove=[gone])
    danish = ct.benchmark(atlas, city="Karlsruhe", countries=["dk"])

    assert "DK-0561" in set(found.peers.peer["peer"])
    assert gone not in set(found.peers.peer["peer"])
    assert set(danish.peers.peer["country"]) == {"DK"}


def test_a_city_without_a_balance_in_these_years_is_told_not_to_be_added(atlas):
    found = ct.benchmark(atlas, city="Karlsruhe", add=["Essen"])

    assert ct.Code.PEER_CANNOT_BE_ADDED in {finding.code for finding in found.findings}


def test_an_unknown_network_is_refused_with_the_known_ones(atlas):
    with pytest.raises(ct.CannotCompute) as refusal:
        ct.benchmark(atlas, city="Bonn", networks=["no-such-network"])

    assert refusal.value.finding.code is ct.Code.UNKNOWN_CHOICE


def test_the_same_question_has_the_same_answer(atlas):
    once, again = (as_plain(ct.benchmark(atlas, city="Bonn")) for _ in range(2))

    assert once == again


def test_every_position_carries_year_method_source_and_interval_or_says_what_is_missing(atlas):
    position = ct.benchmark(atlas, city="Karlsruhe").position
    known = position.filter(pl.col("value").is_not_null())

    assert known.height > 4
    for column in ("year", "method", "source", "low", "high"):
        assert known[column].null_count() == 0


def test_existing_ties_come_first_among_partners(atlas):
    tied = atlas.tie.filter(pl.col("city").is_in(atlas.balance["city"].implode()))["city"].to_list()
    found = ct.partners(atlas, city=tied[0]).partners["tie"].is_not_null().to_list()

    assert found == sorted(found, reverse=True)


def test_public_names_are_all_there():
    assert [name for name in ct.__all__ if not hasattr(ct, name)] == []
