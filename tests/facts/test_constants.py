"""Warming potentials, fuel factors and grid factors are the published ones, and impossible ones are caught."""

import polars as pl
import pytest

from citytandem.findings import Code
from citytandem.science.balance.factors import KG_PER_MWH, check_factors, price_fuels
from citytandem.sources.facts import load_facts

FACTS = load_facts()
ROUNDED = 0.05 + 1e-9
"""Half of the last printed digit of the subject notes."""
PRINTED = {  # g CO2e/kWh as printed in the subject notes: AR5 with methane 28, AR6 with fossil methane 29.8
    "natural_gas": (202.2, 202.2),
    "motor_gasoline": (250.4, 250.4),
    "gas_diesel_oil": (267.6, 267.7),
    "residual_fuel_oil": (279.5, 279.6),
    "lpg": (227.4, 227.4),
    "jet_kerosene": (258.3, 258.3),
    "anthracite": (355.4, 355.5),
    "other_bituminous_coal": (342.1, 342.1),
    "sub_bituminous_coal": (347.5, 347.5),
    "lignite": (365.1, 365.2),
    "brown_coal_briquettes": (352.5, 352.6),
    "coke": (386.7, 386.8),
    "coke_oven_gas": (160.0, 160.0),
    "peat": (383.1, 383.2),
    "municipal_waste_fossil": (337.0, 337.3),
    "municipal_waste_biogenic": (366.8, 367.1),
    "wood": (410.0, 410.3),
}
PUBLIC_SEED_KG_PER_TJ = 60_600


def _priced(fuel: str, gwp_set: str, methane: str) -> float:
    priced = price_fuels(FACTS.fuel_factor, FACTS.gwp, gwp_set=gwp_set, methane=methane)
    return priced.filter((pl.col("fuel") == fuel) & (pl.col("use") == "energy_industries"))["kg_per_mwh"].item()


@pytest.mark.parametrize("fuel", PRINTED)
def test_fuel_factors_reproduce_the_printed_table(fuel):
    ar5, ar6 = PRINTED[fuel]

    assert abs(_priced(fuel, "AR5", "CH4") - ar5) <= ROUNDED * 1.2
    assert abs(_priced(fuel, "AR6", "CH4_fossil") - ar6) <= ROUNDED * 1.2


def test_a_fuel_with_a_gas_without_potential_stays_unknown():
    without_nitrous_oxide = FACTS.gwp.filter(pl.col("gas").cast(pl.String) != "N2O")
    priced = price_fuels(FACTS.fuel_factor, without_nitrous_oxide, gwp_set="AR5")

    assert priced["kg_per_mwh"].null_count() == priced.height


@pytest.mark.parametrize("gwp_set", ["SAR", "AR4", "AR5", "AR6"])
def test_warming_potentials_are_those_of_the_open_collection(gwp_set):
    collection = pytest.importorskip("globalwarmingpotentials", reason="the collection is only installed for the benchmarks")
    published = collection.data[f"{gwp_set}GWP100"]
    ours = FACTS.gwp.filter((pl.col("gwp_set").cast(pl.String) == gwp_set) & (pl.col("mark").cast(pl.String) == "S"))
    rows = {gas: value for gas, value in ours.select(pl.col("gas").cast(pl.String), "gwp100").iter_rows() if gas != "CO2"}
    differing = {gas: value for gas, value in rows.items() if published[gas.replace("-", "")] != value}

    assert len(rows) >= len(("CH4", "N2O", "SF6"))
    assert differing == {}


def test_carbon_dioxide_is_the_measure_of_all():
    assert FACTS.gwp.filter(pl.col("gas").cast(pl.String) == "CO2")["gwp100"].unique().to_list() == [1.0]


@pytest.mark.parametrize("carrier", ["petrol", "diesel"])
def test_the_trap_of_the_public_seed_set_is_caught(carrier):
    seed = pl.DataFrame({"carrier": [carrier], "view": ["direct"], "kg_per_mwh": [PUBLIC_SEED_KG_PER_TJ * KG_PER_MWH]})
    findings = check_factors(seed, FACTS.bound, where="seed")

    assert [(finding.code, finding.row, finding.facts["carrier"]) for finding in findings] == [
        (Code.FACTOR_OUT_OF_BOUNDS, 2, carrier)
    ]


def test_the_factors_of_the_house_lie_within_their_bounds():
    assert check_factors(FACTS.factor, FACTS.bound) == []


def test_fuels_of_the_panel_lie_within_the_bounds_of_their_carrier():
    priced = price_fuels(FACTS.fuel_factor, FACTS.gwp, gwp_set="AR5").filter(~pl.col("biogenic"))
    burned = priced.filter(pl.col("use") == "energy_industries").with_columns(pl.lit("direct").alias("view"))

    assert check_factors(burned, FACTS.bound) == []


def test_a_factor_per_higher_heating_value_is_noticed():
    per_higher = pl.DataFrame({"carrier": ["natural_gas"], "view": ["direct"], "kg_per_mwh": [202.0 * 0.90]})

    assert len(check_factors(per_higher, FACTS.bound)) == 1


def test_production_and_residual_mix_are_never_one_row():
    mixes = FACTS.factor.filter(
        (pl.col("country") == "DE") & (pl.col("year") == 2022) & (pl.col("carrier").cast(pl.String) == "electricity")
    )
    views = mixes.select(pl.col("view").cast(pl.String), "kg_per_mwh")

    assert {("production_mix", 388.0), ("residual_mix", 684.0)} <= set(views.iter_rows())


def test_the_recalled_federal_mix_is_marked_as_recalled():
    recalled = FACTS.factor.filter(
        (pl.col("view").cast(pl.String) == "upstream_included") & (pl.col("carrier").cast(pl.String) == "electricity")
    )

    assert recalled["mark"].cast(pl.String).unique().to_list() == ["K"]
