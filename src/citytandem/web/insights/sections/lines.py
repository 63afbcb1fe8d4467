"""Every line of a balance as published, its quality, and the other balances of the city."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.briefing.document import Notice
from citytandem.charts.chart import Column, Twin, name_key
from citytandem.narration import name_method
from citytandem.web.insights.figures import Figure, Origin
from citytandem.web.insights.sections.page import result_origin
from citytandem.web.insights.view import own_balances

if TYPE_CHECKING:
    from citytandem.science.benchmark.own_balance import BalanceAnswer
    from citytandem.web.insights.view import View


def list_lines(view: View, answer: BalanceAnswer) -> Figure:
    """The balance as it was published, row by row."""
    speech, header = view.speech, answer.balance.row(0, named=True)
    words = ("view", "sector", "carrier", "scope", "notation", "grade")
    line = answer.line.with_columns(pl.col(name).cast(pl.String) for name in words).sort("view", "item")
    rows = line.with_columns(
        pl.Series("view_name", [name_key(speech, "web.city.line_view", key=key) for key in line["view"]], dtype=pl.String),
        pl.Series("sector_name", [name_key(speech, "sector", key=key) for key in line["sector"]], dtype=pl.String),
        pl.Series("carrier_name", [name_key(speech, "carrier", key=key) for key in line["carrier"]], dtype=pl.String),
    )
    columns = (
        Column("item", speech.label("web.city.line.item")),
        Column("view_name", speech.label("web.city.line.view")),
        Column("sector_name", speech.label("chart.sector")),
        Column("carrier_name", speech.label("chart.carrier")),
        Column("scope", speech.label("web.city.line.scope")),
        Column("activity_mwh", speech.label("chart.electricity.energy"), "MWh", 0),
        Column("emissions_t", speech.label("briefing.emissions"), speech.label("unit.t"), 0),
        Column("notation", speech.label("web.city.line.notation")),
        Column("grade", speech.label("briefing.grade")),
    )

    def trace(row: dict[str, Any], _: str) -> Origin:
        return result_origin(
            "line", row, "balance", "view", "item", sources=(row["source"],), year=answer.year, method=str(header["method"]),
            grade=row["grade"],
        )  # fmt: skip

    caption = speech.sentence(
        "web.city.lines", year=str(answer.year), method=name_method(header["method"], methods=view.answers.methods, speech=speech)
    )
    units = {"factor_kg_per_mwh": speech.label("unit.kg_per_mwh")}
    return Figure("lines", Twin(caption, columns, rows), trace, label="item", units=units)


def list_balances(view: View) -> Figure:
    """All balances published for the city that we know, newest first, with their methods."""
    speech = view.speech
    own = own_balances(view.atlas, view.city).join(view.atlas.source.select("source", "url", "title"), on="source", how="left")
    methods = [name_method(key, methods=view.answers.methods, speech=speech) for key in own["method"]]
    rows = own.with_columns(
        pl.Series("method_name", methods, dtype=pl.String),
        pl.Series(
            "made", [speech.label("said.top_down" if top_down else "said.bottom_up") for top_down in own["top_down"]],
            dtype=pl.String,
        ),
        pl.col("gwp", "electricity").cast(pl.String),
    ).drop("city", "top_down", "weather_corrected")  # fmt: skip
    columns = (
        Column("year", speech.label("chart.year"), plain=True),
        Column("method_name", speech.label("chart.method")),
        Column("reported_t", speech.label("web.city.balances.total"), speech.label("unit.t"), 0),
        Column("made", speech.label("sheet.made")),
        Column("title", speech.label("chart.source")),
        Column("url", speech.label("briefing.sources.address")),
    )

    def trace(row: dict[str, Any], _: str) -> Origin:
        return result_origin("balance", row, "balance", sources=(row["source"],), year=row["year"], method=row["method"])

    units = {"population": speech.label("unit.people")}
    return Figure("balances", Twin(speech.label("web.city.balances"), columns, rows), trace, label="balance", units=units)


def tell_quality(view: View, answer: BalanceAnswer) -> list[Any]:
    """How much of the balance has which grade; or that no grade is published, and what that means for the intervals."""
    speech, line = view.speech, answer.line
    graded = line.filter(pl.col("grade").is_not_null() & pl.col("emissions_t").is_not_null())
    if not graded.height:
        return [Notice(speech.label("web.city.quality.none"))]
    whole = float(line["emissions_t"].abs().sum())
    rows = (
        graded.group_by(pl.col("grade").cast(pl.String))
        .agg((pl.col("emissions_t").abs().sum() / whole * 100).alias("share_percent"), pl.len().cast(pl.Int64).alias("lines"))
        .sort("grade")
    )
    columns = (
        Column("grade", speech.label("briefing.grade")),
        Column("share_percent", speech.label("web.city.quality.share"), speech.label("unit.percent"), 0),
        Column("lines", speech.label("web.city.quality.lines"), digits=0),
    )

    def trace(row: dict[str, Any], _: str) -> Origin:
        header = answer.balance.row(0, named=True)
        keys = {"balance": header["balance"], "grade": row["grade"]}
        return result_origin(
            "line", keys, "balance", "grade", sources=(header["source"],), year=answer.year, method=str(header["method"]),
            grade=row["grade"],
        )  # fmt: skip

    return [Figure("quality", Twin(speech.label("web.city.quality"), columns, rows), trace, label="grade")]
