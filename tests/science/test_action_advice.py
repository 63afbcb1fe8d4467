"""What would help most: intervals, three axes, unknown as unknown."""

from functools import cache

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citytandem.findings import Code
from citytandem.science.action.addressed import OWN_OPERATIONS_2026, bound_addressed, lay_out
from citytandem.science.action.advice import find_done_by, weigh_order
from citytandem.science.action.answer import OwnBalance, Place, advise
from citytandem.science.action.playbook import prepare_playbook
from citytandem.science.action.profile import fold_stages
from citytandem.sources.facts import load_facts
from citytandem.tables import Stage
from citytandem.tables.facts import Facts
from citytandem.tables.results_action import AdviceRow, DoneBy, PortfolioStep, Profile, ScopeSplit

FACTS = load_facts()
CITY = "DE-00000001"
PLACE = Place(CITY, "DE", "kreisfreie_stadt")
NO_STAGES = Stage.create_empty()
SECTORS = {
    ("households", "natural_gas"): 200_000.0,
    ("households", "electricity"): 120_000.0,
    ("households", "district_heat"): 40_000.0,
    ("services", "all"): 150_000.0,
    ("municipal", "natural_gas"): 8_000.0,
    ("municipal", "electricity"): 6_000.0,
    ("industry_energy", "all"): 180_000.0,
    ("road", "all"): 210_000.0,
    ("waste", "none"): 20_000.0,
}


@cache
def playbook():
    return prepare_playbook(FACTS)


def lines(cells, *, view="sector", notation=None):
    rows = [
        {"view": view, "sector": sector, "carrier": carrier, "emissions_t": tonnes, "notation": notation}
        for (sector, carrier), tonnes in cells.items()
    ]
    schema = {"view": pl.String, "sector": pl.String, "carrier": pl.String, "emissions_t": pl.Float64, "notation": pl.String}
    return pl.DataFrame(rows, schema=schema)


def own(cells=None, *, top_down=False, electricity="national", line=None):
    return OwnBalance("b", 2021, "bisko", electricity, top_down, "s", lines(cells or SECTORS) if line is None else line)


def stages(*rows):
    told = {"title": "Titel", "year": 2020, "evidence": "report", "mapping": "invented", "mark": "P", "source": "s", "item": "1"}
    frame = pl.DataFrame([{**told, "city": city, "measure": measure, "stage": stage} for city, measure, stage in rows])
    return Stage.validate(frame, cast=True)


def answer(cells=None, *, stage=NO_STAGES, place=PLACE, facts=None, **choices):
    book = playbook() if facts is None else prepare_playbook(facts)
    return advise(book, place=place, own=own(cells, **choices), stages=fold_stages(stage), seed=1, draws=200)


def row_of(advice, measure):
    return advice.filter(pl.col("measure") == measure).row(0, named=True)


def codes(advice):
    return {finding.code for finding in advice.findings}


def test_every_frame_of_an_answer_meets_its_table():
    found = answer(stage=stages((CITY, "B02", 2), ("DE-00000002", "T15", 3)))

    assert AdviceRow.is_valid(found.advice)
    assert ScopeSplit.is_valid(found.split)
    assert Profile.is_valid(found.profile)
    assert DoneBy.is_valid(found.done_by)
    assert PortfolioStep.is_valid(found.portfolio.steps)


def test_no_measure_is_dropped_in_silence():
    found = answer()

    assert sorted(found.advice["measure"]) == sorted(FACTS.measure["measure"])
    assert Code.EFFECT_NOT_KNOWN in codes(found)


def test_an_effect_that_is_not_known_carries_no_number():
    apart = answer().advice.filter(pl.col("basis").cast(pl.String) != "numbers")

    assert apart.height > 0
    assert apart["remaining_high_t"].is_null().all()
    assert apart["holds_share"].is_null().all()


def test_what_remains_is_the_product_of_its_parts():
    row = row_of(answer().advice, "B02")

    parts = ("addressed_high_t", "depth_high", "route_factor_high")
    assert row["remaining_high_t"] == pytest.approx(np.prod([row[part] for part in parts]) * (1 - row["implemented_low"]))


def test_a_finished_measure_has_almost_nothing_left():
    before, after = (row_of(answer(stage=stage).advice, "B02") for stage in (NO_STAGES, stages((CITY, "B02", 4))))

    assert after["remaining_high_t"] == pytest.approx(0.05 * before["remaining_high_t"])


def test_an_unknown_stage_is_neither_zero_nor_a_half():
    unknown = row_of(answer().advice, "B02")

    assert (unknown["implemented_low"], unknown["implemented_high"], unknown["stage"]) == (0.0, 0.95, None)


def test_an_unknown_stage_holds_every_known_one_inside():
    unknown = row_of(answer().advice, "B02")
    known = [row_of(answer(stage=stages((CITY, "B02", stage))).advice, "B02") for stage in range(5)]

    assert all(unknown["remaining_low_t"] <= row["remaining_low_t"] + 1e-9 for row in known)
    assert all(unknown["remaining_high_t"] >= row["remaining_high_t"] - 1e-9 for row in known)


@settings(max_examples=20)
@given(scale=st.floats(0.01, 1000))
def test_scaling_all_emissions_scales_what_remains(scale):
    plain, scaled = answer(), answer({cell: tonnes * scale for cell, tonnes in SECTORS.items()})

    for name in ("remaining_low_t", "remaining_high_t", "addressed_high_t"):
        expected = (plain.advice.sort("measure")[name] * scale).to_list()
        assert scaled.advice.sort("measure")[name].to_list() == pytest.approx(expected, nan_ok=True)
    assert scaled.advice.sort("measure")["holds_share"].to_list() == plain.advice.sort("measure")["holds_share"].to_list()


@settings(max_examples=10)
@given(seed=st.integers(0, 100))
def test_the_order_of_lines_plays_no_part(seed):
    plain, mixed = answer(), answer(line=lines(SECTORS).sample(fraction=1.0, shuffle=True, seed=seed))

    assert plain.advice.drop("remaining_low_t", "remaining_high_t").equals(
        mixed.advice.drop("remaining_low_t", "remaining_high_t")
    )


def test_the_seed_makes_the_order_repeatable():
    assert answer().advice.equals(answer().advice)


def test_a_share_of_weightings_lies_between_none_and_all():
    held = answer().advice["holds_share"].drop_nulls()

    assert held.is_between(0, 1).all()
    assert held.sum() == pytest.approx(5.0)


def test_green_tariffs_get_no_credit_in_a_location_based_balance():
    found = answer()
    row = row_of(found.advice, "E12")

    assert not row["credited"]
    assert row["remaining_high_t"] in {0.0, None}
    assert Code.GREEN_TARIFF_WITHOUT_CREDIT in codes(found)


def test_own_generation_shows_only_where_the_grid_is_not_shared():
    common, local = (row_of(answer(electricity=rule).advice, "E06") for rule in ("national", "local"))

    assert common["addressed_basis"] == "not_in_balance"
    assert common["remaining_high_t"] is None
    assert local["addressed_high_t"] > 0


def test_ignorance_lifts_no_measure():
    sure = {"measure": "A", "low": 40.0, "addressed": 100.0}
    vague = {"measure": "B", "low": 0.0, "addressed": 100.0}
    held = weigh_order(
        pl.DataFrame(
            [
                {
                    "measure": f"{row['measure']}{n}",
                    "basis": "numbers",
                    "remaining_high_t": 50.0,
                    "addressed_low_t": row["addressed"],
                    "addressed_high_t": row["addressed"],
                    "depth_low": row["low"] / 100,
                    "depth_high": 0.5,
                    **dict.fromkeys(("route_factor", "route_factor_high"), 1.0),
                    **dict.fromkeys(("implemented_low", "implemented_high"), 0.0),
                }
                for row in (sure, vague)
                for n in range(5)
            ]
        ),
        draws=300,
        seed=1,
    )
    shares = dict(held.iter_rows())

    assert min(shares[f"A{n}"] for n in range(5)) > max(shares[f"B{n}"] for n in range(5))


def test_a_view_without_emissions_is_no_balance_by_sector():
    energy_only = lines({("households", "all"): None})
    uses = lines({("heat_use", "all"): 60.0, ("electricity_use", "electricity"): 40.0}, view="application")

    assert lay_out(pl.concat([energy_only, uses])).view == "application"


def test_heat_use_holds_heat_and_no_electricity():
    cells = {("heat_use", "all"): 60.0}

    assert addressed(cells, "B14", view="application")["addressed_low_t"] == 0.0
    assert addressed(cells, "B14", view="application")["addressed_basis"] == "not_separated"
    assert addressed(cells, "B19", view="application")["addressed_basis"] == "not_published"


def test_a_top_down_balance_shows_no_measure():
    found = answer(top_down=True)

    assert set(found.advice["visible_in_inventory"]) == {"no"}
    assert Code.MEASURES_NOT_VISIBLE in codes(found)


def test_a_recalled_effect_is_never_evidence():
    recalled = answer().advice.filter(pl.col("evidence_mark").cast(pl.String) == "K")

    assert recalled.height > 0
    assert not recalled["is_evidence"].any()


def test_adding_a_recalled_row_changes_no_evidence():
    row = FACTS.evidence.filter((pl.col("measure") == "B20") & (pl.col("mark").cast(pl.String) == "S")).head(1)
    added = row.with_columns(
        pl.lit("B20-99").alias("evidence"), pl.lit("K").cast(row.schema["mark"]).alias("mark"), pl.lit(0.9).alias("high")
    )
    more = Facts(
        read=lambda table: pl.concat([FACTS.evidence, added]) if table == "evidence" else getattr(FACTS, table),
        read_methods=dict,
    )
    before, after = row_of(answer().advice, "B20"), row_of(answer(facts=more).advice, "B20")

    assert before == after
    assert "B20-99" not in after["evidence_rows"]


def test_a_city_without_a_balance_keeps_powers_and_loses_numbers():
    found = advise(playbook(), place=PLACE, own=None, stages=fold_stages(NO_STAGES))

    assert Code.CITY_WITHOUT_BALANCE in codes(found)
    assert found.advice["remaining_high_t"].is_null().all()
    assert found.powers.height > 0
    assert found.portfolio is None


def test_a_bare_total_sizes_no_measure():
    found = answer(line=lines({("total", "all"): 900_000.0}, view="total"))

    assert Code.ONLY_A_TOTAL in codes(found)
    assert found.advice["remaining_high_t"].is_null().all()


def test_a_country_without_powers_is_told():
    found = answer(place=Place(CITY, "BR"))

    assert Code.POWERS_UNKNOWN in codes(found)
    assert set(found.advice["route"]) == {"ask"}


def test_a_city_of_unknown_kind_is_told_whose_powers_it_sees():
    assert Code.TIER_ASSUMED in codes(answer(place=Place(CITY, "DE")))


def addressed(cells, measure, **choices):
    found = bound_addressed(lay_out(lines(cells, **choices)), inclusion=playbook().inclusion)
    return found.filter(pl.col("measure") == measure).row(0, named=True)


def test_a_separate_line_is_addressed_as_the_catalogue_says():
    row = addressed(SECTORS, "B19")

    assert (row["addressed_basis"], row["addressed_high_t"]) == ("separated", 12_000.0)


def test_what_a_balance_does_not_show_gets_no_number():
    row = addressed({("households", "all"): 100.0}, "E03")

    assert row["addressed_basis"] == "not_shown"
    assert row_of(answer({("households", "all"): 100.0}).advice, "E03")["remaining_high_t"] is None


def test_a_mixed_line_bounds_what_it_may_hold():
    row = addressed({("buildings", "all"): 100.0}, "B14")

    assert row["addressed_basis"] == "not_separated"
    assert 0 <= row["addressed_low_t"] < row["addressed_high_t"] < 100


def test_a_finer_balance_lies_inside_the_bounds_of_a_coarser_one():
    coarse, fine = (
        addressed(cells, "B14")
        for cells in (
            {("households", "all"): 100.0},
            {("households", "natural_gas"): 50.0, ("households", "heating_oil"): 15.0, ("households", "electricity"): 35.0},
        )
    )

    assert coarse["addressed_low_t"] <= fine["addressed_low_t"]
    assert fine["addressed_high_t"] <= coarse["addressed_high_t"]


def test_own_operations_without_a_line_are_a_small_part_of_all():
    cells = {("services", "all"): 400.0, ("road", "all"): 600.0}
    row = addressed(cells, "B01")

    assert (row["addressed_basis"], row["addressed_low_t"]) == ("own_operations", 0.0)
    assert row["addressed_high_t"] == pytest.approx(OWN_OPERATIONS_2026[1] * 1000)


def test_not_estimated_is_unknown_and_not_occurring_is_zero():
    nothing = {("waste", "none"): None}

    assert lay_out(lines(nothing, notation="NE")) is None
    assert addressed(nothing, "W01", notation="NO")["addressed_high_t"] == 0.0


def test_views_are_never_added():
    both = pl.concat([lines({("road", "all"): 10.0}), lines({("total", "all"): 99.0}, view="total")])

    assert lay_out(both).total == 10.0


def test_cities_that_have_done_it_come_with_the_most_alike_first():
    told = fold_stages(stages(("DE-00000002", "T15", 3), ("DE-00000003", "T15", 4), ("DE-00000004", "T15", 2), (CITY, "T15", 4)))
    near = pl.DataFrame(
        {"city": ["DE-00000002", "DE-00000003"], "similarity": [0.5, 0.9], "differs": [["density"], ["hdd"]]},
    )
    found = find_done_by(told, city=CITY, closeness=near)

    assert found["city"].to_list() == ["DE-00000003", "DE-00000002"]
    assert found["differs"].to_list() == [["hdd"], ["density"]]
