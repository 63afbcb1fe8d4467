"""Where are the cities? A light map for pages: land as one shape, cities as dots, colours by the page."""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.charts.map import HEIGHT, WIDTH, frame_projection, locate, read_world

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Ring = Sequence[tuple[float, float]]

WORLD_WIDTH, WORLD_HEIGHT = 1000, 432
WORLD: dict[str, Any] = {"type": "naturalEarth1", "scale": 182.6, "translate": [500, 262], "rotate": [0, 0, 0]}
"""Everything between Cape Horn and the north of Greenland."""
SOUTHERNMOST = -60.0
"""Antarctica has no cities and would take a fifth of the picture."""


def draw_dots(
    layers: Mapping[str, pl.DataFrame],
    *,
    grain: Mapping[str, int] | None = None,
    lines: Sequence[tuple[tuple[float, float], tuple[float, float]]] = (),
) -> str:
    """An SVG with a layer of dots for each frame of latitude and longitude, under its name as class; later ones lie on top.
    ``lines`` join two points each, named by longitude and latitude; they lie under the dots.

    It shows the world, or the region if all dots lie in one. Dots on the same spot are drawn once; ``grain`` gives for a layer
    of very many the pixels in which one dot stands for all.
    """
    spots = {name: frame.select("longitude", "latitude").drop_nulls() for name, frame in layers.items()}
    every = pl.concat(list(spots.values())) if spots else pl.DataFrame(schema={"longitude": pl.Float64, "latitude": pl.Float64})
    frame, width, height = _frame(every)
    dots = ""
    for name, rows in spots.items():
        places = _places(rows, frame, width=width, height=height, grain=(grain or {}).get(name, 1))
        dots += f'<path class="dots {name}" d="{"".join(f"M{x} {y}h0" for x, y in places)}"/>' if rows.height else ""
    land = f'<path class="land" d="{_land(_key(frame), width, height)}"/>'
    threads = f'<path class="threads" d="{_join_points(lines, frame)}"/>' if lines else ""
    return f'<svg viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">{land}{threads}{dots}</svg>'


def _join_points(lines: Iterable[tuple[tuple[float, float], tuple[float, float]]], frame: dict[str, Any]) -> str:
    ends = ((locate(*here, frame=frame), locate(*there, frame=frame)) for here, there in lines)
    return "".join(f"M{round(x1)} {round(y1)}L{round(x2)} {round(y2)}" for (x1, y1), (x2, y2) in ends)


def _frame(spots: pl.DataFrame) -> tuple[dict[str, Any], int, int]:
    region = frame_projection(spots) if spots.height else WORLD
    return (WORLD, WORLD_WIDTH, WORLD_HEIGHT) if region["type"] == WORLD["type"] else (region, WIDTH, HEIGHT)


def _places(rows: pl.DataFrame, frame: dict[str, Any], *, width: int, height: int, grain: int) -> Iterable[tuple[int, int]]:
    found = (locate(longitude, latitude, frame=frame) for longitude, latitude in rows.iter_rows())
    rounded = dict.fromkeys((round(x / grain) * grain, round(y / grain) * grain) for x, y in found)
    return ((x, y) for x, y in rounded if 0 <= x <= width and 0 <= y <= height)


def _key(frame: dict[str, Any]) -> tuple[Any, ...]:
    return frame["type"], frame["scale"], *frame["translate"], frame["rotate"][0]


@lru_cache(maxsize=64)
def _land(key: tuple[Any, ...], width: int, height: int) -> str:
    kind, scale, across, down, turn = key
    frame = {"type": kind, "scale": scale, "translate": [across, down], "rotate": [turn, 0, 0]}
    shapes = (_draw_ring([_locate_far(x, y, frame=frame) for x, y in ring], width, height) for ring in _rings(turn))
    return "".join(shape for shape in shapes if shape)


def _locate_far(longitude: float, latitude: float, *, frame: dict[str, Any]) -> tuple[float, float]:
    """Where a point of a coast falls; its longitude is turned already and may lie beyond the edge of the map."""
    north = max(-84.0, min(84.0, latitude))
    one_degree, y = locate(1.0, north, frame={**frame, "rotate": [0, 0, 0]})
    return frame["translate"][0] + (one_degree - frame["translate"][0]) * longitude, y


def _draw_ring(points: Ring, width: int, height: int) -> str:
    """One closed shape in whole pixels, each step counted from the last; nothing for one outside the picture."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    if max(xs) < 0 or min(xs) > width or max(ys) < 0 or min(ys) > height:
        return ""
    rounded = [(round(x), round(y)) for x, y in points]
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(rounded) if a != b]
    if len(steps) < 3:
        return ""
    told = " ".join(f"{x} {y}" for x, y in steps).replace(" -", "-")
    return f"M{rounded[0][0]} {rounded[0][1]}l{told}z"


@lru_cache(maxsize=64)
def _rings(turn: float) -> list[list[tuple[float, float]]]:
    """The coasts in degrees, turned so that the middle of the map is at zero and no coast jumps across its edge."""
    turned = []
    for ring in _coasts():
        before, moved = ring[0][0] + turn, []
        for longitude, latitude in ring:
            here = longitude + turn
            before = here + 360 * round((before - here) / 360)
            moved.append((before, latitude))
        middle = sum(longitude for longitude, _ in moved) / len(moved)
        away = 360 * round(middle / 360)
        turned.append([(longitude - away, latitude) for longitude, latitude in moved])
    return turned


@cache
def _coasts() -> list[list[tuple[float, float]]]:
    """The outer and inner coasts of all land but the south pole's."""
    world = read_world()
    (across, down), (left, bottom) = world["transform"]["scale"], world["transform"]["translate"]
    arcs = []
    for steps in world["arcs"]:
        x = y = 0
        arc = []
        for east, north in steps:
            x, y = x + east, y + north
            arc.append((x * across + left, y * down + bottom))
        arcs.append(arc)
    polygons = [polygon for shape in world["objects"]["land"]["geometries"] for polygon in shape["arcs"]]
    rings = [_join(ring, arcs) for polygon in polygons for ring in polygon]
    return [ring for ring in rings if max(latitude for _, latitude in ring) > SOUTHERNMOST]


def _join(ring: Sequence[int], arcs: Sequence[Sequence[tuple[float, float]]]) -> list[tuple[float, float]]:
    """The arcs of a ring one after the other; a negative number means its complement, run backwards."""
    points: list[tuple[float, float]] = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return points
