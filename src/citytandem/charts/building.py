"""How does a building's use hang on the weather, and how does what was measured stand beside what was designed?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.charts import palette, style
from citytandem.charts.chart import Chart, Column, Twin

if TYPE_CHECKING:
    from citytandem.words import Speech

STATES = ("designed", "tested", "measured", "required", "claimed", "reference")
SHOWN = ("designed", "measured")
"""States that stand side by side even where nothing is published, so that a gap is seen."""


def draw_changepoint(periods: pl.DataFrame, *, line: pl.DataFrame, building: str, kind: str, speech: Speech) -> Chart:
    """Use per day of each period against the outdoor temperature, with the fitted lines.

    Parameters
    ----------
    periods
        Periods of :class:`~citytandem.science.buildings.weather.Normalised`.
    line
        ``temperature_mean`` and ``kwh_per_day`` at the ends of each straight piece of the model.
    building
        Its name.
    kind
        Kind of model, such as 3PH.
    """
    unit = speech.label("chart.changepoint.unit")
    title = speech.sentence("chart.changepoint.title", building=building)
    description = speech.sentence("chart.changepoint.description", kind=kind)
    across = {
        "field": "temperature_mean", "type": "quantitative", "scale": {"zero": False},
        "axis": {"title": speech.label("chart.changepoint.temperature"), "tickCount": 8},
    }  # fmt: skip
    up = {"field": "kwh_per_day", "type": "quantitative", "scale": {"zero": True}, "axis": {"title": unit, "tickCount": 5}}
    drawn: dict[str, Any] = {
        "data": {"values": line.sort("temperature_mean").to_dicts()},
        "mark": {"type": "line", "color": palette.ACCENT, "strokeWidth": 2},
        "encoding": {"x": across, "y": up},
    }
    dots: dict[str, Any] = {
        "data": {"values": periods.select("temperature_mean", "kwh_per_day").to_dicts()},
        "mark": {"type": "point", "filled": True, "color": palette.INK, "size": 45, "opacity": 0.9},
        "encoding": {"x": across, "y": up},
    }
    spec = style.compose(speech, title=title, description=description, height=300, parts={"layer": [drawn, dots]})
    rows = periods.with_columns(pl.col("starts", "ends").cast(pl.String)).sort("starts")
    columns = [
        Column("starts", speech.label("chart.changepoint.starts")),
        Column("ends", speech.label("chart.changepoint.ends")),
        Column("temperature_mean", speech.label("chart.changepoint.temperature"), None, 1),
        Column("kwh_per_day", speech.label("chart.changepoint.metered"), unit, 1),
    ]
    if "fitted_kwh_per_day" in rows.columns:
        columns.append(Column("fitted_kwh_per_day", speech.label("chart.changepoint.fitted"), unit, 1))
    return Chart("changepoint", title, description, spec, Twin(title, tuple(columns), rows))


def draw_designed(figures: pl.DataFrame, *, building: str, speech: Speech) -> Chart:
    """Figures per m2 by state beside each other; a state that should be there and is not leaves a gap that says so.

    Parameters
    ----------
    figures
        ``indicator``, ``state``, ``value`` in kWh/m2a (null for a gap), ``convention``, ``mark``, ``source``.
    building
        Its name.
    """
    unit = speech.label("chart.designed.unit")
    title = speech.sentence("chart.designed.title", building=building)
    description = speech.label("chart.designed.description")
    rows = _with_gaps(figures)
    told = [_tell_row(row, speech=speech) for row in rows.to_dicts()]
    rows = rows.with_columns(pl.Series("label", told, dtype=pl.String))
    gap = speech.label("chart.designed.gap")
    down = {"field": "label", "type": "nominal", "sort": None, "scale": {"domain": list(dict.fromkeys(told))},
            "axis": {"title": None, "labelLimit": 320}}  # fmt: skip
    across = {"field": "value", "type": "quantitative", "axis": {"title": unit, "tickCount": 6}, "scale": {"zero": True},
              "stack": None}  # fmt: skip
    known = rows.filter(pl.col("value").is_not_null()).select("label", "value", "state").to_dicts()
    missing = [{"label": row["label"], "at": 0, "text": gap} for row in rows.to_dicts() if row["value"] is None]
    layers: list[dict[str, Any]] = [
        {
            "data": {"values": known},
            "mark": {"type": "bar", "height": 12, "color": palette.ACCENT},
            "encoding": {"y": down, "x": across},
        },
        {
            "data": {"values": missing},
            "mark": {"type": "text", "align": "left", "dx": 4, "color": palette.INK},
            "encoding": {"y": down, "x": {"field": "at", "type": "quantitative"}, "text": {"field": "text"}},
        },
    ]
    spec = style.compose(speech, title=title, description=description, height=28 * len(set(told)) + 90, parts={"layer": layers})
    columns = (
        Column("label", speech.label("building.figure")),
        Column("value", speech.label("building.value"), unit, 1, unknown=gap),
        Column("mark", speech.label("building.mark")),
        Column("source", speech.label("building.source")),
    )
    return Chart("designed", title, description, spec, Twin(title, columns, rows))


def _tell_row(row: dict[str, Any], *, speech: Speech) -> str:
    """Figure and state, and by which convention where one is stated: two of them are two bars."""
    facts = {
        "figure": speech.label(f"building.figure.{row['indicator']}"),
        "state": speech.label(f"building.state.{row['state']}"),
    }
    if row["convention"] in {None, "not_stated"}:
        return speech.sentence("chart.designed.row", **facts)
    return speech.sentence("chart.designed.row_by", **facts, convention=speech.label(f"building.convention.{row['convention']}"))


def _with_gaps(figures: pl.DataFrame) -> pl.DataFrame:
    """Every figure, and an empty row for each of designed and measured that is not there; by figure, then state."""
    plain = figures.cast({pl.Enum: pl.String}).select("indicator", "state", "value", "convention", "mark", "source")
    wanted = pl.DataFrame(
        [{"indicator": name, "state": state} for name in sorted(set(plain["indicator"])) for state in SHOWN],
        schema={"indicator": pl.String, "state": pl.String},
    )
    empty = wanted.join(plain, on=["indicator", "state"], how="anti")
    states = {state: place for place, state in enumerate(STATES)}
    return (
        pl.concat([plain, empty], how="diagonal")
        .with_columns(pl.col("state").replace_strict(states, return_dtype=pl.Int8).alias("at"))
        .sort("indicator", "at", "source", nulls_last=True)
        .drop("at")
    )
