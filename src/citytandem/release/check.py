"""Is a release whole: files unchanged, rows within their rules, every pointer leading somewhere?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from citytandem.sources import package
from citytandem.tables import RELEASE

if TYPE_CHECKING:
    from citytandem.findings import Finding


def check(folder: Path | str) -> list[Finding]:
    """Check a release folder; findings name file and row (from 1). Empty means sound."""
    return package.verify(Path(folder), RELEASE)
