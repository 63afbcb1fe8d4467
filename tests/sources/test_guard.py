"""Nothing is opened that is too large, and nothing but values comes out of a workbook."""

import gzip
import io
import zipfile

import pytest

from citytandem.sources import guard
from citytandem.sources.delimited import read_delimited
from citytandem.sources.workbook import read_workbook
from tests.sources import forms


def repacked(raw, **changes):
    """A workbook with some of its parts replaced, added or (None) taken away."""
    content = io.BytesIO()
    changes = {name.replace("__", "/").replace("_xml", ".xml"): part for name, part in changes.items()}
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as new:
        parts = {name: old.read(name) for name in old.namelist()} | changes
        for name, part in parts.items():
            if part is not None:
                new.writestr(name, part)
    return content.getvalue()


SHEET = "xl__worksheets__sheet1_xml"
SMALL = forms.workbook({"A": [["x", 1.5]]})


def codes(findings):
    return {str(finding.code) for finding in findings}


def test_a_bomb_is_refused_by_its_directory_before_it_is_unpacked():
    bomb = repacked(SMALL, **{SHEET: b"0" * (guard.LIMITS.workbook_bytes + 1)})
    sheets, findings = read_workbook(bomb, where="bomb.xlsx")

    assert len(bomb) < 1_000_000
    assert (sheets, codes(findings)) == ({}, {"file_too_large"})


def test_a_sheet_that_spans_the_whole_grid_is_refused():
    rows = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    far = b"<worksheet><sheetData>" + rows + b"</sheetData></worksheet>"
    sheets, findings = read_workbook(repacked(SMALL, **{SHEET: far}), where="far.xlsx")

    assert (sheets, codes(findings)) == ({}, {"file_too_large"})


def test_rows_of_cells_without_references_are_counted_too():
    rows = b"<row>" + b"<c/>" * 3000 + b"</row>"
    wide = b"<worksheet><sheetData>" + rows + b"<row/>" * 2000 + b"</sheetData></worksheet>"
    sheets, findings = read_workbook(repacked(SMALL, **{SHEET: wide}), where="wide.xlsx")

    assert (sheets, codes(findings)) == ({}, {"file_too_large"})


@pytest.mark.parametrize(
    "part", [b"<row " * 300_000, b"<c><c " * 300_000, b'r="A1" ' * 100_000, b"<c r='XFD9'" * 9, b"<f" * 500_000]
)
def test_text_that_only_looks_like_a_sheet_is_unreadable(part):
    sheets, findings = read_workbook(repacked(SMALL, **{SHEET: part}), where="x.xlsx")

    assert sheets in ({}, {"A": []})
    assert codes(findings) <= {"file_unreadable", "file_too_large"}


def test_relations_without_an_end_are_unreadable():
    endless = repacked(
        SMALL, **{"xl/workbook.xml": b"<sheet " * 300_000, "xl/_rels/workbook.xml.rels": b"<Relationship " * 300_000}
    )

    assert codes(read_workbook(endless, where="x.xlsx")[1]) <= {"file_unreadable"}


def test_too_many_parts_are_refused():
    many = repacked(SMALL, **{f"junk{number}": b"" for number in range(guard.LIMITS.parts + 1)})

    assert codes(guard.clean_workbook(many, where="many.xlsx")[1]) == {"file_too_large"}


def test_links_macros_and_pictures_stay_behind():
    rich = repacked(SMALL, xl__externalLinks__externalLink1_xml=b"<a/>", **{"xl/vbaProject.bin": b"x", "xl/media/a.png": b"y"})
    clean, findings = guard.clean_workbook(rich, where="rich.xlsx")

    assert findings == []
    assert not [
        name for name in zipfile.ZipFile(io.BytesIO(clean)).namelist() if "external" in name or "vba" in name or "media" in name
    ]


def test_a_formula_counts_as_its_saved_value_and_a_hollow_one_is_named():
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
        b'<c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>[1]S!A1</f></c><c r="C1" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
        b"</row></sheetData></worksheet>"
    )
    sheets, findings = read_workbook(repacked(SMALL, **{SHEET: sheet}), where="f.xlsx")

    assert sheets["A"] == [[2.0, "", ""]]
    assert [(finding.row, finding.facts["column"], finding.where) for finding in findings] == [
        (1, "B", "f.xlsx: A"),
        (1, "C", "f.xlsx: A"),
    ]


@pytest.mark.parametrize("raw", [b"", b"PK\x03\x04", b"no workbook", SMALL[:200], SMALL[:-30], b"\xd0\xcf\x11\xe0" + b"0" * 600])
def test_what_is_no_workbook_is_unreadable(raw):
    sheets, findings = read_workbook(raw, where="x.xlsx")

    assert (sheets, codes(findings)) == ({}, {"file_unreadable"})


def test_a_gzip_bomb_is_refused():
    bomb = gzip.compress(b"0" * (guard.LIMITS.text_bytes + 1))

    assert codes(guard.unpack(bomb, where="b.gz")[1]) == {"file_too_large"}


def test_a_cut_off_archive_keeps_the_rows_it_has():
    raw = gzip.compress(("a,b\n" + "\n".join(f"{number},x" for number in range(5000))).encode())
    frame, findings = read_delimited(raw[: len(raw) // 2], where="cut.csv.gz")

    assert codes(findings) >= {"file_cut_off"}
    assert 100 < frame.height < 5000


@pytest.mark.parametrize(
    ("encoding", "found"), [("utf-8", set()), ("utf-8-sig", set()), ("utf-16", set()), ("cp1252", {"encoding_guessed"})]
)
def test_text_in_another_encoding_is_read_and_said(encoding, found):
    frame, findings = read_delimited("name,value\nMünchen,1\n".encode(encoding), where="x.csv")

    assert (frame["name"].to_list(), codes(findings)) == (["München"], found)


def test_rows_of_another_width_are_named_and_kept():
    frame, findings = read_delimited(b"a,b\n1\n1,2,3\n\n4,5\n", where="x.csv")

    assert frame["a"].to_list() == ["1", "1", "4"]
    assert [(finding.row, finding.facts["found"]) for finding in findings] == [(2, 1), (3, 3)]
    assert frame["row_of_file"].to_list() == [2, 3, 5]
