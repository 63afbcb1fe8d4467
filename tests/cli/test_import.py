"""A climate officer imports the file they have: sees how it is read, answers what is open, and opens the package."""

import json

import pytest

from tests.cli.test_terminal import answer_of, citytandem
from tests.sources import forms

SHEET = "Bilanz Heidelberg\nSektor;2018;2019\nHaushalte;300,5;298,1\nVerkehr;220,0;215,4\nGesamt;520,5;513,5\n"


@pytest.fixture
def sheet(tmp_path):
    file = tmp_path / "bilanz.csv"
    file.write_text(SHEET, encoding="utf-8")
    return file


def test_a_sheet_is_shown_with_its_questions_before_anything_is_written(sheet, tmp_path):
    done = citytandem("import", str(sheet), "--out", str(tmp_path / "out"))

    assert done.returncode == 1
    assert "Households" in done.stdout
    assert "--answer city=" in done.stdout
    assert not (tmp_path / "out").exists()


def test_answers_let_the_sheet_in_and_its_balance_can_be_asked_for(sheet, tmp_path):
    out = tmp_path / "out"
    done = citytandem(
        "import", str(sheet), "--city", "Heidelberg", "--answer", "unit.emissions=kt", "--answer", "unit.value=kt",
        "--out", str(out), "--json",
    )  # fmt: skip
    answer = answer_of(done)
    balance = answer_of(citytandem("balance", "Heidelberg", "--data", str(out), "--year", "2019", "--json"))

    assert done.returncode == 0, done.stdout
    assert [row["lines_t"] for row in answer["answer"]["balances"]] == [520_500, 513_500]
    assert "import-bilanz over reference" in json.dumps(balance)


def test_a_saved_mapping_reads_the_file_again(sheet, tmp_path):
    saved, out = tmp_path / "map.toml", tmp_path / "out"
    citytandem(
        "import", str(sheet), "--city", "Heidelberg", "--answer", "unit.emissions=kt", "--answer", "unit.value=kt",
        "--save-map", str(saved),
    )  # fmt: skip
    done = citytandem("import", str(sheet), "--map", str(saved), "--out", str(out), "--json")

    assert done.returncode == 0, done.stdout
    assert (out / "datapackage.json").is_file()


def test_a_broken_mapping_is_named_with_its_line(sheet, tmp_path):
    (tmp_path / "map.toml").write_text('version = 1\ngwp = "AR99"\n', encoding="utf-8")
    done = citytandem("import", str(sheet), "--map", str(tmp_path / "map.toml"), "--json")

    assert done.returncode == 1
    assert [finding["code"] for finding in answer_of(done)["findings"]] == ["mapping_invalid"]


def test_errors_leave_nothing_behind_and_a_draft_says_that_it_is_one(tmp_path):
    details = forms.ecrf_details()
    details[0][16] = "about 200"
    (tmp_path / "form.xlsx").write_bytes(forms.ecrf(details=details))
    out = tmp_path / "out"
    refused = citytandem("import", str(tmp_path / "form.xlsx"), "--out", str(out), "--json")
    draft = citytandem("import", str(tmp_path / "form.xlsx"), "--out", str(out), "--draft", "--json")
    cell = next(finding for finding in answer_of(refused)["findings"] if finding["code"] == "cell_no_number")

    assert (refused.returncode, draft.returncode) == (1, 1)
    assert answer_of(refused)["answer"]["package"] is None
    assert (cell["where"], cell["row"]) == ("form.xlsx: eCRF_3", 2)
    assert answer_of(draft)["answer"]["package"]["name"] == "import-form-draft"


def test_a_file_that_is_not_there_is_refused():
    done = citytandem("import", "no-such-file.xlsx", "--json")

    assert done.returncode == 1
    assert answer_of(done)["findings"][0]["code"] == "file_unreadable"
