"""Shows what is in a city's hands, and which measures would help most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citytandem.cli.language import SPEECH
from citytandem.cli.screen import open_console, show_provenance, write_json
from citytandem.cli.show_page import show_page
from citytandem.replies import answered
from citytandem.tables.records import as_plain

if TYPE_CHECKING:
    from pathlib import Path


def show_advice(city: str, *, year: int | None, as_json: bool, data: Path | None) -> None:
    """Print the split by whose decision it is, the activity profile and the measures on their three axes."""
    from citytandem import verbs
    from citytandem.atlas import load
    from citytandem.briefing.collect import assemble
    from citytandem.briefing.pages.measures import write_measures
    from citytandem.briefing.pages.powers import write_powers

    atlas = load(data)
    found = verbs.advise(atlas, city=city, year=year)
    if as_json:
        write_json(answered(as_plain(found), found.findings, speech=SPEECH))
        return
    answers = assemble(atlas, own=found.city, advice=found)
    console = open_console()
    show_page(console, write_powers(answers, SPEECH))
    show_page(console, write_measures(answers, SPEECH))
    show_provenance(console, found.provenance)
