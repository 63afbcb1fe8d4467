"""Do the effects of the factors add up, and are zeros handled by their limits?"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as stn

from citytandem.science.kernels.lmdi import decompose_change

ENGINES = ["plain", "compiled"]
SHAPES = st.tuples(st.integers(1, 5), st.integers(1, 4), st.integers(1, 6))
AMOUNTS = st.one_of(st.just(0.0), st.floats(1e-6, 1e6))


@st.composite
def pairs(draw):
    shape = draw(SHAPES)
    return draw(stn.arrays(np.float64, shape, elements=AMOUNTS)), draw(stn.arrays(np.float64, shape, elements=AMOUNTS))


def totals(factors):
    return factors.prod(axis=0).sum(axis=1)


@pytest.mark.parametrize("engine", ENGINES)
@given(pair=pairs())
def test_effects_add_up_to_the_change(engine, pair):
    start, end = pair
    effects = decompose_change(start, end, engine=engine)

    scale = np.maximum(totals(start), totals(end)) + 1e-300
    assert (np.abs(effects.sum(axis=1) - (totals(end) - totals(start))) / scale).max() < 1e-9


@pytest.mark.parametrize("engine", ENGINES)
@given(pair=pairs())
def test_exchanging_start_and_end_flips_every_sign(engine, pair):
    start, end = pair
    there, back = decompose_change(start, end, engine=engine), decompose_change(end, start, engine=engine)

    np.testing.assert_allclose(there, -back, rtol=1e-9, atol=1e-9 * (np.abs(there).max() + 1e-300))


@given(pair=pairs())
def test_the_compiled_form_agrees_with_the_plain_one(pair):
    start, end = pair
    plain = decompose_change(start, end, engine="plain")
    scale = np.abs(decompose_change(start, end, by_term=True)).max() + 1e-300

    np.testing.assert_allclose(decompose_change(start, end, engine="compiled"), plain, rtol=1e-9, atol=1e-9 * scale)


@pytest.mark.parametrize("engine", ENGINES)
@given(pair=pairs(), factor=st.floats(1e-3, 1e3))
def test_scaling_emissions_scales_effects(engine, pair, factor):
    start, end = (values.copy() for values in pair)
    effects = decompose_change(start, end, engine=engine)
    start[0] *= factor
    end[0] *= factor
    scaled = decompose_change(start, end, engine=engine)

    np.testing.assert_allclose(scaled, factor * effects, rtol=1e-9, atol=1e-8 * (np.abs(scaled).max() + 1e-300))


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ([2.0, 3.0], [2.0, 3.0], [0.0, 0.0]),
        ([2.0, 0.0], [4.0, 5.0], [0.0, 20.0]),
        ([0.0, 0.0], [4.0, 5.0], [10.0, 10.0]),
        ([4.0, 5.0], [2.0, 0.0], [0.0, -20.0]),
        ([0.0, 5.0], [2.0, 0.0], [0.0, 0.0]),
        ([0.0, 5.0], [0.0, 7.0], [0.0, 0.0]),
    ],
    ids=["no change", "one appears", "both appear", "one vanishes", "zero on both sides", "never there"],
)
def test_zeros_follow_their_analytic_limits(engine, start, end, expected):
    planes = np.array(start).reshape(2, 1, 1), np.array(end).reshape(2, 1, 1)

    assert decompose_change(*planes, engine=engine).tolist() == [expected]


def test_the_limit_at_zero_is_the_limit_of_small_numbers():
    end = np.array([[[4.0]], [[5.0]], [[2.0]]])
    exact = decompose_change(np.array([[[0.0]], [[0.0]], [[1.0]]]), end)
    tiny = decompose_change(np.array([[[1e-150]], [[1e-150]], [[1.0]]]), end)

    np.testing.assert_allclose(exact, [[20.0, 20.0, 0.0]])
    np.testing.assert_allclose(tiny, exact, atol=0.1)


@pytest.mark.parametrize("engine", ENGINES)
def test_almost_equal_values_lose_no_digits(engine):
    start = np.full((3, 1, 1), 7.0)
    end = start * (1.0 + np.array([1e-9, 2e-9, -1e-9]).reshape(3, 1, 1))

    effects = decompose_change(start, end, engine=engine)
    np.testing.assert_allclose(effects[0] / 343.0, [1e-9, 2e-9, -1e-9], rtol=1e-6)


def test_effects_by_term_add_up_to_the_effects():
    rng = np.random.default_rng(1)
    start, end = rng.random((3, 4, 5)), rng.random((3, 4, 5))

    np.testing.assert_allclose(decompose_change(start, end, by_term=True).sum(axis=2).T, decompose_change(start, end))


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("wrong", [np.nan, np.inf, -1.0])
def test_an_impossible_value_is_refused_by_the_name_of_its_factor(engine, wrong):
    start, end = np.ones((2, 3, 4)), np.ones((2, 3, 4))
    end[1, 2, 3] = wrong

    with pytest.raises(ValueError, match=r"end: factor 'intensity' is .* in city row 2, term 3"):
        decompose_change(start, end, factors=["population", "intensity"], engine=engine)


def test_arrays_of_different_shape_are_refused():
    with pytest.raises(ValueError, match="factors x cities x terms"):
        decompose_change(np.ones((2, 3, 4)), np.ones((2, 3, 5)))


def test_the_number_of_threads_changes_nothing():
    rng = np.random.default_rng(2)
    start, end = rng.random((4, 700, 3)), rng.random((4, 700, 3))

    alone = decompose_change(start, end, engine="compiled", threads=1)
    assert np.array_equal(alone, decompose_change(start, end, engine="compiled", threads=3))


def test_the_two_forms_agree_on_many_cities():
    rng = np.random.default_rng(3)
    start = np.exp(rng.normal(0.0, 6.0, (4, 3000, 20)))
    end = start * np.exp(rng.normal(0.0, 2.0, start.shape))
    plain, compiled = decompose_change(start, end, engine="plain"), decompose_change(start, end, engine="compiled")

    scale = np.abs(decompose_change(start, end, by_term=True)).sum(axis=(0, 2))[:, None]
    assert (np.abs(compiled - plain) / scale).max() < 1e-12
