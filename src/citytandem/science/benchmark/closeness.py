"""How alike is every other city to one, and in what do the two differ most?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from citytandem.science.benchmark.structure import Features

NAMED = 3


def measure_closeness(
    features: Features, *, city: str, profile: Mapping[str, float], among: Collection[str] | None = None
) -> pl.DataFrame:
    """Similarity in structure to each other city.

    Parameters
    ----------
    features
        Structure of the cities; ``city`` is one of them.
    city
        The city that looks.
    profile
        Weight by structure variable.
    among
        The only cities to tell of; all if None. What is usual is read off all of them.

    Returns
    -------
    One row per other city: ``city``, ``similarity`` (1 less the distance, 0 to 1) and ``differs``, the
    structure variables that make most of the distance, the largest first.
    """
    asked = np.array([max(float(profile.get(name, 0.0)), 0.0) for name in features.variables])
    weights = np.where(features.usable, asked, 0.0)
    parts = features.unlikeness(city) * (weights / (weights.sum() or 1.0))
    shown = (
        np.arange(len(features.cities)) if among is None else np.array(sorted(features.row[name] for name in {*among}), dtype=int)
    )
    parts = parts[shown]
    most = np.argsort(-parts, axis=1, kind="stable")[:, :NAMED]
    names = np.array(features.variables, dtype=object)
    rows = pl.DataFrame(
        {
            "city": [features.cities[row] for row in shown],
            "similarity": np.clip(1.0 - parts.sum(axis=1), 0.0, 1.0),
            "differs": [[str(name) for name in names[chosen]] for chosen in most],
        },
        schema={"city": pl.String, "similarity": pl.Float64, "differs": pl.List(pl.String)},
    )
    return rows.filter(pl.col("city") != city)
