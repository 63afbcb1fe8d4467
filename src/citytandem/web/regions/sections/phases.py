"""Which phase is the region in, and in which were the others? Bars by year; the years that resemble today lie on a band."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from citytandem.briefing.document import Block, Notice, Picture
from citytandem.charts.chart import name_key
from citytandem.charts.phases import draw_phases
from citytandem.web.regions.asking import closest_of
from citytandem.web.regions.sections.section import Section, make_page

if TYPE_CHECKING:
    from citytandem.findings import Fact
    from citytandem.web.regions.asking import View

UNTIL = 2026
MOST = 9
"""Regions of one picture, the own one among them."""
OF_ANOTHER = "citytandem-2026"
"""Phases of a district that are read from the coalfield in it; they would be drawn twice."""


def write_phases(view: View) -> Section:
    """The question ``Which phase is it in?``."""
    speech = view.speech
    phases = view.known.table("region_phase")
    regions = _choose(view, phases)
    own = phases_now(view)
    kinds = speech.join(list(dict.fromkeys(name_key(speech, "phase", key=phase) for phase in own)))
    told: dict[str, Fact] = {"region": view.name, "last": view.choices.last}
    answer = (
        speech.sentence("web.region.phases.answer", **told, phases=kinds)
        if own
        else speech.sentence("web.region.phases.unknown", **told)
    )
    if not regions:
        return Section(make_page(view, "phases", answer=answer, blocks=[Notice(speech.label("web.region.phases.none"))]))
    chart = draw_phases(phases, _alike(view), regions=regions, names=view.names, until=UNTIL, speech=speech)
    blocks: list[Block] = [Picture(chart)]
    without = [one for one in (view.region, *view.others) if one not in set(phases["region"])]
    if without:
        blocks.append(Notice(speech.sentence("web.region.phases.without", regions=view.name_all(without))))
    how = [speech.label("web.region.how.phases"), speech.label("web.region.how.marks")]
    shown = chart.twin.rows
    page = make_page(view, "phases", answer=answer, blocks=blocks, how=how)
    return Section(page, tables={"phases": chart.twin}, sources=tuple(sorted(set(shown["source"]))))


def phases_now(view: View) -> list[str]:
    """Kinds of phases of the region at the end of the window; of what it lies in where it has none of its own."""
    phases = view.known.table("region_phase").filter(
        (pl.col("first_year") <= view.choices.last) & (pl.col("last_year").is_null() | (pl.col("last_year") >= view.choices.last))
    )
    for one in view.family:
        found = phases.filter(pl.col("region") == one)
        if found.height:
            return [str(phase) for phase in found["phase"]]
    return []


def _choose(view: View, phases: pl.DataFrame) -> list[str]:
    """The region itself, then those beside it; of a coalfield and its districts only the coalfield."""
    known = phases.filter((pl.col("source") != OF_ANOTHER) | (pl.col("region") == view.region))
    have = set(known["region"])
    chosen = [one for one in (view.region, *view.told) if one in have]
    return chosen[:MOST]


def _alike(view: View) -> pl.DataFrame:
    """The years there that resemble today; those of a district lie on the band of its coalfield as well."""
    schema = {"region": pl.String, "low_now": pl.Int64, "high_now": pl.Int64}
    if view.analogues is None:
        return pl.DataFrame(schema=schema)
    rows = []
    for row in view.analogues.to_dicts():
        rows += [(one, row["low_now"], row["high_now"]) for one in (row["region"], *closest_of(view.known, row["region"]))]
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    return frame.group_by("region", maintain_order=True).agg(pl.col("low_now").min(), pl.col("high_now").max())
