"""Programs get the same pilot buildings as the terminal: figures with marks and sources, gaps as gaps."""

import json

import pytest
from django.core.cache import cache

from citytandem import buildings
from citytandem.cli.run import run

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
ROOT = "/api/v1"


@pytest.fixture(autouse=True)
def _no_limit(settings):
    settings.API_REQUESTS_PER_MINUTE = 10**6
    cache.clear()


def ask(client, address):
    return json.loads(client.get(f"{ROOT}/{address}").content)


@pytest.mark.parametrize(
    ("command", "address"),
    [
        (["list"], "buildings"),
        (["list", "--zone", "cold"], "buildings?zone=cold"),
        (["list", "--use", "hotel"], "buildings?use=hotel"),
        (["show", "xingfubao-urumqi"], "buildings/xingfubao-urumqi"),
        (["compare", "xingfubao-urumqi"], "buildings/xingfubao-urumqi/comparison"),
    ],
)
def test_terminal_and_interface_say_the_same_of_buildings(client, capsys, command, address):
    run(["buildings", *command, "--lang", "en", "--json"])
    terminal = json.loads(capsys.readouterr().out)
    told = ask(client, address)
    shared = {name: told["answer"][name] for name in terminal["answer"]}

    assert [told["status"], told["findings"]] == [terminal["status"], terminal["findings"]]
    assert shared == terminal["answer"]
    assert set(told["answer"]) - set(shared) <= {"provenance", "total", "limit", "offset", "owners"}


def test_an_unknown_building_is_refused_in_the_same_words(client, capsys):
    run(["buildings", "show", "castle", "--lang", "en", "--json"])
    terminal = json.loads(capsys.readouterr().out)
    response = client.get(f"{ROOT}/buildings/castle")

    assert response.status_code == 404
    assert response.json() == terminal


def test_buildings_are_in_the_order_of_their_names(client):
    rows = ask(client, "buildings?limit=1000")["answer"]["buildings"]

    assert len(rows) >= 12
    assert [row["building"] for row in rows] == buildings.list_buildings().buildings["building"].to_list()
    assert [row["name"] for row in rows] == sorted(row["name"] for row in rows)


def test_every_figure_has_a_unit_a_convention_a_mark_and_a_source(client):
    answer = ask(client, "buildings?limit=1000")["answer"]
    sources = {row["source"] for row in answer["source"]}

    assert answer["values"]
    for row in answer["values"]:
        assert row["unit"]
        assert row["convention"]
        assert row["mark"] in "SKP"
        assert row["source"] in sources
    assert {row["source"] for row in answer["buildings"]} <= sources


def test_a_page_of_buildings_brings_the_figures_of_its_own_buildings_only(client):
    answer = ask(client, "buildings?limit=3")["answer"]
    shown = {row["building"] for row in answer["buildings"]}

    assert len(shown) == 3
    assert {row["building"] for row in answer["values"]} <= shown


def test_what_nobody_has_published_is_no_number(client):
    told = ask(client, "buildings/xingfubao-urumqi/comparison")

    assert told["status"] == "partial"
    assert [told["answer"][name] for name in ("designed", "measured", "reference", "low", "high")] == [None] * 5
    assert told["findings"][0]["code"] == "building_without_meters"


def test_zones_tell_their_bounds_with_mark_and_source(client):
    rows = ask(client, "climate-zones")["answer"]["climate_zones"]

    assert {row["part_of"] for row in rows} <= {row["zone"] for row in rows}
    assert all(row["mark"] in "SKP" and row["source"] for row in rows)


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("buildings/castle", 404, "building_unknown"),
        ("buildings/castle/comparison", 404, "building_unknown"),
        ("buildings?zone=moon", 422, "unknown_choice"),
        ("buildings?use=castle", 422, "unknown_choice"),
        ("buildings?sort=heating_demand", 422, "unknown_choice"),
        ("buildings?limit=0", 422, "api_parameter_invalid"),
        ("climate-zones?limit=5000", 422, "api_parameter_invalid"),
        ("buildings/xingfubao-urumqi/comparison?meters=/etc/passwd", 422, "unknown_choice"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_its_reason(client, address, status, code):
    response = client.get(f"{ROOT}/{address}")
    told = response.json()

    assert response.status_code == status
    assert [told["status"], told["answer"]] == ["refused", None]
    assert told["findings"][0]["code"] == code


def test_who_asks_for_buildings_too_often_is_told_when_to_go_on(client, settings):
    settings.API_REQUESTS_PER_MINUTE = 2
    answers = [client.get(f"{ROOT}/buildings?limit=1") for _ in range(4)]

    assert [answer.status_code for answer in answers] == [200, 200, 429, 429]
    assert int(answers[-1]["Retry-After"]) >= 1
