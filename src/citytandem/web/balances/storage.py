"""Where are the files people bring kept, and what was read of them? Under hashes, written whole or not at all."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import time
from pathlib import Path

from django.conf import settings

from citytandem.web.halves import HALF, STALE_SECONDS, sweep


def files_folder() -> Path:
    """The files as they came."""
    return _folder("brought")


def readings_folder() -> Path:
    """What was read of them: one folder per reading."""
    return _folder("readings")


def _folder(name: str) -> Path:
    folder = Path(settings.HOME) / "files" / name  # all below "files" is backed up
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def file_path(sha256: str) -> Path:
    """Where the file with this hash lies; its given name plays no part."""
    return files_folder() / sha256[:2] / sha256


def keep_file(raw: bytes) -> str:
    """Keep a file; returns its hash. The same file is kept once."""
    sha256 = hashlib.sha256(raw).hexdigest()
    path = file_path(sha256)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, half = tempfile.mkstemp(suffix=HALF, dir=path.parent)
        with os.fdopen(handle, "wb") as stream:
            stream.write(raw)
            stream.flush()
            os.fsync(stream.fileno())
        Path(half).replace(path)
    return sha256


def sweep_halves(*, older_than: float = STALE_SECONDS) -> int:
    """Take away what was left half written when a process was stopped; returns how many there were."""
    return sweep([readings_folder(), *(one for one in files_folder().iterdir() if one.is_dir())], older_than=older_than)


def drop_file(sha256: str) -> None:
    """Delete a file for good."""
    file_path(sha256).unlink(missing_ok=True)


def drop_reading(key: str) -> None:
    """Delete what was read of a file for good."""
    if key:
        shutil.rmtree(readings_folder() / key, ignore_errors=True)


def sweep_orphans(*, files: set[str], readings: set[str], older_than: float = STALE_SECONDS) -> int:
    """Delete files and readings that no set is made of: left by a process that was stopped before it had written that down."""
    edge, swept = time.time() - older_than, 0
    lost = [folder for folder in readings_folder().iterdir() if folder.name not in readings]
    lost += [file for file in files_folder().glob("*/*") if file.name not in files]
    for one in lost:
        if one.name.endswith(HALF) or one.stat().st_mtime > edge:
            continue
        if one.is_dir():
            shutil.rmtree(one, ignore_errors=True)
        else:
            one.unlink(missing_ok=True)
        swept += 1
    return swept
