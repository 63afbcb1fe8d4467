"""How much of a difference is change over time? Read off other years of the same publications, part by part."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from citytandem.findings import Code
from citytandem.science.balance import parts as cut

if TYPE_CHECKING:
    from citytandem.science.balance.parts import Part, Side

DAYS = 365.25
APART_YEARS = 5.0
"""Published years further apart than this say nothing about a year between or beside them. [P]"""
BEYOND_YEARS = 1.5
"""So far beyond its published years a publication is followed, and no further. [P]"""
NORMAL_90 = 1.645
SOURCE = "citytandem-2026"

Point = tuple[float, float]
"""Middle of a period in years, and emissions in t."""


def size_period(part: Part, *, own: Side, theirs: Side) -> tuple[float, float] | None:
    """What a part of two balances of different periods changed from the one period to the other.

    Parameters
    ----------
    part
        A part that both balances count.
    own, theirs
        The balances, with others of the same publications in ``nearby``.

    Returns
    -------
    Change and 90 % half-width in t, or None where no publication has other years close enough that are cut alike. The change
    is read between two published years, or up to 1.5 years beyond them, in each publication by itself; where both say
    something it is their mean. The half-width is at least the change, as wide as these years vary, and as wide as the two
    publications disagree. Seen from the other side, the change is the negative of this.
    """
    start, end = middle(own), middle(theirs)
    found = [
        told
        for side, cells in ((own, part.own), (theirs, part.theirs))
        if (told := _change(_points(side, cells, within=part), start=start, end=end)) is not None
    ]
    if not found:
        return None
    changes = [change for change, _ in found]
    apart = (max(changes) - min(changes)) / 2
    return math.fsum(changes) / len(changes), max(half for _, half in found) + apart


def middle(side: Side) -> float:
    """The middle of the period of a balance, in years."""
    first, last = side.header.get("period_start"), side.header.get("period_end")
    year = int(side.header["year"])
    first = first if isinstance(first, date) else date(year, 1, 1)
    last = last if isinstance(last, date) else date(year, 12, 31)
    return (first.toordinal() + last.toordinal() + 1) / 2 / DAYS


def take_out_period(rows: Iterable[dict[str, Any]], parts: Iterable[Part], *, own: Side, theirs: Side) -> list[dict[str, Any]]:
    """Give change over time its name inside what is unexplained so far; what is left stays unexplained.

    Parameters
    ----------
    rows
        Steps without change over time; those that are unexplained are made smaller by it in place.
    parts
        The parts these steps are about.
    own, theirs
        The balances, with other years of the same publications in ``nearby``.

    Returns
    -------
    Change over time, one for each part it was found for: ``part``, ``scope``, ``change``, ``half`` and ``source``. A part
    split into factor and energy holds its change over time in the energy and is left alone.
    """
    by_name = {(cut.name_part(part.sectors), cut.name_scope(part)): part for part in parts}
    steps = list(rows)
    split = {(row["part"], row["scope"]) for row in steps if row["step"] == "activity"}
    source = "+".join(sorted({own.source, theirs.source, SOURCE}))
    found = []
    for row in steps:
        key = row["part"], row["scope"]
        if row["code"] != Code.BRIDGE_PARTS_DIFFER or key in split or key not in by_name:
            continue
        told = size_period(by_name[key], own=own, theirs=theirs)
        if told is None or told[0] == 0:
            continue
        change, half = told
        wider = math.hypot(row["high_t"] - row["change_t"], half)
        row["change_t"] -= change
        row["low_t"], row["high_t"] = row["change_t"] - wider, row["change_t"] + wider
        found.append({"part": key[0], "scope": key[1], "change": change, "half": half, "source": source})
    return found


def _points(side: Side, cells: Iterable[cut.Cell], *, within: Part) -> list[Point]:
    """The part in every year of a publication that is cut as the balance itself is; oldest first, each time once."""
    covered = _cover(cells)
    found: dict[float, float] = {}
    for one in (side, *side.nearby):
        inside = [cell for cell in one.cells if cut.is_told(cell) and cell.nodes <= within.nodes]
        if covered and _cover(inside) == covered:
            found.setdefault(middle(one), math.fsum(cell.value or 0.0 for cell in inside))
    return sorted(found.items())


def _cover(cells: Iterable[cut.Cell]) -> frozenset[cut.Node]:
    return frozenset(node for cell in cells if cut.is_told(cell) for node in cell.nodes)


def _change(points: list[Point], *, start: float, end: float) -> tuple[float, float] | None:
    values = [_read_off(points, at) for at in (start, end)]
    if values[0] is None or values[1] is None:
        return None
    change = values[1] - values[0]
    yearly = [abs(after - before) / (later - sooner) for (sooner, before), (later, after) in pairwise(points)]
    varied = NORMAL_90 * math.fsum(yearly) / len(yearly) * math.sqrt(abs(end - start)) if yearly else 0.0
    return change, max(abs(change), varied)


def _read_off(points: list[Point], at: float) -> float | None:
    """Emissions at a time: as published, on the line between two published years, or a little beyond them."""
    known = next((value for time, value in points if abs(time - at) < 1 / DAYS), None)
    if known is not None:
        return known
    if len(points) < 2:
        return None
    beside = points[:2] if at < points[0][0] else points[-2:]
    (sooner, before), (later, after) = next((pair for pair in pairwise(points) if pair[0][0] <= at <= pair[1][0]), beside)
    if later - sooner > APART_YEARS or not sooner - BEYOND_YEARS <= at <= later + BEYOND_YEARS:
        return None
    return before + (after - before) * (at - sooner) / (later - sooner)
