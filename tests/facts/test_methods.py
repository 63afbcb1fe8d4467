"""Every method of drawing up a balance is described, and says where each statement comes from."""

import dataclasses

import pytest

from citytandem.sources.facts import load_facts
from citytandem.tables.method import CHOICES, read_method

METHODS = load_facts().methods
USED_BY_THE_RELEASE = {
    "japan_area_manual",
    "danish_accounts",
    "metropolitan_council",
    "bico2bw",
    "quellenbilanz",
    "verursacherbilanz",
    "ccc_bisko_type",
    "unknown",
    "nangini_gpc",
    "nangini_ipcc_2006",
    "nangini_us_community_protocol",
    "nangini_ieap",
    "nangini_community",
    "nangini_community_gpc",
    "nangini_other",
}
OTHERS = {"bisko", "gpc_basic", "gpc_basic_plus", "gcom_crf", "us_community_protocol", "ceads", "uk_local_authority"}


def test_every_method_in_use_is_described():
    assert set(METHODS) == USED_BY_THE_RELEASE | OTHERS


@pytest.mark.parametrize("method", METHODS.values(), ids=METHODS.keys())
def test_every_statement_of_a_method_has_a_source(method):
    stated = {field for field in CHOICES if getattr(method, field) != "unknown"} | {"sectors", "scopes"}
    stated |= {"gases"} if method.gases else set()

    assert {field for field in stated if method.mark_of(field) is None} == set()


@pytest.mark.parametrize("method", METHODS.values(), ids=METHODS.keys())
def test_no_source_speaks_for_what_is_unknown(method):
    unknown = {field for field in CHOICES if getattr(method, field) == "unknown"}

    assert [source for source in method.sources if unknown & set(source.covers)] == []


@pytest.mark.parametrize("method", METHODS.values(), ids=METHODS.keys())
def test_the_sources_of_a_method_are_in_the_source_table(method):
    known = set(load_facts().source["source"])

    assert {source.source for source in method.sources} <= known


def test_bisko_is_what_its_seven_criteria_say():
    bisko = METHODS["bisko"]

    assert (bisko.electricity, bisko.upstream, bisko.chp) == ("national", "yes", "exergetic")
    assert (bisko.weather, bisko.aviation, bisko.quality) == ("never", "lto", "bisko_abcd")


def test_a_balance_allocated_from_above_says_so():
    assert METHODS["japan_area_manual"].top_down == "mostly"


def test_nothing_is_assumed_of_a_method_that_is_not_stated():
    unknown = METHODS["unknown"]

    assert {getattr(unknown, field) for field in CHOICES} == {"unknown"}
    assert unknown.sectors == ()


def _table():
    method = METHODS["bisko"]
    table = {
        field.name: getattr(method, field.name) for field in dataclasses.fields(method) if field.name not in ("method", "sources")
    }
    return table | {"source": [{"source": "a", "mark": "S", "covers": ["sectors"]}]}


def test_a_method_is_read_back_as_it_was():
    assert read_method("bisko", _table()).sectors == METHODS["bisko"].sectors


@pytest.mark.parametrize(
    "wrong",
    [
        {"upstream": "perhaps"},
        {"sectors": ["moon"]},
        {"colour": "green"},
        {"source": [{"source": "a", "mark": "X", "covers": []}]},
    ],
    ids=["answer outside its list", "unknown sector", "unknown field", "unknown mark"],
)
def test_a_method_that_breaks_its_schema_is_refused(wrong):
    with pytest.raises(ValueError, match="method bisko"):
        read_method("bisko", _table() | wrong)
