"""`citytandem plan`: from files to an agenda, its reasons and its changes."""

import csv
import json

import pytest

from citytandem.cli.run import run
from citytandem.sinks.agenda_example import write_example
from citytandem.sources.agenda import read_event


@pytest.fixture
def event(tmp_path):
    """Two talks, a plenary and three guests in a folder."""
    folder = tmp_path / "event"
    folder.mkdir()
    files = {
        "sessions": "session,title,kind,languages,fixed_slot\nopen,Opening,plenary,en,d1-09\n"
        "heat,Heat,talk,en,\nsun,Sun,talk,de,\n",
        "rooms": "room,seats,accessible,equipment\nhall,2,yes,projector\n",
        "slots": "slot,day,starts,ends,zone\nd1-09,2027-05-03,09:00,09:50,Europe/Berlin\n"
        "d1-10,2027-05-03,10:00,10:50,Europe/Berlin\nd1-11,2027-05-03,11:00,11:50,Europe/Berlin\n"
        "d1-12,2027-05-03,12:00,12:50,Europe/Berlin\n",
        "speakers": "session,person\nheat,ana\nsun,ben\n",
        "people": "person,name,languages\nana,Ana (invented),en de\nben,Ben (invented),de\ncem,Cem (invented),en\n",
        "wishes": "person,session,turn\ncem,heat,1\ncem,sun,2\nben,heat,1\nana,sun,1\n",
    }
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def _json(capsys, *words):
    code = run(["plan", *map(str, words), "--json", "--seconds", "1"])
    return code, json.loads(capsys.readouterr().out)


def test_a_folder_becomes_an_agenda_with_a_proof(event, capsys):
    code, told = _json(capsys, event)
    answer = told["answer"]

    assert code == 0
    assert answer["proof"] == "optimal"
    assert {row["session"] for row in answer["placed"]} == {"open", "heat", "sun"}
    assert {(row["person"], row["session"], row["reason"]) for row in answer["unmet"]} == {
        ("cem", "sun", "language"), ("ben", "heat", "language"),
    }  # fmt: skip


def test_people_are_named_only_where_asked_for(event, capsys):
    assert run(["plan", str(event), "--seconds", "1"]) == 0
    public = capsys.readouterr().out
    assert run(["plan", str(event), "--seconds", "1", "--people"]) == 0
    own = capsys.readouterr().out

    assert "Cem" not in public
    assert "Cem (invented)" in own
    assert "Heat" in public


def test_a_lost_speaker_moves_one_session_only(event, tmp_path, capsys):
    _, first = _json(capsys, event, "--out", tmp_path / "out")
    slot = next(row["slot"] for row in first["answer"]["placed"] if row["session"] == "heat")
    _, again = _json(capsys, event, "--from", tmp_path / "out" / "plan.json")
    _, after = _json(capsys, event, "--from", tmp_path / "out" / "plan.json", "--absent", f"ana:{slot}")

    assert again["answer"]["moved"] == []
    assert [row["session"] for row in after["answer"]["moved"]] == ["heat"]
    assert after["answer"]["proof"] == "least change"


def test_what_is_written_can_be_read_as_a_table(event, tmp_path, capsys):
    run(["plan", str(event), "--out", str(tmp_path / "out"), "--seconds", "1"])
    rows = list(csv.DictReader((tmp_path / "out" / "placed.csv").read_text(encoding="utf-8").splitlines()))

    assert {row["session"]: row["room"] for row in rows} == {"open": "hall", "heat": "hall", "sun": "hall"}
    assert (tmp_path / "out" / "seats.csv").exists()


@pytest.mark.parametrize(
    ("table", "line", "code", "column"),
    [
        ("wishes", "cem,nothing,3", "reference_dangling", "session"),
        ("wishes", "ana,heat,soon", "row_breaks_rule", "turn"),
        ("rooms", "loft,many,no,", "row_breaks_rule", "seats"),
        ("rooms", "loft,4,perhaps,", "row_breaks_rule", "accessible"),
        ("sessions", "rain,Rain,song,en,", "row_breaks_rule", "kind"),
        ("slots", "d1-13,2027-05-03,late,13:50,Europe/Berlin", "row_breaks_rule", "starts"),
        ("speakers", "heat,ana", "row_breaks_rule", "session, person"),
    ],
)
def test_a_cell_that_cannot_be_read_is_told_with_file_row_and_column(event, capsys, table, line, code, column):
    path = event / f"{table}.csv"
    path.write_text(path.read_text() + line + "\n")
    row = len(path.read_text().splitlines())
    exit_code, told = _json(capsys, event)
    finding = told["findings"][1]

    assert exit_code != 0
    assert told["status"] == "refused"
    assert (finding["code"], finding["where"], finding["row"], finding["facts"]["column"]) == (code, f"{table}.csv", row, column)


def test_a_folder_without_rooms_says_which_table_is_missing(event, capsys):
    (event / "rooms.csv").unlink()
    _, told = _json(capsys, event)

    assert [(finding["code"], finding["facts"].get("sheet")) for finding in told["findings"]][1:] == [("sheet_missing", "rooms")]


def test_a_conflict_is_told_in_sentences(event, capsys):
    path = event / "sessions.csv"
    path.write_text(path.read_text().replace("heat,Heat,talk,en,", "heat,Heat,talk,en,d1-09"))
    code = run(["plan", str(event), "--seconds", "1"])
    told = capsys.readouterr().err

    assert code != 0
    assert "“Heat” is fixed at d1-09." in told
    assert "“Opening” is fixed at d1-09." in told


@pytest.mark.parametrize("word", ["ana", "nobody:d1-10", "ana:never", "room=attic:d1-10"])
def test_a_slip_in_who_is_absent_is_refused(event, capsys, word):
    code, told = _json(capsys, event, "--absent", word)

    assert code != 0
    assert told["status"] == "refused"


def test_a_file_that_is_no_plan_is_refused(event, tmp_path, capsys):
    (tmp_path / "plan.json").write_text("{}")
    _, told = _json(capsys, event, "--from", tmp_path / "plan.json")

    assert told["findings"][0]["code"] == "agenda_plan_unreadable"


def test_the_example_is_complete_and_everyone_in_it_is_invented(tmp_path, capsys):
    assert run(["plan", "--template", str(tmp_path / "conference")]) == 0
    files = {path.name: path.read_bytes() for path in (tmp_path / "conference").iterdir()}
    problem, findings = read_event(files)

    assert findings == []
    assert files == write_example()
    assert all("(invented)" in name for name in problem.people.get_column("name"))
    assert problem.slots.get_column("day").n_unique() == 3


def test_one_workbook_holds_all_tables(event, tmp_path, capsys):
    import xlsxwriter

    path = tmp_path / "event.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for source in sorted(event.glob("*.csv")):
            sheet = book.add_worksheet(source.stem)
            for number, row in enumerate(csv.reader(source.read_text(encoding="utf-8").splitlines())):
                sheet.write_row(number, 0, [int(cell) if cell.isdigit() else cell for cell in row])
    _, from_folder = _json(capsys, event)
    _, from_book = _json(capsys, path)

    assert from_book["answer"]["placed"] == from_folder["answer"]["placed"]
