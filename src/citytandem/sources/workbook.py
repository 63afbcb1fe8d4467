"""What do the sheets of a workbook hold? Values only, each cell at its own row and column."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

from citytandem.findings import Code, Finding
from citytandem.sources import guard
from citytandem.sources.cells import Page, more_findings

if TYPE_CHECKING:
    from collections.abc import Mapping

Sheet = list[list[Any]]
"""Rows of cells from A1 on; an empty cell is an empty text."""

_REFERENCE = re.compile(rb'\br="([A-Z]+)(\d+)"')


def read_workbook(raw: bytes, *, where: str) -> tuple[dict[str, Sheet], list[Finding]]:
    """Read every sheet of an xlsx by name, after the guard has let it in.

    A formula counts as the value that was saved with it. One without a value, or with an error
    as its value, leaves the cell empty and is reported with sheet, row and column.
    """
    clean, findings = guard.clean_workbook(raw, where=where)
    if not clean:
        return {}, findings
    try:
        sheets = _read(clean)
        hollow = _hollow_cells(clean, list(sheets), where=where)
    except BaseException as error:  # the reader is native code: its panic is no Exception
        if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
            raise
        return {}, [*findings, guard.unreadable(where, problem=str(error) or type(error).__name__)]
    return sheets, [*findings, *hollow]


def _read(clean: bytes) -> dict[str, Sheet]:
    import python_calamine as calamine  # slow import

    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(clean))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def _hollow_cells(clean: bytes, names: list[str], *, where: str) -> list[Finding]:
    page = Page(where)
    with zipfile.ZipFile(io.BytesIO(clean)) as packed:
        sheets = _sheet_files(packed)
        for name in names:
            content = packed.read(sheets[name]) if sheets.get(name) in packed.NameToInfo else b""
            if b"<f" in content or b't="e"' in content:
                _find_hollow(content, page=page.sheet(name))
    return [*page.findings, *more_findings(page.met, where=where)]


def _find_hollow(content: bytes, *, page: Page) -> None:
    for piece in content.split(b"</c>"):
        if b"<f" not in piece and b't="e"' not in piece:
            continue
        tag, _, inner = piece[piece.rfind(b"<c ") :].partition(b">")
        reference = _REFERENCE.search(tag)
        hollow = b"<f" in inner and b't="str"' not in tag and not re.search(rb"<v>[^<]", inner)
        if reference and (hollow or b't="e"' in tag):
            page.say(Code.FORMULA_WITHOUT_VALUE, row=int(reference[2]), column=reference[1].decode())


def _sheet_files(packed: zipfile.ZipFile) -> Mapping[str, str]:
    """The part of the archive behind each sheet name; an archive that does not say is left out."""
    try:
        relations = packed.read("xl/_rels/workbook.xml.rels").decode(errors="replace")
        book = packed.read("xl/workbook.xml").decode(errors="replace")
    except KeyError:
        return {}
    targets = {}
    for tag in re.findall(r"<Relationship\b[^>]{0,2000}>", relations):
        identity, target = re.search(r'\bId="([^"]*)"', tag), re.search(r'\bTarget="([^"]*)"', tag)
        if identity and target:
            targets[identity[1]] = "xl/" + target[1].removeprefix("/xl/").removeprefix("xl/")
    found = {}
    for tag in re.findall(r"<sheet\b[^>]{0,2000}>", book):
        name, identity = re.search(r'\bname="([^"]*)"', tag), re.search(r'\br:id="([^"]*)"', tag)
        if name and identity and identity[1] in targets:
            found[name[1]] = targets[identity[1]]
    return found


def header_row(sheet: Sheet, wanted: tuple[str, ...]) -> int | None:
    """Index of the first of the first 50 rows that holds every wanted heading; None if none does."""
    for number, row in enumerate(sheet[:50]):
        cells = {heading(cell) for cell in row}
        if all(heading(name) in cells for name in wanted):
            return number
    return None


def heading(cell: object) -> str:
    """A heading without case, line breaks, invisible marks and double spaces, so that spellings match.

    >>> heading("BASIC+  II.1"), heading(" Land area (km2)")
    ('basic+ ii.1', 'land area (km2)')
    """
    visible = re.sub("[\u200b-\u200f\ufeff\u2060]", "", str(cell))
    return " ".join(visible.split()).lower()
