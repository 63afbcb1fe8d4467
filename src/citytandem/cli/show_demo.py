"""Shows the whole chain on one real city, in the order in which a council would ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citytandem.cli.language import SPEECH
from citytandem.cli.screen import open_console, show_provenance, write_json
from citytandem.cli.show_benchmark import show_peers
from citytandem.cli.show_page import show_page
from citytandem.replies import answered
from citytandem.tables.records import as_plain

if TYPE_CHECKING:
    from pathlib import Path

CITY = "DE-05515000"
"""Münster publishes a balance by sector since 1990 and rates the measures of its own plan, so that every link can be shown."""


def show_demo(*, as_json: bool, data: Path | None) -> None:
    """Print balance, position, peers, powers, measures and partners of one city."""
    from citytandem.atlas import load
    from citytandem.briefing.build import compose
    from citytandem.briefing.collect import collect

    answers = collect(load(data), city=CITY)
    if as_json:
        write_json(answered(as_plain(answers), [], speech=SPEECH))
        return
    console = open_console()
    console.print(f"[bold]CityTandem[/bold]  {SPEECH.label('app.claim')}")
    document = compose(answers, language=SPEECH.language)
    for page in document.pages:
        if page.key == "position":
            show_page(console, page)
            show_peers(console, answers)
        elif page.key in {"balance", "powers", "measures", "partners"}:
            show_page(console, page)
    show_provenance(console, answers.provenance)
    console.print(f"\n[bold]{SPEECH.label('cli.demo.next')}[/bold]")
    for command in ("cities heidelberg", "benchmark Yokohama", "briefing Münster --lang de --out ."):
        console.print(f"  citytandem {command}")
