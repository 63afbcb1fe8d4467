"""Bridges between balances that were really published, and the page that shows them."""

import polars as pl
import pytest

from citytandem import balance, bridge, load, reconcile
from citytandem.bridges import MADE_FROM, build_bridges, report
from citytandem.findings import CannotCompute, Code


@pytest.fixture(scope="module")
def atlas():
    return load()


def test_berlin_from_its_source_balance_to_its_user_balance(atlas):
    found = bridge(atlas, city="Berlin", year=2016, start="quellenbilanz", to="verursacherbilanz")
    changed = found.steps.filter(pl.col("change_t") != 0).select("step", "part", "change_t").rows()

    assert (found.from_t, found.to_t) == (17_851_000.0, 20_801_000.0)
    assert changed == [
        ("booking", "energy_industry", -7_655_000.0),
        ("booking", "stationary", 10_099_000.0),
        ("booking", "transport", 506_000.0),
    ]
    assert (found.net_t, found.absolute_t, found.unexplained_t) == (2_950_000.0, 18_260_000.0, 0.0)


def test_the_cause_of_the_berlin_steps_is_said_to_be_recalled(atlas):
    found = bridge(atlas, city="Berlin", year=2016, start="quellenbilanz", to="verursacherbilanz")

    assert Code.BRIDGE_RECALLED in {finding.code for finding in found.findings}


def test_copenhagen_reaches_the_core_without_waste_farming_and_processes(atlas):
    found = bridge(atlas, city="København", year=2018)

    assert found.to_t == pytest.approx(1_279_927.9 + 277_857.3)
    assert found.status == "partial"


def test_a_bridge_can_end_at_a_method_nobody_published(atlas):
    found = bridge(atlas, city="Berlin", year=2016, start="verursacherbilanz", to="gpc-basic")
    waste = found.steps.filter(pl.col("part") == "waste")

    assert not found.published
    assert waste.select("change_t", "basis").rows() == [(None, "not_known")]


def test_an_end_nobody_knows_is_refused_with_what_is_possible(atlas):
    with pytest.raises(CannotCompute) as refused:
        bridge(atlas, city="Berlin", year=2016, to="atlantis")

    assert refused.value.finding.code is Code.BRIDGE_END_UNKNOWN
    assert "core_no_industry" in str(refused.value.finding.facts["choices"])


def test_a_total_without_waste_is_recognised(atlas):
    found = reconcile(atlas, city="København", year=2018, published=1_633_010.5)

    assert found.explanations == (("without_waste",),)


def test_every_bridge_of_the_page_closes(atlas, raw_data):
    open_by = {pair: found.from_t + found.net_t - found.to_t for pair, found in build_bridges(atlas, raw_data)}

    assert len(open_by) >= 8
    assert all(abs(gap) < 0.01 for gap in open_by.values())


def test_the_page_of_bridges_says_what_the_command_would_write(atlas, raw_data, repository):
    written = (repository / "docs" / "explanation" / "bridges.md").read_text(encoding="utf-8")

    assert _without_release(written) == _without_release(report(atlas, raw_data))


def _without_release(page):
    return [line for line in page.splitlines() if not line.startswith(MADE_FROM)]


@pytest.mark.parametrize("city", ["København", "Minneapolis", "Karlsruhe", "Yokohama"])
def test_the_end_of_a_bridge_to_the_core_is_the_core_of_the_benchmark(atlas, city):
    found = bridge(atlas, city=city)
    known = balance(atlas, city=city, year=found.year).outcome.filter(pl.col("outcome").cast(pl.String) == "core")
    priced = found.steps.filter(pl.col("step") == "electricity_view")["change_t"].drop_nulls().sum()

    assert found.to_t - priced == pytest.approx(known["emissions_t"].item(), abs=2.0)
