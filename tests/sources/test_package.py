"""A package written is read back whole, and anything broken in it is named."""

import polars as pl
import pytest

from citytandem.findings import CannotCompute, Code
from citytandem.sinks import package as sink
from citytandem.sources import package
from citytandem.tables import RELEASE

SCHEMAS = {name: RELEASE[name] for name in ("city", "tie", "source")}
HEADING = sink.Heading(name="small-1", version="1", title="A small package", raw={"b.csv": "1" * 64, "a.csv": "2" * 64})


def _tables() -> dict[str, pl.DataFrame]:
    city = {"name": "A", "country": "DE", "boundary": "municipality", "source": "s"}
    rows = [city | {"city": f"DE-0000000{number}"} for number in (3, 1, 2)]
    frames = {
        "city": pl.DataFrame(rows),
        "tie": pl.DataFrame({"city": ["DE-00000001"], "other": ["DE-00000002"], "kind": ["partnership"], "source": ["s"]}),
        "source": pl.DataFrame({"source": ["s"], "title": ["T"], "publisher": ["P"], "licence": ["CC0"], "attribution": ["A"]}),
    }
    return {name: _complete(frame, name) for name, frame in frames.items()}


def _complete(frame: pl.DataFrame, name: str) -> pl.DataFrame:
    missing = [column for column in SCHEMAS[name].column_names() if column not in frame.columns]
    return SCHEMAS[name].cast(frame.with_columns(pl.lit(None).alias(column) for column in missing))


@pytest.fixture
def folder(tmp_path):
    sink.write(_tables(), tmp_path / "p", schemas=SCHEMAS, heading=HEADING)
    return tmp_path / "p"


def test_a_sound_package_has_no_findings(folder):
    assert package.verify(folder, SCHEMAS) == []


def test_rows_are_sorted_by_key_whatever_order_they_came_in(folder):
    assert package.read_table(folder, "city")["city"].to_list() == ["DE-00000001", "DE-00000002", "DE-00000003"]


def test_the_same_tables_give_the_same_bytes(folder, tmp_path):
    shuffled = {name: frame.sample(fraction=1, shuffle=True, seed=1) for name, frame in _tables().items()}
    sink.write(shuffled, tmp_path / "again", schemas=SCHEMAS, heading=HEADING)

    for path in folder.iterdir():
        assert path.read_bytes() == (tmp_path / "again" / path.name).read_bytes()


def test_the_descriptor_says_rows_units_licences_and_raw_hashes(folder):
    descriptor = package.read_descriptor(folder)
    city = next(resource for resource in descriptor["resources"] if resource["name"] == "city")
    latitude = next(field for field in city["schema"]["fields"] if field["name"] == "latitude")

    assert city["rows"] == 3
    assert latitude["unit"] == "degree_north"
    assert latitude["constraints"] == {"minimum": -90, "maximum": 90}
    assert list(descriptor["raw"]) == ["a.csv", "b.csv"]
    assert descriptor["sources"][0]["license"] == "CC0"


def test_a_changed_file_is_named(folder):
    pl.read_parquet(folder / "tie.parquet").with_columns(since=pl.lit(1990, pl.Int16)).write_parquet(folder / "tie.parquet")

    findings = package.verify(folder, SCHEMAS)

    assert [(found.code, found.where) for found in findings] == [(Code.FILE_CHANGED, "tie.parquet")]


def test_a_bad_row_is_named_with_file_and_number(folder):
    broken = pl.read_parquet(folder / "city.parquet").with_columns(latitude=pl.Series([1.0, 999.0, 2.0]))
    broken.write_parquet(folder / "city.parquet")

    row = next(found for found in package.verify(folder, SCHEMAS) if found.code is Code.ROW_BREAKS_RULE)

    assert (row.where, row.row, row.facts["column"]) == ("city.parquet", 2, "latitude")


def test_a_pointer_into_nothing_is_named(folder):
    pl.read_parquet(folder / "city.parquet").head(1).write_parquet(folder / "city.parquet")

    dangling = [found for found in package.verify(folder, SCHEMAS) if found.code is Code.REFERENCE_DANGLING]

    assert [(found.where, found.row, found.facts["value"]) for found in dangling] == [("tie.parquet", 1, "DE-00000002")]


def test_a_file_that_is_no_parquet_is_named(folder):
    (folder / "source.parquet").write_text("not a table")

    assert {found.code for found in package.verify(folder, SCHEMAS)} >= {Code.FILE_UNREADABLE}


def test_a_missing_file_is_named(folder):
    (folder / "tie.parquet").unlink()

    assert [(found.code, found.facts["file"]) for found in package.verify(folder, SCHEMAS)] == [
        (Code.FILE_MISSING, "tie.parquet")
    ]


def test_a_folder_without_a_descriptor_is_no_package(tmp_path):
    with pytest.raises(CannotCompute) as refusal:
        package.read_descriptor(tmp_path)

    assert refusal.value.finding.code is Code.FILE_MISSING
