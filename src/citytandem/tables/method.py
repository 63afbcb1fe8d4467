"""One way of drawing up a balance, described as data: what is inside and by which rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from citytandem.tables._base import MARKS
from citytandem.tables.balance import ELECTRICITY, GWP_SETS, SCOPES, SECTORS

if TYPE_CHECKING:
    from collections.abc import Mapping

CHOICES: dict[str, tuple[str, ...]] = {
    "gwp": GWP_SETS,
    "electricity": ELECTRICITY,
    "upstream": ("yes", "no", "optional", "unknown"),
    "chp": ("exergetic", "efficiency", "energy", "125_percent", "no_allocation", "unknown"),
    "aviation": ("excluded", "lto", "full", "optional", "unknown"),
    "waste": ("excluded", "included", "optional", "unknown"),
    "industry": ("included", "optional", "excluded", "not_separable", "unknown"),
    "process": ("excluded", "included", "optional", "unknown"),
    "land": ("excluded", "included", "optional", "unknown"),
    "weather": ("never", "separate", "allowed", "unknown"),
    "booking": ("user", "producer", "both", "unknown"),
    "top_down": ("yes", "mostly", "partly", "no", "unknown"),
    "quality": ("bisko_abcd", "gpc_hml", "own", "none", "unknown"),
}
"""Fields of a method with a closed list of answers."""


@dataclass(frozen=True, slots=True)
class MethodSource:
    """Where statements about a method come from.

    Parameters
    ----------
    source
        Key of the source table.
    mark
        S read in its source, K recalled, P our proposal.
    covers
        Fields of the method the source speaks for.
    """

    source: str
    mark: str
    covers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Method:
    """One method of drawing up a municipal balance; ``unknown`` where we do not know, never a guess.

    Parameters
    ----------
    method
        Key used in the ``method`` column of a balance.
    title
        Name as its publisher writes it.
    short
        Name where there is little room, as people call it; the title where a file gives none.
    country
        ISO country where it is used, or WORLD.
    edition
        Edition our statements are about; empty where unknown.
    sectors
        Sectors of ours a complete balance holds.
    optional_sectors
        Sectors that may be left out and still conform.
    scopes
        Scopes counted.
    gases
        Gases counted; empty where unknown.
    gwp, electricity, upstream, chp, aviation, waste, industry, process, land, weather, booking, top_down, quality
        Answers from the closed lists in ``CHOICES``.
    unseparated
        Sectors of ours that stand for several because the publication does not separate them.
    notes
        What a reader should know, in English.
    sources
        Where each statement comes from and how sure it is.
    """

    method: str
    title: str
    short: str
    country: str
    edition: str
    sectors: tuple[str, ...]
    optional_sectors: tuple[str, ...]
    unseparated: tuple[str, ...]
    scopes: tuple[str, ...]
    gases: tuple[str, ...]
    gwp: str
    electricity: str
    upstream: str
    chp: str
    aviation: str
    waste: str
    industry: str
    process: str
    land: str
    weather: str
    booking: str
    top_down: str
    quality: str
    notes: tuple[str, ...]
    sources: tuple[MethodSource, ...]

    def mark_of(self, field: str) -> str | None:
        """How sure the statement about one field is: S, K or P; None where no source covers it."""
        return next((source.mark for source in self.sources if field in source.covers), None)


def read_method(method: str, table: Mapping[str, Any]) -> Method:
    """Build one method from a parsed file and refuse what the schema does not know.

    Parameters
    ----------
    method
        Key of the method: the stem of its file.
    table
        Parsed TOML.

    Returns
    -------
    Method
        The method, every field checked.

    Raises
    ------
    ValueError
        A field is missing, unknown, or holds an answer outside its list.
    """
    lists = ("sectors", "optional_sectors", "unseparated", "scopes", "gases", "notes")
    expected = {"title", "country", "edition", *lists, *CHOICES, "source"}
    if unlike := expected.symmetric_difference(table) - {"short"}:
        msg = f"method {method}: missing or unknown fields {sorted(unlike)}"
        raise ValueError(msg)
    for field, allowed in CHOICES.items():
        _check(method, field, (table[field],), allowed=allowed)
    for field in ("sectors", "optional_sectors", "unseparated"):
        _check(method, field, table[field], allowed=SECTORS)
    _check(method, "scopes", table["scopes"], allowed=SCOPES)
    values: dict[str, Any] = {field: tuple(table[field]) for field in lists}
    values |= {field: table[field] for field in ("title", "country", "edition", *CHOICES)} | {
        "short": table.get("short", table["title"])
    }
    return Method(method=method, sources=tuple(_read_source(method, row) for row in table["source"]), **values)


def _read_source(method: str, row: Mapping[str, Any]) -> MethodSource:
    _check(method, "source.mark", (row["mark"],), allowed=MARKS)
    return MethodSource(source=row["source"], mark=row["mark"], covers=tuple(row["covers"]))


def _check(method: str, field: str, values: Any, *, allowed: tuple[str, ...]) -> None:
    for value in values:
        if value not in allowed:
            msg = f"method {method}: {field} is {value!r}, not one of {allowed}"
            raise ValueError(msg)
