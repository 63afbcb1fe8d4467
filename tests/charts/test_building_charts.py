"""Pictures of buildings show what was read, what was fitted, and what nobody has published."""

import polars as pl
import pytest

from citytandem.charts.building import draw_changepoint, draw_designed
from citytandem.words import Speech

PERIODS = pl.DataFrame(
    {
        "starts": ["2025-01-01", "2025-02-01", "2025-03-01"],
        "ends": ["2025-02-01", "2025-03-01", "2025-04-01"],
        "temperature_mean": [-5.0, 0.0, 15.0],
        "kwh_per_day": [200.0, 170.0, 60.0],
        "fitted_kwh_per_day": [205.0, 165.0, 60.0],
    }
)
LINE = pl.DataFrame({"temperature_mean": [-5.0, 14.0, 15.0], "kwh_per_day": [205.0, 60.0, 60.0]})
FIGURES = pl.DataFrame(
    {
        "indicator": ["heating_demand", "total_final", "total_final"],
        "state": ["designed", "designed", "measured"],
        "value": [13.0, 40.0, 46.0],
        "convention": ["phpp", "phpp", "metered"],
        "mark": ["S", "S", "S"],
        "source": ["own", "own", "own"],
    }
)


@pytest.mark.parametrize("language", ["en", "de", "ja"])
def test_the_model_is_drawn_with_its_table(language):
    chart = draw_changepoint(PERIODS, line=LINE, building="House", kind="3PH", speech=Speech(language))
    drawn, dots = chart.spec["layer"]

    assert len(drawn["data"]["values"]) == 3
    assert len(dots["data"]["values"]) == chart.twin.rows.height == 3
    assert chart.twin.columns[-1].name == "fitted_kwh_per_day"


def test_what_was_not_measured_is_a_gap_that_says_so():
    chart = draw_designed(FIGURES, building="House", speech=Speech("en"))
    bars, gaps = chart.spec["layer"]

    assert [row["label"] for row in gaps["data"]["values"]] == ["heating demand: measured"]
    assert len(bars["data"]["values"]) == 3
    assert [cells[1] for cells in chart.twin.cells(Speech("en"))] == ["13.0", "not published", "40.0", "46.0"]


@pytest.mark.parametrize("form", ["changepoint", "designed"])
def test_the_pictures_can_be_rendered(form):
    render = pytest.importorskip("vl_convert", reason="pictures need the report extra")
    speech = Speech("en")
    chart = (
        draw_changepoint(PERIODS, line=LINE, building="House", kind="3PH", speech=speech)
        if form == "changepoint"
        else draw_designed(FIGURES, building="House", speech=speech)
    )

    assert "<svg" in render.vegalite_to_svg(chart.spec)
