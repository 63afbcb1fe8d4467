"""Which sums does the second sheet of the Common Reporting Framework publish, and do the lines give them?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from citytandem.findings import Code
from citytandem.sources import cells, gpc_lines
from citytandem.sources.crosswalks import lookup
from citytandem.sources.ecrf_rows import form_cell
from citytandem.sources.gpc_lines import GpcLine
from citytandem.sources.reading import Remark
from citytandem.sources.workbook import heading

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from citytandem.sources.cells import Page
    from citytandem.sources.workbook import Sheet

_PAIRS = ((1, 2), (3, 4), (5, 6))
"""Columns of number and notation key for direct, indirect and outside emissions."""


@dataclass(frozen=True, slots=True)
class Sum:
    """One published number or key: the reference it stands for, and where it stands."""

    reference: str
    label: str
    row: int
    emissions_t: float | None
    notation: str | None


@dataclass(frozen=True, slots=True)
class Summary:
    """The published sums, and the total without generation for the grid, added over its three columns."""

    sums: tuple[Sum, ...]
    total: float | None


def is_summary(sheet: Sheet) -> bool:
    """Does a sheet hold the sums by sector and scope?"""
    known = lookup("ecrf_summary", "label")
    return sum(heading(row[0]) in known for row in sheet[:100] if row) >= 5


def read_summary(sheet: Sheet, *, page: Page) -> Summary:
    """Read every filled cell of the sheet of sums."""
    sums: list[Sum] = []
    total: float | None = None
    for number, row in enumerate(sheet[:200], start=1):
        known = lookup("ecrf_summary", "label").get(heading(row[0])) if row else None
        if known is None:
            continue
        for scope, (at, key_at) in enumerate(_PAIRS, start=1):
            reference = _reference(known["reference"], scope)
            cell = form_cell(row[at]) if at < len(row) else ""
            low = -1e9 if reference == "total" else gpc_lines.lowest(reference)
            value = page.number(cell, row=number, column=f"column {at + 1}", low=low, high=1e10)
            key = _key(row, at=key_at, number=number, page=page)
            if reference == "total":
                total = total if value is None else (total or 0.0) + value
            elif reference and (value is not None or key):
                sums.append(Sum(reference, cells.shown(row[0]), number, value, None if value is not None else key))
    return Summary(tuple(sums), total)


def _reference(stem: str, scope: int) -> str | None:
    """The reference of a cell by its row and column; land, farming and industry have only direct emissions."""
    if stem in {"total", "I.4.4"}:
        return stem if stem == "total" or scope == 1 else None
    if stem[:2] in {"IV", "V."} or stem == "I.8":
        return gpc_lines.read_reference(f"{stem}.1") if scope == 1 else None
    return gpc_lines.read_reference(f"{stem}.{scope}")


def _key(row: list[object], *, at: int, number: int, page: Page) -> str | None:
    cell = form_cell(row[at]) if at < len(row) else ""
    if cells.is_empty(cell):
        return None
    key, _ = cells.read_notation(cell)
    if key is None:
        page.say(Code.NOTATION_UNKNOWN, row=number, column=f"column {at + 1}", value=cells.shown(cell))
    return key or "NE"


def as_lines(summary: Summary, *, balance: str, level: str) -> list[GpcLine]:
    """The sums as the lines of a balance, for a workbook whose detailed sheet is not filled."""
    return [
        GpcLine(
            balance,
            level,
            one.reference,
            one.row,
            emissions_t=one.emissions_t,
            notation=one.notation,
            item=f"{one.reference} {one.label.rpartition('> ')[2]}",
        )
        for one in summary.sums
        if one.emissions_t is not None or one.notation
    ]


def compare(summary: Summary, lines: Iterable[GpcLine], *, where: str, city: str, year: int | None, source: str) -> list[Remark]:
    """Remark each sub-sector whose published sums differ from its lines, with the size of the difference."""
    published = _by_stem((one.reference, one.emissions_t) for one in summary.sums)
    given = _by_stem((line.reference, line.emissions_t) for line in lines if line.balance.split(".")[1] == str(year))
    rows = {_stem(one.reference): one.row for one in reversed(summary.sums)}
    remarks: list[Remark] = []
    for stem, value in published.items():
        gpc_lines.compare_total(
            stem,
            published=value,
            lines=given.get(stem, 0.0),
            remarks=remarks,
            where=where,
            row=rows[stem],
            city=city,
            year=year or 0,
            source=source,
        )
    return remarks


def _by_stem(values: Iterable[tuple[str, float | None]]) -> Mapping[str, float]:
    sums: dict[str, float] = {}
    for reference, value in values:
        if value is not None:
            sums[_stem(reference)] = sums.get(_stem(reference), 0.0) + value
    return sums


def _stem(reference: str) -> str:
    """Two parts of a reference; both kinds of fugitive emissions stand in one row of the form, generation in its own.

    >>> _stem("I.1.2"), _stem("I.7.1"), _stem("I.4.4")
    ('I.1', 'I.8', 'I.4.4')
    """
    stem = ".".join(reference.split(".")[:2])
    return "I.4.4" if reference == "I.4.4" else "I.8" if stem == "I.7" else stem
