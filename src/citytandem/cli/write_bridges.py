"""Writes the page of bridges between published balances."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from citytandem.cli.language import SPEECH
from citytandem.cli.screen import open_console, show_progress

if TYPE_CHECKING:
    from pathlib import Path


def write_bridges(file: Path | None, *, pictures: Path | None, raw: Path, data: Path | None) -> None:
    """Bridge every pair of published balances we have, and write what came out; draw some of it where asked."""
    from citytandem.atlas import load
    from citytandem.bridges import draw_pictures, report

    with show_progress() as say:
        say("bridges")
        atlas = load(data)
        page = report(atlas, raw)
        drawn = draw_pictures(atlas, raw) if pictures is not None else {}
    if pictures is not None:
        pictures.mkdir(parents=True, exist_ok=True)
        for name, svg in drawn.items():
            (pictures / name).write_text(svg, encoding="utf-8")
    if file is None:
        sys.stdout.write(page)
        return
    file.write_text(page, encoding="utf-8")
    open_console().print(SPEECH.sentence("cli.validation.written", file=str(file)))
