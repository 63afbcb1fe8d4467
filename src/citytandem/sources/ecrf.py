"""What did a city report in the Common Reporting Framework? Reads the workbook of CDP and the Covenant of Mayors."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.findings import Code
from citytandem.sources import cells, ecrf_summary, gpc_lines
from citytandem.sources.cells import Page
from citytandem.sources.city_match import Places, unresolved
from citytandem.sources.crosswalks import find_boundary, read_rows
from citytandem.sources.delivery import deliver
from citytandem.sources.ecrf_rows import HEADINGS, form_cell, read_details
from citytandem.sources.gpc_lines import GpcLine
from citytandem.sources.reading import Reading, Remark, shape
from citytandem.sources.workbook import header_row, heading, read_workbook
from citytandem.tables import Balance, Structure

if TYPE_CHECKING:
    from collections.abc import Mapping

    from citytandem.sources.city_match import Resolve
    from citytandem.sources.workbook import Sheet

SOURCE = "ecrf"
GWP_SETS = ("SAR", "AR4", "AR5", "AR6")


@dataclass(frozen=True, slots=True)
class _Facts:
    """What sheet 1 says about the city and its inventory; unknown where a cell is empty."""

    name: str
    country: str
    year: int | None
    boundary: str
    basis: str
    level: str
    gwp: str
    tool: str | None
    verification: str | None
    numbers: Mapping[str, float]


def fits(sheets: Mapping[str, Sheet]) -> bool:
    """Is this a workbook of the Common Reporting Framework?"""
    return any(header_row(sheet, HEADINGS) is not None for sheet in sheets.values())


def read(raw: bytes, *, where: str = "ecrf.xlsx", resolve: Resolve = unresolved) -> Reading:
    """Read the balance of a city: facts from sheet 1, published sums from sheet 2, lines from sheet 3.

    Where sheet 3 is not filled, the sums of sheet 2 are the lines. A sum that its lines do not give is remarked.
    The sheets are found by their headings, not their names. The method is BASIC or BASIC+ where sheet 1 says so,
    else the Common Reporting Framework.
    """
    sheets, findings = read_workbook(raw, where=where)
    page = Page(where, findings)
    details, summary, facts_sheet = _find_sheets(sheets)
    if sheets and facts_sheet is None:
        page.say(Code.SHEET_MISSING, sheet="eCRF_1")
    if facts_sheet is None or (details is None and summary is None):
        if facts_sheet is not None:
            page.say(Code.SHEET_MISSING, sheet="eCRF_3")
        return deliver({}, page=page, raw=raw, sources=[SOURCE])
    facts = _read_facts(sheets[facts_sheet], page=page.sheet(facts_sheet))
    if not facts.name:
        page.say(Code.CITY_NOT_STATED)
        return deliver({}, page=page, raw=raw, sources=[SOURCE])
    places = Places(resolve, page, SOURCE)
    city = places.find(facts.name, country=facts.country, boundary=facts.boundary)
    remarks: list[Remark] = []
    lines: list[GpcLine] = []
    if details is not None:
        lines = read_details(
            sheets[details],
            page=page.sheet(details),
            city=city,
            year=facts.year,
            level=facts.level,
            remarks=remarks,
        )
    reported = None
    if summary is not None:
        published = ecrf_summary.read_summary(sheets[summary], page=page.sheet(summary))
        reported = published.total
        if not any(line.emissions_t is not None for line in lines) and facts.year is not None:
            lines = ecrf_summary.as_lines(published, balance=f"{city}.{facts.year}.{SOURCE}", level=facts.level)
        else:
            remarks += ecrf_summary.compare(
                published, lines, where=f"{where}: {summary}", city=city, year=facts.year, source=SOURCE
            )
    line, memo = gpc_lines.book(lines, page=page, source=SOURCE)
    tables = {
        "balance": _balances(lines, facts=facts, city=city, reported=reported),
        "line": line,
        "memo": memo,
        "structure": _structure(facts, city=city, remarks=remarks, where=f"{where}: {facts_sheet}"),
    }
    return deliver(tables | places.tables(), page=page, raw=raw, sources=[SOURCE], remarks=remarks)


def _find_sheets(sheets: Mapping[str, Sheet]) -> tuple[str | None, str | None, str | None]:
    details = next((name for name, sheet in sheets.items() if header_row(sheet, HEADINGS) is not None), None)
    summary = next((name for name, sheet in sheets.items() if ecrf_summary.is_summary(sheet)), None)
    labels = {"name of city", "inventory year"}
    facts = next(
        (name for name, sheet in sheets.items() if labels <= {heading(cell) for row in sheet[:60] for cell in row[:3]}), None
    )
    return details, summary, facts


def _read_facts(sheet: Sheet, *, page: Page) -> _Facts:
    fields = {heading(row["label"]): row for row in read_rows("ecrf_fields")}
    said: dict[str, Any] = {}
    numbers: dict[str, float] = {}
    year = None
    for number, row in enumerate(sheet[:100], start=1):
        for at, cell in enumerate(row[:-1]):
            field = fields.get(heading(cell))
            value = form_cell(row[at + 1])
            if field is None or cells.is_empty(value):
                continue
            if field["field"] == "number":
                low, high = float(field["low"]), float(field["high"])
                found = page.number(value, row=number, column=field["label"], low=low, high=high)
                numbers |= {} if found is None else {field["variable"]: found}
            elif field["field"] == "year":
                year = page.year(value, row=number, column=field["label"])
            else:
                said.setdefault(field["field"], cells.shown(value))
    if year is None:
        page.say(
            Code.YEAR_NOT_STATED, row=next((at for at, row in enumerate(sheet, 1) if "inventory year" in map(heading, row)), 1)
        )
    boundary, basis = find_boundary(said.get("boundary", ""))
    level = said.get("level", "").upper()
    checked = str(said.get("audited", "")).lower() not in {"", "no"}
    return _Facts(
        name=said.get("name", ""),
        country=said.get("country", ""),
        year=year,
        boundary=boundary,
        basis=basis,
        level="basic_plus" if "BASIC+" in level else "basic" if "BASIC" in level else "crf",
        gwp=next((name for name in GWP_SETS if name in said.get("gwp", "").upper()), "unknown"),
        tool=said.get("tool"),
        verification=(said.get("auditor") or "third party") if checked else None,
        numbers=numbers,
    )


def _balances(lines: list[GpcLine], *, facts: _Facts, city: str, reported: float | None) -> pl.DataFrame:
    years = sorted({int(line.balance.split(".")[1]) for line in lines} | ({facts.year} if facts.year else set()))
    rows = [
        {
            "balance": f"{city}.{year}.{SOURCE}",
            "city": city,
            "year": year,
            "method": gpc_lines.LEVELS[facts.level],
            "gwp": facts.gwp,
            "upstream": "unknown",
            "electricity": "unknown",
            "period_start": dt.date(year, 1, 1),
            "period_end": dt.date(year, 12, 31),
            "boundary": facts.boundary,
            "top_down": False,
            "weather_corrected": False,
            "tool": facts.tool,
            "population": facts.numbers.get("population") if year == facts.year else None,
            "reported_t": reported if year == facts.year and facts.level == "crf" else None,
            "verification": facts.verification,
            "source": SOURCE,
        }
        for year in years
    ]
    return shape(pl.DataFrame(rows, infer_schema_length=None), Balance) if rows else pl.DataFrame()


def _structure(facts: _Facts, *, city: str, remarks: list[Remark], where: str) -> pl.DataFrame:
    if facts.year is None:
        return pl.DataFrame()
    values = {name: value for name, value in facts.numbers.items() if name != "gdp"}
    gdp, people = facts.numbers.get("gdp"), facts.numbers.get("population")
    if gdp and people:
        values["gdp_per_head"] = gdp / people
        remarks.append(
            Remark(
                code="money_at_exchange_rate",
                rule="us_dollars_as_stated",
                where=f"{where}: GDP",
                city=city,
                year=facts.year,
                source=SOURCE,
                before=f"{gdp:.0f} US$",
                after=f"{gdp / people:.0f} US$ per head",
                reason="The form asks for US dollars and not for purchasing power; the value is carried as stated.",
            )
        )
    rows = [{"variable": name, "value": value} for name, value in values.items()]
    frame = pl.DataFrame(rows, schema={"variable": pl.String, "value": pl.Float64})
    return shape(frame, Structure, city=city, year=facts.year, basis=facts.basis, source=SOURCE)
