"""Change-point models are fitted exactly, reproduce published figures, and do not depend on order or units."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citytandem.science.buildings.changepoint import KINDS, fit, fit_at
from citytandem.science.buildings.quality import choose_fit, judge_fit, spread_of_year, t_quantile

# The reference cases of the change-point library of the CUNY Building Performance Lab (github.com/cunybpl/changepointmodel,
# fixtures generated_data_all_models.json and the expected coefficients of its tests): twelve periods in °F, models as in
# ASHRAE RP-1050. There the change points may only lie between 57 and 86 °F. The report of RP-1050 itself prints no data.
WARMTH = np.array([66, 92, 98, 17, 83, 57, 86, 97, 96, 47, 73, 32], float)
BETWEEN = (57.0, 86.0)
USE = {
    "2P": [
        3584.3113548297883, 4742.275089209144, 5054.786182301971, 1043.692382668803, 4449.326549099877, 3007.4491270208023,
        4470.430801487572, 5021.072205043807, 5146.914943509515, 2695.639953525654, 3916.8699895987334, 1825.7200141850453,
    ],
    "3PC": [
        834.3113548297886, 1992.2750892091442, 2304.786182301971, 193.69238266880305, 1699.3265490998776, 257.4491270208023,
        1720.4308014875721, 2271.0722050438067, 2396.9149435095155, 345.63995352565416, 1166.8699895987331, 225.72001418504541,
    ],
    "3PH": [
        284.31135482978857, 142.27508920914423, 154.7861823019712, 1713.692382668803, 299.3265490998776, 157.44912702080225,
        170.43080148757204, 171.07220504380675, 346.91494350951535, 665.6399535256542, 266.86998959873324, 1145.7200141850453,
    ],
    "4P": [
        834.3113548297886, 1992.2750892091442, 2304.786182301971, 1713.692382668803, 1699.3265490998776, 257.4491270208023,
        1720.4308014875721, 2271.0722050438067, 2396.9149435095155, 665.6399535256542, 1166.8699895987331, 1145.7200141850453,
    ],
    "5P": [
        284.31135482978857, 992.2750892091442, 1304.7861823019712, 1713.692382668803, 699.3265490998775, 157.44912702080225,
        720.430801487572, 1271.0722050438067, 1396.9149435095153, 665.6399535256542, 266.86998959873324, 1145.7200141850453,
    ],
}  # fmt: skip
# base, heating slope, cooling slope, heating point, cooling point as published
PUBLISHED = {
    "3PC": (286.31906, 0.0, 50.9474, None, 57.0),
    "3PH": (226.35034, 37.36379, 0.0, 57.0, None),
    "4P": (326.26842, 34.14062, 49.756256, 57.0, 57.0),
}
MONTHS = np.array([-4.0, -1, 5, 12, 18, 23, 26, 25, 20, 13, 5, -2])


@pytest.mark.parametrize("kind", PUBLISHED)
def test_the_published_coefficients_are_reproduced(kind):
    found = fit(WARMTH, np.array(USE[kind]), kind=kind, between=BETWEEN)
    base, heating, cooling, below, above = PUBLISHED[kind]

    assert (found.base, found.heating_slope, found.cooling_slope) == pytest.approx((base, heating, cooling), abs=2e-4)
    assert (found.heating_point, found.cooling_point) == (below, above)


def test_the_published_line_is_reproduced():
    found = fit(WARMTH, np.array(USE["2P"]), kind="2P")

    assert found.base == pytest.approx(250.56459, abs=2e-4)
    assert found.cooling_slope == pytest.approx(49.70582, abs=1e-4)


def test_the_published_five_parameters_follow_from_their_change_points_and_a_better_pair_is_found():
    use = np.array(USE["5P"])
    theirs = fit_at(WARMTH, use, kind="5P", points=BETWEEN)
    found = fit(WARMTH, use, kind="5P", between=BETWEEN)

    assert (theirs.base, theirs.heating_slope, theirs.cooling_slope) == pytest.approx((423.02913, 31.01931, 82.45359), abs=2e-4)
    assert found.residual_squares < theirs.residual_squares
    assert BETWEEN[0] <= found.heating_point <= found.cooling_point <= BETWEEN[1]


slopes = st.floats(0.5, 30)
bases = st.floats(1, 500)


@settings(max_examples=30)
@given(bases, slopes, st.floats(8, 17))
def test_a_heating_model_without_noise_is_recovered(base, slope, point):
    found = fit(MONTHS, base + slope * np.maximum(point - MONTHS, 0), kind="3PH")

    assert (found.base, found.heating_slope, found.heating_point) == pytest.approx((base, slope, point), rel=1e-6, abs=1e-6)


@settings(max_examples=30)
@given(bases, slopes, st.floats(8, 17))
def test_a_cooling_model_without_noise_is_recovered(base, slope, point):
    found = fit(MONTHS, base + slope * np.maximum(MONTHS - point, 0), kind="3PC")

    assert (found.base, found.cooling_slope, found.cooling_point) == pytest.approx((base, slope, point), rel=1e-6, abs=1e-6)


@settings(max_examples=20)
@given(bases, slopes, slopes, st.floats(6, 11), st.floats(16, 19))
def test_a_model_with_both_slopes_is_recovered(base, heating, cooling, below, above):
    use = base + heating * np.maximum(below - MONTHS, 0) + cooling * np.maximum(MONTHS - above, 0)
    found = fit(MONTHS, use, kind="5P")

    assert found.residual_squares == pytest.approx(0, abs=1e-6 * float(np.square(use).sum()))
    assert (found.base, found.heating_slope, found.cooling_slope) == pytest.approx((base, heating, cooling), rel=1e-4)


noise = st.lists(st.floats(-20, 20), min_size=12, max_size=12)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=15)
@given(noise, st.floats(1, 1000))
def test_adding_a_constant_shifts_the_base_alone(kind, errors, more):
    use = 100 + 3 * np.maximum(12 - MONTHS, 0) + 2 * np.maximum(MONTHS - 20, 0) + np.array(errors)
    before, after = fit(MONTHS, use, kind=kind), fit(MONTHS, use + more, kind=kind)

    assert (before is None) == (after is None)
    if before is not None:
        assert after.residual_squares == pytest.approx(before.residual_squares, rel=1e-6, abs=1e-6)
        assert after.predict(MONTHS) == pytest.approx(before.predict(MONTHS) + more, rel=1e-4, abs=1e-3)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=15)
@given(noise, st.permutations(range(12)))
def test_the_order_of_periods_does_not_matter(kind, errors, order):
    use = 100 + 3 * np.maximum(12 - MONTHS, 0) + np.array(errors)
    before, after = fit(MONTHS, use, kind=kind), fit(MONTHS[list(order)], use[list(order)], kind=kind)

    assert (before is None) == (after is None)
    if before is not None:
        assert after.residual_squares == pytest.approx(before.residual_squares, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("kind", ["3PH", "3PC", "4P"])
@settings(max_examples=15)
@given(noise)
def test_no_point_of_a_fine_grid_fits_better(kind, errors):
    use = 100 + 3 * np.maximum(12 - MONTHS, 0) + 2 * np.maximum(MONTHS - 16, 0) + np.array(errors)
    found = fit(MONTHS, use, kind=kind)
    pairs = {"3PH": lambda at: (at, None), "3PC": lambda at: (None, at), "4P": lambda at: (at, at)}
    grid = [fit_at(MONTHS, use, kind=kind, points=pairs[kind](float(at))) for at in np.linspace(-4, 26, 101)]
    least = min((one.residual_squares for one in grid if one), default=np.inf)

    assert found is None or found.residual_squares <= least * (1 + 1e-9) + 1e-9
    assert found is not None or least == np.inf


@settings(max_examples=5)
@given(noise)
def test_no_pair_of_a_grid_fits_better_than_the_pair_found(errors):
    use = 100 + 9 * np.maximum(10 - MONTHS, 0) + 7 * np.maximum(MONTHS - 19, 0) + np.array(errors)
    found = fit(MONTHS, use, kind="5P")
    ticks = np.linspace(-4, 26, 21)
    grid = [fit_at(MONTHS, use, kind="5P", points=(float(low), float(high))) for low in ticks for high in ticks if low < high]
    least = min(one.residual_squares for one in grid if one)

    assert found.residual_squares <= least * (1 + 1e-9)


def test_a_segmented_fit_by_another_library_finds_the_same():
    optimize = pytest.importorskip("scipy.optimize", reason="the comparison needs scipy")
    use = np.array(USE["3PH"])
    model = lambda warmth, base, slope, point: base + slope * np.maximum(point - warmth, 0)  # noqa: E731 - as scipy wants it
    theirs, _ = optimize.curve_fit(model, WARMTH, use, p0=(200, 40, 55))
    found = fit(WARMTH, use, kind="3PH")

    assert found.residual_squares <= float(np.square(use - model(WARMTH, *theirs)).sum()) * (1 + 1e-9)


def test_a_slope_of_the_wrong_sign_is_no_heating():
    assert fit(MONTHS, 50 + 2 * np.maximum(MONTHS - 15, 0), kind="3PH") is None


def test_too_few_and_too_many_periods_are_refused():
    few = np.array([1.0, 2.0, 3.0])

    assert fit(few, few, kind="3PH") is None
    assert fit(np.linspace(0, 30, 500), np.linspace(0, 30, 500), kind="3PH") is None
    assert fit(np.array([1.0, np.nan, 3.0, 4.0, 5.0]), np.arange(5.0), kind="1P") is None


def test_the_simplest_model_that_is_enough_is_chosen():
    flat = np.full(12, 80.0) + np.array([1, -1] * 6)

    assert choose_fit(MONTHS, flat).model.kind == "1P"
    assert choose_fit(MONTHS, 30 + 4 * MONTHS.max() - 4 * MONTHS).model.kind == "2P"
    assert choose_fit(MONTHS, 30 + 4 * np.maximum(14 - MONTHS, 0)).model.kind == "3PH"


def test_quality_is_worked_out_as_the_guideline_says():
    use = np.array(USE["3PH"])
    model = fit(WARMTH, use, kind="3PH")
    judged = judge_fit(model, temperature=WARMTH, use=use)
    residual = use - model.predict(WARMTH)

    assert judged.cv_rmse_percent == pytest.approx(100 * np.sqrt((residual**2).sum() / 9) / use.mean())
    assert judged.r_squared == pytest.approx(1 - (residual**2).sum() / ((use - use.mean()) ** 2).sum())
    assert judged.bias_percent == pytest.approx(0, abs=1e-9)


def test_a_model_tried_on_other_periods_shows_its_bias():
    model = fit(MONTHS, 100 + 3 * np.maximum(14 - MONTHS, 0), kind="3PH")
    judged = judge_fit(model, temperature=MONTHS, use=model.predict(MONTHS) + 10)

    assert judged.bias_percent > 0


def test_a_house_kept_warmer_uses_more():
    model = fit(MONTHS, 100 + 3 * np.maximum(14 - MONTHS, 0), kind="3PH")

    assert (model.shift(1.0).predict(MONTHS) >= model.predict(MONTHS)).all()
    assert model.shift(0.0) == model


@pytest.mark.parametrize("free", [1, 2, 3, 5, 9, 30])
def test_quantiles_agree_with_a_statistics_library(free):
    stats = pytest.importorskip("scipy.stats", reason="the comparison needs scipy")

    assert t_quantile(0.95, free=free) == pytest.approx(stats.t.ppf(0.95, free), rel=1e-3)


def test_the_interval_of_a_line_agrees_with_the_textbook():
    use = np.array(USE["2P"])
    model = fit(WARMTH, use, kind="2P")
    half = spread_of_year(model, fitted=WARMTH, temperature=np.array([60.0]), days=np.array([1.0]))
    variance = model.residual_squares / 10
    centred = (60 - WARMTH.mean()) ** 2 / ((WARMTH - WARMTH.mean()) ** 2).sum()

    assert half == pytest.approx(t_quantile(0.95, free=10) * np.sqrt(variance * (1 + 1 / 12 + centred)), rel=1e-6)
