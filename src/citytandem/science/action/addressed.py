"""How much of a city's emissions a measure can touch at all, given what its balance separates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import polars as pl
import polars.selectors as cs

from citytandem.tables.balance import CARRIERS, SECTORS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from citytandem.science.balance.quality import LineErrors

    Array: TypeAlias = NDArray[np.float64]
    Flags: TypeAlias = NDArray[np.bool_]

VIEW_ORDER = ("sector", "application", "total")
OWN_OPERATIONS_2026 = (0.02, 0.05)
"""Own operations as a share of territorial emissions where no line shows them: domain notes 2.4, recalled (mark K)."""

SECTOR_CONTENT_2026: dict[str, dict[str, tuple[float, float]]] = {
    "stationary": {
        "households": (0.08, 0.5),
        "services": (0.08, 0.5),
        "industry_energy": (0.04, 0.8),
        "agriculture_energy": (0.0, 0.3),
    },
    "buildings": {"households": (0.3, 0.7), "services": (0.3, 0.7)},
    "services_and_industry": {"services": (0.1, 0.9), "industry_energy": (0.1, 0.9)},
    "transport": {
        "road": (0.65, 1.0),
        "rail": (0.0, 0.1),
        "navigation": (0.0, 0.3),
        "aviation": (0.0, 0.5),
        "off_road": (0.0, 0.2),
    },
    "heat_use": {"households": (0.15, 0.8), "services": (0.08, 0.6), "industry_energy": (0.04, 0.8)},
    "electricity_use": {"households": (0.1, 0.6), "services": (0.1, 0.6), "industry_energy": (0.04, 0.8)},
}
"""What a line that mixes sectors holds, at least and at most: 5th to 95th percentile of the 1,741 Japanese municipalities
since 2010, which do separate them, rounded outwards; aviation, off-road and uses our proposal (mark P). Anything else: 0 to 1."""

CARRIER_CONTENT_2026: dict[str, dict[str, tuple[float, float]]] = {
    "buildings": {"electricity": (0.1, 0.8), "heating_oil": (0.0, 0.6), "natural_gas": (0.0, 0.8), "district_heat": (0.0, 0.7)},
    "industry": {"electricity": (0.1, 0.9), "natural_gas": (0.0, 0.8)},
    "road": {"petrol": (0.15, 0.8), "diesel": (0.15, 0.8), "motor_fuel": (0.9, 1.0), "electricity": (0.0, 0.1)},
}
"""What a line of all carriers holds: wider than the cities that separate them (Minneapolis region, Muenster), mark P."""

_CARRIER_PROFILE = {
    "households": "buildings",
    "services": "buildings",
    "municipal": "buildings",
    "industry_energy": "industry",
    "agriculture_energy": "industry",
    "road": "road",
}
_MOTOR_FUELS = ("petrol", "diesel", "lpg", "natural_gas", "biofuel")
_FOSSILS = ("lpg", "heating_oil", "heavy_oil", "hard_coal", "lignite", "coke", "natural_gas", "petrol", "diesel")
_WITHOUT_ENERGY = ("waste", "wastewater", "agriculture", "land_use", "industry_process")
_SECTOR = {name: place for place, name in enumerate(SECTORS)}
_CARRIER = {name: place for place, name in enumerate(CARRIERS)}


@dataclass(frozen=True)
class Emissions:
    """One city's emissions on the grid of sectors and carriers, one view of its balance.

    ``tonnes`` and ``published`` have the shape (sectors, carriers). A cell is published when the balance gives
    a number, or says it does not occur (NO, a true zero). NE, IE and C are not published. ``square`` is the square of each
    cell's own 90 % half-width, ``shared`` what an error of the grid factor and of the heat factor adds to it, in t: shape
    (2, sectors, carriers). Both are zero where nothing is said about errors.
    """

    tonnes: Array
    published: Flags
    view: str
    square: Array
    shared: Array

    @property
    def total(self) -> float:
        """Sum over all lines of the view, sinks included."""
        return float(self.tonnes.sum())

    @property
    def positive(self) -> Array:
        """Emissions without sinks: a measure that saves energy cannot act on what a forest absorbs."""
        return np.maximum(self.tonnes, 0.0)


def lay_out(line: pl.DataFrame, *, errors: LineErrors | None = None) -> Emissions | None:
    """The lines of one balance on the grid, in the deepest view that is published; None when there is none.

    Views are never added to each other: ``sector`` is preferred to ``application``, that to ``total``. Without ``errors`` the
    figures are taken as they stand.
    """
    told = line.filter(pl.col("emissions_t").is_not_null() | (pl.col("notation").cast(pl.String) == "NO"))
    views = set(told.get_column("view").cast(pl.String).to_list())
    view = next((name for name in VIEW_ORDER if name in views), None)
    if view is None:
        return None
    tonnes = np.zeros((len(SECTORS), len(CARRIERS)))
    published = np.zeros(tonnes.shape, dtype=np.bool_)
    square, shared = np.zeros(tonnes.shape), np.zeros((2, *tonnes.shape))
    rows = told.filter(pl.col("view").cast(pl.String) == view)
    texts = pl.col(*(name for name in ("sector", "carrier", "scope", "grade") if name in rows.columns)).cast(pl.String)
    for row in rows.select(texts, "emissions_t").iter_rows(named=True):
        cell, emissions = (_SECTOR[row["sector"]], _CARRIER[row["carrier"]]), row["emissions_t"] or 0.0
        tonnes[cell] += emissions
        published[cell] = True
        if errors is not None:
            square[cell] += (emissions * errors.relative(row["grade"])) ** 2
            most = errors.shared.electric_share(sector=row["sector"], carrier=row["carrier"], scope=row["scope"])[1]
            shared[0][cell] += max(0.0, emissions) * most * errors.shared.electricity
            shared[1][cell] += max(0.0, emissions) * (row["carrier"] == "district_heat") * errors.shared.heat
    return Emissions(tonnes=tonnes, published=published, view=view, square=square, shared=shared)


@dataclass(frozen=True)
class Inclusion:
    """Which share of each cell each measure addresses: arrays of shape (measures, sectors, carriers).

    A cell that lies in the target is included with the shares of the catalogue. A cell that merely contains the
    target (all carriers, all stationary energy) is included with what such lines hold at least and at most.
    ``shown`` is the part that is there for certain, whatever share of it is addressed: where it is zero everywhere
    the balance does not show that there is anything to act on.
    """

    measures: tuple[str, ...]
    low: Array
    high: Array
    shown: Array
    only_own: Flags
    own_share: Array


def include_targets(target: pl.DataFrame, *, measures: Sequence[str], sector_part: pl.DataFrame) -> Inclusion:
    """Turn the targets of the catalogue into shares of cells, once for all cities.

    Parameters
    ----------
    target
        Measure, sector, carrier, share_low, share_high; a missing share may be anything from 0 to 1.
    measures
        Measures in the order of the rows wanted.
    sector_part
        Sector, part: which sectors a combined sector contains.
    """
    homes = _sector_homes(sector_part)
    shape = (len(measures), len(SECTORS), len(CARRIERS))
    low, high, shown = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    only_own, own_share = np.zeros(len(measures), dtype=np.bool_), np.zeros(len(measures))
    place = {measure: row for row, measure in enumerate(measures)}
    text = target.with_columns(pl.col("sector", "carrier").cast(pl.String)).filter(pl.col("measure").is_in(list(measures)))
    grouped = (
        text.sort("measure", "sector", "carrier")
        .group_by("measure", "sector", maintain_order=True)
        .agg("carrier", pl.col("share_low").fill_null(0.0).min(), pl.col("share_high").fill_null(1.0).max())
    )
    ceiling = np.zeros(len(measures))
    for measure, sector, carriers, share_low, share_high in grouped.iter_rows():
        m = place[measure]
        at_least, at_most = _carrier_content(frozenset(carriers), sector=sector)
        ceiling[m] = max(ceiling[m], share_high)
        if sector == "municipal":
            own_share[m] = share_high
        for home, (part_low, part_high) in homes[sector].items():
            if home == _SECTOR["heat_use"]:
                at_least, at_most = _carrier_content(frozenset(carriers), sector=sector, electricity=(0.0, 0.0))
            low[m, home] += part_low * at_least * share_low
            high[m, home] += part_high * at_most * share_high
            shown[m, home] += part_low * at_least
    for measure, sectors in grouped.group_by("measure").agg("sector").iter_rows():
        only_own[place[measure]] = sectors == ["municipal"]
    high = np.minimum(high, ceiling[:, None, None])
    return Inclusion(tuple(measures), np.minimum(low, high), high, shown, only_own, own_share)


def _sector_homes(sector_part: pl.DataFrame) -> dict[str, dict[int, tuple[float, float]]]:
    """For each target sector the lines it can be found in, with the share of the line it is, at least and at most.

    A bare total is no home: it says nothing about what a measure could touch.
    """
    homes = {sector: {_SECTOR[sector]: (1.0, 1.0)} for sector in SECTORS}
    for whole, part in sector_part.select(pl.col("sector").cast(pl.String), pl.col("part").cast(pl.String)).iter_rows():
        if whole == "total":
            continue
        homes[whole][_SECTOR[part]] = (1.0, 1.0)
        if part != "municipal":
            homes[part][_SECTOR[whole]] = SECTOR_CONTENT_2026.get(whole, {}).get(part, (0.0, 1.0))
    return homes


def _carrier_content(
    targeted: frozenset[str], *, sector: str, electricity: tuple[float, float] | None = None
) -> tuple[Array, Array]:
    """By carrier of a line: the share of it that is among the targeted carriers, at least and at most."""
    at_least, at_most = np.zeros(len(CARRIERS)), np.zeros(len(CARRIERS))
    if "all" in targeted:
        return np.ones(len(CARRIERS)), np.ones(len(CARRIERS))
    for carrier in targeted:
        at_least[_CARRIER[carrier]] = at_most[_CARRIER[carrier]] = 1.0
    if sector in _WITHOUT_ENERGY and "none" in targeted:
        at_least[_CARRIER["all"]] = at_most[_CARRIER["all"]] = 1.0
        return at_least, at_most
    content = CARRIER_CONTENT_2026.get(_CARRIER_PROFILE.get(sector, ""), {})
    if electricity is not None:
        content = {**content, "electricity": electricity}
    at_least[_CARRIER["all"]], at_most[_CARRIER["all"]] = _hold(targeted, content=content)
    for mixed, parts in (("motor_fuel", _MOTOR_FUELS), ("other_fossil", _FOSSILS), ("other", CARRIERS)):
        if mixed not in targeted and targeted & set(parts):
            at_most[_CARRIER[mixed]] = 1.0
            if mixed == "motor_fuel":
                at_least[_CARRIER[mixed]], at_most[_CARRIER[mixed]] = _hold(targeted & set(parts), content=content)
    return at_least, at_most


def _hold(targeted: frozenset[str] | set[str], *, content: dict[str, tuple[float, float]]) -> tuple[float, float]:
    """Bounds of a set of carriers in a line of all: what the others leave, and what its own members can be."""
    single = targeted - {"motor_fuel"} if targeted & set(_MOTOR_FUELS) else targeted
    ends = [content.get(carrier, (0.0, 1.0)) for carrier in sorted(single)]
    at_least, at_most = sum(low for low, _ in ends), sum(high for _, high in ends)
    heat = set(_HEAT_CARRIERS) <= targeted
    rest = content.get("electricity") if heat else None
    if rest is not None and "electricity" not in targeted:
        at_least, at_most = max(at_least, 1 - rest[1]), min(at_most, 1 - rest[0])
    return min(1.0, at_least), min(1.0, at_most)


_HEAT_CARRIERS = ("natural_gas", "heating_oil", "hard_coal")


def bound_addressed(emissions: Emissions, *, inclusion: Inclusion) -> pl.DataFrame:
    """Addressed emissions of every measure in one city.

    Returns
    -------
    Measure, addressed_low_t, addressed_high_t, the 90 % half-width of each from the errors of the lines
    (addressed_error_low_t, addressed_error_high_t), addressed_basis:

    - ``separated``: the balance shows the target by itself;
    - ``not_separated``: a mixed line holds it, bounded by what such lines hold (our proposal);
    - ``own_operations``: own buildings have no line; at most the recalled share of the total;
    - ``not_shown``: nothing in the balance says that there is anything to act on, such as a heat network;
    - ``not_published``: no line could hold it, or it is not estimated. Not known, never zero;
    - ``no_target``: the measure acts on no line of a balance.
    """
    cells, flat = emissions.positive.ravel(), (len(inclusion.measures), -1)
    low, high, shown = (part.reshape(flat) for part in (inclusion.low, inclusion.high, inclusion.shown))
    published = emissions.published.ravel()
    touched = (high > 0) & published
    at_least, at_most = low @ cells, high @ cells
    errors = [_carry_errors(weights, emissions) for weights in (low, high)]
    hidden = emissions.view != "total" and not emissions.published[_SECTOR["municipal"]].any()
    own = inclusion.only_own & hidden
    at_most = np.where(own, OWN_OPERATIONS_2026[1] * cells.sum() * inclusion.own_share, at_most)
    everything = _carry_errors(np.ones((1, cells.size)), emissions)
    errors[1] = np.where(own, OWN_OPERATIONS_2026[1] * everything * inclusion.own_share, errors[1])
    whole = (np.abs(shown - 1.0) < _EXACT) | ~touched
    basis = np.select(
        [~(high > 0).any(axis=1), own, ~touched.any(axis=1), (shown @ published) <= 0, ~whole.all(axis=1)],
        ["no_target", "own_operations", "not_published", "not_shown", "not_separated"],
        "separated",
    )
    known = np.isin(basis, ["separated", "not_separated", "own_operations", "not_shown"])
    return pl.DataFrame(
        {
            "measure": inclusion.measures,
            "addressed_low_t": np.where(known & ~own, at_least, np.where(own, 0.0, np.nan)),
            "addressed_high_t": np.where(known, at_most, np.nan),
            "addressed_error_low_t": np.where(known & ~own, errors[0], np.where(own, 0.0, np.nan)),
            "addressed_error_high_t": np.where(known, errors[1], np.nan),
            "addressed_basis": basis.tolist(),
        }
    ).with_columns(cs.float().fill_nan(None))


def _carry_errors(weights: Array, emissions: Emissions) -> Array:
    """90 % half-width of weighted sums of cells: own errors as the root of their squares, shared ones as they are."""
    positive = (emissions.tonnes > 0).ravel()
    together = (weights @ (emissions.shared.reshape(2, -1) * positive).T) ** 2
    half: Array = np.sqrt(weights**2 @ (emissions.square.ravel() * positive) + together.sum(axis=1))
    return half


_EXACT = 1e-12
