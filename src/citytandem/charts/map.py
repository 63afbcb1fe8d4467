"""Where are the cities? A quiet map of a city, its peers and its partners, zoomed to what is needed."""

from __future__ import annotations

import json
import math
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.charts import palette, style
from citytandem.charts.chart import Chart, Column, Twin

if TYPE_CHECKING:
    from citytandem.words import Speech

WORLD = Path(__file__).parent / "world" / "countries-110m.json"
WIDTH, HEIGHT = style.WIDTH - 10, 300
ROLES = {"own": (palette.ACCENT, 140), "partner": (palette.INK, 60), "peer": (palette.PEER, 45)}
WIDE_DEGREES = 110
"""From this span on the earth is drawn as a whole; below it as a region."""

LEAST_WIDE, LEAST_TALL, MARGIN = 0.24, 0.14, 1.35
"""Smallest window in radians, so that a few cities close together still lie in a country; and air around the outermost dots."""


def draw_map(places: pl.DataFrame, *, city: str, speech: Speech) -> Chart:
    """Dots on the map; ``places`` has name, latitude, longitude and role (own, partner, peer)."""
    known = places.filter(pl.col("latitude").is_not_null() & pl.col("longitude").is_not_null())
    title = speech.sentence("chart.map.title", city=city)
    description = speech.sentence("chart.map.description", city=city, n=known.height)
    shown = known.with_columns(
        pl.Series("kind", [speech.label(f"chart.role.{role}") for role in known["role"]], dtype=pl.String)
    ).sort(pl.col("role").replace_strict({"peer": 0, "partner": 1, "own": 2}, return_dtype=pl.Int8), "name")
    frame = frame_projection(shown)
    land = {
        "data": {"values": read_world(), "format": {"type": "topojson", "feature": "countries"}},
        "projection": frame,
        "mark": {"type": "geoshape", "fill": palette.LAND, "stroke": "white", "strokeWidth": 0.6, "clip": True},
    }
    layers = [land, _dots(shown, frame, speech=speech), *_labels(shown, frame)]
    spec = style.compose(speech, title=title, description=description, height=HEIGHT, width=WIDTH, parts={"layer": layers})
    spec["autosize"] = "pad"
    columns = (
        Column("name", speech.label("chart.city")),
        Column("kind", speech.label("chart.role")),
        Column("latitude", speech.label("chart.latitude"), "°", 2),
        Column("longitude", speech.label("chart.longitude"), "°", 2),
    )
    keys = [name for name in ("city",) if name in shown.columns]
    table = shown.sort("kind", "name").select(*keys, *(column.name for column in columns))
    return Chart("map", title, description, spec, Twin(title, columns, table))


@cache
def read_world() -> dict[str, Any]:
    """Countries and coasts as TopoJSON."""
    world: dict[str, Any] = json.loads(WORLD.read_text(encoding="utf-8"))
    return world


def frame_projection(places: pl.DataFrame) -> dict[str, Any]:
    """The projection whose window holds all places: Mercator for a region, Natural Earth for a wide spread.

    The map is turned to the middle of the places, so that a set on both sides of the Pacific is not torn apart.
    """
    if not places.height:
        return {"type": "naturalEarth1", "scale": WIDTH / 5.6, "translate": [WIDTH / 2, HEIGHT / 2], "rotate": [0, 0, 0]}
    middle, span = _middle_longitude(places["longitude"].to_list())
    kind = "naturalEarth1" if span > WIDE_DEGREES else "mercator"
    unit = {"type": kind, "scale": 1.0, "translate": [0, 0], "rotate": [-middle, 0, 0]}
    spots = [
        locate(longitude, latitude, frame=unit) for longitude, latitude in places.select("longitude", "latitude").iter_rows()
    ]
    left, right = min(x for x, _ in spots), max(x for x, _ in spots)
    top, bottom = min(y for _, y in spots), max(y for _, y in spots)
    wide, tall = max(right - left, LEAST_WIDE) * MARGIN, max(bottom - top, LEAST_TALL) * MARGIN
    scale = min(WIDTH / wide, HEIGHT / tall)
    across, down = WIDTH / 2 - scale * (left + right) / 2, HEIGHT / 2 - scale * (top + bottom) / 2
    return {**unit, "scale": scale, "translate": [across, down], "clipExtent": [[0, 0], [WIDTH, HEIGHT]]}


def _middle_longitude(longitudes: list[float]) -> tuple[float, float]:
    """Middle and width of the narrowest arc that holds all longitudes."""
    ordered = sorted(value % 360 for value in longitudes)
    gaps = [(after - before) % 360 for before, after in zip(ordered, [*ordered[1:], ordered[0] + 360], strict=True)]
    widest = gaps.index(max(gaps)) if len(ordered) > 1 else 0
    span = 360 - gaps[widest] if len(ordered) > 1 else 0.0
    start = ordered[(widest + 1) % len(ordered)]
    return (start + span / 2 + 180) % 360 - 180, span


def _mercator(latitude: Any) -> float:
    return math.log(math.tan(math.pi / 4 + math.radians(float(latitude)) / 2))


def _dots(shown: pl.DataFrame, frame: dict[str, Any], *, speech: Speech) -> dict[str, Any]:
    domain = [speech.label(f"chart.role.{role}") for role in ROLES]
    inks, sizes = zip(*ROLES.values(), strict=True)
    shared = {"field": "kind", "type": "nominal"}
    return {
        "data": {"values": shown.select("longitude", "latitude", "kind").to_dicts()},
        "projection": frame,
        "mark": {"type": "circle", "opacity": 1, "stroke": "white", "strokeWidth": 1},
        "encoding": {
            "longitude": {"field": "longitude", "type": "quantitative"},
            "latitude": {"field": "latitude", "type": "quantitative"},
            "color": {**shared, "scale": {"domain": domain, "range": list(inks)}},
            "size": {**shared, "scale": {"domain": domain, "range": list(sizes)}},
        },
    }


def _labels(shown: pl.DataFrame, frame: dict[str, Any]) -> list[dict[str, Any]]:
    """Names beside their dots where there is room: the city first, then partners, then peers."""
    spots = [locate(x, y, frame=frame) for x, y in shown.select("longitude", "latitude").iter_rows()]
    taken = [(x - 5, y - 5, x + 5, y + 5) for x, y in spots]
    placed: dict[str, list[dict[str, Any]]] = {side: [] for side in SIDES}
    first = pl.col("role").replace_strict({"own": 0, "partner": 1, "peer": 2}, return_dtype=pl.Int8)
    for row in shown.sort(first, "name").iter_rows(named=True):
        boxes = _boxes(*locate(row["longitude"], row["latitude"], frame=frame), width=style.measure(row["name"]) * 6.4)
        met = {side: _count_met(box, taken) for side, box in boxes.items()}
        side = min(met, key=met.__getitem__)
        if met[side] == 0 or row["role"] == "own":
            taken.append(boxes[side])
            placed[side].append({key: row[key] for key in ("longitude", "latitude", "name")})
    return [_write_names(rows, frame=frame, **SIDES[side]) for side, rows in placed.items() if rows]


SIDES: dict[str, dict[str, Any]] = {
    "right": {"align": "left", "dx": 8, "dy": 0},
    "left": {"align": "right", "dx": -8, "dy": 0},
    "above": {"align": "center", "dx": 0, "dy": -13},
    "below": {"align": "center", "dx": 0, "dy": 14},
}
"""Where a name may stand beside its dot, tried in this order."""

Box = tuple[float, float, float, float]


def _boxes(x: float, y: float, *, width: float) -> dict[str, Box]:
    """What a name would cover on each side of its dot."""
    starts = {"right": x + 8, "left": x - 8 - width, "above": x - width / 2, "below": x - width / 2}
    return {side: (left, y + SIDES[side]["dy"] - 7, left + width, y + SIDES[side]["dy"] + 7) for side, left in starts.items()}


def _count_met(box: Box, taken: list[Box]) -> int:
    """How many dots and names a name would cover; one more where it would leave the picture."""
    outside = box[0] < 0 or box[2] > WIDTH or box[1] < 0 or box[3] > HEIGHT
    return sum(_overlap(box, other) for other in taken) + outside


def _write_names(rows: list[dict[str, Any]], *, frame: dict[str, Any], align: str, dx: int, dy: int) -> dict[str, Any]:
    return {
        "data": {"values": rows},
        "projection": frame,
        "mark": {"type": "text", "align": align, "dx": dx, "dy": dy, "baseline": "middle"},
        "encoding": {
            "longitude": {"field": "longitude", "type": "quantitative"},
            "latitude": {"field": "latitude", "type": "quantitative"},
            "text": {"field": "name"},
        },
    }


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def locate(longitude: float, latitude: float, *, frame: dict[str, Any]) -> tuple[float, float]:
    """Where a place falls on the picture, in pixels; the same formulas as the map itself (d3-geo)."""
    turned = math.radians((longitude + frame["rotate"][0] + 180) % 360 - 180)
    phi = math.radians(latitude)
    if frame["type"] == "mercator":
        x, y = turned, _mercator(latitude)
    else:
        square = phi * phi
        fourth = square * square
        x = turned * (0.8707 - 0.131979 * square + fourth * (-0.013791 + fourth * (0.003971 * square - 0.001529 * fourth)))
        y = phi * (1.007226 + square * (0.015085 + fourth * (-0.044475 + 0.028874 * square - 0.005916 * fourth)))
    return frame["translate"][0] + frame["scale"] * x, frame["translate"][1] - frame["scale"] * y
