"""Conflicts between publications, settled by named rules; and the numbered list of all remarks."""

from __future__ import annotations

import dataclasses

import polars as pl

from citytandem.sources import checks
from citytandem.sources.reading import Remark, shape
from citytandem.tables import Note

SAME_FIGURE = 0.001
GAP = 0.005
_OWN_CHECK = ("klimawatch", "nangini")
"""Publications whose readers compare parts and totals themselves."""


def handle_conflicts(balance: pl.DataFrame, line: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame, list[Remark]]:
    """Leave out years without a sector, figures given twice and impossible signs; report each."""
    remarks: list[Remark] = []
    for step in (_drop_years_without_sector, _keep_detail, _negative_energy):
        balance, line, found = step(balance, line)
        remarks += found
    return balance, line, remarks + _gaps(balance, line)


def _sector_totals(balance: pl.DataFrame, line: pl.DataFrame, *, source: str) -> pl.DataFrame:
    head = balance.filter(pl.col("source") == source).select("balance", "city", "year")
    return line.join(head, on="balance").filter(pl.col("sector") != "land_use")


def _drop_years_without_sector(balance: pl.DataFrame, line: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame, list[Remark]]:
    remarks = []
    for source in ("metropolitan-council", "moe-japan", "energistyrelsen"):
        rows = _sector_totals(balance, line, source=source).with_columns(pl.lit(source).alias("publication"))
        by_year = rows.group_by("publication", "year", pl.col("sector").cast(pl.String)).agg(pl.col("emissions_t").sum())
        absent = checks.find_years_without(by_year, group="publication", sector="sector", value="emissions_t")
        absent = absent.filter(pl.col("share") >= checks.MATERIAL_SHARE).sort("year", "sector")
        for (year,), found in absent.group_by("year", maintain_order=True):
            gone = balance.filter((pl.col("source") == source) & (pl.col("year") == year))
            balance = balance.join(gone.select("balance"), on="balance", how="anti")
            line = line.join(gone.select("balance"), on="balance", how="anti")
            sectors = ", ".join(f"{row['sector']} ({row['share']:.0%})" for row in found.iter_rows(named=True))
            remarks.append(Remark(
                code="sector_missing", rule="year_without_sector_left_out", where=f"{source}: {sectors}", source=source,
                year=int(str(year)), before=f"{gone.height} city-years", reason=(
                    f"No city has {sectors} in this year (in brackets the usual share of emissions); "
                    "a total without it would look like a fall."
                ),
            ))  # fmt: skip
    return balance, line, remarks


def _keep_detail(balance: pl.DataFrame, line: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame, list[Remark]]:
    counts = line.group_by("balance").len("lines")
    heads = (
        balance.drop_nulls("reported_t")
        .join(counts, on="balance")
        .select("balance", "city", "year", "reported_t", "lines", "source")
    )
    pairs = heads.join(heads, on=["city", "year"], suffix="_other").filter(
        (pl.col("source") != pl.col("source_other"))
        & ((pl.col("reported_t") - pl.col("reported_t_other")).abs() <= SAME_FIGURE * pl.col("reported_t"))
        & (pl.col("lines") < pl.col("lines_other"))
    )
    gone = pairs.sort("balance", "balance_other").unique("balance", keep="first", maintain_order=True)
    remarks = [
        Remark(
            code="figure_published_twice", rule="same_figures_keep_detail", where=f"{row['source']} and {row['source_other']}",
            city=row["city"], year=row["year"], before=f"{row['reported_t']:.0f} t", after=f"{row['reported_t_other']:.0f} t",
            reason="Two publications give the same total up to rounding; the one with more detail is kept.",
            source=row["source"],
        )
        for row in gone.iter_rows(named=True)
    ]  # fmt: skip
    keep = gone.select("balance")
    return balance.join(keep, on="balance", how="anti"), line.join(keep, on="balance", how="anti"), remarks


def _negative_energy(balance: pl.DataFrame, line: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame, list[Remark]]:
    kept, remarks = checks.leave_out_impossible_signs(line, balance)
    return balance, kept, remarks


def _gaps(balance: pl.DataFrame, line: pl.DataFrame) -> list[Remark]:
    parts = line.filter(pl.col("notation").is_null()).select("balance", "view", pl.col("emissions_t").alias("value")).drop_nulls()
    totals = balance.drop_nulls("reported_t").select("balance", "city", "year", "source", value="reported_t")
    remarks: list[Remark] = []
    for view in sorted(parts["view"].unique().cast(pl.String).to_list()):
        mine = parts.filter(pl.col("view").cast(pl.String) == view)
        gaps = checks.find_gaps_to_total(mine, totals, on=["balance"], tolerance=GAP)
        heads = totals.filter(~pl.col("source").is_in(_OWN_CHECK)).select("balance", "city", "year", "source")
        remarks += [
            Remark(
                code="parts_miss_total", rule="keep_parts_and_total_as_published", where=f"{row['source']}: view {view}",
                city=row["city"], year=row["year"], source=row["source"],
                before=f"parts {row['parts_sum']:.0f} t, total {row['total']:.0f} t", after=f"gap {row['gap']:.0f} t shown",
                reason="The published parts do not add up to the published total; both are kept, nothing is scaled.",
            )
            for row in gaps.join(heads, on="balance").sort("balance").iter_rows(named=True)
        ]  # fmt: skip
    return remarks


def number_notes(remarks: list[Remark]) -> pl.DataFrame:
    """Put the remarks in a stable order and number them."""
    rows = pl.DataFrame([dataclasses.asdict(remark) for remark in remarks], infer_schema_length=None)
    ordered = rows.unique(maintain_order=True).sort(
        "source", "code", "where", "city", "year", "row", "before", "after", "rule", "reason"
    )
    return shape(ordered.with_row_index("note", offset=1), Note)
