"""Is this file laid out like one we have read before? Headings in their order, whatever the year and the sheet's name."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from citytandem.sources.anysheet import Mapping


def fingerprint(mapping: Mapping) -> str:
    """A short text that is the same for files whose tables have the same headings; empty where there is no table.

    Years in headings stand as ``{year}`` in a mapping, so next year's file has the fingerprint of this year's.
    """
    tables = [[table.number, [column.heading for column in table.columns]] for table in mapping.tables]
    if not any(headings for _, headings in tables):
        return ""
    return hashlib.sha256(json.dumps(tables, ensure_ascii=False).encode()).hexdigest()[:32]
