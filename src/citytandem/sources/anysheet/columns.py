"""What could one column be? By its heading, its unit and its cells, each proposal with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citytandem.sources.anysheet.amounts import find_unit, read_unit
from citytandem.sources.anysheet.headers import kind_of
from citytandem.sources.anysheet.mapping import ColumnMap
from citytandem.sources.anysheet.words import read_role, read_words, read_year, table

if TYPE_CHECKING:
    from citytandem.sources.anysheet.grid import Cell
    from citytandem.sources.anysheet.headers import Column, Table

SAMPLE = 400
"""Rows from which the content of a column is told."""
_LABELS = {"sector", "carrier", "label"}


def propose_column(found: Table, column: Column) -> ColumnMap:
    """Propose what a column is; one that says nothing of energy or emissions is left out with the reason."""
    rows = (found.sheet.rows[at] for at in found.body[:SAMPLE])
    cells = [row[column.at] for row in rows if column.at < len(row) and row[column.at] is not None]
    kinds = [kind_of(cell) for cell in cells]
    role = read_role(column.headings[-1]) or read_role(column.heading) if column.headings else ""
    numbers = sum(kind in "nyx" for kind in kinds)
    years = kinds.count("y")
    if role == "year" and years * 2 > len(kinds):
        return ColumnMap(column.heading, "year", confidence=1.0, reason="heading")
    if numbers * 2 >= len(kinds) and (numbers > kinds.count("x") or not role) and not _only_units(cells):
        return _propose_amount(column, role=role, kinds=kinds)
    return _propose_text(column, role=role, cells=cells, first=column.at == _first_text(found))


def _first_text(found: Table) -> int:
    for column in found.columns:
        kinds = [kind_of(row[column.at]) for row in (found.sheet.rows[at] for at in found.body[:50]) if column.at < len(row)]
        if kinds.count("t") > len(kinds) / 2:
            return column.at
    return -1


def _only_units(cells: list[Cell]) -> bool:
    return bool(cells) and all(isinstance(cell, str) and is_unit_text(cell) for cell in cells[:50])


def is_unit_text(text: str) -> bool:
    """Is a text a unit and nothing else?"""
    return bool(read_unit(text).quantity) or text.strip().casefold() in {"%", "anzahl", "km", "kwp", "kw"}


def _propose_amount(column: Column, *, role: str, kinds: list[str]) -> ColumnMap:
    heading = column.heading
    meaning = read_words(heading)
    year = next((found[0] for text in column.headings if (found := read_year(text))), None)
    written = column.unit or find_unit(heading)
    unit = read_unit(written)
    if not year and not written and kinds.count("y") >= 0.9 * len(kinds) and not meaning.found and role in {"", "year"}:
        return ColumnMap(heading, "year", confidence=0.6, reason="content")
    if meaning.get("measure") == "population":
        return ColumnMap(heading, "value", use="population", year=year, confidence=meaning.confidence, reason="heading")
    strange = bool(column.unit) and not unit.quantity
    if meaning.get("skip") or strange or role in {"city", "note", "status"}:
        return ColumnMap(heading, "ignore", unit=column.unit, confidence=0.8, reason="other_subject")
    measure = unit.quantity or _measure(meaning.get("measure"))
    sector, carrier = meaning.get("sector"), meaning.get("carrier")
    if {"sector", "measure"} <= meaning.shared:
        sector = ""
    if {"sector", "carrier"} <= meaning.shared:
        # over a column of amounts such a word names the carrier; waste and heat are sectors there
        sector, carrier = ("", carrier) if sector in {"electricity_use", "heat_use", "other"} else (sector, "")
    says = bool(sector or carrier or year or meaning.get("total") or meaning.get("scope")) or role == "value"
    if not says and not unit.quantity and meaning.confidence < 0.9:
        measure = ""
    if not measure and not says:
        return ColumnMap(heading, "ignore" if column.headings else "value", confidence=0.3, reason="unknown")
    use = "planned" if meaning.get("status") == "planned" else "memo" if meaning.get("memo") else "line"
    if meaning.get("status") == "corrected":
        return ColumnMap(heading, "ignore", confidence=0.8, reason="corrected_beside")
    if use == "line" and meaning.get("total"):
        use = "total"
    reason = "unit" if unit.quantity else "heading"
    return ColumnMap(
        heading, measure or "value", unit=written if unit.quantity else "", year=year, sector=sector, carrier=carrier,
        scope=meaning.get("scope"), use=use, confidence=max(meaning.confidence, 0.9 if unit.quantity else 0.7), reason=reason,
    )  # fmt: skip


def _measure(said: str) -> str:
    return said if said in {"emissions", "energy", "factor"} else ""


def _propose_text(column: Column, *, role: str, cells: list[Cell], first: bool) -> ColumnMap:
    texts = list(dict.fromkeys(str(cell) for cell in cells))[:200]
    known = sum(bool({"sector", "carrier", "total"} & set(read_words(text).found)) for text in texts)
    units = sum(is_unit_text(text) for text in texts)
    heading = column.heading
    if texts and units * 2 > len(texts):
        return ColumnMap(heading, "unit", confidence=0.9, reason="content")
    if role == "status" and not any(read_words(text).get("status") for text in texts):
        role = "label" if known * 2 > len(texts) else "note"
    if role == "city" and known * 2 > len(texts):
        role = "label"
    if role in {"city", "unit", "scope", "status", "notation", "quality", "note"}:
        return ColumnMap(heading, role, confidence=0.9, reason="heading")
    if role in _LABELS or known * 10 >= len(texts) * 3:
        return ColumnMap(heading, "label", confidence=0.9 if role else 0.8, reason="heading" if role else "content")
    if any(text.casefold() in table("role") for text in texts[:5]) or read_words(heading).get("skip"):
        return ColumnMap(heading, "note", confidence=0.5, reason="content")
    return ColumnMap(heading, "label" if first else "note", confidence=0.4, reason="unknown")
