"""What do the files of a tour bring? Read within bounds, checked against the event, and told with file, row and column."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import polars as pl

from citytandem.findings import Code, Severity
from citytandem.sources import guard
from citytandem.sources.tour_files import read_tour
from citytandem.web.tours.actions import MOST_DAYS, MOST_ROWS, MOST_SITES, MOST_WISHES
from citytandem.web.tours.problem import write_tables

if TYPE_CHECKING:
    from collections.abc import Mapping

    from citytandem.findings import Finding
    from citytandem.web.events.models import Event

MOST_FILES = 8
MOST_BYTES = 1_000_000
LIMITS = replace(guard.LIMITS, file_bytes=MOST_BYTES, text_bytes=4 * MOST_BYTES, workbook_bytes=16 * MOST_BYTES, cells=100_000)
TAKEN = ("group", "sites", "openings", "stays", "days", "wishes", "legs")
"""Tables that are taken; guests register for themselves."""
MOST = {
    "sites": MOST_SITES,
    "days": MOST_DAYS,
    "wishes": MOST_WISHES,
    "openings": MOST_ROWS,
    "legs": MOST_ROWS,
    "stays": MOST_SITES,
}
LONGEST = {"name": 160, "source": 160, "site": 60, "stay": 60, "topic": 80, "mode": 20}


@dataclass(frozen=True, kw_only=True)
class ReadTour:
    """The tables that files bring, by name; what was found; and problems of our own as a key of words with its facts."""

    tables: dict[str, pl.DataFrame] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    problems: list[tuple[str, dict[str, str | int]]] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        """Can it be taken? All of it or nothing is, because the tables name each other."""
        return bool(self.tables) and not self.problems and all(one.severity != Severity.ERROR for one in self.findings)


def read_files(files: Mapping[str, bytes], *, event: Event) -> ReadTour:
    """Read the files of a tour. Tables that none of them brings stand as they are set up."""
    clean: dict[str, bytes] = {}
    findings: list[Finding] = []
    for name, raw in files.items():
        is_book = guard.is_zip(raw)
        content, told = (guard.clean_workbook if is_book else guard.unpack)(raw, where=name, limits=LIMITS)
        findings += told
        if content:
            clean[name] = content
    if any(one.severity == Severity.ERROR for one in findings):
        return ReadTour(findings=findings)
    known = write_tables(event)
    known["group"] = pl.DataFrame()
    tables, told = read_tour(clean, known=known)
    brought = {name: tables[name] for name in TAKEN if tables[name] is not known[name] and tables[name].height}
    findings += [one for one in told if not _goes_with_its_site(one)]
    return ReadTour(tables=brought, findings=findings, problems=_check(brought, every=tables, event=event))


def _goes_with_its_site(one: Finding) -> bool:
    """Hours and ways that are set up here leave with a site the files no longer name."""
    return one.code is Code.REFERENCE_DANGLING and one.where in {"openings", "legs"}


def _check(
    brought: Mapping[str, pl.DataFrame], *, every: Mapping[str, pl.DataFrame], event: Event
) -> list[tuple[str, dict[str, str | int]]]:
    """What the tables must hold besides their own rules: not too much, nothing too long, days of the event."""
    found: list[tuple[str, dict[str, str | int]]] = [] if brought else [("nothing", {})]
    for name, frame in brought.items():
        if frame.height > MOST.get(name, 1):
            found.append(("too_many", {"table": name, "count": frame.height, "most": MOST.get(name, 1)}))
        for column in LONGEST.keys() & set(frame.columns):
            length = frame[column].cast(pl.String).str.len_chars().max()
            if isinstance(length, int) and length > LONGEST[column]:
                found.append(("too_long", {"table": name, "column": column, "most": LONGEST[column]}))
    outside = [day for day in every["days"]["day"].sort() if not event.starts <= day <= event.ends]
    if "days" in brought and outside:
        told = {"days": ", ".join(day.isoformat() for day in outside[:5])}
        found.append(("outside", {**told, "starts": event.starts.isoformat(), "ends": event.ends.isoformat()}))
    shared = sorted(set(every["sites"]["site"]) & set(every["stays"]["stay"]))
    return found + ([("same_key", {"keys": ", ".join(shared[:5])})] if shared else [])
