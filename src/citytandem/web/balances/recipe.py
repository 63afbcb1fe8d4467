"""What is a reading made from? The file, what people said about it, and the release beneath: the same in, the same out."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Any

CODE = version("citytandem")
"""Read once: a process does not change its code."""


@dataclass(frozen=True, slots=True)
class CellFix:
    """One cell that a person corrected: where it stands, what was reported, what is read instead, and why."""

    sheet: str
    row: int
    column: int
    before: str
    after: str
    reason: str


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything a reading depends on, except the code and the release beneath.

    Parameters
    ----------
    file_sha256, name
        The file by its hash, and its name as findings show it.
    city
        The one city the set may speak of.
    answers
        What was answered to the questions of the first proposal.
    mapping
        How the file is read, as TOML; empty to let it be proposed.
    fixes
        Corrected cells.
    known
        Saved mappings of the organisation by the layout they are for; tried before a new one is proposed.
    publisher, licence
        Who brings the figures, and under which terms; they stand in the table of sources.
    """

    file_sha256: str
    name: str
    city: str
    answers: dict[str, str] = field(default_factory=dict)
    mapping: str = ""
    fixes: tuple[CellFix, ...] = ()
    known: dict[str, str] = field(default_factory=dict)
    publisher: str = ""
    licence: str = ""

    def key(self, *, release: str) -> str:
        """The name of the reading this recipe gives over a release; with other code it is another one."""
        parts = [CODE, release, json.dumps(dataclasses.asdict(self), sort_keys=True)]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def as_json(self) -> str:
        """The recipe as text, for the process that reads."""
        return json.dumps(dataclasses.asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Recipe:
        """The recipe back from its text."""
        raw: dict[str, Any] = json.loads(text)
        fixes = tuple(CellFix(**fix) for fix in raw.pop("fixes"))
        return cls(**raw, fixes=fixes)
