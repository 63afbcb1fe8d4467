"""The pictures of a city's pages: structure, flows, years, electricity, radar. What is drawn stands in the table."""

from itertools import pairwise

import polars as pl
import pytest

from citytandem.charts.chart import Column, Twin
from citytandem.charts.electricity import draw_electricity
from citytandem.charts.flows import draw_flows
from citytandem.charts.radar import draw_radar, place_spoke
from citytandem.charts.structure import draw_structure
from citytandem.charts.trend import draw_trend
from citytandem.words import Speech

CITY = "Beispielstadt"


def tabulate(rows: pl.DataFrame) -> Twin:
    return Twin("A table", tuple(Column(name, name) for name in rows.columns), rows)


def draw_own_structure(speech: Speech):
    rows = pl.DataFrame(
        {
            "variable": ["population", "hdd"], "own_value": [100_000.0, 2_500.0], "p10": [80_000.0, 2_500.0],
            "median": [120_000.0, 2_500.0], "p90": [200_000.0, 2_500.0],
        }
    )  # fmt: skip
    twin = tabulate(pl.DataFrame({"variable_key": ["population", "hdd"], "own": ["100,000", "2,500"]}))
    labels = {"population": "Population (people)", "hdd": "Heating degree days"}
    return draw_structure(rows, labels=labels, twin=twin, city=CITY, speech=speech)


FLOWS = pl.DataFrame(
    {
        "carrier": ["electricity", "electricity", "diesel", "natural_gas"],
        "sector": ["households", "services", "road", "households"],
        "value": [30.0, 20.0, 40.0, 10.0],
    }
)
SERIES = pl.DataFrame(
    {
        "year": [2015, 2016, 2018, 2019], "balance": ["a", "b", "c", "d"], "emissions_t": [4e5] * 4,
        "per_head_t": [5.0, 4.9, 6.0, 5.8], "low": [4.0, None, 5.0, 5.0], "high": [6.0, None, 7.0, 7.0],
        "method": ["one", "one", "two", "two"], "source": ["s"] * 4,
    }
)  # fmt: skip
VIEWS = pl.DataFrame(
    {
        "view": ["reported", "national", "common"], "activity_mwh": [1000.0] * 3, "factor_kg_per_mwh": [None, 400.0, 410.0],
        "emissions_t": [None, 400.0, 410.0], "low_t": [None, 360.0, 410.0], "high_t": [None, 440.0, 410.0],
        "content": [None, "direct", "common"], "year": [None, 2020, 2020], "region": [None, "national", "WORLD"],
        "mark": [None, "S", "P"], "source": ["own", "grid", "ours"],
    }
)  # fmt: skip
FIELDS = pl.DataFrame(
    {
        "field": ["energy", "transport", "waste"], "stage": [3.0, None, 1.0], "low": [1.5, 0.0, 1.0], "high": [3.5, 4.0, 1.0],
    }
)  # fmt: skip
DRAWN = {
    "structure": draw_own_structure,
    "flows": lambda speech: draw_flows(FLOWS, city=CITY, year=2020, unit="GWh", speech=speech),
    "trend": lambda speech: draw_trend(SERIES, city=CITY, outcome="core", methods={"one": "One"}, speech=speech),
    "electricity": lambda speech: draw_electricity(VIEWS, city=CITY, year=2020, chosen="national", speech=speech),
    "radar": lambda speech: draw_radar(FIELDS, twin=tabulate(FIELDS), city=CITY, speech=speech),
}


@pytest.mark.parametrize("language", ["en", "de", "ja", "zh-Hans", "da"])
@pytest.mark.parametrize("name", DRAWN)
def test_a_picture_speaks_every_language_and_has_words_and_a_table(name, language):
    chart = DRAWN[name](Speech(language))

    assert CITY in chart.title
    assert len(chart.description) > 40
    assert chart.twin.cells(Speech(language))


@pytest.mark.parametrize("name", DRAWN)
def test_a_picture_is_drawn(name):
    pytest.importorskip("vl_convert", reason="the addition that draws is not installed")
    from citytandem.charts.render import render_svg

    svg = render_svg(DRAWN[name](Speech("en")))

    assert svg.startswith("<svg")
    assert "NaN" not in svg


def test_every_strip_ends_at_its_outermost_values_and_alike_values_stand_in_the_middle():
    track, band, *_ = DRAWN["structure"](Speech("en")).spec["layer"]
    rows = {row["variable"]: row for row in band["data"]["values"]}

    assert (rows["population"]["p10"], rows["population"]["p90"]) == (0.0, 1.0)
    assert {rows["hdd"][place] for place in ("own", "p10", "median", "p90")} == {0.5}
    assert len(track["data"]["values"]) == 2


def test_the_bands_of_flows_are_as_wide_as_they_are_large_and_do_not_overlap_where_they_leave():
    bands = DRAWN["flows"](Speech("en")).spec["layer"][0]["data"]["values"]
    starts = [row for row in bands if row["x"] == min(row["x"] for row in bands)]
    widths = sorted(round(row["top"] - row["bottom"], 6) for row in starts)

    room = 1.0 - 2 * 0.02
    assert widths == pytest.approx([room * share for share in (0.1, 0.2, 0.3, 0.4)], abs=1e-5)
    ordered = sorted(starts, key=lambda row: -row["top"])
    assert all(upper["bottom"] >= lower["top"] - 1e-9 for upper, lower in pairwise(ordered))


def test_values_of_two_methods_are_never_joined():
    layers = DRAWN["trend"](Speech("en")).spec["layer"]
    line = next(layer for layer in layers if layer["mark"]["type"] == "line")
    breaks = next(layer for layer in layers if layer["mark"].get("strokeDash"))

    assert line["encoding"]["detail"]["field"] == "run"
    assert {row["year"]: row["run"] for row in line["data"]["values"]} == {2015: 0, 2016: 0, 2018: 1, 2019: 1}
    assert [row["at"] for row in breaks["data"]["values"]] == [2017.5]


def test_electricity_that_cannot_be_priced_stands_in_the_table_and_is_not_drawn_as_zero():
    chart = DRAWN["electricity"](Speech("en"))
    bars = chart.spec["layer"][0]["data"]["values"]

    assert [row["view"] for row in bars] == ["national", "common"]
    assert chart.twin.rows["view"].to_list() == ["reported", "national", "common"]
    assert set(chart.twin.rows["activity_mwh"]) == {1000.0}


def test_a_stage_that_is_not_known_has_no_dot_on_its_axis():
    layers = DRAWN["radar"](Speech("en")).spec["layer"]
    dots = next(layer for layer in layers if layer["mark"]["type"] == "point")["data"]["values"]

    assert [(row["x"], row["y"]) for row in dots] == [place_spoke(0, 3, radius=3.0), place_spoke(2, 3, radius=1.0)]
