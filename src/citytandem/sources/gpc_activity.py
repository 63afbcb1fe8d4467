"""What does a GPC inventory with activity data say: which amount, times which factor, gives which emissions?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.findings import Code
from citytandem.sources import cells, gpc_lines
from citytandem.sources.cells import Page
from citytandem.sources.city_match import Places, unresolved
from citytandem.sources.crosswalks import is_higher_heating_value, lookup, read_unit
from citytandem.sources.delimited import ROW, missing_columns, read_delimited
from citytandem.sources.delivery import deliver
from citytandem.sources.gpc_lines import GpcLine
from citytandem.sources.periods import read_period
from citytandem.sources.reading import Reading, Remark, shape
from citytandem.sources.recount import judge
from citytandem.sources.workbook import heading
from citytandem.tables import Balance

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from citytandem.sources.city_match import Resolve

SOURCE = "gpc-activity"
COLUMNS = (
    "gpc_ref",
    "scope",
    "activity",
    "entity",
    "amount",
    "units",
    "input_year",
    "total_co2e_ef",
    "total_mtco2e",
    "fiscal_year",
)
_PLAUSIBLE_KG_PER_MWH = (0.0, 1500.0)
_STEP_T = 0.001
_ACTIVITY = {
    "balance": pl.String,
    "item": pl.String,
    "row": pl.Int32,
    "amount": pl.Float64,
    "unit": pl.String,
    "factor_t_per_unit": pl.Float64,
    "emissions_t": pl.Float64,
}


@dataclass(frozen=True, slots=True)
class _Book:
    page: Page
    city: str
    first_month: int | None
    lines: list[GpcLine] = field(default_factory=list)
    activity: list[dict[str, Any]] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    years: dict[int, int] = field(default_factory=dict)


def fits(header: Sequence[str]) -> bool:
    """Are these the headings of an inventory with amounts and factors?"""
    return {"gpc_ref", "amount", "units", "total_co2e_ef", "total_mtco2e"} <= set(header)


def read(
    raw: bytes,
    *,
    where: str = "ghg_emissions.csv",
    resolve: Resolve = unresolved,
    city: str = "",
    country: str = "",
    first_month: int | None = None,
) -> Reading:
    """Read one balance per year, BASIC+, and the table ``activity``: amount, unit, factor and emissions of each row.

    The heading ``total_mtco2e`` could mean metric tonnes or megatonnes; it is read as tonnes only if the factors of
    electricity in the file then lie where a factor can lie. The year is the input year; where the rows speak of a
    fiscal year and ``first_month`` is not given, it is taken as the calendar year, with a finding.
    """
    frame, findings = read_delimited(raw, where=where)
    page = Page(where, findings)
    if frame.is_empty():
        return deliver({}, page=page, raw=raw, sources=[SOURCE])
    if not city:
        page.say(Code.CITY_NOT_STATED)
        return deliver({}, page=page, raw=raw, sources=[SOURCE])
    frame, missing = missing_columns(frame, COLUMNS, where=where)
    findings += missing
    places = Places(resolve, page, SOURCE)
    book = _Book(page, places.find(city, country=country, boundary="municipality"), first_month)
    rows = list(frame.iter_rows(named=True))
    if not _are_tonnes(rows):
        page.say(Code.UNIT_AMBIGUOUS, row=1, column="total_mtco2e", value="mt")
        return deliver(places.tables(), page=page, raw=raw, sources=[SOURCE])
    book.remarks.append(
        Remark(
            code="unit_of_two_meanings",
            rule="unit_settled_by_factor_of_electricity",
            where=f"{where}: total_mtco2e",
            source=SOURCE,
            before="mtco2e",
            after="t CO2e",
            reason="As tonnes, the factors of electricity in the file lie where a factor can lie; as megatonnes they could not.",
        )
    )
    for row in rows:
        _read_row(row, book=book)
    line, memo = gpc_lines.book(book.lines, page=page, source=SOURCE)
    tables = {
        "balance": _balances(book),
        "line": line,
        "memo": memo,
        "activity": pl.DataFrame(book.activity, schema=_ACTIVITY),
        "recount": _recount(pl.DataFrame(book.activity, schema=_ACTIVITY), city=book.city),
    }
    return deliver(tables | places.tables(), page=page, raw=raw, sources=[SOURCE], remarks=book.remarks)


def _recount(activity: pl.DataFrame, *, city: str) -> pl.DataFrame:
    """Each row with an amount and a factor: its emissions beside their product."""
    both = activity.drop_nulls(["amount", "factor_t_per_unit", "emissions_t"]).with_columns(
        pl.lit("total_mtco2e").alias("figure"),
        pl.lit(city).alias("city"),
        pl.col("balance").str.split(".").list.get(1).cast(pl.Int16).alias("year"),
        pl.col("emissions_t").alias("published_t"),
        (pl.col("amount") * pl.col("factor_t_per_unit")).alias("lines_t"),
        pl.lit(1).alias("n_lines"),
        pl.max_horizontal(pl.lit(_STEP_T), 1e-6 * pl.col("emissions_t").abs()).alias("rounding_t"),
    )
    return judge(both, source=SOURCE)


def _are_tonnes(rows: list[dict[str, Any]]) -> bool:
    """Do the rows of electricity, read as tonnes, give a factor that can be true?"""
    found = []
    for row in rows:
        _, per_unit = read_unit(row["units"])
        amount, total = cells.as_number(row["amount"]), cells.as_number(row["total_mtco2e"])
        if heading(row["activity"]) == "electricity" and per_unit and amount and total:
            found.append(1000 * total / (amount * per_unit))
    low, high = _PLAUSIBLE_KG_PER_MWH
    return bool(found) and all(low < factor <= high for factor in found)


def _read_row(row: Mapping[str, Any], *, book: _Book) -> None:
    number = row[ROW]
    year = book.page.year(row["input_year"], row=number, column="input_year")
    if year is None:
        period = read_period(row["fiscal_year"] or "")
        year = period[0] if period else None
    if year is None:
        book.page.say(Code.YEAR_NOT_STATED, row=number)
        return
    reference = gpc_lines.read_reference(row["gpc_ref"] or "")
    emissions = book.page.number(
        row["total_mtco2e"], row=number, column="total_mtco2e", low=gpc_lines.lowest(reference), high=1e10
    )
    amount = book.page.number(row["amount"], row=number, column="amount")
    factor = book.page.number(row["total_co2e_ef"], row=number, column="total_co2e_ef")
    if emissions is None:
        _remark_unvalued(row, number=number, year=year, book=book)
        return
    book.years.setdefault(year, number)
    balance = f"{book.city}.{year}.{SOURCE}"
    words = " ".join(cells.shown(row[name]) for name in ("activity", "entity") if not cells.is_empty(row[name]))
    item = f"{reference or 'no reference'} {words}".strip()
    _check_product(amount, factor, emissions=emissions, number=number, year=year, book=book)
    energy, per_mwh = _energy(row, amount=amount, factor=factor, number=number, year=year, book=book)
    carrier = lookup("activity_words", "word").get(heading(row["activity"]))
    book.lines.append(
        GpcLine(
            balance,
            "basic_plus",
            reference or cells.shown(row["gpc_ref"] or ""),
            number,
            emissions_t=emissions,
            item=item,
            carrier=carrier["carrier"] if carrier else None,
            activity_mwh=energy,
            factor_kg_per_mwh=per_mwh,
        )
    )
    book.activity.append(
        {
            "balance": balance,
            "item": item,
            "row": number,
            "amount": amount,
            "unit": row["units"],
            "factor_t_per_unit": factor,
            "emissions_t": emissions,
        }
    )


def _remark_unvalued(row: Mapping[str, Any], *, number: int, year: int, book: _Book) -> None:
    amount = " ".join(cells.shown(row[name]) for name in ("amount", "units", "activity") if row[name])
    book.remarks.append(
        Remark(
            code="row_without_emissions",
            rule="no_number_is_never_zero",
            where=f"{book.page.where}: total_mtco2e",
            row=number,
            city=book.city,
            year=year,
            before=amount or "empty",
            reason="The row states no emissions, so it is not counted; it is not zero.",
            source=SOURCE,
        )
    )


def _check_product(amount: float | None, factor: float | None, *, emissions: float, number: int, year: int, book: _Book) -> None:
    if amount is None or factor is None or abs(amount * factor - emissions) <= max(_STEP_T, 1e-6 * abs(emissions)):
        return
    book.remarks.append(
        Remark(
            code="product_misses_emissions",
            rule="keep_emissions_as_published",
            where=f"{book.page.where}: total_mtco2e",
            row=number,
            city=book.city,
            year=year,
            before=f"amount x factor {amount * factor:.3f} t",
            after=f"{emissions:.3f} t",
            source=SOURCE,
            reason="Amount times factor is not the published figure; the figure is kept, nothing is scaled.",
        )
    )


def _energy(
    row: Mapping[str, Any], *, amount: float | None, factor: float | None, number: int, year: int, book: _Book
) -> tuple[float | None, float | None]:
    """Energy in MWh and factor in kg per MWh, where the unit is one of energy."""
    if amount is None or cells.is_empty(row["units"]):
        return None, None
    quantity, per_unit = read_unit(row["units"])
    if quantity is None or quantity == "ambiguous":
        code = Code.UNIT_UNKNOWN if quantity is None else Code.UNIT_AMBIGUOUS
        book.page.say(code, row=number, column="units", value=cells.shown(row["units"]))
    if per_unit is None or not -1e9 <= amount * per_unit <= 1e10:
        return None, None
    if is_higher_heating_value(row["units"]):
        book.remarks.append(
            Remark(
                code="higher_heating_value",
                rule="energy_kept_as_published",
                where=f"{book.page.where}: units",
                row=number,
                city=book.city,
                year=year,
                before=cells.shown(row["units"]),
                source=SOURCE,
                reason="This unit counts the higher heating value by custom; energy is kept as published and not made lower.",
            )
        )
    per_mwh = None if factor is None else 1000 * factor / per_unit
    return amount * per_unit, per_mwh if per_mwh is not None and 0 <= per_mwh <= 5000 else None


def _balances(book: _Book) -> pl.DataFrame:
    rows = []
    for year, number in sorted(book.years.items()):
        start, end = dt.date(year, 1, 1), dt.date(year, 12, 31)
        if book.first_month and book.first_month > 1:
            start = dt.date(year - 1, book.first_month, 1)
            end = dt.date(year, book.first_month, 1) - dt.timedelta(days=1)
        elif book.first_month is None:
            book.page.say(Code.PERIOD_UNCLEAR, row=number, value=f"FY {year}", start=str(start), end=str(end))
        rows.append(
            {
                "balance": f"{book.city}.{year}.{SOURCE}",
                "city": book.city,
                "year": year,
                "method": "gpc_basic_plus",
                "gwp": "unknown",
                "upstream": "unknown",
                "electricity": "unknown",
                "period_start": start,
                "period_end": end,
                "boundary": "municipality",
                "top_down": False,
                "weather_corrected": False,
                "source": SOURCE,
            }
        )
    return shape(pl.DataFrame(rows, infer_schema_length=None), Balance) if rows else pl.DataFrame()
