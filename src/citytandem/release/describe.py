"""What is inside a release: tables, rows, countries, years, sources, licences, hashes?"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from citytandem.sources import package

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Description:
    """A release in a few lines; ``tables`` maps table to rows, ``notes`` rule to number of notes."""

    name: str
    version: str
    sha256: str
    code_version: str
    size_bytes: int
    tables: Mapping[str, int]
    hashes: Mapping[str, str]
    balances: pl.DataFrame
    sources: pl.DataFrame
    notes: Mapping[str, int]

    def as_dict(self) -> dict[str, object]:
        """The same as plain values, for JSON."""
        return {
            "name": self.name,
            "version": self.version,
            "sha256": self.sha256,
            "code_version": self.code_version,
            "size_bytes": self.size_bytes,
            "tables": dict(self.tables),
            "hashes": dict(self.hashes),
            "balances": self.balances.to_dicts(),
            "sources": self.sources.to_dicts(),
            "notes": dict(self.notes),
        }


def describe(folder: Path | str) -> Description:
    """Describe a release folder; raises CannotCompute if there is no readable descriptor or table."""
    path = Path(folder)
    descriptor = package.read_descriptor(path)
    resources = descriptor.get("resources", [])
    note = package.read_table(path, "note", columns=["rule"])
    sources = package.read_table(path, "source", columns=["source", "title", "publisher", "licence", "attribution"])
    return Description(
        name=descriptor["name"],
        version=descriptor.get("version", ""),
        sha256=descriptor.get("sha256", ""),
        code_version=descriptor.get("code", {}).get("version", ""),
        size_bytes=sum(resource["bytes"] for resource in resources),
        tables={resource["name"]: resource["rows"] for resource in resources},
        hashes={resource["name"]: resource["hash"] for resource in resources},
        balances=_balances(path),
        sources=sources,
        notes=dict(note.group_by("rule").len().sort("rule").iter_rows()),
    )


def _balances(path: Path) -> pl.DataFrame:
    """One row per country and source: cities, balances, first and last year."""
    balance = package.read_table(path, "balance", columns=["city", "year", "source"])
    country = pl.col("city").str.slice(0, 2).alias("country")
    return (
        balance.group_by(country, "source")
        .agg(
            pl.col("city").n_unique().alias("cities"),
            pl.len().alias("balances"),
            pl.col("year").min().alias("first_year"),
            pl.col("year").max().alias("last_year"),
        )
        .sort("country", "source")
    )
