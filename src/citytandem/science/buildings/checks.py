"""What is wrong with the figures of buildings? Findings, and which buildings get no number until it is put right."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.findings import Code, Finding, Severity
from citytandem.tables.building import CARRIERS, DWELLINGS, INDICATORS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

AGREE = 0.05
"""Carriers together may differ from the total by this share. [P]"""
CARRIER_SHARES = tuple(name for name in INDICATORS if name in CARRIERS)


def check_buildings(buildings: pl.DataFrame, *, values: pl.DataFrame, readings: pl.DataFrame | None = None) -> list[Finding]:
    """Find what cannot be, what is unusual, and what must not be mixed.

    Parameters
    ----------
    buildings, values, readings
        Rows of :class:`~citytandem.tables.building.Building`, ``BuildingValue`` and ``MeterReading``.

    Returns
    -------
    Findings whose fact ``building`` says which building they are about. An error means: no number for this building.
    """
    findings: list[Finding] = []
    for row in buildings.cast({pl.Enum: pl.String}).sort("building").to_dicts():
        findings += _check_record(row)
    plain = values.cast({pl.Enum: pl.String}).sort("building", "indicator").to_dicts()
    for row in plain:
        findings += _check_value(row)
    known = set(buildings["building"])
    findings += [_dangling(key, "values") for key in sorted({row["building"] for row in plain} - known)]
    findings += _check_together(values)
    if readings is not None:
        findings += [_dangling(key, "meters") for key in sorted(set(readings["building"]) - known)]
        findings += check_readings(readings)
    return findings


def unsound(findings: Iterable[Finding]) -> set[str]:
    """The buildings that get no number, because a finding about them is an error."""
    return {str(found.facts["building"]) for found in findings if found.severity is Severity.ERROR and "building" in found.facts}


def check_readings(readings: pl.DataFrame) -> list[Finding]:
    """Meter readings of one carrier that overlap (error), or leave days out between them (warning)."""
    found = []
    plain = readings.cast({pl.Enum: pl.String}).sort("building", "carrier", "starts")
    for (building, carrier), rows in plain.group_by("building", "carrier", maintain_order=True):
        for before, after in pairwise(rows.to_dicts()):
            facts = {"building": str(building), "meter": str(carrier), "day": str(after["starts"])}
            if after["starts"] < before["ends"]:
                found.append(Finding(Code.BUILDING_METERS_OVERLAP, facts, where=str(building)))
            elif after["starts"] > before["ends"]:
                days = (after["starts"] - before["ends"]).days
                found.append(
                    Finding(Code.BUILDING_METERS_GAP, facts | {"days": days}, where=str(building), severity=Severity.WARNING)
                )
    return found


def _dangling(key: str, table: str) -> Finding:
    return Finding(Code.BUILDING_NOT_LISTED, {"building": key, "table": table}, where=table)


def _check_record(row: dict[str, Any]) -> Iterator[Finding]:
    key = row["building"]
    gross, treated = row["gross_area_m2"], row["treated_area_m2"]
    if gross is not None and treated is not None and treated > gross:
        yield Finding(Code.BUILDING_AREAS_CLASH, {"building": key, "treated": treated, "gross": gross}, where=key)
    for name, area in (("gross_area_m2", gross), ("treated_area_m2", treated)):
        if area == 0:
            facts = {"building": key, "figure": name, "value": 0, "unit": "m2", "low": 1, "high": 5_000_000}
            yield Finding(Code.BUILDING_VALUE_IMPOSSIBLE, facts, where=key)
    years = [(name, row[name]) for name in ("year_planned", "year_completed", "year_certified") if row[name] is not None]
    for (first, early), (later, late) in pairwise(years):
        if early > late and (first, later) != ("year_completed", "year_certified"):
            # certificates of design are given before completion
            facts = {"building": key, "first_year_of": first, "early": str(early), "later_year_of": later, "late": str(late)}
            yield Finding(Code.BUILDING_YEARS_CLASH, facts, where=key)
    if row["use"] in DWELLINGS and gross and row["floors"] and gross / row["floors"] > 1e6:
        facts = {"building": key, "figure": "gross_area_m2", "value": gross, "unit": "m2"}
        yield Finding(Code.BUILDING_VALUE_UNUSUAL, facts, where=key, severity=Severity.WARNING)


def _check_value(row: dict[str, Any]) -> Iterator[Finding]:
    key, indicator = row["building"], row["indicator"]
    unit, impossible_low, unusual_low, unusual_high, impossible_high = INDICATORS[indicator]
    facts = {"building": key, "figure": indicator, "value": row["value"], "unit": row["unit"]}
    if row["unit"] != unit:
        yield Finding(Code.BUILDING_UNIT_WRONG, facts | {"expected": unit}, where=key)
    elif not impossible_low <= row["value"] <= impossible_high:
        bounds = {"low": impossible_low, "high": impossible_high}
        yield Finding(Code.BUILDING_VALUE_IMPOSSIBLE, facts | bounds, where=key)
    elif not unusual_low <= row["value"] <= unusual_high:
        yield Finding(Code.BUILDING_VALUE_UNUSUAL, facts, where=key, severity=Severity.WARNING)


def _check_together(values: pl.DataFrame) -> Iterator[Finding]:
    plain = values.cast({pl.Enum: pl.String})
    for (building, indicator), rows in plain.sort("building", "indicator").group_by("building", "indicator", maintain_order=True):
        bases = sorted(set(rows["convention"]) | {f"area_{area}" for area in rows["area_convention"] if area != "not_stated"})
        mixed = max(rows["convention"].n_unique(), rows["area_convention"].n_unique()) > 1
        if mixed:
            facts = {"building": str(building), "figure": str(indicator), "conventions": ", ".join(bases)}
            yield Finding(Code.BUILDING_CONVENTIONS_MIXED, facts, where=str(building), severity=Severity.WARNING)
    yield from _check_sums(plain)


def _check_sums(values: pl.DataFrame) -> Iterator[Finding]:
    """Carriers against the total final energy of the same state, convention, area, period and source."""
    group = ["building", "state", "convention", "area_convention", "period", "source"]
    carriers = (
        values.filter(pl.col("indicator").is_in(CARRIER_SHARES)).group_by(group).agg(pl.col("value").sum().alias("together"))
    )
    totals = values.filter(pl.col("indicator") == "total_final").join(carriers, on=group).sort("building")
    for row in totals.to_dicts():
        # parts below the total may be incomplete; parts above it cannot be
        if row["together"] > row["value"] * (1 + AGREE):
            facts = {"building": row["building"], "total": row["value"], "together": row["together"], "unit": row["unit"]}
            yield Finding(Code.BUILDING_CARRIERS_DIFFER, facts, where=row["building"])
        elif row["together"] < row["value"] * (1 - AGREE):
            facts = {"building": row["building"], "total": row["value"], "together": row["together"], "unit": row["unit"]}
            yield Finding(Code.BUILDING_CARRIERS_LACK, facts, where=row["building"], severity=Severity.WARNING)
