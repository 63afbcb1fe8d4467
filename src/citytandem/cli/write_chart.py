"""Writes one picture as a file: for the web, for a report, or with its table as a page of its own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from citytandem.cli.language import SPEECH
from citytandem.findings import CannotCompute, Code, Finding
from citytandem.replies import say

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from citytandem.charts.chart import Chart
    from citytandem.tables.provenance import Provenance

FORMS = (".html", ".json", ".png", ".svg")


def check_form(file: Path) -> None:
    """Refuse a file we cannot draw, before anything is computed.

    Raises
    ------
    CannotCompute
        UNKNOWN_CHOICE: its ending is none of ours. FILE_UNREADABLE: it is a folder.
    """
    if file.suffix.lower() not in FORMS:
        raise CannotCompute(Finding(Code.UNKNOWN_CHOICE, {"asked": file.name, "option": "--out", "choices": ", ".join(FORMS)}))
    if file.is_dir():
        raise CannotCompute(Finding(Code.FILE_UNREADABLE, {"file": file.name, "problem": "it is a folder"}, where=str(file)))


def save_chart(
    chart: Chart, file: Path, *, answer: str, findings: Iterable[Finding] = (), provenance: Provenance | None = None
) -> None:
    """Write the picture in the form its ending names.

    ``answer``, ``findings`` and ``provenance`` stand beside it where there is room for words: on a page.

    Raises
    ------
    CannotCompute
        EXTRA_MISSING when the addition that draws is not installed; nothing is written then.
    """
    from citytandem.charts.render import render_png, render_svg

    form = file.suffix.lower()
    if form == ".png":
        raw = render_png(chart)
    elif form == ".html":
        raw = _write_page(chart, answer=answer, findings=findings, provenance=provenance).encode()
    elif form == ".json":
        raw = json.dumps(chart.spec, ensure_ascii=False, indent=1).encode()
    else:
        raw = render_svg(chart).encode()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(raw)


def _write_page(chart: Chart, *, answer: str, findings: Iterable[Finding], provenance: Provenance | None) -> str:
    """A page with the answer, the picture, its table, and what would cure what is missing."""
    from citytandem.briefing.build import LABELS
    from citytandem.briefing.document import Document, Page, Picture
    from citytandem.briefing.write_html import render_html

    told = [say(finding, SPEECH) for finding in findings]
    page = Page(chart.key, chart.title, answer, (Picture(chart),), (SPEECH.label("chart.bridge.how"), *told))
    release = "" if provenance is None else f"{provenance.release} ({provenance.release_sha256[:12]})"
    return render_html(
        Document(
            title=chart.title,
            subtitle="",
            city="",
            language=SPEECH.language,
            footer=release,
            pages=(page,),
            labels={key: SPEECH.label(key) for key in LABELS},
        )
    )
