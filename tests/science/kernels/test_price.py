"""Compiled and plain pricing give the same answer, and both give that of the portable form."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from citytandem.bulk import cube
from citytandem.bulk.native import compile_native
from citytandem.science.balance.price import KEYS, price_activities, sum_activities

pytest.importorskip("numba", reason="the extra `bulk` is not installed")

ROWS = st.lists(
    st.tuples(
        st.sampled_from(["DE-001", "DE-002", "DK-001", None]),
        st.sampled_from([2018, 2019, 2021, None]),
        st.sampled_from(["DE", "DK", None]),
        st.sampled_from(["households", "road"]),
        st.sampled_from(["diesel", "natural_gas", "lpg"]),
        st.one_of(st.none(), st.just(float("nan")), st.just(0.0), st.floats(0.001, 1e6)),
    ),
    min_size=1,
    max_size=40,
)
FACTOR = pl.DataFrame(
    {
        "country": ["DE", "DE", "DK", "DK", "DK"],
        "year": [2018, 2019, 2018, 2019, 2019],
        "carrier": ["diesel", "natural_gas", "diesel", "diesel", "lpg"],
        "kg_per_mwh": [300.0, 201.5, 310.0, 0.0, None],
    },
    schema_overrides={"year": pl.Int16},
)
TYPES = {"year": pl.Int16, "activity_mwh": pl.Float64, **dict.fromkeys(("city", "country", "sector", "carrier"), pl.String)}
NAMES = ["city", "year", "country", "sector", "carrier", "activity_mwh"]


@given(ROWS)
def test_both_forms_price_as_the_portable_form_does(rows):
    activity = pl.DataFrame(rows, schema={name: TYPES[name] for name in NAMES}, orient="row")
    expected = _plain(price_activities(activity, FACTOR))
    kept = sum_activities(activity)

    for engine in ("plain", "compiled"):
        assert_frame_equal(_plain(compile_native(activity, FACTOR, engine=engine)), expected, rel_tol=1e-12, abs_tol=1e-12)
        for filled in (0, 1000):  # as a list and as a table
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(cube, "FILLED", filled)
                again = cube.KeptCube.of(kept).reprice(FACTOR, engine=engine)
            assert_frame_equal(_plain(again), expected, rel_tol=1e-12, abs_tol=1e-12)


@pytest.mark.parametrize("ordered", [True, False])
@pytest.mark.parametrize("threads", [1, 3])
def test_threads_and_order_change_nothing(ordered, threads):
    rng = np.random.default_rng(5)
    city = rng.integers(0, 50, 5_000)
    city = np.sort(city) if ordered else city
    activity = pl.DataFrame(
        {
            "city": [f"DE-{number:03d}" for number in city],
            "year": rng.integers(2018, 2020, 5_000).astype(np.int16),
            "country": "DE",
            "sector": rng.choice(["households", "road"], 5_000),
            "carrier": rng.choice(["diesel", "natural_gas"], 5_000),
            "activity_mwh": rng.lognormal(size=5_000),
        }
    )
    parts = pl.concat(list(activity.iter_slices(500)), rechunk=False)

    found = compile_native(parts, FACTOR, engine="compiled", threads=threads)

    assert_frame_equal(found, compile_native(activity, FACTOR, engine="plain"), rel_tol=1e-12, abs_tol=1e-12)


def _plain(frame):
    typed = frame.with_columns(
        pl.col("city", "sector").cast(pl.String), pl.col("year").cast(pl.Int32), pl.col("rows", "rows_unknown").cast(pl.Int64)
    )
    return typed.sort(KEYS)
