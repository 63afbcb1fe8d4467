"""What would help most? Measures on three axes, who has done them, how far the city is, and what they could do together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.briefing.answers import rows_of
from citytandem.briefing.document import Notice
from citytandem.briefing.pages.measures import write_measures as write_page
from citytandem.charts.chart import Column, Twin, name_key
from citytandem.charts.profile import draw_profile
from citytandem.charts.radar import FEWEST, draw_radar
from citytandem.web.insights.figures import Figure, Origin, Section, column_of, join_sources
from citytandem.web.insights.sections.page import (
    find_charts,
    find_notices,
    find_tables,
    find_texts,
    make_section,
    own_sources,
    result_origin,
)  # fmt: skip

if TYPE_CHECKING:
    from citytandem.web.insights.view import View

EXAMPLES = 3
"""Cities named for each measure."""


def write_measures(view: View) -> Section:
    """The question ``What would help most?``."""
    page = write_page(view.answers, view.speech)
    charts, tables = find_charts(page), find_tables(page)
    blocks: list[Any] = []
    for key in ("measures", "axes"):
        if key in charts:
            chart = charts[key]
            blocks.append(Figure(key, chart.twin, lambda row, name: _trace_advice(view, row, name), chart))
    if "measure_list" in tables:
        shown = tables["measure_list"].data["measure"].to_list()
        blocks.append(Figure("measure_list", tables["measure_list"], lambda row, name: _trace_advice(view, row, name)))
        blocks += [figure for figure in [_list_done_by(view, shown)] if figure]
    blocks += [*find_texts(page), *find_notices(page)]
    blocks += [figure for figure in [_list_portfolio(view)] if figure]
    blocks += _show_profile(view)
    return make_section(page, blocks)


BOUNDS = {
    "high_kt": ("low_kt", "high_kt"), "remaining_high_t": ("remaining_low_t", "remaining_high_t"),
    "depth_high": ("depth_low", "depth_high"), "route_factor_high": ("route_factor", "route_factor_high"),
    "implemented_high": ("implemented_low", "implemented_high"), "addressed_high_t": ("addressed_low_t", "addressed_high_t"),
}  # fmt: skip
"""Numbers that are ends of a range, and its two ends."""

ENDS = {end: pair for pair in BOUNDS.values() for end in pair}


def _trace_advice(view: View, row: dict[str, Any], name: str) -> Origin:
    """A number of an advice rests on the balance, on the evidence for the depth, and on the powers."""
    advice = rows_of(view.answers.advice).filter(pl.col("measure") == row["measure"]).row(0, named=True)
    evidence = view.atlas.facts.evidence.filter(pl.col("measure") == row["measure"])
    sources = join_sources(*own_sources(view), *column_of(evidence, "source"))
    pair = ENDS.get(name)
    low, high = (row.get(pair[0]), row.get(pair[1])) if pair else (None, None)
    key = f"measure={row['measure']}" + (f", evidence={' '.join(advice['evidence_rows'])}" if advice["evidence_rows"] else "")
    mark = advice["evidence_mark"]
    return Origin("advice_row", key, sources, year=view.answers.year, low=low, high=high, mark=str(mark) if mark else None)


def _list_done_by(view: View, shown: list[str]) -> Figure | None:
    """Cities that have done the measures listed, similar first, with what differs."""
    done = rows_of(view.answers.done_by)
    if not done.height:
        return None
    speech, titles = view.speech, view.answers.title_measures(view.speech.language)
    chosen = done.filter(pl.col("measure").is_in(shown)).group_by("measure", maintain_order=True).head(EXAMPLES)
    if not chosen.height:
        return None
    rows = chosen.select(
        "city",
        pl.Series("name", [view.call(city) for city in chosen["city"]], dtype=pl.String),
        pl.col("measure").alias("measure_key"),
        pl.Series("title", [titles.get(key, key) for key in chosen["measure"]], dtype=pl.String),
        pl.col("stage").alias("stage_level"),
        pl.Series("stage_name", [f"{stage}: {speech.label(f'stage.{stage}')}" for stage in chosen["stage"]], dtype=pl.String),
        "item", "evidence",
        (pl.col("similarity") * 100).alias("similarity_percent"),
        pl.Series(
            "differs",
            [speech.join(name_key(speech, "variable", key=key) for key in keys[:2]) for keys in chosen["differs"]],
            dtype=pl.String,
        ),
        pl.col("mark").cast(pl.String), "source",
    )  # fmt: skip
    columns = (
        Column("name", speech.label("chart.city")), Column("title", speech.label("chart.measure")),
        Column("stage_name", speech.label("web.city.stage")), Column("item", speech.label("web.city.item")),
        Column("differs", speech.label("briefing.profile.differs")), Column("mark", speech.label("briefing.measures.mark")),
        Column("source", speech.label("chart.source")),
    )  # fmt: skip

    def trace(row: dict[str, Any], _: str) -> Origin:
        keys = {"city": row["city"], "measure": row["measure_key"]}
        return result_origin("stage", keys, "city", "measure", sources=join_sources(row["source"]), mark=row["mark"])

    units = {"stage_level": speech.label("unit.stage"), "similarity_percent": speech.label("unit.percent")}
    return Figure("done_by", Twin(speech.label("web.city.done_by"), columns, rows), trace, units=units)


def _list_portfolio(view: View) -> Figure | None:
    """The plan: each measure on what the ones before it leave."""
    plan = view.answers.portfolio
    if plan is None or not plan.steps.height:
        return None
    speech, titles = view.speech, view.answers.title_measures(view.speech.language)
    steps = plan.steps.with_columns(pl.col("step", "status").cast(pl.String))
    steps = steps.filter((pl.col("status") == "chosen") & (pl.col("reduction_high_t") > 0)).sort("order")
    if not steps.height:
        return None
    kt = {
        "reduction_low_t": "low_kt",
        "reduction_high_t": "high_kt",
        "after_low_t": "left_low_kt",
        "after_high_t": "left_high_kt",
    }
    rows = steps.select(
        "measure",
        pl.Series("name", [titles.get(key, key) for key in steps["measure"]], dtype=pl.String),
        pl.Series("step_name", [speech.label(f"web.city.step.{step}") for step in steps["step"]], dtype=pl.String),
        *((pl.col(tonnes) / 1000).alias(name) for tonnes, name in kt.items()),
    )
    unit = speech.label("unit.kt")
    columns = (
        Column("measure", speech.label("chart.key")), Column("name", speech.label("chart.measure")),
        Column("step_name", speech.label("web.city.step")), Column("low_kt", speech.label("web.city.saves_low"), unit, 1),
        Column("high_kt", speech.label("web.city.saves_high"), unit, 1),
        Column("left_low_kt", speech.label("web.city.left_low"), unit, 1),
        Column("left_high_kt", speech.label("web.city.left_high"), unit, 1),
    )  # fmt: skip
    return Figure(
        "portfolio", Twin(speech.label("web.city.portfolio"), columns, rows), lambda row, name: _trace_step(view, row, name)
    )


def _trace_step(view: View, row: dict[str, Any], name: str) -> Origin:
    ends = ("left_low_kt", "left_high_kt") if name.startswith("left") else ("low_kt", "high_kt")
    evidence = view.atlas.facts.evidence.filter(pl.col("measure") == row["measure"])
    sources = join_sources(*own_sources(view), *column_of(evidence, "source"))
    return result_origin(
        "portfolio_step", row, "measure", sources=sources, year=view.answers.year, low=row[ends[0]], high=row[ends[1]]
    )


def _show_profile(view: View) -> list[Any]:
    """How far the city is: the radar, the bars, and every row; or how long it would take to say so."""
    profile, speech = rows_of(view.answers.profile), view.speech
    if not profile.height:
        return []
    fields = profile.filter(pl.col("row") == "all")
    if not fields.height or not fields["known"].sum():
        return [Notice(speech.sentence("web.city.profile_empty", city=view.name))]
    bars = draw_profile(fields, city=view.name, speech=speech)
    blocks: list[Any] = []
    if fields.height >= FEWEST:
        radar = draw_radar(bars.twin.rows, twin=bars.twin, city=view.name, speech=speech)
        blocks.append(Figure("radar", radar.twin, lambda row, name: _trace_field(view, row, name), radar))
    blocks.append(Figure("profile", bars.twin, lambda row, name: _trace_field(view, row, name), bars))
    return [*blocks, _list_rows(view, profile)]


def _list_rows(view: View, profile: pl.DataFrame) -> Figure:
    """Every row of the profile: its stage and how many of its measures have one."""
    speech = view.speech
    rows = profile.filter(pl.col("row") != "all")
    shown = rows.with_columns(
        pl.Series("name", [name_key(speech, "profile_row", key=key) for key in rows["row"]], dtype=pl.String),
        pl.Series("field_name", [name_key(speech, "field", key=key) for key in rows["field"]], dtype=pl.String),
        (pl.col("coverage") * 100).alias("percent"),
    ).drop("coverage")
    stage, percent = speech.label("unit.stage"), speech.label("unit.percent")
    columns = (
        Column("name", speech.label("web.city.profile_row")), Column("field_name", speech.label("chart.field")),
        Column("stage", speech.label("chart.mean_stage"), stage, 1), Column("stage_low", speech.label("chart.low"), stage, 1),
        Column("stage_high", speech.label("chart.high"), stage, 1), Column("percent", speech.label("chart.coverage"), percent, 0),
        Column("known", speech.label("web.city.known"), digits=0), Column("measures", speech.label("chart.measures"), digits=0),
    )  # fmt: skip
    twin = Twin(speech.label("web.city.profile_rows"), columns, shown)
    return Figure("profile_rows", twin, lambda row, name: _trace_field(view, row, name))


def _trace_field(view: View, row: dict[str, Any], name: str) -> Origin:
    stages = view.atlas.stage.filter(pl.col("city") == view.city)
    low, high = (
        (row.get("low", row.get("stage_low")), row.get("high", row.get("stage_high"))) if name == "stage" else (None, None)
    )
    years = stages["year"].drop_nulls()
    return result_origin(
        "profile", row, "field", "row", sources=column_of(stages, "source") or ("citytandem-2026",),
        year=int(str(years.max())) if years.len() else None, low=low, high=high, mark="P",
    )  # fmt: skip
