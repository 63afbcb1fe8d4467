"""Files of a programme: cities by any name, needs by any word, and for everything else a sentence with row and column."""

import io
import zipfile

import polars as pl
import pytest
import xlsxwriter

import citytandem as ct
from citytandem.applications import find_participant, open_programme, understand_programme
from citytandem.findings import CannotCompute, Code
from citytandem.replies import say
from citytandem.sources.guard import LIMITS
from citytandem.sources.programme import read_programme
from citytandem.words import LANGUAGES, Speech

HEAD = "city,learns,offers\n"
THREE = HEAD + "Münster,transport,\n横浜市,,Buildings\nLeipzig,,\n"


@pytest.fixture(scope="module")
def atlas():
    return ct.load()


def understand(atlas, applications=THREE, **tables):
    files = {"applications.csv": applications.encode(), **{f"{name}.csv": text.encode() for name, text in tables.items()}}
    read, findings = read_programme(files)
    return understand_programme(atlas, read, findings=findings, where="folder")


def found(programme, code):
    return [finding for finding in programme.findings if finding.code is code]


def test_cities_are_found_by_any_name_and_needs_by_any_word(atlas):
    programme = understand(atlas, HEAD + "Muenster,Verkehr; T15,\n横浜市,,buildings\nDE-14713000,,\n")

    assert programme.candidates["participant"].to_list() == ["DE-05515000", "JP-14100", "DE-14713000"]
    assert set(programme.declared.rows()) == {
        ("DE-05515000", "learns", "field", "transport"),
        ("DE-05515000", "learns", "measure", "T15"),
        ("JP-14100", "offers", "field", "buildings"),
    }


def test_what_is_not_given_is_taken_from_the_city(atlas):
    yokohama = understand(atlas).candidates.row(1, named=True)

    assert (yokohama["country"], yokohama["zone"], yokohama["languages"]) == ("JP", "Asia/Tokyo", ["ja"])
    assert (yokohama["capacity"], str(yokohama["part"]), str(yokohama["actor"])) == (1, "both", "city")


def test_an_unknown_city_is_left_out_with_the_nearest_names(atlas):
    programme = understand(atlas, HEAD + "Münster,,\nYokohma,,\nLeipzig,,\n")
    finding = found(programme, Code.PROGRAMME_CITY_LEFT_OUT)[0]

    assert programme.candidates.height == 2
    assert (finding.row, finding.where) == (3, "applications.csv")
    assert "Yokohama" in say(finding, Speech("en"))


def test_a_second_application_of_a_city_is_left_out(atlas):
    programme = understand(atlas, THREE + "Munster (Westfalen),,\nMünster,waste,\n")
    told = found(programme, Code.PROGRAMME_TWICE)

    assert programme.candidates.height == 3
    assert [finding.row for finding in told] == [6]


def test_a_city_and_its_mayor_are_two(atlas):
    programme = understand(atlas, "city,actor\nMünster,\nMünster,mayor\n")

    assert programme.candidates["participant"].to_list() == ["DE-05515000", "DE-05515000.mayor"]


def test_somebody_without_a_city_needs_a_country(atlas):
    programme = understand(atlas, "city,name,actor,country\nMünster,,,\n,Institut,research,DE\n,Nobody,expert,\n")

    assert programme.candidates["name"].to_list() == ["Münster", "Institut"]
    assert [finding.row for finding in found(programme, Code.PROGRAMME_COUNTRY_MISSING)] == [4]


def test_words_we_do_not_know_are_kept_and_not_counted(atlas):
    programme = understand(atlas, HEAD + "Münster,how to win over landlords,\nLeipzig,,\n")

    assert programme.declared.is_empty()
    assert programme.words.rows() == [("DE-05515000", "how to win over landlords", None)]
    assert found(programme, Code.PROGRAMME_WORD_UNCOUNTED)[0].facts["column"] == "learns"


def test_a_veto_of_somebody_who_is_not_there_changes_nothing_and_is_said(atlas):
    programme = understand(
        atlas, wishes="participant,other,kind\nMünster,Aarhus,veto\nMünster,Leipzig,veto\nMünster,Münster,wish\n"
    )

    assert programme.wishes.rows() == [("DE-05515000", "DE-14713000", "veto")]
    assert [finding.row for finding in found(programme, Code.PROGRAMME_OTHER_UNKNOWN)] == [2]
    assert [finding.row for finding in found(programme, Code.PROGRAMME_SELF)] == [4]


def test_a_choice_we_do_not_know_is_said_with_what_is_used_instead(atlas):
    programme = understand(atlas, "city,capacity,part,zone\nMünster,many,teacher,Mars/Olympus\nLeipzig,2,,\n")
    columns = {finding.facts["column"]: finding.facts["used"] for finding in found(programme, Code.PROGRAMME_CHOICE_UNKNOWN)}

    assert columns == {"capacity": "1", "part": "both", "zone": "Europe/Berlin"}


def test_a_table_without_its_columns_says_which(atlas):
    programme = understand(atlas, rules="who,with\nMünster,Leipzig\n")

    assert {finding.facts["column"] for finding in found(programme, Code.COLUMN_MISSING)} == {"participant", "other", "kind"}
    assert {finding.facts["column"] for finding in found(programme, Code.PROGRAMME_COLUMN_UNUSED)} == {"who", "with"}


@pytest.mark.parametrize(
    ("applications", "code"),
    [
        ("city\nMünster\n", Code.PROGRAMME_NOBODY),
        ("title,where\na,b\nc,d\n", Code.COLUMN_MISSING),
        ("", Code.FILE_UNREADABLE),
        (HEAD + "Nowhereville-on-Sea,,\nMünster,,\n", Code.PROGRAMME_CITY_LEFT_OUT),
    ],
)
def test_where_nobody_is_left_the_first_thing_in_the_way_is_told(atlas, applications, code):
    with pytest.raises(CannotCompute) as refusal:
        understand(atlas, applications)

    assert refusal.value.finding.code is code


def test_semicolons_part_columns_where_the_headings_say_so(atlas):
    programme = understand(atlas, 'city;learns\nMünster;"transport; waste"\nLeipzig;\n')

    assert programme.declared["subject"].sort().to_list() == ["transport", "waste"]


def workbook(**sheets):
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    return stream.getvalue()


def test_a_workbook_reads_as_the_files_do(atlas, tmp_path):
    rows = [line.split(",") for line in THREE.strip().split("\n")]
    file = tmp_path / "programme.xlsx"
    file.write_bytes(workbook(Applications=rows, wishes=[["participant", "other"], ["Münster", "Leipzig"]]))
    programme = open_programme(atlas, file)

    assert programme.candidates.equals(understand(atlas).candidates)
    assert programme.wishes.rows() == [("DE-05515000", "DE-14713000", "wish")]


def test_a_formula_is_never_run_and_one_without_a_value_is_said(atlas, tmp_path):
    file = tmp_path / "programme.xlsx"
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet("applications")
        sheet.write_row(0, 0, ["city", "learns"])
        sheet.write_row(1, 0, ["Münster", "transport"])
        sheet.write(2, 0, "Leipzig")
        sheet.write_formula(2, 1, "=1+1", value="")
    file.write_bytes(stream.getvalue())
    programme = open_programme(atlas, file)

    assert programme.candidates.height == 2
    assert [(finding.row, finding.facts["column"]) for finding in found(programme, Code.FORMULA_WITHOUT_VALUE)] == [(3, "B")]


@pytest.mark.parametrize("content", [b"PK\x03\x04 no archive", b"not a workbook at all", b""])
def test_what_is_no_workbook_is_refused_with_a_reason(atlas, tmp_path, content):
    file = tmp_path / "programme.xlsx"
    file.write_bytes(content)
    with pytest.raises(CannotCompute) as refusal:
        open_programme(atlas, file)

    assert refusal.value.finding.code is Code.FILE_UNREADABLE


def test_a_workbook_that_unpacks_to_too_much_is_refused(atlas, tmp_path):
    file = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b" " * (LIMITS.workbook_bytes + 1))
    with pytest.raises(CannotCompute) as refusal:
        open_programme(atlas, file)

    assert refusal.value.finding.code is Code.FILE_TOO_LARGE


def test_a_file_beyond_the_limit_is_refused(atlas, tmp_path):
    file = tmp_path / "applications.csv"
    with file.open("wb") as opened:
        opened.write(HEAD.encode())
        opened.seek(LIMITS.file_bytes + 10)
        opened.write(b"x")
    with pytest.raises(CannotCompute) as refusal:
        open_programme(atlas, tmp_path)

    assert refusal.value.finding.code is Code.FILE_TOO_LARGE


def test_a_folder_that_is_not_there_is_said(atlas, tmp_path):
    with pytest.raises(CannotCompute) as refusal:
        open_programme(atlas, tmp_path / "nowhere")

    assert refusal.value.finding.code is Code.FILE_UNREADABLE


def test_other_files_in_the_folder_are_left_alone(atlas, tmp_path):
    (tmp_path / "README.txt").write_text("nothing, to, read\n", encoding="utf-8")
    (tmp_path / "applications.csv").write_text(THREE, encoding="utf-8")

    assert [finding.where for finding in open_programme(atlas, tmp_path).findings if finding.where == "README.txt"] == []


def test_a_participant_is_found_by_key_name_and_city(atlas):
    names = {"DE-05515000": "Münster", "institute": "Institut für Wärme", "DE-14713000.mayor": "Burkhard"}

    assert find_participant(atlas, "institut für wärme", names=names) == "institute"
    assert find_participant(atlas, "Muenster", names=names) == "DE-05515000"
    assert find_participant(atlas, "Leipzig", names=names) == "DE-14713000.mayor"
    assert find_participant(atlas, "Paris", names=names) is None


def test_every_finding_of_the_files_is_a_whole_sentence(atlas):
    bad = "city,capacity,colour\nMünster,many,\nYokohma,,\nMünster,,\nLeipzig,,\n"
    programme = understand(atlas, bad, wishes="participant,other,kind\nMünster,,\nMünster,Rom,\n")

    for language in LANGUAGES:
        for finding in programme.findings:
            told = say(finding, Speech(language))
            assert "{" not in told
            assert told.rstrip()[-1] in ".。．"


def test_tables_without_applications_are_no_programme(atlas):
    tables = {"wishes": pl.DataFrame()}
    with pytest.raises(CannotCompute) as refusal:
        understand_programme(atlas, tables, where="folder")

    assert refusal.value.finding.code is Code.PROGRAMME_NOBODY
