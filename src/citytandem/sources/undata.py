"""How many people lived in a city, by year? Reads the city population table of the UN Statistics Division."""

from __future__ import annotations

import polars as pl

from citytandem.sources.reading import Reading, Remark, keep_columns, read_text_table
from citytandem.sources.validate import cast_numbers

SOURCE = "un-cities"
SAME_PLACE = 1.2
JUMP = 2.5
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
    rows, homonyms = _without_homonyms(rows, where)
    newest = rows.unique(["Country or Area", "City", "Year"], keep="first", maintain_order=True)
    plain = pl.col("City").str.replace(r"\s*\(.*\)", "").str.strip_chars()
    people = newest.select(
        country_name="Country or Area", name=plain, state_asked=pl.col("City").str.extract(r"\(([A-Z]{2})\)"),
        year=pl.col("Year").cast(pl.Int16), people=pl.col("Value"),
    )  # fmt: skip
    clean, jumps = _without_jumps(people.filter(pl.col("people") > 0), where)
    return Reading(tables={"row": clean}, remarks=[*homonyms, *jumps], findings=[*findings, *missing, *wrong])


def _without_homonyms(rows: pl.DataFrame, where: str) -> tuple[pl.DataFrame, list[Remark]]:
    key = ["Country or Area", "City"]
    per_year = rows.group_by(*key, "Year", "Source Year").agg((pl.col("Value").max() / pl.col("Value").min()).alias("times"))
    twice = per_year.filter(pl.col("times") > SAME_PLACE).select(key).unique().sort(key)
    remarks = [
        Remark(
            code="city_homonym", rule="homonym_in_source_left_out", where=f"{where}: City", source=SOURCE,
            before=f"{city}, {country}",
            reason="One name of one country has two different populations in one year: two cities share it; neither is taken.",
        )
        for country, city in twice.iter_rows()
    ]  # fmt: skip
    return rows.join(twice, on=key, how="anti", maintain_order="left"), remarks


def _without_jumps(people: pl.DataFrame, where: str) -> tuple[pl.DataFrame, list[Remark]]:
    key = ["country_name", "name", "state_asked"]
    ordered = people.sort("year")
    times = pl.col("people") / pl.col("people").median().over(key)
    jump = ~times.is_between(1 / JUMP, JUMP)
    found = ordered.filter(jump).sort([*key, "year"])
    remarks = [
        Remark(
            code="population_jump", rule="population_far_from_its_series_left_out", where=f"{where}: Value", source=SOURCE,
            year=row["year"], before=f"{row['name']}, {row['country_name']}: {row['people']:.0f}",
            reason="The value is more than 2.5 times away from the median of its own series: another area or a placeholder.",
        )
        for row in found.iter_rows(named=True)
    ]  # fmt: skip
    return ordered.filter(~jump), remarks
