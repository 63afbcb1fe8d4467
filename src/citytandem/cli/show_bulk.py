"""Runs the work on every city from the terminal and says what came of it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from citytandem.cli.language import SPEECH
from citytandem.cli.screen import open_console, show_progress, write_json
from citytandem.findings import Severity
from citytandem.replies import answered, spoken

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from citytandem.bulk.compile import Summary
    from citytandem.findings import Finding

QUALITY = "bisko_gpc_2026"


def show_compiled(
    activity: str, factors: str, *, out: Path, engine: str, memory_gb: float | None, keep_cube: bool, as_json: bool
) -> None:
    """Compile every row of activity; exit 1 only if nothing can be compiled."""
    from citytandem.bulk.compile import compile_activities

    with show_progress() as say:
        summary, findings = compile_activities(
            activity, factors, out=out, engine=engine, memory_gb=memory_gb, keep_cube=keep_cube, progress=say
        )
    _show_summary(summary, findings, as_json=as_json)


def show_repriced(cube: str, factors: str, *, out: Path, as_json: bool) -> None:
    """Price a kept cube with other factors."""
    from citytandem.bulk.compile import reprice_cube

    with show_progress() as say:
        summary, findings = reprice_cube(cube, factors, out=out, progress=say)
    _show_summary(summary, findings, as_json=as_json)


def show_benchmarked(data: Path | None, *, out: Path, engine: str, memory_gb: float | None, as_json: bool) -> None:
    """Work out every balance of a release."""
    import polars as pl

    from citytandem.atlas import load
    from citytandem.bulk.benchmark import benchmark_release
    from citytandem.science.balance.quality import read_shared_errors

    atlas = load(data)
    quality = atlas.facts.quality.filter(pl.col("profile") == QUALITY)
    width = dict(quality.select("grade", "half_width").iter_rows())
    shared = read_shared_errors(atlas.facts.shared_error, atlas.facts.electricity_share)
    with show_progress() as say:
        count, findings = benchmark_release(
            atlas.folder, width=width, shared=shared, out=out, engine=engine, memory_gb=memory_gb, progress=say
        )
    done = SPEECH.sentence("cli.bulk.benchmarked", results=SPEECH.number(count, digits=0), folder=str(out))
    answer = {"engine": engine, "folder": str(out), "results": count, "provenance": atlas.provenance().as_dict()}
    _show(answer, findings, done=done, as_json=as_json)


def _show_summary(summary: Summary, findings: Sequence[Finding], *, as_json: bool) -> None:
    done = SPEECH.sentence(
        "cli.bulk.compiled",
        results=SPEECH.number(summary.results, digits=0),
        folder=summary.folder,
        rows=SPEECH.number(summary.rows, digits=0),
        unknown=SPEECH.number(summary.rows_unknown, digits=0),
    )
    _show(summary.as_dict(), findings, done=done, as_json=as_json)


def _show(answer: dict[str, Any], findings: Sequence[Finding], *, done: str, as_json: bool) -> None:
    if as_json:
        write_json(answered(answer, findings, speech=SPEECH))
    else:
        console = open_console()
        for told in spoken(findings, SPEECH):
            console.print(f"[yellow]![/yellow] {told['message']}")
        console.print(done)
    if any(finding.severity is Severity.ERROR for finding in findings):
        sys.exit(1)
