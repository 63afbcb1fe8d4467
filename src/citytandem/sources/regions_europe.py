"""How did Europe's regions change since 1900? Reads the database of Rosés and Wolf: population, GDP, employment shares."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.findings import Code
from citytandem.sources.cells import Page, more_findings
from citytandem.sources.workbook import read_workbook
from citytandem.tables.series import Region, RegionSeries

if TYPE_CHECKING:
    from citytandem.findings import Finding

SOURCE = "roses-and-wolf-database-2018-regional-gdp-population-and-employme"
FILE = "RosesWolf_RegionalGDP.xlsx"
HEADINGS = ("series", "country", "nuts", "region")
TABLES: dict[str, tuple[str, str, str, float]] = {
    "Regional GDP (1990 International Dollars, millions)": ("gdp", "dollars_1990", "million international dollars of 1990", 1.0),
    "Regional GDP (2011 International Dollars, millions)": ("gdp", "dollars_2011", "million international dollars of 2011", 1.0),
    "Population (1000s)": ("population", "as_published", "1000 persons", 1.0),
    "Share of Agriculture in Total Employment": ("employment_share_agriculture", "all_employed", "percent", 100.0),
    "Share of Industry and Mining in Total Employment": ("employment_share_industry", "industry_and_mining", "percent", 100.0),
    "Share of Services in Total Employment": ("employment_share_services", "all_employed", "percent", 100.0),
}
"""Series of the file: our indicator, definition, unit, and what a value is multiplied with."""
SHARES = ("employment_share_agriculture", "employment_share_industry", "employment_share_services")
COUNTRIES = {"UK": "GB", "EL": "GR"}
"""NUTS writes two countries in its own way."""


def read(raw: bytes, *, where: str = FILE) -> tuple[dict[str, pl.DataFrame], list[Finding]]:
    """Read the workbook: regions, and their series at twelve points in time.

    Shares become percent. Nations are summed up from their regions, shares weighted by population (mark P): the file holds every
    region of its countries. A cell that holds no number is unknown, with a finding.

    Returns
    -------
    Tables ``region`` and ``region_series``, and findings.
    """
    sheets, findings = read_workbook(raw, where=where)
    page = Page(where, findings)
    sheet = next(iter(sheets.values()), [])
    heads = [str(cell) for cell in sheet[0]] if sheet else []
    years = {at: int(float(head)) for at, head in enumerate(heads) if head.replace(".0", "").isdigit()}
    if not years or [head.split()[0].lower() for head in heads[:3]] != ["series", "country", "nuts-codes"]:
        page.say(Code.SHEET_MISSING, sheet="Table A.1")
        return {"region": Region.create_empty(), "region_series": RegionSeries.create_empty()}, findings
    rows, regions = [], {}
    for number, cells in enumerate(sheet[1:], start=2):
        known = TABLES.get(str(cells[0]).partition(": ")[2])
        if known is None:
            page.say(Code.CATEGORY_UNKNOWN, row=number, column="Series", value=str(cells[0])[:80])
            continue
        code, name = str(cells[2]).strip(), str(cells[3]).strip()
        regions[code] = _describe(code, name)
        rows += _read_row(cells, known=known, years=years, region=code, page=page.sheet(str(number)), row=number)
    findings += more_findings(page.met, where=where)
    series = pl.DataFrame(rows, schema=RegionSeries.create_empty().schema)
    found = pl.DataFrame(list(regions.values()), schema=Region.create_empty().schema)
    nations = sum_nations(series, found)
    joined = pl.concat([series, nations["region_series"]])
    return {"region": pl.concat([found, nations["region"]]), "region_series": joined}, findings


def _describe(code: str, name: str) -> dict[str, Any]:
    land = code[:2]
    country = COUNTRIES.get(land, land)
    return dict.fromkeys(Region.column_names()) | {
        "region": code, "name": name, "kind": "nuts2", "country": country, "nuts": code, "mark": "S", "source": SOURCE,
    }  # fmt: skip


def _read_row(
    cells: list[Any], *, known: tuple[str, str, str, float], years: dict[int, int], region: str, page: Page, row: int
) -> list[dict[str, Any]]:
    indicator, definition, unit, factor = known
    made = []
    for at, year in years.items():
        value = page.number(cells[at], row=row, column=str(year), low=0, high=1e9)
        if value is not None:
            made.append(
                {
                    "region": region, "indicator": indicator, "definition": definition, "state": "measured", "year": year,
                    "value": value * factor, "unit": unit, "note": "NUTS-2 region, decade point", "mark": "S", "source": SOURCE,
                }
            )  # fmt: skip
    return made


def sum_nations(series: pl.DataFrame, regions: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """Nations from their regions: sums of population and GDP, shares weighted by population; years with every region only.

    Returns
    -------
    Tables ``region`` and ``region_series`` of the nations; region keys are ``nation-`` and the country.
    """
    placed = series.join(regions.select("region", "country"), on="region").with_columns(pl.col("indicator").cast(pl.String))
    people = placed.filter(pl.col("indicator") == "population").select("region", "year", pl.col("value").alias("people"))
    complete = placed.group_by("country").agg(pl.col("region").n_unique().alias("all"))
    share = pl.col("indicator").is_in(SHARES)
    keys = ["country", "indicator", "definition", "year", "unit"]
    folded = (
        placed.join(people, on=["region", "year"], how="left")
        .group_by(keys, maintain_order=True)
        .agg(
            pl.when(share.first())
            .then((pl.col("value") * pl.col("people")).sum() / pl.col("people").sum())
            .otherwise(pl.col("value").sum())
            .alias("value"),
            pl.len().alias("count"),
            (share.first() & (pl.col("people").null_count() > 0)).alias("unweighted"),
        )
        .join(complete, on="country")
        .filter((pl.col("count") == pl.col("all")) & ~pl.col("unweighted"))
    )
    note = "Sum of the regions; shares weighted by their population"
    told = folded.with_columns(
        ("nation-" + pl.col("country")).alias("region"),
        pl.lit("measured").alias("state"),
        pl.lit(note).alias("note"),
        pl.lit("P").alias("mark"),
        pl.lit(SOURCE).alias("source"),
    )
    schema = RegionSeries.create_empty().schema
    nations = [
        dict.fromkeys(Region.column_names())
        | {"region": f"nation-{country}", "name": country, "kind": "country", "country": country, "note": note}
        | {"mark": "P", "source": SOURCE}
        for country in sorted(set(folded["country"]))
    ]
    return {
        "region": pl.DataFrame(nations, schema=Region.create_empty().schema),
        "region_series": told.select(pl.col(name).cast(dtype) for name, dtype in schema.items()),
    }
