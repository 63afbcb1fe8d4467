"""What every question needs: its page of the briefing taken apart, and where its numbers come from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.briefing.answers import rows_of
from citytandem.briefing.document import Grid, Notice, Picture, Text
from citytandem.web.insights.figures import Origin, Section, column_of, join_sources
from citytandem.web.insights.view import own_balances

if TYPE_CHECKING:
    from collections.abc import Sequence

    from citytandem.briefing.document import Page
    from citytandem.charts.chart import Chart, Twin
    from citytandem.web.insights.view import View


def make_section(page: Page, blocks: Sequence[Any]) -> Section:
    """The question with its answer and how we know from the briefing, and the blocks of the web page."""
    return Section(page.key, page.question, page.answer, tuple(blocks), page.how)


def find_notices(page: Page) -> list[Notice]:
    """What is missing, and what would cure it."""
    return [block for block in page.blocks if isinstance(block, Notice)]


def find_texts(page: Page) -> list[Text]:
    """Sentences that stand by themselves."""
    return [block for block in page.blocks if isinstance(block, Text)]


def find_charts(page: Page) -> dict[str, Chart]:
    """Pictures by their key."""
    return {block.chart.key: block.chart for block in page.blocks if isinstance(block, Picture)}


def find_tables(page: Page) -> dict[str, Twin]:
    """Tables by their key."""
    return {block.key: block.twin for block in page.blocks if isinstance(block, Grid) and block.key}


def own_sources(view: View) -> tuple[str, ...]:
    """Sources of the own balance."""
    return join_sources(view.answers.balance.get("source"))


def own_method(view: View) -> str | None:
    """Method of the own balance."""
    method = view.answers.balance.get("method")
    return str(method) if method else None


def structure_sources(view: View, *cities: str) -> tuple[str, ...]:
    """Sources of the structure of cities, such as the own city and its peers."""
    rows = view.atlas.structure.filter(pl.col("city").is_in(list(cities)))
    return column_of(rows, "source")


def peers_of(view: View) -> list[str]:
    """Ids of the peers."""
    peers = rows_of(view.answers.peers)
    return [str(peer) for peer in peers["peer"]] if "peer" in peers.columns else []


def strip_sources(view: View, outcome: str | None = None) -> tuple[str, ...]:
    """Sources of the peers' balances, of one outcome or of all."""
    strip = rows_of(view.answers.strip)
    if outcome and "outcome" in strip.columns:
        strip = strip.filter(pl.col("outcome").cast(pl.String) == outcome)
    return column_of(strip, "source")


def people_origin(view: View, year: int) -> tuple[str, tuple[str, ...]]:
    """Which row gives the number of people a value per person is divided by: its place and its sources."""
    header = own_balances(view.atlas, view.city).filter(pl.col("year") == year)
    if header.height and header["population"].null_count() < header.height:
        return f"balance.population ({year})", column_of(header, "source")
    rows = view.atlas.structure.filter((pl.col("city") == view.city) & (pl.col("variable").cast(pl.String) == "population"))
    nearest = rows.sort((pl.col("year").cast(pl.Int32) - year).abs()).head(1)
    if not nearest.height:
        return "", ()
    return f"structure: city={view.city}, variable=population, year={nearest['year'][0]}", column_of(nearest, "source")


def result_origin(table: str, row: dict[str, Any], *keys: str, sources: tuple[str, ...] = (), **more: Any) -> Origin:
    """The origin of a number of an answer: its table and the keys of its row."""
    return Origin(table, ", ".join(f"{key}={row[key]}" for key in keys if row.get(key) is not None), sources=sources, **more)
