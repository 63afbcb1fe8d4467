"""Local facts of cities beside a release: on which scale they act, and which of them are known."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from citytandem.science.benchmark.structure import Floats

ON_A_LOG = ("heat_need_kwh_per_head", "traffic_area_m2_per_head", "commercial_area_m2_per_head")
"""Facts that act by their ratio; the others act by their size."""
NATION = "DE"
"""Id under which a context has the value of the whole country."""


def spread_context(context: pl.DataFrame | None, *, cities: Sequence[str]) -> dict[str, Floats]:
    """Local facts as numbers on the scale on which they act, a row per city; nan where unknown.

    Parameters
    ----------
    context
        ``city``, ``variable``, ``value``; None where nothing is known.
    cities
        Ids; shape (n,).
    """
    if context is None:
        return {}
    found: dict[str, Floats] = {}
    for (name,), rows in context.group_by("variable"):
        known = dict(rows.select("city", "value").iter_rows())
        value = np.array([known.get(city, np.nan) for city in cities], dtype=float)
        found[str(name)] = np.log(np.where(value > 0, value, np.nan)) if name in ON_A_LOG else value
    # tonnes of works per head reach from nothing to hundreds
    if "industry_t_per_head" in found:
        found["industry_t_per_head"] = np.log(found["industry_t_per_head"] + 0.2)
    return found


def facts_of(context: pl.DataFrame | None, *, city: str) -> dict[str, float]:
    """The local facts of one city by name; empty where nothing is known."""
    if context is None:
        return {}
    rows = context.filter(pl.col("city") == city).sort("variable")
    return dict(rows.select("variable", "value").iter_rows())


def share_of_heat(context: pl.DataFrame | None, *, city: str) -> float | None:
    """Flats with district heat in a city over those of the country, as shares; None where unknown."""
    own, whole = (facts_of(context, city=name).get("district_heat_share") for name in (city, NATION))
    return None if own is None or not whole else own / whole
