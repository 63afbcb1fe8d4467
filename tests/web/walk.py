"""Every address of the site, filled with samples: what the walks of roles and of forms go along."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.resolvers import RoutePattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SAMPLES = {
    "city": "DE-08221000",
    "network": "race_to_zero",
    "region": "pittsburgh",
    "section": "balance",
    "figure": "sectors",
    "kind": "csv",
    "page": "methods",
    "item": "bisko",
    "sheet": "compared",
    "measure": "B01",
    "form": "csv",
    "token": "x" * 43,
    "uidb36": "1",
    "key": "abc-def",
    "field": "buildings",
    "asset": "roads",
    "dimension": "rule",
    "number": 1,
    "balance": "x",
    "release": "reference-2026.1",
    "table": "city",
    "building": "xingfubao-urumqi",
}
"""What stands in an address where a name is asked for; numbers are 1 unless a walk knows better."""


@dataclass(frozen=True)
class Place:
    """One address of the site: its name, and which parts of it are filled."""

    name: str
    route: str
    kwargs: tuple[str, ...]
    numbers: frozenset[str]

    def fill(self, known: Mapping[str, object]) -> str:
        """The address with samples in it; ``known`` goes first."""
        values = {key: known.get(key, 1 if key in self.numbers else SAMPLES.get(key, "x")) for key in self.kwargs}
        return reverse(self.name, kwargs=values)


def all_places() -> dict[str, Place]:
    """Every named address by its name."""
    return {place.name: place for place in _walk(get_resolver().url_patterns, route="", space="", parts={})}


def _walk(patterns: list[URLPattern | URLResolver], *, route: str, space: str, parts: dict[str, bool]) -> Iterator[Place]:
    for one in patterns:
        here, found = f"{route}{one.pattern}", parts | _parts(one)
        if isinstance(one, URLResolver):
            inner = f"{space}{one.namespace}:" if one.namespace else space
            yield from _walk(one.url_patterns, route=here, space=inner, parts=found)
        else:
            assert one.name, f"the address {here} has no name"
            numbers = frozenset(key for key, is_number in found.items() if is_number)
            yield Place(f"{space}{one.name}", here, tuple(found), numbers)


def _parts(one: URLPattern | URLResolver) -> dict[str, bool]:
    if isinstance(one.pattern, RoutePattern):
        return {key: type(converter).__name__ == "IntConverter" for key, converter in one.pattern.converters.items()}
    return dict.fromkeys(one.pattern.regex.groupindex, False) if hasattr(one.pattern, "regex") else {}
