"""What does one cell of a foreign file say? Numbers and notation keys, and a finding for each that says neither."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from citytandem.findings import Code, Finding, Severity

EMPTY = frozenset({"", "na", "n/a", "-", "–", "null", "none"})
"""Words that people write into a cell which holds nothing."""
AT_MOST = 200
"""So many findings of one kind are kept for a file; the rest is counted."""
UNCERTAIN_FIRST = ("NE", "C", "IE", "NO")
_PLAIN = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?")
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3}){2,}(\.\d+)?|[+-]?\d{1,3}(,\d{3})+\.\d+")


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet or file while it is read: its name, the findings so far, and how many more of each kind were met."""

    where: str
    findings: list[Finding] = field(default_factory=list)
    met: Counter[Code] = field(default_factory=Counter)

    def sheet(self, name: str) -> Page:
        """One sheet of this file; its findings are those of the file."""
        return Page(f"{self.where}: {name}", self.findings, self.met)

    def say(self, code: Code, *, row: int | None = None, severity: Severity = Severity.WARNING, **facts: Any) -> None:
        """Note a finding; beyond the first of its kind it is only counted, so that a broken file fills no memory."""
        self.met[code] += 1
        if self.met[code] <= AT_MOST:
            self.findings.append(Finding(code, facts, row=row, where=self.where, severity=severity))

    def number(self, cell: object, *, row: int, column: str, low: float = -1e12, high: float = 1e12) -> float | None:
        """The number in a cell; unknown where it is empty, no number, or outside what can be true (then with a finding)."""
        if is_empty(cell):
            return None
        value = as_number(cell)
        if value is None:
            self.say(Code.CELL_NO_NUMBER, row=row, column=column, value=shown(cell), severity=Severity.ERROR)
        elif not low <= value <= high:
            facts = {"column": column, "value": shown(cell), "low": low, "high": high}
            self.say(Code.CELL_OUT_OF_RANGE, row=row, severity=Severity.ERROR, **facts)
            return None
        return value

    def year(self, cell: object, *, row: int, column: str) -> int | None:
        """The year in a cell, from 1700 to 2100."""
        value = self.number(cell, row=row, column=column, low=1700, high=2100)
        if value is not None and value != int(value):
            self.say(Code.CELL_NO_NUMBER, row=row, column=column, value=shown(cell), severity=Severity.ERROR)
            return None
        return None if value is None else int(value)


def is_empty(cell: object) -> bool:
    """Does a cell hold nothing?"""
    return cell is None or (isinstance(cell, str) and cell.strip().lower() in EMPTY)


def as_number(cell: object) -> float | None:
    """The number a cell says without doubt; None for words, dates, truths, and marks that can mean two things.

    >>> as_number("1,234,567.5"), as_number("1,234"), as_number(" -2.5e3 "), as_number(float("nan"))
    (1234567.5, None, -2500.0, None)
    """
    if isinstance(cell, bool):
        return None
    if isinstance(cell, str):
        text = cell.strip().replace("\u2212", "-")
        if len(text) > 60:
            return None
        if _GROUPED.fullmatch(text):
            text = text.replace(",", "")
        cell = float(text) if text.isascii() and _PLAIN.fullmatch(text) else None
    if isinstance(cell, int | float) and math.isfinite(cell):
        return float(cell)
    return None


def shown(cell: object) -> str:
    """A cell as a finding shows it: short, on one line."""
    return " ".join(str(cell).split())[:80]


def read_notation(cell: object) -> tuple[str | None, bool]:
    """The notation key in a cell, and whether the cell says exactly that one key.

    Several keys in one cell mean the one that leaves most unknown, so nothing becomes zero by chance.

    >>> read_notation("NO; IE"), read_notation("IE (II.1.1)"), read_notation("NO "), read_notation("many")
    (('IE', False), ('IE', False), ('NO', True), (None, False))
    """
    text = str(cell).strip().upper()
    words = re.split(r"[;,/ ]+", re.sub(r"\(.*?\)", " ", text[:80]).strip())
    if not words or not set(words) <= set(UNCERTAIN_FIRST):
        return None, False
    key = next(key for key in UNCERTAIN_FIRST if key in words)
    return key, text == key


def more_findings(met: Counter[Code], *, where: str) -> list[Finding]:
    """How many findings there are of each kind beyond those that were kept."""
    return [
        Finding(Code.MORE_FINDINGS, {"count": count - AT_MOST, "kind": str(code)}, where=where, severity=Severity.NOTE)
        for code, count in met.items()
        if count > AT_MOST
    ]
