"""Does a building keep the limits of standards, and where do similar buildings lie? Only like is held against like."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.findings import Code, Finding, Severity
from citytandem.science.buildings.conventions import convert_values
from citytandem.tables.building import DWELLINGS, MAIN_ZONES, PER_AREA

if TYPE_CHECKING:
    from collections.abc import Mapping

FEWEST = 5
"""With fewer similar buildings there is no interval, only the count. [P]"""
AGAINST_LIMITS = ("designed", "tested", "measured")
LIMIT_COLUMNS = {
    "standard": pl.String,
    "standard_class": pl.String,
    "indicator": pl.String,
    "state": pl.String,
    "value": pl.Float64,
    "value_mark": pl.String,
    "value_source": pl.String,
    "limit": pl.Float64,
    "unit": pl.String,
    "verdict": pl.String,
    "limit_mark": pl.String,
    "limit_source": pl.String,
}
SIMILAR_COLUMNS = {
    "indicator": pl.String,
    "state": pl.String,
    "unit": pl.String,
    "value": pl.Float64,
    "buildings": pl.Int64,
    "low": pl.Float64,
    "middle": pl.Float64,
    "high": pl.Float64,
}


def main_zone(zone: str | None) -> str | None:
    """The main zone a zone is part of.

    >>> main_zone("severe_cold_b"), main_zone("cold"), main_zone(None)
    ('severe_cold', 'cold', None)
    """
    return next((main for main in MAIN_ZONES if zone is not None and (zone == main or zone.startswith(f"{main}_"))), None)


def compare_limits(building: Mapping[str, Any], *, values: pl.DataFrame, limits: pl.DataFrame) -> pl.DataFrame:
    """Hold each figure of a building against each limit for its zone and use.

    Parameters
    ----------
    building
        One row of :class:`~citytandem.tables.building.Building`.
    values
        Its rows of ``BuildingValue``; recalled figures (mark K) are no evidence and are left out.
    limits
        Rows of ``BuildingLimit``.

    Returns
    -------
    One row per figure and limit, by standard, class and indicator. ``verdict`` is kept, not_kept, or other_convention
    where the figure was worked out otherwise than the limit asks, or stands on an area that cannot be converted.
    """
    use = "residential" if building["use"] in DWELLINGS else "public"
    zone = main_zone(building["zone"]) or "any"
    fitting = limits.cast({pl.Enum: pl.String}).filter(pl.col("zone").is_in(["any", zone]) & pl.col("use").is_in(["any", use]))
    own = values.cast({pl.Enum: pl.String}).filter((pl.col("mark") != "K") & pl.col("state").is_in(AGAINST_LIMITS))
    rows = []
    for limit in fitting.sort("standard", "standard_class", "indicator").to_dicts():
        same = own.filter(pl.col("indicator") == limit["indicator"]).sort("state", "source")
        table = pl.DataFrame([building], infer_schema_length=None)
        converted = convert_values(same, table, area_convention=limit["area_convention"])
        rows += [_judge(row, limit=limit) for row in converted.to_dicts()]
    return pl.DataFrame(rows, schema=LIMIT_COLUMNS)


def _judge(row: Mapping[str, Any], *, limit: Mapping[str, Any]) -> dict[str, Any]:
    value = row["converted"]
    per_area = limit["indicator"] in PER_AREA
    if value is None or (per_area and row["convention"] != limit["convention"]):
        verdict = "other_convention"
    else:
        keeps = value <= limit["value"] if limit["bound"] == "at_most" else value >= limit["value"]
        verdict = "kept" if keeps else "not_kept"
    return {
        "standard": limit["standard"],
        "standard_class": limit["standard_class"],
        "indicator": limit["indicator"],
        "state": row["state"],
        "value": row["value"] if value is None else value,
        "value_mark": row["mark"],
        "value_source": row["source"],
        "limit": limit["value"],
        "unit": limit["unit"],
        "verdict": verdict,
        "limit_mark": limit["mark"],
        "limit_source": limit["source"],
    }


def compare_similar(
    building: Mapping[str, Any], *, buildings: pl.DataFrame, values: pl.DataFrame
) -> tuple[pl.DataFrame, list[Finding]]:
    """Where buildings of the same main zone and use lie, beside the figure of this one.

    Parameters
    ----------
    building
        One row of :class:`~citytandem.tables.building.Building`.
    buildings, values
        All buildings and figures; recalled figures (mark K) and what is only required or claimed are left out.

    Returns
    -------
    One row per figure, by indicator: how many similar buildings publish it by the same state, convention and area, and
    from five on the interval that holds 80 % of them with its middle. Nobody's place among them is told.
    """
    plain = buildings.cast({pl.Enum: pl.String})
    zone = main_zone(building["zone"])
    alike = [
        row["building"]
        for row in plain.to_dicts()
        if zone is not None
        and row["use"] == building["use"]
        and main_zone(row["zone"]) == zone
        and row["building"] != building["building"]
    ]
    telling = values.cast({pl.Enum: pl.String}).filter((pl.col("mark") != "K") & pl.col("state").is_in(AGAINST_LIMITS))
    rows, counts = [], []
    for own in telling.filter(pl.col("building") == building["building"]).sort("indicator", "state", "source").to_dicts():
        same = [pl.col(name) == own[name] for name in ("indicator", "state", "convention", "area_convention", "unit")]
        others = telling.filter(pl.col("building").is_in(alike), *same).group_by("building").agg(pl.col("value").mean())
        enough = others.height >= FEWEST
        edges = [others["value"].quantile(share, "linear") if enough else None for share in (0.1, 0.5, 0.9)]
        counts.append(others.height)
        rows.append(
            {
                "indicator": own["indicator"],
                "state": own["state"],
                "unit": own["unit"],
                "value": own["value"],
                "buildings": others.height,
                **dict(zip(("low", "middle", "high"), edges, strict=True)),
            }
        )
    findings = []
    if not rows or max(counts) < FEWEST:
        facts = {"building": building["building"], "count": max(counts, default=0), "needed": FEWEST}
        findings = [Finding(Code.BUILDING_FEW_SIMILAR, facts, where=building["building"], severity=Severity.NOTE)]
    return pl.DataFrame(rows, schema=SIMILAR_COLUMNS), findings
