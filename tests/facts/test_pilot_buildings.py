"""The pilot buildings are real, each with its source; what is recalled is marked, and gaps stay gaps."""

import polars as pl

from citytandem import buildings
from citytandem.findings import Severity
from citytandem.science.buildings.checks import check_buildings
from citytandem.science.buildings.comparison import main_zone
from citytandem.sources.facts import load_facts
from citytandem.tables.building import INDICATORS, MAIN_ZONES, ZONES
from citytandem.words.labels import LABELS

FACTS = load_facts()


def test_at_least_twelve_real_buildings_are_listed_each_with_a_source_read():
    listed = buildings.list_buildings()
    read = listed.buildings.filter(pl.col("mark") == "S")

    assert read.height >= 12
    assert set(listed.buildings["source"]) | set(listed.values["source"]) <= set(listed.source["source"])
    assert listed.source["url"].null_count() == 0


def test_buildings_stand_by_the_alphabet():
    names = buildings.list_buildings().buildings["name"].to_list()

    assert names == sorted(names)


def test_no_figure_of_a_pilot_is_impossible():
    findings = check_buildings(FACTS.pilot_building, values=FACTS.pilot_building_value)

    assert [finding for finding in findings if finding.severity is Severity.ERROR] == []


def test_recalled_sizes_say_so():
    sized = FACTS.pilot_building.filter(pl.col("gross_area_m2").is_not_null() | pl.col("treated_area_m2").is_not_null())

    assert sized["size_mark"].null_count() == 0
    assert sized.filter(pl.col("building").str.starts_with("zai-shui"))["size_mark"].to_list() == ["K"]


def test_nothing_is_measured_where_nothing_was_published():
    assert FACTS.pilot_building_value.filter(pl.col("state") == "measured").is_empty()
    assert FACTS.pilot_building_value["value"].null_count() == 0


def test_every_zone_has_its_bounds_and_its_main_zone():
    zones = FACTS.climate_zone.cast({pl.Enum: pl.String})
    bounds = [name for name in zones.columns if name.endswith(("_from", "_to", "_below", "_above"))]

    assert set(zones["zone"]) == set(ZONES)
    assert zones["part_of"].to_list() == [main_zone(zone) for zone in zones["zone"]]
    assert zones.filter(pl.all_horizontal(pl.col(bounds).is_null())).is_empty()
    assert set(MAIN_ZONES) <= set(zones["zone"])


def test_limits_are_in_the_unit_of_their_figure():
    limits = FACTS.building_limit.cast({pl.Enum: pl.String}).filter(pl.col("indicator").is_in(list(INDICATORS)))

    assert [row for row in limits.to_dicts() if row["unit"] != INDICATORS[row["indicator"]][0]] == []


def test_every_figure_has_a_name_and_bounds_in_order():
    assert [name for name in INDICATORS if f"building.figure.{name}" not in LABELS] == []
    assert [name for name, (_, *bounds) in INDICATORS.items() if bounds != sorted(bounds)] == []
