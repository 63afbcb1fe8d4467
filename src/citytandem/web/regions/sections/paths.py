"""How did it go here, and there beside it? Small multiples, each region beside its own peak."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.briefing.document import Block, Notice, Picture
from citytandem.charts.chart import Column, Twin, name_key
from citytandem.charts.trajectory import draw_trajectory
from citytandem.science.transition.trajectories import AMOUNTS, SHARES, TO_NATION
from citytandem.web.regions.asking import RUHR
from citytandem.web.regions.reading import paths_of
from citytandem.web.regions.sections.section import Section, make_page

if TYPE_CHECKING:
    from citytandem.web.regions.asking import View
    from citytandem.words import Speech

DRAWN = sorted({indicator for choices in (*SHARES.values(), *AMOUNTS.values()) for indicator, _ in choices})
"""Indicators behind the paths."""
IN_ONE = 3
"""More lines beside the own one nobody can read."""


def write_paths(view: View) -> Section:
    """The question ``How did it go there, beside here?``."""
    speech = view.speech
    if view.region not in paths_of(view.known).regions:
        missing = speech.sentence("web.region.paths.none", region=view.name)
        return Section(make_page(view, "paths", answer=missing, blocks=[Notice(speech.label("web.region.paths.cure"))]))
    rows = view.trajectories([view.region, *view.others])
    blocks: list[Block] = []
    tables: dict[str, Twin] = {}
    for number, group in enumerate(group_others(view.others)):
        key = "trajectory" if number == 0 else f"trajectory-{number + 1}"
        chart = draw_trajectory(
            rows, region=view.region, others=group, names=view.names, speech=speech, across=view.choices.across, key=key
        )
        if chart.twin.rows.height:
            blocks.append(Picture(chart, _shorten(view, chart.twin)))
            tables[key] = chart.twin
    blocks += [Notice(text) for text in _tell_breaks(view)]
    sources = tuple(sorted(set(rows["source"])))
    how = [speech.label(f"web.region.how.{key}") for key in ("own_peak", "one_source", "points")]
    return Section(make_page(view, "paths", answer=_answer(view), blocks=blocks, how=how), tables=tables, sources=sources)


def group_others(others: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Who shares a picture: the Ruhr districts among themselves, the others three at a time.

    >>> group_others(("BE33", "DEA1", "FR30", "DEA3", "ES12", "DEA5", "UKL"))
    [('BE33', 'FR30', 'ES12'), ('UKL',), ('DEA1', 'DEA3', 'DEA5')]
    """
    ruhr = tuple(other for other in others if other in RUHR)
    rest = tuple(other for other in others if other not in RUHR)
    groups = [rest[at : at + IN_ONE] for at in range(0, len(rest), IN_ONE)]
    return [*groups, ruhr] if ruhr else groups or [()]


def _answer(view: View) -> str:
    """When industry's share was highest here, and how many years ago that was at the end of the window."""
    own = view.trajectories([view.region]).filter(pl.col("trait") == "industry")
    if own.is_empty():
        return view.speech.sentence("web.region.paths.answer_plain", region=view.name, others=view.name_all(view.others))
    row = own.sort("of_peak", "year", descending=[True, False]).row(0, named=True)
    told = {"region": view.name, "peak": row["year"], "years": max(0, view.choices.last - row["year"]), "last": view.choices.last}
    if not view.others:
        return view.speech.sentence("web.region.paths.answer_alone", **told)
    return view.speech.sentence("web.region.paths.answer", **told, others=view.name_all(view.others))


def _shorten(view: View, twin: Twin) -> Twin:
    """The table for paper: first, highest and newest value of each path, as the whole would fill sheets; none to the nation."""
    speech = view.speech
    rows = []
    plain = twin.rows.filter(~pl.col("trait").is_in(list(TO_NATION)))
    for (trait, name), part in plain.group_by("trait_name", "name", maintain_order=True):
        ends = {"first": part.head(1), "highest": part.sort("of_peak", descending=True).head(1), "newest": part.tail(1)}
        told = {key: _write(one.row(0, named=True), speech=speech) for key, one in ends.items()}
        rows.append({"trait_name": trait, "name": name, **told})
    columns = (
        Column("trait_name", speech.label("chart.trajectory.trait")),
        Column("name", speech.label("analogue.region")),
        *(Column(key, speech.label(f"web.region.paper.{key}")) for key in ("first", "highest", "newest")),
    )
    return Twin(twin.caption, columns, pl.DataFrame(rows), twin.rows)


def _write(row: dict[str, Any], *, speech: Speech) -> str:
    value = speech.number(row["value"], digits=1 if row["unit"] == "percent" else 3)
    return speech.sentence("web.region.paper.value", value=value, year=row["year"])


def _tell_breaks(view: View) -> list[str]:
    """Every break of the regions shown: where, when, in what, and how sure we are."""
    speech = view.speech
    breaks = view.known.table("region_break").filter(pl.col("region").is_in([view.region, *view.others]))
    drawn = pl.col("indicator").is_null() | pl.col("indicator").cast(pl.String).is_in(DRAWN)
    told = []
    for row in breaks.filter(drawn).sort("region", "year").to_dicts():
        what = (
            name_key(speech, "region.indicator", key=row["indicator"])
            if row["indicator"]
            else speech.label("web.region.every_series")
        )
        facts = {"region": view.names[row["region"]], "year": row["year"], "series": what, "what": row["what"]}
        told.append(speech.sentence("web.region.break", **facts, mark=name_key(speech, "mark", key=str(row["mark"]))))
    return told
