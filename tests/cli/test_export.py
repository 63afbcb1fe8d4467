"""A city's balance leaves the house in the format asked for, or the reason why it cannot is told."""

import json

import pytest
from polars.testing import assert_frame_equal

from citytandem.sources import ecrf
from tests.cli.test_terminal import answer_of, citytandem
from tests.sources import forms


@pytest.mark.parametrize(
    ("form", "name", "made"),
    [("ecrf", "f.xlsx", "f.xlsx"), ("xlsx", "b.xlsx", "b.xlsx"), ("csv", "c", "c/line.csv"), ("package", "p", "p/line.parquet")],
)
def test_a_city_is_written_in_every_format(tmp_path, form, name, made):
    done = citytandem("export", "Minneapolis", "--format", form, "--out", str(tmp_path / name), "--json")

    assert done.returncode == 0, done.stdout
    assert (tmp_path / made).stat().st_size > 0
    assert answer_of(done)["answer"]["format"] == form


def test_the_form_names_what_it_has_no_place_for(tmp_path):
    done = citytandem("export", "Minneapolis", "--format", "ecrf", "--out", str(tmp_path / "f.xlsx"), "--json")
    reading = ecrf.read((tmp_path / "f.xlsx").read_bytes())

    assert [finding["code"] for finding in answer_of(done)["findings"]] == ["export_lines_left_out"]
    assert reading.tables["balance"].height == 1


def test_a_release_is_described_for_catalogues(tmp_path):
    done = citytandem("export", "--release", "--format", "dcat", "--out", str(tmp_path / "dcat.json"))

    assert done.returncode == 0
    assert json.loads((tmp_path / "dcat.json").read_text(encoding="utf-8"))["@type"] == "dcat:Dataset"


@pytest.mark.parametrize(
    "words", [["Bonn", "--format", "dcat"], ["--release", "--format", "ecrf"], ["--format", "csv"], ["Bonn", "--format", "word"]]
)
def test_what_cannot_be_written_is_refused_with_the_choices(tmp_path, words):
    done = citytandem("export", *words, "--out", str(tmp_path / "x"), "--json")

    assert done.returncode == 1
    assert answer_of(done)["findings"][0]["code"] == "unknown_choice"
    assert not (tmp_path / "x").exists()


def test_a_folder_format_is_not_written_over_a_file(tmp_path):
    (tmp_path / "x").write_text("mine", encoding="utf-8")
    done = citytandem("export", "Bonn", "--format", "csv", "--out", str(tmp_path / "x"), "--json")

    assert done.returncode == 1
    assert answer_of(done)["findings"][0]["code"] == "export_needs_folder"


def test_an_imported_form_can_be_handed_on_with_the_lines_beside_its_total(tmp_path):
    (tmp_path / "form.xlsx").write_bytes(forms.ecrf())
    citytandem("import", str(tmp_path / "form.xlsx"), "--out", str(tmp_path / "own"))
    done = citytandem("export", "Aarhaven", "--data", str(tmp_path / "own"), "--out", str(tmp_path / "again.xlsx"))
    first, second = (ecrf.read((tmp_path / name).read_bytes()).tables for name in ("form.xlsx", "again.xlsx"))

    assert done.returncode == 0, done.stderr
    for name in ("line", "memo"):
        assert_frame_equal(first[name].sort("item"), second[name].sort("item"), rel_tol=1e-14, abs_tol=0)
