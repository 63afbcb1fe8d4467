"""Canonical units, and conversion to them; every conversion happens at an edge, once.

Inside the house emissions are ``t CO2e / year``, energy is ``MWh / year``, power per person
``t CO2e / (people year)``. The registry is read on first use, because few commands convert.
"""

from __future__ import annotations

from functools import cache
from typing import Any

CANONICAL = {"emissions": "t / year", "energy": "MWh / year", "area": "km2", "distance": "km"}

_ALIASES = {
    "t": ("emissions", 1.0),
    "kg": ("emissions", 1e-3),
    "kt": ("emissions", 1e3),
    "1000 t": ("emissions", 1e3),
    "Mt": ("emissions", 1e6),
}


@cache
def factor_to(quantity: str, unit: str) -> float:
    """The factor that turns a value in ``unit`` into the canonical unit of ``quantity``.

    Parameters
    ----------
    quantity
        A key of :data:`CANONICAL`.
    unit
        Unit as published, such as ``kt`` or ``GWh / year``. ``mt`` is refused: it can be
        metric tonnes or megatonnes.

    Raises
    ------
    ValueError
        If the unit is unknown, ambiguous, or of another quantity.

    >>> factor_to("emissions", "kt"), factor_to("energy", "GWh / year"), round(factor_to("energy", "TJ / year"), 3)
    (1000.0, 1000.0, 277.778)
    """
    if unit == "mt":
        raise ValueError("mt: metric tonnes or megatonnes")
    known = _ALIASES.get(unit)
    if known and known[0] == quantity:
        return known[1]
    return _factor_by_registry(unit, CANONICAL[quantity])


def _factor_by_registry(unit: str, canonical: str) -> float:
    import pint  # slow import

    registry = _registry()
    try:
        return float(registry.Quantity(1.0, unit).to(canonical).magnitude)
    except (pint.UndefinedUnitError, pint.DimensionalityError, AttributeError) as error:
        raise ValueError(unit) from error


@cache
def _registry() -> Any:
    """Pint's registry with people, tonnes of coal equivalent and oil equivalent."""
    import pint  # slow import

    registry: Any = pint.UnitRegistry(cache_folder=None)
    registry.define("people = [people] = person")
    registry.define("tce = 29.3076 GJ")
    registry.define("km2 = km ** 2")
    registry.define("CO2e = 1")
    registry.define("fraction = 1")
    registry.define("EUR = [money]")
    registry.define("stage = 1")
    registry.define("level = 1")
    registry.define("degree_east = degree")
    registry.define("degree_north = degree")
    return registry
