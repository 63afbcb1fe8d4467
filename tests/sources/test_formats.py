"""Every reader of the registry keeps the same promises, whatever it is given."""

import gzip
import math

import pytest

from citytandem.sources.delivery import SCHEMAS
from citytandem.sources.reading import Reading
from citytandem.sources.registry import FORMATS, recognise
from citytandem.tables import Source
from citytandem.words import SENTENCES
from tests.sources import forms

SAMPLES = forms.samples()
IDS = [name for _, name, _ in SAMPLES]
GARBAGE = {
    "empty": b"",
    "spaces": b"  \n \n",
    "zeros": b"\x00" * 5000,
    "noise": bytes(range(256)) * 40,
    "zip": b"PK\x03\x04" + b"\x00" * 200,
    "gzip": gzip.compress(b"")[:8],
    "words": "ein Brief, kein Bestand\nmit Umlauten äöü\n".encode("cp1252"),
    "header only": forms.COVENANT.splitlines()[0].encode(),
    "quote": b'"never closed\n1,2,3\n',
    "commas": b"," * 100_000,
}


def read(key, raw, *, where):
    more = {"city": "Aarhaven", "country": "DK"} if key == "gpc_activity" else {}
    return FORMATS[key](raw, where=where, **more)


def check(reading, *, where):
    """What every reading promises: schemas kept, sources named, every finding complete and sayable."""
    assert isinstance(reading, Reading)
    for name, frame in reading.tables.items():
        if name in SCHEMAS:
            SCHEMAS[name].validate(frame)
    if "balance" in reading.tables:
        heads = set(reading.tables["balance"]["balance"])
        assert {"line", "memo", "source"} <= set(reading.tables)
        assert set(reading.tables["line"]["balance"]) | set(reading.tables["memo"]["balance"]) <= heads
        assert set(reading.tables["balance"]["source"]) <= set(reading.tables["source"]["source"])
        Source.validate(reading.tables["source"])
    for finding in reading.findings:
        facts = dict(finding.facts) | {"row": finding.row, "where": finding.where}
        assert SENTENCES[finding.code].format(**facts)
        assert where in finding.where
        if str(finding.code).startswith(("cell_", "notation", "unit_", "formula")):
            assert finding.row >= 1
            assert finding.facts["column"]
    for remark in reading.remarks:
        assert remark.reason
        assert remark.rule


@pytest.mark.parametrize("key", FORMATS)
@pytest.mark.parametrize("kind", GARBAGE)
def test_garbage_gives_findings_and_no_exception(key, kind):
    reading = read(key, GARBAGE[kind], where="garbage.bin")

    check(reading, where="garbage.bin")
    assert "balance" not in reading.tables
    assert reading.findings


@pytest.mark.parametrize(("key", "name", "raw"), SAMPLES, ids=IDS)
def test_a_small_file_in_the_publishers_layout_is_read(key, name, raw):
    reading = read(key, raw, where=name)

    check(reading, where=name)
    assert "balance" in reading.tables or "target" in reading.tables


@pytest.mark.parametrize(("key", "name", "raw"), SAMPLES, ids=IDS)
def test_a_format_is_recognised_by_content_whatever_its_name(key, name, raw):
    assert recognise(raw, "renamed.bin") == key
    if name.endswith(".csv"):
        assert recognise(gzip.compress(raw), "renamed.bin") == key


@pytest.mark.parametrize("kind", GARBAGE)
def test_garbage_is_recognised_as_nothing(kind):
    assert recognise(GARBAGE[kind], "x") in {None, "covenant" if kind == "header only" else None}


@pytest.mark.parametrize(("key", "name", "raw"), SAMPLES, ids=IDS)
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_file_cut_off_keeps_its_promises(key, name, raw, share):
    check(read(key, raw[: int(len(raw) * share)], where=name), where=name)


@pytest.mark.parametrize(
    ("key", "name", "raw"), [one for one in SAMPLES if one[1].endswith(".csv")], ids=[i for i in IDS if i.endswith("v")]
)
@pytest.mark.parametrize("number", ["1e300", "-1e300", "nan", "inf", "9" * 400, "-7", "1_000", "١٢"])
def test_numbers_that_cannot_be_true_are_named_and_nothing_is_infinite(key, name, raw, number):
    header, *rows = raw.decode().splitlines()
    told = [",".join(number if cell.strip('"').replace(".", "").isdigit() else cell for cell in row.split(",")) for row in rows]
    reading = read(key, "\n".join([header, *told]).encode(), where=name)

    check(reading, where=name)
    assert reading.findings
    for frame in reading.tables.values():
        for column in frame.select(pl_floats(frame)).iter_columns():
            assert all(math.isfinite(value) for value in column.drop_nulls())


def pl_floats(frame):
    return [name for name, dtype in frame.schema.items() if dtype.is_float()]


@pytest.mark.parametrize("name", forms.REAL)
def test_each_real_file_is_recognised_and_read(raw_data, name):
    raw = forms.read_real(raw_data, name)
    short = name.rpartition("/")[2]
    key = recognise(raw, short)

    assert key == forms.REAL[name]
    check(read(key, raw, where=short), where=short)


@pytest.mark.parametrize("name", [name for name in forms.REAL if "provinces" not in name])
def test_each_real_file_cut_off_keeps_its_promises(raw_data, name):
    raw = forms.read_real(raw_data, name)
    short = name.rpartition("/")[2]

    check(read(forms.REAL[name], raw[: len(raw) * 3 // 5], where=short), where=short)
