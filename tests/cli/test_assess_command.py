"""A person at a terminal judges a city by a framework."""

import json

import pytest

from tests.cli.test_terminal import citytandem
from tests.sources.test_frameworks import FILES

FORM = """city,criterion,level,evidence
Yantai,management_introduced,3,decision of 2016
Yantai,guiding_principles,2,document
Yantai,organisation,1,decision
Yantai,co2_2030,2,
Yantai,construction,3,figures
"""


@pytest.fixture
def form(tmp_path):
    file = tmp_path / "first.csv"
    file.write_text(FORM, encoding="utf-8")
    return file


def test_the_profile_of_a_city_is_one_framework():
    done = citytandem("assess", "activity_2026", "Münster")

    assert done.returncode == 0
    assert "How far is Münster by “Activity profile of a city”?" in done.stdout
    assert "28 of 117 answers are known." in done.stdout


def test_a_condition_that_is_not_met_comes_first(form):
    done = citytandem("assess", "sino_german", "--answers", str(form))

    told = " ".join(done.stdout.split())
    assert done.returncode == 0
    assert "Yantai does not meet 1 of the conditions that nothing makes up for: Organisational structure created." in told
    assert "first.csv, row 5: level 2" in told


def test_two_assessors_are_set_side_by_side(form, tmp_path):
    second = tmp_path / "second.csv"
    second.write_text(FORM.replace("guiding_principles,2", "guiding_principles,4"), encoding="utf-8")
    answer = json.loads(citytandem("assess", "sino_german", "--answers", str(form), "--second", str(second), "--json").stdout)

    listed = answer["answer"]["compared"]["to_reconcile"]
    assert answer["status"] == "partial"
    assert [(row["criterion"], row["first"], row["second"]) for row in listed] == [("guiding_principles", 2, 4)]


def test_the_own_view_stands_beside_the_one_from_outside(form):
    told = citytandem("assess", "sino_german", "--answers", str(form), "--second", str(form), "--outside").stdout

    assert "The city's own view beside one from outside" in told


def test_frameworks_are_listed_with_their_sources():
    done = citytandem("assess", "--list")

    assert done.returncode == 0
    assert all(key in done.stdout for key in ("activity_2026", "rfsc_2016", "iso_37120_2018", "sdg_11_2015"))


def test_an_empty_form_can_be_taken_and_filled_in(tmp_path):
    done = citytandem("assess", "sino_german", "Yantai", "--template", str(tmp_path / "form"), "--lang", "de")
    lines = (tmp_path / "form" / "answers.csv").read_text(encoding="utf-8-sig").splitlines()

    assert done.returncode == 0
    assert lines[0] == "city,criterion,level,evidence,note,category,title"
    assert len(lines) == 22
    assert (tmp_path / "form" / "levels.csv").stat().st_size > 1000


def test_levels_are_drawn_with_their_table(form, tmp_path):
    page = tmp_path / "levels.html"
    done = citytandem("assess", "sino_german", "--answers", str(form), "--out", str(page))

    text = page.read_text(encoding="utf-8")
    assert done.returncode == 0
    assert "<svg" in text
    assert "Organisational structure created" in text


def test_a_framework_of_ones_own_is_a_folder(tmp_path):
    for name, content in FILES.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    (tmp_path / "form.csv").write_text("city,criterion,level,evidence\nX,plan,2,a paper\n", encoding="utf-8")
    done = citytandem("assess", str(tmp_path), "--answers", str(tmp_path / "form.csv"), "--lang", "de")

    assert done.returncode == 0
    assert "Wärmeplan" in done.stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("assess", "nothing"), "There is no framework called “nothing”."),
        (("assess", "sino_german"), "Nobody has answered Sino-German eco-city yet"),
        (("assess", "rfsc", "--answers", "not_there.csv"), "not_there.csv"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_the_cure(words, told):
    done = citytandem(*words)

    assert done.returncode == 1
    assert told in done.stderr
