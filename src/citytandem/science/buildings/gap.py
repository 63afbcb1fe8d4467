"""Why does a building use more or less than it was designed for? Named terms, and a rest that closes exactly.

Heat lost through air is 0.34 Wh per m3 and kelvin; leakage in use is taken as 0.07 of that at 50 Pa, the shielding
coefficient of the passive-house planning package for moderate shielding. Both are recalled [K].
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from citytandem.science.buildings.weather import YEAR, Normalised, year_use

if TYPE_CHECKING:
    from collections.abc import Mapping

HEAT_OF_AIR = 0.34
"""Wh per m3 and kelvin. [K]"""
IN_USE = 0.07
"""Air change in use as a share of n50. [K]"""
TERMS = ("weather", "setpoint", "airtightness", "heat_recovery", "unexplained")


@dataclass(frozen=True)
class Known:
    """What is known twice, designed and as found; None where one is missing.

    Parameters
    ----------
    temperature
        Indoor temperature in °C: designed, measured.
    n50
        Air changes per hour at 50 Pa: designed, tested.
    heat_recovery
        Share of heat recovered: designed, as tested or measured.
    ventilation_rate, room_height
        Air changes per hour by ventilation, and metres; each designed or as found.
    """

    temperature: tuple[float, float] | None = None
    n50: tuple[float, float] | None = None
    heat_recovery: tuple[float, float] | None = None
    ventilation_rate: float | None = None
    room_height: float | None = None


def explain_gap(*, designed: float, measured: float, area_m2: float, normalised: Normalised, known: Known) -> pl.DataFrame:
    """Split metered less designed use into terms that add up to it exactly.

    Parameters
    ----------
    designed
        Total final energy as designed, kWh/m2a.
    measured
        Total final energy as metered, kWh/m2a of the same area.
    area_m2
        That area.
    normalised
        Metered use with its model, from :func:`~citytandem.science.buildings.weather.normalise`.
    known
        What is known twice.

    Returns
    -------
    One row per term in the order of :data:`TERMS`: ``term``, ``value`` in kWh/m2a (null where it is not known), ``mark``
    (P for our reading of the model, K where a recalled constant enters). ``unexplained`` is the rest; what is not known
    is in it. Heat terms are useful heat counted as final energy, so a heat pump makes them smaller than told here.

    >>> from citytandem.science.buildings.weather import Normalised
    >>> none = Normalised("a", pl.DataFrame(), 6000.0, None, None, None, None, pl.DataFrame(), ())
    >>> explain_gap(designed=50, measured=60, area_m2=100, normalised=none, known=Known())["value"].to_list()
    [None, None, None, None, 10.0]
    """
    terms: dict[str, float | None] = dict.fromkeys(TERMS)
    fit, reference = normalised.fit, normalised.reference
    if normalised.reference_year_kwh is not None and normalised.metered_year_kwh is not None and fit is not None:
        terms["weather"] = (normalised.metered_year_kwh - normalised.reference_year_kwh) / area_m2
        if known.temperature is not None and fit.model.heating_point is not None and fit.model.kind != "2P":
            warmer = known.temperature[1] - known.temperature[0]
            terms["setpoint"] = (year_use(fit, reference) - year_use(fit, reference, warmer=-warmer)) / area_m2
        hours = _heating_hours(normalised, indoor=known.temperature[0] if known.temperature else None)
        terms |= _air_terms(known, hours=hours)
    gap = measured - designed
    terms["unexplained"] = gap - sum(value for value in terms.values() if value is not None)
    marks = ["P", "P", "K", "K", "P"]
    return pl.DataFrame({"term": TERMS, "value": [terms[term] for term in TERMS], "mark": marks}).cast({"value": pl.Float64})


def _heating_hours(normalised: Normalised, *, indoor: float | None) -> float | None:
    """Kilokelvin hours of a reference year below the heating point, against the designed indoor temperature."""
    fit = normalised.fit
    if fit is None or fit.model.heating_point is None or fit.model.kind == "2P" or indoor is None:
        return None
    cold = normalised.reference.filter(pl.col("temperature_mean") < fit.model.heating_point)
    degrees = float((cold["days"] * (indoor - cold["temperature_mean"])).sum())
    return degrees / float(normalised.reference["days"].sum()) * YEAR * 24 / 1000


def _air_terms(known: Known, *, hours: float | None) -> Mapping[str, float | None]:
    if hours is None or known.room_height is None:
        return {}
    volume = HEAT_OF_AIR * known.room_height * hours
    terms: dict[str, float | None] = {}
    if known.n50 is not None:
        terms["airtightness"] = volume * IN_USE * (known.n50[1] - known.n50[0])
    if known.heat_recovery is not None and known.ventilation_rate is not None:
        terms["heat_recovery"] = volume * known.ventilation_rate * (known.heat_recovery[0] - known.heat_recovery[1])
    return terms


def read_known(values: Mapping[tuple[str, str], float]) -> Known:
    """Pairs designed and as found, from figures by indicator and state.

    >>> read_known({("n50", "designed"): 0.6, ("n50", "tested"): 0.9}).n50
    (0.6, 0.9)
    """

    def pair(indicator: str) -> tuple[float, float] | None:
        found = values.get((indicator, "measured"), values.get((indicator, "tested")))
        designed = values.get((indicator, "designed"))
        return None if designed is None or found is None else (designed, found)

    def either(indicator: str) -> float | None:
        states = ("measured", "tested", "designed")
        return next((values[indicator, state] for state in states if (indicator, state) in values), None)

    return Known(
        pair("indoor_temperature"), pair("n50"), pair("heat_recovery"), either("ventilation_rate"), either("room_height")
    )
