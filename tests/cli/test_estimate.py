"""A first estimate at a terminal: sentence, table, how we know, and what would replace it."""

import pytest

from tests.cli.test_terminal import answer_of, citytandem

WITHOUT_BALANCE = "DE-08311000"


def test_a_city_without_a_balance_is_told_how_to_get_an_estimate():
    done = citytandem("balance", WITHOUT_BALANCE)

    assert done.returncode == 1
    assert "citytandem estimate" in done.stderr


def test_an_estimate_says_what_it_is_and_what_replaces_it():
    done = citytandem("estimate", WITHOUT_BALANCE)

    assert done.returncode == 0
    assert "not a balance" in done.stdout
    assert "citytandem import" in done.stdout
    assert "split as in all of Germany" in done.stdout


def test_an_estimate_for_a_program_has_intervals_and_findings():
    answer = answer_of(citytandem("estimate", WITHOUT_BALANCE, "--json"))
    rows = {row["outcome"]: row for row in answer["answer"]["estimate"]}

    assert rows["core"]["low"] < rows["core"]["per_head_t"] < rows["core"]["high"]
    assert rows["core"]["mark"] == "P"
    assert "estimate_is_no_balance" in [finding["code"] for finding in answer["findings"]]


def test_a_year_without_a_national_total_is_refused():
    done = citytandem("estimate", WITHOUT_BALANCE, "--year", "2060")

    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_carriers_are_shown_with_intervals_and_their_source():
    done = citytandem("estimate", WITHOUT_BALANCE)

    assert "Energy carriers of each part" in done.stdout
    assert "Natural gas" in done.stdout
    assert "AG Energiebilanzen" in done.stdout


def test_a_folder_that_is_no_context_is_refused_with_its_cure(tmp_path):
    done = citytandem("estimate", WITHOUT_BALANCE, "--context", str(tmp_path))

    assert done.returncode == 1
    assert "population_2021" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_municipality_known_only_from_the_folder_is_called_by_its_name(raw_data):
    folder = raw_data / "de-municipal-context-localzero"
    if not folder.exists():
        pytest.skip("the German context is not among the raw data")
    done = citytandem("estimate", "01051044", "--context", str(folder))

    assert done.returncode == 0
    assert "What may Heide" in done.stdout
    assert "flats with district heat" in " ".join(done.stdout.split())
