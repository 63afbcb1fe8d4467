"""Do bridges close, whatever two balances say, and is the way back the negative of the way there?"""

import datetime as dt
import math

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from citytandem.science.balance.bridge import bridge_between
from citytandem.science.balance.bridge_target import build_bridge, target_of_core, target_of_method
from citytandem.science.balance.parts import cut_into_parts, is_told, read_contents, read_side
from citytandem.science.balance.quality import NOTHING_SHARED, SharedErrors
from citytandem.sources.facts import load_facts
from citytandem.tables.balance import CARRIERS, SCOPES, SECTORS
from citytandem.tables.results_bridge import BridgeStep

FACTS = load_facts()
CONTENTS = read_contents(FACTS.sector_part)
WIDTH = {"A": 0.05, "B": 0.15, "C": 0.3, "D": 0.5, "H": 0.1, "M": 0.25, "L": 0.5, "none": 0.4, "top_down": 0.4}
METHODS = ("bisko", "gpc_basic", "danish_accounts", "quellenbilanz", "verursacherbilanz", "unknown", "japan_area_manual")
LINE = {
    "view": pl.String,
    "sector": pl.String,
    "carrier": pl.String,
    "scope": pl.String,
    "activity_mwh": pl.Float64,
    "factor_kg_per_mwh": pl.Float64,
    "emissions_t": pl.Float64,
    "notation": pl.String,
    "grade": pl.String,
}
SIZES = st.floats(0, 1e7, allow_nan=False).map(lambda value: round(value, 3))


def header(name="own", *, method="unknown", reported=None, year=2018, **more):
    return {
        "balance": f"DE-05113000.{year}.{name}",
        "city": "DE-05113000",
        "year": year,
        "method": method,
        "gwp": "unknown",
        "upstream": "unknown",
        "electricity": "unknown",
        "period_start": dt.date(year, 1, 1),
        "period_end": dt.date(year, 12, 31),
        "boundary": "municipality",
        "top_down": False,
        "weather_corrected": False,
        "reported_t": reported,
        "source": name,
    } | more


def lines(*rows):
    """Lines of the sector view: sector, emissions, and what else is to be said."""
    shaped = [
        {"view": "sector", "carrier": "all", "scope": "1+2", **dict.fromkeys(LINE.keys() - {"view", "carrier", "scope"})}
        | {"sector": sector, "emissions_t": value}
        | more
        for sector, value, more in rows
    ]
    return pl.DataFrame(shaped, schema=LINE)


SHARED = SharedErrors(electricity=0.1)


def side(*rows, shared=NOTHING_SHARED, **more):
    head = header(**more)
    method = FACTS.methods[head["method"]]
    return read_side(head, lines(*rows), method=method, width=WIDTH, contents=CONTENTS, country="DE", shared=shared)


@st.composite
def rows(draw):
    scope, notation = draw(st.sampled_from(SCOPES)), draw(st.sampled_from([None, None, None, "NO", "NE", "IE", "C"]))
    value = None if notation else draw(SIZES)
    # no carrier emits more than 2.5 t a MWh, as the table of factors says
    energy = None if notation else draw(st.none() | SIZES.map(lambda more: 0.4 * value + more))
    more = {"scope": scope, "notation": notation, "carrier": draw(st.sampled_from(CARRIERS)), "activity_mwh": energy}
    return draw(st.sampled_from(SECTORS)), value, more | {"grade": draw(st.sampled_from([None, "A", "D", "M"]))}


@st.composite
def sides(draw, name):
    found = draw(st.lists(rows(), min_size=1, max_size=8))
    found.append(("households", draw(SIZES), {}))
    reported = draw(st.none() | SIZES)
    return side(*found, name=name, method=draw(st.sampled_from(METHODS)), reported=reported)


def changes(steps):
    return steps["change_t"].drop_nulls().to_list()


@given(own=sides("own"), theirs=sides("theirs"))
def test_a_bridge_closes_whatever_two_balances_say(own, theirs):
    steps, _ = bridge_between(own, theirs)
    scale = max(abs(own.total_t), abs(theirs.total_t), sum(abs(cell.value or 0) for one in (own, theirs) for cell in one.cells))

    assert math.fsum(changes(steps)) == pytest.approx(theirs.total_t - own.total_t, abs=1e-9 * max(scale, 1.0))


@given(own=sides("own"), theirs=sides("theirs"))
def test_the_way_back_is_the_negative_of_the_way_there(own, theirs):
    there, _ = bridge_between(own, theirs)
    back, _ = bridge_between(theirs, own)
    keys = ["step", "part", "scope", "basis"]

    assert there.select(keys).rows() == back.select(keys).rows()
    for one, other in zip(there["change_t"], back["change_t"], strict=True):
        assert (one is None) == (other is None)
        assert one is None or one == pytest.approx(-other, rel=1e-9, abs=1e-6)


@given(own=sides("own"))
def test_between_a_balance_and_itself_nothing_changes(own):
    steps, _ = bridge_between(own, own)

    assert all(change == 0 for change in changes(steps))


@given(own=sides("own"), theirs=sides("theirs"), times=st.sampled_from([0.5, 2.0, 1024.0]))
def test_a_bridge_grows_with_its_balances(own, theirs, times):
    once, _ = bridge_between(own, theirs)
    grown, _ = bridge_between(*(_grow(one, times) for one in (own, theirs)))

    for one, other in zip(once["change_t"], grown["change_t"], strict=True):
        assert one is None or other == pytest.approx(one * times, rel=1e-9, abs=1e-6)


def _grow(one, times):
    more = one.line.with_columns(pl.col("emissions_t", "activity_mwh") * times)
    total = one.header["reported_t"]
    head = one.header | {"reported_t": None if total is None else total * times}
    return read_side(head, more, method=one.method, width=WIDTH, contents=CONTENTS, country="DE")


@given(own=sides("own"), theirs=sides("theirs"))
def test_every_line_is_in_exactly_one_part(own, theirs):
    parts = cut_into_parts(own.cells, theirs.cells)
    told = [cell for cell in own.cells if is_told(cell)]

    assert sorted(id(cell) for part in parts for cell in part.own if is_told(cell)) == sorted(id(cell) for cell in told)


@given(own=sides("own"), method=st.sampled_from([name for name, one in FACTS.methods.items() if one.sectors]))
def test_the_way_to_a_method_closes_and_keeps_its_schema(own, method):
    found = build_bridge(own, target_of_method(FACTS.methods[method]), contents=CONTENTS, factor=FACTS.factor, bound=FACTS.bound)

    assert found.to_t == pytest.approx(own.total_t + found.net_t, rel=1e-9, abs=1e-6)
    BridgeStep.validate(found.steps, cast=True)


@given(own=sides("own"), theirs=sides("theirs"))
def test_steps_between_two_balances_keep_their_schema(own, theirs):
    steps, findings = bridge_between(own, theirs, other_gases=0.01)

    BridgeStep.validate(steps, cast=True)
    assert set(steps["code"].drop_nulls()) == {str(finding.code) for finding in findings}


def test_what_only_one_counts_is_a_step_with_its_name():
    own = side(("households", 100.0, {}), ("waste", 7.0, {"scope": "1"}), name="own", method="danish_accounts")
    theirs = side(("households", 100.0, {}), name="theirs", method="bisko")

    steps, _ = bridge_between(own, theirs)

    assert steps.filter(pl.col("change_t") != 0).select("step", "change_t").rows() == [("waste", -7.0)]


def test_a_key_for_not_estimated_is_never_read_as_zero():
    own = side(("households", 100.0, {}), ("waste", None, {"notation": "NE"}), name="own")
    theirs = side(("households", 100.0, {}), ("waste", 7.0, {}), name="theirs")

    steps, findings = bridge_between(own, theirs)

    assert steps.filter(pl.col("step") == "waste")["code"].to_list() == ["bridge_not_estimated"]
    assert "bridge_not_estimated" in {str(finding.code) for finding in findings}


def test_energy_on_both_sides_splits_a_difference_into_factor_and_activity():
    gas = {"carrier": "natural_gas"}
    own = side(("households", 202.0, gas | {"activity_mwh": 1000.0}), name="own")
    theirs = side(("households", 300.0, gas | {"activity_mwh": 1200.0}), name="theirs")

    steps, _ = bridge_between(own, theirs)
    found = dict(steps.filter(pl.col("step").is_in(["factor", "activity", "unexplained"])).select("step", "change_t").iter_rows())

    assert found == {"factor": pytest.approx(0.048 * 1100), "activity": pytest.approx(0.226 * 200)}


def test_what_cannot_be_sized_has_no_figure_and_says_what_would_size_it():
    own, theirs = side(("households", 5.0, {}), name="own"), side(("households", 9.0, {}), name="theirs", year=2019)

    steps, findings = bridge_between(own, theirs)
    period = steps.filter(pl.col("step") == "period").row(0, named=True)

    assert (period["change_t"], period["basis"], period["code"]) == (None, "not_known", "bridge_needs_same_year")
    assert "bridge_needs_same_year" in {str(finding.code) for finding in findings}


def test_the_core_is_reached_by_leaving_out_what_it_does_not_hold():
    own = side(("households", 50.0, {}), ("services", 20.0, {}), ("industry_energy", 30.0, {}), ("road", 40.0, {}),
               ("aviation", 8.0, {}), ("waste", 6.0, {}), ("land_use", -3.0, {}), name="own", method="bisko")  # fmt: skip

    found = build_bridge(own, target_of_core(FACTS.sector), contents=CONTENTS, factor=FACTS.factor, bound=FACTS.bound)

    assert found.from_t == pytest.approx(151.0)
    assert found.to_t == pytest.approx(140.0)


def test_electricity_is_priced_with_the_national_factor_of_the_year_and_its_energy_stays():
    power = {"carrier": "electricity", "scope": "2", "activity_mwh": 1000.0}
    own = side(("households", 500.0, power), ("road", 10.0, {}), name="own", method="bisko", upstream="no")

    found = build_bridge(own, target_of_core(FACTS.sector), contents=CONTENTS, factor=FACTS.factor, bound=FACTS.bound)
    step = found.steps.filter(pl.col("step") == "electricity_view").row(0, named=True)

    assert step["change_t"] == pytest.approx(473.0 - 500.0)
    assert "uba-2023-electricity" in step["source"]


def test_upstream_chains_are_bounded_and_never_guessed():
    gas = {"carrier": "natural_gas", "activity_mwh": 1000.0}
    own = side(("households", 247.0, gas), ("road", 10.0, {}), name="own", method="bisko", upstream="yes")

    found = build_bridge(own, target_of_core(FACTS.sector), contents=CONTENTS, factor=FACTS.factor, bound=FACTS.bound)
    step = found.steps.filter(pl.col("step") == "upstream").row(0, named=True)

    assert (step["change_t"], step["basis"]) == (None, "bounded")
    assert step["low_t"] < step["high_t"] <= 0


def test_the_interval_of_a_step_agrees_with_simulation():
    from citytandem.science.balance.quality import simulate

    own = side(("households", 100.0, {"grade": "A"}), ("services", 60.0, {"grade": "D"}), name="own")
    theirs = side(("buildings", 190.0, {"grade": "B"}), name="theirs")

    steps, _ = bridge_between(own, theirs)
    step = steps.filter(pl.col("step") == "unexplained").row(0, named=True)
    low, high = simulate([-100.0, -60.0, 190.0], relative=[0.05, 0.5, 0.15], seed=7, draws=40_000)

    assert step["low_t"] == pytest.approx(low, abs=1.0)
    assert step["high_t"] == pytest.approx(high, abs=1.0)


def test_what_is_taken_out_takes_its_error_along():
    own = side(
        ("households", 100.0, {"grade": "A"}), ("road", 100.0, {"grade": "A"}), ("waste", 100.0, {"grade": "D"}), name="own"
    )

    found = build_bridge(own, target_of_core(FACTS.sector), contents=CONTENTS, factor=FACTS.factor, bound=FACTS.bound)

    assert found.from_half_t == pytest.approx(math.hypot(5.0, 5.0, 50.0))
    assert found.to_half_t == pytest.approx(math.hypot(5.0, 5.0))


def test_one_grid_factor_moves_all_lines_it_prices_together():
    power = {"carrier": "electricity", "scope": "2", "activity_mwh": 1000.0}
    lines_of = [(sector, 450.0, power) for sector in ("households", "services", "industry_energy")]
    own = side(*lines_of, ("road", 10.0, {}), name="own", method="bisko", upstream="no", shared=SHARED)

    found = build_bridge(own, target_of_core(FACTS.sector), contents=CONTENTS, factor=FACTS.factor, bound=FACTS.bound)
    step = found.steps.filter(pl.col("step") == "electricity_view").row(0, named=True)
    ungraded = [WIDTH["none"] * value for value in (450.0, 450.0, 450.0, 10.0)]

    assert step["high_t"] - step["change_t"] == pytest.approx(0.1 * 3 * 473.0)
    assert found.from_half_t == pytest.approx(math.hypot(*ungraded, 0.1 * 3 * 450.0))
    assert found.to_half_t == pytest.approx(math.hypot(*ungraded, 0.1 * 3 * 473.0))


def test_an_error_that_two_balances_share_moves_both():
    power = {"carrier": "electricity", "scope": "2", "grade": "A"}
    nothing_own = {**WIDTH, "A": 0.0}
    made = {"width": nothing_own, "contents": CONTENTS, "country": "DE", "shared": SHARED}
    cells = [lines(("households", value, power)) for value in (500.0, 450.0)]

    def half(*methods):
        heads = [header(name=f"one{number}", method=method) for number, method in enumerate(methods)]
        own, theirs = (
            read_side(head, each, method=FACTS.methods[head["method"]], **made) for head, each in zip(heads, cells, strict=True)
        )
        steps, _ = bridge_between(own, theirs)
        step = steps.filter(pl.col("change_t") == -50.0).row(0, named=True)
        return step["high_t"] - step["change_t"]

    assert half("bisko", "bisko") == pytest.approx(0.1 * 50.0)
    assert half("unknown", "unknown") == pytest.approx(0.1 * math.hypot(500.0, 450.0))
