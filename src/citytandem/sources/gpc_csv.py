"""What does an exported GPC inventory say? Reads the CSV that inventory tools write: one row per reference and source."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.findings import Code
from citytandem.sources import cells, gpc_lines
from citytandem.sources.cells import Page
from citytandem.sources.city_match import Places, unresolved
from citytandem.sources.crosswalks import read_emission_unit, read_unit
from citytandem.sources.delimited import ROW, missing_columns, read_delimited
from citytandem.sources.delivery import deliver
from citytandem.sources.gpc_lines import GpcLine
from citytandem.sources.reading import Reading, Remark, shape
from citytandem.tables import Balance

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from citytandem.sources.city_match import Resolve

SOURCE = "gpc-export"
COLUMNS = (
    "gpc reference number",
    "subsector name",
    "notation key",
    "total emissions",
    "total emission units",
    "activity value",
    "activity units",
    "co2 emissions",
    "ch4 emissions",
    "n2o emissions",
)
_IN_THE_NAME = re.compile(r"([A-Z]{2})[_ -]?([A-Z0-9]{3})[-_ ](\d{4})")
_NO_NUMBER = "NE"


def fits(header: Sequence[str]) -> bool:
    """Are these the headings of an exported inventory?"""
    return {"gpc reference number", "notation key", "total emissions", "total emission units"} <= set(header)


def read(
    raw: bytes,
    *,
    where: str = "inventory.csv",
    resolve: Resolve = unresolved,
    city: str | None = None,
    country: str | None = None,
    year: int | None = None,
) -> Reading:
    """Read one balance. The file itself names neither city nor year: they come from its name, or are given.

    A name such as ``inventory-BR_ACZ-2022.csv`` holds UN/LOCODE and year. The level is BASIC+ where a row outside
    BASIC has a number, else BASIC. The masses of gases are kilograms of CO2e; where they miss the total it is remarked.
    """
    frame, findings = read_delimited(raw, where=where)
    page = Page(where, findings)
    named = _IN_THE_NAME.search(where)
    year = year or (int(named[3]) if named else None)
    locode = f"{named[1]}{named[2]}" if named and not city else None
    if frame.is_empty():
        return deliver({}, page=page, raw=raw, sources=[SOURCE])
    if year is None:
        page.say(Code.YEAR_NOT_STATED, row=1)
    if not city and not locode:
        page.say(Code.CITY_NOT_STATED)
    if year is None or not 1700 <= year <= 2100 or not (city or locode):
        return deliver({}, page=page, raw=raw, sources=[SOURCE])
    frame, missing = missing_columns(frame, COLUMNS, where=where)
    findings += missing
    places = Places(resolve, page, SOURCE)
    found = places.find(city or locode, country=country or (named[1] if named else ""), locode=locode, boundary="municipality")
    balance, remarks = f"{found}.{year}.{SOURCE}", list[Remark]()
    rows = [_read_row(row, page=page, balance=balance, remarks=remarks) for row in frame.iter_rows(named=True)]
    given = [line for line in rows if line is not None]
    level = gpc_lines.level_of(given)
    line, memo = gpc_lines.book(
        given if level == "basic" else [dataclasses.replace(one, level=level) for one in given], page=page, source=SOURCE
    )
    tables = {"balance": _balance(balance, city=found, year=year, level=level), "line": line, "memo": memo}
    return deliver(tables | places.tables(), page=page, raw=raw, sources=[SOURCE], remarks=remarks)


def _read_row(row: Mapping[str, Any], *, page: Page, balance: str, remarks: list[Remark]) -> GpcLine | None:
    number = row[ROW]
    reference = gpc_lines.read_reference(row["gpc reference number"])
    emissions = _emissions(row, number=number, page=page, reference=reference)
    notation = None
    if emissions is None:
        notation = _notation(row["notation key"], number=number, page=page)
        if notation is None and reference is None:
            return None
    elif reference:
        _check_gases(row, total=emissions, number=number, page=page, balance=balance, remarks=remarks)
    return GpcLine(
        balance,
        "basic",
        reference or cells.shown(row["gpc reference number"] or ""),
        number,
        emissions_t=emissions,
        notation=notation if emissions is not None else notation or _NO_NUMBER,
        activity_mwh=_energy(row, number=number, page=page),
    )


def _emissions(row: Mapping[str, Any], *, number: int, page: Page, reference: str | None) -> float | None:
    cell, unit = row["total emissions"], str(row["total emission units"] or "")
    value = page.number(cell, row=number, column="Total Emissions", low=gpc_lines.lowest(reference) * 1e6, high=1e16)
    if value is None:
        return None
    status, factor = read_emission_unit(unit)
    if factor is None:
        code = Code.UNIT_AMBIGUOUS if status == "ambiguous" else Code.UNIT_UNKNOWN
        page.say(code, row=number, column="Total Emission Units", value=cells.shown(unit) or "empty")
        return None
    tonnes = value * factor
    return page.number(tonnes, row=number, column="Total Emissions", low=gpc_lines.lowest(reference), high=1e10)


def _notation(cell: object, *, number: int, page: Page) -> str | None:
    if cells.is_empty(cell):
        return None
    key, _ = cells.read_notation(cell)
    if key is None:
        page.say(Code.NOTATION_UNKNOWN, row=number, column="Notation Key", value=cells.shown(cell))
    return key or _NO_NUMBER


def _energy(row: Mapping[str, Any], *, number: int, page: Page) -> float | None:
    amount = page.number(row["activity value"], row=number, column="Activity Value")
    if amount is None or cells.is_empty(row["activity units"]):
        return None
    quantity, factor = read_unit(row["activity units"])
    if quantity is None or quantity == "ambiguous":
        code = Code.UNIT_UNKNOWN if quantity is None else Code.UNIT_AMBIGUOUS
        page.say(code, row=number, column="Activity Units", value=cells.shown(row["activity units"]))
    return None if factor is None or not -1e9 <= amount * factor <= 1e10 else amount * factor


def _check_gases(row: Mapping[str, Any], *, total: float, number: int, page: Page, balance: str, remarks: list[Remark]) -> None:
    names = ("co2 emissions", "ch4 emissions", "n2o emissions")
    stated = [page.number(row[name], row=number, column=name) for name in names]
    kilograms = sum(value for value in stated if value is not None)
    if any(value is not None for value in stated) and abs(kilograms / 1000 - total) > max(0.01, 1e-3 * abs(total)):
        city, year, _ = balance.split(".", 2)
        remarks.append(
            Remark(
                code="gases_miss_total",
                rule="keep_total_as_published",
                where=f"{page.where}: Total Emissions",
                row=number,
                city=city,
                year=int(year),
                before=f"total {total:.3f} t, gases {kilograms / 1000:.3f} t",
                after=f"{total:.3f} t",
                source=SOURCE,
                reason="The gases, read as kilograms of CO2e as in the other rows, miss the total; nothing is scaled.",
            )
        )


def _balance(balance: str, *, city: str, year: int, level: str) -> pl.DataFrame:
    row = {
        "balance": balance,
        "city": city,
        "year": year,
        "method": gpc_lines.LEVELS[level],
        "gwp": "unknown",
        "upstream": "unknown",
        "electricity": "unknown",
        "period_start": dt.date(year, 1, 1),
        "period_end": dt.date(year, 12, 31),
        "boundary": "municipality",
        "top_down": False,
        "weather_corrected": False,
        "source": SOURCE,
    }
    return shape(pl.DataFrame([row]), Balance)
