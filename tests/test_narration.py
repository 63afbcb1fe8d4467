"""A finding is told with the names people use, in their language."""

import pytest

from citytandem.findings import Code, Finding
from citytandem.narration import tell
from citytandem.words import LANGUAGES, SENTENCES, Speech

NAMES = {"DE-05515000": "Münster"}


def name_city(city):
    return NAMES.get(city, city)


def test_ids_become_names_and_keys_become_words():
    facts = {"city": "DE-05515000", "year": 2021, "outcome": "waste", "missing": "waste,road"}
    said = tell(Finding(Code.SECTOR_NOT_SEPARATED, facts), speech=Speech("en"), name_city=name_city)

    assert "Münster" in said
    assert "DE-05515000" not in said
    assert "Waste and wastewater" in said
    assert "Road" in said


def test_a_country_is_called_by_its_name_in_the_language():
    finding = Finding(Code.COUNTRY_WITHOUT_TOTAL, {"city": "DE-05515000", "country": "DE", "year": 2060})

    assert "Germany" in tell(finding, speech=Speech("en"), name_city=name_city)
    assert "Deutschland" in tell(finding, speech=Speech("de"), name_city=name_city)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_every_sentence_can_be_told_even_when_no_fact_is_known(code, language):
    said = tell(Finding(code), speech=Speech(language), name_city=name_city)

    assert said
    assert "{" not in said


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_sentences_are_told_in_the_language_asked_for(language):
    finding = Finding(Code.CITY_WITHOUT_BALANCE, {"city": "DE-05515000"})

    said = tell(finding, speech=Speech(language), name_city=name_city)
    assert "Münster" in said
    assert said != tell(finding, speech=Speech("en"), name_city=name_city)


def test_what_cannot_be_estimated_is_told_with_the_name_of_the_country():
    finding = Finding(Code.ESTIMATE_NOT_POSSIBLE, {"outcome": "waste, core", "country": "FR", "needed": 5})

    assert "part of France" in tell(finding, speech=Speech("en"), name_city=str)


def test_local_facts_are_called_by_their_names():
    finding = Finding(Code.ESTIMATE_WITH_CONTEXT, {"city": "Heide", "context": "district_heat_share", "found": 1})

    assert "flats with district heat" in tell(finding, speech=Speech("en"), name_city=str)
