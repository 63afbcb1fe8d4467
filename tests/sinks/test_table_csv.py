"""A release written as CSV says the same as its Parquet, with units beside, and stays within its rows."""

import json

import polars as pl
import pytest
from polars.testing import assert_frame_equal

import citytandem as ct
from citytandem.findings import CannotCompute, Code
from citytandem.release.exports import cut_city, write_tables
from citytandem.sources.package import verify
from citytandem.tables import RELEASE

CITY = "DE-05515000"


@pytest.fixture(scope="module")
def tables():
    atlas = ct.load()
    return {name: getattr(atlas, name) for name in RELEASE}


@pytest.fixture(scope="module")
def folder(tables, tmp_path_factory):
    target = tmp_path_factory.mktemp("csv") / "release"
    write_tables(cut_city(tables, city=CITY), target, form="csv", descriptor=ct.load().descriptor, city=CITY)
    return target


@pytest.mark.parametrize("name", RELEASE)
def test_a_table_read_back_is_the_table(folder, tables, name):
    schema = RELEASE[name]
    ours = cut_city(tables, city=CITY)[name].select(schema.column_names()).sort(schema.primary_key())
    theirs = pl.read_csv(folder / f"{name}.csv", schema=dict(ours.schema))

    assert_frame_equal(ours, theirs, check_exact=True)


def test_the_description_gives_units_rules_and_hashes(folder):
    described = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    line = next(one for one in described["resources"] if one["name"] == "line")
    fields = {field["name"]: field for field in line["schema"]["fields"]}

    assert fields["activity_mwh"]["unit"] == "MWh / year"
    assert line["schema"]["missingValues"] == [""]
    assert line["path"] == "line.csv"
    assert line["hash"].startswith("sha256:")


def test_a_city_cut_from_a_release_is_a_whole_package(tables, tmp_path):
    cut = cut_city(tables, city=CITY)
    write_tables(cut, tmp_path / "one", form="package", descriptor=ct.load().descriptor, city=CITY)

    assert verify(tmp_path / "one", RELEASE) == []
    assert cut["balance"]["city"].unique().to_list() == [CITY]
    assert cut["line"].height > 0


def test_other_peoples_folders_are_left_alone(tables, tmp_path):
    (tmp_path / "city.csv").write_text("mine", encoding="utf-8")
    with pytest.raises(CannotCompute) as refused:
        write_tables(cut_city(tables, city=CITY), tmp_path, form="csv", descriptor=ct.load().descriptor, city=CITY)

    assert refused.value.finding.code is Code.IMPORT_FOLDER_TAKEN
    assert (tmp_path / "city.csv").read_text(encoding="utf-8") == "mine"
