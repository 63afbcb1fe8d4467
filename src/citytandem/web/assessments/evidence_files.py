"""Where are the files kept that assessors and cities show as evidence? Under hashes; nobody reads them but through a view."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings

from citytandem.web.halves import HALF


def folder() -> Path:
    """All evidence."""
    place = Path(settings.HOME) / "files" / "assessments"  # all below "files" is backed up
    place.mkdir(parents=True, exist_ok=True)
    return place


def path_of(sha256: str) -> Path:
    """Where the file with this hash lies; its given name plays no part."""
    return folder() / sha256[:2] / sha256


def keep(raw: bytes) -> str:
    """Keep a file; returns its hash. The same file is kept once, whole or not at all."""
    sha256 = hashlib.sha256(raw).hexdigest()
    path = path_of(sha256)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, half = tempfile.mkstemp(suffix=HALF, dir=path.parent)
        with os.fdopen(handle, "wb") as stream:
            stream.write(raw)
            stream.flush()
            os.fsync(stream.fileno())
        Path(half).replace(path)
    return sha256
