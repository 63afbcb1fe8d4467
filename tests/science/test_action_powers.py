"""What a local government may do here, and by which route."""

import polars as pl
import pytest

from citytandem.science.action.powers import answer_powers, find_routes
from citytandem.sources.facts import load_facts
from citytandem.tables.results_action import PowerAnswer, Route

FACTS = load_facts()


def powers_of(country, tier, *, state=None, corrections=None):
    base = FACTS.tier.filter(pl.col("country") == country)["base_tier"]
    return answer_powers(
        FACTS.power, country=country, tier=tier, base_tier=base[0] if base.len() else None, state=state, corrections=corrections
    )


def routes_of(powers):
    return find_routes(powers, measures=FACTS.measure, levers=FACTS.lever, routes=FACTS.route)


def row_of(powers, asset, dimension):
    return powers.filter((pl.col("asset") == asset) & (pl.col("dimension").cast(pl.String) == dimension)).row(0, named=True)


def route_of(routes, measure):
    return routes.filter(pl.col("measure") == measure).row(0, named=True)


@pytest.mark.parametrize(
    ("country", "tier"), [("DE", "kreisfreie_stadt"), ("JP", "core_city"), ("DK", "kommune"), ("US", "county"), ("BR", None)]
)
def test_answers_meet_their_tables(country, tier):
    powers = powers_of(country, tier)

    assert PowerAnswer.is_valid(powers)
    assert Route.is_valid(routes_of(powers))


def test_a_power_that_was_not_assessed_is_null_and_never_zero():
    powers = powers_of("JP", "designated_city")
    row = row_of(powers, "street_lighting", "vision")

    assert row["level"] is None
    assert row["matched"] is None


def test_a_pre_emption_of_the_state_comes_before_the_default_of_the_country():
    default, texas = (row_of(powers_of("US", "city", state=state), "private_new_build", "rule") for state in (None, "TX"))

    assert (default["level"], default["matched"]) == (1, "tier")
    assert (texas["level"], texas["matched"], texas["law"]) == (0, "state", "HB 17")


def test_a_state_without_rows_has_the_default_of_the_country():
    default, other = (powers_of("US", "city", state=state) for state in (None, "WI"))

    assert default.equals(other)


def test_a_state_can_change_a_route():
    levers = pl.DataFrame({"measure": ["B17"], "asset": ["building_code"], "dimension": ["rule"]})
    answers = [
        find_routes(powers_of("US", "city", state=state), measures=levers.select("measure"), levers=levers, routes=FACTS.route)
        for state in (None, "NY")
    ]

    assert [answer["route"][0] for answer in answers] == ["ask", "rule"]


def test_a_tier_without_rows_gets_those_of_the_base_tier_and_says_so():
    powers = powers_of("DE", "amt")
    row = row_of(powers, "municipal_buildings", "own")

    assert row["matched"] == "base_tier"
    assert row["inherited"]


def test_a_correction_by_the_city_is_used_and_marked():
    corrections = pl.DataFrame({"asset": ["heat_network"], "dimension": ["own"], "level": [0], "law": ["sold in 2004"]})
    row = row_of(powers_of("DE", "kreisfreie_stadt", corrections=corrections), "heat_network", "own")

    assert (row["level"], row["matched"], row["mark"], row["law"]) == (0, "correction", "P", "sold in 2004")


def test_corrections_of_powers_change_routes():
    lost = pl.DataFrame({"asset": ["street_lighting"] * 4, "dimension": ["own", "rule", "budget", "vision"], "level": [0] * 4})
    before, after = (
        route_of(routes_of(powers_of("DE", "kreisfreie_stadt", corrections=corrections)), "B04") for corrections in (None, lost)
    )

    assert before["route"] == "do"
    assert after["factor"] < before["factor"]


def test_routes_are_tested_from_doing_to_asking():
    levers = pl.DataFrame({"measure": ["X"] * 2, "asset": ["a"] * 2, "dimension": ["rule", "own"]})
    told = {
        "asset": "a",
        "law": None,
        "date": None,
        "mark": "S",
        "source": "s",
        "reason": None,
        "matched": "tier",
        "inherited": False,
    }
    powers = pl.DataFrame([{**told, "dimension": "own", "level": 2}, {**told, "dimension": "rule", "level": 3}])
    route = find_routes(powers, measures=pl.DataFrame({"measure": ["X"]}), levers=levers, routes=FACTS.route)

    assert route["route"].to_list() == ["do"]


def test_a_country_without_powers_can_only_ask_for_certain():
    routes = routes_of(powers_of("BR", None))

    assert set(routes["route"]) == {"ask"}
    assert not route_of(routes, "B04")["certain"]
    assert route_of(routes, "B04")["factor_high"] == 1.0


def test_the_order_of_rows_plays_no_part():
    shuffled = FACTS.power.sample(fraction=1.0, shuffle=True, seed=7)
    plain = powers_of("US", "city", state="CA")
    mixed = answer_powers(shuffled, country="US", tier="city", base_tier="city", state="CA")

    assert plain.equals(mixed)
    assert routes_of(plain).equals(
        find_routes(mixed, measures=FACTS.measure.reverse(), levers=FACTS.lever.reverse(), routes=FACTS.route.reverse())
    )
