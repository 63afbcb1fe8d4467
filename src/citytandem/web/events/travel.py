"""What the journeys to an event emit and cost, with their interval and their sources; what is not known is said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from citytandem.atlas import Atlas
    from citytandem.web.events.models import Event


@dataclass(frozen=True)
class ByMode:
    """The journeys of one mode, there and back."""

    mode: str
    guests: int
    km: float
    emissions_t: float
    low_t: float
    high_t: float


@dataclass(frozen=True)
class Travel:
    """All journeys to an event."""

    guests: int
    unknown: int
    emissions_t: float
    low_t: float
    high_t: float
    low_eur: float | None
    high_eur: float | None
    modes: tuple[ByMode, ...]
    sources: tuple[tuple[str, str], ...]


def travel_to(event: Event, *, atlas: Atlas) -> Travel | None:
    """The journeys of those who are coming; None as long as nobody has said from where."""
    return None
