"""Where in a sheet of the Covenant of Mayors do tables of sectors and carriers stand, and what does each row hold?"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from citytandem.findings import Code
from citytandem.sources import cells
from citytandem.sources.crosswalks import lookup
from citytandem.sources.workbook import heading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citytandem.sources.cells import Page
    from citytandem.sources.workbook import Sheet

LEAST_CARRIERS = 5
"""A row with so many different carriers is the heading of a table."""
MOST_ROWS = 2_000
"""Rows of a sheet that are looked at: the template has fewer than two hundred."""
MOST_COLUMNS = 60
_LOOK_UP = 8
"""Rows above the heading in which its title stands."""
_GROUP, _SECTOR = 0, 1


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a sheet: what its cells are, where it starts and ends, and which carrier each column is.

    Parameters
    ----------
    kind
        energy (MWh), emissions (t) or factors (t/MWh).
    top, end
        Index of the heading row, and of the row behind the last.
    columns
        Heading of each column of a carrier, as the crosswalk spells it.
    totals
        Columns of totals.
    """

    kind: str
    top: int
    end: int
    columns: dict[int, str]
    totals: tuple[int, ...]

    @property
    def first(self) -> int:
        """The first column of figures; what stands left of it are labels."""
        return min((*self.columns, *self.totals))


@dataclass(frozen=True, slots=True)
class Row:
    """One row with figures: its labels from the group inward, its level, and where it stands."""

    labels: tuple[str, ...]
    level: int
    sector: str
    number: int
    is_total: bool = False
    values: dict[str, float] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    total: float | None = None

    @property
    def name(self) -> str:
        """Its labels without the group."""
        return " / ".join(self.labels)


def find_tables(sheet: Sheet, *, page: Page) -> list[Table]:
    """Find every table by its row of carriers; one whose title does not say what it holds is reported and left out."""
    tops = [at for at in range(min(len(sheet), MOST_ROWS)) if _is_head(sheet, at)]
    tables = []
    for at, end in zip(tops, [*tops[1:], min(len(sheet), MOST_ROWS)], strict=True):
        named = {column: found for column in range(_width(sheet, at)) if (found := _column(sheet, at, column))}
        role = {column: lookup("secap_carriers", "heading")[name]["role"] for column, name in named.items()}
        kind = _kind(sheet, at)
        if kind is None:
            page.say(Code.UNIT_UNKNOWN, row=at + 1, column="MWh, t or t/MWh", value="empty")
            continue
        tables.append(
            Table(
                kind,
                at,
                end,
                {column: name for column, name in named.items() if role[column] != "total"},
                tuple(column for column in named if role[column] == "total"),
            )
        )
    return tables


def is_inventory(sheet: Sheet) -> bool:
    """Does a sheet hold a table of final energy by the sectors and carriers of the Covenant?"""
    heads = [at for at in range(min(len(sheet), MOST_ROWS)) if _is_head(sheet, at)]
    if not any(_kind(sheet, at) == "energy" for at in heads):
        return False
    known = lookup("secap_rows", "label")
    met = {bare_label(cell) for row in sheet[:MOST_ROWS] for cell in row[:6] if isinstance(cell, str)}
    return len({label for label in met if label in known and known[label]["level"] != "0"}) >= 3


def read_rows(sheet: Sheet, table: Table, *, page: Page) -> list[Row]:
    """Read the rows of a table that hold figures or notation keys, as far as its line of totals."""
    known = lookup("secap_rows", "label")
    path: dict[int, str] = {}
    rows: list[Row] = []
    for at in range(table.top + 1, table.end):
        labels = [bare for cell in sheet[at][: table.first] if isinstance(cell, str) and (bare := bare_label(cell))]
        if any(label in known and known[label]["kind"] == "production" for label in labels):
            break
        for label in labels:
            if label in known:
                level = int(known[label]["level"])
                path = {kept: name for kept, name in path.items() if kept < level} | {level: label}
        row = _values(sheet[at], table, number=at + 1, page=page)
        if row is not None and labels:
            rows.append(_named(row, labels, path=path, kind=table.kind, page=page))
            if labels[-1] == "total":
                break
    return rows


def _named(row: Row, labels: list[str], *, path: dict[int, str], kind: str, page: Page) -> Row:
    known = lookup("secap_rows", "label")
    named = [label for label in labels if label in known]
    if any(label.startswith(("subtotal", "sub-total", "total")) for label in labels):
        return replace(row, labels=tuple(labels), is_total=True)
    if named:
        place = known[named[-1]]
        inner = tuple(name for level, name in sorted(path.items()) if level > _GROUP)
        return replace(row, labels=inner or (named[-1],), level=int(place["level"]), sector=place["sector"])
    if kind != "factors":
        page.say(Code.CATEGORY_UNKNOWN, row=row.number, column="sector", value=cells.shown(labels[-1]))
    return replace(row, labels=(cells.shown(labels[-1]),))


def finest(rows: list[Row]) -> Iterator[Row]:
    """The rows that are no sums of the rows beneath them."""
    for at, row in enumerate(rows):
        if row.is_total:
            continue
        later = itertools.takewhile(lambda other: not other.is_total and other.level > row.level, rows[at + 1 :])  # noqa: B023 used at once
        if not any(row.level == _GROUP or other.labels[: len(row.labels)] == row.labels for other in later):
            yield row


def read_beside(sheet: Sheet, *, kind: str, taken: set[int], page: Page) -> Iterator[tuple[int, str, str, float]]:
    """Rows outside the tables of carriers whose label is of a kind: row number, label, sector and the first figure."""
    known = lookup("secap_rows", "label")
    for at, cell_row in enumerate(sheet[:MOST_ROWS]):
        if at in taken:
            continue
        found = next((n for n, cell in enumerate(cell_row[:6]) if isinstance(cell, str) and bare_label(cell) in known), None)
        if found is None or known[bare_label(cell_row[found])]["kind"] != kind:
            continue
        for cell in cell_row[found + 1 : MOST_COLUMNS]:
            if cells.is_empty(cell) or (isinstance(cell, str) and cells.as_number(cell) is None):
                continue
            value = page.number(cell, row=at + 1, column=bare_label(cell_row[found]), low=0, high=1e10)
            if value is not None:
                label = bare_label(cell_row[found])
                yield at + 1, label, known[label]["sector"], value
            break


def bare_label(cell: object) -> str:
    """A label without its number and colon.

    >>> bare_label("1) Inventory year:"), bare_label("TOTAL "), bare_label("A. Final energy consumption")
    ('inventory year', 'total', 'final energy consumption')
    """
    return re.sub(r"^(\(?\d{1,2}\)|\d{1,2}\.|[a-z]\d?\.|\d{1,2}\)|[-•])\s*", "", heading(str(cell)[:300])).strip(" :*")


def _is_head(sheet: Sheet, at: int) -> bool:
    carriers = lookup("secap_carriers", "heading")
    met = {heading(cell) for cell in sheet[at][:MOST_COLUMNS] if isinstance(cell, str)}
    return len({name for name in met if name in carriers and carriers[name]["role"] == "carrier"}) >= LEAST_CARRIERS


def _width(sheet: Sheet, at: int) -> int:
    return min(max(len(row) for row in sheet[max(0, at - 2) : at + 2]), MOST_COLUMNS)


def _column(sheet: Sheet, at: int, column: int) -> str | None:
    """The carrier over a column: of the heading row, of the row beneath (national, local), else of the two above."""
    carriers = lookup("secap_carriers", "heading")
    for row, allowed in ((at, None), (at + 1, ("national", "local")), (at - 1, None), (at - 2, None)):
        if 0 <= row < len(sheet) and column < len(sheet[row]):
            name = heading(sheet[row][column])
            if name in carriers and (allowed is None or name in allowed):
                return name
    return None


def _kind(sheet: Sheet, at: int) -> str | None:
    """What the cells of a table are, from the nearest row above that says so."""
    for row in reversed(sheet[max(0, at - _LOOK_UP) : at + 1]):
        text = " ".join(heading(cell) for cell in row[:MOST_COLUMNS] if isinstance(cell, str))
        if "emission factor" in text:
            return "factors"
        if "consumption" in text and "mwh" in text:
            return "energy"
        if "emission" in text and re.search(r"\[?\bt(onnes)?\b|\bco2", text):
            return "emissions"
    return None


def _values(cell_row: list[object], table: Table, *, number: int, page: Page) -> Row | None:
    values: dict[str, float] = {}
    keys: dict[str, str] = {}
    total = None
    high = 1e4 if table.kind == "factors" else 1e10
    for column, name in table.columns.items():
        cell = cell_row[column] if column < len(cell_row) else ""
        if cells.is_empty(cell) or (isinstance(cell, str) and heading(cell) in lookup("secap_carriers", "heading")):
            continue
        key, _ = cells.read_notation(cell) if isinstance(cell, str) else (None, False)
        value = None if key else page.number(cell, row=number, column=name, low=0, high=high)
        if key:
            keys[name] = key
        elif value is not None:
            values[name] = value
    for column in table.totals:
        cell = cell_row[column] if column < len(cell_row) else ""
        if not cells.is_empty(cell) and heading(cell) != "total":
            total = page.number(cell, row=number, column="Total", low=0, high=1e11)
    if not values and not keys and total is None:
        return None
    return Row((), _SECTOR, "other", number, values=values, keys=keys, total=total)
