"""How many people lived in a city, by year? Reads the city population table of the UN Statistics Division."""

from __future__ import annotations

import polars as pl

from citytandem.sources.reading import Reading, keep_columns, read_text_table
from citytandem.sources.validate import cast_numbers

SOURCE = "un-cities"
_COLUMNS = ("Country or Area", "Year", "Area", "Sex", "City", "City type", "Source Year", "Value")


def read(raw: bytes, *, where: str = "undata_city_population") -> Reading:
    """Read country, city, year and people of cities proper; the newest revision of a year wins.

    The footnotes below the table have no city and fall away.
    """
    frame, findings = read_text_table(raw, where=where)
    frame, missing = keep_columns(frame, _COLUMNS, where=where)
    rows = frame.filter(
        (pl.col("Area") == "Total") & (pl.col("Sex") == "Both Sexes") & (pl.col("City type") == "City proper")
        & pl.col("City").is_not_null()
    )  # fmt: skip
    rows, wrong = cast_numbers(rows, ["Year", "Value", "Source Year"], where=where)
    rows = rows.drop_nulls(["Year", "Value"]).sort("Source Year", descending=True, nulls_last=True, maintain_order=True)
    newest = rows.unique(["Country or Area", "City", "Year"], keep="first", maintain_order=True)
    plain = pl.col("City").str.replace(r"\s*\(.*\)", "").str.strip_chars()
    people = newest.select(
        country_name="Country or Area", name=plain, year=pl.col("Year").cast(pl.Int16), people=pl.col("Value")
    )
    return Reading(tables={"row": people.filter(pl.col("people") > 0)}, findings=[*findings, *missing, *wrong])
