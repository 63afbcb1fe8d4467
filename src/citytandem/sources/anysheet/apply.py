"""What does a file say by its mapping? Balances and lines in our words, and what became of every single row."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.findings import Code, Finding, Severity
from citytandem.sources import checks
from citytandem.sources.anysheet.headers import find_all_tables
from citytandem.sources.anysheet.records import HIGHEST_FACTOR, Record, read_records
from citytandem.sources.anysheet.totals import UNITS, Account, Control, Entry, settle
from citytandem.sources.cells import Page
from citytandem.sources.city_match import Places, Resolve, unresolved
from citytandem.sources.delivery import deliver
from citytandem.sources.reading import Reading, calendar_year, shape, year_from
from citytandem.tables import Balance, Line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citytandem.sources.anysheet.grid import Grid
    from citytandem.sources.anysheet.headers import Table, Tables
    from citytandem.sources.anysheet.mapping import Mapping, TableMap

SOURCE = "own-sheet"


@dataclass(slots=True)
class _Work:
    where: str
    mapping: Mapping
    findings: list[Finding]
    pages: dict[str, Page] = field(default_factory=dict)
    fates: dict[tuple[str, int], str] = field(default_factory=dict)
    people: dict[tuple[str, int], float | None] = field(default_factory=dict)

    def page(self, sheet: str) -> Page:
        """The page of a sheet; all write into one list."""
        place = f"{self.where}: {sheet}" if sheet else self.where
        return self.pages.setdefault(place, Page(place, self.findings))


def apply_mapping(
    grid: Grid,
    mapping: Mapping,
    *,
    where: str,
    raw: bytes,
    findings: list[Finding] | None = None,
    resolve: Resolve = unresolved,
    tables: Tables | None = None,
) -> Reading:
    """Read every table of a file by its mapping.

    Returns
    -------
    ``balance`` and ``line`` in our schemas, ``memo`` (lines outside the total), ``control`` (published totals beside the sum
    of their parts) and ``row``: for each row of the file that holds anything, what became of it (``line``, ``total``,
    ``memo``, ``heading``, ``note`` or ``finding``).
    """
    work = _Work(where, mapping, list(findings or []))
    records: list[Record] = []
    found = find_all_tables(grid) if tables is None else tables
    for sheet in grid.sheets:
        page = work.page(sheet.name)
        work.fates |= {
            (page.where, line): "note"
            for line, row in zip(sheet.lines, sheet.rows, strict=True)
            if any(cell is not None for cell in row)
        }
        for table in found[sheet.name]:
            records += _read_table(work, table, page)
    if any(mapping.heating_value == "higher" and record.measure == "energy" for record in records):
        work.page("").say(Code.SHEET_HEATING_VALUE, severity=Severity.NOTE)
    places = Places(resolve, work.page(""), SOURCE)
    accounts = {key: settle(group, work.pages) for key, group in _by_balance(work, records, places)}
    _mark_fates(work, records, accounts)
    _find_slips(work, accounts)
    people = _people(work, records, places)
    given = _tables(work, accounts, people=people) | (places.tables() if places.new else {})
    return deliver(given, page=work.page(""), raw=raw, sources=[SOURCE])


def _read_table(work: _Work, table: Table, page: Page) -> list[Record]:
    lines = table.sheet.lines
    work.fates |= {(page.where, lines[at]): "heading" for at in (*table.titles, *table.headers, *table.sections)}
    mapped = _find_map(work.mapping, table)
    if mapped is None or not mapped.use:
        work.fates |= {(page.where, lines[at]): "finding" for at in table.body}
        facts = {"first": lines[table.body[0]], "last": lines[table.body[-1]]}
        page.say(Code.SHEET_TABLE_LEFT_OUT, severity=Severity.NOTE, row=facts["first"], **facts)
        return []
    reader = read_records(table, mapped, mapping=work.mapping, page=page)
    for key, people in reader.people.items():
        work.people[key] = people if work.people.get(key, people) == people else None
    work.fates |= {(page.where, row): fate for row, fate in reader.fate.items()}
    return reader.records


def _find_map(mapping: Mapping, table: Table) -> TableMap | None:
    named = [each for each in mapping.tables if each.sheet == table.sheet.name]
    # next year's file may name its sheet after the new year; then the one sheet that was read is meant
    sheets = {each.sheet for each in mapping.tables}
    candidates = named or (list(mapping.tables) if len(sheets) == 1 else [])
    return next((each for each in candidates if each.number == table.number), None)


def _by_balance(work: _Work, records: list[Record], places: Places) -> Iterator[tuple[tuple[str, int], list[Record]]]:
    grouped: dict[tuple[str, int], list[Record]] = {}
    for record in records:
        city = work.mapping.city
        if record.city:
            city = places.find(record.city, country=work.mapping.country)
        grouped.setdefault((city, record.year), []).append(record)
    for key, group in grouped.items():
        if key[0]:
            yield key, group
    lost = [record for key, group in grouped.items() if not key[0] for record in group]
    if lost:
        work.pages[lost[0].place].say(Code.CITY_NOT_STATED, severity=Severity.ERROR)
        work.fates |= {(record.place, record.row): "finding" for record in lost}


def _people(work: _Work, records: list[Record], places: Places) -> dict[tuple[str, int], float]:
    """People by our city and year, for the cities and years the file has figures of."""
    named = {record.city for record in records}
    found: dict[tuple[str, int], float] = {}
    for (name, year), people in work.people.items():
        if people is not None and (name in named or not name):
            city = places.find(name, country=work.mapping.country) if name else work.mapping.city
            found[city, year] = people
    return found


def _mark_fates(work: _Work, records: list[Record], accounts: dict[tuple[str, int], Account]) -> None:
    fates: dict[tuple[str, int], str] = {}
    for account in accounts.values():
        fates |= {(control.record.place, control.record.row): "total" for control in account.controls}
        fates |= {(entry.first.place, entry.first.row): "memo" for entry in account.memo}
    for account in accounts.values():
        fates |= {(entry.first.place, entry.first.row): "line" for entry in account.lines}
    # what gave records and no entry of its own was merged into another row's line, or is named as given twice
    work.fates |= {(record.place, record.row): fates.get((record.place, record.row), "line") for record in records} | fates
    named = {(finding.where, finding.row) for finding in work.findings if finding.code == Code.SHEET_ROW_REPEATED}
    work.fates |= {key: "finding" for key in work.fates if key in named and key not in fates}


def _find_slips(work: _Work, accounts: dict[tuple[str, int], Account]) -> None:
    rows = [
        {"city": city, "year": year, "item": entry.item, "measure": measure, "value": value,
         "row": entry.first.row, "place": entry.first.place}
        for (city, year), account in accounts.items()
        for entry in account.lines
        for measure, value in entry.values.items()
        if measure in UNITS
    ]  # fmt: skip
    if not rows:
        return
    for slip in checks.find_unit_slips(pl.DataFrame(rows), by=["city", "item", "measure"], value="value").iter_rows(named=True):
        facts = {
            "label": str(slip["item"])[:80], "value": slip["value"], "unit": UNITS[slip["measure"]],
            "typical": slip["typical"],
        }  # fmt: skip
        work.pages[slip["place"]].say(Code.SHEET_VALUE_SLIP, row=slip["row"], severity=Severity.WARNING, **facts)


def _tables(
    work: _Work, accounts: dict[tuple[str, int], Account], *, people: dict[tuple[str, int], float]
) -> dict[str, pl.DataFrame]:
    heads = [
        {"balance": _id(city, year), "city": city, "year": year, "reported_t": account.reported_t,
         "population": people.get((city, year))}
        for (city, year), account in accounts.items()
        if account.lines or account.memo
    ]  # fmt: skip
    lines = [row for key, account in accounts.items() for row in _lines(_id(*key), account.lines)]
    memo = [row for key, account in accounts.items() for row in _lines(_id(*key), account.memo)]
    controls = [_control(key, control) for key, account in accounts.items() for control in account.controls]
    fates = [{"where": place, "row": row, "fate": fate} for (place, row), fate in sorted(work.fates.items())]
    return {
        "balance": _balances(work.mapping, heads),
        "line": _line_frame(lines),
        "memo": _line_frame(memo),
        "control": pl.DataFrame(controls, infer_schema_length=None),
        "row": pl.DataFrame(fates, schema={"where": pl.String, "row": pl.Int64, "fate": pl.String}),
    }


def _id(city: str, year: int) -> str:
    return f"{city}.{year}.{SOURCE}"


def _balances(mapping: Mapping, heads: list[dict[str, Any]]) -> pl.DataFrame:
    frame = pl.DataFrame(
        heads,
        schema={"balance": pl.String, "city": pl.String, "year": pl.Int16, "reported_t": pl.Float64, "population": pl.Float64},
        strict=False,
    )
    month = mapping.fiscal_year_start
    dated = frame.with_columns(*(calendar_year() if month == 1 else year_from(month)))
    return shape(
        dated, Balance, method=mapping.method, gwp=mapping.gwp, upstream="unknown", electricity=mapping.electricity,
        boundary=mapping.boundary, top_down=mapping.top_down, weather_corrected=False, source=SOURCE,
    )  # fmt: skip


def _lines(balance: str, entries: list[Entry]) -> Iterator[dict[str, Any]]:
    given: dict[tuple[str, str], int] = {}
    for entry in entries:
        factor = entry.values.get("factor")
        known = "emissions" in entry.values or "energy" in entry.values
        if not known and entry.notation is None:
            continue
        given[entry.view, entry.item] = again = given.get((entry.view, entry.item), 0) + 1
        yield {
            "balance": balance,
            "view": entry.view,
            "item": entry.item if again == 1 else f"{entry.item} ({again})",
            "sector": entry.first.sector or ("other" if entry.first.use == "ask" else "total"),
            "carrier": entry.first.carrier or "all",
            "scope": entry.first.scope or "none",
            "activity_mwh": entry.values.get("energy"),
            "factor_kg_per_mwh": factor if factor is not None and 0 <= factor <= HIGHEST_FACTOR else None,
            "emissions_t": entry.values.get("emissions"),
            "notation": None if known else entry.notation,
            "grade": entry.first.grade,
        }


def _line_frame(rows: list[dict[str, Any]]) -> pl.DataFrame:
    types = {
        name: pl.Float64 if name in {"activity_mwh", "factor_kg_per_mwh", "emissions_t"} else pl.String
        for name in Line.columns()
        if name != "source"
    }
    return shape(pl.DataFrame(rows, schema=types), Line, source=SOURCE) if rows else pl.DataFrame()


def _control(key: tuple[str, int], control: Control) -> dict[str, Any]:
    return {
        "city": key[0], "year": key[1], "where": control.record.place, "row": control.record.row, "label": control.record.label,
        "measure": control.measure, "published": control.published, "parts": control.parts, "difference": control.difference,
        "fits": control.fits,
    }  # fmt: skip
