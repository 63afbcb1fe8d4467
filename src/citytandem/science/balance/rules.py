"""Which of the seven rules of BISKO does a balance keep? A check of what is published, never a certificate."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import polars as pl

if TYPE_CHECKING:
    from citytandem.tables.method import Method

GRID_BOUND = ("electricity", "natural_gas", "district_heat")
TRANSPORT = ("road", "rail", "navigation", "aviation")
_MIXED_CARRIERS = ("all", "none")
_MIXED_SECTORS = ("buildings", "services_and_industry", "stationary", "transport", "heat_use", "electricity_use", "total")
_ENERGY = ("households", "services", "municipal", "industry_energy", *TRANSPORT, *_MIXED_SECTORS)

Verdict = tuple[str, str, str | None]
"""kept, broken or cannot_tell; the reason as a key; what was found."""


def check_rules(header: Mapping[str, Any], line: pl.DataFrame, *, method: Method) -> pl.DataFrame:
    """Look at each rule, as far as the published balance allows.

    Parameters
    ----------
    header
        Row of the table Balance.
    line
        Its lines, of every view.
    method
        How it was drawn up.

    Returns
    -------
    Seven rows of :class:`~citytandem.tables.results_bridge.RuleCheck`. A rule that rests on something nobody states is
    ``cannot_tell``; what the name of a method promises is no proof that a balance keeps it.

    References
    ----------
    The criteria as implemented in kausal-2026-bisko.
    """
    rows = line.with_columns(pl.col("sector", "carrier", "grade", "notation").cast(pl.String))
    energy = rows.filter(pl.col("sector").is_in(_ENERGY))
    found: dict[str, Verdict] = {
        "territorial": _territorial(energy),
        "sector_and_carrier": _sector_and_carrier(energy),
        "factors_with_upstream": _factors(header),
        "federal_mix": _federal_mix(header),
        "no_weather_correction": _weather(header),
        "heat_by_exergy": _heat(energy, method=method),
        "quality_stated": _quality(energy),
    }
    listed = [(number, name, *verdict, header["source"]) for number, (name, verdict) in enumerate(found.items(), 1)]
    return pl.DataFrame(listed, schema=SCHEMA, orient="row")


def _told(rows: pl.DataFrame) -> pl.DataFrame:
    """Lines with energy, zero included, or with the key that says there is none."""
    return rows.filter(pl.col("activity_mwh").is_not_null() | (pl.col("notation") == "NO"))


def _territorial(rows: pl.DataFrame) -> Verdict:
    told = _told(rows)
    if not told.height:
        return "cannot_tell", "no_energy", None
    carriers, sectors = set(told["carrier"].to_list()), set(told["sector"].to_list())
    missing = [name for name in GRID_BOUND if name not in carriers] + [name for name in TRANSPORT if name not in sectors]
    return ("broken", "entries_missing", ", ".join(missing)) if missing else ("kept", "entries_there", None)


def _sector_and_carrier(rows: pl.DataFrame) -> Verdict:
    told = _told(rows)
    if not told.height:
        return "cannot_tell", "no_energy", None
    split = told.filter(~pl.col("carrier").is_in(_MIXED_CARRIERS) & ~pl.col("sector").is_in(_MIXED_SECTORS))
    sectors = set(split["sector"].to_list())
    missing = [name for name in ("households", "services", "industry_energy", "road") if name not in sectors]
    return ("broken", "not_crossed", ", ".join(missing)) if missing else ("kept", "crossed", None)


def _factors(header: Mapping[str, Any]) -> Verdict:
    upstream, gwp = str(header["upstream"]), str(header["gwp"])
    if upstream == "no" or gwp == "co2_only":
        return "broken", "no_upstream" if upstream == "no" else "co2_only", None
    if upstream == "unknown" or gwp == "unknown":
        return "cannot_tell", "factors_not_stated", None
    return "kept", "upstream_inside", gwp


def _federal_mix(header: Mapping[str, Any]) -> Verdict:
    said = str(header["electricity"])
    if said == "unknown":
        return "cannot_tell", "mix_not_stated", None
    return ("kept", "federal_mix", None) if said == "national" else ("broken", "other_mix", said)


def _weather(header: Mapping[str, Any]) -> Verdict:
    return ("broken", "weather_corrected", None) if header["weather_corrected"] else ("kept", "as_measured", None)


def _heat(rows: pl.DataFrame, *, method: Method) -> Verdict:
    heat = _told(rows).filter(pl.col("carrier") == "district_heat")
    if heat.height and heat["activity_mwh"].fill_null(0.0).sum() == 0:
        return "kept", "no_district_heat", None
    if method.chp == "unknown" or (method.chp == "exergetic" and method.mark_of("chp") != "S"):
        return "cannot_tell", "allocation_not_stated", None
    return (
        ("cannot_tell", "allocation_promised", None) if method.chp == "exergetic" else ("broken", "other_allocation", method.chp)
    )


def _quality(rows: pl.DataFrame) -> Verdict:
    told = _told(rows)
    if not told.height:
        return "cannot_tell", "no_energy", None
    if told["grade"].null_count() == told.height:
        return "broken", "no_grades", None
    if told["grade"].null_count():
        return "broken", "some_grades", None
    grid = told.filter(pl.col("carrier").is_in(GRID_BOUND))
    low = sorted(set(grid.filter(pl.col("grade") != "A")["carrier"].to_list()))
    return ("broken", "grid_not_a", ", ".join(low)) if low else ("kept", "all_graded", None)


SCHEMA = {
    "number": pl.Int16,
    "rule": pl.String,
    "verdict": pl.String,
    "why": pl.String,
    "found": pl.String,
    "source": pl.String,
}
