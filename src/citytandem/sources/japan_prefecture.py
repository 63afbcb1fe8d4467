"""What did Japan's prefectures emit by sector and fuel from 2007 to 2015? Reads the workbook of Long et al. (2020)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.findings import Code
from citytandem.sources import cells, guard
from citytandem.sources.cells import Page
from citytandem.sources.city_match import Places, unresolved
from citytandem.sources.crosswalks import lookup, read_rows
from citytandem.sources.delivery import deliver
from citytandem.sources.reading import Reading, shape, year_from
from citytandem.sources.workbook import header_row, heading, read_workbook
from citytandem.tables import Balance, City, Line
from citytandem.units import factor_to

if TYPE_CHECKING:
    from collections.abc import Mapping

    from citytandem.sources.city_match import Resolve
    from citytandem.sources.workbook import Sheet

SOURCE = "long-2020"
HEADINGS = ("Pre_Num", "Pre_Name", "Ind_Num", "Ind_Name", "Coal Combustion", "Electricity Generation")
MOST_ROWS = 50_000
"""Four times the rows of the publication; what is beyond is no such workbook."""
_UNITS = {"1000tco2": "kt"}


@dataclass(frozen=True, slots=True)
class _Book:
    places: Places
    cities: dict[str, dict[str, str]] = field(default_factory=dict)
    lines: list[dict[str, Any]] = field(default_factory=list)
    seen: set[tuple[str, str]] = field(default_factory=set)


def fits(sheets: Mapping[str, Sheet]) -> bool:
    """Is this the workbook of the prefectures?"""
    return any(header_row(sheet, HEADINGS) is not None for sheet in sheets.values())


def read(raw: bytes, *, where: str = "Long2020.xlsx", resolve: Resolve = unresolved) -> Reading:
    """Read one sheet a year; prefectures get the id of their national code, such as JP-01000.

    Power stations count where they stand, in the sector that makes electricity, gas and heat. Years are fiscal
    years from April. The figures come from prefectural energy statistics, so no local measure shows in them.
    """
    sheets, findings = read_workbook(raw, where=where)
    book = _Book(Places(resolve, Page(where, findings), SOURCE))
    fitting = {name: sheet for name, sheet in sheets.items() if header_row(sheet, HEADINGS) is not None}
    if (size := sum(len(sheet) for sheet in fitting.values())) > MOST_ROWS:
        book.places.page.findings.append(guard.too_large(where, part="rows", size=size, limit=MOST_ROWS))
        fitting = {}
    elif sheets and not fitting:
        book.places.page.say(Code.SHEET_MISSING, sheet="2007")
    for name, sheet in fitting.items():
        _read_sheet(sheet, name=name, page=book.places.page.sheet(name), book=book)
    if not book.lines:
        return deliver({}, page=book.places.page, raw=raw, sources=[SOURCE])
    line = pl.DataFrame(book.lines, infer_schema_length=None)
    heads = line.select("balance", "city", "year").unique(maintain_order=True).with_columns(*year_from(4))
    tables = {
        "balance": shape(
            heads,
            Balance,
            method="unknown",
            version="Long et al. 2020",
            gwp="co2_only",
            upstream="no",
            electricity="none",
            boundary="prefecture",
            top_down=True,
            weather_corrected=False,
            source=SOURCE,
        ),
        "line": shape(line, Line, view="sector", source=SOURCE),
        "city": pl.concat(
            [
                shape(pl.DataFrame(list(book.cities.values())), City, country="JP", boundary="prefecture_level", source=SOURCE),
                book.places.tables()["city"],
            ]
        )
        if book.cities
        else book.places.tables()["city"],
        "name": book.places.tables()["name"],
    }
    return deliver(tables, page=book.places.page, raw=raw, sources=[SOURCE])


def _read_sheet(sheet: Sheet, *, name: str, page: Page, book: _Book) -> None:
    top = header_row(sheet, HEADINGS) or 0
    above = sheet[top - 1] if top else []
    unit = next((_UNITS[heading(cell)] for cell in above if heading(cell) in _UNITS), None)
    year = next((found for cell in [*above, name] if (found := cells.as_number(cell)) and 1700 <= found <= 2100), None)
    if unit is None:
        page.say(Code.UNIT_UNKNOWN, row=max(top, 1), column="A", value=cells.shown(above[0]) if above else "empty")
        return
    if year is None:
        page.say(Code.YEAR_NOT_STATED, row=max(top, 1))
        return
    at: dict[str, int] = {}
    for column, cell in enumerate(sheet[top]):
        at.setdefault(heading(cell), column)
    for number, cell_row in enumerate(sheet[top + 1 :], start=top + 2):
        row = {key: cell_row[column] if column < len(cell_row) else "" for key, column in at.items()}
        if not cells.is_empty(row["pre_name"]) or not cells.is_empty(row["pre_num"]):
            _read_row(row, number=number, year=int(year), factor=factor_to("emissions", unit), page=page, book=book)


def _read_row(row: Mapping[str, Any], *, number: int, year: int, factor: float, page: Page, book: _Book) -> None:
    city = _find_prefecture(row, book=book)
    balance = f"{city}.{year}.{SOURCE}"
    words = " ".join(str(row["ind_name"]).split()).replace("\u3000", " ").strip()[:200] or "unnamed"
    sector = _find_sector(row["ind_num"], words)
    if sector is None:
        page.say(Code.CATEGORY_UNKNOWN, row=number, column="Ind_Name", value=cells.shown(words))
    for carrier in read_rows("japan_prefecture_carriers"):
        value = page.number(row.get(heading(carrier["column"]), ""), row=number, column=carrier["column"], low=0, high=1e7)
        if value is None:
            continue
        item = f"{words} / {carrier['column']}"
        if (balance, item) in book.seen:
            page.say(Code.ROW_GIVEN_TWICE, row=number, key=item)
            item = f"{item} (row {number})"
        book.seen.add((balance, item))
        book.lines.append(
            {
                "balance": balance,
                "city": city,
                "year": year,
                "item": item,
                "sector": sector or "other",
                "carrier": carrier["carrier"],
                "scope": carrier["scope"],
                "emissions_t": value * factor,
            }
        )


def _find_prefecture(row: Mapping[str, Any], *, book: _Book) -> str:
    name = " ".join(str(row["pre_name"]).split())[:60]
    short = heading(name).removesuffix("-to").removesuffix("-fu").removesuffix("-ken")
    known = lookup("japan_prefectures", "name").get(short)
    if known is None:
        return book.places.find(name or f"prefecture {row['pre_num']}", country="JP", boundary="prefecture_level")
    city = f"JP-{known['code']}"
    book.cities.setdefault(city, {"city": city, "name": known["name"]})
    return city


def _find_sector(number: object, words: str) -> str | None:
    """Our sector by the name of the industry, else by its number."""
    row = lookup("japan_prefecture_sectors", "name").get(heading(words))
    found = cells.as_number(number)
    if row is None and found is not None:
        row = lookup("japan_prefecture_sectors", "number").get(str(int(found)))
    return row["sector"] if row else None
