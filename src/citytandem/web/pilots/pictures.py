"""Two pictures of a portfolio: the spread of levels by category, and the own way of each city through the years."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils.html import escape

from citytandem.charts import style
from citytandem.charts.chart import write_number
from citytandem.web.pilots.frame import name_category
from citytandem.web.pilots.queries import state_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from citytandem.web.pilots.portfolio import Portfolio, Span, Way
    from citytandem.words import Speech

WIDTH, LEFT, RIGHT, ROW, FOOT = 640, 190, 16, 44, 44
TOP_LEVEL = 4
WAY_ROW = 30
FEWEST_FOR_A_BAND = 5
"""Below this a band would only draw the single cities again."""


def draw_spread(portfolio: Portfolio, *, framework: str, speech: Speech) -> str:
    """One strip per category from level 0 to 4: a dot for each city, unnamed; its interval a line; the middle half a band."""
    categories = [one for one in portfolio.categories if portfolio.newest(one)]
    height = ROW * len(categories) + FOOT
    across = (WIDTH - LEFT - RIGHT) / TOP_LEVEL
    parts = [_levels(height=height, across=across, speech=speech)]
    for place, category in enumerate(categories):
        name = name_category(framework, category=category, speech=speech)
        parts.append(_strip([span for _, span in portfolio.newest(category)], name=name, at=ROW * place + ROW / 2, across=across))
    return f'<svg class="strips" viewBox="0 0 {WIDTH} {height}" xmlns="http://www.w3.org/2000/svg">{"".join(parts)}</svg>'


def draw_ways(ways: Sequence[Way], *, on: dt.date, speech: Speech) -> str:
    """One row per city, by name: a line from joining to today, a mark at each stage reached, a bar while a certificate holds."""
    first = min(way.pilot.joined for way in ways).year
    last = max([on, *(one.valid_until for way in ways for one in way.certificates)]).year + 1
    begins, days = dt.date(first, 1, 1), (dt.date(last, 1, 1) - dt.date(first, 1, 1)).days
    height = WAY_ROW * len(ways) + FOOT

    def x(day: dt.date) -> float:
        share = min(max((day - begins).days / days, 0.0), 1.0)
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    step = max(1, (last - first) // 8 + 1)
    parts = []
    for year in range(first, last + 1, step):
        at, foot = x(dt.date(year, 1, 1)), height - FOOT
        parts.append(f'<path class="hair" d="M{at:.1f} 4V{foot}"/><text class="tick" x="{at:.1f}" y="{foot + 15}">{year}</text>')
    parts.append(f'<path class="median" d="M{x(on):.1f} 4V{height - FOOT}"/>')
    for place, way in enumerate(ways):
        parts.append(_way(way, at=WAY_ROW * place + WAY_ROW / 2 + 2, on=on, x=x))
    parts.append(f'<text class="tick" x="{x(on):.1f}" y="{height - FOOT + 33}">{escape(speech.label("web.pilot.today"))}</text>')
    return f'<svg class="strips" viewBox="0 0 {WIDTH} {height}" xmlns="http://www.w3.org/2000/svg">{"".join(parts)}</svg>'


def _levels(*, height: int, across: float, speech: Speech) -> str:
    foot, lines = height - FOOT, []
    for level in range(TOP_LEVEL + 1):
        at = LEFT + level * across
        said = write_number(level, digits=0, speech=speech)
        lines.append(f'<path class="hair" d="M{at:.1f} 4V{foot}"/><text class="tick" x="{at:.1f}" y="{foot + 15}">{said}</text>')
    middle = LEFT + TOP_LEVEL * across / 2
    told = escape(speech.label("web.pilot.level_axis"))
    return "".join(lines) + f'<text class="tick" x="{middle:.1f}" y="{foot + 33}">{told}</text>'


def _strip(spans: list[Span], *, name: str, at: float, across: float) -> str:
    parts = _label(name, at=at)
    known = sorted(span.level for span in spans if span.level is not None)
    if len(known) >= FEWEST_FOR_A_BAND:
        low, high = _quantile(known, 0.25), _quantile(known, 0.75)
        width = max((high - low) * across, 1)
        parts += f'<rect class="middle" x="{LEFT + low * across:.1f}" y="{at - 13:.1f}" width="{width:.1f}" height="26"/>'
    step = min(5.0, (ROW - 12) / len(spans))
    for number, span in enumerate(spans):
        lift = at + (number - (len(spans) - 1) / 2) * step  # so that cities at the same level can both be seen
        if span.low is not None and span.high is not None:
            parts += f'<path class="expected" d="M{LEFT + span.low * across:.1f} {lift:.1f}H{LEFT + span.high * across:.1f}"/>'
        if span.level is not None:
            parts += f'<circle class="peer" cx="{LEFT + span.level * across:.1f}" cy="{lift:.1f}" r="4"/>'
    return parts


def _quantile(values: list[float], share: float) -> float:
    """The value below which a share of the sorted values lies, in a straight line between two.

    >>> _quantile([0.0, 1.0, 2.0, 3.0, 4.0], 0.25)
    1.0
    """
    place = share * (len(values) - 1)
    below = int(place)
    above = min(below + 1, len(values) - 1)
    return values[below] + (values[above] - values[below]) * (place - below)


def _way(way: Way, *, at: float, on: dt.date, x: Callable[[dt.date], float]) -> str:
    ends = min(way.pilot.left or on, on)
    parts = _label(way.name, at=at) + f'<path class="interval" d="M{x(way.pilot.joined):.1f} {at:.1f}H{x(ends):.1f}"/>'
    for one in way.certificates:
        until = one.withdrawn or one.valid_until
        kind = "wide" if state_of(one, on=on) in {"expired", "withdrawn"} else "middle"
        width = max(x(until) - x(one.valid_from), 2)
        parts += f'<rect class="{kind}" x="{x(one.valid_from):.1f}" y="{at - 8:.1f}" width="{width:.1f}" height="16"/>'
    return parts + "".join(f'<circle class="peer" cx="{x(step.on):.1f}" cy="{at:.1f}" r="4.5"/>' for step in way.steps)


def _label(text: str, *, at: float) -> str:
    lines = style.wrap(text, width=26)[:3]
    first = at - 6.5 * (len(lines) - 1) + 4
    spans = "".join(
        f'<tspan x="{LEFT - 10}" y="{first + 13 * place:.1f}">{escape(line)}</tspan>' for place, line in enumerate(lines)
    )
    return f'<text class="name">{spans}</text>'
