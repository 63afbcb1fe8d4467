"""A coordinator at a terminal: from files to tandems with their reasons, and back to files."""

import csv
import json

import pytest

from tests.cli.test_terminal import citytandem

ROWS = (
    "city,learns,offers,languages\nMünster,buildings,transport,de; en\nKarlsruhe,transport,energy,de\n"
    "Aarhus,transport,waste,da; en\n横浜市,waste,,ja\n"
)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "applications.csv").write_text(ROWS, encoding="utf-8")
    (tmp_path / "wishes.csv").write_text("participant,other,kind\nMünster,Karlsruhe,veto\n", encoding="utf-8")
    return tmp_path


def pairs_of(answer):
    return {frozenset((row["participant"], row["other"])) for row in answer["pairs"]}


def test_the_example_is_told_as_cards_with_who_is_left_and_how_sure_it_is(repository):
    done = citytandem("match", str(repository / "docs/examples/programme"))
    told = " ".join(done.stdout.split())

    assert done.returncode == 0
    assert "Tandem 1: " in told
    assert "What could fail" in told
    assert "There is no better choice by these weights" in told
    assert "Leipzig and Heidelberg" not in told
    assert done.stderr.count("…") >= 3
    assert "rank" not in told.lower().replace("frank", "")


def test_the_same_seed_gives_the_same_answer_and_a_veto_is_kept(folder):
    first, second = (json.loads(citytandem("match", str(folder), "--json", "--draws", "3").stdout) for _ in range(2))

    assert first == second
    assert first["status"] in {"complete", "partial"}
    assert frozenset(("DE-05515000", "DE-08212000")) not in pairs_of(first["answer"])
    assert {pair["stays"] for pair in first["answer"]["pairs"]} <= {0.0, 1 / 3, 2 / 3, 1.0}
    assert all(card["told"]["gets"] for card in first["answer"]["cards"])


def test_files_are_written_and_hold_the_same_pairs(folder, tmp_path):
    out = tmp_path / "out"
    answer = json.loads(citytandem("match", str(folder), "--json", "--out", str(out)).stdout)["answer"]
    with (out / "pairs.csv").open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))

    assert {frozenset((row["participant"], row["other"])) for row in rows} == pairs_of(answer)
    assert len(json.loads((out / "cards.json").read_text(encoding="utf-8"))) == len(rows)
    assert {"groups.csv", "cards.txt"} <= {file.name for file in out.iterdir()}
    assert "What could fail" in (out / "cards.txt").read_text(encoding="utf-8")


def test_a_name_that_looks_like_a_formula_is_written_as_text(tmp_path):
    rows = "city,name,learns,offers\nMünster,=1+1,transport,waste\nAarhus,,waste,transport\n"
    (tmp_path / "applications.csv").write_text(rows, encoding="utf-8")
    out = tmp_path / "out"
    citytandem("match", str(tmp_path), "--out", str(out))
    groups = (out / "groups.csv").read_text(encoding="utf-8-sig")

    assert ",'=1+1," in groups


def test_what_is_left_out_makes_the_answer_partial(folder):
    (folder / "applications.csv").write_text(ROWS + "Yokohma,,,\n", encoding="utf-8")
    answer = json.loads(citytandem("match", str(folder), "--json").stdout)
    told = [finding for finding in answer["findings"] if finding["code"] == "programme_city_left_out"]

    assert answer["status"] == "partial"
    assert [(finding["row"], finding["where"]) for finding in told] == [(6, "applications.csv")]
    assert "Yokohama" in told[0]["message"]


def test_a_move_by_hand_tells_its_cost(folder):
    answer = json.loads(citytandem("match", str(folder), "--json", "--move", "Münster:横浜").stdout)["answer"]

    assert frozenset(("DE-05515000", "JP-14100")) in pairs_of(answer)
    assert answer["change"]["cost"] + answer["change"]["served_less"] + answer["change"]["woken_less"] >= 0


def test_a_city_that_left_is_in_no_pair(folder):
    answer = json.loads(citytandem("match", str(folder), "--json", "--without", "Aarhus").stdout)["answer"]

    assert not any("DK-0751" in pair for pair in pairs_of(answer))
    assert answer["change"] is not None


@pytest.mark.parametrize(
    "words",
    [
        ("--form", "quartet"),
        ("--size", "2-9"),
        ("--countries", "neighbours"),
        ("--move", "Münster"),
        ("--move", "Münster:Paris"),
        ("--without", "Paris"),
    ],
)
def test_a_wish_that_cannot_be_met_is_refused_in_a_sentence(folder, words):
    done = citytandem("match", str(folder), *words)

    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert done.stderr.rstrip().endswith((".", "…."))


@pytest.mark.parametrize("words", [("nowhere",), ("nowhere.xlsx",)])
def test_a_file_that_is_not_there_is_said(tmp_path, words):
    done = citytandem("match", str(tmp_path / words[0]))

    assert done.returncode == 1
    assert "no such file" in " ".join(done.stderr.split())


def test_without_files_the_command_says_what_it_needs():
    assert citytandem("match").returncode == 2


def test_templates_explain_every_column_and_are_read_again(tmp_path):
    done = citytandem("match", "--template", str(tmp_path))
    explained = (tmp_path / "README.txt").read_text(encoding="utf-8")
    heads = (tmp_path / "applications.csv").read_text(encoding="utf-8-sig").strip().split(",")

    assert done.returncode == 0
    assert all(f"  {head}: " in explained for head in heads)

    (tmp_path / "applications.csv").write_text(
        ",".join(heads) + "\n,Münster,,,transport,waste" + "," * 7 + "\n,Aarhus,,,waste,transport" + "," * 7 + "\n",
        encoding="utf-8",
    )
    assert len(json.loads(citytandem("match", str(tmp_path), "--json").stdout)["answer"]["pairs"]) == 1


@pytest.mark.parametrize("language", ["de", "ja", "zh", "da"])
def test_cards_are_told_in_the_language_of_the_person(folder, language):
    done = citytandem("match", str(folder), language=language)

    assert done.returncode == 0
    assert "{" not in done.stdout
    assert "Traceback" not in done.stderr
