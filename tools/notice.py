"""Writes NOTICE: whose data travel with the package, and under which terms.

Run ``python tools/notice.py`` after the reference release was built.
"""

from __future__ import annotations

import textwrap
from pathlib import Path

import polars as pl

ROOT = Path(__file__).parent.parent
SOURCES = ROOT / "src" / "citytandem" / "data" / "reference" / "source.parquet"
HEAD = """\
CityTandem
Copyright 2026 The CityTandem contributors

Licensed under the Apache License, Version 2.0: see LICENSE.

The reference release inside the package (src/citytandem/data) holds data of others.
Each row names its source, and the terms below apply to the rows of that source, not
the licence of the code. Figures were re-tabulated; how, is told in docs/surprises.md.
"""
MAP = """\
Natural Earth, through world-atlas
    Outlines of countries on the map of a briefing (src/citytandem/charts/world).
    Terms: Natural Earth is in the public domain; world-atlas is under the ISC licence,
    Copyright 2013-2019 Michael Bostock.
"""


def write_notice() -> str:
    """The text of NOTICE."""
    sources = pl.read_parquet(SOURCES).filter(pl.col("source") != "citytandem").sort("source")
    return "\n".join([HEAD, *(describe(row) for row in sources.iter_rows(named=True)), MAP])


def describe(row: dict[str, str]) -> str:
    """One source: publisher, title, terms, the words it asks for, and where it is."""
    lines = [row["title"], f"Terms: {row['licence']}", row["attribution"], row["url"]]
    told = [
        textwrap.indent(textwrap.fill(line, 88, break_on_hyphens=False, break_long_words=False), "    ") for line in lines if line
    ]
    return "\n".join([row["publisher"], *told, ""])


if __name__ == "__main__":
    (ROOT / "NOTICE").write_text(write_notice(), encoding="utf-8")
