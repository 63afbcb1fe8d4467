"""Do Polars, lazy Polars, DuckDB and Spark give the same outcomes and effects from the same functions?"""

import importlib.util

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from citytandem.science.balance.compile import compile_lines, roll_up_quality
from citytandem.science.balance.quality import SharedErrors
from citytandem.science.balance.totals import outcomes
from citytandem.science.benchmark.lmdi import split_difference
from tests.science import towns

ENGINES = ("polars", "polars_lazy", "duckdb", pytest.param("pyspark", marks=pytest.mark.xdist_group("spark")))

SHARED = SharedErrors(electricity=0.15, heat=0.2, share={"households": (0.1, 0.6)})


@pytest.fixture(params=ENGINES)
def engine(request):
    """Two functions: into the engine, and back to Polars."""
    if request.param == "polars":
        return (lambda frame: frame), (lambda found: found)
    if request.param == "polars_lazy":
        return (lambda frame: frame.lazy()), (lambda found: found.collect())
    if request.param == "duckdb":
        connection = pytest.importorskip("duckdb", reason="DuckDB comes with the extra “bulk”").connect()
        return (lambda frame: connection.from_arrow(frame.to_arrow())), (lambda found: found.pl())
    if importlib.util.find_spec("pyspark") is None:
        pytest.skip("PySpark comes with the extra “spark”")
    from pyspark.sql import SparkSession

    few = {"spark.master": "local[1]", "spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "2"}
    session = SparkSession.builder.config(map=few).getOrCreate()
    return (lambda frame: session.createDataFrame(frame.to_pandas())), (lambda found: pl.from_pandas(found.toPandas()))


def test_outcomes_are_the_same_on_every_engine(engine):
    into, back = engine
    balance = towns.balances(6, years=(2019,))
    line = towns.lines(balance).with_columns(
        pl.when(pl.col("item") == "rail").then(pl.lit("NO")).alias("notation"),
        pl.when(pl.col("item") != "rail").then("emissions_t").alias("emissions_t"),
    )
    people = balance.select(
        "balance", "population", pl.lit(2018).alias("population_year"), pl.lit("x").alias("population_source")
    )
    heads = balance.drop("population").with_columns(pl.col("reported_t").cast(pl.Float64))

    expected = outcomes(line, balance=heads, population=people, width=towns.WIDTH, shared=SHARED)
    found = back(outcomes(into(line), balance=into(heads), population=into(people), width=towns.WIDTH, shared=SHARED))

    assert expected.height == 60
    assert_frame_equal(found, expected, check_row_order=False, check_dtypes=False, rel_tol=1e-12)


def test_effects_are_the_same_on_every_engine(engine):
    into, back = engine
    pairs = pl.DataFrame(
        {
            "row": [1, 2, 3, 4],
            "a_own": [2.0, 0.0, 1.0, 3.0],
            "a_ref": [1.0, 1.0, 1.0, 3.0],
            "b_own": [3.0, None, 0.0, 3.0000001],
            "b_ref": [1.0, 2.0, 0.0, 3.0],
        }
    )

    expected = split_difference(pairs, factors=("a", "b"))
    found = back(split_difference(into(pairs), factors=("a", "b")))

    assert expected["difference"].to_list() == pytest.approx([5.0, -2.0, 0.0, 3e-7])
    assert_frame_equal(found, expected, check_row_order=False, check_dtypes=False, abs_tol=1e-12)


def test_compiled_lines_and_their_quality_are_the_same_on_every_engine(engine):
    into, back = engine
    activity = pl.DataFrame(
        {
            "balance": ["a", "a", "a", "b", "b"],
            "carrier": ["gas", "oil", "gas", "gas", "wood"],
            "activity_mwh": [10.0, 0.0, None, 3.5, 7.0],
            "notation": [None, None, "NE", None, None],
            "grade": ["A", "B", None, "H", "L"],
        }
    )
    factor = pl.DataFrame({"carrier": ["gas"], "factor_kg_per_mwh": [202.0], "version": ["x"]})
    expected = compile_lines(activity, factor=factor, on=["carrier"])

    found = back(compile_lines(into(activity), factor=into(factor), on=["carrier"]))
    quality = back(roll_up_quality(into(activity)))

    assert_frame_equal(found.select(expected.columns), expected, check_row_order=False, check_dtypes=False, rel_tol=1e-12)
    assert_frame_equal(quality, roll_up_quality(activity), check_row_order=False, check_dtypes=False, rel_tol=1e-12)
