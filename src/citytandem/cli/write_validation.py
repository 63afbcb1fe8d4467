"""Writes the page on how far the benchmark can be trusted."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from citytandem.cli.language import SPEECH
from citytandem.cli.screen import open_console, show_progress

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Wish:
    """Which page or section is written, and from what beside the release."""

    estimates: bool = False
    ties: bool = False
    analogues: bool = False
    raw: Path | None = None
    context: Path | None = None


def write_validation(file: Path | None, *, wish: Wish, data: Path | None) -> None:
    """Hold cities out, guess them, and write what came out, whatever it is."""
    from citytandem import estimates_page, hidden_ties, past_analogues, validation
    from citytandem.atlas import load

    with show_progress() as say:
        say("validation")
        atlas = load(data)
        if wish.analogues:
            page = past_analogues.write_section(wish.raw, say=say)
        elif wish.ties:
            page = hidden_ties.write_section(atlas, say=say)
        elif wish.estimates:
            page = estimates_page.report(atlas, context=wish.context)
        else:
            page = validation.report(atlas, raw=wish.raw, say=say)
    if file is None:
        sys.stdout.write(page)
        return
    file.write_text(page, encoding="utf-8")
    open_console().print(SPEECH.sentence("cli.validation.written", file=str(file)))
