"""How far is it from one place to the next, how long does it take, and what does it cost?"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from citytandem.science.exchange.tour_terms import TourProblem

EARTH_KM = 6371.0


@dataclass(frozen=True, slots=True)
class Way:
    """One way between two places; ``estimated`` if it was read off the map and not given."""

    minutes: int
    km: float | None
    mode: str
    cost_eur: float | None
    estimated: bool


def measure_great_circle(start: tuple[float, float], end: tuple[float, float]) -> float:
    """The shortest way over the globe in km, between two points of latitude and longitude (haversine, a round earth).

    >>> round(measure_great_circle((51.4556, 7.0116), (35.6762, 139.6503)))  # Essen, Tokyo
    9284
    """
    (lat, lon), (lat_end, lon_end) = ((math.radians(value) for value in point) for point in (start, end))
    half = math.sin((lat_end - lat) / 2) ** 2 + math.cos(lat) * math.cos(lat_end) * math.sin((lon_end - lon) / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(min(1.0, half)))


def lay_ways(problem: TourProblem, *, places: list[str]) -> dict[tuple[str, str], Way]:
    """The way between every two of ``places``: as given, or estimated from the great circle, the detour and the speed.

    A given leg holds in both directions unless the way back has its own row.
    """
    given: dict[tuple[str, str], Way] = {}
    rows = problem.legs.to_dicts()
    for row in rows:
        given[row["end"], row["start"]] = Way(row["minutes"], row["km"], row["mode"], row["cost_eur"], estimated=False)
    for row in rows:
        given[row["start"], row["end"]] = Way(row["minutes"], row["km"], row["mode"], row["cost_eur"], estimated=False)
    points = locate(problem)
    way = problem.ways.filter(pl.col("mode").cast(pl.String) == problem.group.mode).row(0, named=True)
    return {
        (start, end): given.get((start, end)) or _estimate(points[start], points[end], mode=problem.group.mode, way=way)
        for start in places
        for end in places
        if start != end
    }


def locate(problem: TourProblem) -> dict[str, tuple[float, float]]:
    """Latitude and longitude of every site and stay."""
    sites = problem.sites.select("site", "latitude", "longitude").iter_rows()
    stays = problem.stays.select("stay", "latitude", "longitude").iter_rows()
    return {place: (latitude, longitude) for place, latitude, longitude in (*sites, *stays)}


def _estimate(start: tuple[float, float], end: tuple[float, float], *, mode: str, way: dict[str, float]) -> Way:
    km = measure_great_circle(start, end) * way["detour"]
    minutes = math.ceil(km / way["km_per_hour"] * 60 + way["wait_minutes"])
    return Way(minutes, round(km, 1), mode, None, estimated=True)
