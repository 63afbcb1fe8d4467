"""`citytandem tour` plans the example, writes it, and names file, row and column of what is wrong."""

import json
import subprocess
import sys

import polars as pl
import pytest
import xlsxwriter

from citytandem.cli.show_tour import EXAMPLE
from citytandem.findings import CannotCompute, Code
from citytandem.sources.tour_files import read_tour
from citytandem.verbs import tour


def _example() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(EXAMPLE.glob("*.csv"))}


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    begin = "import sys; from citytandem.cli import main; sys.exit(main())"
    return subprocess.run([sys.executable, "-c", begin, *arguments], capture_output=True, text=True, check=False)


def test_the_example_is_copied_planned_and_written(tmp_path):
    copied = _run("tour", "--template", str(tmp_path / "ruhr"), "--lang", "en")
    found = _run("tour", str(tmp_path / "ruhr"), "--out", str(tmp_path / "out"), "--json", "--lang", "en")
    answer = json.loads(found.stdout)

    assert copied.returncode == found.returncode == 0
    assert answer["answer"]["tour"]["proof"] == "optimal"
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"tour.csv", "tour.ics", "travel.csv"}
    assert "TZID:Europe/Berlin" in (tmp_path / "out" / "tour.ics").read_text(encoding="utf-8")


def test_the_terminal_shows_days_marks_and_sources():
    shown = _run("tour", str(EXAMPLE), "--lang", "en")

    assert shown.returncode == 0
    assert "Tuesday, May 4, 2027" in shown.stdout
    assert "(est.)" in shown.stdout
    assert "S desnz-2025-travel" in shown.stdout
    assert "(invented)" in shown.stdout


def test_a_workbook_says_the_same_as_the_folder(tmp_path):
    path = tmp_path / "tour.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name, content in _example().items():
            sheet = book.add_worksheet(name.removesuffix(".csv"))
            rows = pl.read_csv(content, infer_schema=False, has_header=False).rows()
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, [cell or "" for cell in row])
    from_book, findings = read_tour({"tour.xlsx": path.read_bytes()})
    from_folder, _ = read_tour(_example())

    assert findings == []
    assert all(from_book[name].equals(table) for name, table in from_folder.items())


@pytest.mark.parametrize(
    ("file", "old", "new", "row", "column"),
    [
        ("openings.csv", b"10:00,18:00", b"ten,18:00", 2, "opens"),
        ("sites.csv", b"51.4866", b"151.4", 2, "latitude"),
        ("days.csv", b"2027-05-04", b"4 May", 2, "day"),
        ("wishes.csv", b"heat,8", b"heat,much", 4, "weight"),
    ],
)
def test_what_is_wrong_is_named_with_file_row_and_column(file, old, new, row, column):
    files = _example()
    files[file] = files[file].replace(old, new, 1)
    _, findings = read_tour(files)

    assert (file, row, column) in {(finding.where, finding.row, finding.facts.get("column")) for finding in findings}


def test_a_site_that_is_opened_but_not_listed_is_named():
    files = _example()
    files["openings.csv"] += b"atlantis,2027-05-04,10:00,12:00,P,test\n"

    with pytest.raises(CannotCompute) as refusal:
        tour(files)

    assert refusal.value.finding.code is Code.REFERENCE_DANGLING
    assert refusal.value.finding.facts["value"] == "atlantis"
