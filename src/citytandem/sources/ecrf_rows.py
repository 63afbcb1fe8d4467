"""Which lines does the third sheet of the Common Reporting Framework hold: activity, factor, emissions, quality?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from citytandem.findings import Code
from citytandem.sources import cells, gpc_lines
from citytandem.sources.crosswalks import lookup, read_unit
from citytandem.sources.gpc_lines import GpcLine
from citytandem.sources.reading import Remark
from citytandem.sources.workbook import header_row, heading

if TYPE_CHECKING:
    from collections.abc import Mapping

    from citytandem.sources.cells import Page
    from citytandem.sources.workbook import Sheet

HEADINGS = ("Inventory year", "GPC ref. no.", "CRF - Sector", "Notation key", "GHGs (metric tonnes CO2e) - Total CO2e")
SOURCE = "ecrf"
_GASES = tuple(f"GHGs (metric tonnes CO2e) - {gas}" for gas in ("CO2", "CH4", "N2O"))
_TOTAL = "GHGs (metric tonnes CO2e) - Total CO2e"
_MASS = {"kg": 1.0, "t": 1000.0, "tonne": 1000.0, "tonnes": 1000.0, "g": 0.001}
_GRADES = "HML"


def read_details(sheet: Sheet, *, page: Page, city: str, year: int | None, level: str, remarks: list[Remark]) -> list[GpcLine]:
    """Read one line per filled row. A row of the form that nobody filled is not estimated, never zero."""
    top = header_row(sheet, HEADINGS)
    if top is None:
        return []
    columns = {heading(name): at for at, name in enumerate(sheet[top])}
    lines: list[GpcLine] = []
    empty: list[GpcLine] = []
    for number, cell_row in enumerate(sheet[top + 1 :], start=top + 2):
        row = {name: form_cell(cell_row[at]) if at < len(cell_row) else "" for name, at in columns.items()}
        line = _read_row(row, number=number, page=page, city=city, year=year, level=level, remarks=remarks)
        if line is None:
            continue
        (empty if line.emissions_t is None and line.notation is None else lines).append(line)
    known = {(line.balance, line.reference) for line in lines}
    if lines:
        lines += _not_estimated(empty, known=known)
    return lines


def form_cell(cell: object) -> object:
    """A cell of the form as the city filled it; what the form itself says counts as empty."""
    text = str(cell).strip()
    return "" if (text.startswith("{{") and text.endswith("}}")) or text.lower() == "please select" else cell


def _not_estimated(empty: list[GpcLine], *, known: set[tuple[str, str]]) -> list[GpcLine]:
    found = []
    for line in empty:
        if line.reference and (line.balance, line.reference) not in known:
            known.add((line.balance, line.reference))
            found.append(GpcLine(line.balance, line.level, line.reference, line.row, notation="NE"))
    return found


def _read_row(
    row: Mapping[str, Any], *, number: int, page: Page, city: str, year: int | None, level: str, remarks: list[Remark]
) -> GpcLine | None:
    if all(cells.is_empty(cell) for cell in row.values()):
        return None
    own_year = page.year(row["inventory year"], row=number, column="Inventory year") or year
    reference = gpc_lines.read_reference(row["gpc ref. no."])
    emissions = _emissions(row, number=number, page=page, reference=reference, city=city, year=own_year, remarks=remarks)
    notation = _notation(row["notation key"], number=number, page=page)
    if reference is None and emissions is None and notation is None:
        return None
    if own_year is None:
        page.say(Code.YEAR_NOT_STATED, row=number)
        return None
    activity, word = _activity(row, number=number, page=page)
    return GpcLine(
        balance=f"{city}.{own_year}.{SOURCE}",
        level=level,
        reference=reference or cells.shown(row["gpc ref. no."]),
        row=number,
        emissions_t=emissions,
        notation=notation if emissions is None else None,
        item=f"{reference} {word}" if reference and word else None,
        carrier=_carrier(word),
        activity_mwh=activity,
        factor_kg_per_mwh=_factor(row, number=number, page=page),
        grade=_grade(row),
    )


def _emissions(
    row: Mapping[str, Any], *, number: int, page: Page, reference: str | None, city: str, year: int | None, remarks: list[Remark]
) -> float | None:
    low = gpc_lines.lowest(reference)
    total = page.number(row[heading(_TOTAL)], row=number, column=_TOTAL, low=low, high=1e10)
    gases = [page.number(row.get(heading(name), ""), row=number, column=name, low=low, high=1e10) for name in _GASES]
    stated = [value for value in gases if value is not None]
    if not stated:
        return total
    summed = sum(stated)
    if total is not None and abs(total - summed) <= max(1.0, 1e-3 * abs(total)):
        return total
    remarks.append(
        Remark(
            code="gases_miss_total" if total is not None else "total_from_gases",
            where=f"{page.where}: {_TOTAL}",
            row=number,
            city=city,
            rule="keep_total_as_published" if total is not None else "gases_added_where_total_is_empty",
            year=year,
            source=SOURCE,
            before=f"total {'empty' if total is None else f'{total:.1f} t'}, gases {summed:.1f} t",
            after=f"{summed if total is None else total:.1f} t",
            reason="The gases of the row, each in tonnes CO2e, do not add up to its total; nothing is scaled.",
        )
    )
    return summed if total is None else total


def _notation(cell: object, *, number: int, page: Page) -> str | None:
    if cells.is_empty(cell):
        return None
    key, _ = cells.read_notation(cell)
    if key is None:
        page.say(Code.NOTATION_UNKNOWN, row=number, column="Notation key", value=cells.shown(cell))
    return key or "NE"


def _activity(row: Mapping[str, Any], *, number: int, page: Page) -> tuple[float | None, str | None]:
    column, unit_column = "Activity data - Amount", "Activity data - Unit"
    word = row.get("fuel type or activity", "")
    named = None if cells.is_empty(word) else cells.shown(word)
    amount = page.number(row.get(heading(column), ""), row=number, column=column)
    unit = row.get(heading(unit_column), "")
    if amount is None or cells.is_empty(unit):
        return None, named
    quantity, factor = read_unit(unit)
    if quantity is None or quantity == "ambiguous":
        code = Code.UNIT_UNKNOWN if quantity is None else Code.UNIT_AMBIGUOUS
        page.say(code, row=number, column=unit_column, value=cells.shown(unit))
    if factor is None or not -1e9 <= amount * factor <= 1e10:
        return None, named
    return amount * factor, named


def _factor(row: Mapping[str, Any], *, number: int, page: Page) -> float | None:
    """The published factor in kg per MWh, where its unit is a mass per energy."""
    column = "Emission factor - Total CO2e"
    value = page.number(row.get(heading(column), ""), row=number, column=column, low=0)
    mass, _, energy = re.sub(r"\s*co2e?", "", heading(row.get("emission factor - unit", ""))).partition("/")
    _, factor = read_unit(energy)
    if value is None or factor is None or mass.strip() not in _MASS:
        return None
    per_mwh = value * _MASS[mass.strip()] / factor
    return per_mwh if per_mwh <= 5000 else None


def _carrier(word: str | None) -> str | None:
    row = lookup("activity_words", "word").get(heading(word)) if word else None
    return row["carrier"] if row else None


def _grade(row: Mapping[str, Any]) -> str | None:
    """The poorer of the two grades of activity and factor."""
    said = [heading(row.get(f"{part} - data quality", ""))[:1].upper() for part in ("activity data", "emission factor")]
    found = [grade for grade in said if grade and grade in _GRADES]
    return max(found, key=_GRADES.index) if found else None
