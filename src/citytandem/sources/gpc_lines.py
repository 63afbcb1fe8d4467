"""Which rows of a GPC inventory belong to its total, and which stand beside it? Lines and memo lines from GPC references."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from citytandem.findings import Code
from citytandem.sources import cells
from citytandem.sources.crosswalks import lookup
from citytandem.sources.reading import Remark, shape
from citytandem.tables import Line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from citytandem.sources.cells import Page

LEVELS = {"basic": "gpc_basic", "basic_plus": "gpc_basic_plus", "crf": "gcom_crf"}
"""Column of the crosswalk that says what a level holds, and the method it is."""
TOTALS = ("basic", "basic_plus", "other_scope_3", "territorial")
_ABSORBING = ("land_use", "waste", "agriculture")
_FIELDS = (
    "balance",
    "item",
    "sector",
    "carrier",
    "scope",
    "activity_mwh",
    "factor_kg_per_mwh",
    "emissions_t",
    "notation",
    "grade",
)
_REFERENCE = re.compile(r"([IV]+)\.?(\d)(?:\.(\d))?")


@dataclass(frozen=True, slots=True)
class GpcLine:
    """One row of a GPC inventory, before it is placed.

    Parameters
    ----------
    balance, level
        The balance it belongs to and what that balance reports: a key of ``LEVELS``.
    reference
        GPC reference such as ``I.1.1``.
    row
        Row of the file, for findings.
    emissions_t, notation
        Number or notation key.
    item
        Name of the row; the reference where it is not given.
    carrier, activity_mwh, factor_kg_per_mwh, grade
        What the file says beyond the reference.
    """

    balance: str
    level: str
    reference: str
    row: int
    emissions_t: float | None = None
    notation: str | None = None
    item: str | None = None
    carrier: str | None = None
    activity_mwh: float | None = None
    factor_kg_per_mwh: float | None = None
    grade: str | None = None


def read_reference(text: object) -> str | None:
    """A GPC reference in the one spelling of the crosswalk; None for what is none.

    >>> read_reference(" i.1.1"), read_reference("IV.1.1"), read_reference("NA")
    ('I.1.1', 'IV.1', None)
    """
    found = _REFERENCE.fullmatch(str(text).strip().upper().rstrip("."))
    if not found:
        return None
    known = lookup("gpc_sectors", "ref")
    longest = ".".join(part for part in found.groups() if part)
    short = ".".join(found.groups()[:2])
    return next((ref for ref in (longest, short) if ref.lower() in known), None)


def lowest(reference: str | None) -> float:
    """The lowest value a row can truly have: only land, waste and farming may absorb."""
    row = lookup("gpc_sectors", "ref").get((reference or "").lower())
    return -1e9 if row and row["sector"] in _ABSORBING else 0.0


def holds(reference: str, level: str) -> bool:
    """Does the total of a level hold a reference?"""
    return lookup("gpc_sectors", "ref")[reference.lower()][level] == "true"


def level_of(lines: Iterable[GpcLine]) -> str:
    """The level an inventory reports: BASIC+ as soon as a number stands where only BASIC+ counts it."""
    stated = [reference for line in lines if line.emissions_t is not None and (reference := read_reference(line.reference))]
    beyond = any(holds(reference, "basic_plus") and not holds(reference, "basic") for reference in stated)
    return "basic_plus" if beyond else "basic"


def add_up(values: Mapping[str, float], *, total: str) -> float:
    """The total a set of rows gives: BASIC, BASIC+, with other scope 3, or territorial.

    >>> add_up({"I.1.1": 2.0, "I.4.4": 5.0, "V.1": 1.0}, total="basic")
    2.0
    """
    if total == "other_scope_3":
        return add_up(values, total="basic_plus") + sum(value for ref, value in values.items() if holds(ref, total))
    return sum(value for ref, value in values.items() if holds(ref, total))


def book(lines: Iterable[GpcLine], *, page: Page, source: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Place each row by its reference.

    Returns
    -------
    The lines of the totals, and the memo lines that stand beside them: generation for the grid, waste from
    elsewhere, parts of BASIC+ in a BASIC inventory, other scope 3, and rows whose reference is not known. Both
    follow the schema Line; memo lines must never be added to the others.
    """
    inside: list[dict[str, object]] = []
    beside: list[dict[str, object]] = []
    seen: Counter[tuple[str, str]] = Counter()
    for line in lines:
        row = lookup("gpc_sectors", "ref").get(line.reference.lower())
        if row is None:
            page.say(Code.CATEGORY_UNKNOWN, row=line.row, column="GPC reference", value=cells.shown(line.reference))
        item = line.item or line.reference or "unnamed"
        seen[line.balance, item] += 1
        if seen[line.balance, item] > 1:
            item = f"{item} ({seen[line.balance, item]})"
        placed = {name: getattr(line, name, None) for name in _FIELDS} | {
            "item": item,
            "sector": row["sector"] if row else "other",
            "carrier": line.carrier or (row["carrier"] if row else "all"),
            "scope": row["scope"] if row else "none",
        }
        (inside if row and row[line.level] == "true" else beside).append(placed)
    return _frame(inside, source), _frame(beside, source)


def _frame(rows: list[dict[str, object]], source: str) -> pl.DataFrame:
    numbers = ("activity_mwh", "factor_kg_per_mwh", "emissions_t")
    types = {name: pl.Float64 if name in numbers else pl.String for name in _FIELDS}
    return shape(pl.DataFrame(rows, schema=types), Line, view="sector", source=source)


def compare_total(
    name: str,
    *,
    published: float | None,
    lines: float,
    remarks: list[Remark],
    where: str,
    row: int,
    city: str,
    year: int,
    source: str,
) -> None:
    """Remark a published total that its lines do not add up to, with the size of the difference."""
    if published is None or abs(published - lines) <= max(1.0, 1e-6 * abs(published)):
        return
    remarks.append(
        Remark(
            code="lines_miss_total",
            rule="keep_lines_and_total_as_published",
            where=f"{where}: {name}",
            row=row,
            city=city,
            year=year,
            before=f"{name} {published:.0f} t",
            after=f"lines {lines:.0f} t, difference {published - lines:.0f} t",
            source=source,
            reason="The published lines do not add up to the published total; both are kept, nothing is scaled.",
        )
    )
