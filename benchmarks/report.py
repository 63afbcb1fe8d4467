"""The table of ratios, for the terminal and for ``results.md``."""

from __future__ import annotations

import datetime as dt
import os
import platform
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.race import Result

HEADS = ("", "seconds", "times ours", "least to most", "processor time", "promised", "kept")


def describe(results: list[Result]) -> str:
    """The entrants of one contest, one line each."""
    lines = [f"| {' | '.join(HEADS)} |", "|---|--:|--:|--:|--:|--:|---|"]
    for result in results:
        target = "" if result.target is None else f"{result.target:g}"
        span = f"{result.lowest:.3g} to {result.highest:.3g}"
        numbers = [f"{result.seconds:.4g}", f"{result.ratio:.3g}", span, f"{result.work_ratio:.3g}", target]
        lines.append(f"| {' | '.join([result.entrant, *numbers, result.reached])} |")
    return "\n".join(lines) + "\n"


def write(results: list[Result], path: Path, *, rounds: int) -> None:
    """All contests with the machine they ran on."""
    libraries = ", ".join(f"{name} {version(name)}" for name in ("numpy", "scipy", "scikit-learn", "pandas", "numba"))
    day = f"{dt.datetime.now(dt.UTC):%Y-%m-%d}"
    machine = f"{day}, {_processor()}, {os.cpu_count()} cores, Python {platform.python_version()}, {libraries}."
    parts = ["# Results\n", f"{machine} Medians of {rounds} rounds; README.md says how to read them.\n"]
    for job, size in dict.fromkeys((result.job, result.size) for result in results):
        own = [result for result in results if (result.job, result.size) == (job, size)]
        first = f"First call, with compiling or reading compiled code: {own[0].first_call:.2f} s."
        load = f"Load of the machine when timing began: {own[0].load:.1f}."
        parts += [f"## {job}: {size}\n", describe(own), f"Same answer: {own[0].tolerance}. {first} {load}\n"]
    path.write_text("\n".join(parts), encoding="utf-8")


def _processor() -> str:
    models = (
        [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
        if Path("/proc/cpuinfo").exists()
        else []
    )
    return models[0].split(":")[1].strip() if models else platform.processor() or platform.machine()
