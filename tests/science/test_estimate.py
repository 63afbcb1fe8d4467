"""A first estimate for a city without a balance: wide where little is known, silent where nothing is, never a balance."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import citytandem as ct
from citytandem.estimates import gather_material
from citytandem.findings import CannotCompute, Code
from citytandem.science.estimate.answer import Tables, answer, gather
from citytandem.science.estimate.check import hold_out_cities, hold_out_countries
from citytandem.science.estimate.guess import guess
from citytandem.science.estimate.interval import FEWEST, span_errors, span_groups
from citytandem.sources.facts import load_facts
from citytandem.tables.results_benchmark import OUTCOMES
from citytandem.tables.results_estimate import Estimate
from tests.science import towns

SEEDS = st.integers(0, 2**32 - 1)
NEWCOMER, STRANGER = "DE-99001", "FR-99002"
TABLES = Tables(load_facts().national_use, load_facts().factor, load_facts().fuel_factor)


def places():
    known = towns.cities().with_columns(pl.lit(None, pl.String).alias("state"))
    more = pl.DataFrame({"city": [NEWCOMER, STRANGER], "country": ["DE", "FR"], "state": [None, None]}, schema=known.schema)
    return pl.concat([known, more]).with_columns(pl.col("city").alias("name"))


def structures():
    like = towns.structures(1).drop("city")
    newcomers = [like.select(pl.lit(city).alias("city"), pl.all()) for city in (NEWCOMER, STRANGER)]
    return pl.concat([towns.structures(), towns.world(), *newcomers])


def series():
    rows = [
        (country, indicator, 2019, value, "invented")
        for country in (*towns.COUNTRIES, "FR")
        for indicator, value in (("fossil_co2_t", 8e8), ("population_people", 1e8))
    ]
    return pl.DataFrame(rows, schema=("area", "indicator", "year", "value", "source"), orient="row")


@pytest.fixture(scope="module")
def material():
    return gather(towns.made_ready(), city=places(), structure=structures(), series=series(), tables=TABLES)


@pytest.fixture(scope="module")
def atlas():
    return ct.load()


@pytest.fixture(scope="module")
def world(atlas):
    return gather_material(atlas)


@pytest.fixture(scope="module")
def held_out(world):
    return hold_out_cities(world, year=world.usual_year, seed=2026)


def many_countries(seed, *, countries=25, cities=20):
    """Ratios of cities that differ more between countries than inside them, with a structure that says a little."""
    random = np.random.default_rng(seed)
    names = [f"C{number:02d}" for number in range(countries) for _ in range(cities)]
    matrix = random.normal(size=(len(names), 3))
    logs = np.repeat(random.normal(0, 0.6, countries), cities) + 0.1 * matrix[:, 0] + random.normal(0, 0.2, len(names))
    return names, matrix, np.exp(logs)


def with_columns(matrix, names):
    """The structure with a column for each country, as the design has it."""
    return np.column_stack([matrix, *(np.array(names) == name for name in sorted(set(names)))])


def codes(found):
    return {finding.code for finding in found.findings}


def told(found, outcome):
    return found.estimate.filter(pl.col("outcome") == outcome).to_dicts()[0]


def test_an_estimate_is_a_valid_table_marked_as_our_proposal(material):
    found = answer(material, city=NEWCOMER).estimate

    assert found["outcome"].to_list() == list(OUTCOMES)
    assert Estimate.validate(found).height == len(OUTCOMES)
    assert set(found["mark"].cast(pl.String)) == {"P"}
    assert set(found["method"].cast(pl.String)) == {"estimate"}


def test_a_city_among_published_ones_of_its_country_gets_parts_and_shares(material):
    row = told(answer(material, city=NEWCOMER), "households")

    assert row["status"] == "complete"
    assert row["basis"] in ("structure", "mean")
    assert row["n_cities"] == 10
    assert row["low"] < row["per_head_t"] < row["high"]
    assert row["share_low"] < row["share"] < row["share_high"]


def test_a_country_never_seen_gets_no_figure_where_too_few_countries_publish(material):
    found = answer(material, city=STRANGER)

    assert found.estimate["per_head_t"].null_count() == len(OUTCOMES)
    assert set(found.estimate["status"].cast(pl.String)) == {"refused"}
    assert Code.ESTIMATE_NOT_POSSIBLE in codes(found)


def test_every_estimate_says_that_it_is_no_balance(material):
    assert Code.ESTIMATE_IS_NO_BALANCE in codes(answer(material, city=NEWCOMER))


def test_carriers_of_a_country_without_a_known_split_stay_unknown(material):
    found = answer(material, city=STRANGER)

    assert found.carriers.is_empty()
    assert Code.ESTIMATE_WITHOUT_CARRIERS in codes(found)


def test_the_own_balances_of_a_city_teach_nothing_about_itself(material):
    own = towns.town(0)
    louder = material.outcome.with_columns(
        pl.when(pl.col("city") == own).then(pl.col("per_head_t") * 50).otherwise("per_head_t").alias("per_head_t")
    )

    before, after = answer(material, city=own), answer(replace(material, outcome=louder), city=own)

    assert Code.ESTIMATE_BESIDE_BALANCE in codes(before)
    assert before.estimate.equals(after.estimate)


def test_an_unknown_population_is_refused(material):
    without = material.structure.filter(~((pl.col("city") == NEWCOMER) & (pl.col("variable") == "population")))

    with pytest.raises(CannotCompute) as refusal:
        answer(replace(material, structure=without), city=NEWCOMER)

    assert refusal.value.finding.code == Code.CITY_WITHOUT_POPULATION


def test_a_country_without_a_total_is_refused(material):
    with pytest.raises(CannotCompute) as refusal:
        answer(replace(material, series=material.series.filter(pl.col("area") != "DE")), city=NEWCOMER)

    assert refusal.value.finding.code == Code.COUNTRY_WITHOUT_TOTAL


def test_a_city_larger_than_all_that_taught_is_told_so(material):
    grown = material.structure.with_columns(
        pl.when((pl.col("city") == NEWCOMER) & (pl.col("variable") == "population")).then(5e6).otherwise("value").alias("value")
    )

    assert Code.ESTIMATE_OUTSIDE_RANGE in codes(answer(replace(material, structure=grown), city=NEWCOMER))


@given(factor=st.floats(0.1, 10))
@settings(max_examples=10, deadline=None)
def test_where_all_cities_emit_more_the_estimate_rises_alike(material, factor):
    scaled = material.outcome.with_columns(pl.col("per_head_t", "emissions_t") * factor)

    before = answer(material, city=NEWCOMER).estimate
    after = answer(replace(material, outcome=scaled), city=NEWCOMER).estimate

    for column in ("per_head_t", "low", "high", "emissions_t"):
        assert np.allclose(after[column].to_numpy(), before[column].to_numpy() * factor, rtol=1e-6, equal_nan=True)


@given(seed=SEEDS)
@settings(max_examples=10, deadline=None)
def test_the_order_of_rows_does_not_matter(material, seed):
    def mixed(frame):
        return frame.sample(fraction=1.0, shuffle=True, seed=seed)

    shuffled = replace(
        material,
        outcome=mixed(material.outcome),
        balance=mixed(material.balance),
        city=mixed(material.city),
        structure=mixed(material.structure),
        series=mixed(material.series),
    )

    assert answer(shuffled, city=NEWCOMER).estimate.equals(answer(material, city=NEWCOMER).estimate)


@given(seed=SEEDS)
@settings(max_examples=20, deadline=None)
def test_a_country_never_seen_gets_a_wider_interval(seed):
    names, matrix, ratio = many_countries(seed)
    hidden = ratio.copy()
    hidden[0] = np.nan
    unseen = np.where(np.array(names) == "C00", np.nan, ratio)
    design = with_columns(matrix, names)

    seen = guess(design, ratio=hidden, families=names, countries=names)
    strange = guess(design, ratio=unseen, families=names, countries=names)

    assert seen.basis[0] != "national"
    assert strange.basis[0] == "national"
    assert strange.high[0] - strange.low[0] > seen.high[0] - seen.low[0]


@given(seed=SEEDS)
@settings(max_examples=10, deadline=None)
def test_intervals_hold_nine_in_ten_cities_they_were_not_made_from(seed):
    names, matrix, ratio = many_countries(seed, cities=40)
    held = np.arange(ratio.size) % 2 == 0
    found = guess(with_columns(matrix, names), ratio=np.where(held, np.nan, ratio), families=names, countries=names)
    value = np.log(ratio[held])
    inside = ((found.low[held] <= value) & (value <= found.high[held])).mean()

    assert inside > 0.84


@pytest.mark.parametrize("count", range(FEWEST))
def test_a_handful_of_errors_promises_nothing(count):
    assert span_errors(np.zeros(count)) is None


@given(st.lists(st.floats(-3, 3), min_size=19, max_size=60))
def test_groups_of_one_are_as_single_errors(errors):
    alone = np.array(errors)

    assert span_groups(alone, group=np.arange(alone.size)) == span_errors(alone)


def test_on_published_cities_held_out_intervals_hold_what_they_promise(held_out):
    found = held_out
    inside = float((found["covered"] * found["n"]).sum()) / int(found["n"].sum())
    large = found.filter(pl.col("n") >= 50)

    assert 0.88 <= inside <= 0.95
    assert large.height >= 15
    assert float(large["covered"].min()) >= 0.86
    assert float(found["covered"].min()) >= 0.75


def test_shuffled_figures_teach_nothing_and_real_ones_something(held_out):
    found = held_out.filter(pl.col("n") >= 1000)
    homes = found.filter(pl.col("outcome") == "households").to_dicts()[0]

    assert (found["error_shuffled"] > 0.95 * found["error_mean_alone"]).all()
    assert homes["error"] < 0.8 * homes["error_mean_alone"]


def test_on_whole_countries_held_out_intervals_hold_what_they_promise(world):
    found = hold_out_countries(world, year=world.usual_year)
    full = found.filter(pl.col("outcome") == "full").to_dicts()[0]

    assert full["countries"] >= 19
    assert full["covered_countries"] >= 0.88
    assert found.filter(pl.col("outcome") == "households")["covered"].to_list() == [None]


def test_an_estimated_city_is_never_a_peer(atlas):
    published = set(atlas.balance["city"])
    before = ct.benchmark(atlas, city="Münster").peers.peer["peer"].to_list()
    guessed = ct.estimate(atlas, city="DE-08311000")
    after = ct.benchmark(atlas, city="Münster").peers.peer["peer"].to_list()

    assert guessed.city not in published
    assert after == before
    assert set(after) <= published
    assert "estimate" not in set(atlas.balance["method"])


def test_an_estimated_city_cannot_be_added_as_a_peer(atlas):
    try:
        peers = ct.benchmark(atlas, city="Münster", add=["DE-08311000"]).peers.peer["peer"].to_list()
    except CannotCompute:
        peers = []

    assert "DE-08311000" not in peers
