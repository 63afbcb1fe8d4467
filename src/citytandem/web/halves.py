"""Folders that appear whole or not at all: written beside their place, then given their name in one step."""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

HALF = ".part"
"""The end of the name of a folder or file that is still being written."""
STALE_SECONDS = 1_800
"""A half that is older than this belongs to nobody: no writing may take a tenth of it."""


def make_half(folder: Path) -> Path:
    """A new folder beside ``folder`` in which it is written before it appears under its own name."""
    return Path(tempfile.mkdtemp(suffix=HALF, prefix=f"{folder.name[:16]}.", dir=folder.parent))


def put_in_place(half: Path, folder: Path) -> None:
    """Give a folder that is complete its name, in one step; if another process was quicker, theirs stays."""
    try:
        half.rename(folder)
    except OSError:
        if not folder.is_dir():
            raise
        shutil.rmtree(half, ignore_errors=True)


def sweep(folders: Iterable[Path], *, older_than: float = STALE_SECONDS) -> int:
    """Take away what was left half written when a process was stopped; returns how many there were."""
    edge, swept = time.time() - older_than, 0
    for half in [half for folder in folders for half in folder.glob(f"*{HALF}")]:
        try:
            if half.stat().st_mtime > edge:
                continue
        except FileNotFoundError:
            continue
        if half.is_dir():
            shutil.rmtree(half, ignore_errors=True)
        else:
            half.unlink(missing_ok=True)
        swept += 1
    return swept
