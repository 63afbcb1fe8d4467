"""Whose decision are the emissions? The parts add up, and nothing unknown is guessed."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citytandem.findings import Code
from citytandem.science.action.addressed import OWN_OPERATIONS_2026, lay_out
from citytandem.science.action.powers import answer_powers
from citytandem.science.action.split import split_scope
from citytandem.sources.facts import load_facts
from citytandem.tables.results_action import ScopeSplit

FACTS = load_facts()
SECTORS = [
    "households",
    "services",
    "municipal",
    "industry_energy",
    "road",
    "rail",
    "waste",
    "land_use",
    "stationary",
    "aviation",
]
CARRIERS = ["all", "electricity", "natural_gas", "district_heat"]


def lines(cells):
    rows = [{"view": "sector", "sector": s, "carrier": c, "emissions_t": t, "notation": None} for (s, c), t in cells.items()]
    schema = {"view": pl.String, "sector": pl.String, "carrier": pl.String, "emissions_t": pl.Float64, "notation": pl.String}
    return lay_out(pl.DataFrame(rows, schema=schema))


def split(cells, *, country="DE", tier="kreisfreie_stadt", corrections=None):
    base = FACTS.tier.filter(pl.col("country") == country)["base_tier"]
    powers = answer_powers(
        FACTS.power, country=country, tier=tier, base_tier=base[0] if base.len() else None, corrections=corrections
    )
    return split_scope(lines(cells), powers=powers, scope=FACTS.scope, sector_part=FACTS.sector_part)


def part(frame, name):
    return frame.filter(pl.col("part").cast(pl.String) == name).select(pl.col("emissions_t", "low_t", "high_t").sum()).row(0)


balances = st.dictionaries(
    st.tuples(st.sampled_from(SECTORS), st.sampled_from(CARRIERS)), st.floats(0, 1e7), min_size=1, max_size=12
)


@settings(max_examples=60)
@given(cells=balances, country=st.sampled_from(["DE", "JP", "DK", "US", "CN", "BR"]))
def test_the_parts_add_up_to_the_total(cells, country):
    frame, _ = split(cells, country=country, tier=None)

    assert ScopeSplit.is_valid(frame)
    assert frame["emissions_t"].sum() == pytest.approx(sum(cells.values()), rel=1e-12, abs=1e-9)


@settings(max_examples=60)
@given(cells=balances)
def test_every_part_lies_between_its_ends(cells):
    frame, _ = split(cells)

    assert (frame["low_t"] <= frame["emissions_t"] + 1e-6).all()
    assert (frame["emissions_t"] <= frame["high_t"] + 1e-6).all()
    assert (frame["emissions_t"] >= -1e-6).all()


def test_own_buildings_are_ours_to_decide():
    frame, _ = split({("municipal", "natural_gas"): 100.0})

    assert part(frame, "decide") == (100.0, 100.0, 100.0)


def test_what_no_power_reaches_is_outside():
    frame, _ = split({("aviation", "all"): 100.0})

    assert part(frame, "outside")[0] == 100.0


def test_homes_are_influenced_with_limited_powers_and_never_decided():
    frame, _ = split({("municipal", "all"): 1.0, ("households", "natural_gas"): 100.0})
    homes = frame.filter(pl.col("sector").cast(pl.String) == "households")

    assert part(homes, "decide") == (0.0, 0.0, 0.0)
    assert part(homes, "influence") == (100.0, 100.0, 100.0)
    assert homes.filter(pl.col("part").cast(pl.String) == "influence")["level"].to_list() == [1]


def test_of_all_traffic_only_local_roads_are_surely_influenced():
    frame, _ = split({("municipal", "all"): 1.0, ("transport", "all"): 100.0})
    traffic = frame.filter(pl.col("sector").cast(pl.String) == "transport")

    low, *_ = part(traffic, "influence")
    assert 0 < low < 65
    assert part(traffic, "open")[0] == pytest.approx(100.0 - low)


def test_own_operations_hidden_in_services_stay_open():
    frame, _ = split({("services", "all"): 400.0, ("road", "all"): 600.0})

    assert part(frame, "decide") == (0.0, 0.0, pytest.approx(OWN_OPERATIONS_2026[1] * 1000))
    assert set(frame.filter(pl.col("part").cast(pl.String) == "decide")["reason"]) == {"own_operations_hidden"}
    assert set(frame.filter(pl.col("part").cast(pl.String) == "decide")["mark"]) == {"K"}


def test_without_powers_everything_governed_is_open():
    frame, _ = split({("municipal", "all"): 100.0}, country="BR", tier=None)

    assert part(frame, "open")[0] == 100.0
    assert "power_not_assessed" in set(frame["reason"])


def test_a_correction_moves_emissions_between_the_parts():
    sold = pl.DataFrame({"asset": ["waste_treatment", "waste_collection"], "dimension": ["own", "own"], "level": [0, 0]})
    before, after = (split({("waste", "none"): 100.0}, corrections=corrections)[0] for corrections in (None, sold))

    assert part(after, "decide")[2] < part(before, "decide")[2]


def test_a_direct_share_that_cannot_be_is_told():
    _, findings = split({("municipal", "natural_gas"): 900.0, ("road", "all"): 100.0})

    assert [finding.code for finding in findings] == [Code.DIRECT_SHARE_IMPLAUSIBLE]


def test_scaling_a_balance_scales_its_parts():
    cells = {("households", "all"): 50.0, ("services", "all"): 30.0, ("road", "all"): 20.0}
    once, tenfold = (split({cell: tonnes * scale for cell, tonnes in cells.items()})[0] for scale in (1, 10))

    assert tenfold["emissions_t"].to_list() == pytest.approx((once["emissions_t"] * 10).to_list())
