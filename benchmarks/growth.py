"""How does time grow? The same job on one hundred million rows in five files, also with less memory than the files are large."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.compile import TOLERANCE, agree, by_duckdb, by_polars, generate, ours
from benchmarks.race import OURS, Contest

ROWS, CITIES, FILES = 100_000_000, 2_000, 5
MEMORY_GB = 0.4
"""Less than the files on disk at full size (0.46 GB), a tenth of what their rows take in memory."""
_made: list[tempfile.TemporaryDirectory[str]] = []


def contests(scale: float) -> list[Contest]:
    """One contest beyond those of ``compile``; it runs only when it is named, for it takes minutes and 0.5 GB of disk."""
    _made.append(tempfile.TemporaryDirectory(prefix="citytandem-bench-"))
    rows, cities = max(2_000, int(ROWS * scale)), max(20, int(CITIES * min(1.0, scale)))
    activity, factor = generate(rows, Path(_made[-1].name), cities=cities, files=FILES)
    return [contest(activity, factor, size=f"{rows:,} rows, {cities:,} cities")]


def contest(activity: Path, factor: Path, *, size: str) -> Contest:
    entrants = {
        OURS: lambda: ours(activity, factor, engine="native"),
        "DuckDB, hand-written SQL": lambda: by_duckdb(activity / "*.parquet", factor),
        "Polars, streaming": lambda: by_polars(activity, factor),
        f"ours on DuckDB within {MEMORY_GB:g} GB": lambda: ours(activity, factor, engine="duckdb", memory_gb=MEMORY_GB),
    }
    promised = {"DuckDB, hand-written SQL": 3.0, "Polars, streaming": 3.0}
    return Contest("Compile, native", size, entrants, agree, TOLERANCE, promised)
