"""How did China's provinces change since 1952? Reads GDP, shares of industry, yearly tables, jobs, CO2 of steel, city air."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.findings import Code, Severity
from citytandem.sources.cells import Page, more_findings
from citytandem.sources.crosswalks import read_rows
from citytandem.sources.delimited import ROW, missing_columns, read_delimited
from citytandem.tables.series import RegionSeries

if TYPE_CHECKING:
    from citytandem.findings import Finding

SHARES = "national-bureau-of-stati-2023-provincial-gdp-and-industry-shares-1"
YEARLY = "national-bureau-of-stati-2024-provincial-annual-data"
AIR = "china-statistical-yearbo-nd-air-pollution-of-30-cities-2008-2017"
STEEL = "ceads-provinces"
NATION = "nation-CN"
OFF_BY = 0.3
"""Shares are printed with one or two digits; sums that miss 100 by more than this, in points, are told."""
COLUMNS = {
    "share_primary_pct": ("gdp_share_primary", "agriculture"),
    "share_secondary_pct": ("gdp_share_secondary", "industry_and_construction"),
    "share_tertiary_pct": ("gdp_share_tertiary", "services"),
}
HEADS = {
    "地区生产总值": ("gdp", "current_prices_revised", "100m CNY"),
    "工业增加值": ("industry_value_added", "without_construction_current_prices", "100m CNY"),
    "人均地区生产总值": ("gdp_per_head", "current_prices", "CNY"),
}
"""Columns of a yearly table that are carried over; the GDP of these tables is revised, so it is a series of its own."""
CITIES = {
    "Beijing": "CN-110000", "Tianjin": "CN-120000", "Shijiazhuang": "shijiazhuang", "Taiyuan": "taiyuan",
}  # fmt: skip


def read_shares(raw: bytes, *, where: str) -> tuple[pl.DataFrame, list[Finding]]:
    """Read GDP at current prices and the shares of three sectors, 1952-2022, by province and for the nation.

    Shares that are all zero are missing, not zero; shares that do not add up to 100 are kept as printed. Both are told.
    """
    frame, findings = read_delimited(raw, where=where)
    frame, missing = missing_columns(frame, ["year", "province", "gdp_100m_cny_current", *COLUMNS], where=where)
    page = Page(where, findings + missing)
    rows: list[dict[str, Any]] = []
    for cells in frame.to_dicts() if ROW in frame.columns else []:
        number = cells[ROW]
        region, year = _region(cells["province"], page=page, row=number), page.year(cells["year"], row=number, column="year")
        if region is None or year is None:
            continue
        base = {"region": region, "year": year, "state": "measured", "mark": "S", "source": SHARES}
        gdp = page.number(cells["gdp_100m_cny_current"], row=number, column="gdp_100m_cny_current", low=0, high=1e8)
        if gdp:
            unit = {"definition": "current_prices", "unit": "100m CNY", "note": "Current prices"}
            rows.append(base | unit | {"indicator": "gdp", "value": gdp})
        shares = {name: page.number(cells[name], row=number, column=name, low=0, high=100) for name in COLUMNS}
        rows += _take_shares(shares, base=base, page=page, row=number)
    return _shape(rows), page.findings + more_findings(page.met, where=where)


def _take_shares(shares: dict[str, float | None], *, base: dict[str, Any], page: Page, row: int) -> list[dict[str, Any]]:
    known = {name: value for name, value in shares.items() if value is not None}
    facts = {"region": base["region"], "year": base["year"]}
    if known and not any(known.values()):
        page.say(Code.REGION_SHARES_MISSING, row=row, **facts)
        return []
    total = sum(known.values())
    if len(known) == len(COLUMNS) and abs(total - 100) > OFF_BY:
        page.say(Code.REGION_SHARES_OFF, row=row, severity=Severity.NOTE, total=round(total, 2), **facts)
    return [
        base | {"indicator": indicator, "definition": definition, "value": known[name], "unit": "percent", "note": None}
        for name, (indicator, definition) in COLUMNS.items()
        if name in known
    ]


def read_yearly(raw: bytes, *, where: str) -> tuple[pl.DataFrame, list[Finding]]:
    """Read a yearly table of all provinces as the bureau exports it: a preamble, cells that end in tabs, notes below."""
    text, findings = _without_preamble(raw, where=where)
    page = Page(where, findings)
    stated = re.search(r"((?:19|20)\d\d)年", text[0])
    if stated is None or not text[1]:
        page.say(Code.YEAR_NOT_STATED, row=2)
        return _shape([]), page.findings
    frame, told = read_delimited(text[1].encode(), where=where)
    page.findings.extend(told)
    rows = []
    for cells in frame.to_dicts():
        region = _region(cells.get("地区"), page=None, row=cells[ROW])
        for head, value in cells.items() if region else ():
            known = HEADS.get(str(head).split(" (")[0])
            number = page.number(value, row=cells[ROW] + 2, column=str(head), low=0, high=1e9) if known else None
            if known and number is not None:
                indicator, definition, unit = known
                rows.append(_yearly(region, int(stated[1]), number, indicator, definition, unit))
    return _shape(rows), page.findings + more_findings(page.met, where=where)


def read_employment(raw: bytes, *, where: str) -> tuple[pl.DataFrame, list[Finding]]:
    """Read the table of jobs in urban units: a column per year; the unit is expected (10 000 persons), not stated."""
    text, findings = _without_preamble(raw, where=where)
    frame, told = read_delimited(text[1].encode(), where=where)
    page = Page(where, findings + told)
    rows = []
    for cells in frame.to_dicts():
        region = _region(cells.get("地区"), page=None, row=cells[ROW])
        for head, value in cells.items() if region else ():
            stated = re.fullmatch(r"((?:19|20)\d\d)年", str(head))
            number = page.number(value, row=cells[ROW] + 2, column=str(head), low=0, high=1e6) if stated else None
            if stated and number is not None:
                rows.append(
                    _yearly(region, int(stated[1]), number, "urban_employment", "urban_units_to_be_checked", "10 000 persons")
                )
    return _shape(rows), page.findings + more_findings(page.met, where=where)


def read_steel(raw: bytes, *, where: str) -> tuple[pl.DataFrame, list[Finding]]:
    """Read the CO2 of provinces by CEADs, 1997-2019: all of it, and that of making iron and steel, Mt at the plant.

    The table was published with zeros and re-tabulated without them, so a year without a row of steel is zero where the province
    has a total.
    """
    frame, findings = read_delimited(raw, where=where)
    frame, missing = missing_columns(frame, ["province", "year", "sector", "fuel", "unit", "value"], where=where)
    codes = {row["name"]: f"CN-{row['code']}" for row in read_rows("china_provinces")}
    sectors = {"Total": "co2", "Smelting and Pressing of Ferrous Metals": "steel_co2"}
    kept = frame.filter(
        (pl.col("fuel") == "Scope 1 Total") & pl.col("sector").is_in(list(sectors)) & (pl.col("unit") == "Mt CO2")
    ).select(
        pl.col("province").replace_strict(codes, default=None, return_dtype=pl.String).alias("region"),
        pl.col("sector").replace_strict(sectors, return_dtype=pl.String).alias("indicator"),
        pl.col("year").cast(pl.Int16, strict=False),
        pl.col("value").cast(pl.Float64, strict=False),
    )
    every = kept.filter(pl.col("indicator") == "co2").select("region", "year", pl.lit("steel_co2").alias("indicator"))
    zero = every.join(kept, on=["region", "year", "indicator"], how="anti").with_columns(pl.lit(0.0).alias("value"))
    rows = pl.concat([kept, zero.select(kept.columns)]).drop_nulls().unique(["region", "indicator", "year"], keep="first")
    told = {
        "definition": "scope_1_at_the_plant",
        "state": "measured",
        "unit": "Mt CO2",
        "note": None,
        "mark": "S",
        "source": STEEL,
    }
    return _shape([row | told for row in rows.to_dicts()]), findings + missing


def read_air(raw: bytes, *, where: str) -> tuple[pl.DataFrame, list[Finding]]:
    """Read dust and sulphur dioxide of 30 cities, 2008-2017; those of the cities we have as regions are kept."""
    frame, findings = read_delimited(raw, where=where)
    frame, missing = missing_columns(frame, ["city", "year", "pm10", "so2", "nox"], where=where)
    page = Page(where, findings + missing)
    rows = []
    for cells in frame.to_dicts() if ROW in frame.columns else []:
        region, year = CITIES.get(str(cells["city"])), page.year(cells["year"], row=cells[ROW], column="year")
        for name in ("pm10", "so2", "nox") if region and year else ():
            value = page.number(cells[name], row=cells[ROW], column=name, low=0, high=2000)
            if value is not None:
                rows.append(
                    {
                        "region": region, "indicator": name, "definition": "annual_mean", "state": "measured", "year": year,
                        "value": value, "unit": "ug/m3", "note": "Year mean of the city", "mark": "S", "source": AIR,
                    }
                )  # fmt: skip
    return _shape(rows), page.findings + more_findings(page.met, where=where)


def _yearly(region: str | None, year: int, value: float, *what: str) -> dict[str, Any]:
    indicator, definition, unit = what
    return {
        "region": region, "indicator": indicator, "definition": definition, "state": "measured", "year": year, "value": value,
        "unit": unit, "note": None, "mark": "S", "source": YEARLY,
    }  # fmt: skip


def _without_preamble(raw: bytes, *, where: str) -> tuple[tuple[str, str], list[Finding]]:
    """What stands above the headings, and the table from its headings on, without the tabs at the end of cells."""
    from citytandem.sources import guard  # slow import

    text, findings = guard.decode(raw, where=where)
    lines = [line.replace("\t", "").rstrip(",") for line in text.splitlines()]
    top = next((number for number, line in enumerate(lines) if line.startswith("地区")), len(lines))
    body = [line for line in lines[top:] if "," in line or not line.strip()]
    return ("\n".join(lines[:top]), "\n".join(body)), findings


def _region(name: object, *, page: Page | None, row: int) -> str | None:
    text = str(name or "").strip()
    if text == "中国":
        return NATION
    for known in read_rows("china_provinces"):
        if text.startswith(known["name_zh"]):
            return f"CN-{known['code']}"
    if page is not None:
        page.say(Code.CATEGORY_UNKNOWN, row=row, column="province", value=text[:80])
    return None


def _shape(rows: list[dict[str, Any]]) -> pl.DataFrame:
    schema = RegionSeries.create_empty().schema
    frame = pl.DataFrame(rows, schema_overrides={"value": pl.Float64}) if rows else RegionSeries.create_empty()
    return frame.select(pl.col(name).cast(dtype) for name, dtype in schema.items())
