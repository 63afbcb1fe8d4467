"""CityTandem: cities learn from each other how to cut greenhouse-gas emissions.

>>> import citytandem as ct
>>> atlas = ct.load()
>>> ct.benchmark(atlas, city="DE-05515000", year=2021).year
2021
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from citytandem.assessments import assess
    from citytandem.atlas import Atlas, load
    from citytandem.findings import CannotCompute, Code, Finding
    from citytandem.gazetteer import find_cities, find_city
    from citytandem.verbs import advise, analogues, balance, benchmark, bridge, estimate, gate, match, partners, reconcile

_HOMES = {
    "Atlas": "atlas",
    "CannotCompute": "findings",
    "Code": "findings",
    "Finding": "findings",
    "advise": "verbs",
    "analogues": "verbs",
    "assess": "assessments",
    "balance": "verbs",
    "benchmark": "verbs",
    "bridge": "verbs",
    "estimate": "verbs",
    "find_cities": "gazetteer",
    "find_city": "gazetteer",
    "gate": "verbs",
    "load": "atlas",
    "match": "verbs",
    "partners": "verbs",
    "reconcile": "verbs",
}

__all__ = [
    "Atlas",
    "CannotCompute",
    "Code",
    "Finding",
    "advise",
    "analogues",
    "assess",
    "balance",
    "benchmark",
    "bridge",
    "estimate",
    "find_cities",
    "find_city",
    "gate",
    "load",
    "match",
    "partners",
    "reconcile",
]


def __getattr__(name: str) -> Any:
    """Find a public name where it lives; so that ``citytandem --help`` need not start an engine."""
    if name in _HOMES:
        return getattr(import_module(f"citytandem.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'citytandem' has no attribute '{name}'")


def __dir__() -> list[str]:
    return sorted(__all__)
