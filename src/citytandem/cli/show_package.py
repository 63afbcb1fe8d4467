"""Builds, checks and describes releases from a terminal."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING

from citytandem.cli.language import SPEECH
from citytandem.cli.screen import open_console, show_progress, show_table, write_json
from citytandem.findings import Severity
from citytandem.replies import answered, spoken

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from citytandem.findings import Finding

SHOWN = 25


def build_package(raw: Path, *, out: Path, as_json: bool) -> None:
    """Build the reference release; exit 1 if a raw set could not be read."""
    from citytandem.release.build import build

    with show_progress() as say:
        findings = build(raw, out, progress=lambda step: say(step))  # noqa: PLW0108 - it is called by name
    _report(findings, as_json=as_json, done=SPEECH.sentence("cli.package.built", folder=str(out)))


def check_package(folder: Path | None, *, as_json: bool) -> None:
    """Check files, rows and keys of a release; exit 1 if anything is wrong."""
    from citytandem.atlas import REFERENCE
    from citytandem.release.check import check

    where = folder or REFERENCE
    with show_progress() as say:
        say("checks")
        findings = check(where)
    _report(findings, as_json=as_json, done=SPEECH.sentence("cli.package.sound", folder=where.name))


def show_package(folder: Path | None, *, as_json: bool) -> None:
    """Tables with their rows, and sources with their licences."""
    from citytandem.atlas import load

    atlas = load(folder)
    if as_json:
        write_json(answered(atlas.descriptor, [], speech=SPEECH))
        return
    console = open_console()
    console.print(f"[bold]{atlas.descriptor.get('title')}[/bold]  {atlas.release}  sha256 {atlas.descriptor.get('sha256')}")
    rows = [
        [one["name"], SPEECH.number(one.get("rows"), digits=0), _size(one.get("bytes"))] for one in atlas.descriptor["resources"]
    ]
    show_table(console, [SPEECH.label("cli.package.table"), ">" + SPEECH.label("cli.package.rows"), ">kB"], rows)
    sources = [[row["title"], row["publisher"], row["licence"]] for row in atlas.source.iter_rows(named=True)]
    headings = [SPEECH.label(f"cli.package.{key}") for key in ("source", "publisher", "licence")]
    show_table(console, headings, sources)


def _size(size: int | None) -> str:
    return SPEECH.number(None if size is None else size / 1000, digits=0)


def _report(findings: Sequence[Finding], *, as_json: bool, done: str) -> None:
    if as_json:
        write_json(answered({"findings": len(findings)}, findings, speech=SPEECH))
    else:
        _print_findings(findings, done=done)
    if any(finding.severity is Severity.ERROR for finding in findings):
        sys.exit(1)


def _print_findings(findings: Sequence[Finding], *, done: str) -> None:
    console = open_console()
    for told in spoken(findings[:SHOWN], SPEECH):
        console.print(f"- {told['message']}")
    if len(findings) > SHOWN:
        kinds = Counter(str(finding.code) for finding in findings)
        console.print(", ".join(f"{code}: {count}" for code, count in sorted(kinds.items())))
    if not any(finding.severity is Severity.ERROR for finding in findings):
        console.print(done)
