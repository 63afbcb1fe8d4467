"""Shows which cities to learn from, and what each side gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citytandem.cli.language import SPEECH
from citytandem.cli.screen import open_console, show_provenance, write_json
from citytandem.cli.show_page import show_page
from citytandem.replies import answered
from citytandem.tables.records import as_plain

if TYPE_CHECKING:
    from pathlib import Path


def show_partners(city: str, *, year: int | None, as_json: bool, data: Path | None) -> None:
    """Print a card for each city worth asking; existing ties come first."""
    from citytandem import verbs
    from citytandem.atlas import load
    from citytandem.briefing.collect import assemble
    from citytandem.briefing.pages.partners import write_partners

    atlas = load(data)
    found = verbs.partners(atlas, city=city, year=year)
    if as_json:
        write_json(answered(as_plain(found), found.findings, speech=SPEECH))
        return
    console = open_console()
    show_page(console, write_partners(assemble(atlas, own=found.city, partners=found), SPEECH))
    show_provenance(console, found.provenance)
