"""Sector by carrier: carriers add up to their part, scale with the city, widen without local facts, are no balance."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import citytandem as ct
from citytandem.estimates import gather_material
from citytandem.findings import Code
from citytandem.science.estimate.answer import answer
from citytandem.science.estimate.check_carriers import hold_out_carriers
from citytandem.science.estimate.check_context import shuffle_context
from citytandem.science.estimate.guess import guess
from citytandem.science.estimate.interval import span_errors
from citytandem.science.estimate.lean import LEANS, lean, learn_slope
from citytandem.science.estimate.mix import PARTS, factors_of, is_whole, mix_of_cities, mix_of_country, span_odds
from citytandem.sources.facts import load_facts
from citytandem.tables.results_estimate import CarrierEstimate

FREIBURG, SUBURB = "DE-08311000", "US-2700316"
HEATS = st.floats(0.0, 12.0)


@pytest.fixture(scope="module")
def atlas():
    return ct.load()


@pytest.fixture(scope="module")
def world(atlas):
    return gather_material(atlas)


@pytest.fixture(scope="module")
def found(world):
    return answer(world, city=FREIBURG)


def german_mix(heat=None):
    facts = load_facts()
    factors = factors_of("DE", year=2019, factor=facts.factor, fuel_factor=facts.fuel_factor)
    return mix_of_country(facts.national_use, country="DE", factors=factors, heat=heat)


def codes(found):
    return {finding.code for finding in found.findings}


def invented_context(share):
    return pl.DataFrame(
        {"city": ["DE", FREIBURG], "variable": ["district_heat_share"] * 2, "value": [0.12, share]},
        schema={"city": pl.String, "variable": pl.String, "value": pl.Float64},
    )


def test_the_carriers_of_each_part_add_up_to_its_estimate(found):
    sums = found.carriers.group_by("part").agg(pl.col("emissions_t").sum().alias("sum"))
    parts = found.estimate.select(pl.col("outcome").cast(pl.String).alias("part"), "emissions_t")
    joined = sums.with_columns(pl.col("part").cast(pl.String)).join(parts, on="part")

    assert set(joined["part"]) == set(PARTS)
    assert np.allclose(joined["sum"], joined["emissions_t"], rtol=1e-12)


def test_carriers_are_a_valid_table_marked_as_our_proposal(found):
    assert CarrierEstimate.validate(found.carriers).height == found.carriers.height
    assert set(found.carriers["mark"].cast(pl.String)) == {"P"}
    assert set(found.carriers["method"].cast(pl.String)) == {"estimate"}
    assert found.carriers["steps"].str.starts_with("estimate_part,").all()


def test_energy_times_its_factor_is_the_emissions(found):
    known = found.carriers.filter(pl.col("energy_mwh").is_not_null())
    again = known["energy_mwh"] * known["factor_kg_per_mwh"] / 1000

    assert np.allclose(again, known["emissions_t"], rtol=1e-9)


@settings(max_examples=8, deadline=None)
@given(times=st.floats(0.2, 5.0))
def test_carriers_scale_with_population_where_the_rest_stays(found, times):
    from citytandem.science.estimate.carriers import split_parts

    more = found.estimate.with_columns(pl.col(f"emissions_{end}t") * times for end in ("", "low_", "high_"))
    before, after = (split_parts(table, german_mix()) for table in (found.estimate, more))

    for column in ("emissions_t", "emissions_low_t", "emissions_high_t", "energy_mwh", "energy_high_mwh"):
        assert np.allclose(after[column], before[column] * times, rtol=1e-9)


def test_the_usual_german_home_lives_on_gas_and_electricity():
    mix = german_mix().filter(pl.col("part") == "households")
    share = dict(mix.select("carrier", "share").iter_rows())

    assert share["natural_gas"] == pytest.approx(0.369, abs=0.001)
    assert share["electricity"] == pytest.approx(0.363, abs=0.001)
    assert share["biomass"] == 0.0


def test_german_sectors_add_up_to_what_the_whole_balance_says():
    use = load_facts().national_use.filter(pl.col("country") == "DE")
    sums = dict(use.group_by(pl.col("carrier").cast(pl.String)).agg(pl.col("energy_mwh").sum()).iter_rows())

    # row 45 of the same balance holds all sectors; farming uses the rest of electricity
    assert sums["district_heat"] == pytest.approx(121_672_500, rel=1e-4)
    assert sums["electricity"] + 4_833_333 == pytest.approx(496_699_188, rel=1e-4)


@given(heat=HEATS)
def test_more_district_heat_makes_room_and_keeps_the_sum(heat):
    mix, usual = german_mix(heat), german_mix()
    of_energy = [
        dict(one.filter(pl.col("part") == "households").select("carrier", "mwh_per_t").iter_rows()) for one in (mix, usual)
    ]
    share = [part["district_heat"] / sum(part.values()) for part in of_energy]

    assert is_whole(mix)
    assert (share[0] > share[1]) == (heat > 1.0) or share[0] == pytest.approx(share[1])


def test_known_district_heat_narrows_its_interval():
    def width(mix):
        row = mix.filter((pl.col("part") == "households") & (pl.col("carrier") == "district_heat")).to_dicts()[0]
        return row["share_high"] - row["share_low"]

    assert width(german_mix(1.0)) < width(german_mix())


@given(share=st.floats(0.0, 1.0), known=st.booleans())
def test_a_share_lies_in_its_own_interval(share, known):
    for carrier in ("electricity", "district_heat", "natural_gas"):
        low, high = span_odds(share, carrier=carrier, known=known)

        assert 0.0 <= low <= share + 1e-12
        assert share - 1e-12 <= high <= 1.0 + 1e-12


def test_carriers_of_a_suburb_come_from_the_balances_around_it(world):
    found = answer(world, city=SUBURB)

    assert set(found.carriers["basis"].cast(pl.String)) == {"cities"}
    assert int(found.carriers["n_cities"].min()) > 100
    assert Code.ESTIMATE_CARRIERS_AS_COUNTRY not in codes(found)


def test_four_cities_teach_no_carriers():
    rows = [(f"US-{number}", "households", "electricity", 1.0, 2019, "invented") for number in range(4)]
    published = pl.DataFrame(rows, schema=["city", "part", "carrier", "share", "year", "source"], orient="row")

    assert mix_of_cities(published, cities=published["city"], factors={}).is_empty()


def test_district_heat_of_the_city_moves_its_carriers_and_is_told(world):
    plain = answer(world, city=FREIBURG)
    moved = answer(replace(world, context=invented_context(0.4)), city=FREIBURG)

    def share(found):
        row = found.carriers.filter((pl.col("part") == "households") & (pl.col("carrier") == "district_heat")).to_dicts()[0]
        return row["share"]

    assert share(moved) > 2 * share(plain)
    assert Code.ESTIMATE_WITH_CONTEXT in codes(moved)
    assert Code.ESTIMATE_WITHOUT_CONTEXT in codes(plain)
    assert moved.context == {"district_heat_share": 0.4}


def test_a_context_that_does_not_know_the_city_says_so(world):
    elsewhere = invented_context(0.4).filter(pl.col("city") == "DE")

    assert Code.ESTIMATE_CONTEXT_NOT_KNOWN in codes(answer(replace(world, context=elsewhere), city=FREIBURG))


@given(seed=st.integers(0, 2**32 - 1), strength=st.floats(0.0, 3.0))
def test_an_interval_is_never_wider_with_a_local_fact(seed, strength):
    random = np.random.default_rng(seed)
    fact = random.uniform(0, 1, 12)
    error = random.normal(0, 0.3, 12) - strength * (fact - fact.mean())
    found, before = learn_slope(error, facts={"heat": (fact, -1)}), span_errors(error)

    assert before is not None
    if found is not None:
        assert found.slope < 0
        assert max(found.ends[1], 0) - min(found.ends[0], 0) <= max(before[1], 0) - min(before[0], 0) + 1e-12
        assert np.abs(found.error).mean() < np.abs(error).mean()


def test_a_fact_that_says_nothing_is_left_alone():
    random = np.random.default_rng(7)
    used = sum(learn_slope(random.normal(size=15), facts={"heat": (random.normal(size=15), 1)}) is not None for _ in range(200))

    assert used < 30


def test_local_facts_move_only_cities_that_have_them():
    names = ["DE"] * 12
    random = np.random.default_rng(3)
    heat = np.linspace(0, 1, 12)
    ratio = np.exp(-1.5 * heat + random.normal(0, 0.02, 12))
    ratio[[0, 11]] = np.nan
    plain = guess(np.zeros((12, 1)), ratio=ratio, families=names, countries=names)
    known = heat.copy()
    known[11] = np.nan
    fact = LEANS["households"][0][0]
    plain.centre[:], plain.basis[:] = np.nanmean(np.log(ratio)), "mean"
    plain.error[:] = np.log(ratio) - np.nanmean(np.log(ratio))
    plain.low[:], plain.high[:] = plain.centre - 1, plain.centre + 1

    moved = lean(plain, families=names, context={fact: known}, outcome="households")

    assert moved.local[0] == fact
    assert moved.centre[0] > plain.centre[0]
    assert moved.centre[11] == plain.centre[11]
    assert moved.local[11] == ""


def test_shuffling_deals_facts_to_other_cities_and_loses_none(world):
    cities = sorted(set(world.balance["city"]))[:9]
    context = pl.DataFrame(
        {"city": cities, "variable": ["district_heat_share"] * 9, "value": [float(number) for number in range(9)]}
    )
    mixed = shuffle_context(replace(world, context=context), seed=1).context

    assert mixed is not None
    assert sorted(mixed["value"]) == sorted(context["value"])
    assert mixed.sort("city")["value"].to_list() != context.sort("city")["value"].to_list()


def test_published_carriers_lie_mostly_inside_and_shuffled_ones_are_further_off(world):
    found = hold_out_carriers(world, year=2019, seed=2026)
    cells = int(found["cells"].sum())

    assert float((found["covered"] * found["cells"]).sum()) / cells > 0.85
    assert float((found["error"] * found["cells"]).sum()) < 0.7 * float((found["error_shuffled"] * found["cells"]).sum())


def test_an_estimate_is_in_no_table_that_peers_or_measures_are_taken_from(atlas):
    methods = set(atlas.balance["method"])

    assert "estimate" not in methods
    assert "estimate" not in set(atlas.facts.methods)
    assert not {"balance", "line"} & set(CarrierEstimate.columns())


def test_an_estimate_gives_advice_no_tonnes_and_credits_no_measure(atlas):
    ct.estimate(atlas, city=FREIBURG)
    found = ct.advise(atlas, city=FREIBURG)

    assert found.balance is None
    assert found.split.is_empty()
    assert found.advice["remaining_t"].null_count() == found.advice.height
    assert found.advice["addressed_high_t"].drop_nulls().sum() == 0
    assert Code.CITY_WITHOUT_BALANCE in codes(found)
