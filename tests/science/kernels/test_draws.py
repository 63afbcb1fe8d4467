"""Are the random draws reproducible, independent, and distributed as promised?"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citytandem.science.kernels.draws import draw_shared_totals, draw_totals, take_quantiles

ENGINES = ["plain", "compiled"]


def some_cells(*, cities=40, cells=6, seed=1):
    rng = np.random.default_rng(seed)
    return rng.lognormal(3.0, 1.0, (cities, cells)), rng.uniform(0.02, 0.8, cells)


@given(seed=st.integers(0, 2**63), draws=st.integers(1, 70))
@settings(max_examples=30)
def test_both_forms_draw_the_same_numbers(seed, draws):
    values, spread = some_cells()
    plain, compiled = (draw_totals(values, spread, draws=draws, seed=seed, engine=engine) for engine in ENGINES)

    np.testing.assert_allclose(compiled, plain, rtol=1e-5)


@pytest.mark.parametrize("engine", ENGINES)
def test_the_number_of_threads_changes_nothing(engine):
    values, spread = some_cells(cities=600)
    runs = [draw_totals(values, spread, draws=50, seed=3, engine=engine, threads=threads) for threads in (1, 2, 5)]

    assert np.array_equal(runs[0], runs[1])
    assert np.array_equal(runs[0], runs[2])


@pytest.mark.parametrize("engine", ENGINES)
def test_a_city_keeps_its_draws_whoever_else_is_there(engine):
    values, spread = some_cells()
    whole = draw_totals(values, spread, draws=64, seed=5, engine=engine)
    part = draw_totals(values[[30, 4]], spread, draws=64, seed=5, cities=[30, 4], engine=engine)
    fewer = draw_totals(values, spread, draws=20, seed=5, engine=engine)

    np.testing.assert_allclose(part, whole[[30, 4]], rtol=1e-6)
    np.testing.assert_allclose(fewer, whole[:, :20], rtol=1e-6)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("spread", [0.05, 0.5, 1.5])
def test_moments_are_those_asked_for(engine, spread):
    totals = draw_totals(np.full((200, 1), 10.0), [spread], draws=1000, seed=9, engine=engine).astype(np.float64)
    logs = np.log(totals)
    sigma = np.sqrt(np.log1p(spread**2))

    count = totals.size
    assert abs(totals.mean() / 10.0 - 1.0) < 5.0 * spread / np.sqrt(count)
    assert abs(logs.mean() - (np.log(10.0) - sigma**2 / 2)) < 5.0 * sigma / np.sqrt(count)
    assert abs(logs.std() / sigma - 1.0) < 5.0 / np.sqrt(2 * count)
    assert abs((((logs - logs.mean()) / logs.std()) ** 3).mean()) < 5.0 * np.sqrt(6 / count)
    assert abs((((logs - logs.mean()) / logs.std()) ** 4).mean() - 3.0) < 5.0 * np.sqrt(24 / count)


def test_draws_look_uniform_over_their_quantiles():
    logs = np.log(draw_totals(np.ones((100, 1)), [0.3], draws=2000, seed=2).astype(np.float64)).ravel()
    sigma = np.sqrt(np.log1p(0.09))
    standard = np.sort((logs + sigma**2 / 2) / sigma)
    # the 5th, 25th, 50th, 75th and 95th percentile of the standard normal distribution
    places = np.searchsorted(standard, [-1.6448536, -0.6744898, 0.0, 0.6744898, 1.6448536]) / logs.size

    np.testing.assert_allclose(places, [0.05, 0.25, 0.5, 0.75, 0.95], atol=0.005)


def test_cells_cities_draws_and_seeds_are_unrelated():
    def logs(seed):
        single = np.eye(8).repeat(8, axis=0)  # row 8 c + i holds only cell c
        drawn = draw_totals(single, [0.5] * 8, draws=4000, seed=seed, cities=np.tile(np.arange(8), 8))
        return np.log(drawn.astype(np.float64))

    first = logs(0)
    everything = np.concatenate([first, logs(1), first[:, ::-1], np.roll(first, 1, axis=1)])
    correlation = np.corrcoef(everything)
    np.fill_diagonal(correlation, 0.0)

    assert np.abs(correlation).max() < 5.5 / np.sqrt(4000)


@pytest.mark.parametrize("engine", ENGINES)
def test_zero_stays_zero_and_a_credit_stays_a_credit(engine):
    totals = draw_totals([[0.0, 0.0], [-5.0, 0.0]], [0.4, 0.4], draws=30, seed=1, engine=engine)

    assert (totals[0] == 0.0).all()
    assert (totals[1] < 0.0).all()


def test_a_shared_error_moves_all_cities_together():
    totals = draw_shared_totals([[10.0, 0.0], [20.0, 0.0], [0.0, 20.0]], [0.2, 0.2], draws=5000, seed=4)
    together, apart = np.corrcoef(totals)[0, 1:]

    assert together > 0.999
    assert abs(apart) < 0.06
    np.testing.assert_allclose(totals.mean(axis=1), [10.0, 20.0, 20.0], rtol=0.015)
    np.testing.assert_allclose(totals.std(axis=1), [2.0, 4.0, 4.0], rtol=0.06)


def test_quantiles_agree_with_numpy():
    totals = np.random.default_rng(0).random((5, 101)).astype(np.float32)

    expected = np.quantile(totals.astype(np.float64), [0.05, 0.5, 0.95], axis=1).T
    np.testing.assert_allclose(take_quantiles(totals, [0.05, 0.5, 0.95]), expected, rtol=1e-6)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"values": [[1.0, np.nan]]}, "column 'waste' is not finite in row 0"),
        ({"relative_sd": [0.1, -0.1]}, "column 'waste' is negative or unknown in row 0"),
        ({"relative_sd": [0.1]}, "expected shape"),
        ({"draws": 0}, "draws must be at least 1"),
        ({"cities": [-1]}, "whole numbers from 0"),
        ({"seed": -1}, "seed must be"),
    ],
)
def test_what_cannot_be_drawn_is_refused(change, message):
    wish = {"values": [[1.0, 2.0]], "relative_sd": [0.1, 0.1], "draws": 2, "seed": 0, "columns": ["traffic", "waste"]} | change

    with pytest.raises(ValueError, match=message):
        draw_totals(wish.pop("values"), wish.pop("relative_sd"), **wish)
