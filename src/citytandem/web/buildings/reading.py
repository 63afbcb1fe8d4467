"""What do brought files make of an organisation's buildings? All of it is taken or nothing, and what is wrong is told."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.findings import Code, Severity
from citytandem.science.buildings.checks import check_buildings
from citytandem.sources import guard
from citytandem.sources.building_files import TABLES, read_buildings
from citytandem.web.buildings.rows import KEYS, RECORD, as_frame, as_rows, sort_rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from citytandem.findings import Finding

MOST_FILES, MOST_BYTES = 5, 2_000_000
LIMITS = replace(guard.LIMITS, file_bytes=MOST_BYTES, text_bytes=8_000_000, workbook_bytes=16_000_000, cells=200_000, columns=200)
MOST = {"buildings": 50, "values": 400, "meters": 1_200, "weather": 1_200}
"""Buildings of one import; rows of each other table for one building."""
LONGEST = {"name": 200, "city": 120, "building": 120}
LONGEST_TEXT = 2_000
MOST_FINDINGS = 200
KEPT_BY_PERIOD = ("meters", "weather")
"""Of these, new rows join the known ones; of the others the files replace what is known of a building."""


@dataclass(frozen=True, kw_only=True)
class ReadBuildings:
    """The tables of each building as they would be kept, by key; what was found; problems of our own as keys of words."""

    tables: dict[str, dict[str, Any]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    problems: list[tuple[str, dict[str, str | int]]] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def is_sound(self) -> bool:
        """Can it be taken?"""
        return bool(self.tables) and not self.problems and all(one.severity != Severity.ERROR for one in self.findings)

    def warnings_of(self, key: str) -> int:
        """How many findings are about one building."""
        return sum(one.facts.get("building") == key for one in self.findings)


def read_files(files: Mapping[str, bytes], *, known: Mapping[str, Mapping[str, Any]], only: str = "") -> ReadBuildings:
    """Read the files of buildings.

    Parameters
    ----------
    files
        Content by file name.
    known
        The tables of the organisation's buildings as they are kept, by key.
    only
        The building the files are brought for; temperatures, which name no building, then are about it. Otherwise they are
        about every building the files name.
    """
    clean: dict[str, bytes] = {}
    findings: list[Finding] = []
    for name, raw in files.items():
        content, told = (guard.clean_workbook if guard.is_zip(raw) else guard.unpack)(raw, where=name, limits=LIMITS)
        findings += told
        if content:
            clean[name] = content
    if not clean or _has_errors(findings):
        return ReadBuildings(findings=findings, problems=[] if findings else [("nothing", {})])
    read, told = read_buildings(clean)
    findings += told
    counts = {name: frame.height for name, frame in read.items() if frame.height}
    named = {key for name in ("buildings", "values", "meters") for key in read[name]["building"].to_list()}
    about = sorted(named | ({only} if only else set()))
    problems = _check_sizes(read, only=only, about=about)
    if problems or not about:
        return ReadBuildings(findings=_some(findings), problems=problems, counts=counts)
    merged = {key: merge_tables(known.get(key, {}), read=read, key=key) for key in about}
    checked = check_tables(merged)
    if _has_errors(findings):  # rows that could not be read are missing to others, which are not to blame
        checked = [one for one in checked if one.code not in {Code.BUILDING_NOT_LISTED, Code.BUILDING_CARRIERS_LACK}]
    return ReadBuildings(tables=merged, findings=_some([*findings, *checked]), counts=counts)


def merge_tables(known: Mapping[str, Any], *, read: Mapping[str, pl.DataFrame], key: str) -> dict[str, Any]:
    """What is known of one building with what files say of it: record and figures anew, readings and temperatures joined."""
    mine = {
        name: frame.filter(pl.col("building") == key) if "building" in frame.columns else frame for name, frame in read.items()
    }
    record = as_rows(mine[RECORD])
    merged: dict[str, Any] = {RECORD: record[0] if record else known.get(RECORD)}
    for name, keys in KEYS.items():
        brought, had = as_rows(mine[name]), list(known.get(name, ()))
        if name in KEPT_BY_PERIOD:
            joined = {tuple(row[part] for part in keys): row for row in [*had, *brought]}
            brought = list(joined.values())
        merged[name] = sort_rows(name, rows=brought or had)
    return merged


def check_tables(merged: Mapping[str, Mapping[str, Any]]) -> list[Finding]:
    """What is wrong with the tables of buildings as they would be kept."""
    frames = {
        name: as_frame(name, rows=[row for tables in merged.values() for row in _rows_of(tables, name)])
        for name in TABLES
        if name != "weather"
    }
    return check_buildings(frames["buildings"], values=frames["values"], readings=frames["meters"])


def _rows_of(tables: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    if name != RECORD:
        return list(tables.get(name, ()))
    return [tables[RECORD]] if tables.get(RECORD) else []


def _check_sizes(read: Mapping[str, pl.DataFrame], *, only: str, about: list[str]) -> list[tuple[str, dict[str, str | int]]]:
    found: list[tuple[str, dict[str, str | int]]] = []
    if only and any(key != only for key in about):
        found.append(("other_building", {"building": only, "found": ", ".join(key for key in about if key != only)[:200]}))
    if not about and read["weather"].height:
        found.append(("weather_alone", {}))
    for name, frame in read.items():
        rows = frame.height
        if name in {"values", "meters"} and rows:
            largest = frame.group_by("building").len()["len"].max()
            rows = largest if isinstance(largest, int) else 0
        if rows > MOST[name]:
            found.append(("too_many", {"table": name, "count": rows, "most": MOST[name]}))
        for column in frame.columns:
            longest = frame[column].str.len_chars().max() if frame[column].dtype == pl.String and rows else 0
            most = LONGEST.get(column, LONGEST_TEXT)
            if isinstance(longest, int) and longest > most:
                found.append(("too_long", {"table": name, "column": column, "most": most}))
    return found


def _has_errors(findings: list[Finding]) -> bool:
    return any(one.severity == Severity.ERROR for one in findings)


def _some(findings: list[Finding]) -> list[Finding]:
    """The errors first, and not more than a page holds."""
    return sorted(findings, key=lambda one: one.severity != Severity.ERROR)[:MOST_FINDINGS]
