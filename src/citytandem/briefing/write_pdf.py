"""Writes a briefing as a tagged PDF: A4, one question a page, fonts inside."""

from __future__ import annotations

import json
import re
from functools import singledispatch
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from citytandem.briefing.document import Block, Cards, Document, Grid, Notice, Picture, Text
from citytandem.charts.style import measure
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
    """A table for the template, with the widths of its columns."""
    cells = twin.cells(speech)
    return {
        "caption": twin.heading,
        "heads": twin.heads,
        "numbers": [column.is_number for column in twin.columns],
        "widths": [_measure_column(twin, place, cells=cells) for place in range(len(twin.columns))],
        "rows": cells,
    }


LETTER_EM = 0.62
"""Mean width of a letter or figure, with a little air."""

WIDEST_HEAD = 16
"""Letters after which a heading of a number column is broken."""

HEAD_LINES = 3


def _measure_column(twin: Twin, place: int, *, cells: list[list[str]]) -> dict[str, float]:
    """Columns of numbers and short words take what they need; columns of long words share the rest by their length."""
    column, head = twin.columns[place], twin.heads[place]
    longest = max((measure(row[place]) for row in cells), default=0)
    words = max((measure(word) for word in re.split(r"[\s-]", head)), default=0)
    wanted = min(max(words, measure(head) / HEAD_LINES), WIDEST_HEAD)
    if column.is_number or longest <= WIDEST_HEAD // 2:
        return {"em": (max(longest, wanted) + 1.2) * LETTER_EM, "share": 0}
    return {"em": 0, "share": min(max(longest, 8), 60) ** 0.6}
