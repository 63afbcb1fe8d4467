"""Which cities are twins? Reads the Wikidata lists with coordinates and the Wikipedia lists of names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl

from citytandem.sources.reading import Reading, keep_columns, read_text_table
from citytandem.sources.validate import cast_numbers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from citytandem.findings import Finding

WIKIDATA = "wikidata-twins"
WIKIPEDIA = "wikipedia-twins"
_WIKIDATA_COLUMNS = {
    "origincityLabel": "name", "origincountry": "country_name", "originlat": "latitude", "originlong": "longitude",
    "sistercityLabel": "other_name", "destination_countryLabel": "other_country_name",
    "destinationlat": "other_latitude", "destinationlong": "other_longitude",
}  # fmt: skip
_PLACES = ["latitude", "longitude", "other_latitude", "other_longitude"]


def read_wikidata(files: Sequence[bytes], *, countries: Mapping[str, str], where: str = "sistercities") -> Reading:
    """Read pairs with the names, countries and coordinates of both ends; table ``pair``."""
    findings: list[Finding] = []
    frames = []
    for raw in files:
        frame, problems = read_text_table(raw, where=where, separator="\t")
        frame, missing = keep_columns(frame, list(_WIKIDATA_COLUMNS), where=where)
        frame, wrong = cast_numbers(frame.rename(_WIKIDATA_COLUMNS), _PLACES, where=where)
        findings += [*problems, *missing, *wrong]
        frames.append(frame.select(_WIKIDATA_COLUMNS.values()))
    pairs = pl.concat(frames).unique(maintain_order=True).drop_nulls(["name", "other_name"])
    pairs = pairs.with_columns(pl.lit(None, pl.Boolean).alias("reciprocal"), pl.lit(WIKIDATA).alias("source"))
    return Reading(tables={"pair": _with_countries(pairs, countries)}, findings=findings)


def read_wikipedia(
    raw: bytes, *, countries: Mapping[str, str], states: Mapping[str, str], where: str = "twin_towns_world"
) -> Reading:
    """Read pairs of names; only pairs whose second country is given can be joined. Table ``pair``.

    ``states`` maps names of US states to their codes: a name such as "Columbia, South Carolina" carries its state.
    """
    frame, findings = read_text_table(raw, where=where)
    frame, missing = keep_columns(frame, ["country", "city", "sister", "reciprocal", "sister_country"], where=where)
    us = pl.when(pl.col("sister").str.split(", ").list.last().is_in(list(states))).then(pl.lit("United States"))
    pairs = frame.select(
        "city", "sister", country_name="country",
        other_country_name=pl.coalesce("sister_country", us),
        reciprocal=pl.col("reciprocal") == "True", source=pl.lit(WIKIPEDIA),
    ).drop_nulls(["city", "sister"])  # fmt: skip
    pairs = pairs.with_columns(
        *(_plain(column).alias(name) for column, name in (("city", "name"), ("sister", "other_name"))),
        *(_state(column, states).alias(name) for column, name in (("city", "state_asked"), ("sister", "other_state_asked"))),
    ).drop("city", "sister")
    return Reading(tables={"pair": _with_countries(pairs, countries)}, findings=[*findings, *missing])


def _plain(column: str) -> pl.Expr:
    return pl.col(column).map_elements(lambda name: re.split(r", | \(", name)[0].strip(), return_dtype=pl.String)


def _state(column: str, states: Mapping[str, str]) -> pl.Expr:
    return pl.col(column).str.split(", ").list.last().replace_strict(dict(states), default=None, return_dtype=pl.String)


def _with_countries(pairs: pl.DataFrame, countries: Mapping[str, str]) -> pl.DataFrame:
    known = dict(countries)
    return pairs.with_columns(
        pl.col("country_name").replace_strict(known, default=None, return_dtype=pl.String).alias("country"),
        pl.col("other_country_name").replace_strict(known, default=None, return_dtype=pl.String).alias("other_country"),
    )
