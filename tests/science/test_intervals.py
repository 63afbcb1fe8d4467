"""Do errors that lines and cities share travel with the figures: totals, per head, gap, drivers, advice?"""

import math

import numpy as np
import polars as pl
import pytest

from citytandem.science.action.addressed import CARRIER_CONTENT_2026, bound_addressed, lay_out
from citytandem.science.action.playbook import prepare_playbook
from citytandem.science.balance.electricity import find_regional_factor, price_electricity
from citytandem.science.balance.quality import LineErrors, SharedErrors, read_shared_errors
from citytandem.science.balance.regions import find_regions
from citytandem.science.balance.totals import outcomes
from citytandem.science.benchmark.drivers import by_sector, explain, with_errors
from citytandem.science.benchmark.prepare import prepare
from citytandem.science.benchmark.shared import half_of_gap, half_of_value
from citytandem.science.kernels.draws import draw_shared_totals, draw_totals, take_quantiles
from citytandem.sources.facts import load_facts
from tests.science import towns

FACTS = load_facts()
SHARED = read_shared_errors(FACTS.shared_error, FACTS.electricity_share)
CERTAIN = dict.fromkeys(towns.WIDTH, 0.0)
Z90 = 1.6448536269514722
PEOPLE = 1000.0
SCOPE = {"electricity": "2", "all": "1+2"}


def read(rows, *, width=CERTAIN, shared=SHARED):
    """Half-width in t by outcome of one balance, from rows of view, sector, carrier, scope, emissions and, if wanted, grade."""
    balance = pl.DataFrame([towns.head("DE-00000", 2019)], schema_overrides={"reported_t": pl.Float64})
    name = balance["balance"][0]
    line = pl.DataFrame(
        [
            (name, view, f"{n}", sector, carrier, scope, None, t, None, *(grade or ("A",)))
            for n, (view, sector, carrier, scope, t, *grade) in enumerate(rows)
        ],
        schema=towns.LINE,
        orient="row",
    )
    people = pl.DataFrame({"balance": [name], "population": [PEOPLE], "population_year": [2019], "population_source": ["x"]})
    found = outcomes(line, balance=balance.drop("population"), population=people, width=width, shared=shared)
    return {row["outcome"]: (row["high_t_per_head"] or 0) - (row["per_head_t"] or 0) for row in found.to_dicts()}


def test_the_width_of_a_grid_factor_is_that_by_which_its_publishers_differ():
    rows = FACTS.factor.with_columns(pl.col("carrier", "view", "mark").cast(pl.String)).filter(
        carrier="electricity", region="national", view="direct", mark="S"
    )
    pairs = rows.join(rows, on=["country", "year"], suffix="_b").filter(pl.col("source") < pl.col("source_b"))
    apart = pairs.select(
        ((pl.col("kg_per_mwh") - pl.col("kg_per_mwh_b")) / (pl.col("kg_per_mwh") + pl.col("kg_per_mwh_b")) * 2) ** 2
    )
    ninety = Z90 * math.sqrt(apart.to_series().mean() / 2)

    assert pairs.height >= 9
    assert pytest.approx(ninety, abs=0.01) == SHARED.electricity


def test_lines_hold_as_much_electricity_as_the_advice_takes_them_to_hold():
    for sector, profile in (("households", "buildings"), ("services", "buildings"), ("industry_energy", "industry")):
        assert SHARED.share[sector] == CARRIER_CONTENT_2026[profile]["electricity"]
    assert SHARED.share["road"] == CARRIER_CONTENT_2026["road"]["electricity"]


def test_one_grid_factor_hits_all_sectors_and_averages_out_nowhere():
    half = read([("sector", name, "electricity", "2", 100.0) for name in ("households", "services", "industry_energy", "road")])

    assert half["core"] * PEOPLE == pytest.approx(SHARED.electricity * 400)
    assert half["core_no_industry"] * PEOPLE == pytest.approx(SHARED.electricity * 300)
    assert half["households"] * PEOPLE == pytest.approx(SHARED.electricity * 100)


def test_one_heat_network_hits_all_its_lines():
    half = read([("sector", name, "district_heat", "2", 100.0) for name in ("households", "services")])

    assert half["buildings"] * PEOPLE == pytest.approx(SHARED.heat * 200)


def test_a_line_that_hides_its_electricity_counts_the_most_it_can_hold():
    shown = read([("sector", "households", "electricity", "2", 30.0), ("sector", "households", "natural_gas", "1", 70.0)])
    hidden = read([("sector", "households", "all", "1+2", 100.0)])
    at_plants = read([("sector", "households", "all", "1", 100.0)])

    assert shown["households"] < hidden["households"]
    assert hidden["households"] * PEOPLE == pytest.approx(SHARED.electricity * 80)
    assert at_plants["households"] == 0.0


def test_another_view_of_the_same_balance_bounds_its_electricity():
    sectors = [("sector", name, "all", "none", 100.0) for name in ("households", "services")]
    sectors.append(("sector", "road", "all", "1", 10.0))
    uses = [("application", "electricity_use", "electricity", "2", 50.0), ("application", "heat_use", "all", "none", 150.0)]
    alone, bounded = read(sectors), read([*sectors, *uses])

    assert alone["core_no_industry"] * PEOPLE == pytest.approx(SHARED.electricity * 160)
    assert bounded["core_no_industry"] * PEOPLE == pytest.approx(SHARED.electricity * (50 + 15))


def test_the_closed_form_agrees_with_drawn_totals():
    rows = [
        ("sector", "households", "electricity", "2", 300.0, "A"),
        ("sector", "households", "natural_gas", "1", 200.0, "B"),
        ("sector", "services", "electricity", "2", 250.0, "A"),
        ("sector", "services", "district_heat", "2", 150.0, "B"),
    ]
    half = read(rows, width=towns.WIDTH)["buildings"] * PEOPLE
    own = draw_totals([[t for *_, t, _ in rows]], [[towns.WIDTH[grade] / Z90 for *_, grade in rows]], draws=40_000, seed=5) - sum(
        t for *_, t, _ in rows
    )
    together = draw_shared_totals([[550.0, 150.0]], [SHARED.electricity / Z90, SHARED.heat / Z90], draws=40_000, seed=6)
    low, high = take_quantiles(own + together + 200.0, (0.05, 0.95))[0]

    assert (high - low) / 2 == pytest.approx(half, rel=0.02)
    assert (high + low) / 2 == pytest.approx(900.0, rel=0.01)


def ready(*cells, method="bisko", electricity="national"):
    """Cities of one grid; each with households in electricity and gas, in t."""
    names = [f"DE-0000{number}" for number, _ in enumerate(cells)]
    balance = pl.DataFrame(
        [towns.head(name, 2019, electricity=electricity, method=method, population=PEOPLE) for name in names],
        schema_overrides={"reported_t": pl.Float64},
    )
    line = pl.DataFrame(
        [
            (head, "sector", f"{carrier}", "households", carrier, SCOPE.get(carrier, "1"), None, t, None, "A")
            for head, one in zip(balance["balance"], cells, strict=True)
            for carrier, t in one.items()
        ],
        schema=towns.LINE,
        orient="row",
    )
    return prepare(
        city=pl.DataFrame({"city": names, "country": "DE"}),
        structure=towns.structures(),
        balance=balance,
        line=line,
        variable=towns.VARIABLE,
        profile=towns.PROFILE,
        anchor=towns.ANCHOR,
        quality=towns.QUALITY.with_columns(pl.lit(0.0).alias("half_width")),
        shared=SHARED,
    )


def gap(made, *, others=(1,), **more):
    weights = np.full(len(others), 1 / len(others))
    return half_of_gap(made, row=0, others=others, weights=weights, sector="households", **more) * PEOPLE


def test_an_error_two_cities_share_moves_both_and_leaves_their_gap():
    alike = ready({"electricity": 300.0, "natural_gas": 100.0}, {"electricity": 300.0, "natural_gas": 500.0})
    unlike = ready({"electricity": 300.0, "natural_gas": 100.0}, {"electricity": 100.0, "natural_gas": 500.0})

    assert gap(alike) == pytest.approx(0.0, abs=1e-3)
    assert gap(unlike) == pytest.approx(SHARED.electricity * 200)
    assert half_of_value(alike, row=0, sector="households") * PEOPLE == pytest.approx(SHARED.electricity * 300)


def test_the_gap_agrees_with_drawn_factors():
    cells = [{"electricity": 300.0}, {"electricity": 100.0}, {"electricity": 250.0}]
    drawn = draw_shared_totals([[one["electricity"]] for one in cells], [SHARED.electricity / Z90], draws=40_000, seed=3)
    low, high = take_quantiles((drawn[0] - (drawn[1] + drawn[2]) / 2)[None, :], (0.05, 0.95))[0]

    assert gap(ready(*cells), others=(1, 2)) == pytest.approx((high - low) / 2, rel=0.03)


def test_where_nobody_says_which_factor_was_used_the_gap_is_not_made_narrower():
    cells = [{"electricity": 300.0}, {"electricity": 300.0}, {"electricity": 300.0}]
    made = ready(*cells, electricity="unknown", method="unknown")

    assert gap(made) == pytest.approx(SHARED.electricity * math.hypot(300, 300))
    # two others that may share a factor do not average it out
    assert gap(made, others=(1, 2)) == pytest.approx(SHARED.electricity * math.hypot(300, 300))


def test_electricity_that_is_only_bounded_cancels_no_further_than_its_bounds_allow():
    low, high = (100.0 * share for share in SHARED.share["households"])

    assert gap(ready({"all": 100.0}, {"all": 100.0})) == pytest.approx(SHARED.electricity * (high - low))
    assert gap(ready({"electricity": 100.0}, {"all": 100.0})) == pytest.approx(SHARED.electricity * (100 - low))


def test_a_driver_beside_the_peers_is_as_sure_as_the_difference():
    pairs = by_sector({"households": 2.0}, reference={"households": 1.5}, people=(100.0, 100.0), kind="spatial", name="peers")
    found = explain(with_errors(pairs, gap={"households": 0.3})).filter(pl.col("factor") == "per_head").row(0, named=True)

    assert (found["low_t_per_head"], found["high_t_per_head"]) == (pytest.approx(0.2), pytest.approx(0.8))


@pytest.mark.parametrize("people", [(120.0, 100.0), (100.0, 100.0)])
def test_the_errors_of_drivers_are_those_of_small_changes(people):
    sides = {"own": 2.0, "ref": 1.6}

    def effects(own, ref):
        pairs = by_sector({"road": own}, reference={"road": ref}, people=people, kind="temporal", name="b")
        found = explain(with_errors(pairs, own={"road": 0.2}, reference={"road": 0.1}))
        return {row["factor"]: row for row in found.to_dicts()}

    told, step = effects(**sides), 1e-5

    def slope(factor, name):
        moved = effects(**sides | {name: sides[name] + step})
        return (moved[factor]["effect_t_per_head"] - told[factor]["effect_t_per_head"]) / step

    for factor in ("population", "per_head"):
        half = math.hypot(slope(factor, "own") * 0.2, slope(factor, "ref") * 0.1)

        assert told[factor]["high_t_per_head"] - told[factor]["effect_t_per_head"] == pytest.approx(half, abs=1e-4)


def test_every_measure_that_acts_on_electricity_has_the_error_of_its_factor():
    playbook = prepare_playbook(FACTS)
    rows = [(sector, carrier, 1000.0) for sector in ("households", "services") for carrier in ("electricity", "natural_gas")]
    line = pl.DataFrame(
        [
            {"view": "sector", "sector": s, "carrier": c, "scope": "1+2", "emissions_t": t, "notation": None, "grade": "A"}
            for s, c, t in rows
        ],
        schema_overrides={"notation": pl.String},
    )
    errors = LineErrors({"A": 0.0, "none": 0.0, "top_down": 0.0}, shared=SHARED)
    found = bound_addressed(lay_out(line, errors=errors), inclusion=playbook.include("national"))
    relative = found.filter(pl.col("addressed_high_t") > 0).select(
        (pl.col("addressed_error_high_t") / pl.col("addressed_high_t")).alias("share")
    )["share"]
    as_stated = bound_addressed(lay_out(line), inclusion=playbook.include("national"))

    assert relative.min() == 0.0 and relative.max() == pytest.approx(SHARED.electricity)
    assert as_stated["addressed_error_high_t"].drop_nulls().sum() == 0.0
    assert as_stated["addressed_high_t"].equals(found["addressed_high_t"])


def test_the_ends_of_an_electricity_view_are_those_of_its_factor():
    line = pl.DataFrame(
        [{"view": "sector", "sector": "households", "carrier": "electricity", "activity_mwh": 1000.0, "emissions_t": 1.0}],
    ).with_columns(pl.lit(None, pl.Float64).alias("factor_kg_per_mwh"))
    found = price_electricity(line, factor=FACTS.factor, country="DE", year=2019, source="own", width=SHARED.electricity)
    ends = {row["view"]: (row["low_t"], row["high_t"]) for row in found.to_dicts()}

    assert ends["national"] == (pytest.approx(411 * (1 - SHARED.electricity)), pytest.approx(411 * (1 + SHARED.electricity)))
    assert ends["common"] == (400.0, 400.0)


def where(state, *, country="US", city="none"):
    return find_regions(FACTS.grid_region, country=country, state=state, city=city)


def test_a_state_of_one_region_decides_and_one_of_several_does_not():
    assert where("MA").names == ("NEWE",) and where("MA").mark == "K"
    assert where("IL").names == () and set(where("IL").possible) == {"RFCW", "SRMW", "MROW"}
    assert where(None).names == where(None).possible == ()


def test_a_city_known_by_itself_goes_before_its_state():
    assert where("NY").names == ()
    assert where("NY", city="US-G5128581").names == ("NYCW",)


def test_a_chinese_city_has_its_province_then_its_grid():
    hebei, gansu = where("10", country="CN"), where("15", country="CN")
    factors = [find_regional_factor(FACTS.factor, country="CN", year=2022, regions=one) for one in (hebei, gansu)]

    assert (hebei.names, gansu.names) == (("Hebei", "North"), ("Gansu", "Northwest"))
    assert [(one.kg_per_mwh, one.region, one.mark) for one in factors] == [(725.2, "Hebei", "K"), (585.7, "Northwest", "K")]
    assert find_regional_factor(FACTS.factor, country="CN", year=2019, regions=hebei) is None


def test_every_state_has_a_region_or_several_possible_ones():
    rows = FACTS.grid_region.filter(country="US", city="all")

    assert set(rows["state"]) == set(pl.read_csv("src/citytandem/facts/us_states.csv")["state"])


def test_regions_with_a_factor_can_be_reached():
    reached = set(FACTS.grid_region["region"])
    factors = FACTS.factor.filter(pl.col("carrier").cast(pl.String) == "electricity", pl.col("country").is_in(["US", "CN"]))
    states = {"CA", "NY", "TX"}  # averages of whole states stand for no city
    known = {name for name in factors["region"] if not name.startswith("national")} - states

    assert known <= reached


CAPITALS = {
    "01": "Hefei", "02": "Hangzhou", "03": "Nanchang", "04": "Nanjing", "05": "Changchun", "06": "Xining", "07": "Fuzhou",
    "08": "Harbin", "09": "Zhengzhou", "10": "Shijiazhuang", "11": "Changsha", "12": "Wuhan", "15": "Lanzhou", "16": "Nanning",
    "18": "Guiyang", "19": "Shenyang", "20": "Hohhot", "21": "Yinchuan", "22": "Beijing", "23": "Shanghai", "24": "Taiyuan",
    "25": "Jinan", "28": "Tianjin", "29": "Kunming", "30": "Guangzhou", "31": "Haikou", "32": "Chengdu", "33": "Chongqing",
}  # fmt: skip


def test_the_capital_of_each_province_lies_in_it():
    from citytandem.atlas import load

    cities = load().city.filter(pl.col("country") == "CN").select("name", "state")

    assert [name for state, name in CAPITALS.items() if not cities.filter(name=name, state=state).height] == []
    assert {"Hebei", "Sichuan"} <= {where(state, country="CN").names[0] for state in CAPITALS}


def test_nothing_shared_leaves_every_interval_as_it_was():
    rows = [("sector", "households", "electricity", "2", 100.0, "B"), ("sector", "services", "all", "1+2", 100.0, "B")]

    assert read(rows, width=towns.WIDTH, shared=SharedErrors())["buildings"] * PEOPLE == pytest.approx(
        towns.WIDTH["B"] * math.hypot(100, 100)
    )
