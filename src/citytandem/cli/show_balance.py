"""Shows what a city emits, and what of it can be compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citytandem.cli.answers import answered
from citytandem.cli.language import SPEECH
from citytandem.cli.screen import open_console, show_findings, show_provenance, write_json
from citytandem.cli.show_page import show_page
from citytandem.tables.records import as_plain

if TYPE_CHECKING:
    from pathlib import Path


def show_balance(city: str, *, year: int | None, as_json: bool, data: Path | None) -> None:
    """Print the balance of one city: sectors over the years, and the outcomes of one year."""
    from citytandem import verbs
    from citytandem.atlas import load
    from citytandem.briefing.collect import assemble
    from citytandem.briefing.pages.balance import write_balance

    atlas = load(data)
    found = verbs.balance(atlas, city=city, year=year)
    if as_json:
        write_json(answered(as_plain(found), found.findings, SPEECH))
        return
    console = open_console()
    show_page(console, write_balance(assemble(atlas, own=found.city, balance=found), SPEECH))
    show_findings(console, found.findings)
    show_provenance(console, found.provenance)
