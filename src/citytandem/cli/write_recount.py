"""Writes the page of recounted totals, and every recounted figure as CSV."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from citytandem.cli.language import SPEECH
from citytandem.cli.screen import open_console, show_progress

if TYPE_CHECKING:
    from pathlib import Path


def write_recount(file: Path | None, *, table: Path | None, raw: Path) -> None:
    """Recount every published total we have lines for, and write what came out, whatever it is."""
    from citytandem.recounts import recount_all, report

    with show_progress() as say:
        say("recount")
        counted = recount_all(raw)
    if table is not None:
        counted.write_csv(table)
        open_console().print(SPEECH.sentence("cli.validation.written", file=str(table)))
    if file is None:
        sys.stdout.write(report(counted))
        return
    file.write_text(report(counted), encoding="utf-8")
    open_console().print(SPEECH.sentence("cli.validation.written", file=str(file)))
