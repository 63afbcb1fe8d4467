"""Writes the whole story of a city as a web page and a PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citytandem.cli.language import SPEECH
from citytandem.cli.screen import open_console, show_progress, write_json
from citytandem.replies import answered

if TYPE_CHECKING:
    from pathlib import Path


def write_briefing(city: str, *, year: int | None, out: Path, as_json: bool, data: Path | None) -> None:
    """Write both files and print where they are."""
    from citytandem.atlas import load
    from citytandem.briefing.build import build
    from citytandem.briefing.collect import collect

    with show_progress() as say:
        say("answers")
        answers = collect(load(data), city=city, year=year)
        say("pages")
        files = build(answers, language=SPEECH.language, out=out)
    if as_json:
        write_json(
            answered({"city": answers.city, "year": answers.year, "files": [str(file) for file in files]}, [], speech=SPEECH)
        )
        return
    console = open_console()
    for file in files:
        console.print(str(file), soft_wrap=True)
