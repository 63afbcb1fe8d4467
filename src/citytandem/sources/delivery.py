"""What leaves a reader: tables that keep their schemas, remarks, and findings that do not flood a person."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from citytandem.findings import Code
from citytandem.sources import cells
from citytandem.sources.crosswalks import describe_source
from citytandem.sources.reading import Reading, Remark
from citytandem.sources.validate import validate
from citytandem.tables import Balance, City, Line, Name, Structure, Target

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from citytandem.sources.cells import Page

SCHEMAS = {
    "balance": Balance,
    "line": Line,
    "memo": Line,
    "city": City,
    "name": Name,
    "structure": Structure,
    "target": Target,
}
"""Schema of each table a reader of foreign files may give; memo holds lines outside the total, never to be added."""


@dataclass(frozen=True, slots=True)
class Ids:
    """Ids given out while a file is read; one that comes again gets a number and is reported."""

    page: Page
    given: dict[str, int] = field(default_factory=dict)

    def take(self, wanted: str, *, row: int) -> str:
        """The id itself the first time, with ``-2`` behind it the second."""
        self.given[wanted] = self.given.get(wanted, 0) + 1
        if self.given[wanted] == 1:
            return wanted
        self.page.say(Code.ROW_GIVEN_TWICE, row=row, key=wanted)
        return f"{wanted}-{self.given[wanted]}"


def deliver(
    tables: Mapping[str, pl.DataFrame], *, page: Page, raw: bytes, sources: Sequence[str], remarks: Sequence[Remark] = ()
) -> Reading:
    """Check every table against its schema; a row that breaks it is left out and named.

    Where there is a balance there are ``line`` and ``memo``, perhaps empty. The table ``source`` says who published
    the file and which file it was, by its hash.
    """
    kept: dict[str, pl.DataFrame] = {}
    for name, frame in tables.items():
        if name not in SCHEMAS:
            kept[name] = frame
        elif not frame.is_empty():
            kept[name], broken = validate(frame, SCHEMAS[name], where=f"{page.where}: {name}", first_row=1)
            page.findings.extend(broken)
    if "balance" in kept:
        kept = {"line": Line.create_empty(), "memo": Line.create_empty()} | kept
    if "balance" in kept or "target" in kept:
        described = pl.concat([describe_source(key) for key in sources])
        kept["source"] = described.with_columns(pl.lit(hashlib.sha256(raw).hexdigest()).alias("sha256"))
    return Reading(
        tables=kept, remarks=tuple(remarks), findings=(*page.findings, *cells.more_findings(page.met, where=page.where))
    )
