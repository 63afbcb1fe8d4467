"""Broken and hostile files give findings: no crash, no hang, and the good rows are kept."""

import io
import random
import zipfile

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from citytandem.findings import Code
from citytandem.sources.anysheet import Proposal, answer, load_mapping, read_sheet, save_mapping
from citytandem.sources.anysheet import grid as grids
from citytandem.sources.anysheet.amounts import find_marks, find_unit, read_number, read_unit
from citytandem.sources.anysheet.grid import read_grid
from citytandem.sources.anysheet.headers import find_tables
from citytandem.sources.anysheet.words import read_words, read_year
from citytandem.words import SENTENCES
from tests.sources import awkward_files as files
from tests.sources import forms

ANSWERS = {"city": "DE-08221000", "unit.emissions": "t", "unit.energy": "MWh", "unit.value": "t", "year": "2019", "decimal": ","}
ANSWERS |= {"fiscal_year_start": "4"}
GOOD = [
    ["Sektor", "Energieträger", "MWh 2019", "t CO2e 2019"],
    ["Haushalte", "Strom", 100.0, 40.0],
    ["Haushalte", "Erdgas", 200.0, 50.0],
]
MUTANTS = 20
SEED = 20_261_122


def read(raw, name="x"):
    """Read a file as far as it goes, all questions answered."""
    found = read_sheet(raw, name=name, answers=ANSWERS)
    if isinstance(found, Proposal):
        return found
    assert set(found.tables["row"]["fate"]) <= {"line", "total", "memo", "heading", "note", "finding"}
    for finding in found.findings:
        SENTENCES[finding.code].format(row=finding.row, where=finding.where, **finding.facts)
    return found


def with_rows(rows):
    return files.workbook([*GOOD, *rows])


def kept(reading):
    lines = reading.tables["line"]
    return {(row["sector"], row["carrier"]): row["emissions_t"] for row in lines.iter_rows(named=True)}


def cut(raw, chance):
    return raw[: chance.randrange(len(raw))]


def flip(raw, chance):
    broken = bytearray(raw)
    for _ in range(chance.randrange(1, 40)):
        broken[chance.randrange(len(broken))] = chance.randrange(256)
    return bytes(broken)


def inside(raw, chance):
    """Damage the first sheet inside the archive, so that the archive itself is sound."""
    mended = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as packed, zipfile.ZipFile(mended, "w") as copy:
        for name in packed.namelist():
            content = packed.read(name)
            copy.writestr(name, flip(content, chance) if name.endswith(("sheet1.xml", "sharedStrings.xml")) else content)
    return mended.getvalue()


def shuffled(raw, chance):
    start, end = sorted(chance.sample(range(len(raw)), 2))
    return raw[:start] + raw[end:] + raw[start:end]


BOOKS = {
    "bisko": files.workbook(files.BISKO),
    "american": files.workbook(files.AMERICAN),
    "sections": files.workbook(files.SECTIONS),
}
TEXTS = {
    "japanese": files.JAPANESE.encode("cp932"), "chinese": files.CHINESE.encode("gb18030"),
    "danish": files.DANISH.encode("cp1252"), "long": files.LONG_MIXED.encode("utf-16"), "plain": files.DANISH.encode(),
}  # fmt: skip


@pytest.mark.parametrize("change", [cut, flip, inside, shuffled])
@pytest.mark.parametrize("book", BOOKS)
def test_damaged_workbooks_give_findings_and_never_crash(book, change):
    chance = random.Random(f"{SEED}{book}{change.__name__}")  # noqa: S311 mutants, no secrets
    for _ in range(MUTANTS):
        reading = read(change(BOOKS[book], chance), f"{book}.xlsx")

        assert reading.findings


@pytest.mark.parametrize("change", [cut, flip, shuffled])
@pytest.mark.parametrize("text", TEXTS)
def test_damaged_texts_never_crash(text, change):
    chance = random.Random(f"{SEED}{text}{change.__name__}")  # noqa: S311 mutants, no secrets
    for _ in range(MUTANTS):
        reading = read(change(TEXTS[text], chance), f"{text}.csv")

        assert reading is not None


def test_a_cut_off_text_keeps_the_rows_before_the_cut():
    raw = files.CHINESE.encode("gb18030")
    reading = read_sheet(raw[:-25], name="x", answers={"city": "DE-08221000"})
    homes = reading.tables["line"].cast({"sector": str}).filter(sector="households")

    assert 2_012_000.0 in homes["emissions_t"].to_list()


ODD_CELLS = [
    -5, 1e300, "NaN", "inf", "=1+1", "5 GWh", "", "k. A.", "1.2.3,4", "12 %", "(5)", True, "2019-01-01", "\u0000", "💥" * 50,
    "9" * 400, -1e-300, 0, "1e999", "ＮＯ",
]  # fmt: skip


@pytest.mark.parametrize("cell", ODD_CELLS, ids=lambda cell: str(cell)[:12])
def test_an_odd_cell_never_costs_the_other_rows(cell):
    reading = read(with_rows([["Verkehr", "Diesel", 1.0, cell], ["Industrie", "Strom", 3.0, 9.0]]))

    assert kept(reading)["households", "electricity"] == 40.0
    assert kept(reading)["households", "natural_gas"] == 50.0
    assert kept(reading)["industry_energy", "electricity"] == 9.0


def test_formulas_count_by_their_saved_values_and_links_to_other_files_are_never_followed():
    raw = io.BytesIO()
    book = xlsxwriter.Workbook(raw, {"in_memory": True})
    sheet = book.add_worksheet("Bilanz")
    for at, row in enumerate(GOOD):
        sheet.write_row(at, 0, row)
    sheet.write_row(3, 0, ["Verkehr", "Diesel"])
    sheet.write_formula(3, 2, "='[other.xlsx]Sheet1'!A1", None, 7.0)
    sheet.write_formula(3, 3, "=C4*2", None, 14.0)
    sheet.write_row(4, 0, ["Industrie", "Strom", 5.0])
    sheet.write_formula(4, 3, "=1/0", None, "#DIV/0!")
    book.close()
    reading = read(raw.getvalue())

    assert kept(reading)["transport", "diesel"] == 14.0
    assert Code.FORMULA_WITHOUT_VALUE in {finding.code for finding in reading.findings}


def test_a_bomb_is_refused_before_it_is_unpacked():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bomb:
        for name in ("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"):
            bomb.writestr(name, "<x/>")
        bomb.writestr("xl/worksheets/sheet1.xml", b"0" * (200 * 2**20))
    reading = read(packed.getvalue())

    assert reading.findings[0].code == Code.FILE_TOO_LARGE


@pytest.mark.parametrize("repeated", ["rows", "columns"])
def test_a_repeated_cell_of_an_open_document_cannot_fill_the_memory(repeated):
    cell = '<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="16000"/>'
    row = f'<table:table-row table:number-rows-repeated="{1_000_000 if repeated == "rows" else 40}">{cell}</table:table-row>'
    raw = open_document(f'<table:table table:name="A">{row}</table:table>')
    reading = read(raw)

    assert reading.findings[0].code == Code.FILE_TOO_LARGE


def open_document(tables):
    packed = io.BytesIO()
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text", "manifest")
    )
    body = f'<?xml version="1.0"?><office:document-content{names}><office:body><office:spreadsheet>{tables}'
    manifest = f'<?xml version="1.0"?><manifest:manifest{names}><manifest:file-entry manifest:full-path="/"/></manifest:manifest>'
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", f"{body}</office:spreadsheet></office:body></office:document-content>")
    return packed.getvalue()


def test_an_open_document_is_read_although_its_empty_rows_reach_to_the_end():
    def cell(value):
        kind = f'office:value-type="float" office:value="{value}"' if isinstance(value, float) else 'office:value-type="string"'
        return f"<table:table-cell {kind}><text:p>{value}</text:p></table:table-cell>"

    rows = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in GOOD)
    nothing = '<table:table-cell table:number-columns-repeated="1024"/>'
    empty = f'<table:table-row table:number-rows-repeated="1048000">{nothing}</table:table-row>'
    reading = read(open_document(f'<table:table table:name="A">{rows}{empty}</table:table>'))

    assert kept(reading) == {("households", "electricity"): 40.0, ("households", "natural_gas"): 50.0}


def test_a_sheet_with_too_many_rows_is_refused_with_its_size():
    raw = b"Sektor;t CO2e 2019\n" + b"Verkehr;1\n" * grids.CELLS
    reading = read(raw)

    assert reading.findings[0].code == Code.FILE_TOO_LARGE
    assert reading.findings[0].facts["limit"] == grids.CELLS


def test_tens_of_thousands_of_rows_are_read_and_each_is_told():
    rows = "".join(f"Verkehr {at};Diesel;{at};{at}\n" for at in range(20_000))
    reading = read(f"Sektor;Energieträger;MWh 2019;t CO2e 2019\n{rows}".encode())

    assert reading.tables["line"].height == 20_000
    assert reading.tables["row"].height == 20_001


@pytest.mark.parametrize(
    "raw", [b"", b" \n\n", b"%PDF-1.7", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, b"\0" * 99]
)
def test_what_is_no_table_is_said_to_be_none(raw):
    reading = read(raw)

    assert isinstance(reading, Proposal)
    assert reading.findings


def test_a_quotation_mark_left_open_swallows_nothing():
    rows = "".join(f"Verkehr {at};{at}\n" for at in range(60))
    reading = read(f'Sektor;t CO2e 2019\nHaushalte "Mitte;1\n"Haushalte Ost;2\n{rows}'.encode())

    assert reading.tables["line"].height == 62
    assert Code.SHEET_QUOTE_OPEN in {finding.code for finding in reading.findings}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "latin-1"])
def test_one_table_reads_the_same_in_every_encoding(encoding):
    reading = read("Sektor;t CO2e 2019\nPrivate Haushalte, Größe;1\nStraßenverkehr;2\n".encode(encoding))

    assert kept(reading) == {("households", "all"): 1.0, ("road", "all"): 2.0}


CELLS = st.one_of(
    st.none(), st.floats(), st.integers(-(10**20), 10**20), st.booleans(), st.text(max_size=20),
    st.sampled_from(["Haushalte", "Gesamt", "t CO2e", "MWh", "2019", "k. A.", "1.953", "1,5", "Strom", "davon", "部門", "合計"]),
)  # fmt: skip


@given(st.lists(st.lists(CELLS, max_size=7), max_size=14))
@settings(max_examples=120)
def test_no_grid_of_cells_breaks_the_way_from_proposal_to_lines(rows):
    sheet = grids.Sheet("A", tuple(tuple(map(grids._clean, row)) for row in rows), tuple(range(1, len(rows) + 1)))
    held = {at for at, row in enumerate(sheet.rows) if any(cell is not None for cell in row)}
    tables = find_tables(sheet)
    placed = {at for table in tables for at in (*table.titles, *table.headers, *table.body, *table.sections, *table.notes)}

    assert not tables or placed == held
    text = "\n".join(";".join("" if cell is None else str(cell) for cell in row) for row in rows)
    assert read(text.encode(errors="replace")) is not None


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(raw):
    grid, findings = read_grid(raw, where="x")

    assert grid.sheets or findings


@given(st.text(max_size=60))
def test_no_text_breaks_the_readers_of_words_and_amounts(text):
    number = read_number(text, decimal=",")

    assert number is None or abs(number) < float("inf")
    assert read_unit(find_unit(text)).quantity in {"", "emissions", "energy", "factor"}
    assert read_words(text).confidence <= 1.0
    assert find_marks([text]).decimal() in {"", ",", "."}
    assert read_year(text) is None or 1800 <= read_year(text)[0] <= 2100


@given(st.text(max_size=30), st.text(max_size=30))
def test_a_mapping_survives_saving_whatever_its_words_say(word, city):
    raw = f"Sektor;t CO2e 2019\nHaushalte;1\n{word.replace(chr(10), ' ')};2\n".encode(errors="replace")
    mapping = answer(read_sheet(raw, name="x"), {f"word.{word}": "waste"}).mapping
    saved, findings = load_mapping(save_mapping(mapping))

    assert findings == []
    assert saved == mapping
    assert load_mapping(city)[1] or load_mapping(city)[0] is not None


def test_the_bound_holds_for_all_sheets_of_a_book_together_and_the_first_are_kept():
    rows = [["Sector", "t CO2"], *([["Households", 5]] * 49_999)]
    grid, findings = read_grid(forms.workbook({f"Sheet {number}": rows for number in range(1, 5)}), where="many.xlsx")

    assert [sheet.name for sheet in grid.sheets] == ["Sheet 1", "Sheet 2", "Sheet 3"]
    assert [(finding.code, finding.where, finding.facts["size"], finding.facts["limit"]) for finding in findings] == [
        (Code.FILE_TOO_LARGE, "many.xlsx: Sheet 4", 400_000, 300_000)
    ]


def test_a_table_of_which_no_column_has_a_heading_does_not_break_the_reading():
    sheet = grids.Sheet("A", ((None, ":", "k.A."), (None, ":", "k.A.")), (1, 2))

    assert isinstance(find_tables(sheet), list | tuple)
    assert read_sheet(b";:;k.A.\n;:;k.A.", name="empty.csv") is not None
