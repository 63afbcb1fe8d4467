"""Sector by carrier: how much energy and what emissions of each carrier may an estimated part of a city hold?"""

from __future__ import annotations

import polars as pl

from citytandem.science.estimate.mix import span_odds
from citytandem.tables.results_estimate import CarrierEstimate

FACTOR_WIDTH = 1.25
"""Factors of published balances may lie this far above or below direct ones, as some hold what happens upstream. [P]"""
STEPS = {
    "cities": "estimate_part,carriers_of_cities,divide_by_factor",
    "country": "estimate_part,carriers_of_country,divide_by_factor",
    "country_with_local_heat": "estimate_part,carriers_of_country,shift_district_heat,divide_by_factor",
}
"""How a row came about, by basis: the named steps in their order."""


def split_parts(estimate: pl.DataFrame, mix: pl.DataFrame) -> pl.DataFrame:
    """Split each estimated part by carrier; what is not known stays away.

    Parameters
    ----------
    estimate
        Table :class:`~citytandem.tables.results_estimate.Estimate` of one city.
    mix
        Carriers of each part, from :func:`~citytandem.science.estimate.mix.mix_of_cities` or
        :func:`~citytandem.science.estimate.mix.mix_of_country`.

    Returns
    -------
    Table :class:`~citytandem.tables.results_estimate.CarrierEstimate`: in the middle the carriers of a part add up to its
    estimate; lower and upper ends do not, as not all carriers lie at one end together. The lower end is the lower end of the
    part times that of the share, the upper end likewise, and never above that of the part.
    """
    parts = estimate.filter(pl.col("status").cast(pl.String) == "complete").select(
        pl.col("outcome").cast(pl.String).alias("part"), "year", "emissions_t", "emissions_low_t", "emissions_high_t"
    )
    rows = mix.join(parts, on="part", how="inner", maintain_order="left").with_columns(
        pl.lit("P").alias("mark"), pl.col("basis").replace_strict(STEPS, return_dtype=pl.String).alias("steps")
    )
    down, up = _reach(rows)
    energy = pl.col("emissions_t") * pl.col("mwh_per_t")
    told = rows.with_columns(
        (pl.col("emissions_t") * pl.col("share")).alias("part_t"),
        (pl.col("emissions_low_t") * pl.col("share_low")).alias("part_low_t"),
        pl.min_horizontal(pl.col("emissions_high_t") * pl.col("share_high"), "emissions_high_t").alias("part_high_t"),
        energy.alias("energy_mwh"),
        (pl.col("emissions_low_t") * pl.col("mwh_per_t") * down / FACTOR_WIDTH).alias("energy_low_mwh"),
        (pl.col("emissions_high_t") * pl.col("mwh_per_t") * up * FACTOR_WIDTH).alias("energy_high_mwh"),
        pl.lit("estimate").alias("method"),
    )
    named = told.drop("emissions_t", "emissions_low_t", "emissions_high_t").rename(
        {"part_t": "emissions_t", "part_low_t": "emissions_low_t", "part_high_t": "emissions_high_t"}
    )
    ordered = named.sort("part", "emissions_t", "carrier", descending=[False, True, False])
    return CarrierEstimate.validate(ordered.select(list(CarrierEstimate.columns())), cast=True)


def _reach(rows: pl.DataFrame) -> tuple[pl.Series, pl.Series]:
    """How far below and above its middle the share of each carrier may lie; of carriers that emit nothing, that of its energy."""
    total = pl.col("mwh_per_t").sum().over("part")
    shares = rows.select("carrier", "share", "share_low", "share_high", (pl.col("mwh_per_t") / total).alias("of_energy"))
    down: list[float | None] = []
    up: list[float | None] = []
    for carrier, share, low, high, of_energy in shares.iter_rows():
        if share > 0:
            ends = (low / share, high / share)
        elif of_energy:
            ends = tuple(end / of_energy for end in span_odds(of_energy, carrier=carrier, known=False))
        else:
            ends = (None, None)
        down.append(ends[0])
        up.append(ends[1])
    return pl.Series("down", down, pl.Float64), pl.Series("up", up, pl.Float64)
