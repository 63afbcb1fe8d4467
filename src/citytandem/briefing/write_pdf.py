"""Writes a briefing as a tagged PDF: A4, one question a page, fonts inside."""

from __future__ import annotations

import json
from functools import singledispatch
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from citytandem.briefing.document import Block, Cards, Document, Grid, Notice, Picture, Text
from citytandem.charts.render import extra_needed, font_folders, render_svg
from citytandem.words import Speech

if TYPE_CHECKING:
    from citytandem.charts.chart import Twin

TEMPLATE = Path(__file__).parent / "briefing.typ"
CJK = {"zh-Hans": "Noto Sans CJK SC"}
REGIONS = {"zh-Hans": ("zh", "CN"), "ja": ("ja", "JP")}
STANDARD = "ua-1"


def write_pdf(document: Document, *, path: Path) -> None:
    """Write the PDF; typeset from the template beside this file, without any font of the system.

    The date is left out, so that the same answers give the same file.
    """
    with extra_needed():
        import typst  # optional dependency
    with TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "briefing.typ").write_bytes(TEMPLATE.read_bytes())
        (root / "briefing.json").write_text(json.dumps(_describe(document, root), ensure_ascii=False), encoding="utf-8")
        fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=font_folders())
        pdf = typst.compile(root / "briefing.typ", root=root, font_paths=fonts, pdf_standards=STANDARD, timestamp=0)
    path.write_bytes(pdf)  # type: ignore[arg-type]


def _describe(document: Document, root: Path) -> dict[str, Any]:
    """The document as plain values for the template; pictures are put beside it as files."""
    speech = Speech(document.language)  # type: ignore[arg-type]
    language, region = REGIONS.get(document.language, (document.language, None))
    return {
        "title": document.title,
        "subtitle": document.subtitle,
        "city": document.city,
        "language": language,
        "region": region,
        "fonts": ["Noto Sans", CJK.get(document.language, "Noto Sans CJK JP")],
        "footer": document.footer,
        "how": document.labels["briefing.how"],
        "pages": [
            {
                "key": page.key,
                "question": page.question,
                "answer": page.answer,
                "how": list(page.how),
                "blocks": [_describe_block(block, root=root, speech=speech) for block in page.blocks],
            }
            for page in document.pages
        ],
    }


@singledispatch
def _describe_block(block: Block, *, root: Path, speech: Speech) -> dict[str, Any]:
    raise TypeError(block)


@_describe_block.register
def _(block: Text, *, root: Path, speech: Speech) -> dict[str, Any]:  # noqa: ARG001 - same shape as the others
    return {"kind": "text", "text": block.text}


@_describe_block.register
def _(block: Notice, *, root: Path, speech: Speech) -> dict[str, Any]:  # noqa: ARG001 - same shape as the others
    return {"kind": "notice", "text": block.text}


@_describe_block.register
def _(block: Picture, *, root: Path, speech: Speech) -> dict[str, Any]:
    file = f"{block.chart.key}.svg"
    (root / file).write_text(render_svg(block.chart), encoding="utf-8")
    return {"kind": "picture", "file": file, "alt": block.chart.description, "table": _describe_table(block.printed, speech)}


@_describe_block.register
def _(block: Grid, *, root: Path, speech: Speech) -> dict[str, Any]:  # noqa: ARG001 - same shape as the others
    return {"kind": "table", "table": _describe_table(block.twin, speech)}


@_describe_block.register
def _(block: Cards, *, root: Path, speech: Speech) -> dict[str, Any]:  # noqa: ARG001 - same shape as the others
    cards = [{"title": card.title, "subtitle": card.subtitle, "lines": [list(line) for line in card.lines]} for card in block.cards]
    return {"kind": "cards", "cards": cards}


def _describe_table(twin: Twin, speech: Speech) -> dict[str, Any]:
    """A table for the template: wide columns share the width, numbers take what they need."""
    cells = twin.cells(speech)
    longest = [max((len(row[place]) for row in cells), default=0) for place in range(len(twin.columns))]
    return {
        "caption": twin.caption,
        "heads": [column.heading for column in twin.columns],
        "numbers": [column.is_number for column in twin.columns],
        "longest": longest,
        "rows": cells,
    }
