"""The strips of a position, drawn in a few milliseconds, so that they can follow a slider; they look like those of a briefing."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import polars as pl
from django.utils.html import escape

from citytandem.charts import style
from citytandem.charts.chart import name_key, write_number

if TYPE_CHECKING:
    from citytandem.words import Speech

WIDTH, LEFT, RIGHT, ROW, FOOT = 640, 170, 14, 46, 44
TICKS = 5
ENDS = ("value", "high", "p90", "expected_high")


def draw_quick(position: pl.DataFrame, strip: pl.DataFrame, *, speech: Speech) -> str:
    """One strip per outcome of ``position``, all on one axis from zero; ``strip`` holds the peers' values.

    Band: where 80 % of the peers lie; inner band: the middle half; white mark: the middle; small dots: peers; large dot: the city
    with its interval; diamond: what is expected for its structure, with its interval.
    """
    rows = position.to_dicts()
    dots = strip.filter(pl.col("value").is_not_null() & (pl.col("status").cast(pl.String) != "not"))
    by_outcome = {str(key[0]): part["value"].to_list() for key, part in dots.partition_by("outcome", as_dict=True).items()}
    ends = [float(row[end]) for row in rows for end in ENDS if row[end] is not None]
    most = max([*ends, *(value for row in rows for value in by_outcome.get(row["outcome"], []))], default=0.0) or 1.0
    step = _nice(most / TICKS)
    top = step * math.ceil(most / step)
    across = (WIDTH - LEFT - RIGHT) / top
    height = ROW * len(rows) + FOOT
    parts = [_axis(top=top, step=step, across=across, height=height, speech=speech)]
    parts += [
        _strip(row, at=ROW * place + ROW / 2, across=across, peers=by_outcome.get(row["outcome"], []), speech=speech)
        for place, row in enumerate(rows)
    ]
    return f'<svg class="strips" viewBox="0 0 {WIDTH} {height}" xmlns="http://www.w3.org/2000/svg">{"".join(parts)}</svg>'


def _nice(step: float) -> float:
    """The round number next above a step: 1, 2 or 5 times a power of ten.

    >>> _nice(0.37), _nice(1.2), _nice(3.0)
    (0.5, 2.0, 5.0)
    """
    power = 10.0 ** math.floor(math.log10(step))
    return next(power * times for times in (1, 2, 5, 10) if power * times >= step * (1 - 1e-9))


def _axis(*, top: float, step: float, across: float, height: int, speech: Speech) -> str:
    digits = 0 if step >= 1 else 1 if step >= 0.1 else 2
    lines, foot = [], height - FOOT
    for number in range(round(top / step) + 1):
        x = LEFT + number * step * across
        said = write_number(number * step, digits=digits, speech=speech)
        lines.append(f'<path class="hair" d="M{x:.1f} 4V{foot}"/><text class="tick" x="{x:.1f}" y="{foot + 15}">{said}</text>')
    unit = escape(speech.label("unit.t_per_head"))
    return "".join(lines) + f'<text class="tick" x="{LEFT + top * across / 2:.1f}" y="{foot + 33}">{unit}</text>'


def _strip(row: dict[str, Any], *, at: float, across: float, peers: list[float], speech: Speech) -> str:
    def x(value: float) -> str:
        return f"{LEFT + max(value, 0.0) * across:.1f}"

    parts = _label(name_key(speech, "outcome", key=row["outcome"]), at=at)
    for kind, low, high in (("wide", "p10", "p90"), ("middle", "p25", "p75")):
        if row[low] is not None:
            width = max((row[high] - row[low]) * across, 1)
            parts += f'<rect class="{kind}" x="{x(row[low])}" y="{at - 11:.1f}" width="{width:.1f}" height="22"/>'
    if row["median"] is not None:
        parts += f'<path class="median" d="M{x(row["median"])} {at - 11:.1f}v22"/>'
    parts += "".join(f'<circle class="peer" cx="{x(value)}" cy="{at:.1f}" r="3"/>' for value in peers)
    if row["expected"] is not None:
        low, high = row["expected_low"], row["expected_high"]
        parts += f'<path class="expected" d="M{x(low)} {at + 17:.1f}H{x(high)}"/>' if low is not None and high is not None else ""
        parts += f'<path class="diamond" d="M{x(row["expected"])} {at + 12.5:.1f}l4.5 4.5l-4.5 4.5l-4.5-4.5z"/>'
    if row["low"] is not None and row["high"] is not None:
        parts += f'<path class="interval" d="M{x(row["low"])} {at:.1f}H{x(row["high"])}"/>'
    return parts + f'<circle class="own" cx="{x(row["value"])}" cy="{at:.1f}" r="6.5"/>'


def _label(text: str, *, at: float) -> str:
    lines = style.wrap(text, width=22)
    first = at - 6.5 * (len(lines) - 1) + 4
    spans = "".join(
        f'<tspan x="{LEFT - 10}" y="{first + 13 * place:.1f}">{escape(line)}</tspan>' for place, line in enumerate(lines)
    )
    return f'<text class="name">{spans}</text>'
