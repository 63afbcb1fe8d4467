"""Writes docs/surprises.md: what the checks found in published data, and the named rule that handled it.

Run ``python tools/surprises.py`` after the reference release was built.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
RELEASE = ROOT / "src" / "citytandem" / "data" / "reference"
REASONS, EXAMPLES, LONGEST = 3, 3, 160
TOLD = ROOT / "tools" / "surprises_told.md"
CASES = """
## Every case by finding

The rest of this page is written from the table `note` by `python tools/surprises.py`.
"""


def write_surprises() -> str:
    """The page in Markdown: what was learned, told; then one section per finding, one paragraph per rule."""
    notes = pl.read_parquet(RELEASE / "note.parquet").sort("code", "rule", "note")
    titles = dict(pl.read_parquet(RELEASE / "source.parquet").select("source", "title").iter_rows())
    parts = [TOLD.read_text(encoding="utf-8") + CASES]
    for (code,), found in notes.group_by("code", maintain_order=True):
        parts.append(f"### {str(code).replace('_', ' ').capitalize()}\n")
        for (rule,), rows in found.group_by("rule", maintain_order=True):
            parts += [*describe(str(rule), rows=rows, titles=titles), ""]
    return "\n".join(parts).rstrip() + "\n"


def describe(rule: str, *, rows: pl.DataFrame, titles: dict[str, str]) -> Iterator[str]:
    """One rule: how often, where, why, and some cases."""
    sources = "; ".join(titles.get(source, source) for source in rows["source"].unique().sort())
    yield f"**`{rule}`**, {rows.height} {'case' if rows.height == 1 else 'cases'}, in: {sources}.\n"
    for reason in rows["reason"].unique(maintain_order=True).head(REASONS):
        yield f"{reason}\n"
    yield from (f"* {example(row)}" for row in rows.head(EXAMPLES).iter_rows(named=True))


def example(row: dict[str, Any]) -> str:
    """One case: where, which city and year, what was published, what stands now."""
    about = ", ".join(str(value) for value in (row["where"], row["city"], row["year"]) if value)
    change = f": {row['before']} → {row['after'] or 'unknown'}" if row["before"] else ""
    text = f"{about}{change}"
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


if __name__ == "__main__":
    (ROOT / "docs" / "surprises.md").write_text(write_surprises(), encoding="utf-8")
