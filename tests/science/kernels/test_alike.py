"""Are the windows found exactly those that aligning every window would find?"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from citytandem.science.kernels.alike import align, find_alike, measure_all

ENGINES = ["plain", "compiled"]


@st.composite
def searches(draw):
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    paths, indicators, size = draw(st.integers(1, 25)), draw(st.integers(1, 5)), draw(st.integers(2, 12))
    library = rng.normal(size=(paths, indicators, size + draw(st.integers(0, 30)))).cumsum(axis=2)
    if draw(st.booleans()):
        library[rng.random(library.shape) < 0.02] = np.nan
    query = rng.normal(size=(indicators, size)).cumsum(axis=1)
    return library, query, draw(st.integers(1, 12)), draw(st.integers(0, size))


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("one_per_path", [False, True])
@given(search=searches())
def test_the_windows_found_are_those_of_aligning_everything(engine, one_per_path, search):
    library, query, k, band = search
    found = find_alike(library, query=query, k=k, band=band, one_per_path=one_per_path, engine=engine)
    every = measure_all(library, query=query, band=band)
    wanted = np.sort(every.min(axis=1) if one_per_path else every.ravel())
    wanted = wanted[np.isfinite(wanted)][:k]

    np.testing.assert_allclose(found.distances, wanted, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(every[found.paths, found.starts], found.distances, rtol=1e-9, atol=1e-12)
    assert len({*zip(found.paths.tolist(), found.starts.tolist(), strict=True)}) == len(found.paths)


@pytest.mark.parametrize("engine", ENGINES)
def test_distances_are_those_of_dtaidistance(engine):
    from dtaidistance import dtw_ndim

    rng = np.random.default_rng(7)
    library, query, band = rng.normal(size=(6, 3, 20)).cumsum(axis=2), rng.normal(size=(3, 9)).cumsum(axis=1), 2
    found = find_alike(library, query=query, k=15, band=band, engine=engine)
    told = []
    for path, start in zip(found.paths, found.starts, strict=True):
        window = library[path][:, start : start + 9]
        pair = [np.ascontiguousarray((part - part.mean(axis=1, keepdims=True)).T) for part in (window, query)]
        told.append(dtw_ndim.distance(*pair, window=band + 1))

    np.testing.assert_allclose(found.distances, told, rtol=1e-9)


@pytest.mark.parametrize("engine", ENGINES)
@given(search=searches())
def test_units_order_of_paths_and_an_unrelated_path_change_nothing(engine, search):
    library, query, k, band = search
    found = find_alike(library, query=query, k=k, band=band, engine=engine)
    far = np.full((1, *library.shape[1:]), 1e6) * np.arange(library.shape[2]) ** 2
    scaled = find_alike(library * 1024.0 + 4096.0, query=query * 1024.0, k=k, band=band, engine=engine)
    turned = find_alike(library[::-1], query=query, k=k, band=band, engine=engine)
    joined = find_alike(np.concatenate([library, far]), query=query, k=len(found.paths) or 1, band=band, engine=engine)

    np.testing.assert_allclose(scaled.distances, found.distances * 1024.0, rtol=1e-7, atol=1e-6)
    np.testing.assert_allclose(turned.distances, found.distances, rtol=1e-12)
    np.testing.assert_allclose(joined.distances[: len(found.paths)], found.distances, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("engine", ENGINES)
def test_very_large_values_are_compared_as_well(engine):
    library = np.array([[[0.0, 1e25, 0.0, 3e25]], [[0.0, 2e25, 0.0, 0.0]]])
    found = find_alike(library, query=[[0.0, 2e25, 0.0]], k=1, band=1, engine=engine)

    assert (found.paths.tolist(), found.starts.tolist()) == ([1], [0])


def test_an_alignment_costs_what_the_search_says():
    rng = np.random.default_rng(3)
    one, other = rng.normal(size=(2, 2, 10)).cumsum(axis=2)
    path = align(one, other, band=3)
    one, other = (part - part.mean(axis=1, keepdims=True) for part in (one, other))
    cost = np.square(one[:, path[:, 0]] - other[:, path[:, 1]]).sum()

    assert path[0].tolist() == [0, 0]
    assert path[-1].tolist() == [9, 9]
    assert np.abs(path[:, 0] - path[:, 1]).max() <= 3
    np.testing.assert_allclose(np.sqrt(cost), measure_all(other[None], query=one, band=3)[0, 0])


@pytest.mark.parametrize(
    ("wish", "says"),
    [
        ({"k": 0}, "k must be"),
        ({"band": -1}, "k must be"),
        ({"query": [[1.0, np.nan]]}, "query"),
        ({"query": [[1.0], [2.0]]}, "library"),
    ],
)
def test_what_does_not_fit_is_refused(wish, says):
    with pytest.raises(ValueError, match=says):
        find_alike([[[1.0, 2.0]]], **{"query": [[1.0, 2.0]], "k": 1, "band": 1} | wish)


def test_a_window_longer_than_the_paths_finds_nothing():
    assert find_alike([[[1.0, 2.0]]], query=[[1.0, 2.0, 3.0]], k=1, band=1).paths.tolist() == []
