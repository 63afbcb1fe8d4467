"""What does a file that a person brings hold? Read by its format, or by a mapping that is proposed first."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from citytandem.findings import Code, Fact, Finding
from citytandem.sinks.package import sha256
from citytandem.sources import guard
from citytandem.sources.anysheet import Proposal, answer, read_sheet
from citytandem.sources.city_match import unresolved
from citytandem.sources.publishers import PUBLISHED
from citytandem.sources.reading import Reading
from citytandem.sources.registry import FORMATS, NAMELESS, recognise

if TYPE_CHECKING:
    from collections.abc import Mapping

    from citytandem.sources.anysheet import Mapping as SheetMapping
    from citytandem.sources.city_match import Resolve

SHEET = "sheet"
"""The format of a file that none of the readers knows: a sheet, read by its mapping."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the person says beside the file.

    Parameters
    ----------
    city, year
        Id of the city and year the file is about, where it does not say so itself.
    answers
        Answers to the questions of a proposal, and corrections of it, by their keys.
    mapping
        How the file is read, as saved before.
    """

    city: str | None = None
    year: int | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    mapping: SheetMapping | None = None


@dataclass(frozen=True, slots=True)
class Brought:
    """One file: its format, what was read of it, and, for a sheet, the proposal it was or would be read by."""

    name: str
    sha256: str
    format: str
    reading: Reading
    proposal: Proposal | None = None


def bring(raw: bytes, *, name: str, asked: Asked | None = None, resolve: Resolve = unresolved) -> Brought:
    """Read one file. A file nobody can read gives findings and no tables; nothing is raised.

    Parameters
    ----------
    raw
        The file as it came.
    name
        Its name, as findings show it.
    asked
        What the person says beside it.
    resolve
        Finds cities of ours by the names in the file.
    """
    asked = asked or Asked()
    known = None if asked.mapping else recognise(raw, name)
    if known is None:
        return _bring_sheet(raw, name=name, asked=asked, resolve=resolve)
    only = _OnlyCity(asked.city, resolve)
    if known in NAMELESS:
        reading = NAMELESS[known](raw, where=name, resolve=only, city=asked.city, year=asked.year)
    else:
        reading = (FORMATS | PUBLISHED)[known](raw, where=name, resolve=only)
    if asked.city and len(only.met) > 1:
        facts: dict[str, Fact] = {"city": asked.city, "cities": ", ".join(sorted(only.met)[:5]), "count": len(only.met)}
        reading = Reading(findings=(*reading.findings, Finding(Code.IMPORT_SEVERAL_CITIES, facts, where=name)))
    return Brought(name, sha256(raw), known, reading)


def _bring_sheet(raw: bytes, *, name: str, asked: Asked, resolve: Resolve) -> Brought:
    mapping, proposal = asked.mapping, None
    if mapping is None:
        said = {"city": asked.city, "year": None if asked.year is None else str(asked.year)}
        found = read_sheet(raw, name=name, resolve=resolve)
        if not isinstance(found, Proposal):
            return Brought(name, sha256(raw), SHEET, found)
        proposal = answer(found, {key: value for key, value in said.items() if value} | dict(asked.answers))
        if proposal.questions or not any(table.use for table in proposal.mapping.tables):
            return Brought(name, sha256(raw), SHEET, Reading(findings=_open(proposal, name=name)), proposal)
        mapping = proposal.mapping
    elif asked.city and not mapping.city:
        mapping = dataclasses.replace(mapping, city=asked.city)
    reading = read_sheet(raw, name=name, mapping=mapping, resolve=resolve)
    if isinstance(reading, Proposal):
        return Brought(name, sha256(raw), SHEET, Reading(findings=reading.findings), reading)
    return Brought(name, sha256(raw), SHEET, reading, proposal or Proposal(mapping))


def _open(proposal: Proposal, *, name: str) -> tuple[Finding, ...]:
    """Why a sheet is not read yet: the questions one by one, and that they are open."""
    asked = tuple(question.finding for question in proposal.questions)
    if not asked:
        return proposal.findings or (guard.unreadable(name, problem="no table of figures was found"),)
    facts: dict[str, Fact] = {
        "file": name,
        "count": len(asked),
        "keys": ", ".join(question.key for question in proposal.questions),
    }
    return (*proposal.findings, *asked, Finding(Code.IMPORT_QUESTIONS_OPEN, facts, where=name))


@dataclass(frozen=True, slots=True)
class _OnlyCity:
    """A look-up that answers with the one city the person named, and notes which names were asked for."""

    city: str | None
    resolve: Resolve
    met: set[str] = field(default_factory=set)

    def __call__(self, name: str, *, country: str | None, locode: str | None) -> str | None:
        self.met.add(name)
        return self.city or self.resolve(name, country=country, locode=locode)
