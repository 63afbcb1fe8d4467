"""Which sessions does a sheet name? Every row is read by the names of its columns; what cannot be is told beside its row."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from citytandem.sources.anysheet.grid import read_grid
from citytandem.tables.catalogue import FIELDS
from citytandem.web.agendas.choices import EQUIPMENT, TAGS
from citytandem.web.agendas.models import Kind

if TYPE_CHECKING:
    from citytandem.findings import Finding

COLUMNS = {
    "title": ("title", "titel", "session", "name"),
    "kind": ("kind", "type", "art", "format"),
    "topic": ("topic", "thema", "track"),
    "slots": ("slots", "länge"),
    "seats": ("seats", "plätze", "capacity"),
    "languages": ("languages", "language", "sprachen", "sprache"),
    "interpreted_into": ("interpreted_into", "interpreted into", "dolmetschen"),
    "needs": ("needs", "equipment", "ausstattung"),
    "speakers": ("speakers", "speaker", "people", "redner"),
    "place": ("place", "ort"),
    "travel_min": ("travel_min", "travel", "weg"),
    "text": ("text", "abstract", "description", "beschreibung"),
}
"""Names a column may have; besides, ``title_de`` and ``text_ja`` give other languages."""
MOST_ROWS = 500
LISTS = {"languages": frozenset(TAGS), "interpreted_into": frozenset(TAGS), "needs": frozenset(EQUIPMENT)}
BOUNDS = {"slots": (1, 12), "seats": (1, 100_000), "travel_min": (0, 600)}


@dataclass(frozen=True, kw_only=True)
class SheetRow:
    """One row of the sheet: what it gives, and the keys of the words that say what is wrong with it."""

    line: int
    values: dict[str, Any]
    speakers: list[str] = field(default_factory=list)
    wrong: list[tuple[str, str]] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        """Can it be taken?"""
        return not self.wrong


@dataclass(frozen=True, kw_only=True)
class ReadSheet:
    """All rows, and what was found about the file itself."""

    rows: list[SheetRow] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    problem: str = ""


def read_sheet(raw: bytes, *, name: str, language: str, people: frozenset[str]) -> ReadSheet:
    """Read the first sheet of a file. ``people`` are the names of guests that may be named as speakers."""
    grid, findings = read_grid(raw, where=name)
    if not grid.sheets or not grid.sheets[0].rows:
        return ReadSheet(findings=findings, problem="empty")
    sheet = grid.sheets[0]
    columns = _find_columns(sheet.rows[0], language=language)
    if not any(column.startswith("title") for column in columns.values()):
        return ReadSheet(findings=findings, problem="no_title")
    body = [(line, row) for line, row in zip(sheet.lines[1:], sheet.rows[1:], strict=True) if any(_text(cell) for cell in row)]
    if len(body) > MOST_ROWS:
        return ReadSheet(findings=findings, problem="too_many")
    rows = [
        _read_row(line, {name: _text(row[at]) for at, name in columns.items() if at < len(row)}, people=people)
        for line, row in body
    ]
    return ReadSheet(rows=rows, findings=findings)


def _find_columns(head: tuple[Any, ...], *, language: str) -> dict[int, str]:
    known = {spelling: name for name, spellings in COLUMNS.items() for spelling in spellings}
    plain = {"title": f"title_{language}", "text": f"text_{language}"}
    told = {f"{part}_{tag}".lower(): f"{part}_{tag}" for part in plain for tag in TAGS}
    found = {}
    for at, cell in enumerate(head):
        spelling = _text(cell).lower()
        name = told.get(spelling) or known.get(spelling)
        if name:
            found[at] = plain.get(name, name)
    return found


def _read_row(line: int, cells: dict[str, str], *, people: frozenset[str]) -> SheetRow:
    wrong: list[tuple[str, str]] = []
    values: dict[str, Any] = {"titles": {}, "texts": {}}
    for name, text in cells.items():
        if name.startswith(("title_", "text_")):
            part, _, tag = name.partition("_")
            if text:
                values[f"{part}s"][tag] = text[: 160 if part == "title" else 4000]
    if not values["titles"]:
        wrong.append(("title", ""))
    values["kind"] = _choose(cells, "kind", known=Kind.values, default=Kind.TALK, wrong=wrong)
    values["topic"] = _choose(cells, "topic", known=FIELDS, default="", wrong=wrong)
    for name, known in LISTS.items():
        parts = _split(cells.get(name, ""))
        values[name] = [one for one in parts if one in known]
        wrong += [(name, one) for one in parts if one not in known]
    for name, (low, high) in BOUNDS.items():
        values[name] = _count(cells.get(name, ""), name=name, low=low, high=high, wrong=wrong)
    values["slots"] = values["slots"] or 1
    values["place"] = cells.get("place", "")[:160]
    speakers = _split(cells.get("speakers", ""))
    wrong += [("speakers", one) for one in speakers if one not in people]
    return SheetRow(line=line, values=values, speakers=speakers, wrong=wrong)


def _choose(cells: dict[str, str], name: str, *, known: Any, default: str, wrong: list[tuple[str, str]]) -> str:
    text = cells.get(name, "").lower()
    if text and text not in known:
        wrong.append((name, text))
    return text if text in known else default


def _count(text: str, *, name: str, low: int, high: int, wrong: list[tuple[str, str]]) -> int | None:
    if not text:
        return None
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else -1
    if not low <= number <= high:
        wrong.append((name, text))
        return None
    return number


def _split(text: str) -> list[str]:
    return [part for one in text.replace(";", ",").split(",") if (part := one.strip())]


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()[:4000]
