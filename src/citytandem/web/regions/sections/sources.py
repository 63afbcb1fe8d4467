"""Where do the figures of a region's page come from? One line for each publication."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from citytandem.briefing.document import Grid
from citytandem.charts.chart import Column, Twin
from citytandem.sources.facts import load_facts
from citytandem.web.regions.sections.section import Section, make_page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from citytandem.web.regions.asking import View


def write_sources(view: View, *, keys: Sequence[str]) -> Section:
    """The question ``Where does it come from?``; a key of a file of the operator's stands for itself."""
    speech = view.speech
    wanted = pl.DataFrame({"source": list(keys)}, schema={"source": pl.String})
    columns = ["source", "title", "publisher", "year", "licence", "url"]
    rows = wanted.join(load_facts().source.select(columns), on="source", how="left").with_columns(
        pl.col("title").fill_null(pl.col("source"))
    )
    heads = {"source": "key", "title": "title", "year": "year", "url": "address"}
    told = tuple(Column(name, speech.label(f"web.region.source.{word}"), plain=name == "year") for name, word in heads.items())
    twin = Twin(speech.label("web.region.sources"), told, rows)
    answer = speech.sentence("web.region.sources.answer", count=rows.height)
    page = make_page(view, "sources", answer=answer, blocks=[Grid(twin, "sources")] if rows.height else [])
    return Section(
        page, template="regions/sources.html", told={"rows": rows.to_dicts()}, tables={"sources": twin} if rows.height else {}
    )
