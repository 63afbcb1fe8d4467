"""What are the reference facts of the house? Reads its own data files, each table when it is first asked for."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import polars as pl

from citytandem.tables.facts import FACTS, Facts
from citytandem.tables.method import Method, read_method

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

FOLDER = files("citytandem.facts")


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


def _file(name: str) -> Traversable:
    return FOLDER.joinpath(name)
