"""What differs between the region and those beside it, so that a lesson may not travel? Said where known, and where not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from citytandem.briefing.document import Block, Grid, Notice, Text
from citytandem.charts.chart import Column, Twin, name_key
from citytandem.sources.facts import load_facts
from citytandem.tables.series import DIFFERENCES
from citytandem.web.regions.sections.section import Section, make_page

if TYPE_CHECKING:
    from citytandem.findings import Fact
    from citytandem.web.regions.asking import View

MOST = 6
"""Regions set beside the own one; of more the text could not be read."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a source says of one region, in whole or of the region or nation it lies in."""

    place: str
    text: str
    mark: str
    source: str
    told: str
    url: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs: what is known here, there, and of whom nothing is."""

    key: str
    here: tuple[Said, ...]
    there: tuple[Said, ...]
    unknown: tuple[str, ...]


def write_differences(view: View) -> Section:
    """The question ``What differs?``."""
    speech = view.speech
    found = find_differences(view)
    known = sum(bool(one.here) and bool(one.there) for one in found)
    words = speech.join([speech.label(f"web.region.trait.{one.key}") for one in found if one.here and one.there])
    told: dict[str, Fact] = {"region": view.name, "known": known, "all": len(found)}
    answer = (
        speech.sentence("web.region.differs.answer", **told, traits=words)
        if known
        else speech.sentence("web.region.differs.none", **told)
    )
    twin = _tabulate(view, found)
    blocks: list[Block] = [Grid(twin, "differences")] if twin.rows.height else []
    gaps = [
        speech.sentence(
            "web.region.differs.unknown", trait=speech.label(f"web.region.trait.{one.key}"), regions=speech.join(one.unknown)
        )
        for one in found if one.unknown
    ]  # fmt: skip
    blocks += [Text(gap) for gap in gaps]
    if not twin.rows.height:
        blocks.append(Notice(speech.label("web.region.differs.cure")))
    how = [speech.label("web.region.how.differs"), speech.label("web.region.how.marks")]
    page = make_page(view, "differences", answer=answer, blocks=blocks, how=how)
    template = "regions/differences.html" if twin.rows.height else ""
    return Section(
        page, template=template, told={"differences": found}, tables={"differences": twin},
        sources=tuple(sorted(set(twin.rows["source"]))) if twin.rows.height else (),
    )  # fmt: skip


def find_differences(view: View) -> list[Difference]:
    """Each thing that differs, in the order of the house."""
    facts = load_facts()
    sources = facts.source.select("source", pl.col("attribution").alias("told"), "url")
    rows = (
        facts.region_trait.with_columns(pl.col("trait", "mark").cast(pl.String)).join(sources, on="source", how="left").to_dicts()
    )
    by_region: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        by_region.setdefault(row["region"], []).append(row)
    own = _lies_in(view)
    beside = [one for one in view.told if one in by_region and one not in own][:MOST]
    named = beside or list(view.told[:MOST])
    return [
        Difference(
            trait,
            tuple(_say(view, row) for one in own for row in by_region.get(one, []) if row["trait"] == trait),
            tuple(_say(view, row) for one in beside for row in by_region[one] if row["trait"] == trait),
            tuple(
                view.names[one]
                for one in (view.region, *named)
                if not any(
                    row["trait"] == trait for key in (own if one == view.region else [one]) for row in by_region.get(key, [])
                )
            ),
        )
        for trait in DIFFERENCES
    ]


def _lies_in(view: View) -> list[str]:
    """The region, what it lies in or holds, and its nation: what is said of them holds for it as well."""
    country = dict(view.known.table("region").select("region", "country").iter_rows()).get(view.region, "")
    return list(dict.fromkeys([*view.family, f"nation-{country}"]))


def _say(view: View, row: dict[str, str]) -> Said:
    place = view.names.get(row["region"], row["region"])
    return Said(place, row["text"], row["mark"], row["source"], row["told"] or row["source"], row["url"] or "")


def _tabulate(view: View, found: list[Difference]) -> Twin:
    speech = view.speech
    rows = [
        {"trait": speech.label(f"web.region.trait.{one.key}"), "region": said.place, "text": said.text,
         "mark": said.mark, "told": said.told, "source": said.source}
        for one in found for said in (*one.here, *one.there)
    ]  # fmt: skip
    columns = (
        Column("trait", speech.label("web.region.differs.what")),
        Column("region", speech.label("analogue.region")),
        Column("text", speech.label("web.region.differs.said")),
        Column("mark", name_key(speech, "analogue", key="mark")),
        Column("told", speech.label("chart.source")),
    )
    names = ("trait", "region", "text", "mark", "told", "source")
    return Twin(speech.label("web.region.differs.table"), columns, pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String)))
