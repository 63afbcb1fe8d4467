"""A small map of one day on the road: its sites in order, the stays, the ways between, and the other sites as dots.

It is drawn to scale with north at the top, as near as the places of the day allow; a bar says how long a km is.
Colours are the page's, by class.
"""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from citytandem.web.tours.route import DayRoute

    Point = tuple[float, float]
    Box = tuple[float, float, float, float]

WIDTH, LOWEST, HIGHEST, MARGIN = 640, 300, 480, 54
KM_PER_DEGREE = 111.19
RADIUS, LETTER, LINE = 11, 6.9, 16
LONGEST_NAME = 26
SMALLEST_KM = 2.0
STEPS_KM = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)


@dataclass(frozen=True)
class Frame:
    """Where a point of latitude and longitude falls, how high the drawing is, and how many pixels a km has."""

    west: float
    north: float
    shrink: float
    pixels_per_degree: float
    left: float
    top: float
    height: int

    def place(self, point: Point) -> tuple[float, float]:
        """Pixels from the left and from the top."""
        latitude, longitude = point
        x = self.left + (longitude - self.west) * self.shrink * self.pixels_per_degree
        return round(x, 1), round(self.top + (self.north - latitude) * self.pixels_per_degree, 1)

    @property
    def pixels_per_km(self) -> float:
        """The scale."""
        return self.pixels_per_degree / KM_PER_DEGREE


def frame_points(points: Sequence[Point]) -> Frame:
    """The frame in which all points lie; a single one has two km around it."""
    latitudes, longitudes = [one[0] for one in points], [one[1] for one in points]
    shrink = max(0.05, math.cos(math.radians(sum(latitudes) / len(latitudes))))
    least = SMALLEST_KM / KM_PER_DEGREE
    across = max((max(longitudes) - min(longitudes)) * shrink, least)
    down = max(max(latitudes) - min(latitudes), least)
    scale = min((WIDTH - 2 * MARGIN) / across, (HIGHEST - 2 * MARGIN) / down)
    height = max(LOWEST, math.ceil(down * scale + 2 * MARGIN))
    middle = ((max(latitudes) + min(latitudes)) / 2, (max(longitudes) + min(longitudes)) / 2)
    return Frame(
        west=middle[1], north=middle[0], shrink=shrink, pixels_per_degree=scale, left=WIDTH / 2, top=height / 2, height=height
    )


@dataclass(frozen=True)
class Words:
    """How the places are called at which a day begins and ends."""

    start: str
    end: str
    both: str


def draw_day(day: DayRoute, *, others: Iterable[Point], frame: Frame, words: Words) -> SafeString:
    """The day as SVG; what it shows stands beside it as a list and as a table."""
    marks = [(shorten(stop.name), frame.place(stop.point)) for stop in day.visits]
    start = frame.place(day.start_point)
    ends = [point for stop in day.stops if stop.kind == "end" and (point := frame.place(stop.point)) != start]
    stays = [(words.start if ends else words.both, start), *((words.end, point) for point in ends)]
    lines = _find_ways(day, frame=frame)
    labels = _lay_names([*marks, *stays], lines=[(here, there) for here, there, _ in lines], height=frame.height)
    parts = [
        format_html_join("", '<circle class="other" cx="{}" cy="{}" r="3.5"/>', _inside(others, frame=frame)),
        format_html_join("", '<path class="{}" d="M{} {}L{} {}"/>', _name_ways(lines)),
        format_html_join("", '<rect class="stay" x="{}" y="{}" width="14" height="14"/>', _corners(point for _, point in stays)),
        format_html_join("", '<circle class="site" cx="{}" cy="{}" r="{}"/>', ((x, y, RADIUS) for _, (x, y) in marks)),
        format_html_join(
            "",
            '<text class="count" x="{}" y="{}" dominant-baseline="central">{}</text>',
            ((x, y, number) for number, (_, (x, y)) in enumerate(marks, start=1)),
        ),
        format_html_join("", '<text class="name" x="{}" y="{}" text-anchor="{}">{}</text>', labels),
        _draw_scale(frame),
    ]
    return format_html(
        '<svg viewBox="0 0 {} {}" xmlns="http://www.w3.org/2000/svg" aria-hidden="true">{}</svg>',
        WIDTH, frame.height, mark_safe("".join(parts)),  # noqa: S308 - each part is escaped above
    )  # fmt: skip


def _inside(points: Iterable[Point], *, frame: Frame) -> Iterable[Point]:
    placed = (frame.place(one) for one in points)
    return [(x, y) for x, y in placed if 0 <= x <= WIDTH and 0 <= y <= frame.height]


def _corners(points: Iterable[Point]) -> Iterable[Point]:
    return ((round(x - 7, 1), round(y - 7, 1)) for x, y in points)


def _find_ways(day: DayRoute, *, frame: Frame) -> list[tuple[Point, Point, bool]]:
    """Both ends of each way, and whether it is estimated."""
    here, found = frame.place(day.start_point), []
    for stop in day.stops:
        there = frame.place(stop.point)
        if there != here:
            found.append((here, there, stop.leg_estimated))
        here = there
    return found


def _name_ways(lines: Iterable[tuple[Point, Point, bool]]) -> Iterable[tuple[str | float, ...]]:
    """Estimated ways are dashed."""
    return (("way estimated" if is_estimated else "way", *here, *there) for here, there, is_estimated in lines)


def _draw_scale(frame: Frame) -> SafeString:
    """A bar of a round number of km, about a sixth of the drawing."""
    km = max((one for one in STEPS_KM if one * frame.pixels_per_km <= WIDTH / 5), default=STEPS_KM[0])
    y = frame.height - 10
    return format_html(
        '<path class="scale" d="M12 {}v6h{}v-6"/><text class="km" x="{}" y="{}">{} km</text>',
        y - 6, round(km * frame.pixels_per_km, 1), round(18 + km * frame.pixels_per_km, 1), y, km,
    )  # fmt: skip


def _lay_names(
    every: list[tuple[str, Point]], *, lines: list[tuple[Point, Point]], height: int
) -> list[tuple[float, float, str, str]]:
    """Where each name stands so that none lies over another or over a mark, and if it can be over no way either.

    A name without room is left to its number in the list.
    """
    taken: list[Box] = [(x - RADIUS, y - RADIUS, x + RADIUS, y + RADIUS) for _, (x, y) in every]
    crossed = [point for line in lines for point in _walk(*line)]
    found = []
    for name, point in every:
        free = [one for one in _tries(point, long=_measure(name)) if _has_room(one[3], taken=taken, height=height)]
        if free:
            x, y, anchor, box = min(free, key=lambda one: sum(_holds(one[3], spot) for spot in crossed))
            taken.append(box)
            found.append((round(x, 1), round(y, 1), anchor, name))
    return found


def _has_room(box: Box, *, taken: list[Box], height: int) -> bool:
    inside = box[0] >= 2 and box[2] <= WIDTH - 2 and box[1] >= 2 and box[3] <= height - 24
    return inside and not any(_overlap(box, other) for other in taken)


def _walk(here: Point, there: Point) -> Iterable[Point]:
    """Points along a line, a few pixels apart."""
    steps = max(1, round(math.dist(here, there) / 4))
    for step in range(steps + 1):
        share = step / steps
        yield here[0] + share * (there[0] - here[0]), here[1] + share * (there[1] - here[1])


def _holds(box: Box, spot: Point) -> bool:
    return box[0] <= spot[0] <= box[2] and box[1] <= spot[1] <= box[3]


def _tries(point: Point, *, long: float) -> Iterable[tuple[float, float, str, Box]]:
    """Places beside, over and under a mark, the nearest to reading first."""
    x, y = point
    gap = RADIUS + 4
    yield x + gap, y + 4.5, "start", (x + gap, y - LINE / 2, x + gap + long, y + LINE / 2)
    yield x - gap, y + 4.5, "end", (x - gap - long, y - LINE / 2, x - gap, y + LINE / 2)
    yield x, y - gap, "middle", (x - long / 2, y - gap - LINE + 4, x + long / 2, y - gap + 4)
    yield x, y + gap + 10, "middle", (x - long / 2, y + gap - 2, x + long / 2, y + gap + LINE - 2)
    for down in (gap + 10, -gap):
        top = y + down - LINE + 4
        yield x - RADIUS, y + down, "start", (x - RADIUS, top, x - RADIUS + long, top + LINE)
        yield x + RADIUS, y + down, "end", (x + RADIUS - long, top, x + RADIUS, top + LINE)


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _measure(text: str) -> float:
    return sum(LETTER * (1.9 if unicodedata.east_asian_width(sign) in "WF" else 1) for sign in text)


def shorten(name: str) -> str:
    """The name up to its first comma or bracket, and not longer than a map bears.

    >>> shorten("Heat from mine water, Bochum (MARK 51°7)")
    'Heat from mine water'
    """
    told = name.split(",", maxsplit=1)[0].split(" (", maxsplit=1)[0].strip()
    return told if len(told) <= LONGEST_NAME else told[: LONGEST_NAME - 1].rstrip() + "…"
