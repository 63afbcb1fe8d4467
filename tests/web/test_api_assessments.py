"""Programs get the same frameworks and the same assessment of a city as the terminal, and the same refusals."""

import json

import pytest
from django.core.cache import cache

import citytandem as ct
from citytandem.cli.run import run
from citytandem.words import LANGUAGES

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
ROOT = "/api/v1"
MUENSTER = f"{ROOT}/cities/DE-05515000/assessment"


@pytest.fixture(autouse=True)
def _no_limit(settings):
    settings.API_REQUESTS_PER_MINUTE = 10**6
    cache.clear()


def ask(client, address):
    return json.loads(client.get(f"{ROOT}/{address}").content)


@pytest.mark.parametrize(
    ("command", "address"),
    [
        (["activity_2026", "Münster"], "cities/Münster/assessment?framework=activity_2026"),
        (["activity", "DE-05515000"], "cities/DE-05515000/assessment?framework=activity"),
        (["activity_2026", "Heidelberg"], "cities/Heidelberg/assessment?framework=activity_2026"),
        (["sino_german_2018", "Münster"], "cities/Münster/assessment?framework=sino_german_2018"),
        (["beauty", "Münster"], "cities/Münster/assessment?framework=beauty"),
        (["activity_2026", "Nowhereville"], "cities/Nowhereville/assessment?framework=activity_2026"),
    ],
)
def test_terminal_and_interface_give_the_same_assessment_and_the_same_refusals(client, capsys, command, address):
    run(["assess", *command, "--lang", "en", "--json"])
    terminal = json.loads(capsys.readouterr().out)

    assert ask(client, address) == terminal


def test_levels_come_with_intervals_and_coverage_and_without_a_total(client):
    scored = ask(client, "cities/DE-05515000/assessment?framework=activity_2026")["answer"]["scored"]

    assert scored["categories"]
    for row in scored["categories"]:
        assert 0 <= row["low"] <= row["high"] <= 4
        assert row["level"] is None or row["low"] <= row["level"] <= row["high"]
    assert "level" not in scored["outcomes"][0]
    assert set(scored) == {"criteria", "categories", "outcomes"}


def test_what_is_recalled_or_partly_listed_is_said(client):
    heads = {row["framework"]: row for row in ask(client, "frameworks")["answer"]["frameworks"]}

    assert heads["sino_german_2018"]["complete"] is False
    assert all(row["source"] and row["mark"] in "SKP" for row in heads.values())


def test_frameworks_are_in_the_order_of_their_keys(client):
    keys = [row["framework"] for row in ask(client, "frameworks")["answer"]["frameworks"]]

    assert keys == sorted(ct.load().facts.framework["framework"])


def test_a_framework_tells_its_weights_as_ranges_and_names_every_source(client):
    answer = ask(client, "frameworks/sino_german")["answer"]
    used = {row["source"] for name in ("framework", "categories", "criteria", "levels", "measures") for row in answer[name]}

    assert answer["framework"][0]["framework"] == "sino_german_2018"
    assert all(row["weight_low"] <= row["weight_high"] for row in answer["criteria"])
    assert {row["category"] for row in answer["criteria"]} == {row["category"] for row in answer["categories"]}
    assert used <= {row["source"] for row in answer["source"]}


def test_a_framework_is_told_in_five_languages(client):
    told = {language: ask(client, f"frameworks/sino_german_2018?lang={language}")["answer"] for language in LANGUAGES}

    assert len({answer["framework"][0]["called"] for answer in told.values()}) == len(LANGUAGES)
    assert all(row["called"] for answer in told.values() for name in ("categories", "criteria") for row in answer[name])


@pytest.mark.parametrize("asked", ["../../facts", "/etc", ".", "src/citytandem/facts"])
def test_no_folder_of_the_machine_is_a_framework(client, asked):
    response = client.get(MUENSTER, {"framework": asked})

    assert response.status_code == 404
    assert response.json()["findings"][0]["code"] == "framework_unknown"


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("frameworks/beauty", 404, "framework_unknown"),
        ("frameworks/iso_37120", 404, "framework_unknown"),
        ("cities/DE-05515000/assessment", 422, "api_parameter_invalid"),
        ("cities/DE-08221000/assessment?framework=activity_2026", 422, "answers_missing"),
        ("cities/DE-05515000/assessment?framework=activity_2026&answers=/etc/passwd", 422, "unknown_choice"),
        ("frameworks?sort=criteria", 422, "unknown_choice"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_its_reason(client, address, status, code):
    response = client.get(f"{ROOT}/{address}")
    told = response.json()

    assert response.status_code == status
    assert [told["status"], told["answer"]] == ["refused", None]
    assert told["findings"][0]["code"] == code
    assert "{" not in told["findings"][0]["message"]
