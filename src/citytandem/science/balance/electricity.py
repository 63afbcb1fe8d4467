"""What does the same electricity emit under different factors? The energy is never changed, and factors are never mixed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from citytandem.science.balance.regions import NOWHERE, Regions, least_sure
from citytandem.science.balance.views import energy_view

COMMON_KG_PER_MWH = 400.0
"""One factor for every city and year. It says nothing about any grid: it makes the use of electricity comparable. [P]"""
READ = ("S",)
"""Only factors read in their source are used; recalled ones are none."""

_CONTENTS = {"production_mix": ("production_mix",), "residual_mix": ("residual_mix",)}
_NATIONAL = ("direct", "adjusted", "life_cycle")
"""Contents of a national location-based factor, the first that is known goes first; the row says which it is."""


@dataclass(frozen=True, slots=True)
class GridFactor:
    """One factor of a grid in one year."""

    kg_per_mwh: float
    content: str
    year: int
    region: str
    mark: str
    source: str


def find_grid_factor(
    factor: pl.DataFrame, *, country: str, year: int, contents: tuple[str, ...] = _NATIONAL, region: str = "national"
) -> GridFactor | None:
    """The factor of a grid in exactly that year; None where none was read in a source.

    Parameters
    ----------
    factor
        Rows of :class:`~citytandem.tables.Factor`.
    country, year, region
        Which grid, and when. Another year is another grid and never stands in.
    contents
        What may be inside, in this order; one row is chosen, never a mean.
    """
    rows = factor.filter(
        (pl.col("carrier").cast(pl.String) == "electricity")
        & (pl.col("country") == country)
        & (pl.col("year") == year)
        & (pl.col("region") == region)
        & pl.col("mark").cast(pl.String).is_in(READ)
    ).with_columns(pl.col("view").cast(pl.String))
    for content in contents:
        found = rows.filter(pl.col("view") == content).sort("source", descending=True)
        if found.height:
            row = found.row(0, named=True)
            return GridFactor(row["kg_per_mwh"], content, year, region, str(row["mark"]), row["source"])
    return None


def find_regional_factor(factor: pl.DataFrame, *, country: str, year: int, regions: Regions) -> GridFactor | None:
    """The factor of the smallest region a city is known to lie in that has one for the year; None where none has.

    Its mark is that of what is less sure: the factor itself, or that the city lies there.
    """
    for name in regions.names:
        found = find_grid_factor(factor, country=country, year=year, region=name)
        if found is not None:
            return replace(found, mark=least_sure([found.mark, regions.mark or found.mark]) or found.mark)
    return None


def read_electricity(line: pl.DataFrame) -> tuple[float | None, float | None]:
    """Electricity of a balance in MWh, and what its publisher emits with it in t, from the one view that tells the most.

    Returns
    -------
    Energy and emissions. Energy is null where no line of electricity states it; emissions are null unless every such line
    states them or gives its factor.
    """
    rows = line.filter((pl.col("carrier").cast(pl.String) == "electricity") & pl.col("activity_mwh").is_not_null())
    if not rows.height:
        return None, None
    chosen = rows.filter(pl.col("view").cast(pl.String) == energy_view(rows))
    priced = pl.coalesce("emissions_t", pl.col("activity_mwh") * pl.col("factor_kg_per_mwh") / 1000.0)
    emitted = chosen.select(priced.alias("t"))["t"]
    return float(chosen["activity_mwh"].sum()), None if emitted.null_count() else float(emitted.sum())


def price_electricity(
    line: pl.DataFrame,
    *,
    factor: pl.DataFrame,
    country: str,
    year: int,
    source: str,
    regions: Regions = NOWHERE,
    width: float = 0.0,
    common: float = COMMON_KG_PER_MWH,
) -> pl.DataFrame:
    """The electricity of one balance as reported and under each factor that is known.

    Parameters
    ----------
    line
        Lines of one balance.
    factor
        Rows of :class:`~citytandem.tables.Factor`.
    country, year, regions
        Where and when it is used; regions as from :func:`~citytandem.science.balance.regions.find_regions`.
    source
        Publication of the balance.
    width
        Relative 90 % half-width of a grid factor, shared by every line it prices; the common factor is a yardstick without error.
    common
        The common factor, kg CO2e/MWh.

    Returns
    -------
    Rows as in :class:`~citytandem.tables.results_bridge.ElectricityView`. The first three views are always there, with nulls
    for what is not known; regional, production and residual mix only where they are known.
    """
    energy, reported = read_electricity(line)
    shared = GridFactor(common, "common", year, "WORLD", "P", "citytandem-2026")
    mean = None if energy is None or reported is None or energy == 0 else reported / energy * 1000.0
    rows = [_row("reported", energy, None) | {"factor_kg_per_mwh": mean, "emissions_t": reported, "source": source}]
    rows.append(_row("national", energy, find_grid_factor(factor, country=country, year=year), width=width))
    rows.append(_row("common", energy, shared, width=0.0))
    local = find_regional_factor(factor, country=country, year=year, regions=regions)
    found = {
        name: find_grid_factor(factor, country=country, year=year, contents=contents) for name, contents in _CONTENTS.items()
    }
    rows += [_row(name, energy, grid, width=width) for name, grid in ({"regional": local} | found).items() if grid is not None]
    return pl.DataFrame(rows, schema=SCHEMA)


def _row(view: str, energy: float | None, grid: GridFactor | None, *, width: float = 0.0) -> dict[str, Any]:
    emitted = None if energy is None or grid is None else energy * grid.kg_per_mwh / 1000.0
    return {
        "view": view,
        "activity_mwh": energy,
        "factor_kg_per_mwh": grid.kg_per_mwh if grid else None,
        "emissions_t": emitted,
        "low_t": None if emitted is None else emitted * (1 - width),
        "high_t": None if emitted is None else emitted * (1 + width),
        "content": grid.content if grid else None,
        "year": grid.year if grid else None,
        "region": grid.region if grid else None,
        "mark": grid.mark if grid else None,
        "source": grid.source if grid else None,
    }


SCHEMA: dict[str, Any] = {
    "view": pl.String,
    "activity_mwh": pl.Float64,
    "factor_kg_per_mwh": pl.Float64,
    "emissions_t": pl.Float64,
    "low_t": pl.Float64,
    "high_t": pl.Float64,
    "content": pl.String,
    "year": pl.Int16,
    "region": pl.String,
    "mark": pl.String,
    "source": pl.String,
}
