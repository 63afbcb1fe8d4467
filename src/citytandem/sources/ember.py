"""How many grams of CO2e does a kilowatt-hour of a country's electricity carry, year by year?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from citytandem.sources.reading import Reading, keep_columns, read_text_table, shape
from citytandem.sources.validate import cast_numbers
from citytandem.tables import Factor

if TYPE_CHECKING:
    from collections.abc import Mapping

SOURCE = "ember"
_VALUE = "Carbon intensity of electricity per kWh"


def read(raw: bytes, *, countries: Mapping[str, str], where: str = "ember_owid") -> Reading:
    """Read g/kWh by country and year; ``countries`` maps ISO 3166-1 alpha-3 to alpha-2 codes.

    Technologies are weighted by their life cycle, so the factors are of the life-cycle view.
    """
    frame, findings = read_text_table(raw, where=where)
    frame, missing = keep_columns(frame, ["Code", "Year", _VALUE], where=where)
    frame, wrong = cast_numbers(frame, ["Year", _VALUE], where=where)
    known = frame.filter(pl.col("Code").is_in(list(countries)) & pl.col(_VALUE).is_not_null()).with_columns(
        pl.col("Code").replace_strict(dict(countries)).alias("country"),
        pl.col("Year").cast(pl.Int16).alias("year"),
        # g/kWh and kg/MWh are the same number
        pl.col(_VALUE).alias("kg_per_mwh"),
    )
    factor = shape(
        known, Factor, carrier="electricity", region="national", view="life_cycle", source=SOURCE, gwp="unknown", mark="S"
    )
    return Reading(tables={"factor": factor}, findings=[*findings, *missing, *wrong])
