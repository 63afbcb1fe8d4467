"""Charts say in their tables what they show, in words anyone can hear, and never put cities in an order of merit."""

import json

import polars as pl
import pytest

from citytandem.charts import assessment, bridge, measures, profile, scope, sectors, strips, waterfall
from citytandem.charts import map as maps
from citytandem.charts.chart import Chart
from citytandem.charts.palette import SECTORS as COLORS
from citytandem.science.assessment.score import score
from citytandem.tables.balance import SECTORS
from citytandem.words import LANGUAGES, Speech
from tests import invented_city as invented
from tests.science.frameworks import answers, invent_framework

CITY = "Musterstadt"
START = 4.9


def draw_waterfall(speech: Speech) -> Chart:
    return waterfall.draw_waterfall(
        invented.invent_drivers().filter(pl.col("kind") == "spatial"),
        effect="effect_t_per_head",
        start=START,
        start_name="Peers",
        end_name=CITY,
        unit=speech.label("unit.t_per_head"),
        title=speech.sentence("chart.waterfall.peers", city=CITY),
        speech=speech,
    )


ASSESSED = score(invent_framework(), answers({"a1": 1, "a2": 3, "b1": 2}), draws=10, seed=1)

DRAWN = {
    "sectors": lambda speech: sectors.draw_sectors(
        invented.invent_lines(), city=CITY, per_head=True, speech=speech, breaks=[2017]
    ),
    "strips": lambda speech: strips.draw_strips(invented.invent_position(), invented.invent_strip(), city=CITY, speech=speech),
    "waterfall": draw_waterfall,
    "bridge": lambda speech: bridge.draw_bridge(invented.invent_bridge(), city=CITY, speech=speech, methods={"bisko": "BISKO"}),
    "scope": lambda speech: scope.draw_scope(invented.invent_split(), city=CITY, speech=speech),
    "profile": lambda speech: profile.draw_profile(invented.invent_profile(), city=CITY, speech=speech),
    "measures": lambda speech: measures.draw_measures(invented.invent_advice(), city=CITY, titles=invented.TITLES, speech=speech),
    "axes": lambda speech: measures.draw_axes(invented.invent_advice(), city=CITY, titles=invented.TITLES, speech=speech),
    "assessment": lambda speech: assessment.draw_assessment(
        ASSESSED, framework=invent_framework(), subject="X", called=CITY, speech=speech
    ),
    "map": lambda speech: maps.draw_map(invented.invent_places(), city=CITY, speech=speech),
}


@pytest.fixture(params=DRAWN)
def chart(request):
    return DRAWN[request.param](Speech("en"))


def find_values(chart: Chart, key: str) -> list[object]:
    """All values of a field anywhere in the data of a chart."""

    def walk(node):
        if isinstance(node, dict):
            for name, inner in node.items():
                if name == "values" and isinstance(inner, list):
                    yield from (row[key] for row in inner if isinstance(row, dict) and key in row)
                elif not (isinstance(inner, dict) and inner.get("type") == "Topology"):
                    yield from walk(inner)
        elif isinstance(node, list):
            for inner in node:
                yield from walk(inner)

    return list(walk(chart.spec))


def test_every_chart_has_a_title_words_for_those_who_cannot_see_it_and_a_table(chart):
    assert chart.title
    assert len(chart.description) > 60
    assert chart.spec["description"] == chart.description
    assert chart.twin.rows.height > 0


def test_every_number_in_a_table_has_a_unit_or_is_a_count_or_a_year(chart):
    for column in chart.twin.columns:
        if column.digits is not None and column.name != "measures":
            assert column.unit, column


def test_no_chart_speaks_of_a_place_in_an_order(chart):
    said = json.dumps({name: inner for name, inner in chart.spec.items() if name != "data"}, ensure_ascii=False).lower()

    assert "rank" not in said
    assert "league" not in said


def test_every_chart_can_be_written_as_json_without_invalid_numbers(chart):
    assert json.loads(json.dumps(chart.spec, allow_nan=False))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chart_is_drawn_in_every_language(language):
    drawn = [draw(Speech(language)) for draw in DRAWN.values()]

    assert all(chart.twin.cells(Speech(language)) for chart in drawn)


def test_axes_write_numbers_as_the_text_does():
    spec = DRAWN["sectors"](Speech("de")).spec

    assert spec["config"]["locale"]["number"]["decimal"] == ","


def test_bars_and_table_hold_the_same_emissions():
    chart = DRAWN["sectors"](Speech("en"))
    shown = sum(find_values(chart, "value"))

    assert chart.twin.rows["sum"].sum() == pytest.approx(shown)


def test_a_year_without_a_balance_keeps_its_place_and_stays_empty():
    chart = DRAWN["sectors"](Speech("en"))
    domain = chart.spec["layer"][0]["encoding"]["x"]["scale"]["domain"]

    assert 2014 in domain
    assert 2014 not in chart.twin.rows["year"]


def test_unknown_emissions_are_left_out_and_never_drawn_as_zero():
    lines = invented.invent_lines().with_columns(
        pl.when(pl.col("sector") == "rail").then(None).otherwise(pl.col("emissions_t")).alias("emissions_t")
    )
    chart = sectors.draw_sectors(lines, city=CITY, per_head=True, speech=Speech("en"))

    assert "rail" not in chart.twin.rows.columns


def test_a_refused_outcome_has_no_strip():
    chart = DRAWN["strips"](Speech("en"))

    assert "Industry" not in chart.twin.rows["name"]


def test_strips_keep_the_order_they_are_given_and_never_sort_by_value():
    chart = DRAWN["strips"](Speech("en"))

    assert chart.twin.rows["name"].to_list() == ["Households", "Buildings", "Transport", "Core without industry"]


def test_peers_are_listed_by_name_and_those_without_a_value_are_left_out():
    names = {peer: f"Ort {chr(ord('Z') - place)}" for place, peer in enumerate(invented.PEERS)}
    position, strip = invented.invent_position(), invented.invent_strip()
    chart = strips.draw_strips(position, strip, city=CITY, speech=Speech("en"), names=names)
    listed = chart.more[0].rows["name"].to_list()

    assert listed == sorted(listed)
    assert names[invented.PEERS[3]] not in listed


def test_every_dot_of_a_strip_stands_in_a_table():
    chart = DRAWN["strips"](Speech("en"))
    dots = [dot["value"] for dot in chart.spec["layer"][-1]["data"]["values"] if dot["kind"] == "Peers"]
    table = chart.more[0].rows.drop("peer", "name")

    assert len(dots) == 32
    assert sorted(value for column in table for value in column) == pytest.approx(sorted(dots))


def test_a_waterfall_ends_where_its_effects_add_up_to():
    chart = DRAWN["waterfall"](Speech("en"))
    rows = chart.twin.rows
    effects = invented.invent_drivers().filter(pl.col("kind") == "spatial")["effect_t_per_head"].sum()

    assert rows["to"][-1] == pytest.approx(START + effects)
    assert rows["effect"].sum() == pytest.approx(effects)


def test_each_bar_of_a_waterfall_begins_where_the_one_before_ends():
    rows = DRAWN["waterfall"](Speech("en")).twin.rows

    assert rows["from"][1:-1].to_list() == pytest.approx(rows["to"][:-2].to_list())


def test_a_bridge_leads_from_its_start_to_its_end_to_the_tonne():
    found = invented.invent_bridge()
    rows = DRAWN["bridge"](Speech("en")).twin.rows

    assert rows["after_t"][0] == found.from_t
    assert rows["after_t"][-1] == rows["after_t"][-2] == found.to_t
    assert rows["change_t"].sum() == pytest.approx(found.to_t - found.from_t)


def test_each_bar_of_a_bridge_begins_where_the_one_before_ends():
    rows = DRAWN["bridge"](Speech("en")).spec["layer"][-1]["data"]["values"]

    assert [row["from"] for row in rows[1:-1]] == pytest.approx([row["to"] for row in rows[:-2]])


def test_a_step_without_a_size_has_a_row_and_words_but_no_bar():
    layers = DRAWN["bridge"](Speech("en")).spec["layer"]
    words = [row["text"] for row in layers[-1]["data"]["values"]]

    assert "cannot be sized" in words
    assert {row["kind"] for row in layers[1]["data"]["values"]} == {"named", "unexplained"}
    assert [row["kind"] for row in layers[0]["data"]["values"]] == ["bounded"]


def test_a_step_of_zero_stands_in_the_table_alone():
    chart = DRAWN["bridge"](Speech("en"))
    drawn = [row["label"] for row in chart.spec["layer"][-1]["data"]["values"]]

    assert "Area counted" in chart.twin.rows["step"]
    assert "Area counted" not in drawn


def test_every_bar_interval_and_figure_of_a_bridge_has_room_on_the_axis():
    layers = DRAWN["bridge"](Speech("en")).spec["layer"]
    low, high = layers[-1]["encoding"]["x"]["scale"]["domain"]
    values = [
        row[name] for row in layers[-1]["data"]["values"] for name in ("from", "to", "low", "high") if row[name] is not None
    ]

    assert low < min(values)
    assert high > max(values)


def test_the_parts_of_the_scope_add_up_to_the_whole():
    rows = DRAWN["scope"](Speech("en")).twin.rows
    parts = list(scope.PARTS)
    whole = sum(rows.select(parts).row(0))

    assert whole == pytest.approx(invented.invent_split()["emissions_t"].sum() / 1000)
    assert sum(sum(row) for row in rows.select(parts).rows()[1:]) == pytest.approx(whole)


def test_what_is_not_known_widens_a_profile_from_nothing_to_everything():
    rows = DRAWN["profile"](Speech("en")).twin.rows
    unknown = rows.filter(pl.col("name") == "Industry and structural change").row(0, named=True)

    assert (unknown["stage"], unknown["low"], unknown["high"]) == (None, 0.0, 4.0)


def test_a_profile_has_at_most_eight_axes():
    many = pl.concat([invented.invent_profile(), invented.invent_profile().with_columns(pl.col("field") + "_again")])

    assert profile.draw_profile(many, city=CITY, speech=Speech("en")).twin.rows.height == 8


def test_a_measure_without_a_number_is_in_the_list_but_not_in_the_picture():
    assert "G01" not in " ".join(DRAWN["measures"](Speech("en")).twin.rows["tag"])
    assert "G01" in " ".join(DRAWN["axes"](Speech("en")).twin.rows["tag"])


def test_measures_that_are_no_evidence_carry_their_mark():
    tags = set(DRAWN["measures"](Speech("en")).twin.rows["tag"])

    assert {"E03", "B01 P", "B07 K"} <= tags


def test_effects_stay_intervals_and_no_middle_is_invented():
    chart = DRAWN["measures"](Speech("en"))
    advice = invented.invent_advice().filter(pl.col("remaining_high_t").is_not_null())

    assert sorted(find_values(chart, "low_kt")[: advice.height]) == pytest.approx(sorted(advice["remaining_low_t"] / 1000))
    assert chart.spec["layer"][0]["mark"]["type"] == "rule"


@pytest.mark.parametrize("longitudes", [[8.7, 139.7], [139.7, -93.3], [170.0, -175.0, 178.0], [8.7], [12.5, 8.6, 7.6]])
def test_every_place_lies_inside_the_window_of_the_map(longitudes):
    places = pl.DataFrame(
        {"name": [str(x) for x in longitudes], "longitude": longitudes, "latitude": [45.0 + n for n in range(len(longitudes))]}
    )
    frame = maps.frame_projection(places)
    spots = [maps.locate(x, y, frame=frame) for x, y in places.select("longitude", "latitude").iter_rows()]

    assert all(0 < x < maps.WIDTH and 0 < y < maps.HEIGHT for x, y in spots)


def test_every_sector_has_a_colour_and_a_name():
    missing = [sector for sector in SECTORS if sector not in COLORS]

    assert missing == []
    assert all(Speech("en").label(f"sector.{sector}") for sector in SECTORS)
