"""Keeps the pages that commands publish as data inside the package, so that the site shows the same figures.

Run after ``citytandem validate --write`` and ``citytandem recount --write``: ``python -m tools.published``.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
PAGES = {
    "validation": "docs/explanation/validation.md",
    "estimates": "docs/explanation/estimates.md",
    "totals": "docs/explanation/totals.md",
    "glossary": "docs/glossary.md",
}
FOLDER = ROOT / "src/citytandem/data/published"


def write_published() -> None:
    """Write every page as data; a page that would not change is left as it is."""
    FOLDER.mkdir(exist_ok=True)
    for name in PAGES:
        (FOLDER / f"{name}.json").write_text(read_published(name), encoding="utf-8")


def read_published(name: str) -> str:
    """One page as JSON: sections with a title, paragraphs, and tables of heads and rows."""
    text = (ROOT / PAGES[name]).read_text(encoding="utf-8")
    return json.dumps({"page": name, "sections": _split(text)}, ensure_ascii=False, indent=1) + "\n"


def _split(text: str) -> list[dict[str, Any]]:
    sections: list[dict[str, Any]] = []
    for block in re.split(r"\n\s*\n", text.strip()):
        lines = block.splitlines()
        if lines[0].startswith("#"):
            sections.append({"title": lines.pop(0).lstrip("# "), "text": [], "tables": []})
        if not lines:
            continue
        if lines[0].startswith("|"):
            heads, _, *rows = [_cells(line) for line in lines]
            sections[-1]["tables"].append({"heads": heads, "rows": rows})
        else:
            sections[-1]["text"].append(_plain(" ".join(line.strip() for line in lines)))
    return sections


def _cells(line: str) -> list[str]:
    return [_plain(cell.strip()) for cell in line.strip().strip("|").split("|")]


def _plain(text: str) -> str:
    """Words without the marks of Markdown."""
    linked = re.sub(r"\[([^\]]+)\]\([^)]+\)", r"\1", text)
    return re.sub(r"(?<![\w*])\*\*?([^*]+)\*\*?(?![\w*])", r"\1", linked).replace("`", "")


if __name__ == "__main__":
    write_published()
