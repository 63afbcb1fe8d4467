"""Pricing straight from the pages of a Parquet file gives what reading its columns gives, or leaves the file to the usual way."""

import numpy as np
import polars as pl
import pyarrow.parquet as pq
import pytest
from polars.testing import assert_frame_equal

from benchmarks.compile import generate
from citytandem.bulk.compile import price_on
from citytandem.bulk.native import compile_native
from citytandem.bulk.paged import compile_paged
from citytandem.bulk.pages import LayoutNotKnown

pytest.importorskip("numba", reason="the extra `bulk` is not installed")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Rows sorted by city, with gaps in every column, and factors."""
    activity, factor = generate(30_000, tmp_path_factory.mktemp("made"), cities=40)
    rng = np.random.default_rng(3)
    gaps = [
        pl.when(pl.Series(rng.random(30_000) > 0.01)).then(name).alias(name) for name in ("year", "country", "sector", "carrier")
    ]
    return pl.read_parquet(activity).with_columns(gaps), pl.read_parquet(factor)


def write_by_polars(frame, path):
    frame.write_parquet(path, row_group_size=7_000, data_page_size=4_096)


def write_with_snappy(frame, path):
    texts = frame.with_columns(pl.col(pl.Enum).cast(pl.String))
    pq.write_table(texts.to_arrow(compat_level=pl.CompatLevel.oldest()), path, row_group_size=4_999, data_page_size=2_048)


def write_unpacked(frame, path):
    table = frame.with_columns(pl.col(pl.Enum).cast(pl.String), pl.col("year").cast(pl.Int64)).to_arrow()
    pq.write_table(
        table, path, compression="none", row_group_size=10_000, use_dictionary=["city", "year", "country", "sector", "carrier"]
    )


def write_by_duckdb(frame, path):
    duckdb = pytest.importorskip("duckdb", reason="DuckDB comes with the extra `bulk`")
    duckdb.from_arrow(frame.with_columns(pl.col(pl.Enum).cast(pl.String)).to_arrow()).write_parquet(
        str(path), row_group_size=8_192
    )


@pytest.mark.parametrize("write", [write_by_polars, write_with_snappy, write_unpacked, write_by_duckdb])
@pytest.mark.parametrize("threads", [1, 3])
def test_files_of_every_writer_give_the_same_sums(made, write, threads, tmp_path):
    activity, factor = made
    write(activity, tmp_path / "activity.parquet")
    expected = compile_native(activity, factor, engine="plain")

    found = compile_paged([tmp_path / "activity.parquet"], factor, engine="compiled", threads=threads)

    assert_frame_equal(_plain(found), _plain(expected), rel_tol=1e-12, abs_tol=0.0)


def test_files_of_a_folder_join_in_order(made, tmp_path):
    activity, factor = made
    paths = [tmp_path / f"{number}.parquet" for number in range(3)]
    for part, path in zip(activity.iter_slices(10_000), paths, strict=True):
        write_with_snappy(part, path)

    found = compile_paged(paths, factor, engine="compiled")

    assert_frame_equal(_plain(found), _plain(compile_native(activity, factor, engine="plain")), rel_tol=1e-12, abs_tol=0.0)


def test_the_number_of_threads_changes_no_digit(made, tmp_path):
    activity, factor = made
    write_by_polars(activity, tmp_path / "activity.parquet")
    one, four = (compile_paged([tmp_path / "activity.parquet"], factor, engine="compiled", threads=count) for count in (1, 4))

    assert one.equals(four)


@pytest.mark.parametrize("shape", ["amounts as whole numbers", "keys without codes", "newer pages", "nested"])
def test_a_layout_not_known_is_left_to_the_usual_way(made, shape, tmp_path):
    activity, factor = made
    texts = activity.with_columns(pl.col(pl.Enum).cast(pl.String))
    wishes = {}
    if shape == "amounts as whole numbers":
        texts = texts.with_columns(pl.col("activity_mwh").cast(pl.Int64))
    elif shape == "nested":
        texts = texts.with_columns(pl.concat_list("carrier").alias("carrier"))
    else:
        wishes = {"use_dictionary": False} if shape == "keys without codes" else {"data_page_version": "2.0"}
    pq.write_table(texts.to_arrow(compat_level=pl.CompatLevel.oldest()), tmp_path / "activity.parquet", **wishes)

    with pytest.raises(LayoutNotKnown):
        compile_paged([tmp_path / "activity.parquet"], factor, engine="compiled")


def test_the_usual_way_answers_where_the_layout_is_not_known(made, tmp_path, monkeypatch):
    activity, factor = made
    monkeypatch.setattr("citytandem.bulk.paged.REPAYS_FROM", 0)
    texts = activity.with_columns(pl.col(pl.Enum).cast(pl.String))
    pq.write_table(texts.to_arrow(), tmp_path / "activity.parquet", data_page_version="2.0")
    factor.write_parquet(tmp_path / "factor.parquet")

    found = price_on(str(tmp_path / "activity.parquet"), str(tmp_path / "factor.parquet"), engine="native")

    assert_frame_equal(_plain(found), _plain(compile_native(activity, factor, engine="plain")), rel_tol=1e-12, abs_tol=0.0)


def test_damaged_files_never_crash(made, tmp_path):
    activity, factor = made
    write_with_snappy(activity, tmp_path / "good.parquet")
    good = np.fromfile(tmp_path / "good.parquet", np.uint8)
    rng = np.random.default_rng(11)
    refused = 0
    for number in range(150):
        bad = good.copy()
        places = rng.integers(4, good.size - 8, 1 + number % 9)
        bad[places] = rng.integers(0, 256, places.size)
        bad = bad[: rng.integers(good.size // 2, good.size)] if number % 10 == 0 else bad
        bad.tofile(tmp_path / "bad.parquet")
        try:
            compile_paged([tmp_path / "bad.parquet"], factor, engine="compiled")
        except LayoutNotKnown:
            refused += 1

    assert refused > 15


def test_rows_that_are_not_sorted_are_left_to_the_usual_way(made, tmp_path, monkeypatch):
    activity, factor = made
    monkeypatch.setattr("citytandem.bulk.paged.LARGEST", 60_000)
    write_with_snappy(activity.sample(fraction=1.0, shuffle=True, seed=1), tmp_path / "mixed.parquet")

    with pytest.raises(LayoutNotKnown):
        compile_paged([tmp_path / "mixed.parquet"], factor, engine="compiled")


def _plain(frame):
    return frame.with_columns(pl.col("city", "sector").cast(pl.String)).sort("city", "year", "sector", nulls_last=True)
