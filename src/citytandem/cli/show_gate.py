"""Shows which cities may be compared: the sheet of the gate for a pair or a group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citytandem.briefing import sheet
from citytandem.cli.language import SPEECH
from citytandem.cli.screen import open_console, show_findings, show_provenance, show_table, write_json
from citytandem.replies import answered
from citytandem.tables.records import as_plain

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def show_gate(cities: Sequence[str], *, years: Sequence[int], as_json: bool, data: Path | None) -> None:
    """Print the sheet: the answer in a sentence, the balances, each pair, and what would cure the rest."""
    from citytandem import verbs
    from citytandem.atlas import load
    from citytandem.gazetteer import names_in

    atlas = load(data)
    found = verbs.gate(atlas, cities=cities, years=years)
    if as_json:
        write_json(answered(as_plain(found), found.findings, speech=SPEECH))
        return
    console = open_console()
    names = {city: city for city in found.cities} | names_in(atlas, list(found.cities), language=SPEECH.language)
    console.print(f"\n[bold]{sheet.ask(found, names=names, speech=SPEECH)}[/bold]")
    console.print(sheet.answer(found, names=names, speech=SPEECH))
    methods = {key: method.short for key, method in atlas.facts.methods.items()}
    for twin in sheet.tabulate(found, names=names, methods=methods, speech=SPEECH):
        headings = [(">" if column.is_number else "") + column.heading for column in twin.columns]
        show_table(console, headings, twin.cells(SPEECH), title=twin.caption)
    console.print(f"[dim]{SPEECH.label('sheet.how')}[/dim]")
    show_findings(console, found.findings)
    show_provenance(console, found.provenance)
