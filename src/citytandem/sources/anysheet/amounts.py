"""What does a cell or a unit say as an amount? Numbers by the evidence of their column, units with their size."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from citytandem.units import factor_to

if TYPE_CHECKING:
    from collections.abc import Iterable

    from citytandem.sources.anysheet.grid import Cell

_MARKS = re.compile(r"[*†‡⁰¹²³⁴-⁹₀-₉]+$")
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:([.,' ])\d{3})(?:\1\d{3})*|\d+)?(?:[.,]\d+)?(?:[eE][+-]?\d{1,3})?")
_WITH_UNIT = re.compile(r"([+-]?[\d.,' ]*\d(?:[eE][+-]?\d{1,3})?)\s*([^\d\s.,+-].{0,30})")


@dataclass(frozen=True, slots=True)
class Marks:
    """Which sign divides the decimals in some cells: evidence for comma and point, and cells that say neither."""

    comma: int = 0
    point: int = 0
    open: int = 0
    example: str = ""

    def decimal(self) -> str:
        """The decimal sign if the evidence agrees; empty if it does not, or if there is none."""
        if self.comma and not self.point:
            return ","
        return "." if self.point and not self.comma else ""


def find_marks(cells: Iterable[Cell]) -> Marks:
    """Weigh how the texts of a column write numbers; a number typed as such needs no evidence.

    >>> find_marks(["1.234,5", "12,75"]).decimal(), find_marks(["1.953"]).decimal(), find_marks(["1.953"]).open
    (',', '', 1)
    """
    seen: Counter[str] = Counter()
    example = ""
    for cell in cells:
        if isinstance(cell, str) and len(cell) <= 80 and (mark := _evidence_in(cell)):
            seen[mark] += 1
            if mark == "open" and not example:
                example = cell[:40]
    return Marks(comma=seen[","], point=seen["."], open=seen["open"], example=example)


@lru_cache(maxsize=100_000)
def _evidence_in(cell: str) -> str:
    return _evidence(bare(cell))


@lru_cache(maxsize=50_000)
def bare(text: str) -> str:
    """The number in a text without footnote marks, wide letters and special blanks."""
    return unicodedata.normalize("NFKC", _MARKS.sub("", text.strip())).replace("\u2212", "-").replace("\u2019", "'").strip()


def _evidence(text: str) -> str:
    match = re.match(r"[+-]?([\d.,' ]*\d)", text)
    digits = (match[1] if match else "").replace(" ", "").replace("'", "")
    commas, points = digits.count(","), digits.count(".")
    if commas and points:
        return "," if digits.rfind(",") > digits.rfind(".") else "."
    if commas + points == 0:
        return ""
    mark, other = (",", ".") if commas else (".", ",")
    if commas + points > 1:
        return other
    before, _, after = digits.partition(mark)
    if len(after) != 3 or len(before) > 3 or before.lstrip("0") == "":
        return mark
    return "open"


def read_number(cell: Cell, *, decimal: str) -> float | None:
    """The number a cell says; None for words, what cannot be finite, and marks that could mean two things.

    >>> read_number("1.953", decimal=""), read_number("1.953", decimal=","), read_number("-2 418,5", decimal=",")
    (None, 1953.0, -2418.5)
    >>> read_number("1,234.5", decimal=""), read_number("NaN", decimal="."), read_number("12 t", decimal=".")
    (1234.5, None, None)
    """
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, int | float):
        return float(cell) if math.isfinite(cell) else None
    return _read_text(cell, decimal) if len(cell) <= 80 else None


@lru_cache(maxsize=200_000)
def _read_text(cell: str, decimal: str) -> float | None:
    text = bare(cell)
    if not text or len(text) > 60 or not any(mark.isdigit() for mark in text) or not _NUMBER.fullmatch(text):
        return None
    sign = _evidence(text)
    if sign == "open":
        sign = decimal
        if not sign:
            return None
    sign = sign or decimal or "."
    plain = text.replace(" ", "").replace("'", "").replace("," if sign == "." else ".", "").replace(",", ".")
    try:
        value = float(plain)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def looks_numeric(cell: Cell) -> bool:
    """Is this a number, whatever its marks mean, with or without a unit behind it?"""
    if isinstance(cell, str):
        return len(cell) <= 60 and (read_number(cell, decimal=".") is not None or split_unit(cell) is not None)
    return isinstance(cell, int | float) and not isinstance(cell, bool)


@lru_cache(maxsize=100_000)
def split_unit(text: str) -> tuple[str, str] | None:
    """The number and the unit of a cell that holds both.

    >>> split_unit("12,5 GWh"), split_unit("Sektor 3"), split_unit("500")
    (('12,5', 'GWh'), None, None)
    """
    found = _WITH_UNIT.fullmatch(bare(text)[:60])
    return (found[1].strip(), found[2].strip()) if found and read_unit(found[2]).quantity else None


@dataclass(frozen=True, slots=True)
class Unit:
    """What a unit measures and how many of ours (t, MWh, kg per MWh) it is; ``asked`` if it can mean two things."""

    quantity: str = ""
    factor: float = 0.0
    asked: bool = False
    higher: bool = False


_TIMES = {
    "": 1.0, "k": 1e3, "1000": 1e3, "10^3": 1e3, "10e3": 1e3, "tsd": 1e3, "tsd.": 1e3, "tausend": 1e3, "thousand": 1e3,
    "tusind": 1e3, "千": 1e3, "万": 1e4, "萬": 1e4, "10000": 1e4, "10^4": 1e4, "百万": 1e6, "mio": 1e6, "mio.": 1e6,
    "million": 1e6, "millionen": 1e6, "10^6": 1e6, "1000000": 1e6, "mill.": 1e6, "亿": 1e8, "億": 1e8, "10^8": 1e8
}  # fmt: skip
_TONNES = {
    "t",
    "ton",
    "tons",
    "tonne",
    "tonnes",
    "tonnen",
    "metric tons",
    "metric tonnes",
    "metric ton",
    "トン",
    "吨",
    "公吨",
    "tonn",
}
_OTHER_MASS = {
    "kg": 1e-3, "g": 1e-6, "gg": 1e3, "kt": 1e3, "kilotonnes": 1e3, "kilotons": 1e3, "gt": 1e9, "mmt": 1e6, "lb": 4.53592e-4,
    "lbs": 4.53592e-4, "short tons": 0.90718, "short ton": 0.90718, "mmtco2e": 1e6, "gigagrams": 1e3, "megatonnes": 1e6,
}  # fmt: skip
_ENERGY = {
    "kwh": "kWh", "mwh": "MWh", "gwh": "GWh", "twh": "TWh", "j": "J", "kj": "kJ", "mj": "MJ", "gj": "GJ", "tj": "TJ", "pj": "PJ",
    "toe": "toe", "ktoe": "ktoe", "tce": "tce", "吨标准煤": "tce", "吨标煤": "tce", "吨ce": "tce", "千瓦时": "kWh", "度": "kWh",
    "btu": "Btu", "therm": "US_therm", "therms": "US_therm", "mmbtu": "MBtu", "kbtu": "kBtu", "キロワット時": "kWh",
}  # fmt: skip
_BY_HIGHER = {"therm", "therms", "mmbtu", "btu", "kbtu"}
_EQUIVALENT = "e|eq|äq|ae|äqu|aeq|aqu|equivalents?|äquivalente?|äquivalent|当量|換算|ækv|ækvivalenter"
_TAIL = re.compile(rf"(?:\s*[-‐ ・/]?\s*(?:of )?co2\s*[-‐ ]?\s*(?:{_EQUIVALENT})?\.?)$")
_PER_YEAR = re.compile(r"\s*(?:/\s*(?:a|yr|year|jahr|år|年)|per year|pro jahr|pr\.? år|a-1|p\.\s?a\.)$")


@lru_cache(maxsize=4_000)
def read_unit(text: str) -> Unit:
    """Read a unit as people write it; small and large ``mt`` are asked, only ``Mt`` is a megatonne.

    >>> read_unit("千t-CO2").factor, read_unit("万吨").factor, read_unit("Tsd. t CO₂-Äq").factor, read_unit("MTCO2e").asked
    (1000.0, 10000.0, 1000.0, True)
    >>> read_unit("MMBtu (HHV)").higher, round(read_unit("TJ/a").factor, 3), read_unit("g/kWh").quantity, read_unit("kW").quantity
    (True, 277.778, 'factor', '')
    """
    wide = unicodedata.normalize("NFKC", text.strip().strip("[]()（）【】")).replace("₂", "2").strip()
    if not wide or len(wide) > 60:
        return Unit()
    higher = bool(re.search(r"\b(?:hhv|hs|ho|brennwert|gcv)\b|高位|総発熱", wide, re.IGNORECASE))
    wide = re.sub(r"\s*[(,]?\s*\b(?:HHV|LHV|Hs|Hi|Ho|Hu|GCV|NCV)\b\)?", "", wide).strip()
    low = re.sub(r"(?<=\d)[., ](?=000)", "", _PER_YEAR.sub("", wide.casefold()).strip())
    if re.fullmatch(r"mt(?:\s?co2e?|cde)?(?:[ -]?(?:co2)?[ -]?(?:e|eq)?)?", low):
        exact = re.match(r"Mt(?![A-Za-z]*t)", wide) and not wide.startswith("MT")
        return Unit("emissions", 1e6) if exact else Unit("emissions", 0.0, asked=True)
    if re.fullmatch(r"(?:kg|g|t)\s?(?:co2)?[ -]?(?:e|eq|äq)?\s?/\s?(?:k|m|g)wh", low.replace("co2-äq", "co2äq")):
        top, _, bottom = low.partition("/")
        size = {"kg": 1.0, "t": 1e3}.get(re.match(r"kg|g|t", top)[0], 1e-3)  # type: ignore[index]
        return Unit("factor", size * {"k": 1e3, "m": 1.0, "g": 1e-3}[bottom.strip()[0]])
    mass = _TAIL.sub("", low).strip(" -・")
    if factor := _mass(mass):
        return Unit("emissions", factor)
    if found := _energy(low):
        word, size = found
        return Unit("energy", size * factor_to("energy", f"{_ENERGY[word]} / year"), higher=higher or word in _BY_HIGHER)
    return Unit()


def _mass(text: str) -> float:
    if text in _OTHER_MASS:
        return _OTHER_MASS[text]
    for word in sorted(_TONNES, key=len, reverse=True):
        if text == word or (text.endswith(word) and text[: -len(word)].strip(" -・") in _TIMES):
            return _TIMES[text[: -len(word)].strip(" -・")]
    return 0.0


def _energy(text: str) -> tuple[str, float] | None:
    for word in sorted(_ENERGY, key=len, reverse=True):
        if text.endswith(word) and text[: -len(word)].strip(" -・") in _TIMES:
            return word, _TIMES[text[: -len(word)].strip(" -・")]
    return None


_BRACKETS = re.compile(r"[(（\[【]([^()（）\[\]【】]{1,40})[)）\]】]")
_INTRODUCED = re.compile(
    r"(?:\bin|\bunit|\beinheit|\benhed|単位|单位)\s*[:：]?\s*([^\s,;()（）]{1,12}(?:\s(?:t|CO|CO2|tons?|ton|kWh)\S*)*)",
    re.IGNORECASE,
)


def find_unit(text: str) -> str:
    """The unit written inside a heading or title; empty if there is none.

    >>> find_unit("Endenergie [MWh]"), find_unit("THG in Tsd. t"), find_unit("(単位：千t-CO2)"), find_unit("Industrie")
    ('MWh', 'Tsd. t', '千t-CO2', '')
    """
    wide = unicodedata.normalize("NFKC", text)[:400]
    pieces: list[str] = [
        found for part in _BRACKETS.findall(wide) for found in (part, *re.split(r"[,;、]\s*", part), part.partition(":")[2])
    ]
    pieces += [found.strip(" )") for found in _INTRODUCED.findall(wide)]
    pieces += [wide, wide.rpartition(",")[2], *re.split(r"\s[-|/]\s|\n|[|]", wide)]
    words = wide.replace("_", " ").split()
    pieces += (
        [" ".join(words[at : at + size]) for size in (3, 2, 1) for at in range(len(words) - size + 1)] if len(words) <= 12 else []
    )
    for piece in pieces:
        short = piece.strip()
        if short and len(short) <= 40 and (read_unit(short).quantity) and not (len(short) == 1 and short != "t"):
            return short
    return ""
