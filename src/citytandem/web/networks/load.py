"""Who carries more than it said it can, and who is tied to nobody?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from citytandem.web.networks.contacts import gather_loads

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from citytandem.web.networks.models import NetworkMember
    from citytandem.web.networks.tie_list import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What one city carries: ties with contact within 120 days, tandems of other rooms, and what it said it can carry."""

    city: str
    ties: int
    tandems: int
    capacity: int | None

    @property
    def is_over(self) -> bool:
        """More than it said it can carry; a city that said nothing is never called overloaded."""
        return self.capacity is not None and self.ties + self.tandems > self.capacity


def weigh(lines: Iterable[Line], *, members: Iterable[NetworkMember], cities: Sequence[str]) -> dict[str, Carried]:
    """What each of some cities carries, by city."""
    awake: dict[str, int] = {}
    for line in lines:
        if line.state == "awake":
            for city in (line.city, line.other):
                awake[city] = awake.get(city, 0) + 1
    said: Mapping[str, int | None] = {one.city: one.capacity for one in members}
    loads = gather_loads(cities)
    found = {}
    for city in cities:
        load = loads.get(city)
        known = [number for number in (said.get(city), load.capacity if load else None) if number is not None]
        found[city] = Carried(
            city=city, ties=awake.get(city, 0), tandems=load.running if load else 0, capacity=min(known, default=None)
        )
    return found
