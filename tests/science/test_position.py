"""Is a city placed among its peers fairly: quantiles, verdict, points, trend, role models, intervals?"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from citytandem.science.balance.quality import half_width, simulate
from citytandem.science.benchmark.expected import explained_share, ridge
from citytandem.science.benchmark.position import Anchor, points, verdict, weighted_quantiles
from citytandem.science.benchmark.rolemodels import dominating
from citytandem.science.benchmark.trend import slope_of

ENDS = np.array([1.0, 2.0, 3.0, 4.0, 5.0])
values = st.lists(st.floats(min_value=0.1, max_value=100), min_size=2, max_size=15)


@given(values)
def test_quantiles_lie_within_the_peers_and_in_order(found):
    quantiles = weighted_quantiles(np.array(found), weights=np.ones(len(found)))

    assert min(found) - 1e-9 <= quantiles[0] and quantiles[-1] <= max(found) + 1e-9
    assert (np.diff(quantiles) >= -1e-12).all()


def test_a_more_similar_peer_pulls_the_median():
    even = weighted_quantiles(np.array([1.0, 2.0, 9.0]), weights=np.array([1.0, 1.0, 1.0]), at=(0.5,))
    pulled = weighted_quantiles(np.array([1.0, 2.0, 9.0]), weights=np.array([1.0, 1.0, 4.0]), at=(0.5,))

    assert pulled > even


@pytest.mark.parametrize(
    ("value", "low", "high", "expected"),
    [
        (1.0, 0.5, 1.5, "less"),
        (5.0, 4.5, 5.5, "more"),
        (3.0, 2.5, 3.5, "usual"),
        (3.0, 0.5, 5.5, "usual"),
        (1.8, 1.2, 2.4, "cannot_tell"),
        (4.4, 3.6, 5.2, "cannot_tell"),
    ],
)
def test_less_and_more_need_intervals_that_do_not_overlap_and_usual_a_value_in_the_middle(value, low, high, expected):
    assert verdict(value=value, low=low, high=high, quantiles=ENDS) == expected


@given(st.floats(min_value=-5, max_value=50))
def test_points_stay_between_nought_and_ten(value):
    found = points(value, Anchor(bad=15.0, target=0.0))

    assert found is not None and 0 <= found <= 10


def test_points_are_unknown_without_value_or_anchor():
    assert points(None, Anchor(bad=15.0, target=0.0)) is None
    assert points(3.0, None) is None


def test_a_steady_fall_is_found_whatever_one_wild_year_says():
    years = np.arange(2010.0, 2020.0)
    series = 100 * 0.98 ** (years - 2010)
    series[4] = 900.0

    found = slope_of(years, values=series)

    assert found.slope == pytest.approx(-0.02, abs=0.004)
    assert found.low <= found.slope <= found.high


@given(st.floats(min_value=0.5, max_value=200))
def test_a_trend_does_not_depend_on_the_unit(by):
    years = np.array([2010.0, 2012.0, 2013.0, 2016.0, 2019.0])
    series = np.array([9.0, 8.0, 8.5, 7.0, 6.0])

    assert slope_of(years, values=series * by).slope == pytest.approx(slope_of(years, values=series).slope)


def test_values_that_touch_zero_change_as_part_of_the_first_year():
    found = slope_of(np.array([2010.0, 2011.0, 2012.0, 2013.0]), values=np.array([10.0, 5.0, 0.0, -5.0]))

    assert found.slope == pytest.approx(-0.5)


def test_the_interval_of_few_years_spans_all_their_slopes():
    found = slope_of(np.array([2010.0, 2011.0, 2012.0, 2013.0]), values=np.array([4.0, 3.0, 5.0, 2.0]))

    assert found.low < 0 < found.high


def test_a_role_model_is_no_worse_anywhere():
    own = np.array([3.0, 2.0, np.nan])
    others = np.array([[2.0, 2.0, 9.0], [2.0, 2.1, 0.0], [3.5, 0.1, 0.0], [2.0, np.nan, 1.0]])

    better, dominates = dominating(own, others=others, direction=0)

    assert better.tolist() == [True, True, False, True]
    assert dominates.tolist() == [True, False, False, False]


@given(values)
def test_nobody_is_a_role_model_for_itself(found):
    own = np.array(found)
    better, dominates = dominating(own, others=own[None, :], direction=0)

    assert not better.any() and not dominates.any()


@given(st.integers(0, 2**32 - 1))
def test_simulation_agrees_with_the_closed_form(seed):
    random = np.random.default_rng(seed)
    lines, relative = random.uniform(10, 100, 6), random.uniform(0.05, 0.5, 6)
    group = np.array([0, 0, -1, -1, 0, -1])

    half = half_width(lines, relative=relative, shared={0: 0.2}, group=group)
    low, high = simulate(lines, relative=relative, seed=seed, shared={0: 0.2}, group=group, draws=20_000)

    assert low == pytest.approx(lines.sum() - half, abs=0.06 * half)
    assert high == pytest.approx(lines.sum() + half, abs=0.06 * half)


def test_a_shared_error_does_not_average_out():
    apart = half_width([50.0, 50.0], relative=[0.1, 0.1])
    together = half_width([50.0, 50.0], relative=[0.0, 0.0], shared={0: 0.1}, group=[0, 0])

    assert together == pytest.approx(10.0) and apart < together


def test_leave_one_out_in_closed_form_equals_leaving_each_out():
    random = np.random.default_rng(3)
    matrix = random.normal(size=(30, 4))
    target = matrix @ np.array([1.0, -2.0, 0.0, 0.5]) + random.normal(size=30)

    fit = ridge(matrix, target=target, penalties=(3.0,))

    for left in (0, 7, 29):
        rest = np.arange(30) != left
        x, y = matrix[rest], target[rest]
        # the penalty of the full fit is kept, and the centre of the data with it, as in the closed form of the augmented design
        design = np.column_stack([np.ones(29), x - matrix.mean(axis=0)])
        penalty = np.diag([0.0, 3.0, 3.0, 3.0, 3.0])
        found = np.linalg.solve(design.T @ design + penalty, design.T @ y)
        guess = found @ np.r_[1.0, matrix[left] - matrix.mean(axis=0)]
        assert target[left] - guess == pytest.approx(fit.held_out_error[left])


def test_noise_is_not_explained():
    random = np.random.default_rng(5)

    assert ridge(random.normal(size=(200, 8)), target=random.normal(size=200)).explained < 0.05


def test_a_guess_no_better_than_the_baseline_explains_nothing():
    observed = np.array([1.0, 2.0, 3.0])

    assert explained_share(observed, predicted=np.full(3, 2.0), baseline=np.full(3, 2.0)) == 0
