"""Are the nearest neighbours exactly those that comparing every pair would find?"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as stn

from citytandem.science.kernels.neighbours import find_nearest

ENGINES = ["plain", "compiled"]


def distances_to_all(points):
    squares = np.square(points[:, None] - points[None]).sum(axis=2)
    np.fill_diagonal(squares, np.inf)
    return np.sqrt(squares)


@st.composite
def clouds(draw):
    rows, columns = draw(st.integers(2, 150)), draw(st.integers(1, 6))
    # few distinct values: many ties, duplicates and constant columns
    points = draw(stn.arrays(np.float64, (rows, columns), elements=st.sampled_from([0.0, 0.5, 1.0, 1.25, -3.0, 1e6])))
    return points, draw(st.integers(1, min(rows - 1, 20)))


@pytest.mark.parametrize("engine", ENGINES)
@given(cloud=clouds())
def test_neighbours_equal_brute_force_up_to_ties(engine, cloud):
    points, k = cloud
    rows, distances = find_nearest(points, k=k, engine=engine)
    expected = distances_to_all(points)

    np.testing.assert_allclose(distances, np.sort(expected, axis=1)[:, :k], rtol=1e-12)
    np.testing.assert_allclose(np.take_along_axis(expected, rows, axis=1), distances, rtol=1e-12)
    assert all(len(set(own)) == k for own in rows.tolist())


@given(cloud=clouds())
def test_both_forms_break_ties_by_row_number(cloud):
    points, k = cloud
    plain, compiled = find_nearest(points, k=k, engine="plain"), find_nearest(points, k=k, engine="compiled")

    assert np.array_equal(plain[0], compiled[0])
    assert np.array_equal(plain[1], compiled[1])


@pytest.mark.parametrize("shape", ["normal", "one wide column", "duplicates", "far from zero", "tiny", "huge"])
def test_both_forms_agree_on_a_larger_set(shape):
    rng = np.random.default_rng(4)
    points = rng.normal(size=(1500, 9)) @ rng.normal(size=(9, 9))
    points = {
        "normal": points,
        "one wide column": points * np.array([1e7] + [1.0] * 8),
        "duplicates": np.repeat(points[:30], 50, axis=0),
        "far from zero": points + 1e5,
        "tiny": points * 1e-30,
        "huge": points * 1e30,
    }[shape]
    plain, compiled = find_nearest(points, k=20, engine="plain"), find_nearest(points, k=20, engine="compiled")

    np.testing.assert_allclose(compiled[1], plain[1], rtol=1e-12)
    assert np.array_equal(plain[0], compiled[0])


@pytest.mark.parametrize("engine", ENGINES)
def test_a_duplicate_is_a_neighbour_and_a_row_is_not_its_own(engine):
    rows, distances = find_nearest([[1.0], [1.0], [1.0], [5.0]], k=2, engine=engine)

    assert rows.tolist() == [[1, 2], [0, 2], [0, 1], [0, 1]]
    assert distances.tolist() == [[0.0, 0.0]] * 3 + [[4.0, 4.0]]


@pytest.mark.parametrize("engine", ENGINES)
def test_k_may_take_every_other_row_and_no_more(engine):
    points = [[0.0], [2.0], [3.0]]

    assert find_nearest(points, k=2, engine=engine)[0].tolist() == [[1, 2], [2, 0], [1, 0]]
    with pytest.raises(ValueError, match="k must be between 1 and 2"):
        find_nearest(points, k=3, engine=engine)


@pytest.mark.parametrize("engine", ENGINES)
def test_an_unknown_value_is_refused_by_the_name_of_its_column(engine):
    with pytest.raises(ValueError, match="column 'income' is not finite in row 1"):
        find_nearest([[1.0, 2.0], [3.0, np.nan]], k=1, columns=["density", "income"], engine=engine)


def test_the_order_of_rows_is_irrelevant():
    rng = np.random.default_rng(5)
    points, order = rng.normal(size=(400, 3)), rng.permutation(400)
    rows, _ = find_nearest(points, k=7, engine="compiled")
    shuffled, _ = find_nearest(points[order], k=7, engine="compiled")

    assert np.array_equal(order[shuffled], rows[order])
