"""A release is opened whole or not at all."""

import shutil

import polars as pl
import pytest

from citytandem import CannotCompute, Code, load
from citytandem.atlas import REFERENCE


@pytest.fixture
def copied(tmp_path):
    """A copy of the reference release that may be broken."""
    return shutil.copytree(REFERENCE, tmp_path / "release")


def refusal_of(action):
    with pytest.raises(CannotCompute) as refusal:
        action()
    return refusal.value.finding


def test_a_folder_without_a_descriptor_is_no_release(tmp_path):
    assert refusal_of(lambda: load(tmp_path)).code is Code.FILE_MISSING


def test_a_missing_table_is_named(copied):
    (copied / "tie.parquet").unlink()

    finding = refusal_of(lambda: load(copied).tie)
    assert finding.code is Code.FILE_MISSING
    assert "tie.parquet" in str(finding.as_dict())


def test_a_changed_value_is_found_with_its_row(copied):
    file = copied / "balance.parquet"
    table = pl.read_parquet(file)
    broken = table.with_columns(
        pl.when(pl.int_range(pl.len()) == 4).then(pl.lit(-5.0)).otherwise("population").alias("population")
    )
    broken.write_parquet(file)

    finding = refusal_of(lambda: load(copied).balance)
    assert finding.code is Code.ROW_BREAKS_RULE
    assert finding.row == 5
    assert finding.facts["column"] == "population"


def test_a_change_that_breaks_no_rule_is_still_told(copied):
    file = copied / "tie.parquet"
    pl.read_parquet(file).head(10).write_parquet(file)

    assert refusal_of(lambda: load(copied).tie).code is Code.FILE_CHANGED
