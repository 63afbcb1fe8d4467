"""Why does the figure change under another method? The bridge from the city's own balance to where the reader asks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.briefing.document import Notice, Text
from citytandem.briefing.pages.page import tell_finding
from citytandem.charts.bridge import draw_bridge
from citytandem.charts.chart import Column, write_number
from citytandem.findings import CannotCompute, Code, Finding
from citytandem.narration import name_method
from citytandem.science.balance.bridge_target import CORE_VARIANTS
from citytandem.web.insights.figures import Figure, Origin, Pick, join_sources
from citytandem.web.insights.sections.page import own_method
from citytandem.web.insights.view import ask_bridge, own_balances

if TYPE_CHECKING:
    from citytandem.science.balance.bridge import Bridge
    from citytandem.web.insights.view import View

NEAR_YEARS = 3


def show_bridge(view: View) -> list[Any]:
    """The choice of an end, the sentence, the steps; or why there is no bridge.

    Raises
    ------
    CannotCompute
        BRIDGE_END_UNKNOWN when the address asks for an end that is none.
    """
    header = view.answers.balance
    if not header:
        return []
    options = _list_ends(view)
    to = view.choices.to or "core"
    bridge = ask_bridge(view.atlas, balance=str(header["balance"]), city=view.city, year=int(str(header["year"])), to=to)
    if isinstance(bridge, Finding):
        if bridge.code == Code.BRIDGE_END_UNKNOWN:
            raise CannotCompute(bridge)
        return [Notice(tell_finding(bridge, answers=view.answers, speech=view.speech))]
    pick = Pick("to", view.speech.label("web.city.bridge.to"), options, to)
    told = [Notice(tell_finding(finding, answers=view.answers, speech=view.speech)) for finding in bridge.findings]
    return [pick, Text(_tell(view, bridge)), _show_steps(view, bridge), *told]


def _list_ends(view: View) -> tuple[tuple[str, str], ...]:
    """Where a bridge can lead: our core, other published balances nearby, and methods described as data."""
    header, speech = view.answers.balance, view.speech
    ends = [(key, speech.label(f"variant.{key}")) for key in ("core", *(key for key in CORE_VARIANTS if key != "core"))]
    near = own_balances(view.atlas, view.city).filter(
        (pl.col("balance") != header["balance"])
        & ((pl.col("year").cast(pl.Int32) - int(str(header["year"]))).abs() <= NEAR_YEARS)
    )
    ends += [(str(row["balance"]), _name_end(view, str(row["balance"]))) for row in near.iter_rows(named=True)]
    methods = {key: method for key, method in view.atlas.facts.methods.items() if method.sectors and key != header["method"]}
    return (*ends, *sorted(((key, _name_end(view, key)) for key in methods), key=lambda pair: pair[1]))


def _name_end(view: View, end: str) -> str:
    """What people call an end of a bridge: a variant, a method, or a balance with its year."""
    if end in CORE_VARIANTS:
        return view.speech.label(f"variant.{end}")
    own = view.atlas.balance.filter(pl.col("balance") == end)
    if own.height:
        method = name_method(own["method"][0], methods=view.answers.methods, speech=view.speech)
        named = f"{method}, {own['year'][0]}"
        alike = view.atlas.balance.join(own.select("city", "year", "method"), on=["city", "year", "method"], how="semi")
        # two publications of one year and method are told apart by who published them
        return named if alike.height < 2 else f"{named} ({own['source'][0]})"
    return name_method(end, methods=view.answers.methods, speech=view.speech)


def _name_ends(view: View, bridge: Bridge) -> dict[str, str]:
    """What the picture calls the two ends."""
    return {end: _name_end(view, end) for end in (bridge.start, bridge.end)}


def _tell(view: View, bridge: Bridge) -> str:
    return view.speech.sentence(
        "web.city.bridge.answer" if bridge.published else "web.city.bridge.answer_method",
        start=_name_end(view, bridge.start), end=_name_end(view, bridge.end),
        before=bridge.from_t / 1000, after=bridge.to_t / 1000,
        net=write_number(bridge.net_t / 1000, digits=1, speech=view.speech),
        unexplained=view.speech.percent(bridge.unexplained_share),
    )  # fmt: skip


def _show_steps(view: View, bridge: Bridge) -> Figure:
    """The picture of the bridge; each step is traced by its number and carries its mark."""
    drawn = draw_bridge(bridge, city=view.name, speech=view.speech, methods=_name_ends(view, bridge))
    marks = [None, *bridge.steps["mark"].cast(pl.String).to_list(), None]
    rows = drawn.twin.rows.with_columns(
        pl.int_range(pl.len()).alias("number"), pl.Series("mark", marks, dtype=pl.String),
        pl.Series("source_keys", ["", *bridge.steps["source"].to_list(), ""], dtype=pl.String),
    )  # fmt: skip
    columns = (*drawn.twin.columns, Column("mark", view.speech.label("briefing.measures.mark")))
    chart = replace(drawn, twin=replace(drawn.twin, rows=rows, columns=columns))
    whole = join_sources(*(key for key in bridge.steps["source"]), view.answers.balance.get("source"))

    def trace(row: dict[str, Any], name: str) -> Origin:
        low, high = (row["low_t"], row["high_t"]) if name == "change_t" else (None, None)
        sources = join_sources(row["source_keys"]) if name != "after_t" and row["source_keys"] else whole
        return Origin(
            "bridge_step", f"{bridge.start} → {bridge.end}, number={row['number']}", sources, year=bridge.year,
            method=own_method(view), low=low, high=high, mark=row["mark"],
        )  # fmt: skip

    return Figure("bridge", chart.twin, trace, chart, "step")
