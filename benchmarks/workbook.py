"""Import of the C40 workbook: ours, with lines, checks and recounted totals, beside openpyxl reading its cells and no more."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any

from benchmarks.race import OURS, Contest

RAW = Path(os.environ.get("CITYTANDEM_RAW", Path(__file__).parents[2] / "shared" / "data"))
WORKBOOK = RAW / "c40-gpc-inventories" / "C40_GPC_Database.xlsx"
FIGURES = ("BASIC", "BASIC+", "BASIC+S3", "Territorial")
Totals = dict[str, list[float]]


def contests(scale: float) -> list[Contest]:
    """The workbook has one size, whatever the scale; without the raw data there is no contest."""
    assert scale > 0
    if not WORKBOOK.exists():
        return []
    raw = WORKBOOK.read_bytes()
    entrants = {
        OURS: lambda: by_import(raw),
        "ours, the cells only": lambda: by_cells(raw),
        "openpyxl, the cells only": lambda: by_openpyxl(raw, read_only=False),
        "openpyxl, the cells only, read-only": lambda: by_openpyxl(raw, read_only=True),
    }
    tolerance = "each of the four published totals of every city and year is equal, to the digit"
    return [Contest("Import of the C40 workbook", "425 rows x 165 columns", entrants, agree, tolerance)]


def by_import(raw: bytes) -> Totals:
    """The whole import: balances, lines, structure, findings, totals recounted."""
    from citytandem.sources import gpc_c40

    recount = gpc_c40.read(raw).tables["recount"]
    return {figure: sorted(recount.filter(figure=figure)["published_t"]) for figure in FIGURES}


def by_cells(raw: bytes) -> Totals:
    from citytandem.sources.workbook import read_workbook

    sheets, _ = read_workbook(raw, where=WORKBOOK.name)
    return _find_totals(sheets)


def by_openpyxl(raw: bytes, *, read_only: bool) -> Totals:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(raw), data_only=True, read_only=read_only)
    return _find_totals({sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book})


def _find_totals(sheets: dict[str, Any]) -> Totals:
    rows = next(rows for name, rows in sheets.items() if name.startswith("GHG Dashboard"))
    top = next(number for number, row in enumerate(rows) if "BASIC" in row and "City" in row)
    place = {figure: list(rows[top]).index(figure) for figure in FIGURES}
    return {
        figure: sorted(float(row[at]) for row in rows[top + 1 :] if isinstance(row[at], int | float))
        for figure, at in place.items()
    }


def agree(ours: Totals, theirs: Totals, name: str) -> None:
    assert ours == theirs, name
