"""What a paper is made of: people, parts with headings, paragraphs and tables, lines to sign."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from citytandem.words.speech import Speech


@dataclass(frozen=True)
class Person:
    """Someone named on a paper; ``office`` is what they do there, ``languages`` are names as they should be read."""

    name: str
    organisation: str = ""
    office: str = ""
    city: str = ""
    languages: tuple[str, ...] = ()
    is_invented: bool = False


@dataclass(frozen=True)
class Sender:
    """Who sends a letter: name, lines of the address, and who signs."""

    organisation: str
    address: tuple[str, ...] = ()
    signer: Person | None = None
    contact: str = ""


@dataclass(frozen=True)
class Occasion:
    """What people come together for: title, place, first and last day."""

    title: str
    place: str
    starts: dt.date
    ends: dt.date


@dataclass(frozen=True)
class Table:
    """A table; ``shares`` are the widths of its columns, even where left out."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[float, ...] = ()
    numbers: tuple[int, ...] = ()
    """Columns set right, counted from 0."""


@dataclass(frozen=True)
class Part:
    """One part of a paper, in the order heading, paragraphs, points, table."""

    heading: str = ""
    paragraphs: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    table: Table | None = None


@dataclass(frozen=True)
class Signature:
    """A line to sign, with who signs below it."""

    below: tuple[str, ...]


@dataclass(frozen=True)
class Badge:
    """One name badge."""

    name: str
    lines: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True)
class Sheet:
    """A paper in one language, ready to be set."""

    title: str
    subtitle: str = ""
    sender: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    dated: str = ""
    parts: tuple[Part, ...] = ()
    signatures: tuple[Signature, ...] = ()
    badges: tuple[Badge, ...] = ()
    footer: str = ""
    notice: str = ""
    """Said on top in a frame: people are invented, or something is missing."""
    is_centred: bool = False


def write_date(day: dt.date, speech: Speech) -> str:
    """A date in full, as the language writes it."""
    from babel.dates import format_date  # slow import

    return format_date(day, format="long", locale=speech.language.replace("-", "_"))


def write_day(day: dt.date, speech: Speech) -> str:
    """A date in full with the name of the day."""
    from babel.dates import format_date  # slow import

    return format_date(day, format="full", locale=speech.language.replace("-", "_"))


def write_days(first: dt.date, last: dt.date, *, speech: Speech) -> str:
    """One day, or from the first to the last."""
    if first == last:
        return write_date(first, speech)
    return speech.sentence("paper.days", first=write_date(first, speech), last=write_date(last, speech))


def write_person(person: Person) -> str:
    """Name, office and organisation in a line."""
    return ", ".join(part for part in (person.name, person.office, person.organisation) if part)


def warn_invented(people: tuple[Person, ...], speech: Speech) -> str:
    """The notice that people on this paper are invented; empty where none is."""
    return speech.label("paper.invented") if any(person.is_invented for person in people) else ""


def sign(sender: Sender) -> tuple[Signature, ...]:
    """The line under a letter."""
    signer = sender.signer
    lines = (signer.name, signer.office, sender.organisation) if signer else (sender.organisation,)
    return (Signature(tuple(line for line in lines if line)),)
