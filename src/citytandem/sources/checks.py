"""General checks on published figures: unit slips, rows given twice, parts against totals, years without a sector."""

from __future__ import annotations

import polars as pl

from citytandem.sources.reading import Remark

MAY_ABSORB = ("land_use", "total", "waste", "agriculture")
"""Sectors whose emissions can truly be below zero."""
SLIP_LOW, SLIP_HIGH = 300.0, 3000.0
"""A value this many times smaller or larger than its neighbours looks like a slip of 1,000."""
SAME_TOTAL = 0.002
"""Two totals this close (as a share) are the same figure up to rounding."""
MATERIAL_SHARE = 0.05
"""A sector with at least this median share of the total makes a year without it no total."""


def find_unit_slips(series: pl.DataFrame, *, by: list[str], value: str) -> pl.DataFrame:
    """Find values about 1,000 times away from the median of their own series.

    Returns
    -------
    The rows of ``series`` that look wrong, with ``typical`` (the median of the others) and ``times``
    (1000 or 0.001: by what the value would have to be multiplied).
    """
    rows = series.filter(pl.col(value) > 0).with_row_index("_at")
    typical = (
        rows.join(rows.select(*by, "_at", other=value), on=by, suffix="_o")
        .filter(pl.col("_at") != pl.col("_at_o"))
        .group_by("_at")
        .agg(pl.col("other").median().alias("typical"), pl.len().alias("others"))
        .filter(pl.col("others") >= 2)
    )
    ratio = pl.col("typical") / pl.col(value)
    return (
        rows.join(typical, on="_at")
        .filter(ratio.is_between(SLIP_LOW, SLIP_HIGH) | (1 / ratio).is_between(SLIP_LOW, SLIP_HIGH))
        .with_columns(pl.when(ratio > 1).then(1000.0).otherwise(0.001).alias("times"))
        .drop("_at", "others")
    )


def find_per_head_slips(totals: pl.DataFrame, *, total: str, population: str) -> pl.DataFrame:
    """Find totals that are implausible per head (below 0.1 t) but plausible 1,000 times larger."""
    head = pl.col(total) / pl.col(population)
    return totals.filter((pl.col(total) > 0) & (head < 0.1) & (head * 1000).is_between(0.5, 100))


def find_impossible_per_head(totals: pl.DataFrame, *, total: str, population: str) -> pl.DataFrame:
    """Find totals above 100 t a head in places of 100,000 people and more; no city of that size is known above it."""
    head = pl.col(total) / pl.col(population)
    return totals.filter((head > 100) & (pl.col(population) >= 100_000))


def find_repeats(rows: pl.DataFrame, *, by: list[str], value: str) -> pl.DataFrame:
    """Find keys given more than once: the later rows, with ``first`` value and whether it is the ``same``."""
    first = rows.group_by(by, maintain_order=True).agg(pl.col(value).first().alias("first"))
    later = rows.filter(pl.int_range(pl.len()).over(by) > 0).join(first, on=by)
    return later.with_columns((pl.col(value) == pl.col("first")).alias("same"))


def find_gaps_to_total(parts: pl.DataFrame, totals: pl.DataFrame, *, on: list[str], tolerance: float) -> pl.DataFrame:
    """Find totals that differ from the sum of their parts by more than a share ``tolerance``.

    ``parts`` and ``totals`` carry ``value``; the result has ``parts_sum``, ``total`` and ``gap``.
    """
    summed = parts.group_by(on).agg(pl.col("value").sum().alias("parts_sum"))
    both = summed.join(totals.select(*on, total="value"), on=on)
    gap = (pl.col("parts_sum") - pl.col("total")).alias("gap")
    return both.with_columns(gap).filter(pl.col("gap").abs() > tolerance * pl.col("total").abs()).sort(on)


def find_parts_inside_others(parts: pl.DataFrame, gaps: pl.DataFrame, *, on: list[str], name: str) -> pl.DataFrame:
    """Among totals their parts miss, find the one part without which the rest adds up exactly."""
    fits = parts.join(gaps.select(*on, "gap", "total"), on=on).filter(
        (pl.col("value") - pl.col("gap")).abs() <= SAME_TOTAL / 2 * pl.col("total").abs()
    )
    return (
        fits.group_by(on, maintain_order=True)
        .agg(pl.col(name).first(), pl.col("value").first(), pl.len().alias("n"))
        .filter(pl.col("n") == 1)
    )


def find_years_without(rows: pl.DataFrame, *, group: str, sector: str, value: str) -> pl.DataFrame:
    """Find years in which a sector that usually matters is absent from a group's rows.

    Returns
    -------
    One row per group, year and absent sector with its median ``share`` in the years that have it.
    """
    by_year = rows.group_by(group, "year", sector).agg(pl.col(value).sum())
    totals = by_year.group_by(group, "year").agg(pl.col(value).sum().alias("_total"))
    shares = by_year.join(totals, on=[group, "year"]).with_columns((pl.col(value) / pl.col("_total")).alias("share"))
    usual = shares.group_by(group, sector).agg(pl.col("share").median(), pl.col("year").n_unique().alias("years"))
    counts = by_year.group_by(group).agg(pl.col("year").n_unique().alias("all_years"))
    usual = usual.join(counts, on=group).filter(
        (pl.col("years") < pl.col("all_years")) & (pl.col("years") * 2 > pl.col("all_years"))
    )
    expected = by_year.select(group, "year").unique().join(usual, on=group)
    return (
        expected.join(by_year, on=[group, "year", sector], how="anti").select(group, "year", sector, "share").sort(group, "year")
    )


def leave_out_impossible_signs(line: pl.DataFrame, balance: pl.DataFrame) -> tuple[pl.DataFrame, list[Remark]]:
    """Leave out lines whose emissions are below zero in a sector that cannot absorb; each is remarked as published.

    Parameters
    ----------
    line, balance
        Lines, and the balances they belong to.
    """
    may = pl.col("sector").cast(pl.String).is_in(MAY_ABSORB)
    wrong = line.filter(~may & (pl.col("emissions_t") < 0)).join(balance.select("balance", "city", "year"), on="balance")
    remarks = [
        Remark(
            code="negative_emissions", rule="impossible_sign_left_out", where=f"{row['source']}: {row['item']}",
            city=row["city"], year=row["year"], before=f"{row['emissions_t']} t", source=row["source"],
            reason="Burning fuel or using electricity cannot absorb emissions; the value is left out and stays unknown.",
        )
        for row in wrong.sort("balance", "item").iter_rows(named=True)
    ]  # fmt: skip
    return line.join(wrong.select("balance", "item"), on=["balance", "item"], how="anti", maintain_order="left"), remarks
