"""Why does a city differ from its peers, and from its own past? The parts of a difference, adding up exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from citytandem.science.benchmark.lmdi import split_difference

Parts = Mapping[str, float]
"""Emissions per head by sector, t CO2e."""
Cell = tuple[str, str]
"""Sector and carrier."""

_SPLITS = {
    "core_no_industry": ("buildings", "transport"),
    "core": ("stationary", "transport"),
    "core_waste": ("stationary", "transport", "waste"),
}
_NAMES = {"industry": "industry_energy", "full": "total"}


@dataclass(frozen=True)
class Energy:
    """Energy and emissions of one balance by sector and carrier; ``level`` says which of the two is known."""

    level: str
    mwh: Mapping[Cell, float]
    emissions_t: Mapping[Cell, float]


def partition(outcome: str, *, sides: Sequence[Mapping[str, float | None]]) -> list[dict[str, float]]:
    """Split an outcome into sectors as finely as every side knows them.

    Parameters
    ----------
    outcome
        What is split, known on every side.
    sides
        For each balance emissions by outcome (t CO2e or per head), None where unknown.

    Returns
    -------
    For each side emissions by sector, adding up to the outcome; the same sectors on every side.

    >>> partition("buildings", sides=[{"buildings": 3.0, "households": 2.0}, {"buildings": 4.0, "households": 1.0}])
    [{'households': 2.0, 'services': 1.0}, {'households': 1.0, 'services': 3.0}]
    """
    found: list[dict[str, float]] = [{} for _ in sides]
    for part in _SPLITS.get(outcome, (outcome,)):
        for into, pieces in zip(found, _pieces(part, sides), strict=True):
            into.update(pieces)
    return found


def _pieces(part: str, sides: Sequence[Mapping[str, float | None]]) -> list[dict[str, float]]:
    if part == "stationary" and _all_known(sides, "buildings", "industry"):
        inner = _pieces("buildings", sides)
        return [
            {**pieces, "industry_energy": _of(side, "industry"), "other": _of(side, part) - _of(side, "buildings") - _of(side, "industry")}
            for side, pieces in zip(sides, inner, strict=True)
        ]
    if part == "buildings" and _all_known(sides, "households"):
        return [{"households": _of(side, "households"), "services": _of(side, part) - _of(side, "households")} for side in sides]
    return [{_NAMES.get(part, part): _of(side, part)} for side in sides]


def _all_known(sides: Sequence[Mapping[str, float | None]], *names: str) -> bool:
    return all(side.get(name) is not None for side in sides for name in names)


def _of(side: Mapping[str, float | None], name: str) -> float:
    value = side[name]
    if value is None:
        raise ValueError(name)
    return value


def by_sector(own: Parts, *, reference: Parts, population: float, reference_population: float) -> pl.DataFrame:
    """Pairs for the identity emissions = population × emissions per head, one row per sector.

    Parts below zero, as credits of waste, have no logarithmic mean: their difference stays whole.
    """
    rows = [(sector, "all", population, reference_population, own[sector], reference[sector]) for sector in own]
    names = ("sector", "carrier", "population_own", "population_ref", "per_head_own", "per_head_ref")
    return pl.DataFrame(rows, schema=dict(zip(names, [pl.String] * 2 + [pl.Float64] * 4, strict=True)), orient="row")


def by_energy(own: Energy, *, reference: Energy, population: float, reference_population: float) -> pl.DataFrame | None:
    """Pairs for population × energy per head × carrier mix × emission factor; None if emissions stand without energy.

    Energy per head is that of the sector (of all sectors where only carriers are known), the mix the share of the
    carrier in it. Without carriers the mix is left out. A cell not used on one side has share zero and no factor there.
    """
    sides = (own, reference)
    if any(side.mwh.get(cell, 0.0) <= 0 < side.emissions_t[cell] for side in sides for cell in side.emissions_t):
        return None
    if any(value < 0 for side in sides for value in (*side.emissions_t.values(), *side.mwh.values())):
        return None
    rows = []
    people = (population, reference_population)
    for cell in dict.fromkeys((*own.mwh, *reference.mwh)):
        columns = [_cell_factors(side, cell, heads) for side, heads in zip(sides, people, strict=True)]
        rows.append((*cell, *(value for pair in zip(*columns, strict=True) for value in pair)))
    factors = ENERGY_FACTORS
    names = ["sector", "carrier", *(f"{name}_{side}" for name in factors for side in ("own", "ref"))]
    return pl.DataFrame(rows, schema=dict(zip(names, [pl.String] * 2 + [pl.Float64] * 8, strict=True)), orient="row")


ENERGY_FACTORS = ("population", "energy_per_head", "carrier_mix", "emission_factor")


def _cell_factors(side: Energy, cell: Cell, people: float) -> tuple[float, float, float | None, float | None]:
    sector_mwh = sum(value for other, value in side.mwh.items() if other[0] == cell[0])
    mwh = side.mwh.get(cell, 0.0)
    share = mwh / sector_mwh if sector_mwh > 0 else None
    factor = side.emissions_t.get(cell, 0.0) / mwh if mwh > 0 else None
    return people, sector_mwh / people, share, factor


def explain(
    pairs: pl.DataFrame,
    *,
    factors: Sequence[str],
    kind: str,
    level: str,
    reference: str,
    per_head_by: float,
) -> pl.DataFrame:
    """Rows as :class:`~citytandem.tables.results_benchmark.Driver` for the pairs of one identity.

    Parameters
    ----------
    pairs
        As made by :func:`by_sector` or :func:`by_energy`.
    factors
        Factors of the identity.
    kind, level, reference
        Carried into the rows.
    per_head_by
        People the effects are divided by for the column per head.
    """
    signs = [pl.col(f"{name}_{side}") < 0 for name in factors for side in ("own", "ref")]
    below = pl.any_horizontal(signs).fill_null(False)
    effects = split_difference(pairs.filter(~below), factors=list(factors))
    long = [_long(effects, name) for name in factors]
    long.append(_whole(pairs.filter(below), factors))
    return pl.concat(long).select(
        pl.lit(kind).alias("kind"),
        pl.lit(level).alias("level"),
        "sector",
        "carrier",
        "factor",
        "effect_t",
        (pl.col("effect_t") / per_head_by).alias("effect_t_per_head"),
        "from_value",
        "to_value",
        pl.lit(reference).alias("reference"),
    )


def _long(effects: pl.DataFrame, name: str) -> pl.DataFrame:
    return effects.select(
        "sector",
        "carrier",
        pl.lit(name).alias("factor"),
        pl.col(f"{name}_effect").alias("effect_t"),
        pl.col(f"{name}_ref").alias("from_value"),
        pl.col(f"{name}_own").alias("to_value"),
    )


def _whole(pairs: pl.DataFrame, factors: Sequence[str]) -> pl.DataFrame:
    own = pl.fold(pl.lit(1.0), lambda total, part: total * part, [pl.col(f"{name}_own") for name in factors])
    ref = pl.fold(pl.lit(1.0), lambda total, part: total * part, [pl.col(f"{name}_ref") for name in factors])
    return pairs.select(
        "sector",
        "carrier",
        pl.lit("difference").alias("factor"),
        (own - ref).alias("effect_t"),
        ref.alias("from_value"),
        own.alias("to_value"),
    )


def energy_of(lines: pl.DataFrame, *, sectors: Sequence[str], view: str, with_carriers: bool) -> Energy | None:
    """Energy and emissions of one balance in one view, or None if a line that emits states no energy.

    Parameters
    ----------
    lines
        Lines of one balance.
    sectors
        Sectors that count in the sector view; the carrier view has no sectors and counts whole.
    view
        ``sector`` or ``carrier``.
    with_carriers
        Keep carriers apart.
    """
    part = lines.filter(pl.col("view").cast(pl.String) == view)
    if view == "sector":
        part = part.filter(pl.col("sector").cast(pl.String).is_in(list(sectors)))
    part = part.filter(pl.col("emissions_t").fill_null(0) + pl.col("activity_mwh").fill_null(0) != 0)
    if part.is_empty() or part["activity_mwh"].null_count() or part["emissions_t"].null_count():
        return None
    carrier = pl.col("carrier").cast(pl.String) if with_carriers else pl.lit("all")
    if with_carriers and part["carrier"].cast(pl.String).is_in(["all"]).any():
        return None
    sector = pl.lit("all") if view == "carrier" else pl.col("sector").cast(pl.String)
    sums = part.group_by(sector.alias("s"), carrier.alias("c")).agg(pl.col("activity_mwh").sum(), pl.col("emissions_t").sum()).sort("s", "c")
    cells = list(zip(sums["s"], sums["c"], strict=True))
    level = "carrier" if view == "carrier" else "sector_carrier" if with_carriers else "sector_energy"
    return Energy(
        level,
        dict(zip(cells, sums["activity_mwh"], strict=True)),
        dict(zip(cells, sums["emissions_t"], strict=True)),
    )


LEVELS: tuple[tuple[str, str, bool], ...] = (
    ("sector_carrier", "sector", True),
    ("carrier", "carrier", True),
    ("sector_energy", "sector", False),
)
"""Identities with energy, deepest first: name, view, carriers apart."""
