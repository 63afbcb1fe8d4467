"""Writes a briefing as a tagged PDF: A4, one question a page, fonts inside."""

from __future__ import annotations

import json
import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from citytandem.briefing.document import Block, Cards, Document, Grid, Notice, Picture, Text
from citytandem.charts.render import extra_needed, font_folders, render_svg
from citytandem.charts.style import measure
from citytandem.words import Speech

if TYPE_CHECKING:
    from citytandem.charts.chart import Twin

TEMPLATE = Path(__file__).parent / "briefing.typ"
CJK = {"zh-Hans": "Noto Sans CJK SC"}
REGIONS = {"zh-Hans": ("zh", "CN"), "ja": ("ja", "JP")}


def render_pdf(document: Document) -> bytes:
    """The PDF, typeset from the template beside this file, without any font of the system.

    The date is left out, so that the same answers give the same file.
    """
    with extra_needed():
        import typst  # optional dependency
    with TemporaryDirectory() as folder:
        root = Path(folder)
        main = root / TEMPLATE.name
        main.write_bytes(TEMPLATE.read_bytes())
        main.with_suffix(".json").write_text(json.dumps(_describe(document, root), ensure_ascii=False), encoding="utf-8")
        fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=font_folders())
        compiler = typst.Compiler(main, root=root, font_paths=fonts)
        try:
            pdf = compiler.compile(pdf_standards="ua-1", timestamp=0)
        except typst.TypstError:
            # a letter that no font of ours holds forbids the accessible standard; the file is still tagged
            pdf = compiler.compile(timestamp=0)
    return pdf if isinstance(pdf, bytes) else b"".join(pdf or [])


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
                "begins": begins,
                "question": page.question,
                "answer": page.answer,
                "how": list(page.how),
                "blocks": [_describe_block(block, root=root, speech=speech) for block in page.blocks],
            }
            for page, begins in zip(document.pages, begin_sheets(document), strict=True)
        ],
    }


SHARED = 3
"""Questions that cannot be answered share a sheet, at most so many."""


def begin_sheets(document: Document) -> list[bool]:
    """For each question whether it begins a new sheet: those with only a notice follow each other on one."""
    begins: list[bool] = []
    run = 0
    for page in document.pages[1:]:
        short = all(isinstance(block, Notice) for block in page.blocks)
        run = run + 1 if short else 0
        begins.append(not short or run % SHARED == 1)
    return [True, *begins]


def _describe_block(block: Block, *, root: Path, speech: Speech) -> dict[str, Any]:
    match block:
        case Text(text):
            return {"kind": "text", "text": text}
        case Notice(text):
            return {"kind": "notice", "text": text}
        case Grid(twin):
            return {"kind": "table", "table": _describe_table(twin, speech=speech)}
        case Cards(cards):
            shown = [
                {"title": card.title, "subtitle": card.subtitle, "lines": [list(line) for line in card.lines]} for card in cards
            ]
            return {"kind": "cards", "cards": shown}
        case Picture(chart):
            file = f"{chart.key}.svg"
            (root / file).write_text(render_svg(chart), encoding="utf-8")
            table = _describe_table(block.printed, speech=speech, caption=speech.label("briefing.table"))
            return {"kind": "picture", "file": file, "alt": chart.description, "table": table}


def _describe_table(twin: Twin, *, speech: Speech, caption: str | None = None) -> dict[str, Any]:
    """A table for the template, with the widths of its columns."""
    cells = twin.cells(speech)
    return {
        "caption": f"{caption} ({twin.shared_unit})" if caption and twin.shared_unit else caption or twin.heading,
        "heads": twin.heads,
        "numbers": [column.is_number for column in twin.columns],
        "widths": _measure_columns(twin, cells),
        "rows": cells,
    }


LETTER_EM = 0.62
"""Mean width of a letter or figure, with a little air."""

WIDEST_HEAD = 16
"""Letters after which a heading of a number column is broken."""

WIDEST_CJK_HEAD = 24
"""The same for Chinese and Japanese, whose words stand without spaces and should not be torn."""

HEAD_LINES = 3

SHORT_WORDS = 14
"""Columns of words up to this length are never broken."""

PAGE_EM = 58
"""Width of a page in letters of a table."""

LEAST_WORDS_EM = 9
"""What a column of words needs at least."""


def _measure_columns(twin: Twin, cells: list[list[str]]) -> list[dict[str, float]]:
    """Columns of numbers and short words take what they need; columns of long words share the rest by their length."""
    columns = [_measure_column(twin, place, cells=cells) for place in range(len(twin.columns))]
    room = PAGE_EM - LEAST_WORDS_EM * sum(column["share"] > 0 for column in columns)
    taken = sum(column["em"] for column in columns)
    squeeze = min(1.0, room / taken) if taken else 1.0
    return [{"em": max(column["em"] * squeeze, column["least"]), "share": column["share"]} for column in columns]


def _measure_column(twin: Twin, place: int, *, cells: list[list[str]]) -> dict[str, float]:
    column, head = twin.columns[place], twin.heads[place]
    longest = max((measure(row[place]) for row in cells), default=0)
    words = max((measure(word) for word in re.split(r"[\s-]", head)), default=0)
    widest = WIDEST_HEAD if measure(head) == len(head) else WIDEST_CJK_HEAD
    wanted = min(max(words, measure(head) / HEAD_LINES), widest)
    if column.is_number or longest <= SHORT_WORDS:
        return {"em": (max(longest, wanted) + 1.8) * LETTER_EM, "least": (longest + 1.2) * LETTER_EM, "share": 0}
    return {"em": 0, "least": 0, "share": min(max(longest, 8), 64) ** 0.7}
