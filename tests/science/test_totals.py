"""What does a balance say by outcome: added up right, and unknown where it does not say?"""

import polars as pl
import pytest

from citytandem.science.balance.quality import NOTHING_SHARED, SharedErrors
from citytandem.science.balance.totals import outcomes
from tests.science import towns


def read(rows, *, width=None, shared=NOTHING_SHARED, **header):
    """Outcomes of one balance from rows of view, sector, emissions and, where wanted, notation, carrier and grade."""
    balance = pl.DataFrame([towns.head("DE-00000", 2019, **header)], schema_overrides={"reported_t": pl.Float64})
    filled = [(*row, *(None, "all", None)[len(row) - 3 :]) for row in rows]
    line = pl.DataFrame(
        [
            (balance["balance"][0], view, f"{n}", sector, carrier, "1+2", None, t, note, grade)
            for n, (view, sector, t, note, carrier, grade) in enumerate(filled)
        ],
        schema=towns.LINE,
        orient="row",
    )
    people = pl.DataFrame(
        {"balance": balance["balance"], "population": [100.0], "population_year": [2019], "population_source": ["x"]}
    )
    found = outcomes(
        line,
        balance=balance.drop("population"),
        population=people,
        width=width or towns.WIDTH,
        shared=shared,
    )
    return {row["outcome"]: row for row in found.iter_rows(named=True)}


def test_parts_add_up_to_the_variants_of_the_core():
    found = read([("sector", name, t) for name, t in
                  [("households", 100.0), ("services", 50.0), ("industry_energy", 200.0), ("road", 80.0),
                  ("rail", 5.0), ("waste", 10.0)]])  # fmt: skip

    assert {name: row["emissions_t"] for name, row in found.items()} == {
        "households": 100, "buildings": 150, "industry": 200, "stationary": 350, "transport": 85, "waste": 10,
        "core_no_industry": 235, "core": 435, "core_waste": 445, "full": 445,
    }  # fmt: skip
    assert found["core"]["per_head_t"] == pytest.approx(4.35)


def test_business_that_is_not_split_leaves_industry_unknown():
    found = read([("sector", "households", 100.0), ("sector", "services_and_industry", 90.0), ("sector", "road", 50.0)])

    assert found["industry"]["emissions_t"] is None and found["industry"]["missing"] == "industry_energy"
    assert found["buildings"]["missing"] == "services"
    assert found["core"]["emissions_t"] == 240


def test_one_line_for_all_energy_gives_the_core_alone():
    found = read([("sector", "stationary", 300.0), ("sector", "transport", 100.0)])

    assert found["core"]["emissions_t"] == 400
    assert found["core_no_industry"]["emissions_t"] is None and found["core_no_industry"]["missing"] == "households,services"


def test_heat_and_electricity_of_all_users_give_the_core():
    found = read(
        [("application", "heat_use", 264.0), ("application", "electricity_use", 343.0), ("application", "transport", 288.0)]
    )

    assert found["core"]["emissions_t"] == 895 and found["transport"]["emissions_t"] == 288
    assert found["stationary"]["emissions_t"] is None


def test_views_are_never_added():
    found = read([("sector", "road", 70.0), ("application", "transport", 75.0), ("total", "total", 500.0)])

    assert found["transport"]["emissions_t"] == 70 and found["full"]["emissions_t"] == 500


def test_a_view_that_states_only_energy_gives_way():
    found = read([("sector", "road", None), ("application", "transport", 75.0)])

    assert found["transport"]["emissions_t"] == 75


@pytest.mark.parametrize("note", ["NE", "IE", "C"])
def test_what_is_not_stated_stays_unknown(note):
    found = read([("sector", "households", None, note), ("sector", "services", 5.0), ("sector", "road", 1.0)])

    assert found["households"]["emissions_t"] is None and found["buildings"]["emissions_t"] is None


def test_what_does_not_occur_is_zero():
    found = read([("sector", "industry_energy", None, "NO"), ("sector", "road", 1.0)])

    assert found["industry"]["emissions_t"] == 0


def test_the_total_is_the_one_that_is_published():
    assert read([("sector", "road", 1.0)], reported_t=9.0)["full"]["emissions_t"] == 9
    assert read([("sector", "road", 1.0), ("sector", "aviation", 2.0)])["full"]["emissions_t"] == 3


def test_independent_lines_narrow_the_interval_and_a_shared_factor_does_not():
    rows = [("sector", "households", 30.0, None, "electricity", "A"), ("sector", "services", 40.0, None, "electricity", "A")]
    apart = read(rows, width={**towns.WIDTH, "A": 0.1})["buildings"]
    shared = read(rows, width={**towns.WIDTH, "A": 0.0}, shared=SharedErrors(electricity=0.1))["buildings"]

    assert apart["high_t_per_head"] - apart["per_head_t"] == pytest.approx(0.05)
    assert shared["high_t_per_head"] - shared["per_head_t"] == pytest.approx(0.07)
    assert apart["grade"] == "A"


def test_top_down_figures_are_as_wide_as_their_allocation():
    found = read([("sector", "households", 100.0, None, "all", "A")], top_down=True)["households"]

    assert found["high_t_per_head"] == pytest.approx(1.4)
