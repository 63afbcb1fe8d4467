"""How did regions change, beside their nation and their own peak?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

LONGEST_GAP = 15
"""Years between two published values that may be joined by a straight line: the decade points of the sources. [P]"""
FEWEST_POINTS = 3
"""A path with fewer published values is not compared."""
SHARES = {
    "industry": (("employment_share_industry", "industry_and_mining"), ("gdp_share_secondary", "industry_and_construction")),
    "services": (("employment_share_services", "all_employed"), ("gdp_share_tertiary", "services")),
    "agriculture": (("employment_share_agriculture", "all_employed"), ("gdp_share_primary", "agriculture")),
}
AMOUNTS = {
    "gdp_of_nation": (("gdp", "dollars_1990"), ("gdp", "current_prices")),
    "population_of_nation": (("population", "as_published"),),
}
TO_NATION = {"industry_to_nation": "industry", "services_to_nation": "services"}
TRAITS = ("industry", "services", "industry_to_nation", "services_to_nation", "gdp_of_nation", "population_of_nation")
"""What is compared if nothing else is asked for; agriculture is not, as its last percent weigh too much in ratios. [P]"""
EVERY_TRAIT = (*TRAITS, "agriculture")
NATION = "nation-"


@dataclass(frozen=True)
class Paths:
    """Regions by trait and year.

    ``values`` has shape (regions, traits, years): published values, of the nation where the trait says so, on straight lines
    between; unknown is NaN. ``points`` (region, trait, basis, indicator, definition, source, unit, year, value) holds the
    published values behind them.
    """

    regions: tuple[str, ...]
    traits: tuple[str, ...]
    first_year: int
    values: Floats
    points: pl.DataFrame


def build_paths(series: pl.DataFrame, *, traits: Sequence[str] = TRAITS, until: int | None = None) -> Paths:
    """Paths of all regions that have one.

    Parameters
    ----------
    series
        Rows of :class:`~citytandem.tables.series.RegionSeries`; recalled rows (mark K) are left out. A nation is the region
        ``nation-`` and the country, and a region's nation is found by the country in ``country`` (a column of two letters).
    traits
        Keys of :data:`EVERY_TRAIT`.
    until
        Last year used.

    Returns
    -------
    Paths. Where two definitions or sources give the same trait, the one with most years is the path: they are never joined.

    Notes
    -----
    A trait to the nation is the region's value over the nation's, both by the same definition and source.
    """
    known = series.filter((pl.col("mark").cast(pl.String) != "K") & (pl.col("value") > 0)).with_columns(
        pl.col("indicator").cast(pl.String), pl.col("year").cast(pl.Int64)
    )
    if until is not None:
        known = known.filter(pl.col("year") <= until)
    points = [found for trait in traits if (found := _points(known, trait)).height]
    if not points:
        return Paths((), tuple(traits), 0, np.empty((0, len(traits), 0)), _points(known.clear(), "industry"))
    joined = pl.concat(points).filter(~pl.col("region").str.starts_with(NATION))
    joined = joined.filter(pl.len().over("region", "trait") >= FEWEST_POINTS).sort("region", "trait", "year")
    regions = tuple(sorted(set(joined["region"])))
    years = joined["year"].to_numpy()
    first, last = (int(years.min()), int(years.max())) if len(years) else (0, 0)
    values = np.full((len(regions), len(traits), last - first + 1 if regions else 0), np.nan)
    at = {region: number for number, region in enumerate(regions)}
    for (region, trait), part in joined.group_by("region", "trait", maintain_order=True):
        line = join_points(part["year"].to_numpy(), part["value"].to_numpy(), first=first, last=last)
        values[at[str(region)], traits.index(str(trait))] = line
    return Paths(regions, tuple(traits), first, values, joined)


def join_points(years: npt.ArrayLike, values: npt.ArrayLike, *, first: int, last: int) -> Floats:
    """Straight lines between published values; unknown before, after, and across gaps longer than :data:`LONGEST_GAP`.

    >>> join_points([2000, 2002, 2030], [1.0, 3.0, 4.0], first=1999, last=2003).tolist()
    [nan, 1.0, 2.0, 3.0, nan]
    """
    known, told = np.asarray(years, np.int64), np.asarray(values, np.float64)
    asked = np.arange(first, last + 1)
    line: Floats = np.interp(asked, known, told, left=np.nan, right=np.nan)
    after = np.clip(np.searchsorted(known, asked), 0, len(known) - 1)
    before = np.clip(np.searchsorted(known, asked, side="right") - 1, 0, len(known) - 1)
    line[known[after] - known[before] > LONGEST_GAP] = np.nan
    return line


def find_peaks(paths: Paths, *, trait: str = "industry", until: int | None = None) -> pl.DataFrame:
    """The year in which a trait was highest, by published values.

    Parameters
    ----------
    paths
        Paths of regions.
    trait
        What peaks.
    until
        Last year looked at.

    Returns
    -------
    region, peak_year, peak (the value); the first year where several are equal.
    """
    rows = paths.points.filter(pl.col("trait") == trait)
    if until is not None:
        rows = rows.filter(pl.col("year") <= until)
    return (
        rows.sort("region", "value", "year", descending=[False, True, False])
        .unique("region", keep="first", maintain_order=True)
        .select("region", pl.col("year").alias("peak_year"), pl.col("value").alias("peak"))
    )


def normalise(paths: Paths, breaks: pl.DataFrame, *, regions: Sequence[str]) -> pl.DataFrame:
    """Trajectories to be shown: published values beside their own peak, by years since the peak of industry, breaks marked.

    Parameters
    ----------
    paths
        Paths of regions.
    breaks
        Rows of :class:`~citytandem.tables.series.Break`.
    regions
        Which ones.

    Returns
    -------
    region, trait, basis, year, since_peak, value, of_peak (own peak of the trait = 100), unit, is_break (a border or definition
    changed since the value before), source.
    """
    rows = paths.points.filter(pl.col("region").is_in(list(regions))).join(
        find_peaks(paths).select("region", "peak_year"), on="region", how="left"
    )
    marked = breaks.select(
        "region", pl.col("indicator").cast(pl.String).alias("touched"), pl.col("year").cast(pl.Int64).alias("broken")
    )
    shown = rows.with_columns(
        (pl.col("year") - pl.col("peak_year")).alias("since_peak"),
        (100 * pl.col("value") / pl.col("value").max().over("region", "trait")).alias("of_peak"),
        pl.col("year").shift(1).over("region", "trait").alias("before"),
    )
    hit = (
        shown.join(marked, on="region")
        .filter(
            (pl.col("touched").is_null() | (pl.col("touched") == pl.col("indicator")))
            & (pl.col("before") < pl.col("broken"))
            & (pl.col("broken") <= pl.col("year"))
        )
        .select("region", "trait", "year", pl.lit(True).alias("is_break"))
        .unique()
    )
    columns = ("region", "trait", "basis", "year", "since_peak", "value", "of_peak", "unit", "is_break", "source")
    return (
        shown.join(hit, on=["region", "trait", "year"], how="left")
        .with_columns(pl.col("is_break").fill_null(value=False))
        .select(columns)
        .sort("region", "trait", "year")
    )


def _points(known: pl.DataFrame, trait: str) -> pl.DataFrame:
    """Published values of one trait, from the definition and source with most years of each region."""
    own = TO_NATION.get(trait, trait)
    choices = SHARES.get(own, ()) + AMOUNTS.get(own, ())
    wanted = pl.DataFrame(choices, schema=["indicator", "definition"], orient="row")
    rows = known.join(wanted, on=["indicator", "definition"], how="semi")
    if trait in TO_NATION or trait in AMOUNTS:
        keys = ["country", "indicator", "definition", "source", "year"]
        nation = rows.filter(pl.col("region").str.starts_with(NATION)).select(*keys, pl.col("value").alias("whole"))
        rows = rows.join(nation, on=keys).with_columns(pl.col("value") / pl.col("whole"), pl.lit("nation = 1").alias("unit"))
    series = ["region", "indicator", "definition", "source"]
    sizes = rows.group_by(series).agg(pl.len().alias("size")).sort("size", *series, descending=[True, *[False] * len(series)])
    chosen = sizes.unique("region", keep="first", maintain_order=True)
    basis = pl.when(pl.col("indicator").str.starts_with("gdp")).then(pl.lit("gdp")).otherwise(pl.lit("employment")).alias("basis")
    return rows.join(chosen.select(series), on=series, how="semi").select(
        "region", pl.lit(trait).alias("trait"), basis, "indicator", "definition", "source", "unit", "year", "value"
    )
