"""Do the parts of a difference add up, whatever the figures?"""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from citytandem.science.benchmark.drivers import Energy, by_energy, by_sector, energy_of, explain, partition
from citytandem.science.benchmark.lmdi import split_difference

FACTORS = ("population", "energy_per_head", "emission_factor")
amount = st.one_of(st.just(0.0), st.floats(min_value=1e-3, max_value=1e6))
row = st.tuples(*[amount] * 6)
pairs = st.lists(row, min_size=1, max_size=8)


def frame(rows):
    names = [f"{name}_{side}" for name in FACTORS for side in ("own", "ref")]
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.Float64), orient="row")


def effects(found):
    return found.select(f"{name}_effect" for name in FACTORS)


def total(rows, side):
    start = {"own": 0, "ref": 1}[side]
    return sum(row[start] * row[start + 2] * row[start + 4] for row in rows)


@given(pairs)
def test_effects_add_up_to_the_difference(rows):
    found = split_difference(frame(rows), factors=FACTORS)

    size = max(total(rows, "own"), total(rows, "ref"), 1e-12)
    assert effects(found).to_numpy().sum() == pytest.approx(total(rows, "own") - total(rows, "ref"), abs=1e-9 * size)


@given(pairs)
def test_each_row_adds_up_on_its_own(rows):
    found = split_difference(frame(rows), factors=FACTORS)

    for parts, whole, given_row in zip(effects(found).rows(), found["difference"], rows, strict=True):
        size = max(given_row[0] * given_row[2] * given_row[4], given_row[1] * given_row[3] * given_row[5], 1e-12)
        assert sum(parts) == pytest.approx(whole, abs=1e-9 * size)


@given(pairs)
def test_swapping_city_and_reference_flips_the_signs(rows):
    there = split_difference(frame(rows), factors=FACTORS)
    back = split_difference(frame([(b, a, d, c, f, e) for a, b, c, d, e, f in rows]), factors=FACTORS)

    for given_row, one, other in zip(rows, effects(there).rows(), effects(back).rows(), strict=True):
        size = max(given_row[0] * given_row[2] * given_row[4], given_row[1] * given_row[3] * given_row[5], 1e-12)
        assert one == pytest.approx([-value for value in other], abs=1e-9 * size)


@given(pairs, st.floats(min_value=0.01, max_value=100))
def test_scaling_emissions_scales_every_effect(rows, by):
    once = split_difference(frame(rows), factors=FACTORS)
    scaled = split_difference(frame([(a, b, c, d, e * by, f * by) for a, b, c, d, e, f in rows]), factors=FACTORS)

    for given_row, one, other in zip(rows, effects(once).rows(), effects(scaled).rows(), strict=True):
        size = by * max(given_row[0] * given_row[2] * given_row[4], given_row[1] * given_row[3] * given_row[5], 1e-12)
        assert [value * by for value in one] == pytest.approx(list(other), abs=1e-9 * size)


@given(pairs)
def test_the_order_of_rows_does_not_matter(rows):
    forth = split_difference(frame(rows), factors=FACTORS)
    back = split_difference(frame(rows[::-1]), factors=FACTORS)

    assert effects(forth).rows() == effects(back).rows()[::-1]


def test_a_factor_that_vanishes_carries_the_whole_difference():
    found = split_difference(frame([(2.0, 2.0, 0.0, 3.0, 5.0, 5.0)]), factors=FACTORS)

    assert effects(found).row(0) == pytest.approx((0.0, -30.0, 0.0))


def test_the_limit_at_zero_is_approached():
    nearly = split_difference(frame([(3.0, 2.0, 1e-280, 3.0, 5.0, 4.0)]), factors=FACTORS)
    exactly = split_difference(frame([(3.0, 2.0, 0.0, 3.0, 5.0, 4.0)]), factors=FACTORS)

    assert effects(nearly).row(0) == pytest.approx(effects(exactly).row(0), abs=0.05)


def test_a_factor_not_defined_on_one_side_makes_no_difference():
    found = split_difference(frame([(2.0, 2.0, 0.0, 3.0, None, 5.0)]), factors=FACTORS)

    assert effects(found).row(0) == pytest.approx((0.0, -30.0, 0.0))


def test_a_known_change_is_split_by_the_logarithmic_mean():
    found = split_difference(frame([(2.0, 1.0, 3.0, 1.0, 1.0, 1.0)]), factors=FACTORS)

    # difference 5, logarithms of 2 and of 3
    assert effects(found).row(0) == pytest.approx((1.934264, 3.065736, 0.0), abs=1e-6)


def test_a_credit_below_zero_stays_whole():
    found = explain(by_sector({"waste": -0.2}, reference={"waste": 0.1}, people=(100.0, 100.0), kind="temporal", name="base"))

    assert found.select("factor", "effect_t").rows() == [("difference", pytest.approx(-30.0))]


def test_energy_is_split_into_use_mix_and_factor():
    own = Energy(
        "carrier",
        {("all", "natural_gas"): 50.0, ("all", "electricity"): 50.0},
        {("all", "natural_gas"): 10.0, ("all", "electricity"): 5.0},
    )
    before = Energy("carrier", {("all", "natural_gas"): 100.0}, {("all", "natural_gas"): 20.0})

    sides = by_energy(own, reference=before, people=(10.0, 10.0), kind="temporal", name="base")

    assert sides is not None
    found = explain(sides)
    assert found["effect_t"].sum() == pytest.approx(15.0 - 20.0)
    assert found.filter(factor="energy_per_head")["effect_t"].sum() == pytest.approx(0.0, abs=1e-12)
    assert found.filter(factor="carrier_mix", carrier="electricity")["effect_t"].item() == pytest.approx(5.0)


def test_emissions_without_energy_are_not_split():
    own = Energy("carrier", {("all", "natural_gas"): 0.0}, {("all", "natural_gas"): 10.0})

    assert by_energy(own, reference=own, people=(1.0, 1.0), kind="temporal", name="base") is None


def test_a_line_without_energy_leaves_the_energy_unknown():
    lines = pl.DataFrame(
        {
            "view": ["sector"] * 2,
            "sector": ["households", "road"],
            "carrier": ["all"] * 2,
            "activity_mwh": [5.0, None],
            "emissions_t": [1.0, 2.0],
        }
    )

    assert energy_of(lines, sectors=("households", "road"), view="sector", with_carriers=False) is None
    assert energy_of(lines, sectors=("households",), view="sector", with_carriers=False) is not None


def test_industry_switched_off_leaves_all_sides_without_it():
    sides = [
        {
            "households": 2.0,
            "buildings": 3.0,
            "industry": 4.0,
            "stationary": 7.5,
            "transport": 1.0,
            "core_no_industry": 4.0,
            "core": 8.5,
        },
        {
            "households": 1.0,
            "buildings": 2.0,
            "industry": 1.0,
            "stationary": 3.0,
            "transport": 2.0,
            "core_no_industry": 4.0,
            "core": 5.0,
        },
    ]

    off, on = partition("core_no_industry", sides=sides), partition("core", sides=sides)

    assert all("industry_energy" not in side for side in off)
    assert [on_side["industry_energy"] for on_side in on] == [4.0, 1.0]
    assert [sum(side.values()) for side in on] == [8.5, 5.0]
    assert [sum(side.values()) for side in off] == [4.0, 4.0]
