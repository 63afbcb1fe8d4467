"""Which cities have set themselves a target, for when and how firmly? Reads the Net Zero Tracker snapshot."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl

from citytandem.sources.reading import Reading, keep_columns, read_text_table, shape
from citytandem.sources.validate import cast_numbers
from citytandem.tables import Identifier, Membership, Target

if TYPE_CHECKING:
    from collections.abc import Mapping

SOURCE = "net-zero-tracker"
SNAPSHOT_YEAR = 2022
KINDS = {
    "Net zero": "net_zero", "Carbon neutral(ity)": "carbon_neutral", "Climate neutral": "climate_neutral",
    "Zero carbon": "zero_carbon", "GHG neutral(ity)": "ghg_neutral", "Zero emissions": "zero_emissions",
    "Climate positive": "climate_positive", "1.5°C target": "target_1.5_degrees",
    "Emissions reduction target": "emissions_reduction", "Reduction v. BAU": "reduction_against_bau",
    "Emissions intensity target": "emissions_intensity", "Absolute emissions target": "absolute_emissions", "Other": "other",
}  # fmt: skip
_ENDS = ("end", "interim")
_COLUMNS = ["id_code", "name", "country", "actor_type", "race_to_zero_member", "population", "end_target_status"]
_PARTS = ("_target", "_target_year", "_target_percentage_reduction", "_target_baseline_year")
_NUMBERS = ["population"] + [f"{end}{part}" for end in _ENDS for part in _PARTS[1:]]


def read_places(raw: bytes, *, countries: Mapping[str, str], where: str = "net_zero_tracker") -> Reading:
    """Read the rows about cities with plain name, country, state and people; table ``row``."""
    frame, findings = read_text_table(raw, where=where)
    wanted = [*_COLUMNS, *(f"{end}{part}" for end in _ENDS for part in _PARTS)]
    frame, missing = keep_columns(frame, wanted, where=where)
    frame = frame.with_row_index("row", offset=2).filter(pl.col("actor_type") == "City")
    frame, wrong = cast_numbers(frame, _NUMBERS, where=where)
    state = pl.col("name").str.extract(r", ([A-Z]{2})$")
    rows = frame.select("row", *wanted).with_columns(
        pl.col("country").replace_strict(dict(countries), default=None).alias("country"),
        state.alias("state_asked"),
        pl.col("population").alias("people"),
        pl.col("name").map_elements(lambda name: re.split(r", | \(", name)[0].strip(), return_dtype=pl.String).alias("name"),
    )
    return Reading(tables={"row": rows}, findings=[*findings, *missing, *wrong])


def read(rows: pl.DataFrame) -> Reading:
    """Make targets, memberships and identifiers of rows that carry a ``city`` id."""
    known = rows.filter(pl.col("city").is_not_null())
    targets = pl.concat([_targets(known, end) for end in _ENDS]).unique(
        ["city", "kind", "target_year"], keep="first", maintain_order=True
    )
    members = known.filter(pl.col("race_to_zero_member") == "Yes").select("city").unique()
    return Reading(
        tables={
            "target": targets,
            "membership": shape(members, Membership, network="race_to_zero", year=SNAPSHOT_YEAR, source=SOURCE),
            "identifier": shape(
                known.select("city", value="id_code").unique(), Identifier, scheme="net_zero_tracker", source=SOURCE
            ),
        }
    )


def _targets(rows: pl.DataFrame, end: str) -> pl.DataFrame:
    kind = f"{end}_target"
    stated = rows.filter(pl.col(kind).is_in(list(KINDS)) & pl.col(f"{kind}_year").is_between(2000, 2100))
    named = stated.select(
        "city",
        pl.col(kind).replace_strict(KINDS).alias("kind"),
        pl.col(f"{kind}_year").cast(pl.Int16).alias("target_year"),
        pl.col(f"{kind}_baseline_year").alias("baseline_year"),
        (pl.col(f"{kind}_percentage_reduction") / 100).alias("reduction"),
        (pl.col("end_target_status") if end == "end" else pl.lit(None, pl.String)).alias("status"),
    )
    plausible = pl.col("baseline_year").is_between(1970, 2030)
    share = pl.col("reduction").is_between(0, 2)
    named = named.with_columns(
        pl.when(plausible).then(pl.col("baseline_year")).alias("baseline_year"),
        pl.when(share).then(pl.col("reduction")).alias("reduction"),
    )
    return shape(named, Target, source=SOURCE)
