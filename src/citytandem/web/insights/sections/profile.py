"""Who are we? Names, codes, networks and ties, and what a city cannot change soon beside its peers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.briefing.answers import rows_of
from citytandem.briefing.pages.profile import PRINTED
from citytandem.briefing.pages.profile import write_profile as write_page
from citytandem.charts.chart import Column, Twin, name_key
from citytandem.charts.structure import draw_structure
from citytandem.narration import name_country
from citytandem.places import read_languages
from citytandem.web.insights.figures import Facts, Figure, Origin, Section, column_of
from citytandem.web.insights.sections.page import (
    find_charts,
    find_notices,
    find_tables,
    make_section,
    peers_of,
    result_origin,
    structure_sources,
)  # fmt: skip

if TYPE_CHECKING:
    from citytandem.web.insights.view import View

ADDRESSES = {"geonames": "https://www.geonames.org/{}", "wikidata": "https://www.wikidata.org/wiki/{}"}
"""Where a code leads for those who want to follow it."""

DRAWN_AT_LEAST = 2


def write_profile(view: View) -> Section:
    """The question ``Who are we?``."""
    page = write_page(view.answers, view.speech)
    charts, tables = find_charts(page), find_tables(page)
    blocks: list[Any] = [_tell_facts(view)]
    if "map" in charts:
        blocks.append(Figure("map", charts["map"].twin, lambda row, _: _trace_place(view, row), charts["map"]))
    if "peers" in tables:
        blocks.append(Figure("peers", tables["peers"], lambda row, _: _trace_peer(view, row)))
    blocks += find_notices(page)
    if "structure" in tables:
        blocks.append(_show_structure(view, tables["structure"]))
    blocks += [figure for figure in (_list_ties(view), _list_targets(view)) if figure]
    return make_section(page, blocks)


def _tell_facts(view: View) -> Facts:
    speech, atlas = view.speech, view.atlas
    city = atlas.city.row(by_predicate=pl.col("city") == view.city, named=True)
    names = atlas.name.filter((pl.col("city") == view.city) & pl.col("official"))["name"].unique(maintain_order=True).to_list()
    lines = [
        ("web.city.fact.names", speech.join(dict.fromkeys([str(city["name"]), *names])), ""),
        ("web.city.fact.country", name_country(str(city["country"]), speech), ""),
        *([("web.city.fact.state", str(city["state"]), "")] if _is_name(city["state"]) else []),
        ("web.city.fact.area", name_key(speech, "said", key=city["boundary"]), ""),
        ("web.city.fact.languages", _name_languages(view, str(city["country"])), ""),
        ("web.city.fact.clock", str(city["timezone"] or "–").replace("_", " "), ""),
        ("web.city.fact.networks", _name_networks(view), ""),
    ]
    codes = atlas.identifier.filter(pl.col("city") == view.city).sort("scheme", "value")
    told = [(speech.label(key), text, address) for key, text, address in lines]
    for scheme, value in codes.select(pl.col("scheme").cast(pl.String), "value").iter_rows():
        told.append((speech.label(f"web.city.code.{scheme}"), value, ADDRESSES.get(scheme, "").format(value)))
    return Facts(speech.label("web.city.facts"), tuple(told))


def _is_name(state: str | None) -> bool:
    """Some registers give a number for a state, which says nothing to a reader."""
    return bool(state) and not any(letter.isdigit() for letter in str(state))


def _name_languages(view: View, country: str) -> str:
    from babel import Locale  # slow import

    shown = Locale.parse(view.speech.language.replace("-", "_")).languages
    tags = read_languages([country])["language"].to_list()
    return view.speech.join(str(shown.get(tag, tag)) for tag in tags)


def _name_networks(view: View) -> str:
    """The networks of the city; that none is known is not the same as none."""
    keys = view.atlas.membership.filter(pl.col("city") == view.city)["network"].unique().sort().to_list()
    names = dict(view.atlas.facts.network.select("network", "name").unique("network", keep="first").iter_rows())
    named = [names.get(key, key.replace("_", " ").title()) for key in keys]
    return view.speech.join(named) if named else view.speech.label("web.city.fact.no_network")


def _show_structure(view: View, twin: Twin) -> Figure:
    """Strips where own value and range are known; the table holds everything."""
    structure = rows_of(view.answers.structure)
    shown = twin.data
    keyed = Twin(
        twin.caption, twin.columns, twin.rows.with_columns(shown["variable"].cast(pl.String).alias("variable_key")), shown
    )
    labels = {
        key: f"{name_key(view.speech, 'variable', key=key)} ({view.speech.label(f'unit.{PRINTED[key][0]}')})"
        for key in shown["variable"]
        if key in PRINTED
    }
    drawn = structure.with_columns(pl.col("variable").cast(pl.String)).filter(pl.col("median").is_not_null())
    drawn = drawn.filter(pl.col("variable").is_in(list(labels)) & pl.col("own_value").is_not_null())
    chart = None
    if drawn.height >= DRAWN_AT_LEAST:
        chart = draw_structure(drawn, labels=labels, twin=keyed, city=view.name, speech=view.speech)
    units = {"own_value": view.speech.label("web.city.unit.by_row"), "n_known": view.speech.label("unit.peers")}
    units |= dict.fromkeys(("p10", "median", "p90"), units["own_value"])
    return Figure("structure", keyed, lambda row, name: _trace_structure(view, row, name), chart, "variable", units=units)


def _trace_structure(view: View, row: dict[str, Any], name: str) -> Origin:
    if name == "own_value":
        keys = {"city": view.city, "variable": row["variable"], "year": row["year"]}
        return result_origin("structure", keys, "city", "variable", "year", sources=(row["source"],), year=row["year"])
    rows = view.atlas.structure.filter(
        pl.col("city").is_in(peers_of(view)) & (pl.col("variable").cast(pl.String) == row["variable"])
    )
    return Origin("structure", f"variable={row['variable']}, city={' '.join(peers_of(view))}", column_of(rows, "source"))


def _trace_place(view: View, row: dict[str, Any]) -> Origin:
    source = column_of(view.atlas.city.filter(pl.col("city") == row.get("city")), "source")
    return result_origin("city", row, "city", sources=source)


def _trace_peer(view: View, row: dict[str, Any]) -> Origin:
    sources = structure_sources(view, view.city, str(row["peer"]))
    return result_origin("peer", row, "peer", sources=sources, year=view.answers.year, method="Gower", mark="P")


def _list_ties(view: View) -> Figure | None:
    """Cities with a tie, by name."""
    ties = view.atlas.tie.filter((pl.col("city") == view.city) | (pl.col("other") == view.city))
    if not ties.height:
        return None
    titles = dict(view.atlas.source.select("source", "title").iter_rows())
    rows = sorted(
        (
            {
                "city": other, "name": view.call(other), "country": name_country(other[:2], view.speech),
                "tie": name_key(view.speech, "tie", key=str(row["kind"])), "since": row["since"], "source": row["source"],
                "title": titles.get(row["source"], row["source"]),
            }
            for row in ties.iter_rows(named=True)
            for other in [row["other"] if row["city"] == view.city else row["city"]]
        ),
        key=lambda row: str(row["name"]),
    )  # fmt: skip
    label = view.speech.label
    columns = (
        Column("name", label("chart.city")), Column("country", label("chart.country")),
        Column("tie", label("briefing.partners.tie")), Column("since", label("web.city.since"), plain=True),
        Column("title", label("chart.source")),
    )  # fmt: skip
    texts = dict.fromkeys(("city", "name", "country", "tie", "source", "title"), pl.String)
    schema = texts | {"since": pl.Int64}
    twin = Twin(label("web.city.ties"), columns, pl.DataFrame(rows, schema=schema))
    return Figure("ties", twin, lambda row, _: result_origin("tie", row, "city", sources=(row["source"],)))


def _list_targets(view: View) -> Figure | None:
    """What the city has said it will do, as published."""
    targets = view.atlas.target.filter(pl.col("city") == view.city).sort("target_year", "kind")
    if not targets.height:
        return None
    label = view.speech.label
    rows = targets.with_columns(
        pl.col("kind").str.replace_all("_", " ").alias("name"), (pl.col("reduction") * 100).alias("reduction_percent")
    )
    columns = (
        Column("name", label("web.city.target.kind")), Column("target_year", label("web.city.target.year"), plain=True),
        Column("baseline_year", label("web.city.target.base"), plain=True),
        Column("reduction_percent", label("web.city.target.reduction"), label("unit.percent"), 0),
        Column("status", label("web.city.target.status")), Column("source", label("chart.source")),
    )  # fmt: skip

    def trace(row: dict[str, Any], _: str) -> Origin:
        return result_origin(
            "target", {"city": view.city, **row}, "city", "kind", "target_year", sources=(row["source"],), year=row["target_year"]
        )

    return Figure("targets", Twin(label("web.city.targets"), columns, rows.drop("city", "reduction")), trace)
