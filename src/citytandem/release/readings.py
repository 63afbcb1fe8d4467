"""Run every reader over its raw files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from citytandem.release.cities import german_ids
from citytandem.release.facts import alpha2_by_alpha3, country_by_name, us_state_by_name
from citytandem.sources import (
    city_measures,
    climate_city_contract,
    denmark,
    ember,
    geonames,
    japan,
    karlsruhe,
    klimawatch,
    leipzig,
    metropolitan_council,
    muenster,
    nangini,
    national,
    net_zero_tracker,
    twin_towns,
    undata,
    wikidata,
)

if TYPE_CHECKING:
    from citytandem.release.raw import RawFolder
    from citytandem.sources.reading import Reading

POPULATION_SOURCE = {
    "denmark": "energistyrelsen",
    "metropolitan_council": "metropolitan-council",
    "karlsruhe": "karlsruhe-ksk",
    "klimawatch": "klimawatch",
    "nangini": "nangini",
}
_DETAIL = "de-karlsruhe-muenster-detail"


def read_all(raw: RawFolder) -> dict[str, Reading]:
    """Read every set that may be shipped, by the name of its reader."""
    readings = {
        "geonames": geonames.read(raw.read("city-context-geonames-climate/cities15000_context.csv.gz")),
        "japan": japan.read(raw.read("jp-municipal-co2/jp_municipal_co2_1990_2019.csv.gz")),
        "denmark": denmark.read(
            raw.read("dk-municipal-ghg/klimaregnskab_by_kommune_2018_2023.json"),
            centres=raw.read("dk-municipal-ghg/kommuner.csv"),
        ),
        "metropolitan_council": metropolitan_council.read(
            raw.read("us-twin-cities-municipal-ghg/ctu_emissions_2005_2023.csv.gz")
        ),
        "ember": ember.read(
            raw.read("emission-factors/ember_owid_carbon_intensity_electricity_2000_2025.csv"), countries=alpha2_by_alpha3()
        ),
        "national": national.read(
            population=raw.read("national-context/un_wpp2022_population_by_country.csv.gz"),
            co2=raw.read("national-context/gcb2022_fossil_co2_by_country.csv.gz"),
            land=raw.read("national-context/worldbank_land_area.csv"),
        ),
    }
    return readings | _german(raw) | _world(raw)


def _world(raw: RawFolder) -> dict[str, Reading]:
    names = country_by_name()
    return {
        "nangini_rows": nangini.read_places(raw.read("nangini-343-cities/D_FINAL.csv"), countries=names),
        "net_zero_tracker": net_zero_tracker.read_places(
            raw.read("net-zero-tracker-cities/net_zero_tracker_cities_regions_2022-12-20.csv.gz"), countries=alpha2_by_alpha3()
        ),
        "muenster_measures": city_measures.read_muenster(raw.read("de-city-measures/muenster_sachstand.csv")),
        "karlsruhe_measures": city_measures.read_karlsruhe(raw.read("de-city-measures/karlsruhe_massnahmen_kennzahlen.csv")),
        "undata": undata.read(raw.read("city-identifiers/undata_city_population.csv.gz")),
        "wikidata": wikidata.read(
            population=raw.read("city-identifiers/wikidata_city_population.csv.gz"),
            area=raw.read("city-identifiers/wikidata_city_area.csv.gz"),
        ),
        "twins_wikidata": twin_towns.read_wikidata(
            [raw.read(f"twin-towns-eu-wikidata/{name}.tsv.gz") for name in ("sistercities_eu", "germany")], countries=names
        ),
        "twins_wikipedia": twin_towns.read_wikipedia(
            raw.read("twin-towns-world-wikipedia/twin_towns_world.csv.gz"), countries=names, states=us_state_by_name()
        ),
    }


def _german(raw: RawFolder) -> dict[str, Reading]:
    ids = german_ids()
    detail = {
        name: raw.read(f"{_DETAIL}/muenster_{file}.csv")
        for name, file in {
            "tonnen": "co2-emissionen-tonnen",
            "anwendungen": "co2-emissionen-anwendungen",
            "sektoren": "co2-emissionen-sektoren",
            "endenergie": "endenergie",
        }.items()
    }
    series = klimawatch.read(raw.read_all("de-klimawatch-cities", ending=".csv"), codes=ids)
    people = series.tables["population"].filter(pl.col("city") == ids["Leipzig"])
    return {
        "karlsruhe": karlsruhe.read(raw.read(f"{_DETAIL}/karlsruhe_ksk_kennzahlen_2010_2023.csv"), city=ids["Karlsruhe"]),
        "muenster": muenster.read(detail, city=ids["Münster"]),
        "leipzig": leipzig.read(
            raw.read(f"{_DETAIL}/leipzig_greenhouse-gas-emissions-leipzig.json"),
            city=ids["Leipzig"],
            population={int(year): value for year, value in people.select("year", "value").iter_rows()},
        ),
        "climate_city_contract": climate_city_contract.read(raw.read("de-ccc-inventory-tables/ccc_tables_long.csv"), codes=ids),
        "klimawatch": series,
    }
