"""What did the cities of C40 report by GPC reference? Reads the workbook of the GHG dashboard."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.findings import Code
from citytandem.sources import cells, gpc_lines, guard
from citytandem.sources.cells import Page
from citytandem.sources.city_match import Places, unresolved
from citytandem.sources.crosswalks import find_boundary, read_rows
from citytandem.sources.delivery import Ids, deliver
from citytandem.sources.gpc_lines import GpcLine
from citytandem.sources.periods import read_period
from citytandem.sources.reading import Reading, Remark, shape
from citytandem.sources.recount import judge
from citytandem.sources.workbook import header_row, heading, read_workbook
from citytandem.tables import Balance, Structure
from citytandem.tables.recount import Recount

if TYPE_CHECKING:
    from collections.abc import Mapping

    from citytandem.sources.city_match import Resolve
    from citytandem.sources.workbook import Sheet

SOURCE = "c40-gpc"
HEADINGS = ("City", "Country", "Year_calendar", "Level", "I.1.1", "VI.1", "BASIC")
MOST_ROWS = 10_000
"""More city-years than were ever reported; what is beyond is no such workbook."""
TOTALS = {"BASIC": "basic", "BASIC+": "basic_plus", "BASIC+S3": "other_scope_3", "Territorial": "territorial"}
_CREDITS = ("Credits I", "Credits II", "Credits III", "Credits IV", "Credits V", "Credits VI")


@dataclass(frozen=True, slots=True)
class _Book:
    """What has been read so far."""

    page: Page
    places: Places
    ids: Ids
    balances: list[dict[str, Any]] = field(default_factory=list)
    lines: list[GpcLine] = field(default_factory=list)
    structure: list[dict[str, Any]] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    recounts: list[dict[str, Any]] = field(default_factory=list)


def fits(sheets: Mapping[str, Sheet]) -> bool:
    """Is this the workbook of the dashboard?"""
    return any(header_row(sheet, HEADINGS) is not None for sheet in sheets.values())


def read(raw: bytes, *, where: str = "C40_GPC_Database.xlsx", resolve: Resolve = unresolved) -> Reading:
    """Read one balance per city and year, with the lines its reporting level holds and memo lines beside them.

    Published totals are recomputed from the lines; each that differs is remarked with its size. GDP is not
    carried, because its cells mix currencies without naming them. Credits are remarked, never subtracted.
    """
    sheets, findings = read_workbook(raw, where=where)
    for name, sheet in sheets.items():
        top = header_row(sheet, HEADINGS)
        if top is not None:
            page = Page(f"{where}: {name}", findings)
            return _read_sheet(sheet, top=top, page=page, resolve=resolve, raw=raw)
    page = Page(where, findings)
    if sheets:
        page.say(Code.SHEET_MISSING, sheet="GHG Dashboard Data - Inventory")
    return deliver({}, page=page, raw=raw, sources=[SOURCE])


def _read_sheet(sheet: Sheet, *, top: int, page: Page, resolve: Resolve, raw: bytes) -> Reading:
    if len(sheet) - top > MOST_ROWS:
        page.findings.append(guard.too_large(page.where, part="rows", size=len(sheet) - top, limit=MOST_ROWS))
        return deliver({}, page=page, raw=raw, sources=[SOURCE])
    columns: dict[str, int] = {}
    for at, name in enumerate(sheet[top]):
        columns.setdefault(heading(name), at)
    known = [row["ref"] for row in read_rows("gpc_sectors")]
    for name in ("Year", "Population", "Area", "Boundary", *known, *TOTALS):
        if heading(name) not in columns:
            page.say(Code.COLUMN_MISSING, column=name)
    book = _Book(page, Places(resolve, page, SOURCE), Ids(page))
    for number, cell_row in enumerate(sheet[top + 1 :], start=top + 2):
        row = {name: cell_row[at] if at < len(cell_row) else "" for name, at in columns.items()}
        if not cells.is_empty(row["city"]):
            _read_row(row, number=number, book=book)
    line, memo = gpc_lines.book(book.lines, page=page, source=SOURCE)
    tables = {
        "balance": shape(pl.DataFrame(book.balances, infer_schema_length=None), Balance) if book.balances else pl.DataFrame(),
        "line": line,
        "memo": memo,
        "structure": shape(pl.DataFrame(book.structure, infer_schema_length=None), Structure)
        if book.structure
        else pl.DataFrame(),
        "recount": _recount(book.recounts),
    }
    return deliver(tables | book.places.tables(), page=page, raw=raw, sources=[SOURCE], remarks=book.remarks)


def _recount(rows: list[dict[str, Any]]) -> pl.DataFrame:
    if not rows:
        return Recount.create_empty()
    frame = pl.DataFrame(rows, schema_overrides={"published_t": pl.Float64, "lines_t": pl.Float64})
    # the dashboard gives full digits, so only what compare_total leaves open counts as rounding
    allowed = pl.max_horizontal(pl.lit(1.0), 1e-6 * pl.col("published_t").abs()).alias("rounding_t")
    return judge(frame.drop_nulls("published_t").with_columns(allowed), source=SOURCE)


def _read_row(row: Mapping[str, Any], *, number: int, book: _Book) -> None:
    period = _read_period(row, number=number, book=book)
    if period is None:
        book.page.say(Code.YEAR_NOT_STATED, row=number)
        return
    year, start, end = period
    boundary, basis = find_boundary(row.get("boundary", ""))
    city = book.places.find(row["city"], country=row["country"], boundary=boundary)
    level = "basic_plus" if str(row["level"]).strip() == "BASIC+" else "basic"
    balance = book.ids.take(f"{city}.{year}.{SOURCE}", row=number)
    values = _read_lines(row, number=number, balance=balance, level=level, book=book)
    published = {name: book.page.number(row.get(heading(name)), row=number, column=name) for name in TOTALS}
    for name, total in TOTALS.items():
        gpc_lines.compare_total(
            name,
            published=published[name],
            lines=gpc_lines.add_up(values, total=total),
            remarks=book.remarks,
            where=book.page.where,
            row=number,
            city=city,
            year=year,
            source=SOURCE,
        )
        book.recounts.append(
            {"figure": name, "city": city, "year": year, "published_t": published[name], "n_lines": len(values)}
            | {"lines_t": gpc_lines.add_up(values, total=total)}
        )
    population = book.page.number(row.get("population"), row=number, column="Population", low=1, high=1e8)
    area = book.page.number(row.get("area"), row=number, column="Area", low=0.01, high=1e7)
    book.balances.append(
        {
            "balance": balance,
            "city": city,
            "year": year,
            "method": gpc_lines.LEVELS[level],
            "version": "GHG dashboard 30.05.2023",
            "gwp": "unknown",
            "upstream": "unknown",
            "electricity": "unknown",
            "period_start": start,
            "period_end": end,
            "boundary": boundary,
            "top_down": False,
            "weather_corrected": False,
            "population": population,
            "reported_t": published["BASIC+" if level == "basic_plus" else "BASIC"],
            "source": SOURCE,
        }
    )
    if balance.endswith(SOURCE):
        facts = {"city": city, "year": year, "basis": basis, "source": SOURCE}
        stated = {"population": population, "area_km2": area}
        book.structure.extend({"variable": name, "value": value} | facts for name, value in stated.items() if value is not None)
    _remark_gdp(row, number=number, city=city, year=year, book=book)
    _remark_credits(row, number=number, city=city, year=year, book=book)


def _read_period(row: Mapping[str, Any], *, number: int, book: _Book) -> tuple[int, Any, Any] | None:
    words = row.get("year") if not cells.is_empty(row.get("year")) else row["year_calendar"]
    period = read_period(words) or read_period(row["year_calendar"])
    if period is None:
        return None
    year, start, end, clear = period
    if not clear:
        book.page.say(Code.PERIOD_UNCLEAR, row=number, value=cells.shown(words), start=str(start), end=str(end))
    return year, start, end


def _read_lines(row: Mapping[str, Any], *, number: int, balance: str, level: str, book: _Book) -> dict[str, float]:
    values: dict[str, float] = {}
    for entry in read_rows("gpc_sectors"):
        ref = entry["ref"]
        cell = row.get(ref.lower(), "")
        value, key = None, None
        if isinstance(cell, str):
            key, exact = cells.read_notation(cell)
            if key and not exact and cell.strip() != key:
                _remark_notation(cell, key=key, ref=ref, number=number, balance=balance, book=book)
        if key is None and not cells.is_empty(cell):
            value = book.page.number(cell, row=number, column=ref, low=gpc_lines.lowest(ref), high=1e10)
        if value is not None:
            values[ref] = value
        elif key is None:
            key = "NE"
            _remark_notation(cell, key=key, ref=ref, number=number, balance=balance, book=book)
        book.lines.append(GpcLine(balance, level, ref, number, emissions_t=value, notation=key))
    return values


def _remark_notation(cell: object, *, key: str, ref: str, number: int, balance: str, book: _Book) -> None:
    empty = cells.is_empty(cell)
    city, year, _ = balance.split(".", 2)
    book.remarks.append(
        Remark(
            code="cell_without_value" if empty or key == "NE" else "several_notation_keys",
            rule="no_number_is_never_zero" if empty or key == "NE" else "key_that_leaves_most_unknown",
            where=f"{book.page.where}: {ref}",
            row=number,
            city=city,
            year=int(year),
            before=cells.shown(cell) or "empty cell",
            after=key,
            reason="A cell that does not say one number or one key keeps what is unknown unknown.",
            source=SOURCE,
        )
    )


def _remark_gdp(row: Mapping[str, Any], *, number: int, city: str, year: int, book: _Book) -> None:
    if isinstance(row.get("gdp"), str) and not cells.is_empty(row["gdp"]):
        book.remarks.append(
            Remark(
                code="currency_in_the_cell",
                rule="amount_of_money_left_out",
                where=f"{book.page.where}: GDP",
                row=number,
                city=city,
                year=year,
                before=cells.shown(row["gdp"]),
                source=SOURCE,
                reason="GDP mixes currencies and scales without naming them, so it cannot be compared and is not carried.",
            )
        )


def _remark_credits(row: Mapping[str, Any], *, number: int, city: str, year: int, book: _Book) -> None:
    for name in _CREDITS:
        value = book.page.number(row.get(heading(name)), row=number, column=name)
        if value:
            book.remarks.append(
                Remark(
                    code="credits",
                    rule="credits_never_subtracted",
                    where=f"{book.page.where}: {name}",
                    row=number,
                    city=city,
                    year=year,
                    before=f"{value:.0f} t",
                    reason="Credits are no emissions of the city; they are shown here and never subtracted.",
                    source=SOURCE,
                )
            )
