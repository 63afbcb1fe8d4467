"""Reason cards: what each side gives and gets, what could fail, and the same card from JSON, in every language."""

import json

import polars as pl
import pytest

from citytandem.cards import tell_card
from citytandem.findings import Code
from citytandem.science.partners.card import PARTS, card_as_json, card_from_json, card_of
from citytandem.science.partners.known import Known
from citytandem.tables.network import Lead, Met
from citytandem.words import LANGUAGES, Speech

A, B = "DE-00000001", "JP-00003"
NAMES = {A: "Astadt", B: "Bmachi"}
PAIR = {
    "group": 1,
    "participant": A,
    "other": B,
    "gain_in_low": None,
    "gain_in_high": None,
    "gain_out_low": None,
    "gain_out_high": None,
    "tie": None,
    "asleep": False,
    "languages": ["en"],
    "hours_apart": 1.0,
    "pinned": False,
    "stays": None,
    "cost_of_leaving": None,
}


def known(*, lead=(), met=(), ties=(), words=(), actor="city", part="both", similarity=0.8, loads=((A, 1, 1), (B, 1, 1)), said=1):
    empty = [pl.DataFrame(schema=schema.create_empty().schema) for schema in (Lead, Met)]
    leads, needs = (
        schema.cast(pl.concat([frame, pl.DataFrame(list(rows))], how="diagonal_relaxed") if rows else frame)
        for schema, frame, rows in zip((Lead, Met), empty, (lead, met), strict=True)
    )
    return Known(
        candidates=pl.DataFrame(
            {"participant": [A, B], "city": [A, B], "actor": ["city", actor], "part": ["both", part], "capacity": [said, said]}
        ),
        leads=leads,
        met=needs,
        gains=pl.DataFrame(),
        closeness=pl.DataFrame(
            {
                "learner": [A, B],
                "giver": [B, A],
                "similarity": [similarity, similarity],
                "differs": [["density", "hdd"], ["density", "hdd"]],
            }
        ),
        ties=pl.DataFrame(
            list(ties),
            schema={"participant": pl.String, "other": pl.String, "since": pl.Int16, "asleep": pl.Boolean},
            orient="row",
        ),
        words=pl.DataFrame(
            list(words), schema={"participant": pl.String, "learns": pl.String, "offers": pl.String}, orient="row"
        ),
        loads=pl.DataFrame(list(loads), schema=["participant", "partners", "capacity"], orient="row"),
    )


MEASURE = {
    "learner": A,
    "giver": B,
    "kind": "stage",
    "subject": "B02",
    "strength": "evidence",
    "need_low": 0.1,
    "need_high": 0.5,
    "lead_low": 0.5,
    "lead_high": 1.0,
    "transfer": 0.8,
    "stage": 4,
    "item": "Titel",
    "evidence": "report",
    "mark": "S",
    "source": "s",
}
TOPIC = {
    "learner": B,
    "giver": A,
    "kind": "sector",
    "subject": "transport",
    "strength": "topic",
    "learner_t_per_head": 3.0,
    "giver_t_per_head": 1.5,
    "gap_t_per_head": 1.0,
    "learner_year": 2019,
    "giver_year": 2020,
    "mark": "S",
    "source": "s",
}
OFFER = {
    "learner": A,
    "giver": B,
    "kind": "field",
    "subject": "waste",
    "met_by": "offer",
    "strength": "declared",
    "part_low": 0.0,
    "part_high": 0.4,
}


def write(*, pair=(), **more):
    return card_of(PAIR | dict(pair), known=known(**more))


def codes(findings):
    return [finding.code for finding in findings]


FULL = {
    "pair": {"gain_in_low": 0.1, "gain_in_high": 0.4, "tie": "partnership", "asleep": True, "languages": [], "hours_apart": 8.0},
    "lead": [MEASURE, TOPIC],
    "met": [OFFER],
    "ties": [(A, B, 1986, True)],
    "words": [(A, "heat pumps in old houses", None), (B, None, "collecting organic waste")],
}


def test_a_measure_is_named_with_its_stage_and_source_and_the_gain_in_per_cent():
    card = write(**FULL)
    measure = next(finding for finding in card.gets if finding.code is Code.CARD_LEARNS_MEASURE)

    assert (measure.facts["measure"], measure.facts["stage"], measure.facts["source"]) == ("B02", 4, "s")
    assert card.gets[-1].code is Code.CARD_GAIN
    assert (card.gets[-1].facts["low"], card.gets[-1].facts["high"]) == (10, 40)


def test_a_topic_has_both_values_with_their_years_and_no_number_of_gain():
    card = write(**FULL)
    topic = card.gives[0]

    assert topic.code is Code.CARD_LEARNS_TOPIC
    assert (topic.facts["own"], topic.facts["own_year"], topic.facts["theirs"], topic.facts["their_year"]) == (
        3.0,
        2019,
        1.5,
        2020,
    )
    assert Code.CARD_GAIN not in codes(card.gives)
    assert card.gives[-1].code is Code.CARD_GAIN_UNKNOWN


def test_a_declaration_is_told_as_one():
    assert Code.CARD_ASKED_AND_OFFERED in codes(write(met=[OFFER]).gets)


def test_where_nothing_is_known_that_is_said():
    card = write()

    assert codes(card.gets) == codes(card.gives) == [Code.CARD_NOTHING_KNOWN]
    assert Code.RISK_NOTHING_MEASURED in codes(card.fails)


@pytest.mark.parametrize(
    ("change", "risk"),
    [
        ({"pair": {"languages": []}}, Code.RISK_NO_LANGUAGE),
        ({"lead": [MEASURE]}, Code.RISK_ONE_WAY),
        ({"lead": [MEASURE | {"transfer": 0.1}]}, Code.RISK_LITTLE_SAY),
        ({"pair": {"tie": "partnership"}, "ties": [(A, B, None, True)]}, Code.RISK_ASLEEP),
        ({"pair": {"hours_apart": 8.0}}, Code.RISK_HOURS),
        ({"actor": "mayor"}, Code.RISK_ONE_PERSON),
        ({"loads": [(A, 2, 2), (B, 1, 2)], "said": 2}, Code.RISK_NO_ROOM),
        ({"met": [OFFER]}, Code.RISK_NOTHING_MEASURED),
    ],
)
def test_each_rule_fires_where_it_should_and_nowhere_else(change, risk):
    quiet = write(lead=[MEASURE, TOPIC])

    assert risk in codes(write(**change).fails)
    assert risk not in codes(quiet.fails)


def test_every_risk_comes_with_what_would_help():
    card = write(**FULL)

    assert len(card.fails) == len(card.helps) > 2


@pytest.mark.parametrize(
    ("asleep", "code"), [(True, Code.CARD_TIE_ASLEEP), (False, Code.CARD_TIE), (None, Code.CARD_TIE_UNHEARD)]
)
def test_a_tie_is_told_as_what_is_known_of_it(asleep, code):
    assert code in codes(write(pair={"tie": "partnership"}, ties=[(A, B, 1986, asleep)]).links)


def test_a_mentor_is_not_asked_what_it_gets():
    card = write(part="mentor", lead=[MEASURE, TOPIC])

    assert codes(card.gives) == [Code.CARD_CAME_TO_GIVE]
    assert Code.RISK_ONE_WAY not in codes(card.fails)


def test_a_card_comes_back_from_json_as_it_was():
    card = write(**FULL)

    assert card_from_json(json.loads(json.dumps(card_as_json(card)))) == card


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_is_told_in_whole_sentences_with_names(language):
    told = tell_card(write(**FULL), speech=Speech(language), name_city=NAMES.get)
    lines = [line for part in told for line in part.lines]

    assert [part.key for part in told] == list(PARTS)
    assert not any("{" in line or "card_" in line or "None" in line for line in lines)
    assert not any(key in line for line in lines for key in (A, B, "B02", "field.", "measure."))
    assert all(line[-1] in ".。”“」«" for line in lines)
