"""What does a text table say: in which encoding is it written, and what separates its cells?"""

from __future__ import annotations

import csv
import io
import itertools
from collections import Counter

from citytandem.findings import Code, Finding, Severity

SAMPLE = 65_536
"""Bytes from which encoding and separator are told: enough for a few hundred lines."""
SEPARATORS = ("\t", ";", "|", ",")
LONGEST_CELL_LINES = 20
"""A cell over more lines than this is a quotation mark that was never closed."""
_NAMES = {"cp932": "Shift-JIS", "gb18030": "GB18030", "cp1252": "Windows-1252"}
_KANA = range(0x3040, 0x3100)
_HALF_KANA = range(0xFF61, 0xFFA0)
_HAN = range(0x4E00, 0x9FFF)


def decode_text(raw: bytes, *, where: str) -> tuple[str, str, list[Finding]]:
    """Turn bytes into text; what is not UTF-8 or marked is told from the letters it would give, with a finding.

    Returns
    -------
    The text, the name of its encoding, and findings.
    """
    marked = _marked(raw)
    if marked:
        return raw.decode(marked, errors="replace").replace("\x00", ""), marked, []
    try:
        return raw.decode("utf-8").replace("\x00", ""), "utf-8", []
    except UnicodeDecodeError as error:
        start = error.start
        first = raw.count(b"\n", 0, start) + 1
        sample = _sample(raw, start=start)
    encoding = max(("utf-8", *_NAMES), key=lambda name: plausibility(sample.decode(name, errors="replace"), encoding=name))
    text = raw.decode(encoding, errors="replace").replace("\x00", "")
    if encoding == "utf-8" and len(raw) - start <= 3:
        return text, encoding, [Finding(Code.FILE_CUT_OFF, {"file": where}, where=where, severity=Severity.WARNING)]
    shown = _NAMES.get(encoding, "UTF-8")
    return text, encoding, [
        Finding(Code.ENCODING_GUESSED, {"encoding": shown}, row=first, where=where, severity=Severity.WARNING)
    ]  # fmt: skip


def _marked(raw: bytes) -> str | None:
    if raw.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    head = raw[:2000]
    if len(head) >= 8 and head.count(0) > len(head) // 4:
        return "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"
    return None


def _sample(raw: bytes, *, start: int) -> bytes:
    begin = raw.rfind(b"\n", 0, start) + 1
    piece = raw[begin : begin + SAMPLE]
    lines = [line for line in piece.split(b"\n") if not line.isascii()]
    return b"\n".join(lines[:400])


def plausibility(text: str, *, encoding: str) -> float:
    """How much a text looks as if it had been written in this encoding; higher is likelier."""
    signs = [mark for mark in text if ord(mark) > 127]
    if not signs:
        return 0.0
    points = sum(_points(mark, encoding=encoding) for mark in signs) / len(signs)
    if encoding == "cp1252":
        # accents stand alone between plain letters; two bytes of an Asian letter stand together
        together = sum(ord(one) > 127 and ord(two) > 127 for one, two in itertools.pairwise(text))
        points -= 2.0 * together / len(signs)
    return points


def _points(mark: str, *, encoding: str) -> float:
    code = ord(mark)
    if mark == "\ufffd":
        points = -3.0
    elif encoding == "cp1252":
        points = 0.8 if mark.isalpha() or mark in "–„“”’²³°€§·" else -0.5
    elif encoding == "utf-8":
        points = 1.3
    elif encoding == "cp932" and code in _KANA:
        points = 1.2
    elif encoding == "cp932" and code in _HALF_KANA:
        points = -0.8
    elif code in _HAN:
        points = _points_of_han(mark, encoding)
    else:
        points = 0.3 if 0x3000 <= code < 0x3040 or code >= 0xFF00 else -0.3
    return points


def _points_of_han(mark: str, encoding: str) -> float:
    """Everyday letters stand first in the tables of both encodings; letters of a wrong reading are rare ones."""
    packed = mark.encode(encoding, errors="replace")
    if encoding == "gb18030":
        return 1.0 if len(packed) == 2 and 0xB0 <= packed[0] <= 0xD7 and packed[1] >= 0xA1 else -0.4
    return 1.0 if len(packed) == 2 and 0x88 <= packed[0] <= 0x97 else -0.2


def find_separator(text: str) -> str:
    r"""The mark between cells: the one that cuts most lines into the same number of cells.

    >>> find_separator("Titel\nSektor;2018;2019\nVerkehr;1,5;2,5\n"), find_separator("a,b\n1,2\n")
    (';', ',')
    """
    lines = [line for line in text[:SAMPLE].splitlines() if line.strip()][:200]
    best, most = ",", 0.0
    for separator in SEPARATORS:
        widths = Counter(len(cells) for cells in _split(lines, separator))
        fitting = [(count, width) for width, count in widths.items() if width > 1]
        if not fitting:
            continue
        count, width = max(fitting)
        points = count + min(width, 40) / 1000
        if points > most * 1.02:
            best, most = separator, points
    return best


def _split(lines: list[str], separator: str) -> list[list[str]]:
    try:
        return list(csv.reader(lines, delimiter=separator))
    except csv.Error:
        return [line.split(separator) for line in lines]


def split_text(text: str, *, separator: str, where: str) -> tuple[list[list[str]], list[int], list[Finding]]:
    """Cut a text into rows of cells, each with the line on which it begins; a quotation mark left open loses nothing."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    rows, lines, line = list[list[str]](), list[int](), 1
    try:
        for row in reader:
            if reader.line_num - line > LONGEST_CELL_LINES:
                return _read_on(text, separator, (rows, lines), where=where)
            rows.append(row)
            lines.append(line)
            line = reader.line_num + 1
    except csv.Error:
        return _read_on(text, separator, (rows, lines), where=where)
    return rows, lines, []


def _read_on(
    text: str, separator: str, done: tuple[list[list[str]], list[int]], *, where: str
) -> tuple[list[list[str]], list[int], list[Finding]]:
    """Read the rest line by line, from the row whose quotation mark is never closed."""
    rows, lines = done
    physical = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    line = lines[-1] + 1 + sum(cell.count("\n") for cell in rows[-1]) if lines else 1
    rest = physical[line - 1 :]
    rows += [[cell.strip('" ') for cell in kept.split(separator)] for kept in rest]
    lines += list(range(line, line + len(rest)))
    return rows, lines, [Finding(Code.SHEET_QUOTE_OPEN, {}, row=line, where=where, severity=Severity.WARNING)]
