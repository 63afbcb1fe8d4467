"""What a person reads: numbers, shares and sentences in five languages."""

import pytest

from citytandem.findings import Code, Finding
from citytandem.words import LANGUAGES, Speech, language_of


@pytest.mark.parametrize(
    ("language", "written"),
    [("en", "1,234,567.9"), ("de", "1.234.567,9"), ("da", "1.234.567,9"), ("ja", "1,234,567.9"), ("zh-Hans", "1,234,567.9")],
)
def test_numbers_are_written_as_each_language_writes_them(language, written):
    assert Speech(language).number(1_234_567.89) == written


@pytest.mark.parametrize("language", LANGUAGES)
def test_unknown_is_a_dash_and_never_a_zero(language):
    speech = Speech(language)

    assert speech.number(None) == "–"
    assert speech.percent(None) == "–"
    assert speech.number(0.0) == speech.number(0)


def test_german_sets_a_space_before_the_per_cent_sign():
    assert Speech("de").percent(0.075, digits=1) == "7,5\u00a0%"
    assert Speech("en").percent(0.075, digits=1) == "7.5%"


def test_a_sentence_carries_the_facts_of_its_finding():
    finding = Finding(Code.YEAR_WITHOUT_BALANCE, {"city": "Bonn", "year": 1850, "years": "1990–2018"})

    said = Speech("en").say(finding)

    assert "Bonn" in said
    assert "1850" in said
    assert "1990–2018" in said


def test_years_in_sentences_are_not_grouped_like_amounts():
    finding = Finding(Code.YEAR_WITHOUT_BALANCE, {"city": "Bonn", "year": 2018, "years": "2019"})

    assert "2018" in Speech("de").say(finding)


@pytest.mark.parametrize(
    ("spelling", "language"),
    [("de-AT", "de"), ("zh_CN.UTF-8", "zh-Hans"), ("zh-Hans", "zh-Hans"), ("ja_JP", "ja"), ("dk", "da"), ("C", None), ("", None)],
)
def test_a_language_is_understood_however_it_is_spelled(spelling, language):
    assert language_of(spelling) == language


def test_whole_amounts_carry_no_decimals_and_values_per_head_keep_theirs():
    facts = {"difference": -40_055.0, "count": 2}

    assert "40,055 t" in Speech("en").say(Finding(Code.RECONCILE_SEVERAL, facts))
    assert Speech("de").fill("{value} t, {rest} t", {"value": 4.0, "rest": 0.0}) == "4,0 t, 0 t"


@pytest.mark.parametrize(
    ("language", "written"),
    [("en", "A, B, and C"), ("de", "A, B und C"), ("ja", "A、B、C"), ("zh-Hans", "A、B和C"), ("da", "A, B og C")],
)
def test_a_list_is_written_as_each_language_writes_it(language, written):
    assert Speech(language).join("ABC") == written
    assert Speech(language).join([]) == "–"
