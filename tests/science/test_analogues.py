"""Are analogues found whatever the units and the neighbours, and refused where the likeness may be chance?"""

import numpy as np
import polars as pl
import pytest

from citytandem.findings import CannotCompute, Code
from citytandem.science.transition.analogues import NothingFits, Query, align_peaks, find_analogues, shuffle, vary
from citytandem.science.transition.held_back import WAYS, hold_back, sum_up
from citytandem.science.transition.trajectories import build_paths, find_peaks, join_points, normalise

YEARS = range(1900, 2021)
NOW = Query("new", 1998, 2020, k=3)


def tell(region, shares, *, country="XX", definition=None, mark="S", unit="percent"):
    """Industry and services of a region as rows of the table of series."""
    rows = []
    for year, share in zip(YEARS, shares, strict=True):
        for indicator, known, value in (
            ("employment_share_industry", "industry_and_mining", share),
            ("employment_share_services", "all_employed", 95.0 - share),
        ):
            rows.append(
                {"region": region, "country": country, "indicator": indicator, "definition": definition or known, "year": year}
                | {"value": float(value), "unit": unit, "mark": mark, "source": "invented-2026"}
            )
    return rows


def wave(turn, *, speed=9.0, height=30.0):
    """Industry rises until a turn and falls after it, with ripples of its own."""
    year = np.array(YEARS) - turn
    return 20 + height * np.exp(-((year / (3 * speed)) ** 2)) + np.sin(year / 3.0)


@pytest.fixture
def rows():
    early = [tell("old", wave(1960)), tell("older", wave(1935)), tell("flat", np.full(121, 30.0) + np.linspace(0, 9, 121))]
    return [row for part in (tell("new", wave(2005)), *early) for row in part]


def search(rows, query=NOW, **more):
    return find_analogues(build_paths(pl.DataFrame(rows), traits=("industry", "services")), query=query, seed=1, **more)


def test_a_region_that_did_the_same_45_years_before_is_found_with_its_lag(rows):
    found = search(rows)
    first = found.analogues.row(0, named=True)

    assert (first["region"], first["lag"]) == ("old", 45)
    assert first["fit"] == pytest.approx(0.0, abs=1e-9)
    assert first["low_lag"] <= 45 <= first["high_lag"]
    assert first["low_now"] <= 1975 <= first["high_now"]
    assert first["stability"] == 1.0


def test_two_regions_that_did_the_same_are_both_found_and_the_flat_one_is_not(rows):
    found = search(rows)

    assert found.analogues["region"].to_list() == ["old", "older"]
    assert found.analogues["lag"].to_list() == [45, 70]
    assert found.analogues["fit"].max() <= found.limit


def test_units_order_of_rows_and_an_unrelated_region_change_no_analogue(rows):
    found = search(rows)
    fractions = [row | {"value": row["value"] / 100, "unit": "fraction"} for row in rows]
    joined = rows + tell("unrelated", 5 + 40 * (np.arange(121) % 7 == 0))

    for other in (search(fractions), search(rows[::-1]), search(joined)):
        assert other.analogues.drop("fit", "low_fit", "high_fit").equals(found.analogues.drop("fit", "low_fit", "high_fit"))
        np.testing.assert_allclose(other.analogues["fit"], found.analogues["fit"], atol=1e-9)


@pytest.mark.parametrize("engine", ["plain", "compiled"])
def test_both_engines_give_one_answer(rows, engine):
    paths = build_paths(pl.DataFrame(rows), traits=("industry", "services"))
    found = find_analogues(paths, query=NOW, seed=1, engine=engine)

    assert found.analogues["region"].to_list() == ["old", "older"]


def test_a_likeness_that_may_be_chance_is_refused_and_the_nearest_is_named():
    rows = [row for number in range(6) for row in tell(f"line{number}", 20 + np.linspace(0, 5 + number, 121))]
    rows += tell("new", wave(2009, speed=3))
    with pytest.raises(NothingFits) as refused:
        search(rows)

    assert refused.value.finding.code == Code.ANALOGUE_NOTHING_FITS
    assert refused.value.finding.facts["fit"] > refused.value.finding.facts["limit"]
    assert refused.value.found.nearest.height == 3


def test_what_a_region_lacks_widens_its_fit(rows):
    three = build_paths(
        pl.DataFrame(
            rows
            + [
                row | {"indicator": "employment_share_agriculture", "definition": "all_employed", "value": 7.0 + row["year"] % 5}
                for row in rows
                if row["indicator"] == "employment_share_industry" and row["region"] != "old"
            ]
        ),
        traits=("industry", "services", "agriculture"),
    )
    found = find_analogues(three, query=NOW, seed=1, controls=0).analogues.filter(pl.col("region") == "old").row(0, named=True)

    assert found["traits"] == ["industry", "services"]
    assert found["low_fit"] <= found["fit"] <= found["high_fit"]


def test_a_window_in_which_nothing_is_known_is_refused(rows):
    with pytest.raises(CannotCompute) as refused:
        search(rows, Query("new", 2010, 2030))

    assert refused.value.finding.code == Code.REGION_WITHOUT_PATH
    assert refused.value.finding.facts["known"] == "1900-2020"


def test_recalled_values_and_other_definitions_are_never_part_of_a_path(rows):
    more = tell("new", np.full(121, 99.0), mark="K") + tell("old", np.full(121, 88.0), definition="of_another_office")
    paths = build_paths(pl.DataFrame(rows + more), traits=("industry", "services"))

    assert paths.points["value"].max() < 88
    assert set(paths.points["definition"]) == {"industry_and_mining", "all_employed"}


def test_gaps_longer_than_the_decade_points_stay_unknown():
    line = join_points([1910, 1925, 1950], [1.0, 2.0, 3.0], first=1910, last=1950)

    assert np.isfinite(line[:16]).all()
    assert np.isnan(line[16:40]).all()
    assert line[40] == 3.0


def test_peaks_are_aligned_at_the_same_distance(rows):
    paths = build_paths(pl.DataFrame(rows), traits=("industry", "services"))
    peaks = align_peaks(paths, query=NOW)
    own = find_peaks(paths).filter(pl.col("region") == "new").row(0, named=True)

    assert peaks["region"].to_list()[:2] == ["old", "older"]
    assert set(peaks["years"]) == {2020 - own["peak_year"]}


def test_trajectories_stand_beside_their_own_peak_with_breaks_marked(rows):
    paths = build_paths(pl.DataFrame(rows), traits=("industry", "services"))
    breaks = pl.DataFrame({"region": ["old"], "indicator": [None], "year": [1950]}, schema_overrides={"indicator": pl.String})
    shown = normalise(paths, breaks, regions=["old", "new"])

    assert shown.group_by("region", "trait").agg(pl.col("of_peak").max())["of_peak"].to_list() == pytest.approx([100] * 4)
    assert shown.filter(pl.col("is_break")).select("region", "year").unique().rows() == [("old", 1950)]
    assert shown.filter((pl.col("trait") == "industry") & (pl.col("since_peak") == 0))["of_peak"].to_list() == pytest.approx(
        [100, 100]
    )


def test_a_shuffled_history_ends_where_it_ended():
    asked = np.random.default_rng(2).normal(size=(3, 20)).cumsum(axis=1)
    shuffled = shuffle(asked, rng=np.random.default_rng(4))

    np.testing.assert_allclose(shuffled[:, -1], asked[:, -1] - asked[:, 0])
    assert not np.allclose(shuffled, asked - asked[:, :1])


def test_variations_leave_out_double_shorten_and_bend():
    varied = vary(NOW, ("industry", "services"))

    assert len(varied) == 2 + 2 + 3 + 2
    assert {(other.first, other.last) for other in varied} == {(1998, 2020), (2000, 2020), (1998, 2018), (2002, 2020)}


def test_what_is_held_back_is_not_known_to_the_guess(rows):
    def until(cut):
        return build_paths(pl.DataFrame(rows), traits=("industry", "services"), until=cut)

    full = until(2020)
    changed = [row | {"value": 50.0} if row["year"] > 2000 and row["region"] != "new" else row for row in rows]
    other = build_paths(pl.DataFrame(changed), traits=("industry", "services"))
    held, again = (hold_back(paths, known_until=until, cuts=[2000], seed=1) for paths in (full, other))
    told = sum_up(held, seed=1, draws=50)

    assert held.filter(pl.col("region") == "new").equals(again.filter(pl.col("region") == "new"))
    assert set(told["way"]) == set(WAYS)
    assert told.filter(pl.col("way") == "analogues")["gain"].to_list() == [0.0]
