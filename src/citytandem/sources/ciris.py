"""What did a city enter into C40's tool for GPC inventories? Reads the sector sheets of a CIRIS workbook by GPC reference.

What is known of the layout: a macro workbook with one sheet per sector, I to VI, and sheets for the city, notation keys and
results (C40, City Inventory Reporting and Information System); GPC references in one column, each on a row of its own with the
entries on the rows beneath; per entry a notation key, activity data with unit, factors, emissions by gas and in total in metric
tonnes of CO2e, and data quality (the public export of CityCatalyst, pull request 354, and the steps of the tool as listed by
Open Risk's Equinox). Cells moved between editions. So columns are found by the words over them, never by their letters.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import polars as pl

from citytandem.findings import Code
from citytandem.sources import cells, ecrf, gpc_lines
from citytandem.sources.cells import Page
from citytandem.sources.city_match import Places, unresolved
from citytandem.sources.crosswalks import lookup, read_unit
from citytandem.sources.delivery import deliver
from citytandem.sources.gpc_lines import GpcLine
from citytandem.sources.reading import Reading, Remark, shape
from citytandem.sources.workbook import heading, read_workbook
from citytandem.tables import Balance

if TYPE_CHECKING:
    from collections.abc import Mapping

    from citytandem.sources.city_match import Resolve
    from citytandem.sources.workbook import Sheet

SOURCE = "ciris"
_SECTOR_SHEET = re.compile(r"(I|II|III|IV|V|VI)\.?\s+\S.*")
LEAST_SHEETS = 3
"""So many sheets named after sectors make the workbook one of the tool: stationary energy, transport, waste."""
MOST_ROWS, MOST_COLUMNS = 3_000, 80
_HEAD_ROWS = 6
_FIELDS = {
    "city": "name", "city name": "name", "name of city": "name", "country": "country", "inventory year": "year", "year": "year",
    "population": "population", "gpc reporting level": "level", "reporting level": "level",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which column of a sector sheet holds what; None where no heading says so."""

    reference: int
    top: int
    total: int | None
    notation: int | None
    amount: int | None
    unit: int | None
    fuel: int | None
    quality: int | None


def fits(sheets: Mapping[str, Sheet]) -> bool:
    """Is this a workbook of the tool: sheets named after sectors, with GPC references in them?"""
    named = [sheet for name, sheet in sheets.items() if _SECTOR_SHEET.fullmatch(name.strip())]
    return len(named) >= LEAST_SHEETS and any(_reference_column(sheet) is not None for sheet in named)


def read(
    raw: bytes, *, where: str = "ciris.xlsm", resolve: Resolve = unresolved, city: str | None = None, year: int | None = None
) -> Reading:
    """Read one balance from the sector sheets; where they are empty, the reporting form inside the workbook is read.

    A reference with entries beneath it is the sum of them, compared and remarked if it differs; one without entries
    is a line itself. A reference without number and key is not estimated, never zero.

    Parameters
    ----------
    city, year
        City and year where the workbook does not state them.
    """
    sheets, findings = read_workbook(raw, where=where)
    page = Page(where, findings)
    said = _facts(sheets)
    named = {name: sheet for name, sheet in sheets.items() if _SECTOR_SHEET.fullmatch(name.strip())}
    if sheets and not named:
        page.say(Code.SHEET_MISSING, sheet="I Stationary energy")
    called = cells.shown(said["name"]) if "name" in said else city or ""
    own = page.year(said.get("year", ""), row=1, column="Inventory year") or year
    if named and not called:
        page.say(Code.CITY_NOT_STATED)
    elif named and own is None:
        page.say(Code.YEAR_NOT_STATED, row=1)
    if not named or not called or own is None:
        return deliver({}, page=page, raw=raw, sources=[SOURCE])
    places = Places(resolve, page, SOURCE)
    found = places.find(called, country=said.get("country", (city or "")[:2]), boundary="municipality")
    balance, remarks, lines = f"{found}.{own}.{SOURCE}", list[Remark](), list[GpcLine]()
    for name, sheet in named.items():
        lines += _read_sheet(sheet, page=page.sheet(name), balance=balance, remarks=remarks)
    if not any(line.emissions_t is not None for line in lines) and ecrf.fits(sheets):
        return ecrf.read(raw, where=where, resolve=resolve)
    level = gpc_lines.level_of(lines)
    line, memo = gpc_lines.book([replace(one, level=level) for one in lines], page=page, source=SOURCE)
    people = page.number(said.get("population", ""), row=1, column="Population", low=1, high=1e8)
    tables = {"balance": _balance(balance, city=found, year=own, level=level, people=people), "line": line, "memo": memo}
    return deliver(tables | places.tables(), page=page, raw=raw, sources=[SOURCE], remarks=remarks)


def _facts(sheets: Mapping[str, Sheet]) -> dict[str, object]:
    """What the sheet about the city says: the first filled cell to the right of each label."""
    said: dict[str, object] = {}
    for sheet in [sheet for name, sheet in sheets.items() if "city" in heading(name) or "inventory" in heading(name)]:
        for row in sheet[:80]:
            for at, cell in enumerate(row[:8]):
                known = _FIELDS.get(heading(cell).strip(" :*")) if isinstance(cell, str) else None
                value = next((one for one in row[at + 1 : at + 6] if not cells.is_empty(one)), None) if known else None
                if known and value is not None:
                    said.setdefault(known, value)
    return said


def _reference_column(sheet: Sheet) -> int | None:
    """The column with most GPC references; None if no column has two."""
    counts: dict[int, int] = {}
    for row in sheet[:MOST_ROWS]:
        for at, cell in enumerate(row[:MOST_COLUMNS]):
            if isinstance(cell, str) and len(cell) <= 12 and gpc_lines.read_reference(cell):
                counts[at] = counts.get(at, 0) + 1
    best = max(counts, key=lambda at: (counts[at], -at), default=None)
    return best if best is not None and counts[best] >= 2 else None


def _find_columns(sheet: Sheet, *, page: Page) -> _Columns | None:
    reference = _reference_column(sheet)
    if reference is None:
        return None
    top = next(at for at, row in enumerate(sheet) if reference < len(row) and gpc_lines.read_reference(row[reference]))
    over = _headings(sheet[max(0, top - _HEAD_ROWS) : top])
    factor = {at for at, words in over.items() if "factor" in words}
    plain = {at: words for at, words in over.items() if at not in factor and at != reference}

    def where(*needed: str, without: tuple[str, ...] = (), last: bool = False) -> int | None:
        fitting = [at for at, words in plain.items() if all(w in words for w in needed) and not any(w in words for w in without)]
        return None if not fitting else fitting[-1] if last else fitting[0]

    total = where("co2e", last=True, without=("unit", "(b)"))
    if total is None:
        page.say(Code.COLUMN_MISSING, column="Total (t CO2e)")
    return _Columns(
        reference,
        top,
        total,
        notation=where("notation"),
        amount=next(
            (at for at in (where("amount"), where("activity data", without=("unit", "quality", "source"))) if at is not None),
            None,
        ),
        unit=where("unit"),
        fuel=next((at for at in (where("fuel"), where("activity", without=("data", "unit", "amount"))) if at is not None), None),
        quality=where("quality"),
    )


def _headings(rows: list[list[object]]) -> dict[int, str]:
    """The words over each column; a group in an upper row counts for the columns to its right until the next one."""
    words: dict[int, str] = {}
    for number, row in enumerate(rows):
        carried = ""
        for at in range(min(max((len(one) for one in rows), default=0), MOST_COLUMNS)):
            said = heading(row[at]) if at < len(row) and isinstance(row[at], str) else ""
            carried = said or (carried if number < len(rows) - 1 else "")
            words[at] = f"{words.get(at, '')} {carried}".strip()
    return words


def _read_sheet(sheet: Sheet, *, page: Page, balance: str, remarks: list[Remark]) -> list[GpcLine]:
    columns = _find_columns(sheet, page=page)
    if columns is None:
        return []
    groups: list[tuple[GpcLine, list[GpcLine]]] = []
    for number, row in enumerate(sheet[columns.top : MOST_ROWS], start=columns.top + 1):
        cell = row[columns.reference] if columns.reference < len(row) else ""
        reference = gpc_lines.read_reference(cell) if isinstance(cell, str) else None
        if reference:
            groups.append((_line(row, columns, reference=reference, number=number, balance=balance, page=page), []))
        elif groups and cells.is_empty(cell):
            entry = _line(row, columns, reference=groups[-1][0].reference, number=number, balance=balance, page=page)
            if entry.emissions_t is not None or entry.notation is not None:
                groups[-1][1].append(entry)
    kept: list[GpcLine] = []
    for head, entries in groups:
        city, year, _ = balance.split(".", 2)
        if entries and head.emissions_t is not None:
            gpc_lines.compare_total(
                head.reference, published=head.emissions_t, lines=sum(one.emissions_t or 0.0 for one in entries), remarks=remarks,
                where=page.where, row=head.row, city=city, year=int(year), source=SOURCE,
            )  # fmt: skip
        unknown = head.emissions_t is None and head.notation is None
        kept += entries or [replace(head, notation="NE") if unknown else head]
    return kept


def _line(row: list[object], columns: _Columns, *, reference: str, number: int, balance: str, page: Page) -> GpcLine:
    def cell(at: int | None) -> object:
        return "" if at is None or at >= len(row) else row[at]

    total = cell(columns.total)
    key = cells.read_notation(total)[0] if isinstance(total, str) else None
    emissions = None
    if key is None:
        emissions = page.number(total, row=number, column="Total (t CO2e)", low=gpc_lines.lowest(reference), high=1e10)
    noted = cell(columns.notation)
    if emissions is None and key is None and not cells.is_empty(noted):
        key, _ = cells.read_notation(noted)
        if key is None:
            page.say(Code.NOTATION_UNKNOWN, row=number, column="Notation key", value=cells.shown(noted))
            key = "NE"
    fuel = cell(columns.fuel)
    named = cells.shown(fuel) if isinstance(fuel, str) and not cells.is_empty(fuel) else None
    known = lookup("activity_words", "word").get(heading(named)) if named else None
    quality = heading(cell(columns.quality))[:1].upper()
    return GpcLine(
        balance,
        "basic",
        reference,
        number,
        emissions_t=emissions,
        notation=key if emissions is None else None,
        item=f"{reference} {named}" if named else None,
        carrier=known["carrier"] if known else None,
        activity_mwh=_energy(cell(columns.amount), cell(columns.unit), number=number, page=page),
        grade=quality if quality in {"H", "M", "L"} else None,
    )


def _energy(amount: object, unit: object, *, number: int, page: Page) -> float | None:
    value = page.number(amount, row=number, column="Activity data") if not isinstance(amount, str) or unit else None
    if value is None or cells.is_empty(unit):
        return None
    quantity, factor = read_unit(unit)
    if quantity is None or quantity == "ambiguous":
        code = Code.UNIT_UNKNOWN if quantity is None else Code.UNIT_AMBIGUOUS
        page.say(code, row=number, column="Units", value=cells.shown(unit))
    return None if factor is None or not -1e9 <= value * factor <= 1e10 else value * factor


def _balance(balance: str, *, city: str, year: int, level: str, people: float | None) -> pl.DataFrame:
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
        "population": people,
        "tool": "CIRIS",
        "source": SOURCE,
    }
    return shape(pl.DataFrame([row], infer_schema_length=None), Balance)
