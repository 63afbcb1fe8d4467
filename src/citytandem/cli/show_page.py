"""Shows one page of a briefing in a terminal: question, answer, small pictures, tables, how we know."""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING

from citytandem.briefing.document import Cards, Grid, Notice, Picture, Text
from citytandem.cli import sketches
from citytandem.cli.language import SPEECH
from citytandem.cli.screen import show_table

if TYPE_CHECKING:
    from rich.console import Console

    from citytandem.briefing.document import Block, Page
    from citytandem.charts.chart import Twin

NARROW = 12
"""A table with more columns than this does not fit a terminal; the briefing and --json hold it whole."""


def show_page(console: Console, page: Page) -> None:
    """Print a page: the answer first, then what shows it, then how we know."""
    console.print(f"\n[bold]{page.question}[/bold]")
    console.print(page.answer)
    for block in page.blocks:
        show_block(block, console)
    for how in page.how:
        console.print(f"[dim]{how}[/dim]")


@singledispatch
def show_block(block: Block, console: Console) -> None:
    """Print one block of a page."""
    raise TypeError(type(block).__name__)


@show_block.register(Text)
def _(block: Text, console: Console) -> None:
    console.print(block.text)


@show_block.register(Notice)
def _(block: Notice, console: Console) -> None:
    console.print(f"[yellow]![/yellow] {block.text}")


@show_block.register(Picture)
def _(block: Picture, console: Console) -> None:
    sketch = sketches.SKETCHES.get(block.chart.key)
    if sketch is None or not sketch(console, block.chart.twin):
        _show_twin(console, block.printed)


@show_block.register(Grid)
def _(block: Grid, console: Console) -> None:
    _show_twin(console, block.twin)


@show_block.register(Cards)
def _(block: Cards, console: Console) -> None:
    for card in block.cards:
        console.print(f"\n  [bold]{card.title}[/bold]  {card.subtitle}")
        for label, text in card.lines:
            console.print(f"    {label}: {text}")


def _show_twin(console: Console, twin: Twin) -> None:
    if not twin.rows.height:
        return
    columns = twin.columns[:NARROW]
    headings = [(">" if column.is_number else "") + column.heading for column in columns]
    rows = [cells[: len(columns)] for cells in twin.cells(SPEECH)]
    show_table(console, headings, rows, title=twin.caption)
