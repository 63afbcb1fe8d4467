"""What every city of a network could learn from every other: the same as a single search, and declarations below evidence."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import citytandem as ct
from citytandem.matchmaking import gather_network
from citytandem.science.action.profile import fold_stages
from citytandem.science.partners.declared import WORD, meet_needs
from citytandem.science.partners.gains import fold_gains
from citytandem.science.partners.network import add_up_pairs, learn_from_all
from citytandem.tables import Stage
from citytandem.tables.matching import Candidate
from citytandem.tables.network import Declared, Lead

A, B, C = "DE-00000001", "DE-00000002", "JP-00003"
FIELDS = pl.DataFrame({"measure": ["B02", "B03", "T15"], "field": ["buildings", "buildings", "transport"]})
NEAR = pl.DataFrame(
    [(one, other, 0.8, ["density"]) for one in (A, B, C) for other in (A, B, C) if one != other],
    schema={"learner": pl.String, "giver": pl.String, "similarity": pl.Float64, "differs": pl.List(pl.String)},
    orient="row",
)
NAMED = ["DE-05515000", "DE-08212000", "DE-08221000", "JP-14100"]


def people(*rows):
    """Candidates as (participant, city, actor)."""
    usual = {"country": "DE", "languages": ["de"], "zone": None, "capacity": 1, "part": "both"}
    made = [{**usual, "participant": who, "name": who, "city": city, "actor": actor} for who, city, actor in rows]
    return Candidate.validate(pl.DataFrame(made, schema_overrides={"city": pl.String, "zone": pl.String}), cast=True)


ALL = people((A, A, "city"), (B, B, "city"), (C, C, "city"))


def declared(*rows):
    return Declared.validate(pl.DataFrame(rows, schema=Declared.column_names(), orient="row"), cast=True)


def stages(*rows):
    told = {"title": "Titel", "year": 2020, "evidence": "report", "mapping": "invented", "mark": "P", "source": "s", "item": "1"}
    made = [{**told, "city": city, "measure": measure, "stage": stage} for city, measure, stage in rows]
    return fold_stages(Stage.validate(pl.DataFrame(made), cast=True) if made else Stage.create_empty())


def leads(*rows):
    """Leads in a sector as (learner, giver, outcome, strength)."""
    made = [{"learner": a, "giver": b, "kind": "sector", "subject": what, "strength": how} for a, b, what, how in rows]
    empty = pl.DataFrame(schema=Lead.create_empty().schema)
    return Lead.cast(pl.concat([empty, pl.DataFrame(made)], how="diagonal_relaxed") if made else empty)


def meet(words, *, stage=(), lead=(), candidates=ALL):
    return meet_needs(
        declared(*words), candidates=candidates, stages=stages(*stage), leads=leads(*lead), closeness=NEAR, fields=FIELDS
    )


def gains(words, *, stage=(), lead=(), candidates=ALL):
    met = meet(words, stage=stage, lead=lead, candidates=candidates)
    found = fold_gains(candidates=candidates, declared=declared(*words), leads=leads(*lead), met=met)
    return {(row["learner"], row["giver"]): row for row in found.to_dicts()}


@pytest.fixture(scope="module")
def atlas():
    return ct.load()


@pytest.fixture(scope="module")
def network(atlas):
    return gather_network(atlas, NAMED)


@pytest.mark.parametrize("city", NAMED)
def test_the_gains_of_a_network_are_those_of_a_single_search(atlas, network, city):
    single = ct.partners(atlas, city=city, among=NAMED).partners
    both = add_up_pairs(network.leads).filter(pl.col("learner") == city)
    mine = {row["giver"]: (row["benefit_low"], row["benefit_high"]) for row in both.to_dicts()}

    for row in single.to_dicts():
        known = mine.get(row["partner"], (None, None))
        assert known == pytest.approx((row["benefit_in_low"], row["benefit_in_high"]))


def test_leads_of_a_network_meet_their_table(network):
    assert Lead.is_valid(network.leads)
    assert network.leads.height
    assert (network.leads["learner"] != network.leads["giver"]).all()


def test_only_a_topic_is_no_gain_and_not_nothing():
    summed = add_up_pairs(leads((A, B, "transport", "topic"))).row(0, named=True)

    assert (summed["benefit_low"], summed["benefit_high"]) == (None, None)
    assert gains([], lead=[(A, B, "transport", "topic")]) == {}


def test_a_declared_offer_counts_less_than_a_published_measure():
    asked = (A, "learns", "measure", "B02")
    word = gains([asked, (B, "offers", "measure", "B02")])[A, B]
    shown = gains([asked], stage=[(B, "B02", 4)])[A, B]

    assert (word["gain_low"], word["gain_high"]) == (0.0, pytest.approx(WORD * 0.8))
    assert shown["gain_low"] > word["gain_low"]
    assert shown["gain_high"] > word["gain_high"]
    assert (word["mark"], shown["mark"]) == ("P", "S")


def test_who_asks_for_a_measure_has_not_rolled_it_out():
    unknown = gains([(A, "learns", "measure", "B02")], stage=[(B, "B02", 4)])[A, B]

    assert unknown["gain_low"] == pytest.approx(0.5 * 0.8)
    assert unknown["gain_high"] == pytest.approx(1.0 * 0.8)


def test_a_need_is_not_met_by_who_is_no_further():
    assert gains([(A, "learns", "measure", "B02")], stage=[(B, "B02", 3), (A, "B02", 3)]) == {}


def test_a_field_is_met_by_a_measure_an_offer_or_lower_emissions_in_it():
    words = [(A, "learns", "field", "transport"), (C, "offers", "field", "transport")]
    met = meet(words, stage=[(B, "T15", 3)], lead=[(A, C, "transport", "weak")])

    assert {(row["giver"], row["met_by"]) for row in met.to_dicts()} == {(B, "stage"), (C, "offer"), (C, "sector")}


def test_the_record_of_a_city_does_not_speak_for_a_firm_in_it():
    candidates = people((A, A, "city"), ("firm", B, "business"), ("mayor", B, "mayor"))
    found = gains([(A, "learns", "measure", "B02")], stage=[(B, "B02", 4)], candidates=candidates)

    assert set(found) == {(A, "mayor")}


def test_two_of_one_city_do_not_learn_from_each_other():
    candidates = people((A, A, "city"), ("mayor", A, "mayor"))
    words = [(A, "learns", "field", "transport"), ("mayor", "offers", "field", "transport")]

    assert gains(words, candidates=candidates) == {}


def test_somebody_without_a_city_leaves_the_likeness_open():
    candidates = people((A, A, "city"), ("expert", None, "expert"))
    found = gains([(A, "learns", "field", "transport"), ("expert", "offers", "field", "transport")], candidates=candidates)

    assert (found[A, "expert"]["gain_low"], found[A, "expert"]["gain_high"]) == (0.0, WORD)


def test_without_stages_needs_are_not_sized():
    asked = []
    near = {city: pl.DataFrame(schema={"city": pl.String, "similarity": pl.Float64}) for city in (A, B)}
    nothing = pl.DataFrame(
        schema={
            **dict.fromkeys(("city", "outcome", "status", "source"), pl.String),
            **dict.fromkeys(("value", "low", "high", "expected"), pl.Float64),
            "top_down": pl.Boolean,
            "year": pl.Int64,
        }
    )
    found = learn_from_all(closeness=near, size=asked.append, stages=stages(), standing=lambda _: nothing)

    assert found.is_empty()
    assert asked == []


subjects = st.sampled_from([("measure", "B02"), ("measure", "T15"), ("field", "buildings"), ("field", "transport")])
words = st.lists(
    st.tuples(st.sampled_from([A, B, C]), st.sampled_from(["learns", "offers"]), subjects).map(lambda row: (*row[:2], *row[2])),
    unique=True,
    max_size=8,
)
records = st.dictionaries(
    st.tuples(st.sampled_from([A, B, C]), st.sampled_from(["B02", "B03", "T15"])), st.integers(0, 4), max_size=5
)


@given(words, records)
def test_gains_are_ranges_and_the_order_of_rows_changes_none(said, record):
    done = [(city, measure, stage) for (city, measure), stage in record.items()]
    found = gains(said, stage=done)

    assert found == gains(said[::-1], stage=done[::-1])
    assert all(0 <= row["gain_low"] <= row["gain_high"] <= 1 for row in found.values())


@given(words, records, subjects)
def test_one_more_offer_takes_nothing_away(said, record, subject):
    done = [(city, measure, stage) for (city, measure), stage in record.items()]
    more = [*said, *({(B, "offers", *subject)} - set(said))]
    before, after = gains(said, stage=done), gains(more, stage=done)

    assert all(
        after[pair]["gain_high"] >= row["gain_high"] and after[pair]["gain_low"] >= row["gain_low"]
        for pair, row in before.items()
    )
