"""What would a building have used in a year of reference weather? Metered use joined with temperatures, and normalised."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from citytandem.findings import Code, Finding, Severity
from citytandem.science.buildings.changepoint import KINDS
from citytandem.science.buildings.quality import Fit, choose_fit, spread_of_year

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from citytandem.findings import Fact
    from citytandem.science.buildings.changepoint import Kind

PERIODS, DAYS = 12, 350
"""At least so many periods and days are needed before weather is taken out: a whole year. [P, after ASHRAE Guideline 14]"""
YEAR = 365.25
OUTSIDE = 3.0
"""Degrees by which reference weather may go beyond the temperatures metered before it is told. [P]"""
SHORT = 14
"""Periods of fewer days are put together by month. [P]"""
PERIOD_COLUMNS: dict[str, type[pl.DataType]] = {
    "starts": pl.Date,
    "ends": pl.Date,
    "days": pl.Int64,
    "temperature_mean": pl.Float64,
    "energy_kwh": pl.Float64,
    "kwh_per_day": pl.Float64,
}


@dataclass(frozen=True)
class Normalised:
    """Metered use beside what it would have been in reference weather; the metered figure is never replaced.

    Parameters
    ----------
    building
        Key of the building.
    periods
        One row per period: starts, ends, days, temperature_mean, energy_kwh, kwh_per_day, and fitted_kwh_per_day with a fit.
    metered_year_kwh
        As read, all carriers together, per 365.25 days; None for less than a year.
    fit
        The model; None where none could be fitted.
    reference_year_kwh, low_kwh, high_kwh
        Worked out for the reference weather, per 365.25 days, with a 90 % interval; None without a model that keeps the
        limit, or without reference temperatures.
    reference
        Reference weather it was worked out for: days, temperature_mean.
    findings
        What stands in the way, and what to keep in mind.
    """

    building: str
    periods: pl.DataFrame
    metered_year_kwh: float | None
    fit: Fit | None
    reference_year_kwh: float | None
    low_kwh: float | None
    high_kwh: float | None
    reference: pl.DataFrame
    findings: tuple[Finding, ...]


def normalise(
    readings: pl.DataFrame,
    *,
    building: str,
    temperatures: pl.DataFrame,
    cv_rmse_limit: float,
    kinds: tuple[Kind, ...] = KINDS,
) -> Normalised:
    """Fit a change-point model to the metered use of one building, all carriers together, and apply it to reference weather.

    Parameters
    ----------
    readings
        Rows of :class:`~citytandem.tables.building.MeterReading`.
    building
        The building.
    temperatures
        Rows of :class:`~citytandem.tables.building.OutdoorTemperature`; the metered series has to cover each day of a period.
    cv_rmse_limit
        CV(RMSE) in percent above which a fit gives no number.
    kinds
        Kinds of models to choose from.

    Returns
    -------
    The figures; None with a finding where there is no honest one.
    """
    own = readings.filter(pl.col("building") == building)
    periods, findings = join_periods(own, temperatures, building=building)
    reference = _reference(temperatures)
    days = int(periods["days"].sum())
    whole = float(periods["energy_kwh"].sum()) / days * YEAR if days >= DAYS else _year_as_read(own)
    plain = Normalised(building, periods, whole, None, None, None, None, reference, tuple(findings))
    if periods.height < PERIODS or days < DAYS:
        facts: dict[str, Fact] = {"building": building, "periods": periods.height, "days": days, "needed": PERIODS}
        return _add(plain, Finding(Code.BUILDING_METERS_SHORT, facts, where=building, severity=Severity.WARNING))
    warmth, used = (periods[name].to_numpy() for name in ("temperature_mean", "kwh_per_day"))
    fit = choose_fit(warmth, used, kinds=kinds)
    if fit is None:
        facts = {"building": building, "periods": periods.height, "days": days, "needed": PERIODS}
        return _add(plain, Finding(Code.BUILDING_METERS_SHORT, facts, where=building, severity=Severity.WARNING))
    fitted = replace(
        plain, fit=fit, periods=periods.with_columns(pl.Series("fitted_kwh_per_day", fit.model.predict(warmth), dtype=pl.Float64))
    )
    if fit.cv_rmse_percent > cv_rmse_limit:
        facts = {"building": building, "found": fit.cv_rmse_percent, "limit": cv_rmse_limit}
        return _add(fitted, Finding(Code.BUILDING_FIT_WEAK, facts, where=building, severity=Severity.WARNING))
    if not reference.height or int(reference["days"].sum()) < DAYS:
        facts = {"building": building}
        return _add(fitted, Finding(Code.BUILDING_WEATHER_NO_REFERENCE, facts, where=building, severity=Severity.WARNING))
    return _apply(fitted, warmth=warmth, fit=fit)


def _year_as_read(own: pl.DataFrame) -> float | None:
    """Metered use per 365.25 days without any weather, where every carrier covers the same number of days of a year."""
    days = (pl.col("ends") - pl.col("starts")).dt.total_days()
    covered = own.group_by("carrier").agg(days.sum().alias("days"))["days"]
    if covered.n_unique() != 1 or covered[0] < DAYS:
        return None
    return float(own["energy_kwh"].sum()) / int(covered[0]) * YEAR


def year_use(fit: Fit, reference: pl.DataFrame, *, warmer: float = 0.0) -> float:
    """Use of a reference year in kWh per 365.25 days; ``warmer`` moves the change points by so many degrees."""
    days, warmth = (reference[name].to_numpy().astype(float) for name in ("days", "temperature_mean"))
    return float(days @ fit.model.shift(warmer).predict(warmth)) / float(days.sum()) * YEAR


def trace_model(found: Normalised) -> pl.DataFrame:
    """The fitted lines as their corners: temperature_mean and kwh_per_day, from the coldest to the warmest period."""
    if found.fit is None:
        return pl.DataFrame(schema={"temperature_mean": pl.Float64, "kwh_per_day": pl.Float64})
    warmth = found.periods["temperature_mean"].to_numpy()
    model = found.fit.model
    bends = [] if model.kind == "2P" else [point for point in (model.heating_point, model.cooling_point) if point is not None]
    corners = np.unique([warmth.min(), *bends, warmth.max()])
    return pl.DataFrame({"temperature_mean": corners, "kwh_per_day": model.predict(corners)})


def join_periods(readings: pl.DataFrame, temperatures: pl.DataFrame, *, building: str) -> tuple[pl.DataFrame, list[Finding]]:
    """Periods that every carrier of a building has, with their energy and mean outdoor temperature.

    Returns
    -------
    One row per period, and findings about estimated readings, periods not shared, and periods without weather.
    """
    findings: list[Finding] = []
    estimated = readings.filter(pl.col("kind").cast(pl.String) == "estimated").height
    if estimated:
        facts: dict[str, Fact] = {"building": building, "count": estimated}
        findings.append(Finding(Code.BUILDING_METERS_ESTIMATED, facts, where=building, severity=Severity.WARNING))
    carriers = readings["carrier"].n_unique()
    summed = readings.group_by("starts", "ends").agg(pl.col("carrier").n_unique().alias("carriers"), pl.col("energy_kwh").sum())
    shared = summed.filter(pl.col("carriers") == carriers).drop("carriers")
    if lost := summed.height - shared.height:
        facts = {"building": building, "count": lost}
        findings.append(Finding(Code.BUILDING_PERIODS_DIFFER, facts, where=building, severity=Severity.WARNING))
    series = temperatures.filter(pl.col("series").cast(pl.String) == "metered")
    warm = _average(shared.select("starts", "ends"), series)
    joined = shared.join(warm, on=["starts", "ends"], how="inner").sort("starts")
    if lost := shared.height - joined.height:
        facts = {"building": building, "count": lost}
        findings.append(Finding(Code.BUILDING_WEATHER_MISSING, facts, where=building, severity=Severity.WARNING))
    days = (pl.col("ends") - pl.col("starts")).dt.total_days()
    periods = joined.with_columns(days.alias("days"), (pl.col("energy_kwh") / days).alias("kwh_per_day"))
    shown = periods.select(pl.col(name).cast(kind) for name, kind in PERIOD_COLUMNS.items())
    return _by_month(shown) if shown.height and shown["days"].median() < SHORT else shown, findings  # type: ignore[operator]


def _by_month(periods: pl.DataFrame) -> pl.DataFrame:
    """Days and weeks put together by the calendar month they begin in; the models are those of months."""
    warmth = (pl.col("temperature_mean") * pl.col("days")).sum() / pl.col("days").sum()
    return (
        periods.group_by(pl.col("starts").dt.truncate("1mo").alias("month"))
        .agg(
            pl.col("starts").min(),
            pl.col("ends").max(),
            pl.col("days").sum(),
            warmth.alias("temperature_mean"),
            pl.col("energy_kwh").sum(),
            (pl.col("energy_kwh").sum() / pl.col("days").sum()).alias("kwh_per_day"),
        )
        .sort("starts")
        .select(*PERIOD_COLUMNS)
    )


def _average(periods: pl.DataFrame, series: pl.DataFrame) -> pl.DataFrame:
    """Mean temperature of each period whose every day the series covers once."""
    spans = series.select(pl.col("starts").alias("from"), pl.col("ends").alias("to"), "temperature_mean")
    crossed = periods.join(spans, how="cross")
    overlap = (pl.min_horizontal("ends", "to") - pl.max_horizontal("starts", "from")).dt.total_days().clip(lower_bound=0)
    summed = (
        crossed.with_columns(overlap.alias("overlap"))
        .group_by("starts", "ends")
        .agg(pl.col("overlap").sum(), (pl.col("temperature_mean") * pl.col("overlap")).sum().alias("degrees"))
    )
    whole = summed.filter(pl.col("overlap") == (pl.col("ends") - pl.col("starts")).dt.total_days())
    return whole.select("starts", "ends", (pl.col("degrees") / pl.col("overlap")).alias("temperature_mean"))


def _reference(temperatures: pl.DataFrame) -> pl.DataFrame:
    rows = temperatures.filter(pl.col("series").cast(pl.String) == "reference").sort("starts")
    days = (pl.col("ends") - pl.col("starts")).dt.total_days().cast(pl.Int64)
    return rows.select(days.alias("days"), "temperature_mean")


def _apply(fitted: Normalised, *, warmth: NDArray[np.float64], fit: Fit) -> Normalised:
    reference = fitted.reference
    year = year_use(fit, reference)
    days, aimed = (reference[name].to_numpy().astype(float) for name in ("days", "temperature_mean"))
    half = spread_of_year(fit.model, fitted=warmth, temperature=aimed, days=days) / float(days.sum()) * YEAR
    found = replace(fitted, reference_year_kwh=year, low_kwh=max(year - half, 0.0), high_kwh=year + half)
    if aimed.min() < warmth.min() - OUTSIDE or aimed.max() > warmth.max() + OUTSIDE:
        facts: dict[str, Fact] = {"building": fitted.building, "low": float(warmth.min()), "high": float(warmth.max())}
        return _add(found, Finding(Code.BUILDING_WEATHER_OUTSIDE, facts, where=fitted.building, severity=Severity.WARNING))
    return found


def _add(found: Normalised, finding: Finding) -> Normalised:
    return replace(found, findings=(*found.findings, finding))
