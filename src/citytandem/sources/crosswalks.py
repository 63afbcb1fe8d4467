"""What do the words of others mean in ours? Reads the small crosswalk tables beside the facts, each once."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.sources.workbook import heading
from citytandem.tables import Source
from citytandem.units import factor_to

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER = files("citytandem.facts")


@cache
def read_rows(name: str) -> tuple[Mapping[str, str], ...]:
    """Every row of one crosswalk table; each carries its mark and source.

    >>> read_rows("gpc_sectors")[0]["sector"]
    'households'
    """
    text = FOLDER.joinpath(f"{name}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(io.StringIO(text)))


@cache
def lookup(name: str, key: str) -> Mapping[str, Mapping[str, str]]:
    """The rows of a crosswalk by one column, compared without case and double spaces."""
    return {heading(row[key]): row for row in read_rows(name)}


@cache
def read_frame(name: str) -> pl.DataFrame:
    """One crosswalk table as a frame, every cell as text."""
    return pl.DataFrame(list(read_rows(name)), infer_schema_length=None)


@cache
def read_toml(name: str) -> Mapping[str, Any]:
    """One mapping file."""
    return tomllib.loads(FOLDER.joinpath(f"{name}.toml").read_text(encoding="utf-8"))


@cache
def countries() -> Mapping[str, str]:
    """ISO 3166-1 alpha-2 code for each country name in the spellings of our formats, in lower case.

    >>> countries()["the netherlands"], countries()["côte d'ivoire"]
    ('NL', 'CI')
    """
    known = {heading(row["name"]): row["country"] for row in read_rows("countries") if row["name"] and row["country"]}
    return known | {heading(row["name"]): row["country"] for row in read_rows("country_spellings")}


def find_country(name: object) -> str | None:
    """The ISO code of a country given by name or code; None if it is not known."""
    text = heading(name).replace("\u2019", "'")
    if len(text) == 2 and text.upper() in set(countries().values()):
        return text.upper()
    return countries().get(text)


def describe_source(key: str) -> pl.DataFrame:
    """The row of the source table for a publication that comes in at run time, whether the release reads it too or not."""
    known = lookup("import_sources", "source").get(key) or lookup("release_sources", "source")[key]
    row = {name: value for name, value in known.items() if name in Source.column_names()}
    filled = {name: value or None for name, value in row.items()}
    return (
        pl.DataFrame([filled]).with_columns(pl.lit(None, pl.String).alias("sha256")).select(Source.column_names()).cast(pl.String)
    )


def read_unit(word: object) -> tuple[str | None, float | None]:
    """What a unit as written measures, and for energy the factor to MWh; None for a unit that is not known.

    ``mt`` in small letters is answered with ``ambiguous``: it can be metric tonnes or megatonnes.

    >>> read_unit("GWh"), read_unit("animals"), read_unit("mt"), read_unit("furlong")
    (('energy', 1000.0), ('count', None), ('ambiguous', None), (None, None))
    """
    text = str(word).strip()
    if text in {"mt", "mt CO2e", "mtCO2e", "mtco2e"}:
        return "ambiguous", None
    bare = heading(text)
    for ending in ("/year", "/ year", "/a", "/yr", " per year", " / a"):
        bare = bare.removesuffix(ending).strip()
    row = lookup("unit_words", "word").get(bare)
    if row is None:
        return None, None
    return row["quantity"], factor_to("energy", f"{row['unit']} / year") if row["quantity"] == "energy" else None


def read_emission_unit(word: object) -> tuple[str, float | None]:
    """Whether a unit of emissions is ``known``, ``ambiguous`` or ``unknown``, and its factor to tonnes.

    Only words of the table are converted; a foreign word never reaches the parser of units. Upper and lower case
    matter here: Mt is a megatonne, mt and MT can be metric tonnes.

    >>> read_emission_unit("kt CO2e"), read_emission_unit("MT CO2e"), read_emission_unit("9**9**9")
    (('known', 1000.0), ('ambiguous', None), ('unknown', None))
    """
    bare = " ".join(re.sub(r"CO2(-?eq?)?", " ", str(word)[:40], flags=re.IGNORECASE).split())
    if bare in {"mt", "MT"}:
        return "ambiguous", None
    row = next((row for row in read_rows("emission_units") if row["word"] == bare), None)
    return ("known", factor_to("emissions", row["unit"])) if row else ("unknown", None)


def is_higher_heating_value(word: object) -> bool:
    """Is energy in this unit counted by its higher heating value by custom, as a therm is?"""
    row = lookup("unit_words", "word").get(heading(word).removesuffix("/year").strip())
    return row is not None and row["heating_value"] == "higher"


def find_boundary(words: object) -> tuple[str, str]:
    """The kind of area behind the words for a boundary, and the area its structure was measured for.

    >>> find_boundary("A Metropolitan area"), find_boundary("")
    (('urban_area', 'urban_area'), ('unknown', 'municipality'))
    """
    row = lookup("boundary_words", "words").get(heading(words))
    return (row["boundary"], row["basis"]) if row else ("unknown", "municipality")
