"""Small tables of our own that the build leans on: sources, national codes, countries."""

from __future__ import annotations

import io
from importlib.resources import files

import polars as pl


def read_facts(name: str) -> pl.DataFrame:
    """Read one committed facts table, every cell as text."""
    raw = files("citytandem.facts").joinpath(f"{name}.csv").read_bytes()
    return pl.read_csv(io.BytesIO(raw), infer_schema=False)


def alpha2_by_alpha3() -> dict[str, str]:
    """ISO 3166-1 alpha-2 code for each alpha-3 code."""
    return dict(read_facts("countries").select("iso3", "country").drop_nulls().iter_rows())


def country_by_name() -> dict[str, str]:
    """ISO 3166-1 alpha-2 code for each English country name, with the spellings our sources use."""
    names = dict(read_facts("countries").select("name", "country").drop_nulls().iter_rows())
    spellings = {"USA": "US", "UK": "GB", "United States of America": "US", "People's Republic of China": "CN",
                 "Czech Republic": "CZ", "Republic of Ireland": "IE", "Kingdom of the Netherlands": "NL",
                 "Kingdom of Denmark": "DK", "Turkey": "TR", "Ivory Coast": "CI", "North Macedonia": "MK",
                 "Republic of Macedonia": "MK", "South Korea": "KR", "Vietnam": "VN", "Russia": "RU",
                 "State of Palestine": "PS", "Palestine": "PS", "Taiwan": "TW", "The Gambia": "GM", "Moldova": "MD",
                 "Republic of Moldova": "MD", "Bosnia-Herzegovina": "BA", "Netherlands": "NL"}  # fmt: skip
    return names | spellings


def us_state_by_name() -> dict[str, str]:
    """Code of each state of the United States by its name."""
    return dict(read_facts("us_states").select("name", "state").iter_rows())


def raw_files() -> dict[str, str]:
    """The raw file behind each source, relative to the folder of raw sets."""
    return dict(read_facts("release_sources").select("source", "raw").drop_nulls().iter_rows())
