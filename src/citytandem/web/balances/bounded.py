"""Runs the reader within bounds of time and memory, and puts what it wrote in place whole or not at all."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from citytandem.atlas import load
from citytandem.findings import Code, Finding
from citytandem.web.balances import storage
from citytandem.web.halves import make_half, put_in_place

if TYPE_CHECKING:
    from citytandem.web.balances.recipe import Recipe

SECONDS = 150
"""The longest a reading may take by the clock; the reader itself holds the time of its processor."""
TOLD = "reading.json"
_KEPT_ENVIRONMENT = ("PATH", "PYTHONPATH", "VIRTUAL_ENV", "LANG", "LC_ALL", "TZ", "SYSTEMROOT")


def read_bounded(recipe: Recipe, *, seconds: float = SECONDS) -> str:
    """Read a file by its recipe; returns the name of the reading. One that was made before is not made again."""
    key = recipe.key(release=load().sha256)
    place = storage.readings_folder() / key
    if (place / TOLD).is_file():
        return key
    half = make_half(place)
    try:
        command = [sys.executable, "-m", "citytandem.web.balances.reader", str(storage.file_path(recipe.file_sha256)), str(half)]
        try:
            subprocess.run(  # noqa: S603 - our own module, and no shell
                command, input=recipe.as_json(), text=True, capture_output=True, timeout=seconds, check=False, env=_environment()
            )
        except subprocess.TimeoutExpired:
            (half / TOLD).unlink(missing_ok=True)
        if not (half / TOLD).is_file():
            stopped = Finding(Code.IMPORT_STOPPED, {"file": recipe.name, "seconds": int(seconds)}, where=recipe.name)
            told = {"format": "", "is_sound": False, "findings": [stopped.as_dict()], "stopped": True}
            (half / TOLD).write_text(json.dumps(told), encoding="utf-8")
        put_in_place(half, place)
    finally:
        shutil.rmtree(half, ignore_errors=True)
    return key


def _environment() -> dict[str, str]:
    """What the reader knows of ours: where programs and packages are, and no secret."""
    kept = {name: os.environ[name] for name in _KEPT_ENVIRONMENT if name in os.environ}
    return kept | {"POLARS_MAX_THREADS": "2", "PYTHONIOENCODING": "utf-8"}
