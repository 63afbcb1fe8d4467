"""Is a file safe to open, and how is it opened safely? Limits, unpacking, text, and workbooks without surprises.

Everything that comes from outside passes here first. A workbook is never opened as it came: only the parts
that hold values are copied into a new archive, so links to other files, macros and pictures stay behind.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass

from citytandem.findings import Code, Finding, Severity

_MIB = 2**20
_GZIP = b"\x1f\x8b"
_ZIP = b"PK\x03\x04"
_NEEDED = re.compile(
    r"(\[Content_Types\]\.xml|_rels/\.rels|xl/_rels/workbook\.xml\.rels|xl/workbook\.xml|xl/styles\.xml"
    r"|xl/sharedStrings\.xml|xl/worksheets/[^/]+\.xml)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a file may be before it is refused; together they keep one import below about 1 GiB of memory.

    Parameters
    ----------
    file_bytes
        The file as it comes.
    text_bytes, workbook_bytes
        Its content, unpacked.
    parts
        Files inside a workbook.
    cells
        Cells of a table or of all sheets of a workbook; a sheet counts as its widest row times its last row, because
        it is read as a rectangle.
    columns
        Columns of a table.
    """

    file_bytes: int = 64 * _MIB
    text_bytes: int = 64 * _MIB
    workbook_bytes: int = 128 * _MIB
    parts: int = 2_000
    cells: int = 2_000_000
    columns: int = 2_000


LIMITS = Limits()


def unpack(raw: bytes, *, where: str, limits: Limits = LIMITS) -> tuple[bytes, list[Finding]]:
    """Give the content of a file, unpacked if it is gzipped; never more than the limit.

    Returns
    -------
    The content, empty if it is refused; a cut-off archive gives what could be read, with a finding.
    """
    if len(raw) > limits.file_bytes:
        return b"", [too_large(where, part="file", size=len(raw), limit=limits.file_bytes)]
    if not raw.startswith(_GZIP):
        return raw, []
    stream = zlib.decompressobj(wbits=31)
    try:
        content = stream.decompress(raw, limits.text_bytes + 1)
    except zlib.error as error:
        return b"", [unreadable(where, problem=str(error))]
    if len(content) > limits.text_bytes:
        return b"", [too_large(where, part="unpacked content", size=len(content), limit=limits.text_bytes)]
    return content, [] if stream.eof else [Finding(Code.FILE_CUT_OFF, {"file": where}, where=where, severity=Severity.WARNING)]


def decode(raw: bytes, *, where: str, limits: Limits = LIMITS) -> tuple[str, list[Finding]]:
    """Turn bytes into text: UTF-8, UTF-16 with its mark, else Windows-1252 with a finding that says so."""
    if len(raw) > limits.text_bytes:
        return "", [too_large(where, part="text", size=len(raw), limit=limits.text_bytes)]
    findings = []
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = raw.decode("utf-16", errors="replace")
    else:
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            text = raw.decode("cp1252", errors="replace")
            row = raw.count(b"\n", 0, error.start) + 1
            findings = [
                Finding(Code.ENCODING_GUESSED, {"encoding": "Windows-1252"}, row=row, where=where, severity=Severity.WARNING)
            ]
    return text.replace("\x00", ""), findings


def is_zip(raw: bytes) -> bool:
    """Is this an archive, as every modern workbook is?"""
    return raw.startswith(_ZIP)


def clean_workbook(raw: bytes, *, where: str, limits: Limits = LIMITS) -> tuple[bytes, list[Finding]]:
    """Copy the parts of a workbook that hold values into a new archive; refuse bombs before unpacking anything.

    Returns
    -------
    The new archive, empty if the workbook is refused or broken, and findings.
    """
    if len(raw) > limits.file_bytes:
        return b"", [too_large(where, part="file", size=len(raw), limit=limits.file_bytes)]
    if not is_zip(raw):
        return b"", [unreadable(where, problem="it is no workbook in the format xlsx")]
    try:
        return _copy(raw, where=where, limits=limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, KeyError, RuntimeError, NotImplementedError) as error:
        return b"", [unreadable(where, problem=str(error) or type(error).__name__)]


def _copy(raw: bytes, *, where: str, limits: Limits) -> tuple[bytes, list[Finding]]:
    clean = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as packed, zipfile.ZipFile(clean, "w") as copy:
        parts = packed.infolist()
        if len(parts) > limits.parts:
            return b"", [too_large(where, part="parts", size=len(parts), limit=limits.parts)]
        needed = {part.filename: part for part in parts if _NEEDED.fullmatch(part.filename)}
        size = sum(part.file_size for part in needed.values())
        if size > limits.workbook_bytes:
            return b"", [too_large(where, part="unpacked content", size=size, limit=limits.workbook_bytes)]
        area = 0
        for name, part in needed.items():
            content = packed.read(part)
            area += _area(content) if name.lower().startswith("xl/worksheets/") else 0
            if area > limits.cells:
                return b"", [too_large(where, part="cells", size=area, limit=limits.cells)]
            copy.writestr(name, content)
    return clean.getvalue(), []


_REFERENCE = re.compile(rb"""\br=["']([A-Z]{1,3})(\d{1,7})["']""")
_ROW = re.compile(rb"""<(?:\w+:)?row\b(?:[^>]{0,200}?\br=["'](\d{1,9})["'])?""")
_CELL = re.compile(rb"<(?:\w+:)?c[ >/]")


def _area(sheet: bytes) -> int:
    """Cells of the rectangle that holds every cell of a sheet, at least as many as there are.

    Examples
    --------
    >>> _area(b'<row r="1"><c r="A1"/></row><row r="3"><c r="B3"/></row>')
    6
    """
    last_row, last_column, named, rows = 0, 1, 0, 0
    for found in _REFERENCE.finditer(sheet):
        last_row, last_column = max(last_row, int(found[2])), max(last_column, _column_number(found[1]))
        named += 1
    for found in _ROW.finditer(sheet):
        rows += 1
        last_row = max(last_row, int(found[1] or 0))
    if sum(1 for _ in _CELL.finditer(sheet)) > named:
        widest = max(sum(1 for _ in _CELL.finditer(row)) for row in _ROW.split(sheet) if row)
        last_column = max(last_column, widest)
    return max(last_row, rows) * last_column


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def too_large(where: str, *, part: str, size: int, limit: int) -> Finding:
    """The finding that a file is beyond what is opened."""
    return Finding(Code.FILE_TOO_LARGE, {"file": where, "part": part, "size": size, "limit": limit}, where=where)


def unreadable(where: str, *, problem: str) -> Finding:
    """The finding that a file cannot be read."""
    reason = problem.splitlines()[0][:200] if problem.strip() else "empty"
    return Finding(Code.FILE_UNREADABLE, {"file": where, "problem": reason}, where=where)
