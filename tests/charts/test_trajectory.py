"""Do small multiples of two regions show what is published, and say the same as a table?"""

import pytest

from citytandem.atlas import load
from citytandem.charts.trajectory import draw_trajectory
from citytandem.transition import find_region, name_regions, read_regions
from citytandem.verbs import analogues
from citytandem.words import LANGUAGES, Speech


@pytest.fixture(scope="module")
def found():
    return analogues(load(), region="Shanxi", window="2000-2022")


def draw(found, language="en"):
    others = found.analogues["region"].to_list()[:2] or ["DEA5", "DEA1"]
    names = name_regions(read_regions(), language=language)
    return draw_trajectory(found.trajectories, region=found.region, others=others, names=names, speech=Speech(language))


def panels(chart):
    return [panel for row in chart.spec["vconcat"] for panel in row["hconcat"]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_trajectory_is_drawn_in_every_language(found, language):
    chart = draw(found, language)

    assert chart.title
    assert len(panels(chart)) >= 2
    assert all(panel["data"]["values"] for panel in panels(chart))


def test_every_dot_stands_in_the_table_with_its_source(found):
    chart = draw(found)
    dots = [value["of_peak"] for panel in panels(chart) for value in panel["data"]["values"]]

    assert sorted(dots) == sorted(chart.twin.rows["of_peak"].to_list())
    assert max(dots) == pytest.approx(100)
    assert chart.twin.rows["source"].null_count() == 0


def test_the_picture_can_be_made(found):
    vl_convert = pytest.importorskip("vl_convert", reason="the extra `report` is not installed")

    assert vl_convert.vegalite_to_svg(draw(found).spec).startswith("<svg")


def test_regions_are_found_in_the_words_of_their_people():
    known = read_regions()

    assert {find_region(known, name) for name in ("Ruhrgebiet", "鲁尔区", "ruhr", "Ruhrområdet")} == {"ruhr"}
    assert find_region(known, "河北") == "CN-130000"
