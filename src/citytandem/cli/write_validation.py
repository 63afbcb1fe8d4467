"""Writes the page on how far the benchmark can be trusted."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from citytandem.cli.language import SPEECH
from citytandem.cli.screen import open_console, show_progress

if TYPE_CHECKING:
    from pathlib import Path


def write_validation(file: Path | None, *, estimates: bool, ties: bool, context: Path | None, data: Path | None) -> None:
    """Hold cities out, guess them, and write what came out, whatever it is."""
    from citytandem import estimates_page, hidden_ties, validation
    from citytandem.atlas import load

    with show_progress() as say:
        say("validation")
        atlas = load(data)
        if ties:
            page = hidden_ties.write_section(atlas, say=say)
        else:
            page = estimates_page.report(atlas, context=context) if estimates else validation.report(atlas, say=say)
    if file is None:
        sys.stdout.write(page)
        return
    file.write_text(page, encoding="utf-8")
    open_console().print(SPEECH.sentence("cli.validation.written", file=str(file)))
