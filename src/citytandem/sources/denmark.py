"""What does Denmark's energy and CO2 account say about each municipality?"""

from __future__ import annotations

import io
import json
from typing import Any

import polars as pl

from citytandem.findings import Code, Finding
from citytandem.sources.reading import Reading, Remark, calendar_year, shape
from citytandem.sources.recount import judge, recount, remark_differences
from citytandem.sources.validate import row_breaks_rule
from citytandem.tables import Balance, Line

SOURCE = "energistyrelsen"
SECTORS = {
    "energi": "stationary",
    "transport": "transport",
    "landbrug": "agriculture",
    "affald": "waste",
    "industri": "industry_process",
}
_STEP_T = 0.1
"""The account is published to a tenth of a tonne."""


def read(raw: bytes, *, centres: bytes, where: str = "klimaregnskab") -> Reading:
    """Read the account (JSON, t CO2e) and the table of municipalities with their centres.

    The table ``recount`` holds every published total beside the sum of its sectors, and that of the country beside
    the sum of its municipalities; one that differs by more than rounding is remarked.
    """
    try:
        account = json.loads(raw)
        records = account["kommuner"]
    except (ValueError, KeyError, TypeError) as error:
        return Reading(findings=[Finding(Code.FILE_UNREADABLE, facts={"file": where, "problem": str(error)[:200]}, where=where)])
    rows: list[dict[str, Any]] = []
    findings: list[Finding] = []
    for number, record in enumerate(records, start=1):
        rows += _rows(record, number=number, findings=findings, where=where)
    frame = pl.DataFrame(rows, infer_schema_length=None)
    if frame.is_empty():
        return Reading(findings=findings)
    tables = {
        "balance": _balances(frame),
        "line": _lines(frame),
        "place": _places(records, centres),
        "population": frame.select("city", "year", value="population").drop_nulls(),
        "recount": _recount(frame, account.get("nationalTotal")),
    }
    remarks = [*_shares_above_one(records, where), _population_rule(where)]
    return Reading(tables=tables, remarks=[*remarks, *remark_differences(tables["recount"], where=where)], findings=findings)


def _recount(frame: pl.DataFrame, country: object) -> pl.DataFrame:
    """Totals beside their sectors; that of the country, where it is given, beside its municipalities."""
    parts = frame.unpivot(on=list(SECTORS), index=["city", "year"], value_name="value_t")
    totals = frame.select("city", "year", published_t="total")
    found = recount(totals, parts, figure="samletUdledning", source=SOURCE, step_t=_STEP_T)
    year, total = (country.get("year"), country.get("samletUdledningTon")) if isinstance(country, dict) else (None, None)
    if not isinstance(year, int) or not isinstance(total, int | float):
        return found
    # the sum over the country is published in whole tonnes
    named = {"city": None, "year": year, "published_t": float(total), "figure": "nationalTotal"}
    local = frame.filter(pl.col("year") == year)["total"].drop_nulls()
    counted = {"lines_t": float(local.sum()), "n_lines": local.len()} if local.len() else {"lines_t": None, "n_lines": 0}
    row = named | counted | {"rounding_t": 0.5 + 0.5 * _STEP_T * local.len()}
    return pl.concat([found, judge(pl.DataFrame([row], schema_overrides={"lines_t": pl.Float64}), source=SOURCE)])


def _rows(record: dict[str, Any], *, number: int, findings: list[Finding], where: str) -> list[dict[str, Any]]:
    rows = []
    city = f"DK-{record['kommuneKode']}"
    for at, year in enumerate(record["years"]):
        cells = {"total": record["samletUdledning"][at], "per_head": record["udledningPrCapita"][at]}
        cells |= {name: record["sektorer"][name][at] for name in SECTORS}
        for name, value in cells.items():
            if value is not None and not isinstance(value, int | float):
                findings.append(row_breaks_rule(where, row=number, column=f"{name} {year}", rule="is a number", value=value))
                cells[name] = None
        total, per_head = cells["total"], cells["per_head"]
        population = round(total / per_head) if total and per_head else None
        rows.append({"city": city, "year": year, "balance": f"{city}.{year}.{SOURCE}", "population": population} | cells)
    return rows


def _balances(frame: pl.DataFrame) -> pl.DataFrame:
    return shape(
        frame.with_columns(*calendar_year(), pl.col("total").alias("reported_t")),
        Balance,
        method="danish_accounts",
        gwp="unknown",
        upstream="unknown",
        electricity="unknown",
        boundary="municipality",
        top_down=False,
        weather_corrected=False,
        source=SOURCE,
    )


def _lines(frame: pl.DataFrame) -> pl.DataFrame:
    long = frame.unpivot(on=list(SECTORS), index="balance", variable_name="item", value_name="emissions_t")
    long = long.drop_nulls("emissions_t").with_columns(
        pl.col("item").replace_strict(SECTORS).alias("sector"),
        pl.when(pl.col("item").is_in(["energi", "transport"])).then(pl.lit("1+2")).otherwise(pl.lit("1")).alias("scope"),
        pl.when(pl.col("item").is_in(["energi", "transport"])).then(pl.lit("all")).otherwise(pl.lit("none")).alias("carrier"),
    )
    return shape(long, Line, view="sector", source=SOURCE)


def _places(records: list[dict[str, Any]], centres: bytes) -> pl.DataFrame:
    table = pl.read_csv(io.BytesIO(centres), separator="|", infer_schema=False)
    names = {record["kommuneKode"]: record["kommuneNavn"] for record in records}
    return table.filter(pl.col("kode").is_in(list(names))).select(
        city="DK-" + pl.col("kode"),
        code="kode",
        name="navn",
        state="regionsnavn",
        latitude=pl.col("centerLat").cast(pl.Float64, strict=False),
        longitude=pl.col("centerLon").cast(pl.Float64, strict=False),
    )


def _population_rule(where: str) -> Remark:
    return Remark(
        code="population_implicit",
        rule="population_from_total_and_per_head",
        where=f"{where}: udledningPrCapita",
        reason=(
            "The account gives no population. Total divided by emissions per head, both as published, is the "
            "population it was made with; per head has three decimals, so it is right to about one part in 2,000."
        ),
        source=SOURCE,
    )


def _shares_above_one(records: list[dict[str, Any]], where: str) -> list[Remark]:
    return [
        Remark(
            code="share_above_one",
            rule="leave_out_of_release",
            where=f"{where}: veAndel",
            reason="A share of renewable electricity above 1 means net export; it is no share of use and is not carried.",
            source=SOURCE,
            row=number,
            city=f"DK-{record['kommuneKode']}",
            year=year,
            before=str(share),
        )
        for number, record in enumerate(records, start=1)
        for year, share in zip(record["years"], record.get("veAndel") or [], strict=False)
        if share is not None and share > 1
    ]
