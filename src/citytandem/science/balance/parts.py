"""Into which parts can two balances be cut, so that each part means the same in both?"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import polars as pl

from citytandem.science.balance.quality import NOTHING_SHARED, WHOLE_VIEW, SharedErrors
from citytandem.science.balance.regions import NOWHERE, Regions
from citytandem.science.balance.totals import PARTS
from citytandem.science.balance.views import best_view
from citytandem.tables.balance import SECTORS
from citytandem.tables.method import Method

Node = tuple[str, str]
"""A sector of ours that is no combination, and a scope."""

WASTE = frozenset({"waste", "wastewater"})
LAND = frozenset({"agriculture", "land_use"})
OTHER_TRANSPORT = frozenset({"navigation", "off_road"})
PROCESS = frozenset({"industry_process"})
AVIATION = frozenset({"aviation"})
WHOLE = (WASTE, LAND, PROCESS)
"""Sectors whose scopes are told apart by some and not by others, and mean the same added up."""
_TRANSPORT = frozenset({"road", "rail"})
_STATIONARY = frozenset({"households", "services", "industry_energy"})
_ELEMENTS = frozenset(SECTORS)
_COMBINED = (
    ("transport", _TRANSPORT, _TRANSPORT | OTHER_TRANSPORT | AVIATION),
    ("stationary", _STATIONARY, _STATIONARY | {"municipal", "agriculture_energy"}),
    ("total", _STATIONARY | _TRANSPORT, _ELEMENTS),
)
"""Names for parts of several sectors: what they hold at least, with more than that, and at most."""
_SCOPES = {"1": "1", "2": "2", "3": "3", "1+2": "12", "1+2+3": "123", "none": "123"}
_KEPT_IN_TOTALS = frozenset({"energy_industry", "other"})


@dataclass(frozen=True, slots=True)
class Cell:
    """One line of a balance, as the sectors and scopes it covers.

    ``half`` is the 90 % half-width of its own error; ``electric_t`` what of it is made with the factor of a grid, at least and at
    most; both in t CO2e.
    """

    nodes: frozenset[Node]
    carrier: str
    value: float | None
    notation: str | None
    half: float
    activity_mwh: float | None
    electric_t: tuple[float, float] = (0.0, 0.0)

    @property
    def heat_t(self) -> float:
        """What of it is made with the factor of a heat network."""
        return (self.value or 0.0) if self.carrier == "district_heat" else 0.0


@dataclass(frozen=True)
class Side:
    """One balance at an end of a bridge.

    Parameters
    ----------
    header
        Its row of the table Balance.
    method
        How it was drawn up.
    cells
        Lines of the one view that separates most.
    line
        All its lines.
    total_t
        Its total as published.
    half_t, rest_half_t
        90 % half-width of that total, and of what it holds beyond its lines.
    country, regions
        ISO country of the city, and regions of the grid it lies in.
    shared
        Errors of factors that its lines have together.
    room_t
        The most of it that can be electricity by any view of the balance that is complete.
    nearby
        Other years of the same publication, for what changed over time.
    """

    header: Mapping[str, Any]
    method: Method
    cells: tuple[Cell, ...]
    line: pl.DataFrame = field(repr=False)
    total_t: float
    half_t: float
    rest_half_t: float
    country: str
    regions: Regions = NOWHERE
    shared: SharedErrors = NOTHING_SHARED
    room_t: float = math.inf
    nearby: tuple[Side, ...] = field(default=(), repr=False)

    @property
    def source(self) -> str:
        """Publication."""
        return str(self.header["source"])

    @property
    def rest_t(self) -> float:
        """What the published total holds beyond its lines."""
        return self.total_t - math.fsum(cell.value or 0.0 for cell in self.cells)

    @property
    def is_itemised(self) -> bool:
        """Do the lines make up the total, but for rounding each to a tonne?"""
        return abs(self.rest_t) <= max(len(self.cells), 1e-6 * abs(self.total_t))

    def says(self, aspect: str) -> str:
        """What is known of gwp, upstream or electricity: stated with the balance, else by its method."""
        stated = str(self.header.get(aspect) or "unknown")
        return stated if stated != "unknown" else str(getattr(self.method, aspect, "unknown"))

    def mark_of(self, aspect: str) -> str | None:
        """How sure that is: read where it is stated with the balance, else as sure as the statement about its method."""
        stated = str(self.header.get(aspect) or "unknown") != "unknown"
        return "S" if stated else self.method.mark_of(aspect)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of both balances that has the same content."""

    nodes: frozenset[Node]
    own: tuple[Cell, ...]
    theirs: tuple[Cell, ...]

    @property
    def sectors(self) -> frozenset[str]:
        """Sectors inside."""
        return frozenset(sector for sector, _ in self.nodes)


def read_side(
    header: Mapping[str, Any],
    line: pl.DataFrame,
    *,
    method: Method,
    width: Mapping[str, float],
    contents: Mapping[str, frozenset[str]],
    country: str,
    regions: Regions = NOWHERE,
    shared: SharedErrors = NOTHING_SHARED,
) -> Side | None:
    """One end of a bridge; None where neither a total nor a line is stated.

    Parameters
    ----------
    header
        Row of the table Balance.
    line
        Its lines, of every view.
    method
        How it was drawn up.
    width
        Relative 90 % half-width by grade, with ``none`` and ``top_down``.
    contents
        Sectors inside each combined sector, as from :func:`read_contents`.
    country, regions
        ISO country of the city, and regions of the grid it lies in.
    shared
        Errors of factors that its lines have together: they do not average out.
    """
    view = best_view(line)
    rows = line.filter(pl.col("view").cast(pl.String) == view) if view else line.clear()
    top_down = bool(header.get("top_down"))
    cells = tuple(
        _cell(row, method=method, width=width, shared=shared, contents=contents, top_down=top_down) for row in rows.to_dicts()
    )
    stated = [cell.value for cell in cells if cell.value is not None]
    total = header.get("reported_t")
    if total is None and not stated:
        return None
    whole = math.fsum(stated) if total is None else float(total)
    unstated = width["top_down" if top_down else "none"] * abs(whole - math.fsum(stated))
    compared = rows.filter(pl.col("sector").cast(pl.String).is_in(list(PARTS["core"])))["emissions_t"].sum()
    room = _room_for_electricity(line, shared=shared, compared=float(compared))
    side = Side(dict(header), method, cells, line, whole, 0.0, unstated, country, regions, shared, room)
    return replace(side, half_t=math.hypot(half_of_cells(cells, side=side), unstated))


def _room_for_electricity(line: pl.DataFrame, *, shared: SharedErrors, compared: float) -> float:
    """The most electricity by any view that holds nearly all that is compared, as in ``totals.outcomes``."""
    found: dict[str, tuple[float, float]] = {}
    for row in line.filter(pl.col("emissions_t").is_not_null()).to_dicts():
        most = shared.electric_share(sector=str(row["sector"]), carrier=str(row["carrier"]), scope=str(row["scope"]))[1]
        known, electric = found.get(str(row["view"]), (0.0, 0.0))
        found[str(row["view"])] = known + row["emissions_t"], electric + row["emissions_t"] * most
    return min((electric for known, electric in found.values() if known >= WHOLE_VIEW * compared), default=math.inf)


def half_of_cells(cells: Iterable[Cell], *, side: Side, with_grid: bool = True) -> float:
    """90 % half-width of a sum of lines of one balance: own errors as the root of their squares, an error of a factor as it is.

    A line that does not show its electricity counts with the most it can hold.
    """
    lines = tuple(cells)
    grid = side.shared.electricity * _electric(lines, side)[1] if with_grid else 0.0
    heat = side.shared.heat * math.fsum(cell.heat_t for cell in lines)
    return math.hypot(grid, heat, *(cell.half for cell in lines))


def half_of_change(own: Iterable[Cell], theirs: Iterable[Cell], *, sides: tuple[Side, Side]) -> float:
    """90 % half-width of the lines of one balance less those of another of the same city.

    Where both are known to use the national factor of one year, its error moves both: only the difference of their electricity is
    left, and of bounds the pair that leaves most. Else the two factors are taken as independent, which is never narrower.
    """
    lines = tuple(own), tuple(theirs)
    apart = [half_of_cells(some, side=side, with_grid=False) for some, side in zip(lines, sides, strict=True)]
    (low, high), (their_low, their_high) = (_electric(some, side) for some, side in zip(lines, sides, strict=True))
    width = max(side.shared.electricity for side in sides)
    if all(side.says("electricity") == "national" for side in sides) and sides[0].header["year"] == sides[1].header["year"]:
        grid = width * max(abs(high - their_low), abs(their_high - low))
    else:
        grid = width * math.hypot(high, their_high)
    return math.hypot(grid, *apart)


def _electric(cells: Iterable[Cell], side: Side) -> tuple[float, float]:
    """What of some lines is made with the factor of a grid, at least and at most."""
    low, high = (math.fsum(ends) for ends in zip(*(cell.electric_t for cell in cells), (0.0, 0.0), strict=True))
    return min(low, side.room_t), min(high, side.room_t)


def read_contents(sector_part: pl.DataFrame) -> dict[str, frozenset[str]]:
    """Sectors inside each sector: combined ones hold several, the others themselves; the total holds all of them."""
    pairs = [(str(row["sector"]), str(row["part"])) for row in sector_part.to_dicts()]
    found: dict[str, frozenset[str]] = {}
    for sector in SECTORS:
        inside = frozenset(part for whole, part in pairs if whole == sector)
        found[sector] = (inside | {"other"} if sector == "total" else inside) or frozenset({sector})
    return found


def cut_into_parts(own: Iterable[Cell], theirs: Iterable[Cell]) -> list[Part]:
    """The finest cut in which no line of either balance is split.

    Returns
    -------
    list[Part]
        Every line with a number, or with the notation key NO, is in exactly one part; the parts are in the order of SECTORS.
        Lines whose key hides a number (NE, IE, C) stand with the part they touch, and bind nothing together.
    """
    sides = (tuple(own), tuple(theirs))
    told = [cell for side in sides for cell in side if is_told(cell)]
    root: dict[Node, Node] = {node: node for cell in told for node in cell.nodes}

    def find(node: Node) -> Node:
        while root[node] != node:
            node = root[node]
        return node

    groups: list[list[Node]] = [sorted(cell.nodes) for cell in told]
    groups += [sorted(node for node in root if node[0] in whole) for whole in WHOLE]
    for nodes in groups:
        for node in nodes[1:]:
            root[find(node)] = find(nodes[0])
    together: dict[Node, set[Node]] = {}
    for node in root:
        together.setdefault(find(node), set()).add(node)
    cuts = [frozenset(nodes) for nodes in together.values()]
    parts = [Part(cut, *(tuple(cell for cell in side if _belongs(cell, cut)) for side in sides)) for cut in cuts]
    return sorted(parts, key=lambda part: min((SECTORS.index(sector), scope) for sector, scope in part.nodes))


def is_told(cell: Cell) -> bool:
    """Is there a number, or the key that says it is zero?"""
    return cell.value is not None or cell.notation == "NO"


def name_part(sectors: frozenset[str]) -> str:
    """The key of a part: a sector of ours where it is about that, or several with + between.

    >>> name_part(frozenset({"road", "rail"})), name_part(frozenset({"road", "rail", "aviation"}))
    ('road+rail', 'transport')
    """
    for name, least, most in _COMBINED:
        if least < sectors <= most:
            return name
    return "+".join(sector for sector in SECTORS if sector in sectors)


def name_scope(part: Part) -> str:
    """The scope of a part as in SCOPES; none where it holds more than energy scopes, or only some sectors of each."""
    scopes = "".join(sorted({scope for _, scope in part.nodes}))
    return {"1": "1", "2": "2", "3": "3", "12": "1+2", "123": "1+2+3"}.get(scopes, "none")


def _belongs(cell: Cell, cut: frozenset[Node]) -> bool:
    if is_told(cell):
        return cell.nodes <= cut
    return bool(cell.nodes & cut)


def _cell(
    row: Mapping[str, Any],
    *,
    method: Method,
    width: Mapping[str, float],
    shared: SharedErrors,
    contents: Mapping[str, frozenset[str]],
    top_down: bool,
) -> Cell:
    sector, notation = str(row["sector"]), None if row["notation"] is None else str(row["notation"])
    inside = contents[sector]
    if len(inside) > 1 and method.sectors:
        known = {*method.sectors, *method.optional_sectors, *(_KEPT_IN_TOTALS if sector == "total" else ())}
        inside = inside & known or inside
    grade = "top_down" if top_down else "none" if row["grade"] is None else str(row["grade"])
    value = 0.0 if row["emissions_t"] is None and notation == "NO" else row["emissions_t"]
    ends = shared.electric_share(sector=sector, carrier=str(row["carrier"]), scope=str(row["scope"]))
    low, high = sorted(end * (value or 0.0) for end in ends) if method.booking != "producer" else (0.0, 0.0)
    return Cell(
        nodes=frozenset((name, scope) for name in inside for scope in _SCOPES[str(row["scope"])]),
        carrier=str(row["carrier"]),
        value=value,
        notation=notation,
        half=abs(value or 0.0) * width[grade],
        activity_mwh=row["activity_mwh"],
        electric_t=(low, high),
    )
