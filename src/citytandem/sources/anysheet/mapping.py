"""How is one file read? A mapping a person can read, correct, save and use again on next year's file."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any

from citytandem.findings import Code, Fact, Finding
from citytandem.tables import _base as base
from citytandem.tables.balance import CARRIERS, ELECTRICITY, GWP_SETS, SCOPES, SECTORS

if TYPE_CHECKING:
    from collections.abc import Mapping as Dictionary

VERSION = 1
ROLES = (
    "emissions", "energy", "factor", "value", "year", "city", "label", "unit", "scope", "status", "notation", "quality",
    "note", "ignore",
)  # fmt: skip
"""What a column can be: three amounts, an amount whose row says what it is, and what describes a row."""
USES = ("line", "total", "memo", "planned", "population", "skip", "ask")
"""What becomes of a row with a word: a line, a control total, part of another line, a plan, people, nothing, or asked."""
HEATING = ("lower", "higher", "unknown")


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """What one column is. ``{year}`` in a heading stands for any year, so next year's column is known too."""

    heading: str
    role: str
    unit: str = ""
    year: int | None = None
    sector: str = ""
    carrier: str = ""
    scope: str = ""
    use: str = "line"
    confidence: float = 1.0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class WordMap:
    """What one word of a label column means."""

    text: str
    use: str = "line"
    sector: str = ""
    carrier: str = ""
    scope: str = ""
    measure: str = ""
    confidence: float = 1.0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TableMap:
    """How one table of the file is read; ``use = false`` leaves it out."""

    sheet: str
    number: int
    use: bool = True
    year: int | None = None
    decimal: str = ""
    unit_emissions: str = ""
    unit_energy: str = ""
    columns: tuple[ColumnMap, ...] = ()


@dataclass(frozen=True, slots=True)
class Mapping:
    """How one file is read, whole."""

    version: int = VERSION
    city: str = ""
    country: str = ""
    method: str = "unknown"
    gwp: str = "unknown"
    electricity: str = "unknown"
    boundary: str = "municipality"
    top_down: bool = False
    fiscal_year_start: int = 1
    heating_value: str = "unknown"
    tables: tuple[TableMap, ...] = ()
    words: tuple[WordMap, ...] = ()

    def word(self, text: str) -> WordMap | None:
        """What the mapping says about a word."""
        return next((word for word in self.words if word.text == text), None)


_PARTS: dict[str, tuple[type, str]] = {
    "table": (TableMap, "tables"),
    "column": (ColumnMap, "columns"),
    "word": (WordMap, "words"),
}
_ALLOWED: dict[str, tuple[str, ...]] = {
    "role": ROLES, "use": USES, "heating_value": HEATING, "decimal": ("", ",", "."), "gwp": GWP_SETS, "electricity": ELECTRICITY,
    "sector": ("", *SECTORS), "carrier": ("", *CARRIERS), "scope": ("", *SCOPES),
    "measure": ("", "emissions", "energy", "factor", "population"),
}  # fmt: skip


def save_mapping(mapping: Mapping) -> str:
    """Write a mapping as TOML, the same text for the same mapping.

    >>> print(save_mapping(Mapping(city="DE-08221000"))[:32])
    version = 1
    city = "DE-08221000"
    """
    lines = _fields(mapping, leave=("tables", "words"))
    for table in mapping.tables:
        lines += ["", "[[table]]", *_fields(table, leave=("columns",))]
        for column in table.columns:
            lines += ["", "  [[table.column]]", *(f"  {line}" for line in _fields(column))]
    for word in mapping.words:
        lines += ["", "[[word]]", *_fields(word)]
    return "\n".join(lines) + "\n"


def _fields(part: Any, *, leave: tuple[str, ...] = ()) -> list[str]:
    lines = []
    for name in (each.name for each in fields(part) if each.name not in leave):
        value = getattr(part, name)
        if value is None or (value == "" and name not in {"heading", "text", "sheet"}):
            continue
        lines.append(f"{name} = {_written(value)}")
    return lines


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    text = str(value).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")
    return '"' + re.sub(r"[\x00-\x1f\x7f]", lambda found: f"\\u{ord(found[0]):04x}", text) + '"'


@dataclass(slots=True)
class _Load:
    lines: list[str]
    where: str
    findings: list[Finding] = field(default_factory=list)

    def wrong(self, key: str, value: object, *, allowed: str) -> None:
        shown = str(value)[:80]
        line = next((at for at, text in enumerate(self.lines, 1) if text.split("=")[0].strip() == key and shown in text), None)
        facts: dict[str, Fact] = {"line": line or 1, "key": key, "value": shown, "allowed": allowed}
        self.findings.append(Finding(Code.MAPPING_INVALID, facts, row=line, where=self.where))


def load_mapping(text: str, *, where: str = "mapping") -> tuple[Mapping | None, list[Finding]]:
    """Read a mapping; None with findings that name line, key and what is allowed, if a part of it cannot be true."""
    try:
        raw = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) if found else 1
        facts: dict[str, Fact] = {"line": line, "key": "TOML", "value": str(error)[:120], "allowed": "key = value"}
        return None, [Finding(Code.MAPPING_INVALID, facts, row=line, where=where)]
    load = _Load(text.splitlines(), where)
    mapping = _read_part(Mapping, raw, load=load)
    if mapping.version != VERSION:
        load.wrong("version", mapping.version, allowed=str(VERSION))
    if mapping.city and not re.fullmatch(base.CITY_ID, mapping.city):
        load.wrong("city", mapping.city, allowed="DE-08221000")
    if not 1 <= mapping.fiscal_year_start <= 12:
        load.wrong("fiscal_year_start", mapping.fiscal_year_start, allowed="1 - 12")
    return (None if load.findings else mapping), load.findings


def _read_part(kind: type, raw: Dictionary[str, Any], *, load: _Load) -> Any:
    known = {each.name: each for each in fields(kind)}
    values: dict[str, Any] = {}
    for key, value in raw.items():
        if key in _PARTS and isinstance(value, list):
            part, name = _PARTS[key]
            if name in known:
                values[name] = tuple(_read_part(part, each, load=load) for each in value if isinstance(each, dict))
                continue
        if key not in known or key in {"tables", "words", "columns"}:
            load.wrong(key, value, allowed=", ".join(known))
        elif not _is_of(value, str(known[key].type)):
            load.wrong(key, value, allowed=str(known[key].type))
        elif key in _ALLOWED and not isinstance(value, bool) and value not in _ALLOWED[key]:
            load.wrong(key, value, allowed=", ".join(filter(None, _ALLOWED[key])))
        else:
            values[key] = value
    for name in ("heading", "role", "text", "sheet", "number"):
        if name in known and name not in values:
            load.wrong(name, "", allowed="required")
            values[name] = 0 if name == "number" else "ignore" if name == "role" else ""
    return kind(**values)


def _is_of(value: object, wanted: str) -> bool:
    if wanted == "bool" or isinstance(value, bool):
        return wanted == "bool" and isinstance(value, bool)
    if wanted.startswith("int"):
        return isinstance(value, int)
    return isinstance(value, int | float) if wanted == "float" else isinstance(value, str)


def with_word(mapping: Mapping, word: WordMap) -> Mapping:
    """The mapping with one word corrected or added."""
    others = tuple(each for each in mapping.words if each.text != word.text)
    return replace(mapping, words=(*others, word))
