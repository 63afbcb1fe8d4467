"""A framework of one's own is read whole or not at all; a form row by row."""

import io

import polars as pl
import pytest
import xlsxwriter

from citytandem.findings import CannotCompute, Code
from citytandem.science.assessment.framework import pick_framework
from citytandem.sources.answers import read_answers
from citytandem.sources.facts import load_facts
from citytandem.sources.frameworks import is_framework, read_framework

FILES = {
    "framework.csv": "framework,version,title,kind,complete,mark,source\nours_1,1,Our own,management,true,P,us\n",
    "category.csv": "framework,category,order,title,mark,source\nours_1,heat,1,Heat,P,us\n",
    "criterion.csv": (
        "framework,criterion,category,order,title,kind,role,threshold,weight_low,weight_high,weighing_mark,applies_to,mark,source\n"
        "ours_1,plan,heat,1,Heat plan,question,knock_out,2,1,1,P,city,P,us\n"
        "ours_1,network,heat,2,Heat network,question,compensating,,0.5,2,P,city,P,us\n"
    ),
    "level.csv": "framework,criterion,level,meaning,evidence,mark,source\n"
    + "".join(f"ours_1,all,{level},step {level},{'a paper' if level else ''},P,us\n" for level in range(5)),
    "title.csv": "framework,category,criterion,language,title,mark\nours_1,heat,plan,de,Wärmeplan,P\n",
}
SINO = pick_framework(load_facts(), "sino_german")


@pytest.fixture
def folder(tmp_path):
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_a_framework_of_ones_own_is_read_from_its_folder(folder):
    found = read_framework(folder)

    assert is_framework(folder)
    assert (found.framework, found.is_shipped, found.criterion["criterion"].to_list()) == ("ours_1", False, ["plan", "network"])
    assert found.key_of("plan") == "Heat plan"
    assert found.titles["title"].to_list() == ["Wärmeplan"]


@pytest.mark.parametrize(
    ("name", "old", "new", "code"),
    [
        ("criterion.csv", "knock_out,2", "knock_out,", Code.ROW_BREAKS_RULE),
        ("criterion.csv", "0.5,2,P", "3,2,P", Code.ROW_BREAKS_RULE),
        ("criterion.csv", "network,heat", "network,cold", Code.REFERENCE_DANGLING),
        ("level.csv", ",all,", ",plan,", Code.REFERENCE_DANGLING),
        ("level.csv", "meaning", "sense", Code.COLUMN_MISSING),
        ("title.csv", "ours_1,heat", "theirs,heat", Code.REFERENCE_DANGLING),
    ],
)
def test_a_framework_with_a_slip_is_refused_with_every_slip(folder, name, old, new, code):
    (folder / name).write_text(FILES[name].replace(old, new), encoding="utf-8")

    with pytest.raises(CannotCompute) as refusal:
        read_framework(folder)

    assert refusal.value.finding.code is Code.FRAMEWORK_NOT_SOUND
    assert {finding.code for finding in refusal.value.because} == {code}


def test_a_missing_file_is_named(folder):
    (folder / "level.csv").unlink()

    with pytest.raises(CannotCompute) as refusal:
        read_framework(folder)

    assert [finding.code for finding in refusal.value.because] == [Code.FILE_MISSING]


def read(text, **more):
    return read_answers(text.encode(), name="form.csv", framework=SINO, **more)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("Yantai,organization,2,decision", Code.ANSWER_CRITERION_UNKNOWN),
        ("Yantai,organisation,5,decision", Code.ANSWER_LEVEL_UNKNOWN),
        ("Yantai,organisation,two,decision", Code.ANSWER_LEVEL_UNKNOWN),
        ("Yantai,organisation,-1,decision", Code.ANSWER_LEVEL_UNKNOWN),
        ("Yantai,organisation,2,", Code.ANSWER_WITHOUT_EVIDENCE),
        (",organisation,2,decision", Code.ANSWER_SUBJECT_MISSING),
        ("Yantai,mobility,2,figures", Code.ANSWER_TWICE),
    ],
)
def test_a_bad_row_is_told_with_its_number_and_costs_no_other_row(row, code):
    answers, findings = read(f"city,criterion,level,evidence\nYantai,mobility,3,figures\n{row}\n")

    assert [(finding.code, finding.row, finding.where) for finding in findings] == [(code, 3, "form.csv")]
    assert answers.row(0, named=True)["level"] == 3


def test_an_unknown_level_leaves_the_criterion_unknown_and_never_zero():
    answers, _ = read("city,criterion,level,evidence\nYantai,mobility,7,figures\nYantai,restoration,n/a,\n")

    assert answers.select("criterion", "level", "applies").rows() == [("mobility", None, True), ("restoration", None, False)]


def test_rows_nobody_filled_in_are_no_answers():
    answers, findings = read("city,criterion,level,evidence,note\nYantai,mobility,,,\n", subject="Yantai")

    assert (answers.height, findings) == (0, [])


def test_a_form_without_its_columns_is_told():
    answers, findings = read("city,question\nYantai,mobility\n")

    assert answers.is_empty()
    assert {finding.facts["column"] for finding in findings} == {"criterion", "level"}


def test_a_workbook_says_the_same_as_a_text():
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    for sheet in ("notes", "answers"):
        page = book.add_worksheet(sheet)
        rows = (
            [("city", "criterion", "level", "evidence"), ("Yantai", "mobility", 3, "figures")] if sheet == "answers" else [("x",)]
        )
        for at, row in enumerate(rows):
            page.write_row(at, 0, row)
    book.close()
    answers, _ = read_answers(stream.getvalue(), name="form.xlsx", framework=SINO)

    assert answers.equals(read("city,criterion,level,evidence\nYantai,mobility,3,figures\n")[0])


def test_a_measure_counts_only_under_its_criterion():
    activity = pick_framework(load_facts(), "activity_2026")
    text = "city,criterion,measure,level\nX,inventory,G02,3\nX,inventory,T01,3\n"
    answers, findings = read_answers(text.encode(), name="form.csv", framework=activity)

    assert answers["part"].to_list() == ["G02"]
    assert [(finding.code, finding.row) for finding in findings] == [(Code.ANSWER_PART_UNKNOWN, 3)]


def test_shipped_frameworks_lead_nowhere_they_should_not():
    facts = load_facts()
    loose = facts.criterion.join(facts.category, on=["framework", "category"], how="anti")
    without = facts.framework.join(facts.level.filter(pl.col("criterion") == "all"), on="framework", how="anti")

    assert (loose.height, without.height) == (0, 0)
