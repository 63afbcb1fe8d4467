"""Charts as pictures inside a page: drawn here, coloured by the page, so that light and dark need no second drawing."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from django.core.cache import cache

from citytandem.charts import palette
from citytandem.charts.render import render_svg

if TYPE_CHECKING:
    from citytandem.charts.chart import Chart

VARIABLES = {
    palette.INK: "--ink",
    palette.QUIET: "--quiet",
    palette.HAIR: "--hair",
    palette.LAND: "--land",
    palette.ACCENT: "--accent",
    palette.ACCENT_MID: "--accent-mid",
    palette.ACCENT_PALE: "--accent-pale",
    palette.BAND: "--band",
    palette.BAND_INNER: "--band-inner",
    palette.PEER: "--peer",
    "white": "--paper",
    "#ffffff": "--paper",
}
_PAINT = re.compile(r'(fill|stroke)="([^"]+)"')
_SHAPE = re.compile(r' (d|transform|x|y|x1|x2|y1|y2|cx|cy|r|width|height|points)="([^"]+)"')
_LONG = re.compile(r"-?\d*\.\d{2,}(?:e-?\d+)?")
_INNER = re.compile(r' (?:role|aria-[a-z]+|font-family)="[^"]*"')
"""A picture is described as a whole by the page; the descriptions of its parts would be read twice. Letters are the page's."""

MEASURED_WITH = "sans-serif"
"""Words are measured with a plain font of the width of Arial, as the style sheet sets them; it is measured quickly."""


def draw(chart: Chart) -> str:
    """The chart as SVG whose quiet colours and letters follow the theme of the page; kept for all who ask.

    Raises
    ------
    CannotCompute
        EXTRA_MISSING when the addition that draws is not installed.
    """
    plain = replace(chart, spec={**chart.spec, "config": {**chart.spec.get("config", {}), "font": MEASURED_WITH}})
    key = "picture-" + hashlib.sha256(f"{chart.key} {json.dumps(plain.spec, sort_keys=True)}".encode()).hexdigest()[:40]
    drawn: str | None = cache.get(key)
    if drawn is None:
        drawn = _follow_theme(render_svg(plain))
        cache.set(key, drawn)
    return drawn


def _follow_theme(svg: str) -> str:
    body = lighten(svg[svg.index("<svg") :])
    return _PAINT.sub(lambda hit: f'{hit[1]}="{_theme(hit[2])}"', body).replace(' width="', ' data-width="', 1)


def lighten(svg: str) -> str:
    """The same picture with a tenth of a pixel as the finest step, and without descriptions of its parts.

    >>> lighten('<path role="graphics-symbol" aria-label="a" d="M1.23456,-0.00001L10.5,2"/>')
    '<path d="M1.2,0L10.5,2"/>'
    """
    return _SHAPE.sub(lambda hit: f' {hit[1]}="{_LONG.sub(_shorten, hit[2])}"', _INNER.sub("", svg))


def _shorten(number: re.Match[str]) -> str:
    return f"{round(float(number[0]), 1) + 0.0:g}"


def _theme(color: str) -> str:
    name = VARIABLES.get(color.lower())
    return f"var({name}, {color})" if name else color
