"""Why do two balances of a city differ? The named steps laid end to end, each with what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.charts import palette, style
from citytandem.charts.chart import Chart, Column, Twin, name_key, write_number
from citytandem.words.labels import LABELS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from citytandem.science.balance.bridge import Bridge
    from citytandem.words import Speech

ROW, LABEL, TITLE = 24, 40, 80
"""Least pixels of a row, letters of a line beside it, and of a line of the title."""
PLOT = 330
"""Pixels that are left for the bars beside the longest labels."""
KT = 1000.0
COLORS = {"named": palette.ACCENT_MID, "trend": palette.ACCENT, "unexplained": palette.PEER, "bounded": palette.ACCENT_PALE}
"""By what a step rests on; more or less is told by the side, never by a colour."""


def draw_bridge(found: Bridge, *, city: str, speech: Speech, methods: Mapping[str, str] | None = None) -> Chart:
    """The steps from one balance to another as a waterfall, each with its 90 % interval.

    Start and end are diamonds, so that the axis need not begin at zero for small steps to be seen. A step that is only
    bounded is a pale band and moves nothing; one that cannot be sized keeps its row and says so. Steps of zero stand in the
    table alone. ``methods`` are the names of methods by key, and of
    balances by theirs where they have one.
    """
    ends = [name_end(end, speech=speech, methods=methods or {}) for end in (found.start, found.end)]
    question = "bridge.question" if found.published else "bridge.question.method"
    title = f"{city}: {speech.sentence(question, start=ends[0], end=ends[1])}"
    rows = _lay_out(found, ends=ends, speech=speech)
    description = speech.sentence(
        "chart.bridge.description",
        start=ends[0],
        end=ends[1],
        before=write_number(found.from_t / KT, digits=1, speech=speech),
        after=write_number(found.to_t / KT, digits=1, speech=speech),
        unit=speech.label("unit.kt"),
        count=len(rows) - 2,
    )
    labels = [style.wrap(row["label"], width=LABEL) for row in rows]
    spec = style.compose(
        speech,
        title=title,
        description=description,
        height=style.row_height(labels, least=ROW) * len(rows) + 60 + 18 * len({row["kind"] for row in rows}),
        parts={"layer": _layers(rows, labels=labels, speech=speech)},
    )
    # a title of two ends is long: it begins at the edge of the picture and may take two lines
    spec["title"] |= {"text": style.wrap(title, width=TITLE), "frame": "bounds"}
    return Chart("bridge", title, description, spec, tabulate_steps(found, ends=ends, speech=speech))


def tabulate_steps(found: Bridge, *, ends: list[str], speech: Speech) -> Twin:
    """Every step in tonnes, those of zero too, with the total it leads to."""
    unit, level = speech.label("unit.t"), found.from_t
    rows: list[dict[str, Any]] = [_twin_row(ends[0], level, half=found.from_half_t)]
    for step in found.steps.iter_rows(named=True):
        level += step["change_t"] or 0.0
        rows.append(
            {"step": speech.label(f"step.{step['step']}"), "part": name_part(step, speech=speech), "after_t": level}
            | {name: step[name] for name in ("change_t", "low_t", "high_t")}
            | {"basis": speech.label(f"step_basis.{step['basis']}"), "source": step["source"].replace("+", ", ")}
        )
    rows.append(_twin_row(ends[1], found.to_t, half=found.to_half_t))
    names = {"step": "bridge.step", "part": "bridge.part", "basis": "bridge.basis", "source": "bridge.source"}
    words = {name: Column(name, speech.label(key)) for name, key in names.items()}
    columns = (
        words["step"],
        words["part"],
        Column("change_t", speech.label("bridge.change"), unit, 0),
        Column("low_t", speech.label("chart.low"), unit, 0),
        Column("high_t", speech.label("chart.high"), unit, 0),
        Column("after_t", speech.label("bridge.after"), unit, 0),
        words["basis"],
        words["source"],
    )
    schema = {column.name: pl.String if column.name in words else pl.Float64 for column in columns}
    return Twin(speech.label("bridge.steps"), columns, pl.DataFrame(rows, schema=schema))


def name_end(end: str, *, speech: Speech, methods: Mapping[str, str]) -> str:
    """An end as people read it: a variant of the core, a method, or a balance by its name or by publication and year."""
    if f"variant.{end}" in LABELS:
        return speech.label(f"variant.{end}")
    if end in methods:
        return methods[end]
    city, _, rest = end.partition(".")
    year, _, publication = rest.partition(".")
    return f"{publication} {year}" if city and publication else end.replace("_", " ")


def name_part(step: Mapping[str, Any], *, speech: Speech) -> str:
    """The sectors of a part by their names, with the scope where it tells parts apart; a dash for the whole."""
    if step["part"] == "not_itemised":
        return speech.label("bridge.part.not_itemised")
    if step["part"] == "total" and step["scope"] == "none":
        return "–"
    named = speech.join(name_key(speech, "sector", key=key) for key in step["part"].split("+"))
    return speech.sentence("bridge.part.scope", part=named, scope=step["scope"]) if step["scope"] in {"1", "2", "3"} else named


def name_step(step: Mapping[str, Any], *, speech: Speech) -> str:
    """A step with its part, where that says more than the step."""
    named, part = speech.label(f"step.{step['step']}"), name_part(step, speech=speech)
    return named if part in {"–", named} else f"{named}: {part}"


def _twin_row(name: str, total: float, *, half: float) -> dict[str, Any]:
    return {"step": name, "part": "–", "after_t": total, "low_t": total - half, "high_t": total + half}


def _lay_out(found: Bridge, *, ends: list[str], speech: Speech) -> list[dict[str, Any]]:
    """One row per thing drawn, in kt: from and to of its bar, low and high of its interval, and its figure in words."""
    level, digits = found.from_t, _digits(found)
    rows = [_end_row(ends[0], level, half=found.from_half_t, digits=digits, speech=speech)]
    for step in found.steps.iter_rows(named=True):
        change, low, high = step["change_t"], step["low_t"], step["high_t"]
        kind, to = _kind_of(step), level + (change or 0.0)
        if change is not None and round(change / KT, digits) == 0:
            # too small to be drawn; the table holds it
            level = to
            continue
        text = (
            _write_signed(change, digits=digits, speech=speech)
            if change is not None
            else speech.label(f"step_basis.{step['basis']}")
        )
        if kind == "bounded":
            text = " … ".join(_write_signed(end, digits=digits, speech=speech) for end in (low, high))
        drawn = {
            "from": level,
            "to": to,
            "low": None if low is None else level + low,
            "high": None if high is None else level + high,
        }
        rows.append({"label": name_step(step, speech=speech), "kind": kind, "text": text} | _in_kt(drawn))
        level = to
    return [*rows, _end_row(ends[1], found.to_t, half=found.to_half_t, digits=digits, speech=speech)]


def _end_row(name: str, total: float, *, half: float, digits: int, speech: Speech) -> dict[str, Any]:
    text = write_number(total / KT, digits=digits, speech=speech)
    drawn = {"from": total, "to": total, "low": total - half, "high": total + half}
    return {"label": name, "kind": "end", "text": text} | _in_kt(drawn)


def _in_kt(drawn: Mapping[str, float | None]) -> dict[str, float | None]:
    return {name: None if value is None else value / KT for name, value in drawn.items()}


def _kind_of(step: Mapping[str, Any]) -> str:
    if step["change_t"] is None:
        return "bounded" if step["low_t"] is not None else "open"
    if step["basis"] == "trend":
        return "trend"
    return "unexplained" if step["step"] == "unexplained" else "named"


def _digits(found: Bridge) -> int:
    """Decimals of thousand tonnes: none above a million tonnes, where they say nothing; the table is exact."""
    return 0 if max(abs(found.from_t), abs(found.to_t)) >= KT * KT else 1


def _write_signed(tonnes: float, *, digits: int, speech: Speech) -> str:
    text = write_number(tonnes / KT, digits=digits, speech=speech)
    return text if text.startswith("−") or round(tonnes / KT, digits) == 0 else f"+{text}"


def _layers(rows: list[dict[str, Any]], *, labels: list[list[str]], speech: Speech) -> list[dict[str, Any]]:
    keys = [str(place) for place in range(len(rows))]
    furthest = [max(value for value in (row["from"], row["to"], row["high"]) if value is not None) for row in rows]
    drawn = [row | {"key": key, "right": right} for row, key, right in zip(rows, keys, furthest, strict=True)]
    legend = {kind: speech.label(f"chart.bridge.{kind}") for kind in COLORS if any(row["kind"] == kind for row in rows)}
    for row in drawn:
        row["said"] = legend.get(row["kind"])
    down = {
        "field": "key",
        "type": "ordinal",
        "scale": {"domain": keys, "paddingInner": 0.35},
        "axis": {"title": None, "labelExpr": f"{labels}[datum.value]", "labelLimit": 290, "labelLineHeight": 12, "grid": False},
    }
    axis = {"title": speech.label("unit.kt"), "tickCount": 5}
    across = {"type": "quantitative", "axis": axis, "scale": {"zero": False, "nice": False, "domain": _make_room(drawn)}}
    color = {
        "field": "said",
        "type": "nominal",
        "scale": {"domain": list(legend.values()), "range": [COLORS[kind] for kind in legend]},
        "legend": {"symbolType": "square", "columns": style.fit_columns(legend.values(), most=2)} if legend else None,
    }
    bounds = [row for row in drawn if row["kind"] == "bounded"]
    bars = [row for row in drawn if row["kind"] in {"named", "trend", "unexplained"}]
    sure = [row for row in drawn if row["low"] is not None and row["kind"] != "bounded"]
    span = {"x": {"field": "low", **across}, "x2": {"field": "high"}}
    return [
        _layer(bounds, {"type": "bar"}, {"y": down, **span, "color": color}),
        _layer(bars, {"type": "bar"}, {"y": down, "x": {"field": "from", **across}, "x2": {"field": "to"}, "color": color}),
        _layer(sure, {"type": "rule", "color": palette.INK, "strokeWidth": 1}, {"y": down, **span}),
        _layer([row for row in drawn if row["kind"] == "end"], _DIAMOND, {"y": down, "x": {"field": "to", **across}}),
        _layer(drawn, _FIGURE, {"y": down, "x": {"field": "right", **across}, "text": {"field": "text"}}),
    ]


def _make_room(rows: list[dict[str, Any]]) -> list[float]:
    """The ends of the axis, so wide that every bar and interval has room, and every figure beside it too."""
    least = min(value for row in rows for value in (row["from"], row["to"], row["low"]) if value is not None)
    # a figure takes pixels and not tonnes: the part of the axis that is left of it must hold its bar
    left = [1.0 - (style.measure(row["text"]) * style.LETTER + 2 * GAP) / PLOT for row in rows]
    span = max((row["right"] - least) / max(part, 0.2) for row, part in zip(rows, left, strict=True)) or abs(least) or 1.0
    return [least - span * GAP / PLOT, least + span]


GAP = 10
"""Pixels between a bar and its figure."""


def _layer(rows: list[dict[str, Any]], mark: dict[str, Any], encoding: dict[str, Any]) -> dict[str, Any]:
    return {"data": {"values": rows}, "mark": mark, "encoding": encoding}


_DIAMOND = {"type": "point", "filled": True, "color": palette.INK, "size": 90, "shape": "diamond", "opacity": 1}
_FIGURE = {"type": "text", "align": "left", "dx": 8}
