"""What do activities emit under given factors, for any number of cities and on any engine?"""

from __future__ import annotations

from typing import Any

import narwhals as nw

from citytandem.science.balance.compile import compile_lines

KEYS = ("city", "year", "sector")
"""What one row of the result is about; the result is stored in this order."""
FACTOR_KEYS = ("country", "year", "carrier")
"""What a factor is chosen by."""
CELL = ("city", "year", "country", "sector", "carrier")
"""What one cell of the activity cube is about."""


@nw.narwhalify
def price_activities(activity: Any, factor: Any) -> Any:
    """Compile activities line by line and add them up by city, year and sector.

    A row without an amount, or with energy but without a factor, is unknown: it counts in ``rows_unknown``, and
    the emissions of its city, year and sector are null beside the sum of what is known. Zero energy is zero.

    Parameters
    ----------
    activity
        One row per amount, as :class:`~citytandem.tables.bulk.Activity`; any engine Narwhals speaks.
    factor
        At most one row per country, year and carrier, as :class:`~citytandem.tables.bulk.PinnedFactor`,
        of the same engine, its keys of the same types.

    Returns
    -------
    Rows as in :class:`~citytandem.tables.bulk.Compiled`, in no particular order: t CO2e / year.

    Examples
    --------
    >>> import polars as pl
    >>> activity = pl.DataFrame(
    ...     {"city": ["DE-1"] * 2, "year": [2019] * 2, "country": ["DE"] * 2, "sector": ["households"] * 2,
    ...      "carrier": ["natural_gas", "lpg"], "activity_mwh": [1000.0, 10.0]}
    ... )
    >>> factor = pl.DataFrame({"country": ["DE"], "year": [2019], "carrier": ["natural_gas"], "kg_per_mwh": [247.0]})
    >>> price_activities(activity, factor).select("emissions_t", "known_t", "rows_unknown").row(0)
    (None, 247.0, 1)
    """
    chosen = factor.select(
        *FACTOR_KEYS, nw.col("kg_per_mwh").alias("factor_kg_per_mwh"), nw.lit(None, nw.String).alias("version")
    )
    rows = activity.with_columns(nw.lit(None, nw.String).alias("notation"))
    emitted = nw.col("emissions_t")
    summed = (
        nw.from_native(compile_lines(rows, factor=chosen, on=FACTOR_KEYS))
        .select(*KEYS, nw.when(emitted.is_finite()).then(emitted).alias("known_t"))
        .group_by(*KEYS)
        .agg(nw.col("known_t").sum(), nw.len().alias("rows"), nw.col("known_t").count().alias("known"))
        .with_columns(nw.col("known_t").fill_null(0.0), (nw.col("rows") - nw.col("known")).alias("rows_unknown"))
    )
    complete = nw.when(nw.col("rows_unknown") == 0).then(nw.col("known_t")).otherwise(nw.lit(None, nw.Float64))
    return summed.select(*KEYS, complete.alias("emissions_t"), "known_t", "rows", "rows_unknown")


@nw.narwhalify
def list_unpriced(activity: Any, factor: Any) -> Any:
    """The country, year and carrier of rows with energy that have no factor.

    Parameters
    ----------
    activity, factor
        As in :func:`price_activities`.

    Returns
    -------
    One row per country, year and carrier without a factor: ``rows`` counts its rows of activity.
    """
    chosen = factor.filter(nw.col("kg_per_mwh").is_finite().fill_null(False)).select(*FACTOR_KEYS)
    amount = nw.col("activity_mwh")
    with_energy = activity.filter((amount.is_finite() & (amount != 0)).fill_null(False))
    # an anti-join never matches unknown keys, so rows without a country are listed too
    return with_energy.join(chosen, on=list(FACTOR_KEYS), how="anti").group_by(*FACTOR_KEYS).agg(nw.len().alias("rows"))


@nw.narwhalify
def sum_activities(activity: Any) -> Any:
    """Add activities up to the cells that can be priced again and again.

    Parameters
    ----------
    activity
        As in :func:`price_activities`.

    Returns
    -------
    Rows as in :class:`~citytandem.tables.bulk.Cube`, in no particular order: MWh / year.
    """
    amount = nw.col("activity_mwh")
    known = amount.is_finite().fill_null(False)
    return (
        activity.select(
            *CELL,
            nw.when(known).then(amount).otherwise(nw.lit(0.0)).alias("activity_mwh"),
            nw.when(known).then(nw.lit(0)).otherwise(nw.lit(1)).alias("without"),
            nw.when(known & (amount != 0)).then(nw.lit(1)).otherwise(nw.lit(0)).alias("with_energy"),
        )
        .group_by(*CELL)
        .agg(
            nw.col("activity_mwh").sum(),
            nw.len().alias("rows"),
            nw.col("with_energy").sum().alias("rows_with_energy"),
            nw.col("without").sum().alias("rows_without_amount"),
        )
    )
