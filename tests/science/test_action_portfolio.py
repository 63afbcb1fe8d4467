"""Measures together: never more than there is, and the best within the limits."""

import itertools
from functools import cache

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citytandem.findings import CannotCompute, Code
from citytandem.science.action.addressed import bound_addressed, lay_out
from citytandem.science.action.advice import size_measures
from citytandem.science.action.playbook import prepare_playbook
from citytandem.science.action.portfolio import COST_CEILING_2026, Limits, compose_portfolio
from citytandem.science.action.powers import answer_powers, find_routes
from citytandem.science.action.profile import bound_done, fold_stages
from citytandem.science.action.selection import select_best
from citytandem.sources.facts import load_facts
from citytandem.tables import Stage
from citytandem.tables.catalogue import ORDERS
from citytandem.tables.results_action import PortfolioStep

SECTORS = ["households", "services", "municipal", "industry_energy", "road", "waste", "wastewater", "agriculture", "buildings"]
CARRIERS = ["all", "electricity", "natural_gas", "district_heat", "none", "diesel", "hard_coal"]
CELLS = {("households", "natural_gas"): 300.0, ("municipal", "all"): 20.0, ("road", "all"): 250.0, ("waste", "none"): 30.0}


@cache
def playbook():
    return prepare_playbook(load_facts())


def emissions_of(cells):
    rows = [{"view": "sector", "sector": s, "carrier": c, "emissions_t": t, "notation": None} for (s, c), t in cells.items()]
    schema = {"view": pl.String, "sector": pl.String, "carrier": pl.String, "emissions_t": pl.Float64, "notation": pl.String}
    return lay_out(pl.DataFrame(rows, schema=schema))


def size(cells):
    book = playbook()
    powers = answer_powers(book.power, country="DE", tier="kreisfreie_stadt", base_tier="kreisfreie_stadt")
    return size_measures(
        book,
        addressed=bound_addressed(emissions_of(cells), inclusion=book.inclusion),
        routes=find_routes(powers, measures=book.measure, levers=book.lever, routes=book.route),
        done=bound_done(fold_stages(Stage.create_empty()), measures=book.measure, implemented=book.implemented_share),
        electricity="national",
        top_down=False,
    )


def compose(cells, *, limits=None, sized=None):
    return compose_portfolio(
        size(cells) if sized is None else sized,
        emissions=emissions_of(cells),
        inclusion=playbook().inclusion,
        limits=limits,
    )


def chosen(plan):
    return plan.steps.filter(pl.col("status").cast(pl.String) == "chosen")


balances = st.dictionaries(
    st.tuples(st.sampled_from(SECTORS), st.sampled_from(CARRIERS)), st.floats(0, 1e8), min_size=1, max_size=12
)


@settings(max_examples=40)
@given(cells=balances)
def test_a_plan_never_exceeds_all_there_is(cells):
    plan = compose(cells)

    assert PortfolioStep.is_valid(plan.steps)
    assert 0 <= plan.reduction_low_t <= plan.reduction_high_t * (1 + 1e-9) + 1e-6
    assert plan.reduction_high_t <= plan.total_t
    assert plan.reduction_high_share <= 1
    assert (chosen(plan)["after_low_t"] >= -1e-6).all()


def test_even_full_effects_of_every_measure_stay_within_all_there_is():
    full = size(CELLS).with_columns(
        pl.lit("numbers").alias("basis"),
        *(pl.lit(1.0).alias(f"{name}_{end}") for name in ("depth", "unreached_depth") for end in ("low", "high")),
        pl.lit(1.0).alias("route_factor"),
        pl.lit(1.0).alias("route_factor_high"),
        pl.lit(0.0).alias("implemented_low"),
        pl.lit(0.0).alias("implemented_high"),
        pl.lit(1.0).alias("remaining_high_t"),
        pl.lit(True).alias("credited"),
    )
    plan = compose(CELLS, sized=full)

    assert plan.reduction_high_t <= plan.total_t


def test_each_step_acts_on_what_the_steps_before_it_leave():
    steps = chosen(compose(CELLS)).sort("order")

    assert steps["before_low_t"].to_list()[1:] == pytest.approx(steps["after_low_t"].to_list()[:-1])
    assert steps["before_high_t"].to_list()[1:] == pytest.approx(steps["after_high_t"].to_list()[:-1])


def test_steps_run_from_avoiding_to_supplying():
    steps = chosen(compose(CELLS)).sort("order")["step"].cast(pl.String).to_list()

    assert steps == sorted(steps, key=ORDERS.index)


def test_of_each_exclusion_group_at_most_one_is_chosen():
    groups = chosen(compose(CELLS)).explode("group").drop_nulls("group")["group"]

    assert groups.n_unique() == groups.len()


def test_what_is_left_out_says_why():
    plan = compose(CELLS)
    excluded = plan.steps.filter(pl.col("status").cast(pl.String) == "excluded_by_group")

    assert plan.steps.height == load_facts().measure.height
    assert excluded["because"].is_not_null().all()


def test_the_order_of_rows_plays_no_part():
    plain, mixed = compose(CELLS), compose(CELLS, sized=size(CELLS).sample(fraction=1.0, shuffle=True, seed=3))

    assert plain.steps.equals(mixed.steps)


def test_enabling_raises_the_high_end_by_half_at_most():
    sized = size(CELLS)
    without = compose(CELLS, sized=sized.with_columns(pl.lit([], dtype=pl.List(pl.String)).alias("enables")))
    joined = chosen(compose(CELLS, sized=sized)).join(chosen(without), on="measure", suffix="_alone")

    assert (joined["reduction_high_t"] <= 1.5 * joined["reduction_high_t_alone"] + 1e-9).all()


def test_a_budget_is_kept_and_unknown_costs_are_told():
    plan = compose(CELLS, limits=Limits(budget_eur_per_head=60))
    spent = chosen(plan).join(load_facts().measure.select("measure", "cost_high"), on="measure")
    costs = spent["cost_high"].cast(pl.String).replace_strict(COST_CEILING_2026)

    assert costs.sum() <= 60
    assert Code.COST_NOT_KNOWN in {finding.code for finding in plan.findings}
    assert "over_limit" in set(plan.steps["status"])


def test_own_costs_take_the_place_of_classes():
    need = pl.DataFrame({"measure": ["B02"], "cost_eur_per_head": [5.0]})
    plan = compose(CELLS, limits=Limits(budget_eur_per_head=5, need=need))

    assert "B02" in chosen(plan)["measure"]


def test_without_figures_no_measure_fits_a_staff_limit():
    plan = compose(CELLS, limits=Limits(staff=3))

    assert chosen(plan).is_empty()
    assert "staff_not_known" in set(plan.steps["status"])


def brute_force(gains, *, needs, exclusive):
    sets = itertools.chain.from_iterable(itertools.combinations(range(len(gains)), n) for n in range(len(gains) + 1))
    fits = (
        picked
        for picked in map(list, sets)
        if all(need[picked].sum() <= limit for need, limit in needs)
        and all(sum(n in picked for n in members) <= 1 for members in exclusive)
    )
    return max(gains[picked].sum() for picked in fits)


@settings(max_examples=60)
@given(data=st.data(), size=st.integers(1, 9))
def test_the_choice_is_as_good_as_trying_everything(data, size):
    whole = st.integers(0, 50)
    gains, cost, staff = (np.array(data.draw(st.lists(whole, min_size=size, max_size=size)), dtype=float) for _ in range(3))
    exclusive = (
        data.draw(st.lists(st.lists(st.integers(0, size - 1), min_size=2, max_size=4, unique=True), max_size=3))
        if size > 1
        else []
    )
    bounds = [(cost, float(data.draw(st.integers(0, 120)))), (staff, float(data.draw(st.integers(0, 120))))]
    needs = bounds[: data.draw(st.integers(0, 2))]
    picked = select_best(gains, needs=needs, exclusive=exclusive)

    assert gains[picked].sum() == pytest.approx(brute_force(gains, needs=needs, exclusive=exclusive))
    assert all(need[picked].sum() <= limit + 1e-6 for need, limit in needs)
    assert all(sum(n in picked for n in members) <= 1 for members in exclusive)


def test_a_limit_without_the_solver_is_refused_with_its_cure(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "highspy", None)
    with pytest.raises(CannotCompute) as refused:
        compose(CELLS, limits=Limits(budget_eur_per_head=60))

    assert refused.value.finding.code is Code.EXTRA_MISSING
    assert refused.value.finding.facts == {"extra": "optimise"}
