"""Travel to an event is counted with its interval, and what is not known is not counted as zero."""

import polars as pl
import pytest

from citytandem.findings import Code
from citytandem.science.exchange.travel import travel_of
from citytandem.sources.facts import load_facts
from citytandem.tables.tour import Guest

ESSEN = (51.4514, 7.0140)


def _travel(*guests, online_from_kg=None):
    rows = [dict(zip(("guest", "latitude", "longitude", "mode", "is_invented"), (*guest, True), strict=True)) for guest in guests]
    facts = load_facts()
    frame = pl.DataFrame(rows, schema=Guest.create_empty().schema)
    return travel_of(frame, ESSEN, factors=facts.travel_factor, ways=facts.travel_way, online_from_kg=online_from_kg)


def test_a_journey_is_the_great_circle_times_detour_times_factor_both_ways():
    found = _travel(("a", ESSEN[0] + 1, ESSEN[1], "train")).coming.row(0, named=True)

    straight_km = 6371 * 3.141592653589793 / 180
    assert found["km"] == pytest.approx(2 * 1.25 * straight_km, abs=0.1)
    assert found["emissions_kg"] == pytest.approx(2 * 1.25 * straight_km * 0.03546)
    assert found["low_emissions_kg"] < found["emissions_kg"] < found["high_emissions_kg"]


def test_a_guest_of_whom_nothing_is_known_is_not_counted_as_zero():
    found = _travel(("a", 51.0, 7.0, "train"), ("b", None, None, None), ("c", 51.0, 7.0, None))

    assert found.coming["emissions_kg"].null_count() == 2
    assert (found.guests, found.known) == (3, 1)
    assert [finding.code for finding in found.findings] == [Code.TRAVEL_UNKNOWN]


def test_the_sum_is_unknown_where_nobody_is_known():
    assert _travel(("b", None, None, None)).emissions_kg is None


def test_every_factor_names_its_source_and_holds_its_value_within_its_interval():
    facts = load_facts()
    factor = facts.travel_factor

    assert set(factor["source"]) | set(factor["range_source"]) <= set(facts.source["source"])
    assert factor.filter(
        (pl.col("low_kg_per_km") > pl.col("kg_per_km")) | (pl.col("kg_per_km") > pl.col("high_kg_per_km"))
    ).is_empty()
    assert factor.filter(pl.col("mode").cast(pl.String) == "flight").sort("from_km")["to_km"].to_list() == [3700, 50000]


def test_a_note_on_other_ways_is_given_only_beyond_the_amount_that_was_stated():
    yokohama = ("a", 35.44, 139.64, "flight")

    assert [finding.code for finding in _travel(yokohama, online_from_kg=1000).findings] == [Code.TRAVEL_ONLINE]
    assert _travel(yokohama, online_from_kg=5000).findings == ()
    assert _travel(yokohama).findings == ()
