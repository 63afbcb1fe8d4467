"""Hundreds of damaged files: no reader falls over, good rows stay, and findings name the place."""

import io
import random
import re
import zipfile
from collections import Counter

import pytest

from citytandem.sources.registry import FORMATS
from tests.sources import forms
from tests.sources.test_formats import check, read

SEED = 20261122
PER_WORKBOOK = 24
PER_TABLE = 5
ROWS_KEPT = 14
BAD_VALUES = (
    b"1e300",
    b"-1e300",
    b"-5",
    b"NaN",
    b"",
    b"abc",
    b"1,234",
    b"9" * 400,
    b"12 t",
    b"TRUE",
    b"\xff\xfe",
    b"&#0;",
    b"0x10",
)


def short_workbook(raw):
    """A real workbook with the first rows of each sheet only, so that hundreds of mutants take seconds."""
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                head, *rows = re.split(rb"(?=<row\b)", part)
                tail = part[part.rindex(b"</sheetData>") :] if b"</sheetData>" in part else b""
                last = rows[-1].partition(b"</sheetData>")[0] if len(rows) <= ROWS_KEPT else b""
                part = head + b"".join(rows[:-1] if last else rows[:ROWS_KEPT]) + last + tail if rows else part
            new.writestr(name, part)
    return content.getvalue()


def mutate_workbook(raw, dice):
    """Damage a workbook in one of many ways; says how."""
    kinds = [
        bad_cells,
        drop_rows,
        repeat_rows,
        cut_part,
        flip_bytes,
        drop_part,
        formulas,
        far_cell,
        merged,
        other_encoding,
        cut_file,
        bomb,
    ]
    kind = dice.choice(kinds)
    return kind.__name__, kind(raw, dice)


def change(raw, dice, *, edit):
    """Change the text of one sheet, chosen by dice."""
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as new:
        sheets = [name for name in old.namelist() if name.startswith("xl/worksheets/sheet")]
        chosen = dice.choice(sheets)
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, edit(part) if name == chosen else part)
    return content.getvalue()


def bad_cells(raw, dice):
    def edit(part):
        places = [found.span(1) for found in re.finditer(rb"<v>([^<]*)</v>", part)]
        for start, end in sorted(dice.sample(places, min(len(places), 6)), reverse=True):
            part = part[:start] + dice.choice(BAD_VALUES) + part[end:]
        return part

    return change(raw, dice, edit=edit)


def rows_of(part):
    head, *rows = re.split(rb"(?=<row\b)", part)
    last, closing, tail = rows[-1].partition(b"</sheetData>") if rows else (b"", b"", b"")
    return head, [*rows[:-1], last] if rows else [], closing + tail


def drop_rows(raw, dice):
    def edit(part):
        head, rows, tail = rows_of(part)
        return head + b"".join(row for row in rows if dice.random() > 0.3) + tail if rows else part

    return change(raw, dice, edit=edit)


def repeat_rows(raw, dice):
    def edit(part):
        head, rows, tail = rows_of(part)
        return head + b"".join(row * dice.choice((1, 1, 2, 3)) for row in rows) + tail if rows else part

    return change(raw, dice, edit=edit)


def cut_part(raw, dice):
    return change(raw, dice, edit=lambda part: part[: dice.randrange(len(part))])


def flip_bytes(raw, dice):
    damaged = bytearray(raw)
    for _ in range(dice.choice((1, 10, 200))):
        damaged[dice.randrange(len(damaged))] = dice.randrange(256)
    return bytes(damaged)


def drop_part(raw, dice):
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(content, "w") as new:
        gone = dice.choice(old.namelist())
        for name in old.namelist():
            if name != gone:
                new.writestr(name, old.read(name))
    return content.getvalue()


def formulas(raw, dice):
    def edit(part):
        return re.sub(rb"<v>[^<]*</v>", lambda found: b"<f>[1]X!A1</f>" if dice.random() < 0.1 else found[0], part)

    return change(raw, dice, edit=edit)


def far_cell(raw, dice):
    row = dice.choice((b"1048576", b"999999999", b"0", b"70000"))
    cell = b'<row r="%s"><c r="%s%s"><v>1</v></c></row></sheetData>' % (row, dice.choice((b"XFD", b"B", b"ZZZ")), row)
    return change(raw, dice, edit=lambda part: part.replace(b"</sheetData>", cell))


def merged(raw, dice):
    cells = b'</sheetData><mergeCells count="2"><mergeCell ref="A1:ZZ9"/><mergeCell ref="B2:A1"/></mergeCells>'
    return change(raw, dice, edit=lambda part: part.replace(b"</sheetData>", cells))


def other_encoding(raw, dice):
    return change(
        raw,
        dice,
        edit=lambda part: part.decode("utf-8", "replace").encode(dice.choice(("utf-16", "cp1252", "shift-jis")), "replace"),
    )


def cut_file(raw, dice):
    return raw[: dice.randrange(1, len(raw))]


def bomb(raw, dice):
    return change(raw, dice, edit=lambda part: part + b" " * dice.choice((20_000_000, 1_000_000)))


def mutate_table(raw, dice):
    """Damage a text table in one of many ways; says how."""
    kind = dice.choice([*OF_A_LINE, *OF_A_FILE])
    if kind in OF_A_FILE:
        return kind, OF_A_FILE[kind](raw, dice)
    lines = raw.split(b"\n")
    at = dice.randrange(len(lines))
    lines[at] = OF_A_LINE[kind](lines[at], dice)
    return kind, b"\n".join(lines)


def bad_text_cells(line, dice):
    cells = line.split(b",")
    for _ in range(3):
        cells[dice.randrange(len(cells))] = dice.choice(BAD_VALUES)
    return b",".join(cells)


OF_A_LINE = {
    "cell": bad_text_cells,
    "quote": lambda line, _: line[: len(line) // 2] + b'"' + line[len(line) // 2 :],
    "drop": lambda line, dice: b",".join(cell for cell in line.split(b",") if dice.random() > 0.3),
    "repeat": lambda line, dice: b"\n".join([line] * dice.choice((2, 3, 50))),
    "long": lambda line, _: b"x" * 200_000 + line,
    "nul": lambda line, _: line + b"\x00" + line,
}
OF_A_FILE = {
    "noise": flip_bytes,
    "header": lambda raw, dice: raw[::-1] if dice.random() < 0.3 else raw.replace(b"e", b"x", 2),
    "cut": cut_file,
    "encoding": lambda raw, dice: raw.decode("utf-8", "replace").encode(dice.choice(ENCODINGS), "replace"),
    "separator": lambda raw, dice: raw.replace(b",", dice.choice((b";", b"\t", b",,"))),
}
ENCODINGS = ("utf-16", "cp1252", "shift-jis", "gb18030")


def originals(raw_data_or_none):
    """Samples of our own, and the first rows of the real files where they are on this machine."""
    found = [(key, name, raw) for key, name, raw in forms.samples()]
    for name, key in forms.REAL.items() if raw_data_or_none else ():
        path = raw_data_or_none / name
        if path.is_file() and not name.endswith(".gz"):
            raw = path.read_bytes()
            short = short_workbook(raw) if name.endswith(".xlsx") else b"\n".join(raw.split(b"\n")[:30])
            found.append((key, name.rpartition("/")[2], short))
    return found


@pytest.fixture(scope="module")
def files(request):
    try:
        return originals(request.getfixturevalue("raw_data"))
    except pytest.skip.Exception:
        return originals(None)


def test_hundreds_of_damaged_files_are_read_without_a_fall(files):
    times = 1 if len(files) > len(forms.samples()) else 2
    dice = random.Random(SEED)  # noqa: S311 the same mutants every time
    counted = Counter()
    for key, name, raw in files:
        is_book = name.endswith(".xlsx")
        for _ in range(times * (PER_WORKBOOK if is_book else PER_TABLE)):
            kind, damaged = (mutate_workbook if is_book else mutate_table)(raw, dice)
            try:
                check(read(key, damaged, where=name), where=name)
            except BaseException as error:
                error.add_note(f"{name}: {kind}, after {counted.total()} others (seed {SEED})")
                raise
            counted[kind] += 1

    assert counted.total() >= 200
    assert len(counted) >= 15


@pytest.mark.parametrize("column", ["I.1.1", "II.1.1", "III.4.3", "V.2"])
@pytest.mark.parametrize("bad", ["lots", 1e300, -1e12])
def test_one_bad_cell_costs_one_cell(column, bad):
    good = FORMATS["c40_gpc"](forms.c40(forms.aarhaven(), forms.aarhaven(year=2018, calendar=2018)))
    worse = FORMATS["c40_gpc"](forms.c40(forms.aarhaven(values={column: bad}), forms.aarhaven(year=2018, calendar=2018)))
    before = {(row["balance"], row["item"]): row for name in ("line", "memo") for row in good.tables[name].iter_rows(named=True)}
    after = {(row["balance"], row["item"]): row for name in ("line", "memo") for row in worse.tables[name].iter_rows(named=True)}

    assert before.keys() == after.keys()
    assert [place for place in before if before[place] != after[place]] == [(good.tables["balance"]["balance"][0], column)]
