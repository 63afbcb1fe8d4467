"""Do local facts make first estimates better? Published cities held out, with them, without them, and with those of others."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl

from citytandem.science.estimate.answer import Material
from citytandem.science.estimate.check import hold_out_cities
from citytandem.science.estimate.context import NATION

SHUFFLES = 3
COMPARED = {
    "outcome": pl.String, "n": pl.Int64, "error_without": pl.Float64, "error": pl.Float64, "error_shuffled": pl.Float64,
    "covered_without": pl.Float64, "covered": pl.Float64, "width_without": pl.Float64, "width": pl.Float64,
}  # fmt: skip


def compare_context(material: Material, *, without: pl.DataFrame, year: int, seed: int) -> pl.DataFrame:
    """What local facts do to estimates of the cities of their country.

    Parameters
    ----------
    material
        With its context.
    without
        From :func:`~citytandem.science.estimate.check.hold_out_cities` on the same material without context.
    year
        Year of the estimates.
    seed
        Deals the cities into parts, and shuffles local facts between published cities for the control.

    Returns
    -------
    One row per outcome: ``n`` cities, ``error`` (median of the absolute error as a share of the published figure), ``covered``,
    ``width``, the first two of them ``without`` local facts, and ``error_shuffled``: the mean over three shuffles.
    """
    found = hold_out_cities(material, year=year, seed=seed).filter(pl.col("family") == NATION)
    mixed = [
        hold_out_cities(shuffle_context(material, seed=seed + number), year=year, seed=seed).filter(pl.col("family") == NATION)
        for number in range(SHUFFLES)
    ]
    shuffled = pl.concat(mixed).group_by("outcome").agg(pl.col("error").mean().alias("error_shuffled"))
    named = without.filter(pl.col("family") == NATION).rename({name: f"{name}_without" for name in ("error", "covered", "width")})
    joined = found.select("outcome", "n", "error", "covered", "width").join(
        named.select("outcome", "error_without", "covered_without", "width_without"), on="outcome", maintain_order="left"
    )
    return joined.join(shuffled, on="outcome", maintain_order="left").select(list(COMPARED))


def shuffle_context(material: Material, *, seed: int) -> Material:
    """The same material, where each published city has the local facts of another."""
    context = material.context
    if context is None:
        return material
    published = material.balance.select("city").unique()
    cities = context.select("city").unique().join(published, on="city", how="semi").sort("city")["city"].to_list()
    others = np.random.default_rng(seed).permutation(cities)
    own = context.filter(pl.col("city").is_in(cities))
    dealt = own.with_columns(pl.col("city").replace_strict(cities, others.tolist()))
    return replace(material, context=pl.concat([context.filter(~pl.col("city").is_in(cities)), dealt]))
