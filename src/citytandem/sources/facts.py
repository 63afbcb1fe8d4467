"""What are the reference facts of the house? Reads its own data files, each table when it is first asked for."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import polars as pl

from citytandem.findings import Code, Finding
from citytandem.tables.facts import FACTS, Facts
from citytandem.tables.method import Method, read_method

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

FOLDER = files("citytandem.facts")


@dataclass(frozen=True, slots=True)
class Link:
    """One column of a table whose values must be found in a column of another."""

    table: str
    column: str
    target: str
    target_column: str


FRAMED = ("category", "criterion", "criterion_measure", "level", "pilot_city")
"""Tables about a framework."""

LINKS = (
    *(Link(table, "source", "source", "source") for table in FACTS if table != "source"),
    *(
        Link(table, "measure", "measure", "measure")
        for table in ("measure_title", "target", "lever", "enabling", "exclusion", "evidence", "criterion_measure")
    ),
    Link("enabling", "enables", "measure", "measure"),
    Link("evidence", "base", "evidence_base", "base"),
    *(Link(table, "framework", "framework", "framework") for table in FRAMED),
    Link("criterion", "category", "category", "category"),
    Link("criterion_measure", "criterion", "criterion", "criterion"),
    *(Link(table, "asset", "asset", "asset") for table in ("power", "lever", "scope")),
    Link("power", "tier", "tier", "tier"),
    Link("power", "inherited_from", "tier", "base_tier"),
    Link("tier", "base_tier", "tier", "tier"),
    Link("carrier", "ipcc_fuel", "fuel_factor", "fuel"),
    Link("travel_factor", "range_source", "source", "source"),
    *(
        Link(table, "region", "region", "region")
        for table in ("region_series", "region_break", "region_phase", "region_trait", "region_city", "case")
    ),
    Link("region", "part_of", "region", "region"),
    Link("pilot_building", "size_source", "source", "source"),
    Link("pilot_building_value", "building", "pilot_building", "building"),
)
"""Where one table of facts leans on another."""


@cache
def load_facts() -> Facts:
    """Give the reference facts; nothing is read before a table is asked for.

    Returns
    -------
    Facts
        One attribute per table of ``citytandem.tables.facts.FACTS`` and ``methods``.

    Examples
    --------
    >>> facts = load_facts()
    >>> facts.measure.height
    117
    >>> facts.methods["bisko"].upstream
    'yes'
    """
    return Facts(read=read_table, read_methods=read_methods)


def read_table(table: str) -> pl.DataFrame:
    """Read one table of facts with the column types of its schema, which is checked by tests, not at each start."""
    dtypes = {name: column.dtype for name, column in FACTS[table].columns().items()}
    content = _file(f"{table}.csv").read_bytes()
    header = content[: content.index(b"\n")].decode().strip().split(",")
    read = pl.read_csv(content, schema_overrides={name: dtypes[name] for name in header})
    absent = [pl.lit(None, dtype=dtype).alias(name) for name, dtype in dtypes.items() if name not in header]
    return read.with_columns(absent).select(*dtypes)


def read_methods() -> dict[str, Method]:
    """Read every method, by the stem of its file."""
    found = [entry for entry in FOLDER.joinpath("methods").iterdir() if entry.name.endswith(".toml")]
    return {
        entry.name.removesuffix(".toml"): read_method(
            entry.name.removesuffix(".toml"), tomllib.loads(entry.read_text(encoding="utf-8"))
        )
        for entry in sorted(found, key=lambda entry: entry.name)
    }


def check_facts() -> list[Finding]:
    """Find what is wrong with the facts: rows that break their schema, ids that lead nowhere, impossible factors.

    Returns
    -------
    list[Finding]
        Empty for a sound house. Rows are counted as in the file, below its header.
    """
    from citytandem.science.balance.factors import check_factors  # slow import
    from citytandem.sources.validate import validate  # slow import

    facts = load_facts()
    findings: list[Finding] = []
    for table, schema in FACTS.items():
        findings += validate(getattr(facts, table), schema, where=f"{table}.csv")[1]
    findings += [finding for link in LINKS for finding in _find_dangling(facts, link)]
    return findings + check_factors(facts.factor, facts.bound, where="factor.csv")


def _find_dangling(facts: Facts, link: Link) -> list[Finding]:
    known = set(getattr(facts, link.target).get_column(link.target_column).cast(pl.String).drop_nulls().to_list())
    values = getattr(facts, link.table).get_column(link.column).cast(pl.String).to_list()
    return [
        Finding(
            Code.REFERENCE_DANGLING,
            facts={"column": link.column, "value": value, "table": f"{link.target}.csv"},
            row=row,
            where=f"{link.table}.csv",
        )
        for row, value in enumerate(values, start=2)
        if value is not None and value not in known
    ]


def _file(name: str) -> Traversable:
    return FOLDER.joinpath(name)
