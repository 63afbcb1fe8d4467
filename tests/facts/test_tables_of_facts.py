"""Every file of facts keeps its schema, names its source, and leads nowhere it should not."""

import csv
from importlib.resources import files

import polars as pl
import pytest

from citytandem.findings import Code
from citytandem.sources.facts import FOLDER, LINKS, Link, check_facts, load_facts, read_table
from citytandem.tables.city import LANGUAGES, VARIABLES
from citytandem.tables.facts import FACTS

MEASURES = 117
EVIDENCE = 247
POWERS = 746
TABLES_WITHOUT_MARK = {"source", "width"}


@pytest.mark.parametrize("table", FACTS)
def test_a_table_of_facts_keeps_its_schema(table):
    checked = FACTS[table].validate(read_table(table), cast=False)

    assert checked.height > 0


@pytest.mark.parametrize("table", FACTS)
def test_every_row_says_how_sure_it_is_and_where_it_is_from(table):
    frame = read_table(table)
    column = "factor_mark" if table == "width" else "mark"

    assert frame["source"].null_count() == 0
    assert table == "source" or frame[column].null_count() == 0


@pytest.mark.parametrize("table", FACTS)
def test_a_file_has_no_column_its_schema_does_not_know(table):
    with files("citytandem.facts").joinpath(f"{table}.csv").open(encoding="utf-8", newline="") as text:
        header = next(csv.reader(text))

    assert set(header) <= set(FACTS[table].column_names())


def test_the_facts_of_the_house_are_sound():
    assert check_facts() == []


def test_a_link_that_leads_nowhere_is_found(monkeypatch):
    monkeypatch.setattr("citytandem.sources.facts.LINKS", (Link("enabling", "enables", "asset", "asset"),))
    findings = check_facts()

    assert {finding.code for finding in findings} == {Code.REFERENCE_DANGLING}
    assert findings[0].row == 2
    assert findings[0].facts["table"] == "asset.csv"


def test_links_name_columns_that_exist():
    lacking = [
        link
        for link in LINKS
        if link.column not in FACTS[link.table].column_names() or link.target_column not in FACTS[link.target].column_names()
    ]

    assert lacking == []


def test_nothing_we_collected_was_lost():
    facts = load_facts()

    assert facts.measure.height == MEASURES
    assert facts.evidence.height == EVIDENCE
    assert facts.power.height == POWERS


def test_every_measure_has_a_title_in_five_languages():
    facts = load_facts()
    titles = facts.measure_title.group_by("measure").agg(pl.col("language").cast(pl.String).sort())

    assert set(titles["measure"]) == set(facts.measure["measure"])
    assert all(spoken == sorted(LANGUAGES) for spoken in titles["language"].to_list())


def test_every_measure_counts_under_exactly_one_row_of_the_activity_profile():
    facts = load_facts()

    assert sorted(facts.criterion_measure["measure"]) == sorted(facts.measure["measure"])


def test_every_measure_has_a_way_to_carry_it_out():
    facts = load_facts()
    required = facts.lever.filter(pl.col("main"))

    assert set(required["measure"]) == set(facts.measure["measure"])


def test_a_measure_that_only_enables_has_nothing_it_acts_on():
    facts = load_facts()
    enabling = facts.measure.filter(pl.col("driver").cast(pl.String) == "enabling")["measure"]

    assert facts.target.filter(pl.col("measure").is_in(enabling.to_list())).height == 0


def test_a_row_read_in_its_source_never_cites_our_own_memory():
    facts = load_facts()
    own = ["recalled-2026", "citytandem-2026"]
    wrong = {
        table: frame.filter((pl.col("mark").cast(pl.String) == "S") & pl.col("source").is_in(own)).height
        for table in FACTS
        if table not in TABLES_WITHOUT_MARK
        for frame in [getattr(facts, table)]
    }

    assert not any(wrong.values()), wrong


def test_a_power_stands_in_only_from_the_base_tier_of_its_country():
    facts = load_facts()
    joined = facts.power.filter(pl.col("inherited_from").is_not_null()).join(facts.tier, on=["country", "tier"])

    assert joined.filter(pl.col("inherited_from") != pl.col("base_tier")).height == 0


def test_five_countries_are_assessed_for_every_asset_they_own_or_rule():
    facts = load_facts()
    complete = facts.tier.filter(pl.col("complete")).select("country", "tier")
    counts = (
        facts.power.filter(pl.col("state").is_null() & pl.col("dimension").cast(pl.String).is_in(["own", "rule"]))
        .join(complete, on=["country", "tier"])
        .group_by("country", "tier")
        .len()
    )

    assert set(complete["country"]) == {"DE", "US", "JP", "CN", "DK"}
    assert counts["len"].to_list() == [2 * facts.asset.height] * complete.height


def test_every_structure_variable_is_described_and_weighs_in_some_question():
    facts = load_facts()

    assert set(facts.variable["variable"].cast(pl.String)) == set(VARIABLES)
    assert set(facts.profile["variable"].cast(pl.String)) == set(VARIABLES)


def test_an_unknown_stage_has_no_share_and_shares_grow_with_the_stage():
    shares = load_facts().implemented_share.sort("stage")

    assert shares["stage"].to_list() == [0, 1, 2, 3, 4]
    assert shares["share"].is_sorted()


def test_routes_weaken_from_doing_to_asking():
    routes = load_facts().route.sort("order")

    assert routes["route"].to_list() == ["do", "rule", "pay", "shape", "ask"]
    assert routes["factor"].to_list() == [1.0, 0.8, 0.6, 0.35, 0.15]


def test_the_files_are_text_without_a_byte_order_mark():
    names = [entry for entry in FOLDER.iterdir() if entry.name.endswith(".csv")]

    assert all(not entry.read_bytes().startswith(b"\xef\xbb\xbf") for entry in names)


def test_a_table_is_read_once_and_only_when_asked_for():
    read = []
    facts = type(load_facts())(read=lambda table: read.append(table) or read_table(table), read_methods=dict)
    first, again = facts.route, facts.route

    assert first is again
    assert read == ["route"]
