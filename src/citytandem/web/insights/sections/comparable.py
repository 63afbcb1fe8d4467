"""Can it be compared? The gate in plain words, and the bridge from the city's own method to another."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.briefing.document import Grid, Picture
from citytandem.briefing.pages.comparable import write_comparable as write_page
from citytandem.web.insights.figures import Figure, Origin, Section
from citytandem.web.insights.sections.bridge import show_bridge
from citytandem.web.insights.sections.page import find_notices, make_section, result_origin, strip_sources

if TYPE_CHECKING:
    from citytandem.web.insights.view import View

KEYS = ("gate", "reasons")


def write_comparable(view: View) -> Section:
    """The question ``Can it be compared?``."""
    bridge = show_bridge(view)
    # the bridge of the briefing leads to the core; here it leads where the reader asks
    page = write_page(replace(view.answers, bridge=None), view.speech)
    tables = [block.twin for block in page.blocks if isinstance(block, Grid)]
    blocks: list[Any] = [*find_notices(page)]
    for key, twin in zip(KEYS, tables, strict=False):
        blocks.append(Figure(key, twin, lambda row, name: _trace_pair(view, row, name), label=twin.columns[0].name))
    blocks += [block for block in page.blocks if isinstance(block, Picture)]
    return make_section(page, [*blocks, *bridge])


def _trace_pair(view: View, row: dict[str, Any], name: str) -> Origin:
    strip = _strip_row(view, row, name)
    if strip is None:
        return Origin("gate", str(row.get("city", "")), strip_sources(view))
    return result_origin(
        "strip", strip, "outcome", "peer", "balance", sources=(strip["source"],), year=strip["year"], method=strip["method"],
        low=strip["low"], high=strip["high"],
    )  # fmt: skip


def _strip_row(view: View, row: dict[str, Any], outcome: str) -> dict[str, Any] | None:
    """The row of the peers' values behind a cell."""
    strip = view.answers.strip
    if not isinstance(strip, pl.DataFrame) or not strip.height:
        return None
    found = strip.filter((pl.col("peer") == row.get("city")) & (pl.col("outcome").cast(pl.String) == outcome))
    return found.row(0, named=True) if found.height else None
