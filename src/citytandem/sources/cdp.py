"""What did cities report to CDP about their emissions? Reads the open data of 2016 to 2021 through one mapping file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.findings import Code
from citytandem.sources import cells
from citytandem.sources.cells import Page
from citytandem.sources.city_match import Places, unresolved
from citytandem.sources.crosswalks import find_boundary, read_toml
from citytandem.sources.delimited import ROW, read_delimited
from citytandem.sources.delivery import Ids, deliver
from citytandem.sources.periods import read_end, read_period
from citytandem.sources.reading import Reading, Remark, shape
from citytandem.sources.workbook import heading
from citytandem.tables import Balance, Line, Structure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from citytandem.sources.city_match import Resolve
    from citytandem.sources.periods import Period

YEARS = tuple(str(year) for year in range(2016, 2022))
_AMOUNTS = ("total", "basic", "basic_plus", "scope_1", "scope_2", "scope_3", "direct", "indirect", "outside", "generation")
_USUAL_T_PER_HEAD = (0.1, 0.5, 100.0)
"""Below the first value, and between the others a thousand times larger: then the unit was probably a thousand tonnes."""


@dataclass(frozen=True, slots=True)
class _Book:
    page: Page
    places: Places
    ids: Ids
    source: str
    year_reported: str
    columns: Mapping[str, Sequence[str]]
    balances: list[dict[str, Any]] = field(default_factory=list)
    lines: list[dict[str, Any]] = field(default_factory=list)
    memo: list[dict[str, Any]] = field(default_factory=list)
    structure: dict[tuple[str, str, int], dict[str, Any]] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)


def fits(header: Sequence[str]) -> bool:
    """Are these the headings of one of the years of CDP's open data?"""
    return find_year(header) is not None


def find_year(header: Sequence[str]) -> str | None:
    """The reporting year whose headings these are, the latest where two years share theirs; None if none fits.

    >>> find_year(["Account Number", "City Name"]) is None
    True
    """
    have = {heading(name) for name in header}
    shares = {}
    for year in YEARS:
        wanted = [heading(name) for names in _columns(year).values() for name in names]
        shares[year] = sum(name in have for name in wanted) / len(wanted)
    best = max(YEARS, key=lambda year: (shares[year], year))
    return best if shares[best] >= 0.8 and any("emissions" in name for name in have) else None


def _columns(year: str) -> Mapping[str, Sequence[str]]:
    table = read_toml("cdp_columns")
    part = table[year]
    found: Mapping[str, Sequence[str]] = table[str(part["like"])] if "like" in part else part
    return found


def read(raw: bytes, *, where: str = "cdp.csv", resolve: Resolve = unresolved) -> Reading:
    """Read one balance per city that states a figure: its scopes as lines, what stands outside the total as memo lines.

    The published total is the stated total, else BASIC. Scope 3 and power made for the grid are memo lines, because
    no total of all rows holds them. Cities that are still at work on their inventory give no row; they are counted.
    """
    frame, findings = read_delimited(raw, where=where)
    page = Page(where, findings)
    year = find_year(frame.columns)
    if year is None:
        if not frame.is_empty():
            page.say(Code.COLUMN_MISSING, column="Total Scope 1 Emissions (metric tonnes CO2e)")
        return deliver({}, page=page, raw=raw, sources=["cdp-2016"])
    stated = frame.get_column("year reported to cdp", default=pl.Series([None], dtype=pl.String)).drop_nulls()
    year = next((one for one in stated if one in YEARS), year)
    source = f"cdp-{year}"
    book = _Book(page, Places(resolve, page, source), Ids(page), source, year, _columns(year))
    silent = sum(not _read_row(row, book=book) for row in frame.iter_rows(named=True))
    if silent:
        book.remarks.append(
            Remark(
                code="no_figure_reported",
                rule="no_figure_is_no_balance",
                where=where,
                source=source,
                before=f"{silent} of {frame.height} rows",
                reason="These cities report no figure (not begun, in progress, or not public).",
            )
        )
    tables = {
        name: _frame(rows, schema)
        for name, rows, schema in (
            ("balance", book.balances, Balance),
            ("line", book.lines, Line),
            ("memo", book.memo, Line),
            ("structure", list(book.structure.values()), Structure),
        )
    }
    return deliver(tables | book.places.tables(), page=page, raw=raw, sources=[source], remarks=book.remarks)


def _frame(rows: list[dict[str, Any]], schema: Any) -> pl.DataFrame:
    return shape(pl.DataFrame(rows, infer_schema_length=None), schema) if rows else pl.DataFrame()


def _cell(row: Mapping[str, Any], name: str, book: _Book) -> tuple[Any, str]:
    """The first filled of the columns of a field, and its heading."""
    names = book.columns.get(name, ())
    for column in names:
        value = row.get(heading(column))
        if not cells.is_empty(value) and heading(value) != "not applicable":
            return value, column
    return None, names[0] if names else name


def _number(row: Mapping[str, Any], name: str, book: _Book, *, low: float = 0.0, high: float = 1e10) -> float | None:
    value, column = _cell(row, name, book)
    return book.page.number(value, row=row[ROW], column=column, low=low, high=high)


def _read_row(row: Mapping[str, Any], *, book: _Book) -> bool:
    """Read one city; false where it reports no figure."""
    amounts = {name: _number(row, name, book) for name in _AMOUNTS}
    if all(value is None for value in amounts.values()):
        return False
    period = _period(row, book)
    if period is None:
        book.page.say(Code.YEAR_NOT_STATED, row=row[ROW])
        return True
    year, start, end, _ = period
    words, _ = _cell(row, "boundary", book)
    boundary, basis = find_boundary(words or "")
    name, _ = _cell(row, "name", book)
    country, _ = _cell(row, "country", book)
    city = book.places.find(name or "", country=country or "", boundary=boundary)
    account, _ = _cell(row, "account", book)
    balance = book.ids.take(
        f"{city}.{year}.{book.source}-{''.join(filter(str.isalnum, str(account or '0')))[:20] or '0'}", row=row[ROW]
    )
    population = _number(row, "population", book, high=1e8)
    reported = amounts["total"] if amounts["total"] is not None else amounts["basic"]
    gases, _ = _cell(row, "gases", book)
    method, protocol = _method(row, book)
    book.balances.append(
        {
            "balance": balance,
            "city": city,
            "year": year,
            "method": method,
            "version": protocol,
            "gwp": "co2_only" if str(gases).strip() == "CO2" else "unknown",
            "upstream": "unknown",
            "electricity": "unknown",
            "period_start": start,
            "period_end": end,
            "boundary": boundary,
            "top_down": False,
            "weather_corrected": False,
            "population": population or None,
            "reported_t": reported,
            "source": book.source,
        }
    )
    _book_lines(amounts, balance=balance, reported=reported, book=book)
    _check(amounts, reported=reported, population=population, row=row[ROW], city=city, year=year, book=book)
    _book_structure(row, city=city, basis=basis, population=population, book=book)
    return True


def _period(row: Mapping[str, Any], book: _Book) -> Period | None:
    words, _ = _cell(row, "period", book)
    found = read_period(words) if words is not None else None
    if found is None:
        words, _ = _cell(row, "ended", book)
        found = read_end(words) if words is not None else None
    if found and not found[3]:
        book.page.say(Code.PERIOD_UNCLEAR, row=row[ROW], value=cells.shown(words), start=str(found[1]), end=str(found[2]))
    return found


def _method(row: Mapping[str, Any], book: _Book) -> tuple[str, str | None]:
    words, _ = _cell(row, "protocol", book)
    text = cells.shown(words) if words else None
    rows = read_toml("cdp_columns")["protocol"]
    return next((str(one["method"]) for one in rows if text and text.startswith(one["starts"])), "unknown"), text


def _book_lines(amounts: Mapping[str, float | None], *, balance: str, reported: float | None, book: _Book) -> None:
    parts = (("1", "scope_1", "direct"), ("2", "scope_2", "indirect"))
    found = False
    for scope, whole, without_generation in parts:
        name = whole if amounts[whole] is not None else without_generation
        if amounts[name] is not None:
            found = True
            book.lines.append(_line(balance, name, scope=scope, value=amounts[name], source=book.source))
    if not found and reported is not None:
        book.lines.append(_line(balance, "total", scope="none", value=reported, source=book.source))
    for name, scope in (("scope_3", "3"), ("outside", "3"), ("generation", "1"), ("basic_plus", "1+2+3")):
        if amounts[name] is not None:
            book.memo.append(_line(balance, name, scope=scope, value=amounts[name], source=book.source))


_ITEMS = {
    "total": "Total",
    "scope_1": "Scope 1",
    "scope_2": "Scope 2",
    "scope_3": "Scope 3",
    "direct": "Direct, without generation for the grid",
    "indirect": "Indirect, grid energy used",
    "outside": "Outside the boundary",
    "generation": "Generation for the grid",
    "basic_plus": "BASIC+",
}


def _line(balance: str, name: str, *, scope: str, value: float | None, source: str) -> dict[str, Any]:
    return {
        "balance": balance,
        "view": "total",
        "item": _ITEMS[name],
        "sector": "energy_industry" if name == "generation" else "total",
        "carrier": "all",
        "scope": scope,
        "emissions_t": value,
        "source": source,
    }


def _check(
    amounts: Mapping[str, float | None],
    *,
    reported: float | None,
    population: float | None,
    row: int,
    city: str,
    year: int,
    book: _Book,
) -> None:
    one, two = amounts["scope_1"], amounts["scope_2"]
    if reported is not None and one is not None and two is not None and abs(one + two - reported) > max(1.0, 0.005 * reported):
        book.remarks.append(
            Remark(
                code="scopes_miss_total",
                rule="keep_scopes_and_total_as_published",
                where=f"{book.page.where}: Total",
                row=row,
                city=city,
                year=year,
                before=f"total {reported:.0f} t",
                after=f"scope 1 and 2 {one + two:.0f} t, difference {reported - one - two:.0f} t",
                reason="Scope 1 and 2 do not add up to the total; it may hold waste outside the city. Nothing is scaled.",
                source=book.source,
            )
        )
    total = reported if reported is not None else (one or 0.0) + (two or 0.0)
    lowest, low, high = _USUAL_T_PER_HEAD
    if population and 0 < total / population < lowest and low <= 1000 * total / population <= high:
        facts = {"value": total, "population": population, "per_head": round(total / population, 4)}
        book.page.say(Code.VALUE_IMPLAUSIBLE, row=row, **facts)  # type: ignore[arg-type]


def _book_structure(row: Mapping[str, Any], *, city: str, basis: str, population: float | None, book: _Book) -> None:
    value, column = _cell(row, "population_year", book)
    stated = cells.as_number(value)
    year = int(stated) if stated and 1700 <= stated <= 2100 else None
    if stated and year is None:
        book.page.year(value, row=row[ROW], column=column)
    area = _number(row, "area", book, high=1e7)
    facts = {"city": city, "basis": basis, "source": book.source}
    found = {("population", year): population, ("area_km2", int(book.year_reported)): area}
    for (name, at), amount in found.items():
        if amount and at:
            row_of_table = {"variable": name, "year": at, "value": amount} | facts
            book.structure.setdefault((city, name, at), row_of_table)
