"""What the journeys to an event emit and cost, with their interval and their sources; what is not known is said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.tables.tour import Guest

if TYPE_CHECKING:
    from citytandem.atlas import Atlas
    from citytandem.science.exchange.travel import Travel
    from citytandem.web.events.models import Event

ONLINE_FROM_KG = 5_000.0
"""From so much on it is said which share could be held online. Our proposal (P): about a ton for each of five guests."""


@dataclass(frozen=True)
class Journeys:
    """All journeys to an event; by mode, and the sources of what they stand on."""

    all: Travel
    modes: tuple[dict[str, Any], ...]
    sources: tuple[dict[str, Any], ...]


def travel_to(event: Event, *, atlas: Atlas) -> Journeys | None:
    """The journeys of those who are coming; None for an event without a place, or where nobody has said from where."""
    from citytandem.science.exchange.travel import travel_of  # slow import

    place = _coordinates(atlas, [event.city]).get(event.city)
    guests = _guests_of(event, atlas=atlas)
    if place is None or guests["latitude"].drop_nulls().is_empty():
        return None
    facts = atlas.facts
    found = travel_of(guests, place, factors=facts.travel_factor, ways=facts.travel_way, online_from_kg=ONLINE_FROM_KG)
    return Journeys(found, _by_mode(found.coming), _sources_of(found.coming, atlas=atlas))


def _guests_of(event: Event, *, atlas: Atlas) -> pl.DataFrame:
    """Guests as the science takes them: a number, a place, a mode; no names."""
    rows = list(event.registrations.filter(seat="coming", forgotten=None).order_by("pk"))
    known = _coordinates(atlas, [one.departure for one in rows])
    return pl.DataFrame(
        [
            {
                "guest": str(one.pk),
                "origin": one.departure or None,
                "latitude": known.get(one.departure, (None, None))[0],
                "longitude": known.get(one.departure, (None, None))[1],
                "mode": one.mode or None,
                "is_invented": one.is_invented,
            }
            for one in rows
        ],
        schema=Guest.create_empty().schema,
    )


def _coordinates(atlas: Atlas, cities: list[str]) -> dict[str, tuple[float, float]]:
    asked = atlas.city.filter(pl.col("city").is_in([city for city in cities if city]))
    rows = asked.drop_nulls(["latitude", "longitude"]).select("city", "latitude", "longitude").iter_rows()
    return {city: (latitude, longitude) for city, latitude, longitude in rows}


def _by_mode(coming: pl.DataFrame) -> tuple[dict[str, Any], ...]:
    tons = [(pl.col(f"{bound}emissions_kg").sum() / 1000).alias(f"{bound}t") for bound in ("", "low_", "high_")]
    known = coming.filter(pl.col("emissions_kg").is_not_null())
    grouped = known.group_by("mode").agg(pl.len().alias("guests"), pl.col("km").sum(), *tons)
    return tuple(grouped.with_columns(pl.col("mode").cast(pl.String)).sort("mode").to_dicts())


def _sources_of(coming: pl.DataFrame, *, atlas: Atlas) -> tuple[dict[str, Any], ...]:
    """Every publication a factor or a way of these journeys stands on, with its mark."""
    modes = coming.filter(pl.col("emissions_kg").is_not_null())["mode"].cast(pl.String).unique().to_list()
    is_used = pl.col("mode").cast(pl.String).is_in(modes)
    tables = (atlas.facts.travel_factor, atlas.facts.travel_way)
    used = pl.concat([table.filter(is_used).select("source", pl.col("mark").cast(pl.String)) for table in tables]).unique()
    named = used.join(atlas.facts.source.select("source", "title", "publisher", "year", "url"), on="source", how="left")
    return tuple(named.sort("source", "mark").to_dicts())
