"""Which part of a heat-and-power plant belongs to its heat, and which electricity drives heat pumps?"""

from __future__ import annotations

from dataclasses import dataclass

RETURN_K = 283.0
"""Return temperature that BISKO fixes for every network."""
FALLBACK_KG_PER_MWH = 260.0
"""BISKO factor of district heat where the mix is not known: coal-fired heat and power. [S: kausal-2026-bisko]"""
FALLBACK_SOURCE = "kausal-2026-bisko"
PERFORMANCE = 3.2
"""Annual performance factor that BISKO recommends; its range is 2.8 to 3.8. [S: kausal-2026-bisko]"""


@dataclass(frozen=True, slots=True)
class Plant:
    """One year of a plant that makes heat and power.

    Parameters
    ----------
    electricity_mwh, heat_mwh
        What it delivers.
    supply_k
        Supply temperature of the network in kelvin.
    emissions_t
        What its fuel emits, t CO2e.
    source
        Key of the source table.
    """

    electricity_mwh: float
    heat_mwh: float
    supply_k: float
    emissions_t: float
    source: str


@dataclass(frozen=True, slots=True)
class HeatFactor:
    """A factor of district heat, and the rule that gave it: own_plant, predominant_plant or fallback."""

    kg_per_mwh: float
    rule: str
    source: str


def carnot_efficiency(supply_k: float) -> float:
    """The part of heat that could be work, above a return of 283 K.

    >>> round(carnot_efficiency(373.0), 3)
    0.241

    Raises
    ------
    ValueError
        The supply is not warmer than the return: such heat has no exergy to allocate by.
    """
    if supply_k <= RETURN_K:
        msg = f"supply temperature of {supply_k} K is not above the return of {RETURN_K} K"
        raise ValueError(msg)
    return 1.0 - RETURN_K / supply_k


def share_to_electricity(*, electricity_mwh: float, heat_mwh: float, supply_k: float) -> float:
    """The share of a plant's emissions that its electricity carries; its heat carries the rest.

    References
    ----------
    BISKO, criterion 6: W / (W + eta_c Q).

    >>> round(share_to_electricity(electricity_mwh=100.0, heat_mwh=100.0, supply_k=373.0), 3)
    0.806
    """
    work = carnot_efficiency(supply_k) * heat_mwh
    if electricity_mwh + work <= 0:
        msg = "a plant that delivers neither electricity nor heat has nothing to allocate"
        raise ValueError(msg)
    return electricity_mwh / (electricity_mwh + work)


def choose_heat_factor(plant: Plant | None = None, *, predominant: HeatFactor | None = None) -> HeatFactor:
    """The factor of district heat, by the first rule that can be used.

    Parameters
    ----------
    plant
        The own plant, allocated by exergy.
    predominant
        Factor of the kind of plant that makes more than 80 % of the heat.

    Returns
    -------
    HeatFactor
        In kg CO2e/MWh; the BISKO fallback of 260 where neither is known.

    >>> choose_heat_factor().kg_per_mwh
    260.0
    >>> plant = Plant(electricity_mwh=100.0, heat_mwh=100.0, supply_k=373.0, emissions_t=60.0, source="own")
    >>> round(choose_heat_factor(plant).kg_per_mwh, 1)
    116.6
    """
    if plant is not None and plant.heat_mwh > 0:
        sold = share_to_electricity(electricity_mwh=plant.electricity_mwh, heat_mwh=plant.heat_mwh, supply_k=plant.supply_k)
        return HeatFactor(plant.emissions_t * (1.0 - sold) / plant.heat_mwh * 1000.0, "own_plant", plant.source)
    return predominant or HeatFactor(FALLBACK_KG_PER_MWH, "fallback", FALLBACK_SOURCE)


def heat_pump_electricity(ambient_mwh: float, *, performance: float = PERFORMANCE) -> float:
    """Electricity of heat pumps inside metered electricity, to be subtracted there and shown with its heat.

    Parameters
    ----------
    ambient_mwh
        Environmental heat, MWh a year.
    performance
        Annual performance factor, 2.8 to 3.8.

    References
    ----------
    BISKO: environmental heat divided by the annual performance factor.

    >>> heat_pump_electricity(3200.0)
    1000.0
    """
    if performance <= 1:
        msg = f"an annual performance factor of {performance} is no heat pump"
        raise ValueError(msg)
    return ambient_mwh / performance
