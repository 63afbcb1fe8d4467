"""What does a city plan under the Covenant of Mayors? Reads the inventories of its template: energy by sector and carrier.

The template is the workbook behind "Reporting Guidelines", Covenant of Mayors and Joint Research Centre 2016 (EUR 28160,
doi:10.2790/986666): baseline and monitoring inventories with final energy in MWh, factors in t per MWh, emissions in t, local
production. It came in several editions, and its cells are nowhere documented. So nothing is read by its place: tables are
found by their row of carriers, rows by their labels, and what a table holds by the title above it.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.findings import Code
from citytandem.sources import cells
from citytandem.sources.cells import Page
from citytandem.sources.city_match import Places, unresolved
from citytandem.sources.crosswalks import lookup
from citytandem.sources.delivery import Ids, deliver
from citytandem.sources.reading import Reading, Remark, shape
from citytandem.sources.secap_tables import Row, bare_label, find_tables, finest, is_inventory, read_beside, read_rows
from citytandem.sources.workbook import heading, read_workbook
from citytandem.tables import Balance, Line, Structure

if TYPE_CHECKING:
    from collections.abc import Mapping

    from citytandem.sources.city_match import Resolve
    from citytandem.sources.workbook import Sheet

SOURCE = "secap"
_FIELDS = {
    "inventory year": "year",
    "baseline year": "year",
    "monitoring year": "year",
    "number of inhabitants in the inventory year": "population",
    "number of inhabitants": "population",
    "population in the inventory year": "population",
    "emission factors": "factors",
    "emission factors approach": "factors",
    "emission factor approach": "factors",
    "emission reporting unit": "unit",
    "ghg emission reporting unit": "unit",
    "name of the local authority": "name",
    "local authority": "name",
    "signatory": "name",
    "name of signatory": "name",
    "municipality": "name",
    "country": "country",
}
_FROM_GRID = ("electricity", "district_heat")


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What one inventory sheet holds, before it is placed."""

    name: str
    page: Page
    said: Mapping[str, tuple[int, object]]
    energy: list[Row] = field(default_factory=list)
    emissions: list[Row] = field(default_factory=list)
    factors: dict[str, float] = field(default_factory=dict)
    beside: list[tuple[int, str, str, float]] = field(default_factory=list)
    made: list[tuple[int, str, str, float]] = field(default_factory=list)


def fits(sheets: Mapping[str, Sheet]) -> bool:
    """Is this a workbook of the Covenant's template?"""
    return any(is_inventory(sheet) for sheet in sheets.values())


def read(
    raw: bytes, *, where: str = "secap.xlsx", resolve: Resolve = unresolved, city: str | None = None, year: int | None = None
) -> Reading:
    """Read one balance for each inventory sheet, baseline or monitoring.

    Emissions are those of the sheet's own table of emissions. Where it has none, they are energy times the factors of the
    sheet, each line with a remark that says so. Local production of electricity and heat stands in ``memo``, never in
    the total. Totals of the sheet are compared with their lines. The method is unknown, because the Covenant lets a
    city choose between standard and life-cycle factors; what it chose is in the header.

    Parameters
    ----------
    city, year
        City and year where the workbook does not state them.
    """
    sheets, findings = read_workbook(raw, where=where)
    page = Page(where, findings)
    fitting = {name: sheet for name, sheet in sheets.items() if is_inventory(sheet)}
    if sheets and not fitting:
        page.say(Code.SHEET_MISSING, sheet="Emission Inventories")
    said = {key: value for sheet in sheets.values() for key, value in _facts(sheet).items() if key in {"name", "country"}}
    name = cells.shown(said["name"][1]) if "name" in said else city or ""
    if not fitting or not name:
        if fitting:
            page.say(Code.CITY_NOT_STATED)
        return deliver({}, page=page, raw=raw, sources=[SOURCE])
    places = Places(resolve, page, SOURCE)
    country = said.get("country", (0, (city or "")[:2]))[1]
    book = _Book(places.find(name, country=country, boundary="municipality"), Ids(page))
    for title, sheet in fitting.items():
        _place(_read_sheet(sheet, name=title, page=page.sheet(title)), book=book, year=year, where=where)
    return deliver(book.tables() | places.tables(), page=page, raw=raw, sources=[SOURCE], remarks=book.remarks)


@dataclass(frozen=True, slots=True)
class _Book:
    city: str
    ids: Ids
    balances: list[dict[str, Any]] = field(default_factory=list)
    lines: list[dict[str, Any]] = field(default_factory=list)
    memo: list[dict[str, Any]] = field(default_factory=list)
    people: list[dict[str, Any]] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def tables(self) -> dict[str, pl.DataFrame]:
        if not self.balances:
            return {}
        numbers = dict.fromkeys(("activity_mwh", "factor_kg_per_mwh", "emissions_t"), pl.Float64)
        types = dict.fromkeys(("balance", "item", "sector", "carrier", "scope"), pl.String) | numbers | {"notation": pl.String}
        people = pl.DataFrame(self.people, schema={"year": pl.Int16, "value": pl.Float64}).unique("year", maintain_order=True)
        return {
            "balance": shape(pl.DataFrame(self.balances, infer_schema_length=None), Balance),
            "line": shape(pl.DataFrame(self.lines, schema=types), Line, view="sector", source=SOURCE),
            "memo": shape(pl.DataFrame(self.memo, schema=types), Line, view="sector", source=SOURCE),
            "structure": shape(people, Structure, city=self.city, variable="population", basis="municipality", source=SOURCE),
        }


def _facts(sheet: Sheet) -> dict[str, tuple[int, object]]:
    """What the sheet says about itself: the first filled cell to the right of each label, with its row."""
    found: dict[str, tuple[int, object]] = {}
    for number, row in enumerate(sheet[:120], start=1):
        for at, cell in enumerate(row[:12]):
            known = _FIELDS.get(bare_label(cell)) if isinstance(cell, str) else None
            value = next((one for one in row[at + 1 : at + 12] if not cells.is_empty(one)), None) if known else None
            if known and value is not None:
                found.setdefault(known, (number, value))
    return found


def _read_sheet(sheet: Sheet, *, name: str, page: Page) -> _Sheet:
    found = _Sheet(name, page, _facts(sheet))
    taken: set[int] = set()
    for table in find_tables(sheet, page=page):
        rows = read_rows(sheet, table, page=page)
        taken |= set(range(table.top, max((row.number for row in rows), default=table.top)))
        if table.kind == "factors":
            for row in rows:
                found.factors.update({key: value for key, value in row.values.items() if key not in found.factors})
        elif table.kind == "energy" and not found.energy:
            found.energy.extend(rows)
        elif table.kind == "emissions" and not found.emissions:
            found.emissions.extend(rows)
    found.beside.extend(read_beside(sheet, kind="not_energy", taken=taken, page=page))
    found.made.extend(read_beside(sheet, kind="production", taken=taken, page=page))
    return found


def _place(found: _Sheet, *, book: _Book, year: int | None, where: str) -> None:
    row, stated = found.said.get("year", (1, ""))
    own = found.page.year(stated, row=row, column="Inventory year") or year
    if own is None:
        found.page.say(Code.YEAR_NOT_STATED, row=row)
        return
    lines = [*_energy_lines(found), *_other_lines(found)]
    if not lines:
        return
    balance = book.ids.take(f"{book.city}.{own}.{SOURCE}", row=row)
    met: Counter[str] = Counter()
    for line in lines:
        met[line["item"]] += 1
        again = f" ({met[line['item']]})" if met[line["item"]] > 1 else ""
        book.lines.append(
            {key: value for key, value in line.items() if key != "row"} | {"balance": balance, "item": line["item"] + again}
        )
    for number, label, sector, value in found.made:
        item = f"local production: {label} (row {number})"
        book.memo.append(
            {"balance": balance, "item": item, "sector": sector, "carrier": "other", "scope": "none", "activity_mwh": value}
        )
    computed = not found.emissions and any(line["emissions_t"] is not None for line in lines)
    if computed:
        book.remarks.append(_computed(found, year=own, city=book.city, where=where))
    book.balances.append(_header(found, balance=balance, book=book, year=own))
    _compare(found, book=book, year=own)


def _energy_lines(found: _Sheet) -> list[dict[str, Any]]:
    """One line per sector and carrier, with energy, factor and emissions where the sheet has them."""
    cellwise: dict[tuple[tuple[str, ...], str], dict[str, Any]] = {}
    for rows, column in ((found.energy, "activity_mwh"), (found.emissions, "emissions_t")):
        for row in finest(rows):
            for name in (*row.values, *row.keys):
                line = cellwise.setdefault((row.labels, name), _blank(row, name))
                line[column] = row.values.get(name)
                line["notation"] = row.keys.get(name)
            if not row.values and not row.keys and row.total is not None and column == "emissions_t":
                cellwise[row.labels, "total"] = _blank(row, None) | {"emissions_t": row.total}
    for (_, name), line in cellwise.items():
        factor = _factor(found, name)
        line["factor_kg_per_mwh"] = None if factor is None else factor * 1000
        if not found.emissions and line["activity_mwh"] is not None and factor is not None:
            line["emissions_t"] = line["activity_mwh"] * factor
        if line["activity_mwh"] is not None or line["emissions_t"] is not None:
            line["notation"] = None
    return list(cellwise.values())


def _blank(row: Row, name: str | None) -> dict[str, Any]:
    carrier = lookup("secap_carriers", "heading")[name]["carrier"] if name else "none"
    return {
        "item": f"{row.name} / {name}" if name else row.name,
        "sector": row.sector,
        "carrier": carrier,
        "scope": "2" if carrier in _FROM_GRID else "1",
        "activity_mwh": None,
        "factor_kg_per_mwh": None,
        "emissions_t": None,
        "notation": None,
        "row": row.number,
    }


def _factor(found: _Sheet, name: str) -> float | None:
    """The factor of a carrier in t/MWh; for electricity the local one goes before the national, as in the template."""
    if name == "electricity":
        given = (found.factors.get(key) for key in ("local", "electricity", "national"))
        value = next((one for one in given if one is not None), None)
    else:
        value = found.factors.get(name)
    return value if value is None or value <= 5 else None


def _other_lines(found: _Sheet) -> list[dict[str, Any]]:
    """Waste and wastewater, where they stand outside the table of carriers."""
    return [
        {"item": label, "sector": sector, "carrier": "none", "scope": "1", "activity_mwh": None, "factor_kg_per_mwh": None,
         "emissions_t": value, "notation": None, "row": number}
        for number, label, sector, value in found.beside
    ]  # fmt: skip


def _header(found: _Sheet, *, balance: str, book: _Book, year: int) -> dict[str, Any]:
    words = heading(f"{found.said.get('factors', (0, ''))[1]}")
    unit = heading(f"{found.said.get('unit', (0, ''))[1]}")
    row, stated = found.said.get("population", (1, ""))
    people = found.page.number(stated, row=row, column="Number of inhabitants", low=1, high=1e8)
    if people is not None:
        book.people.append({"year": year, "value": people})
    total = next((row.total for row in found.emissions if row.labels[-1] == "total" and row.is_total), None)
    monitoring = "mei" in heading(found.name).split() or "monitor" in heading(found.name)
    local = found.factors.get("local") is not None
    return {
        "balance": balance,
        "city": book.city,
        "year": year,
        "method": "unknown",
        "version": f"SECAP template, {'monitoring' if monitoring else 'baseline'} inventory",
        "gwp": "co2_only" if unit and "eq" not in unit and "co2" in unit else "unknown",
        "upstream": "yes" if "lca" in words else "no" if "ipcc" in words else "unknown",
        "electricity": "local" if local else "national" if found.factors.get("national") is not None else "unknown",
        "period_start": dt.date(year, 1, 1),
        "period_end": dt.date(year, 12, 31),
        "boundary": "municipality",
        "top_down": False,
        "weather_corrected": False,
        "population": people,
        # lines that stand outside the table are not in its total
        "reported_t": total if total is not None and not found.beside else None,
        "source": SOURCE,
    }


def _compare(found: _Sheet, *, book: _Book, year: int) -> None:
    """Remark each total of the emissions that its lines do not give, and a total of energy likewise."""
    for unit, rows in (("t", found.emissions), ("MWh", found.energy)):
        fine = list(finest(rows))
        whole = [row for row in rows if row.is_total and row.labels[-1] == "total"]
        summed = sum(sum(row.values.values()) if row.values else row.total or 0.0 for row in fine)
        for row, lines in [*((row, sum(row.values.values())) for row in fine if row.values), *((row, summed) for row in whole)]:
            if row.total is None or abs(row.total - lines) <= max(1.0, 1e-6 * abs(row.total)):
                continue
            book.remarks.append(
                Remark(
                    code="lines_miss_total",
                    rule="keep_lines_and_total_as_published",
                    where=f"{found.page.where}: {row.name}",
                    row=row.number,
                    city=book.city,
                    year=year,
                    before=f"{row.name} {row.total:.0f} {unit}",
                    after=f"lines {lines:.0f} {unit}, difference {row.total - lines:.0f} {unit}",
                    source=SOURCE,
                    reason="The published lines do not add up to the published total; both are kept, nothing is scaled.",
                )
            )


def _computed(found: _Sheet, *, year: int, city: str, where: str) -> Remark:
    return Remark(
        code="emissions_from_energy_and_factor",
        rule="energy_times_factor_where_no_emissions_are_given",
        where=f"{where}: {found.name}",
        city=city,
        year=year,
        source=SOURCE,
        reason="The sheet has energy and factors and no table of emissions, so each line is energy times its factor.",
    )
