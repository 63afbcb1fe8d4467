"""Which files are taken as evidence, and where are they kept? Under their hash, written whole or not at all."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings

from citytandem.web.halves import HALF

MOST_BYTES = 12 * 2**20
MOST_FILES = 200
"""Files one pilot city can hold."""
BEGINNINGS = {
    "pdf": (b"%PDF-",),
    "png": (b"\x89PNG\r\n\x1a\n",),
    "jpg": (b"\xff\xd8\xff",),
    "docx": (b"PK\x03\x04",),
    "xlsx": (b"PK\x03\x04",),
    "csv": (),
    "txt": (),
}
"""Kinds of files by their ending, and how a file of this kind begins."""
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
}


def find_kind(name: str, *, raw: bytes) -> str | None:
    """The kind of a file: what its name says, where its first bytes agree; None for a kind that is not taken.

    >>> find_kind("plan.PDF", raw=b"%PDF-1.7 ..."), find_kind("plan.pdf", raw=b"<html>"), find_kind("a.exe", raw=b"MZ")
    ('pdf', None, None)
    """
    kind = name.rpartition(".")[2].lower().replace("jpeg", "jpg")
    if kind not in BEGINNINGS:
        return None
    begins = BEGINNINGS[kind]
    if not begins:
        return kind if _is_text(raw) else None
    return kind if raw.startswith(begins) else None


def _is_text(raw: bytes) -> bool:
    try:
        return "\x00" not in raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False


def file_path(sha256: str) -> Path:
    """Where the file with this hash lies; its given name plays no part."""
    return Path(settings.HOME) / "files" / "evidence" / sha256[:2] / sha256  # all below "files" is backed up


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


def read_file(sha256: str) -> bytes | None:
    """The file as it came; None where it is gone, or is not what it was."""
    path = file_path(sha256)
    raw = path.read_bytes() if path.is_file() else None
    return raw if raw is not None and hashlib.sha256(raw).hexdigest() == sha256 else None
