"""Which population and area does Wikidata give a city, and under which codes?"""

from __future__ import annotations

import polars as pl

from citytandem.sources.reading import Reading, keep_columns, read_text_table
from citytandem.sources.validate import cast_numbers

SOURCE = "wikidata"


def read(*, population: bytes, area: bytes) -> Reading:
    """Read people and km2 by item and UN/LOCODE; tables ``people`` and ``area``."""
    people, findings = read_text_table(population, where="wikidata_city_population")
    people, missing = keep_columns(people, ["item", "locode", "population", "populationYear"], where="wikidata population")
    people, wrong = cast_numbers(people, ["population", "populationYear"], where="wikidata_city_population")
    extent, problems = read_text_table(area, where="wikidata_city_area")
    extent, lost = keep_columns(extent, ["city", "locode", "area"], where="wikidata area")
    extent, odd = cast_numbers(extent, ["area"], where="wikidata_city_area")
    item = pl.col("item").str.split("/").list.last().alias("item")
    tables = {
        "people": people.select(item, "locode", people="population", year="populationYear").filter(
            pl.col("year").is_between(1950, 2030) & (pl.col("people") > 0)
        ),
        "area": extent.rename({"city": "item"}).select(item, "locode", km2="area").drop_nulls("km2"),
    }
    return Reading(tables=tables, findings=[*findings, *missing, *wrong, *problems, *lost, *odd])
