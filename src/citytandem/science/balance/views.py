"""Which breakdown of a balance separates most? Views of one balance are never added up together."""

from __future__ import annotations

import polars as pl

VIEWS = ("sector", "application", "total")


def best_view(lines: pl.DataFrame) -> str | None:
    """The view of a balance that separates most and states emissions; None where none does."""
    seen = set(lines.filter(pl.col("emissions_t").is_not_null())["view"].cast(pl.String).to_list())
    return next((view for view in VIEWS if view in seen), None)


def energy_view(lines: pl.DataFrame) -> str | None:
    """The view that states most energy; None where none does."""
    known = lines.filter(pl.col("activity_mwh").is_not_null())
    sums = known.group_by(pl.col("view").cast(pl.String)).agg(pl.col("activity_mwh").sum()).sort("activity_mwh", "view")
    return str(sums["view"][-1]) if sums.height else None
