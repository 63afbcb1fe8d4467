"""A person at a terminal asks whether cities may be compared."""

import json

import pytest

from tests.cli.test_terminal import citytandem


def test_a_pair_is_answered_in_a_sentence_with_its_cures():
    done = citytandem("gate", "Heidelberg", "Yokohama")

    assert done.returncode == 0
    assert "Can Heidelberg and Yokohama be compared?" in done.stdout
    assert "not comparable, because of Sectors" in done.stdout
    assert "Ask for a balance that separates these" in done.stdout
    assert "allocated from larger totals" in done.stdout


def test_a_group_is_answered_with_each_pair():
    done = citytandem("gate", "Heidelberg", "Münster", "Karlsruhe")

    assert done.returncode == 0
    assert "of 3 pairs" in done.stdout
    assert "These may stand together: Münster and Karlsruhe." in " ".join(done.stdout.split())


def test_methods_are_called_by_their_names():
    told = citytandem("gate", "Aarhus", "København", "--year", "2018", "--year", "2020").stdout

    assert "Energi- og CO2-regnskabet" in told
    assert "danish accounts" not in told
    assert "2020" in told


def test_a_sheet_as_json_holds_every_frame():
    answer = json.loads(citytandem("gate", "Heidelberg", "Yokohama", "--json").stdout)["answer"]

    assert {"cities", "balance", "group", "pair", "aspect", "source", "provenance"} <= answer.keys()
    assert {row["outcome"] for row in answer["group"]} == {"core_no_industry", "core", "core_waste", "full"}
    assert not any(row["credits_measures"] for row in answer["pair"])


@pytest.mark.parametrize("cities", [("Heidelberg",), ("Heidelberg", "Heidelberg")])
def test_one_city_alone_is_refused(cities):
    done = citytandem("gate", *cities)

    assert done.returncode == 1
    assert "between 2 and 6" in done.stderr
