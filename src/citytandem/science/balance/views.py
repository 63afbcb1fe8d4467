"""Which breakdown of a balance separates most? Views of one balance are never added up together."""

from __future__ import annotations

import polars as pl

VIEWS = ("sector", "application", "total")


def best_view(lines: pl.DataFrame) -> str | None:
    """The view of a balance that separates most and states emissions; None where none does."""
    seen = set(lines.filter(pl.col("emissions_t").is_not_null())["view"].cast(pl.String).to_list())
    return next((view for view in VIEWS if view in seen), None)
