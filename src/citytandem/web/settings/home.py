"""Where an installation keeps what is its own: database, files, cache and its secret."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def find_home() -> Path:
    """The home of this installation: ``CITYTANDEM_HOME``, else ``.citytandem`` in the home of the person; made if missing."""
    home = Path(os.environ.get("CITYTANDEM_HOME") or Path.home() / ".citytandem").expanduser()
    home.mkdir(parents=True, exist_ok=True)
    return home.resolve()


def read_secret(home: Path) -> str:
    """The secret that signs sessions: from ``CITYTANDEM_SECRET_KEY``, else one made at the first start and kept in the home."""
    given = os.environ.get("CITYTANDEM_SECRET_KEY")
    if given:
        return given
    file = home / "secret"
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as fresh:
            fresh.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    return file.read_text(encoding="utf-8")
