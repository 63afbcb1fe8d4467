"""Run every reader over its raw files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from citytandem.release.cities import german_ids
from citytandem.release.facts import alpha2_by_alpha3
from citytandem.sources import (
    denmark,
    ember,
    geonames,
    japan,
    karlsruhe,
    klimawatch,
    leipzig,
    metropolitan_council,
    muenster,
    national,
)

if TYPE_CHECKING:
    from citytandem.release.raw import RawFolder
    from citytandem.sources.reading import Reading

POPULATION_SOURCE = {
    "denmark": "energistyrelsen",
    "metropolitan_council": "metropolitan-council",
    "karlsruhe": "karlsruhe-ksk",
    "klimawatch": "klimawatch",
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
    return readings | _german(raw)


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
        "klimawatch": series,
    }
