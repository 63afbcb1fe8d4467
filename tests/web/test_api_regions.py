"""Programs get the same regions, figures and analogues as the terminal, and the same refusals."""

import io
import json

import polars as pl
import pytest
from django.core.cache import cache

from citytandem import transition
from citytandem.cli.run import run
from citytandem.words import LANGUAGES

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
ROOT = "/api/v1"
SHANXI = f"{ROOT}/regions/CN-140000"


@pytest.fixture(autouse=True)
def _no_limit(settings):
    settings.API_REQUESTS_PER_MINUTE = 10**6
    cache.clear()


@pytest.fixture(scope="module")
def known():
    return transition.read_regions()


def ask(client, address):
    return json.loads(client.get(f"{ROOT}/{address}").content)


@pytest.mark.parametrize(
    ("command", "address"),
    [
        (["Shanxi", "--window", "2000-2022"], "regions/Shanxi/analogues?window=2000-2022"),
        (["山西", "--window", "2000-2022", "--k", "2"], "regions/CN-140000/analogues?window=2000-2022&k=2"),
        (
            ["Shanxi", "--window", "1995-2015", "--indicators", "industry,services", "--lag", "20"],
            "regions/Shanxi/analogues?window=1995-2015&indicators=industry,services&lag=20",
        ),
        (
            ["Shanxi", "--window", "1995-2015", "--indicators", "industry,services"],
            "regions/Shanxi/analogues?window=1995-2015&indicators=industry&indicators=services",
        ),
        (["Hebei", "--window", "2000-2022"], "regions/Hebei/analogues?window=2000-2022"),
        (["Nowhere", "--window", "2000-2022"], "regions/Nowhere/analogues?window=2000-2022"),
        (["Shanxi", "--window", "2020-2022"], "regions/Shanxi/analogues?window=2020-2022"),
        (
            ["Shanxi", "--window", "2000-2022", "--indicators", "beauty"],
            "regions/Shanxi/analogues?window=2000-2022&indicators=beauty",
        ),
    ],
)  # fmt: skip
def test_terminal_and_interface_give_the_same_analogues_and_the_same_refusals(client, capsys, command, address):
    run(["analogues", *command, "--lang", "en", "--json"])
    terminal = json.loads(capsys.readouterr().out)

    assert ask(client, address) == terminal


def test_a_refusal_tells_what_comes_nearest_and_the_plain_alternative(client):
    response = client.get(f"{ROOT}/regions/Hebei/analogues?window=2000-2022")
    told = response.json()

    assert response.status_code == 200
    assert told["status"] == "refused"
    assert told["findings"][0]["code"] == "analogue_nothing_fits"
    assert told["answer"]["analogues"] == []
    assert told["answer"]["nearest"]
    assert told["answer"]["peaks"]


def test_analogues_carry_interval_stability_source_and_mark(client):
    answer = ask(client, "regions/CN-140000/analogues?window=2000-2022")["answer"]

    assert answer["provenance"]["seed"] is not None
    for row in answer["analogues"]:
        assert row["low_fit"] <= row["fit"] <= row["high_fit"]
        assert row["low_lag"] <= row["lag"] <= row["high_lag"]
        assert 0 <= row["stability"] <= 1
    assert all(row["source"] for row in answer["trajectories"])
    assert all(row["mark"] in "SKP" and row["source"] for row in answer["cases"] + answer["phases"])


def test_a_region_is_named_in_the_language_asked_for(client):
    named = {language: ask(client, f"regions/CN-140000?lang={language}")["answer"]["name"] for language in LANGUAGES}

    assert named["zh-Hans"] == "山西"
    assert named["en"] == "Shanxi"


@pytest.mark.parametrize("asked", ["ruhr", "Ruhrgebiet", "鲁尔区"])
def test_a_region_is_found_by_a_part_of_its_name_in_any_language(client, asked):
    found = ask(client, f"regions?q={asked}")["answer"]["regions"]

    assert "ruhr" in {row["region"] for row in found}


def test_regions_are_in_the_order_of_the_alphabet_and_none_is_left_out(client, known):
    rows = ask(client, "regions?limit=1000")["answer"]["regions"]

    assert len(rows) == known.tables["region"].height
    assert [row["name"] for row in rows] == sorted(row["name"] for row in rows)


def test_filters_of_regions_keep_what_they_say(client):
    rows = ask(client, "regions?country=cn&kind=province&with_series=true&limit=1000")["answer"]["regions"]

    assert rows
    assert {(row["country"], row["kind"]) for row in rows} == {("CN", "province")}
    assert all(row["series"] > 0 and row["first_year"] <= row["last_year"] for row in rows)


def test_figures_are_told_as_published_with_source_year_and_mark(client, known):
    told = ask(client, "regions/CN-140000/series?limit=1000")["answer"]
    table = known.tables["region_series"].filter(pl.col("region") == "CN-140000")
    keys = ("indicator", "definition", "source", "year")

    assert told["total"] == table.height
    assert all(row["source"] and row["mark"] in "SKP" and row["unit"] for row in told["series"])
    assert {tuple(row[name] for name in keys): row["value"] for row in told["series"]} == {
        tuple(row[name] for name in keys): row["value"] for row in table.cast({pl.Enum: pl.String}).to_dicts()
    }


def test_two_sources_of_one_indicator_stay_two_series(client, known):
    table = known.tables["region_series"].cast({pl.Enum: pl.String})
    twice = table.group_by("region", "indicator").agg(pl.col("source").n_unique()).filter(pl.col("source") > 1).sort("region")
    region, indicator, count = twice.row(0)
    heads = [row for row in ask(client, f"regions/{region}")["answer"]["series"] if row["indicator"] == indicator]

    assert len({row["source"] for row in heads}) == count
    assert sum(row["points"] for row in heads) == table.filter(region=region, indicator=indicator).height


def test_the_whole_of_a_region_names_every_source_it_uses(client):
    answer = ask(client, "regions/ruhr")["answer"]
    used = {row["source"] for name in ("place", "series", "phases", "breaks", "cases") for row in answer[name]}

    assert answer["cases"]
    assert used <= {row["source"] for row in answer["source"]}


def test_series_come_in_pages_and_as_files(client):
    whole = ask(client, "regions/CN-140000/series?limit=1000")["answer"]["series"]
    second = client.get(f"{SHANXI}/series?limit=5&offset=5")
    rows = pl.read_csv(io.BytesIO(client.get(f"{SHANXI}/series?limit=1000&format=csv").content), infer_schema=False)

    assert second.json()["answer"]["series"] == whole[5:10]
    assert 'rel="next"' in second["Link"]
    assert rows["source"].to_list() == [row["source"] for row in whole]


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("regions/Nowhere", 404, "region_unknown"),
        ("regions/Nowhere/series", 404, "region_unknown"),
        ("regions/Nowhere/analogues?window=2000-2022", 404, "region_unknown"),
        ("regions/Shanxi/analogues", 422, "api_parameter_invalid"),
        ("regions/Shanxi/analogues?window=soon", 422, "region_window_invalid"),
        ("regions/Shanxi/analogues?window=2000-2022&k=0", 422, "api_parameter_invalid"),
        ("regions/Shanxi/analogues?window=2000-2022&k=51", 422, "api_parameter_invalid"),
        ("regions/Shanxi/analogues?window=2000-2022&lag=-1", 422, "api_parameter_invalid"),
        ("regions/Shanxi/analogues?window=2000-2022&indicators=beauty", 422, "unknown_choice"),
        ("regions/Shanxi/analogues?window=2000-2022&raw=/etc", 422, "unknown_choice"),
        ("regions/Shanxi/series?indicator=beauty", 422, "unknown_choice"),
        ("regions?kind=planet", 422, "unknown_choice"),
        ("regions?sort=points", 422, "unknown_choice"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_its_reason(client, address, status, code):
    response = client.get(f"{ROOT}/{address}")
    told = response.json()

    assert response.status_code == status
    assert [told["status"], told["answer"]] == ["refused", None]
    assert told["findings"][0]["code"] == code
    assert "{" not in told["findings"][0]["message"]


def test_a_folder_of_the_site_is_read_as_the_terminal_reads_it(client, capsys, settings, raw_data):
    settings.REGIONS_RAW = str(raw_data)
    run(["analogues", "Hebei", "--window", "2000-2022", "--raw", str(raw_data), "--lang", "en", "--json"])
    terminal = json.loads(capsys.readouterr().out)
    shipped = transition.read_regions().tables["region"].height

    assert ask(client, "regions/Hebei/analogues?window=2000-2022") == terminal
    assert ask(client, "regions?limit=1")["answer"]["total"] > shipped


def test_what_was_kept_for_another_folder_is_not_told(client, settings, tmp_path):
    before = client.get(f"{ROOT}/regions?limit=1")
    settings.REGIONS_RAW = str(tmp_path)
    after = client.get(f"{ROOT}/regions?limit=1", headers={"If-None-Match": before["ETag"]})

    assert after.status_code == 200
    assert after.json()["findings"][0]["code"] == "region_files_missing"
    assert after.json()["answer"]["regions"] == before.json()["answer"]["regions"]
