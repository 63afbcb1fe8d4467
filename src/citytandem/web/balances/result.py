"""What did a reading give? Findings, questions, balances and rows, as the reader wrote them down."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import polars as pl

from citytandem.findings import Code, Finding, Severity
from citytandem.sources.package import read_table
from citytandem.web.balances import storage
from citytandem.web.balances.bounded import TOLD

if TYPE_CHECKING:
    from pathlib import Path

ROWS = pl.Schema({"sheet": pl.String(), "row": pl.Int64(), "fate": pl.String(), "cells": pl.List(pl.String())})
WEIGHT = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


@dataclass(frozen=True)
class Asked:
    """A question of the reader: what an answer is given under, what it is about, and its choices."""

    key: str
    finding: Finding
    choices: tuple[str, ...]
    suggestion: str


@dataclass(frozen=True)
class Result:
    """One reading in its folder."""

    folder: Path

    @cached_property
    def told(self) -> dict[str, Any]:
        """All the reader wrote down."""
        told: dict[str, Any] = json.loads((self.folder / TOLD).read_text(encoding="utf-8"))
        return told

    @property
    def package(self) -> Path:
        """The package that was made."""
        return self.folder / "package"

    @property
    def is_sound(self) -> bool:
        """Is there nothing that forbids publishing?"""
        return bool(self.told["is_sound"]) and not self.questions

    @cached_property
    def findings(self) -> list[Finding]:
        """Everything that was found, the weightiest first, then by row."""
        told = [as_finding(one) for one in self.told["findings"]]
        found = [one for one in told if one.code is not Code.IMPORT_QUESTIONS_OPEN]  # the questions stand in their own place
        return sorted(found, key=lambda one: (WEIGHT[one.severity], one.where, one.row or 0))

    @cached_property
    def questions(self) -> list[Asked]:
        """What nobody should guess."""
        return [
            Asked(one["key"], as_finding(one["finding"]), tuple(one["choices"]), one["suggestion"])
            for one in self.told.get("questions", [])
        ]

    @property
    def balances(self) -> list[dict[str, Any]]:
        """One entry per balance: id, year, method, lines, their sum, the published total."""
        return list(self.told.get("balances", []))

    @property
    def controls(self) -> list[dict[str, Any]]:
        """Totals the file states, beside the sum of their parts."""
        return list(self.told.get("controls", []))

    @property
    def mapping(self) -> str:
        """How the file is or would be read, as TOML; empty for a known format."""
        return str(self.told.get("mapping", ""))

    @property
    def sha256(self) -> str:
        """The hash of the package."""
        if not self.package.is_dir():
            return ""
        return str(json.loads((self.package / "datapackage.json").read_text(encoding="utf-8"))["sha256"])

    def table(self, name: str) -> pl.DataFrame:
        """One table of the package."""
        return read_table(self.package, name)

    @cached_property
    def rows(self) -> pl.DataFrame:
        """The rows of the file as it came: sheet, row, fate, cells."""
        path = self.folder / "rows.parquet"
        return pl.read_parquet(path) if path.is_file() else pl.DataFrame(schema=ROWS)


def open_result(key: str) -> Result | None:
    """A reading by its name; None if there is none, or it was deleted."""
    folder = storage.readings_folder() / key
    return Result(folder) if key and (folder / TOLD).is_file() else None


def as_finding(raw: dict[str, Any]) -> Finding:
    """A finding back from the shape in which it left."""
    return Finding(Code(raw["code"]), raw["facts"], row=raw["row"], where=raw["where"], severity=Severity(raw["severity"]))
