"""Crosswalks keep every tonne: each category leads to one word of ours, none is lost, none counts twice."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from citytandem.sources import gpc_lines
from citytandem.sources.cells import Page
from citytandem.sources.conservation import Crosswalk, crosswalks, prove
from citytandem.sources.crosswalks import read_rows
from citytandem.sources.gpc_lines import GpcLine
from citytandem.tables.balance import SECTORS

REFERENCES = [row["ref"] for row in read_rows("gpc_sectors")]
COMBINED = {row["sector"] for row in read_rows("sector") if row["combined"] == "true"}


@pytest.mark.parametrize("crosswalk", crosswalks(), ids=lambda crosswalk: crosswalk.name)
def test_every_category_arrives_once(crosswalk):
    proof = prove(crosswalk)

    assert (proof.twice, proof.unknown) == ((), ())
    assert sum(map(len, proof.by_word.values())) == proof.categories
    assert proof.conserved


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from([*SECTORS, "no word of ours"])), max_size=12))
def test_a_crosswalk_that_loses_or_doubles_is_always_found(pairs):
    names = [category for category, _ in pairs]
    sound = len(set(names)) == len(names) and all(word in SECTORS for _, word in pairs)

    assert prove(Crosswalk("any", "sector", tuple(pairs))).conserved is sound


@pytest.mark.parametrize("level", list(gpc_lines.LEVELS))
def test_every_gpc_reference_is_booked_once_inside_or_beside_the_total(level):
    given_lines = [GpcLine("b", level, reference, at, emissions_t=at + 0.5) for at, reference in enumerate(REFERENCES)]
    line, memo = gpc_lines.book(given_lines, page=Page("x"), source="ecrf")
    booked = pl.concat([line, memo])

    assert booked.height == len(REFERENCES)
    assert dict(booked.select("item", "emissions_t").iter_rows()) == {one.reference: one.emissions_t for one in given_lines}
    assert set(line["item"]) == {reference for reference in REFERENCES if gpc_lines.holds(reference, level)}


def test_basic_lies_inside_basic_plus():
    basic, plus = ({ref for ref in REFERENCES if gpc_lines.holds(ref, level)} for level in ("basic", "basic_plus"))

    assert basic < plus


def test_sums_of_the_form_lead_to_references_we_know():
    stems = {row["reference"] for row in read_rows("ecrf_summary")} - {"total"}

    assert {stem for stem in stems if not any(ref == stem or ref.startswith(f"{stem}.") for ref in REFERENCES)} == set()


def test_a_combined_sector_holds_only_sectors_that_are_not_combined():
    parts = [(row["sector"], row["part"]) for row in read_rows("sector_part")]

    # what a publisher calls other may be anything, so nobody can say its parts
    assert {sector for sector, _ in parts} == COMBINED - {"other"}
    assert {part for _, part in parts} & COMBINED == set()
    assert len(parts) == len(set(parts))
