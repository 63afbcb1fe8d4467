"""Polars, DuckDB, Spark and the native way: the same keys, the same counts, tonnes to 1e-12."""

import importlib.util
import os
import shutil

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from benchmarks.compile import generate
from citytandem.bulk.benchmark import benchmark_release
from citytandem.bulk.compile import compile_activities, reprice_cube
from citytandem.science.balance.quality import read_shared_errors
from citytandem.sources.facts import load_facts
from citytandem.tables import Structure
from tests.science import towns

ENGINES = ["duckdb", "native", pytest.param("spark", marks=[pytest.mark.slow, pytest.mark.xdist_group("spark")])]
KEY = ["city", "year", "sector"]
ROWS = int(os.environ.get("CITYTANDEM_BULK_ROWS", "20000"))
"""How many rows the engines must agree on; `.ci/run` asks for five million."""


@pytest.fixture(params=ENGINES)
def engine(request):
    """An engine that is installed."""
    needed = {"duckdb": "duckdb", "spark": "pyspark", "native": "polars"}[request.param]
    if importlib.util.find_spec(needed) is None:
        pytest.skip(f"{needed} comes with the extra “{'spark' if needed == 'pyspark' else 'bulk'}”")
    if request.param == "spark" and shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        pytest.skip("Spark needs Java 17, which is not installed")
    return request.param


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    return [str(path) for path in generate(ROWS, tmp_path_factory.mktemp("made"), cities=max(80, ROWS // 2_500))]


@pytest.fixture(scope="module")
def by_polars(files, tmp_path_factory):
    folder = tmp_path_factory.mktemp("polars")
    summary, findings = compile_activities(*files, out=folder, engine="polars", keep_cube=True)
    return folder, summary, findings


def test_every_engine_compiles_the_same_table(engine, files, by_polars, tmp_path):
    summary, findings = compile_activities(*files, out=tmp_path, engine=engine, keep_cube=True)
    folder, expected, expected_findings = by_polars

    assert summary.rows == expected.rows == ROWS
    assert summary.rows_unknown == expected.rows_unknown > 0
    assert findings == expected_findings
    for name in ("compiled", "cube"):
        ours, theirs = (pl.read_parquet(place / f"{name}.parquet") for place in (tmp_path, folder))
        assert_frame_equal(ours, theirs, rel_tol=1e-12, abs_tol=0.0)


def test_results_are_sorted_by_city(engine, files, tmp_path):
    compile_activities(*files, out=tmp_path, engine=engine)
    table = pl.read_parquet(tmp_path / "compiled.parquet")

    assert table.select(KEY).equals(table.select(KEY).sort(KEY))


def test_a_kept_cube_gives_what_compiling_again_gives(files, by_polars, tmp_path):
    folder, _, _ = by_polars
    other = pl.read_parquet(files[1]).with_columns(pl.col("kg_per_mwh") * 1.07).filter(pl.col("carrier") != "biogas")
    other.write_parquet(tmp_path / "other.parquet")
    again, found_again = compile_activities(files[0], str(tmp_path / "other.parquet"), out=tmp_path / "again", engine="duckdb")
    quick, found = reprice_cube(str(folder / "cube.parquet"), str(tmp_path / "other.parquet"), out=tmp_path / "quick")

    assert (quick.rows, quick.rows_unknown) == (again.rows, again.rows_unknown)
    assert len(found) == len(found_again)
    ours, theirs = (pl.read_parquet(tmp_path / name / "compiled.parquet") for name in ("quick", "again"))
    assert_frame_equal(ours, theirs, rel_tol=1e-12, abs_tol=0.0)


def test_every_engine_gives_the_same_outcomes_of_a_release(engine, release, tmp_path):
    if engine == "native":
        pytest.skip("outcomes have no native form: the portable one takes less than two seconds for 30,000 balances")
    facts = load_facts()
    errors = {"width": towns.WIDTH, "shared": read_shared_errors(facts.shared_error, facts.electricity_share)}
    count, findings = benchmark_release(release, **errors, out=tmp_path / engine, engine=engine)
    expected, _ = benchmark_release(release, **errors, out=tmp_path / "polars", engine="polars")

    assert (count, findings) == (expected, []) and count > 0
    ours, theirs = (pl.read_parquet(tmp_path / name / "outcome.parquet") for name in (engine, "polars"))
    assert_frame_equal(ours, theirs, rel_tol=1e-12, abs_tol=0.0)


@pytest.fixture
def release(tmp_path):
    """A small release in which rail does not occur."""
    balance = towns.balances(6, years=(2018, 2019))
    line = towns.lines(balance).with_columns(
        pl.when(pl.col("item") == "rail").then(pl.lit("NO")).alias("notation"),
        pl.when(pl.col("item") != "rail").then("emissions_t").alias("emissions_t"),
    )
    folder = tmp_path / "release"
    folder.mkdir()
    for name, table in (("balance", balance), ("line", line), ("structure", Structure.create_empty())):
        table.write_parquet(folder / f"{name}.parquet")
    return folder
