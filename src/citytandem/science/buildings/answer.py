"""One building: its record, its figures, what is wrong, the standards, similar buildings, and designed against measured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.findings import CannotCompute, Code, Finding, Severity
from citytandem.science.buildings.changepoint import KINDS
from citytandem.science.buildings.checks import check_buildings, unsound
from citytandem.science.buildings.comparison import compare_limits, compare_similar
from citytandem.science.buildings.conventions import areas_of, convert_values
from citytandem.science.buildings.gap import explain_gap, read_known
from citytandem.science.buildings.weather import Normalised, normalise

if TYPE_CHECKING:
    from citytandem.findings import Fact
    from citytandem.science.buildings.changepoint import Kind

FIT_STANDARD, FIT_PATH = "ashrae-guideline-14", "whole_building"
AREA_ORDER = ("phpp_treated", "usable", "conditioned", "chinese_built", "gross_external")
"""The floor area metered energy is divided by where no design says which: the first that is known. [P]"""


@dataclass(frozen=True)
class BuildingSheet:
    """What is known of one building, and what is wrong with it.

    Parameters
    ----------
    building
        One row of :class:`~citytandem.tables.building.Building`.
    values
        Its figures, by indicator; recalled ones are marked K.
    limits
        Its figures held against standards; empty where its data are not sound.
    similar
        Where similar buildings lie; empty where its data are not sound.
    findings
        Checks of this building, and what is missing.
    """

    building: pl.DataFrame
    values: pl.DataFrame
    limits: pl.DataFrame
    similar: pl.DataFrame
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class BuildingComparison:
    """Designed against measured for one building.

    Parameters
    ----------
    building
        Key of the building.
    area_convention, area_m2
        The floor area both figures stand on; None where there is none.
    designed, measured, reference, low, high
        Total final energy in kWh/m2a: as designed, as metered, as worked out for reference weather with a 90 % interval.
        The metered figure stays beside the worked-out one. None where data are not sound or missing.
    terms
        What explains metered less designed, by term; empty where one of the two is not known.
    normalised
        The model and its periods; None without meters.
    limits
        How far the fit keeps each limit of ASHRAE Guideline 14: path, indicator, found, limit, kept, mark, source.
    findings
        What stands in the way, and what to keep in mind.
    """

    building: str
    area_convention: str | None
    area_m2: float | None
    designed: float | None
    measured: float | None
    reference: float | None
    low: float | None
    high: float | None
    terms: pl.DataFrame
    normalised: Normalised | None
    limits: pl.DataFrame
    findings: tuple[Finding, ...]


def describe_building(building: str, *, buildings: pl.DataFrame, values: pl.DataFrame, limits: pl.DataFrame) -> BuildingSheet:
    """The sheet of one building.

    Parameters
    ----------
    building
        Key of the building.
    buildings, values, limits
        Rows of :class:`~citytandem.tables.building.Building`, ``BuildingValue`` and ``BuildingLimit``.

    Raises
    ------
    CannotCompute
        BUILDING_UNKNOWN.
    """
    row = find_row(building, buildings)
    own = values.filter(pl.col("building") == building).sort("indicator", "state", "source")
    found = check_buildings(buildings.filter(pl.col("building") == building), values=own)
    findings = [*found, *_tell_missing(building, own)]
    sound = building not in unsound(found)
    evidence = own if sound else own.clear()
    held = compare_limits(row, values=evidence, limits=limits)
    others = _sound_values(buildings, values)
    similar, told = compare_similar(row, buildings=buildings, values=others if sound else others.clear())
    if not sound:
        findings.append(_withheld(building))
    record = buildings.filter(pl.col("building") == building)
    return BuildingSheet(record, own, held, similar, (*findings, *told))


def compare_building(
    building: str,
    *,
    buildings: pl.DataFrame,
    values: pl.DataFrame,
    limits: pl.DataFrame,
    readings: pl.DataFrame,
    temperatures: pl.DataFrame,
    kinds: tuple[Kind, ...] = KINDS,
) -> BuildingComparison:
    """Designed against measured, with weather taken out beside the metered figure and the gap in terms.

    Parameters
    ----------
    building
        Key of the building.
    buildings, values, limits, readings, temperatures
        Rows of the tables of :mod:`citytandem.tables.building`.
    kinds
        Kinds of change-point models to choose from.

    Raises
    ------
    CannotCompute
        BUILDING_UNKNOWN.
    """
    row = find_row(building, buildings)
    own = values.filter(pl.col("building") == building)
    meters = readings.filter(pl.col("building") == building)
    checked = check_buildings(buildings.filter(pl.col("building") == building), values=own, readings=meters)
    if building in unsound(checked):
        return _nothing(building, (*checked, _withheld(building)))
    if not meters.height:
        finding = Finding(Code.BUILDING_WITHOUT_METERS, {"building": building}, where=building, severity=Severity.WARNING)
        return _nothing(building, (*checked, finding))
    rules = limits.cast({pl.Enum: pl.String}).filter(pl.col("standard") == FIT_STANDARD)
    (limit,) = rules.filter((pl.col("standard_class") == FIT_PATH) & (pl.col("indicator") == "cv_rmse"))["value"]
    normal = normalise(meters, building=building, temperatures=temperatures, cv_rmse_limit=limit, kinds=kinds)
    return _put_together(row, own=own, normal=normal, rules=rules, checked=tuple(checked))


def find_row(building: str, buildings: pl.DataFrame) -> dict[str, Any]:
    """The record of a building by its key."""
    rows = buildings.filter(pl.col("building") == building).cast({pl.Enum: pl.String}).to_dicts()
    if not rows:
        facts = {"asked": building, "nearest": ", ".join(sorted(buildings["building"])[:20])}
        raise CannotCompute(Finding(Code.BUILDING_UNKNOWN, facts))
    return rows[0]


def _put_together(
    row: dict[str, Any], *, own: pl.DataFrame, normal: Normalised, rules: pl.DataFrame, checked: tuple[Finding, ...]
) -> BuildingComparison:
    key = row["building"]
    findings = [*checked, *normal.findings]
    convention, designed, told = _read_designed(row, own=own)
    findings += told
    area = areas_of(row).get(convention or "")
    if area is None:
        findings.append(Finding(Code.BUILDING_WITHOUT_AREA, {"building": key}, where=key, severity=Severity.WARNING))
        divided: list[float | None] = [None] * 4
    else:
        years = (normal.metered_year_kwh, normal.reference_year_kwh, normal.low_kwh, normal.high_kwh)
        divided = [None if year is None else year / area for year in years]
    measured, reference, low, high = divided
    terms = pl.DataFrame(schema={"term": pl.String, "value": pl.Float64, "mark": pl.String})
    if designed is not None and measured is not None and area is not None:
        known = read_known(_figures(own))
        terms = explain_gap(designed=designed, measured=measured, area_m2=area, normalised=normal, known=known)
    held = _hold_fit(normal, rules=rules)
    return BuildingComparison(
        key, convention, area, designed, measured, reference, low, high, terms, normal, held, tuple(findings)
    )


def _read_designed(row: dict[str, Any], *, own: pl.DataFrame) -> tuple[str | None, float | None, list[Finding]]:
    """The floor area to stand on, and total final energy as designed on it; recalled figures are left out."""
    key, areas = row["building"], areas_of(row)
    convention = next((name for name in AREA_ORDER if name in areas), None)
    plain = own.cast({pl.Enum: pl.String})
    rows = plain.filter((pl.col("indicator") == "total_final") & (pl.col("state") == "designed") & (pl.col("mark") != "K")).sort(
        "convention", "source"
    )
    stated = [name for name in rows["area_convention"] if name in areas]
    convention = stated[0] if stated else convention
    missing = Finding(Code.BUILDING_WITHOUT_DESIGN, {"building": key}, where=key, severity=Severity.WARNING)
    if not rows.height or convention is None:
        return convention, None, [missing]
    converted = convert_values(rows, pl.DataFrame([row], infer_schema_length=None), area_convention=convention)
    usable = converted["converted"].drop_nulls().to_list()
    return convention, usable[0] if usable else None, [] if usable else [missing]


def _figures(own: pl.DataFrame) -> dict[tuple[str, str], float]:
    plain = own.cast({pl.Enum: pl.String}).filter(pl.col("mark") != "K").sort("indicator", "state", "source", descending=True)
    return {(row["indicator"], row["state"]): row["value"] for row in plain.to_dicts()}


def _hold_fit(normal: Normalised, *, rules: pl.DataFrame) -> pl.DataFrame:
    found = {} if normal.fit is None else {"cv_rmse": normal.fit.cv_rmse_percent, "bias": abs(normal.fit.bias_percent)}
    rows = [
        {
            "path": rule["standard_class"],
            "indicator": rule["indicator"],
            "found": found[rule["indicator"]],
            "limit": rule["value"],
            "kept": found[rule["indicator"]] <= rule["value"],
            "mark": rule["mark"],
            "source": rule["source"],
        }
        for rule in rules.sort("standard_class", "indicator").to_dicts()
        if rule["indicator"] in found
    ]
    number, text = pl.Float64, pl.String
    names = {"path": text, "indicator": text, "found": number, "limit": number, "kept": pl.Boolean, "mark": text, "source": text}
    return pl.DataFrame(rows, schema=names)


def _sound_values(buildings: pl.DataFrame, values: pl.DataFrame) -> pl.DataFrame:
    wrong = unsound(check_buildings(buildings, values=values))
    return values.filter(~pl.col("building").is_in(sorted(wrong)))


def _tell_missing(building: str, own: pl.DataFrame) -> list[Finding]:
    plain = own.cast({pl.Enum: pl.String})
    recalled = sorted(set(plain.filter(pl.col("mark") == "K")["indicator"]))
    findings = []
    if recalled:
        facts: dict[str, Fact] = {"building": building, "count": len(recalled)}
        findings.append(Finding(Code.BUILDING_FIGURE_RECALLED, facts, where=building, severity=Severity.NOTE))
    if not plain.filter(pl.col("state") == "measured").height:
        findings.append(Finding(Code.BUILDING_NOTHING_MEASURED, {"building": building}, where=building, severity=Severity.NOTE))
    return findings


def _withheld(building: str) -> Finding:
    return Finding(Code.BUILDING_WITHHELD, {"building": building}, where=building, severity=Severity.WARNING)


def _nothing(building: str, findings: tuple[Finding, ...]) -> BuildingComparison:
    terms = pl.DataFrame(schema={"term": pl.String, "value": pl.Float64, "mark": pl.String})
    limits = pl.DataFrame()
    return BuildingComparison(building, None, None, None, None, None, None, None, terms, None, limits, findings)
