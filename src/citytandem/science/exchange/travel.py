"""What does coming to an event emit and cost, per guest and altogether?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.findings import Code, Finding, Severity
from citytandem.science.exchange.tour_legs import measure_great_circle
from citytandem.tables.tour import Coming

if TYPE_CHECKING:
    import dataframely as dy

    from citytandem.findings import Fact

HALF = 0.5
"""A note on other ways names the fewest guests who make up this share of the emissions."""


@dataclass(frozen=True)
class Travel:
    """The journeys of all guests; sums hold only those that are known, ``known`` of ``guests``."""

    coming: dy.DataFrame[Coming]
    guests: int
    known: int
    emissions_kg: float | None
    low_emissions_kg: float | None
    high_emissions_kg: float | None
    low_cost_eur: float | None
    high_cost_eur: float | None
    findings: tuple[Finding, ...]


def travel_of(
    guests: pl.DataFrame,
    place: tuple[float, float],
    *,
    factors: pl.DataFrame,
    ways: pl.DataFrame,
    online_from_kg: float | None = None,
) -> Travel:
    """Work out the journeys to an event and back home.

    A journey is the great circle times the detour of its mode, both ways; its emissions are the factor of the mode at that
    length. The interval multiplies the ends of both, so it holds every combination of them. Overnight stays, local
    travel and building the vehicles are not in it.

    Parameters
    ----------
    guests
        As in :class:`~citytandem.tables.tour.Guest`. Where place or mode is not stated, nothing is assumed.
    place
        Latitude and longitude of the event.
    factors, ways
        As in :class:`~citytandem.tables.tour.TravelFactor` and :class:`~citytandem.tables.tour.TravelWay`.
    online_from_kg
        Amount from which to note that a part could be held online; None for no note.

    Returns
    -------
    Travel
        With TRAVEL_UNKNOWN, TRAVEL_RECALLED and TRAVEL_ONLINE as findings where they hold.
    """
    rows = [_travel(guest, place, factors=factors, ways=ways) for guest in guests.sort("guest").to_dicts()]
    coming = Coming.validate(pl.DataFrame(rows, schema=Coming.create_empty().schema), cast=True)
    known = coming.filter(pl.col("emissions_kg").is_not_null())
    total = {name: _add(known[name]) for name in ("emissions_kg", "low_emissions_kg", "high_emissions_kg")}
    cost = {name: _add(known[name]) for name in ("low_cost_eur", "high_cost_eur")}
    return Travel(
        coming, coming.height, known.height, **total, **cost, findings=tuple(_note(coming, known, online_from_kg=online_from_kg))
    )


def _travel(guest: dict[str, Any], place: tuple[float, float], *, factors: pl.DataFrame, ways: pl.DataFrame) -> dict[str, Any]:
    row: dict[str, Any] = {name: guest.get(name) for name in ("guest", "origin", "mode", "is_invented")}
    if guest["latitude"] is None or guest["longitude"] is None or guest["mode"] is None:
        return row
    is_mode = pl.col("mode").cast(pl.String) == guest["mode"]
    straight = measure_great_circle((guest["latitude"], guest["longitude"]), place)
    way = ways.filter(is_mode).row(0, named=True)
    length = straight * way["detour"]
    found = factors.filter(is_mode, pl.col("from_km") <= length, pl.col("to_km") > length)
    if found.is_empty():
        return row
    factor = found.row(0, named=True)
    both = 2 * straight
    return row | {
        "km": round(2 * length, 1),
        "emissions_kg": both * way["detour"] * factor["kg_per_km"],
        "low_emissions_kg": both * way["low_detour"] * factor["low_kg_per_km"],
        "high_emissions_kg": both * way["high_detour"] * factor["high_kg_per_km"],
        "low_cost_eur": both * way["low_detour"] * way["low_eur_per_km"],
        "high_cost_eur": both * way["high_detour"] * way["high_eur_per_km"],
        "mark": factor["mark"],
        "source": factor["source"],
    }


def _add(values: pl.Series) -> float | None:
    """The sum; unknown where nothing is known, which is not zero."""
    return float(values.sum()) if values.len() else None


def _note(coming: pl.DataFrame, known: pl.DataFrame, *, online_from_kg: float | None) -> list[Finding]:
    found = []
    if unknown := coming.height - known.height:
        found.append(Finding(Code.TRAVEL_UNKNOWN, {"count": unknown, "all": coming.height}, severity=Severity.WARNING))
    recalled = known.filter(pl.col("mark").cast(pl.String) == "K")["mode"].cast(pl.String).unique().sort()
    if recalled.len():
        found.append(Finding(Code.TRAVEL_RECALLED, {"modes": ", ".join(recalled)}, severity=Severity.WARNING))
    total = float(known["emissions_kg"].sum())
    if online_from_kg is not None and total > online_from_kg:
        large = known["emissions_kg"].sort(descending=True)
        count = int((large.cum_sum() < HALF * total).sum()) + 1
        share = round(100 * float(large.head(count).sum()) / total)
        facts: dict[str, Fact] = {
            "emissions_t": total / 1000,
            "limit_t": online_from_kg / 1000,
            "count": count,
            "share": share,
        }
        found.append(Finding(Code.TRAVEL_ONLINE, facts, severity=Severity.NOTE))
    return found
