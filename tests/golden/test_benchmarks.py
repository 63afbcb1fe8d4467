"""Do five named cities still get the same answer from the reference release? `just golden` writes the answers anew."""

import json
import os
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from citytandem.atlas import load
from citytandem.readiness import prepare_all
from citytandem.science.benchmark.answer import answer
from citytandem.science.benchmark.validate import back_test, negative_control

STORED = Path(__file__).parent / "benchmarks.json"
CITIES = {
    "Heidelberg": ("DE-08221000", 2019),
    "Münster": ("DE-05515000", 2021),
    "Yokohama": ("JP-14100", 2019),
    "København": ("DK-0101", 2023),
    "Minneapolis": ("US-2743000", 2022),
}


@cache
def prepared():
    return prepare_all(load())


@cache
def asked(name):
    city, year = CITIES[name]
    return answer(prepared(), city=city, year=year)


def key_numbers(name):
    """What a reader remembers of an answer, rounded so that engines and platforms agree."""
    found = asked(name)
    numbers = ("value", "low", "high", "median", "gap_low", "gap_high", "expected")
    position = found.position.select("outcome", *numbers, "n_peers", "verdict").with_columns(pl.col(numbers).round(3))
    return {
        "year": found.year,
        "main_outcome": found.main_outcome,
        "peers": found.peers.peer["peer"].to_list(),
        "position": {row.pop("outcome"): row for row in position.to_dicts()},
        "trend": {row["outcome"]: round(row["slope_per_year"], 4) for row in found.trend.drop_nulls("slope_per_year").to_dicts()},
        "findings": sorted({str(one.code) for one in found.findings}),
    }


@pytest.mark.parametrize("name", CITIES)
def test_a_named_city_gets_the_stored_answer(name):
    stored = json.loads(STORED.read_text(encoding="utf-8")) if STORED.exists() else {}
    found = json.loads(json.dumps(key_numbers(name)))
    if os.environ.get("CITYTANDEM_GOLDEN") == "write":
        stored[name] = found
        STORED.write_text(json.dumps(stored, indent=1, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")

    assert found == stored[name]


@pytest.mark.parametrize("name", CITIES)
def test_the_differences_of_a_named_city_close(name):
    found = asked(name)
    main = found.series.filter(pl.col("outcome") == found.main_outcome)
    temporal = found.drivers.filter(kind="temporal", level="sector")
    if temporal.is_empty():
        assert main.height < 2 or main["method"].n_unique() > 1
        return
    base = main.filter(pl.col("balance") == temporal["reference"][0])["emissions_t"].item()
    own = main.sort("year")["emissions_t"][-1]

    assert temporal["effect_t"].sum() == pytest.approx(own - base, abs=1e-9 * max(own, base))


def test_a_german_city_has_peers_in_three_countries():
    assert asked("Heidelberg").peers.peer["country"].n_unique() >= 3


def test_karlsruhe_is_explained_by_use_carriers_and_factors():
    found = answer(prepared(), city="DE-08212000", year=2022, base_year=2010)
    deep = found.drivers.filter((pl.col("kind") == "temporal") & (pl.col("level") != "sector"))

    assert {"population", "energy_per_head", "emission_factor"} <= set(deep["factor"])
    assert deep["reference"].unique().to_list() == ["DE-08212000.2010.karlsruhe-ksk"]


def test_with_emissions_shuffled_among_cities_structure_explains_nothing():
    control = negative_control(prepared(), year=2019, seed=11, draws=5)

    assert (control["shuffled_most"] < 0.05).all()
    assert (control["shuffled_mean"] < 0.01).all()


def test_the_back_test_covers_three_country_families():
    found = back_test(prepared(), year=2019, seed=11)

    assert set(found["country"]) >= {"DK", "JP", "US"}
    assert found["explained"].is_finite().all() and (found["explained"] <= 1).all()


def test_real_peers_do_not_depend_on_real_emissions():
    release = load()
    shaken = release.line.with_columns(pl.col("emissions_t").reverse())
    facts = release.facts
    from citytandem.science.benchmark.prepare import prepare

    other = prepare(
        city=release.city,
        structure=release.structure,
        balance=release.balance.filter(pl.col("year") >= 2016),
        line=shaken,
        variable=facts.variable,
        profile=facts.profile,
        anchor=facts.anchor,
        quality=facts.quality,
    )
    city, year = CITIES["Yokohama"]

    assert answer(other, city=city, year=year).peers.peer.equals(asked("Yokohama").peers.peer)
