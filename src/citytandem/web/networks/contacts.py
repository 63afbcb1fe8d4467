"""What do other rooms know of ties: contacts of two cities, and how much a city carries? Gathered from every app.

An app adds to it by a module ``tie_contacts`` of its own that names functions::

    CONTACTS = [list_meetings]   # def list_meetings(pairs: Pairs) -> list[Contact]
    LOADS = [count_tandems]      # def count_tandems(cities: Sequence[str]) -> list[Load]

Nothing else needs to be registered. A pair names the city with the smaller id first.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeAlias

from django.apps import apps
from django.utils.module_loading import module_has_submodule

if TYPE_CHECKING:
    import datetime as dt

Pairs: TypeAlias = Collection[tuple[str, str]]


class Sort(StrEnum):
    """What a contact is counted as."""

    HELD = "held"
    PLANNED = "planned"
    TRANSFER = "transfer"


@dataclass(frozen=True, kw_only=True)
class Contact:
    """Something that happened, or is planned, between two cities in another room."""

    city: str
    other: str
    day: dt.date
    sort: Sort
    title: str
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Load:
    """How many tandems a city carries in another room; ``capacity`` is what it said it can carry, None if it did not say."""

    city: str
    running: int
    capacity: int | None = None


def gather_contacts(pairs: Pairs) -> dict[tuple[str, str], list[Contact]]:
    """The contacts of some pairs, from every app."""
    found: dict[tuple[str, str], list[Contact]] = {}
    wanted = set(pairs)
    for provide in _find("CONTACTS"):
        for one in provide(wanted):
            if (one.city, one.other) in wanted:
                found.setdefault((one.city, one.other), []).append(one)
    return found


def gather_loads(cities: Sequence[str]) -> dict[str, Load]:
    """What some cities carry, the tandems of every app together; the smallest capacity said anywhere holds."""
    found: dict[str, Load] = {}
    for provide in _find("LOADS"):
        for one in provide(cities):
            before = found.get(one.city, Load(city=one.city, running=0))
            said = [number for number in (before.capacity, one.capacity) if number is not None]
            found[one.city] = Load(city=one.city, running=before.running + one.running, capacity=min(said, default=None))
    return found


def _find(name: str) -> list[Callable[..., list[Any]]]:
    found: list[Callable[..., list[Any]]] = []
    for app in apps.get_app_configs():
        if app.name.startswith("citytandem.web.") and module_has_submodule(app.module, "tie_contacts"):
            found.extend(getattr(import_module(f"{app.name}.tie_contacts"), name, []))
    return found
