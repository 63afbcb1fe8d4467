"""How far is a city by a framework? The level of each category on the band that is still possible. No traffic lights."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.charts import palette, style
from citytandem.charts.chart import Chart, Column, Twin
from citytandem.charts.framework_names import name_category, name_criterion, name_framework

if TYPE_CHECKING:
    from citytandem.science.assessment.framework import Framework
    from citytandem.science.assessment.score import Scored
    from citytandem.words import Speech

TOP_LEVEL = 4.0
MOST = 24
ROW, LINE = 32, 12
"""Height of a row, and of each line of its label."""


def draw_assessment(scored: Scored, *, framework: Framework, subject: str, called: str, speech: Speech) -> Chart:
    """A dot per category at its level, on a band from the least to the most that is still possible.

    Parameters
    ----------
    scored
        The answer of ``science.assessment.score``.
    framework
        The framework.
    subject, called
        Whom the chart is about: as in the answer, and as people say.
    speech
        The language.

    Returns
    -------
    A chart with two tables: categories, and every criterion below.
    """
    twin = tabulate_categories(scored, framework=framework, subject=subject, speech=speech)
    names = {"framework": name_framework(framework, speech), "subject": called}
    title = speech.sentence("chart.assessment.title", **names)
    description = speech.sentence("chart.assessment.description")
    rows = twin.data.head(MOST)
    labels = [_label(row) for row in rows.iter_rows(named=True)]
    step = max(ROW, LINE * max((len(lines) for lines in labels), default=1) + 8)
    parts = {"layer": _layers(rows, labels=labels, speech=speech)}
    spec = style.compose(speech, title=title, description=description, height=step * rows.height + 85, parts=parts)
    return Chart(
        "assessment",
        title,
        description,
        spec,
        twin,
        (tabulate_criteria(scored, framework=framework, subject=subject, speech=speech),),
    )


def tabulate_categories(scored: Scored, *, framework: Framework, subject: str, speech: Speech) -> Twin:
    """Categories of one subject: level, interval, what is known, and what their knock-outs say."""
    own = scored.categories.filter(pl.col("subject") == subject)
    names = [name_category(framework, key, speech=speech) for key in own["category"]]
    said = _say_outcomes(own, speech)
    rows = own.with_columns(
        pl.Series("name", names, dtype=pl.String),
        pl.Series("condition", said, dtype=pl.String),
        (pl.col("coverage") * 100).alias("percent"),
    )
    columns = (
        Column("name", speech.label("assess.category")),
        Column("level", speech.label("assess.level"), speech.label("unit.level"), 1),
        Column("low", speech.label("assess.low"), speech.label("unit.level"), 1),
        Column("high", speech.label("assess.high"), speech.label("unit.level"), 1),
        Column("percent", speech.label("assess.coverage"), speech.label("unit.percent"), 0),
        Column("condition", speech.label("assess.condition"), unknown=""),
    )
    kept = rows.select("category", "outcome", *(column.name for column in columns))
    return Twin(speech.label("assess.categories"), columns, kept)


def tabulate_criteria(scored: Scored, *, framework: Framework, subject: str, speech: Speech) -> Twin:
    """Criteria of one subject: level, interval, how much is known, and what a knock-out asks for and says."""
    own = scored.criteria.filter(pl.col("subject") == subject)
    rows = own.with_columns(
        pl.Series("name", [name_criterion(framework, key, speech=speech) for key in own["criterion"]], dtype=pl.String),
        pl.Series("group", [name_category(framework, key, speech=speech) for key in own["category"]], dtype=pl.String),
        pl.Series("said", [speech.label(f"assess_status.{key}") for key in own["status"].cast(pl.String)], dtype=pl.String),
        pl.Series("condition", _say_outcomes(own, speech), dtype=pl.String),
    )
    columns = (
        Column("group", speech.label("assess.category")),
        Column("name", speech.label("assess.criterion")),
        Column("level", speech.label("assess.level"), speech.label("unit.level"), 1),
        Column("low", speech.label("assess.low"), speech.label("unit.level"), 1),
        Column("high", speech.label("assess.high"), speech.label("unit.level"), 1),
        Column("said", speech.label("assess.status")),
        Column("threshold", speech.label("assess.threshold"), speech.label("unit.level"), 0),
        Column("condition", speech.label("assess.condition"), unknown=""),
    )
    kept = rows.select("category", "criterion", *(column.name for column in columns))
    return Twin(speech.label("assess.criteria"), columns, kept)


def _say_outcomes(rows: pl.DataFrame, speech: Speech) -> list[str | None]:
    """What conditions say; nothing where there is none."""
    return [None if key == "none" else speech.label(f"assess_outcome.{key}") for key in rows["outcome"].cast(pl.String)]


def _label(row: dict[str, Any]) -> list[str]:
    """The name of a category, and below it a condition that is not met or open: the dot alone would hide it."""
    name = list(style.wrap(row["name"], width=26))
    return [*name, f"({row['condition']})"] if row["outcome"] in {"failed", "open"} else name


def _layers(rows: pl.DataFrame, *, labels: list[list[str]], speech: Speech) -> list[dict[str, Any]]:
    keys = rows["name"].to_list()
    down = {
        "field": "name",
        "type": "nominal",
        "sort": None,
        "scale": {"domain": keys},
        "axis": {"title": None, "labelExpr": f"{labels}[indexof({keys}, datum.value)]", "labelLimit": 220, "labelLineHeight": 12},
    }
    axis = {"title": speech.label("assess.level"), "values": [0, 1, 2, 3, 4], "format": "d"}
    across = {"type": "quantitative", "scale": {"domain": [0, TOP_LEVEL]}, "axis": axis}
    words = [speech.label("chart.assessment.known"), speech.label("chart.assessment.possible")]
    legend = {"symbolType": "square", "columns": style.fit_columns(words)}
    color = {"scale": {"domain": words, "range": [palette.ACCENT, palette.BAND]}, "type": "nominal", "legend": legend}
    band = {
        "data": {"values": rows.filter(pl.col("low").is_not_null()).select("name", "low", "high").to_dicts()},
        "mark": {"type": "bar", "height": {"band": 0.5}},
        "encoding": {"y": down, "x": {"field": "low", **across}, "x2": {"field": "high"}, "color": {"datum": words[1], **color}},
    }
    dot = {
        "data": {"values": rows.filter(pl.col("level").is_not_null()).select("name", "level").to_dicts()},
        "mark": {"type": "point", "filled": True, "size": 90, "opacity": 1},
        "encoding": {"y": down, "x": {"field": "level", **across}, "color": {"datum": words[0], **color}},
    }
    return [band, dot]
