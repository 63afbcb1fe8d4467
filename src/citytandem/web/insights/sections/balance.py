"""What do we emit? Bars over the years, flows from carriers to sectors, electricity in its views, and every line."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.briefing.answers import rows_of
from citytandem.briefing.document import Notice, Text
from citytandem.briefing.pages.balance import find_breaks
from citytandem.briefing.pages.balance import write_balance as write_page
from citytandem.charts.chart import name_key
from citytandem.charts.electricity import draw_electricity
from citytandem.charts.flows import draw_flows
from citytandem.charts.sectors import draw_sectors
from citytandem.findings import Finding
from citytandem.science.balance.totals import PARTS
from citytandem.web.insights.choices import UNITS, VARIANTS
from citytandem.web.insights.figures import Figure, Origin, Pick, Section, join_sources
from citytandem.web.insights.sections.estimate import show_estimate
from citytandem.web.insights.sections.lines import list_balances, list_lines, tell_quality
from citytandem.web.insights.sections.page import (
    find_notices,
    find_tables,
    find_texts,
    make_section,
    own_method,
    own_sources,
    people_origin,
    result_origin,
)  # fmt: skip
from citytandem.web.insights.view import own_balances

if TYPE_CHECKING:
    from citytandem.science.benchmark.own_balance import BalanceAnswer
    from citytandem.web.insights.view import View

TOGETHER = ("all", "none")
"""Carriers that name no energy."""


def write_balance(view: View) -> Section:
    """The question ``What do we emit?``."""
    page = write_page(view.answers, view.speech)
    tables, answer = find_tables(page), view.records.balance
    if isinstance(answer, Finding):
        known = own_balances(view.atlas, view.city).height
        return make_section(page, [*find_notices(page), *([list_balances(view)] if known else show_estimate(view))])
    blocks: list[Any] = [_pick_unit(view), _pick_variant(view), *_show_sectors(view), *find_notices(page), *find_texts(page)]
    if "outcomes" in tables:
        blocks.append(Figure("outcomes", tables["outcomes"], lambda row, name: _trace_outcome(view, row, name)))
    blocks += [*_show_electricity(view, answer), *_show_flows(view, answer), *tell_quality(view, answer)]
    blocks += [list_lines(view, answer), list_balances(view)]
    return make_section(page, blocks)


def _pick_unit(view: View) -> Pick:
    options = tuple((unit, view.speech.label(f"web.city.unit.{unit}")) for unit in UNITS)
    return Pick("unit", view.speech.label("web.city.unit"), options, view.choices.unit)


def _pick_variant(view: View) -> Pick:
    label = view.speech.label
    options = tuple((key, label(f"outcome.{key}") if key in PARTS else label("outcome.full")) for key in VARIANTS)
    return Pick("variant", label("web.city.variant"), options, view.choices.variant)


def _show_sectors(view: View) -> list[Any]:
    """The bars of the variant chosen, or why they cannot be shown."""
    lines, variant = rows_of(view.answers.lines), view.choices.variant
    if variant in PARTS:
        missing = _missing(view, variant)
        if missing:
            named = view.speech.join(name_key(view.speech, "sector", key=key.strip()) for key in missing.split(","))
            outcome = view.speech.label(f"outcome.{variant}")
            return [Notice(view.speech.sentence("web.city.variant_missing", outcome=outcome, missing=named))]
        lines = lines.filter(pl.col("sector").is_in(list(PARTS[variant])))
    if not lines.height:
        return []
    per_head = view.choices.unit == "per_head" and lines["population"].null_count() == 0
    chart = draw_sectors(lines, city=view.name, per_head=per_head, speech=view.speech, breaks=find_breaks(view.answers))
    if variant in PARTS:
        chart = replace(chart, title=f"{chart.title} – {view.speech.label(f'outcome.{variant}')}")
        chart.spec["title"]["text"] = chart.title
    return [
        Figure("sectors", chart.twin, lambda row, name: _trace_sector(view, row, name, per_head=per_head), chart, label="year")
    ]


def _missing(view: View, variant: str) -> str | None:
    outcomes = rows_of(view.answers.outcomes)
    rows = outcomes.filter((pl.col("outcome").cast(pl.String) == variant) & pl.col("emissions_t").is_null())
    return str(rows["missing"][0] or "total") if rows.height else None


def balance_of_year(view: View, year: int) -> str:
    """The balance of the own series in a year: of the same publication and method as the one shown."""
    header = view.answers.balance
    same = own_balances(view.atlas, view.city).filter(
        (pl.col("year") == year) & (pl.col("source") == header["source"]) & (pl.col("method") == header["method"])
    )
    ids = sorted(same["balance"].to_list())
    return str(header["balance"]) if header["balance"] in ids or not ids else str(ids[0])


def _trace_sector(view: View, row: dict[str, Any], name: str, *, per_head: bool) -> Origin:
    year = int(row["year"])
    balance = balance_of_year(view, year)
    key = f"balance={balance}" + ("" if name == "sum" else f", sector={name}")
    sources = own_sources(view)
    if per_head:
        people, more = people_origin(view, year)
        key, sources = f"{key} ÷ {people}", join_sources(*sources, *more)
    grades = view.atlas.line.filter(pl.col("balance") == balance)["grade"].drop_nulls()
    grade = str(grades.max()) if grades.len() else None
    return Origin("line", key, sources, year=year, method=own_method(view), grade=grade)


def _trace_outcome(view: View, row: dict[str, Any], name: str) -> Origin:
    outcome = rows_of(view.answers.outcomes).filter(pl.col("outcome").cast(pl.String) == row["outcome"]).row(0, named=True)
    sources = join_sources(outcome["source"], None if name == "kt" else outcome["population_source"])
    low, high = (outcome["low_t_per_head"], outcome["high_t_per_head"]) if name == "per_head_t" else (None, None)
    return result_origin(
        "outcome", {**outcome, "outcome": row["outcome"]}, "balance", "outcome", sources=sources, year=outcome["year"],
        method=outcome["method"], grade=outcome["grade"], low=low, high=high,
    )  # fmt: skip


def _show_electricity(view: View, answer: BalanceAnswer) -> list[Any]:
    """The same kWh under each factor that is known."""
    views = answer.electricity
    if not views.height or views["emissions_t"].null_count() == views.height:
        return []
    speech, chosen = view.speech, view.choices.electricity
    known = views.filter(pl.col("emissions_t").is_not_null())
    keys = known["view"].to_list()
    picked = chosen if chosen in keys else keys[0]
    row = known.row(by_predicate=pl.col("view") == picked, named=True)
    told = speech.sentence(
        "web.city.electricity", view=name_key(speech, "electricity_view", key=picked), mwh=float(row["activity_mwh"]),
        factor=float(row["factor_kg_per_mwh"]), kt=row["emissions_t"] / 1000,
    )  # fmt: skip
    if picked != chosen:
        shown = name_key(speech, "electricity_view", key=chosen)
        told = f"{speech.sentence('web.city.electricity_unknown', view=shown)} {told}"
    options = tuple((key, name_key(speech, "electricity_view", key=key)) for key in keys)
    chart = draw_electricity(views, city=view.name, year=answer.year, chosen=picked, speech=speech)

    def trace(row: dict[str, Any], name: str) -> Origin:
        low, high = (row["low_kt"], row["high_kt"]) if name == "kt" else (None, None)
        sources = join_sources(*own_sources(view), row["source"])
        method = row["content"] or own_method(view)
        return result_origin(
            "electricity_view", row, "view", "region", sources=sources, year=row["year"] or answer.year, method=method,
            low=low, high=high, mark=row["mark"],
        )  # fmt: skip

    pick = Pick("electricity", speech.label("electricity.view"), options, picked)
    return [pick, Text(told), Figure("electricity", chart.twin, trace, chart)]


def _show_flows(view: View, answer: BalanceAnswer) -> list[Any]:
    """Carriers to sectors, in tonnes where they are published, else in energy; nothing where a view holds one of them alone."""
    for column, scale, unit in (("emissions_t", 1000.0, "unit.kt"), ("activity_mwh", 1000.0, "unit.gwh")):
        flows = _gather_flows(answer.line, column, scale=scale)
        if flows is not None:
            label = view.speech.label(unit)
            chart = draw_flows(flows, city=view.name, year=answer.year, unit=label, speech=view.speech)
            return [Figure("flows", chart.twin, lambda row, _: _trace_flow(view, answer, row), chart, "carrier_name")]
    return []


def _gather_flows(line: pl.DataFrame, column: str, *, scale: float) -> pl.DataFrame | None:
    """Rows of the one view that tells carriers and sectors apart."""
    named = line.with_columns(pl.col("carrier", "sector", "view").cast(pl.String))
    for view in ("sector", "carrier"):
        rows = named.filter((pl.col("view") == view) & ~pl.col("carrier").is_in(TOGETHER) & (pl.col(column) > 0))
        summed = rows.group_by("carrier", "sector").agg((pl.col(column).sum() / scale).alias("value"))
        if summed["carrier"].n_unique() > 1 and summed["sector"].n_unique() > 1:
            return summed.sort("carrier", "sector")
    return None


def _trace_flow(view: View, answer: BalanceAnswer, row: dict[str, Any]) -> Origin:
    keys = {"balance": answer.balance["balance"][0], **row}
    return result_origin(
        "line", keys, "balance", "carrier", "sector", sources=own_sources(view), year=answer.year, method=own_method(view)
    )
