"""The general checks find what is wrong and leave the rest alone."""

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from citytandem.sources import checks

steady = st.lists(st.floats(min_value=80, max_value=200), min_size=4, max_size=12)


def _series(values: list[float]) -> pl.DataFrame:
    return pl.DataFrame({"city": ["a"] * len(values), "year": range(len(values)), "value": values})


@given(steady)
def test_a_steady_series_has_no_unit_slip(values):
    assert checks.find_unit_slips(_series(values), by=["city"], value="value").is_empty()


@given(steady, st.data())
def test_one_value_a_thousand_times_too_small_is_found(values, data):
    at = data.draw(st.integers(0, len(values) - 1))
    slipped = [value / 1000 if number == at else value for number, value in enumerate(values)]

    found = checks.find_unit_slips(_series(slipped), by=["city"], value="value")

    assert found["year"].to_list() == [at]
    assert found["times"].to_list() == [1000.0]


def test_a_total_in_kilotonnes_shows_per_head():
    totals = pl.DataFrame({"city": ["in kt", "in t"], "total": [17_755.0, 879_900.0], "people": [1_762_791.0, 144_948.0]})

    assert checks.find_per_head_slips(totals, total="total", population="people")["city"].to_list() == ["in kt"]


def test_a_city_of_millions_above_a_hundred_tonnes_a_head_is_impossible_and_a_refinery_hamlet_is_not():
    totals = pl.DataFrame({"city": ["large", "hamlet"], "total": [713e6, 400_000.0], "people": [3_066_600.0, 200.0]})

    assert checks.find_impossible_per_head(totals, total="total", population="people")["city"].to_list() == ["large"]


def test_a_total_given_twice_is_found_and_said_to_be_the_same():
    rows = pl.DataFrame({"year": [2013, 2014, 2014, 2015, 2015], "value": [5.0, 6.0, 6.0, 7.0, 8.0]})

    found = checks.find_repeats(rows, by=["year"], value="value")

    assert found.select("year", "same").rows() == [(2014, True), (2015, False)]


def test_a_part_counted_inside_another_is_the_one_whose_absence_closes_the_sum():
    parts = pl.DataFrame({"year": [1, 1, 1], "name": ["homes", "traffic", "fleet"], "value": [100.0, 200.0, 40.0]})
    totals = pl.DataFrame({"year": [1], "value": [300.0]})

    gaps = checks.find_gaps_to_total(parts, totals, on=["year"], tolerance=0.002)
    inside = checks.find_parts_inside_others(parts, gaps, on=["year"], name="name")

    assert gaps["gap"].to_list() == [40.0]
    assert inside["name"].to_list() == ["fleet"]


def test_a_year_without_transport_is_found_and_its_usual_share_said():
    rows = pl.DataFrame(
        [
            {"group": "region", "year": year, "sector": sector, "value": value}
            for year in range(2018, 2024)
            for sector, value in (("homes", 60.0), ("road", 40.0))
            if (year, sector) != (2023, "road")
        ]
    )

    found = checks.find_years_without(rows, group="group", sector="sector", value="value")

    assert found.select("year", "sector", "share").rows() == [(2023, "road", 0.4)]


def test_a_sector_that_few_years_have_is_not_missed():
    rows = pl.DataFrame({"group": ["g"] * 4, "year": [1, 2, 3, 3], "sector": ["a", "a", "a", "b"], "value": [1.0, 1.0, 1.0, 1.0]})

    assert checks.find_years_without(rows, group="group", sector="sector", value="value").is_empty()
