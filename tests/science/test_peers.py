"""Are peers chosen from structure alone, explained, stable, and refused where there are none?"""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citytandem.findings import CannotCompute, Code
from citytandem.science.benchmark.peers import NEEDED, find_peers
from citytandem.science.benchmark.structure import Scale, features
from tests.science import towns

VARIABLES = list(towns.VARIABLE["variable"])
SCALE = {
    "population": Scale("log", 2.0),
    "hdd": Scale("linear", 2000.0),
    "cdd": Scale("linear", 500.0),
    "grid_factor": Scale("linear", 400.0),
    "koppen": Scale("category"),
}
COUNTRY = dict(towns.cities().iter_rows())


def known(structure=None):
    structure = towns.structures() if structure is None else structure
    return features(structure, cities=list(COUNTRY), year=2019, variables=VARIABLES, scale=SCALE)


def ask(structure=None, *, city="DE-00000", profile=None, pool=None, **choices):
    weights = profile or dict.fromkeys(VARIABLES, 1.0)
    return find_peers(
        known(structure), city=city, profile=weights, pool=pool or list(COUNTRY), country=COUNTRY, seed=7, **choices
    )


def test_the_nearest_cities_are_the_peers_most_similar_first():
    found = ask().peer

    assert found.height == 12 and towns.town(0) not in found["peer"]
    assert found["distance"].is_sorted()
    assert found["weight"].sum() == pytest.approx(1.0)
    assert found["weight"].is_sorted(descending=True)


def test_contributions_of_a_peer_add_up_to_one():
    found = ask().reason.group_by("peer").agg(pl.col("contribution").sum())

    assert found["contribution"].to_list() == pytest.approx([1.0] * 12)


@settings(max_examples=20)
@given(st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_change_the_peers(random):
    rows = towns.structures()
    order = list(range(rows.height))
    random.shuffle(order)

    assert ask(rows[order]).peer.equals(ask(rows).peer)


@settings(max_examples=20)
@given(st.floats(min_value=0.01, max_value=100))
def test_only_the_proportions_of_weights_matter(by):
    once, scaled = ask(), ask(profile=dict.fromkeys(VARIABLES, by))

    assert scaled.peer["peer"].to_list() == once.peer["peer"].to_list()


def test_the_same_seed_gives_the_same_stability():
    first, second = ask().peer["stability"], ask().peer["stability"]

    assert first.equals(second) and first.is_between(0, 1).all()


def test_stability_is_that_of_trying_every_weighting_on_every_city():
    found, all_of = ask(per_country_max=None), known()
    random = np.random.default_rng(7)
    weights = np.array([float(name in VARIABLES) for name in all_of.variables])
    drawn = weights * random.uniform(0.8, 1.2, (200, weights.size))
    drawn /= drawn.sum(axis=1, keepdims=True)
    distance = drawn @ all_of.unlikeness(towns.town(0)).T
    distance[:, all_of.row[towns.town(0)]] = np.inf
    taken = np.argsort(distance, axis=1)[:, :12]
    share = {name: float((taken == at).any(axis=1).mean()) for name, at in all_of.row.items()}

    assert found.peer["stability"].to_list() == pytest.approx([share[name] for name in found.peer["peer"]])


def test_an_unknown_value_widens_the_distance():
    whole = towns.structures()
    nearest = ask().peer["peer"][0]
    holed = whole.filter(~((pl.col("city") == nearest) & (pl.col("variable") == "hdd")))
    before, after = ask().peer, ask(holed, k=15, cutoff=1.0, per_country_max=None, add=[nearest]).peer

    then = before.filter(peer=nearest)["distance"].item()
    assert after.filter(peer=nearest)["distance"].item() > then
    assert after.filter(peer=nearest)["known_share"].item() == pytest.approx(0.8)


def test_a_city_of_which_too_little_is_known_is_no_peer():
    nearest = ask().peer["peer"][0]
    holed = towns.structures().filter((pl.col("city") != nearest) | pl.col("variable").is_in(["population"]))

    assert nearest not in ask(holed, cutoff=1.0, k=15).peer["peer"]


def test_a_variable_hardly_anyone_knows_is_left_out_and_said():
    rare = towns.structures().filter((pl.col("variable") != "cdd") | (pl.col("city") == towns.town(0)))

    assert ask(rare).unused == ("cdd",)
    assert "cdd" not in ask(rare).reason["variable"]


def test_one_country_does_not_hide_the_others_yet_fills_the_list_when_it_must():
    limited = ask(per_country_max=2, cutoff=1.0).peer.group_by("country").len()
    alone = ask(countries=["DE"], per_country_max=2, cutoff=1.0, k=8).peer

    assert limited["len"].sum() == 12 and limited.height == 4
    assert alone["country"].unique().to_list() == ["DE"] and alone.height == 8


def test_cities_are_added_and_removed_by_hand():
    nearest, far = ask().peer["peer"][0], towns.town(39)
    found = ask(add=[far], remove=[nearest]).peer

    assert nearest not in found["peer"] and found.height == 12
    assert found.filter(peer=far)["added"].item()


def test_limits_of_country_and_pool_hold():
    pool = [towns.town(n) for n in range(20)]
    found = ask(pool=pool, countries=["DE", "JP"], cutoff=1.0).peer

    assert set(found["country"]) <= {"DE", "JP"} and set(found["peer"]) <= set(pool)


def test_without_five_cities_alike_there_are_no_peers():
    with pytest.raises(CannotCompute) as refusal:
        ask(cutoff=0.001)

    assert refusal.value.finding.code is Code.NO_TRUE_PEERS
    assert refusal.value.finding.facts["found"] == 0 and refusal.value.finding.facts["needed"] == NEEDED
    assert refusal.value.finding.facts["variable"] in VARIABLES


@pytest.mark.parametrize("k", [0, 7, 16])
def test_fewer_than_eight_or_more_than_fifteen_peers_are_refused(k):
    with pytest.raises(CannotCompute) as refusal:
        ask(k=k)

    assert refusal.value.finding.code is Code.PEERS_CANNOT_BE_COUNTED


def test_ties_are_broken_by_id():
    same = towns.structures().with_columns(
        pl.when(pl.col("variable") == "koppen").then(None).otherwise(pl.lit(500.0)).alias("value"),
        pl.when(pl.col("variable") == "koppen").then(pl.lit("Cfb")).alias("category"),
    )

    found = ask(same, per_country_max=None).peer

    assert found["peer"].to_list() == sorted(COUNTRY)[1:13]
    assert found["distance"].to_list() == [0.0] * 12


@pytest.mark.parametrize("room", [8, 12])
def test_more_cities_added_than_there_is_room_for_are_all_the_peers(room):
    many = [city for city in COUNTRY if city != "DE-00000"][:12]
    found = ask(k=room, add=many)

    assert sorted(found.peer["peer"]) == sorted(many)


def test_without_any_weight_the_house_says_what_could_have_one():
    with pytest.raises(CannotCompute) as refusal:
        ask(profile=dict.fromkeys(VARIABLES, 0.0))

    assert refusal.value.finding.code is Code.UNKNOWN_CHOICE
    assert "population" in refusal.value.finding.facts["choices"]
