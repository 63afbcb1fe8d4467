"""What can a city do, what is known about it, and who has done it? The catalogue, and a page for each measure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl
from django.urls import reverse

from citytandem.science.action.depth import effects
from citytandem.science.assessment.framework import ACTIVITY, pick_framework
from citytandem.web.insights.method.sheets import (
    MethodPage,
    Says,
    Sheet,
    link_measures,
    link_sources,
    name_measures,
    say_key,
    show_mark,
    show_source,
)
from citytandem.web.shell.names import call_city

if TYPE_CHECKING:
    from citytandem.web.insights.method.sheets import Asked

DONE = 3
"""From this stage on a city has done it: rollout."""
PLAIN = ("field", "mode", "driver", "order", "influence", "visible", "cost_low", "cost_high", "mark")


def write_measures(asked: Asked) -> MethodPage:
    """The whole catalogue, by field and kind of step."""
    speech, atlas = asked.speech, asked.atlas
    evidence = atlas.facts.evidence.group_by("measure").agg(evidence=pl.len(), read=(pl.col("mark").cast(pl.String) == "S").sum())
    done = _find_done(asked).group_by("measure").agg(cities=pl.col("city").n_unique())
    rows = _plain(atlas.facts.measure).join(evidence, on="measure", how="left").join(done, on="measure", how="left")
    rows = rows.with_columns(pl.col("evidence", "read", "cities").fill_null(0)).sort("measure")
    choices = (
        asked.choose(
            "field",
            label="chart.field",
            options=[(key, speech.label(f"field.{key}")) for key in rows["field"].unique(maintain_order=True)],
        ),
        asked.choose(
            "order",
            label="web.city.step",
            options=[(key, speech.label(f"web.city.step.{key}")) for key in ("enable", "avoid", "shift", "improve", "supply")],
        ),
    )
    for choice in choices:
        rows = rows.filter(pl.col(choice.name) == choice.chosen) if choice.chosen else rows
    columns = (
        Says("measure", "chart.key"),
        Says("title", "chart.measure", to="measure_address"),
        Says("field", "chart.field", prefix="field"),
        Says("order", "web.city.step", prefix="web.city.step"),
        Says("mode", "web.method.mode", prefix="mode"),
        Says("evidence", "web.method.evidence_rows", kind="number"),
        Says("read", "web.method.evidence_read", kind="number"),
        Says("cities", "web.method.cities_done", kind="number"),
        show_mark(),
    )
    sheet = Sheet(
        "catalogue", speech.label("web.method.measures.title"), link_measures(rows, titles=name_measures(asked)), columns
    )
    return MethodPage(
        "measures",
        speech.label("web.method.measures.title"),
        speech.sentence(
            "web.method.measures.answer", count=atlas.facts.measure.height, rows=atlas.facts.evidence.height, cities=done.height
        ),
        (sheet, _list_levels(asked), _list_routes(asked)),
        choices=choices,
    )


def write_measure(asked: Asked) -> MethodPage | None:
    """One measure: what it is, its effect as known, and the cities that have rolled it out, by name."""
    speech, facts = asked.speech, asked.atlas.facts
    own = _plain(facts.measure.filter(pl.col("measure") == asked.item))
    if own.is_empty():
        return None
    row, title = own.row(0, named=True), name_measures(asked)[asked.item]
    evidence = _of(facts.evidence, asked.item)
    done = _list_done(asked)
    answer = speech.sentence(
        "web.method.measure.answer",
        title=title,
        field=speech.label(f"field.{row['field']}"),
        rows=evidence.height,
        read=evidence.filter(pl.col("mark").cast(pl.String) == "S").height,
        cities=done.rows["city"].n_unique(),
    )
    sheets = (
        _list_effects(asked),
        _list_evidence(asked, evidence),
        done,
        _list_targets(asked),
        _list_levers(asked),
        _list_ties(asked),
        _list_levels(asked),
    )
    return MethodPage(
        "measure",
        f"{asked.item} · {title}",
        answer,
        sheets,
        facts=_describe(asked, row),
        notes=(speech.label("web.method.marks"), speech.label("web.method.english")),
        is_searched=False,
    )


def _describe(asked: Asked, row: dict[str, Any]) -> tuple[tuple[str, str, str], ...]:
    """What the catalogue says about a measure, in short; the address where there is one."""
    speech = asked.speech
    costs = speech.join(dict.fromkeys(speech.label(f"cost.{row[name]}") for name in ("cost_low", "cost_high")))
    told = (
        ("chart.field", say_key(row["field"], prefix="field", speech=speech)),
        ("web.city.step", say_key(row["order"], prefix="web.city.step", speech=speech)),
        ("web.method.mode", say_key(row["mode"], prefix="mode", speech=speech)),
        ("web.method.role", say_key(row["role"], prefix="part_of_city", speech=speech)),
        ("web.method.moves", say_key(row["driver"], prefix="moves", speech=speech)),
        ("web.method.influence", say_key(row["influence"], prefix="influence", speech=speech)),
        ("web.method.visible", say_key(row["visible"], prefix="chosen", speech=speech)),
        ("web.method.cost", costs),
        ("web.method.revenue", speech.label("said.yes" if row["revenue"] else "said.no")),
        ("web.method.lifetime", speech.sentence("web.method.years", count=row["lifetime_years"])),
        ("briefing.measures.mark", say_key(row["mark"], prefix="mark", speech=speech)),
    )
    source = (speech.label("chart.source"), row["source"], f"{reverse('method_page', args=['sources'])}?q={row['source']}")
    return (*((speech.label(label), text, "") for label, text in told), source)


def _plain(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(pl.col(name).cast(pl.String) for name in PLAIN if name in frame.columns)


def _of(frame: pl.DataFrame, measure: str) -> pl.DataFrame:
    return frame.filter(pl.col("measure") == measure)


def _find_done(asked: Asked) -> pl.DataFrame:
    return asked.atlas.stage.filter(pl.col("stage") >= DONE)


def _list_effects(asked: Asked) -> Sheet:
    """The range of each part of the effect, by the stated rule."""
    facts = asked.atlas.facts
    found = effects(facts.evidence, [asked.item], base=facts.evidence_base, width=facts.width)
    known = found.filter(pl.col("high").is_not_null() | pl.col("low").is_not_null())
    known = known.with_columns(pl.col("part", "level", "kind", "mark", "width_reason").cast(pl.String))
    columns = (
        Says("part", "web.method.part", prefix="part_of_effect"),
        Says("low", "chart.low", kind="number"),
        Says("high", "chart.high", kind="number"),
        Says("level", "web.method.base_level", prefix="base_level"),
        Says("kind", "web.method.kind", prefix="evidence_kind"),
        Says("is_evidence", "web.method.is_evidence", kind="yes_no"),
        Says("n_rows", "web.method.evidence_rows", kind="number"),
        Says("width_reason", "web.method.width", prefix="width_reason"),
        show_mark(),
    )
    return Sheet(
        "effects", asked.speech.label("web.method.measure.effects"), known, columns, asked.speech.label("web.method.measure.rule")
    )


def _list_evidence(asked: Asked, evidence: pl.DataFrame) -> Sheet:
    bases = asked.atlas.facts.evidence_base.select("base", base_text="text")
    rows = evidence.join(bases, on="base", how="left").with_columns(pl.col("part", "kind", "mark").cast(pl.String))
    columns = (
        Says("evidence", "chart.key"),
        Says("part", "web.method.part", prefix="part_of_effect"),
        Says("quantity", "web.method.quantity", prefix="quantity"),
        Says("low", "chart.low", kind="number"),
        Says("central", "web.method.central", kind="number"),
        Says("high", "chart.high", kind="number"),
        Says("unit", "chart.unit", kind="english"),
        Says("base_text", "web.method.base", kind="english"),
        Says("country", "chart.country", kind="country"),
        Says("year", "chart.year"),
        Says("kind", "web.method.kind", prefix="evidence_kind"),
        Says("self_reported", "web.method.self_reported", kind="yes_no"),
        show_mark(),
        show_source(),
        Says("note", "web.method.note", kind="english"),
    )
    return Sheet("evidence", asked.speech.label("web.method.measure.evidence"), link_sources(rows), columns)


def _list_done(asked: Asked) -> Sheet:
    """Cities with this measure at stage 3 or 4, by name."""
    language, atlas = asked.speech.language, asked.atlas
    rows = _of(_find_done(asked), asked.item).with_columns(pl.col("mark").cast(pl.String))
    rows = rows.with_columns(
        pl.Series("name", [call_city(atlas, city, language=language) for city in rows["city"]], dtype=pl.String),
        pl.Series("city_address", [reverse("city", args=[city]) for city in rows["city"]], dtype=pl.String),
    ).sort("name", "item")
    columns = (
        Says("name", "chart.city", to="city_address"),
        Says("title", "web.city.item"),
        Says("stage", "web.city.stage", prefix="stage"),
        Says("year", "chart.year", kind="year"),
        Says("evidence", "web.method.said_by"),
        show_mark(),
        show_source(),
    )
    return Sheet(
        "cities",
        asked.speech.label("web.method.measure.cities"),
        link_sources(rows),
        columns,
        asked.speech.label("web.method.measure.cities_note"),
    )


def _list_targets(asked: Asked) -> Sheet:
    rows = _of(asked.atlas.facts.target, asked.item).with_columns(pl.col("sector", "carrier", "mark").cast(pl.String))
    columns = (
        Says("sector", "chart.sector", prefix="sector"),
        Says("carrier", "chart.carrier", prefix="carrier"),
        show_mark(),
        show_source(),
    )
    return Sheet("targets", asked.speech.label("web.method.measure.targets"), link_sources(rows), columns)


def _list_levers(asked: Asked) -> Sheet:
    rows = _of(asked.atlas.facts.lever, asked.item).with_columns(pl.col("dimension", "mark").cast(pl.String))
    columns = (
        Says("asset", "web.city.asset", prefix="asset"),
        Says("dimension", "web.city.dimension", prefix="dimension"),
        Says("main", "web.method.main", kind="yes_no"),
        show_mark(),
        show_source(),
    )
    return Sheet("levers", asked.speech.label("web.method.measure.levers"), link_sources(rows), columns)


def _list_ties(asked: Asked) -> Sheet:
    """Measures that raise the reach of this one, that it raises, or that compete with it."""
    facts, own = asked.atlas.facts, asked.item
    groups = facts.exclusion.filter(pl.col("measure") == own)["group"].to_list()
    competing = facts.exclusion.filter(pl.col("group").is_in(groups) & (pl.col("measure") != own))
    rows = pl.concat(
        [
            _tie(facts.enabling.filter(pl.col("enables") == own), "measure", "raised_by"),
            _tie(facts.enabling.filter(pl.col("measure") == own), "enables", "raises"),
            _tie(competing, "measure", "competes"),
        ]
    )
    columns = (
        Says("how", "web.method.measure.how", prefix="together"),
        Says("title", "chart.measure", to="measure_address"),
        show_mark(),
        show_source(),
    )
    linked = link_sources(link_measures(rows, titles=name_measures(asked)))
    return Sheet("together", asked.speech.label("web.method.measure.together"), linked, columns)


def _tie(rows: pl.DataFrame, column: str, how: str) -> pl.DataFrame:
    return rows.select(pl.lit(how).alias("how"), pl.col(column).alias("measure"), pl.col("mark").cast(pl.String), "source")


def _list_levels(asked: Asked) -> Sheet:
    """What each stage means, and how much of a measure counts as done at it."""
    facts = asked.atlas.facts
    rows = (
        pick_framework(facts, ACTIVITY)
        .level.join(facts.implemented_share.select(pl.col("stage").alias("level"), "share"), on="level", how="left")
        .with_columns(pl.col("mark").cast(pl.String))
    )
    columns = (
        Says("level", "web.city.stage", prefix="stage"),
        Says("meaning", "web.method.meaning", kind="english"),
        Says("evidence", "web.method.proof", kind="english"),
        Says("share", "web.method.share", kind="number"),
        show_mark(),
        show_source(),
    )
    return Sheet("stages", asked.speech.label("web.method.stages"), link_sources(rows), columns)


def _list_routes(asked: Asked) -> Sheet:
    rows = asked.atlas.facts.route.with_columns(pl.col("route", "dimension", "mark").cast(pl.String))
    columns = (
        Says("route", "web.method.route", prefix="route"),
        Says("dimension", "web.city.dimension", prefix="dimension"),
        Says("minimum_level", "web.method.from_level", kind="number"),
        Says("factor", "web.method.route_factor", kind="number"),
        show_mark(),
        show_source(),
    )
    return Sheet("routes", asked.speech.label("web.method.routes"), link_sources(rows), columns)
