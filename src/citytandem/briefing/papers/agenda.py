"""The personal agenda of a guest: what happens when and where, day by day, in the guest's language."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from citytandem.briefing.papers.paper import Part, Person, Sheet, Table, warn_invented, write_day, write_days

if TYPE_CHECKING:
    from citytandem.briefing.papers.paper import Occasion
    from citytandem.words.speech import Speech


@dataclass(frozen=True)
class Entry:
    """One thing on the agenda; times know their zone."""

    starts: dt.datetime
    ends: dt.datetime
    title: str
    place: str = ""
    languages: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class PersonalAgenda:
    """The agenda of one guest; ``zone`` is the name of the time zone in words, ``version`` rises with each change."""

    occasion: Occasion
    guest: Person
    entries: tuple[Entry, ...]
    zone: str
    version: int = 1
    contact: str = ""


def compose(paper: PersonalAgenda, speech: Speech) -> Sheet:
    """A part for each day, with times, title, place and language."""
    entries = sorted(paper.entries, key=lambda entry: (entry.starts, entry.title))
    days = [_lay_day(day, tuple(some), speech=speech) for day, some in groupby(entries, key=lambda entry: entry.starts.date())]
    occasion = paper.occasion
    facts = [speech.sentence("paper.agenda.zone", zone=paper.zone)]
    facts += [speech.sentence("paper.contact", contact=paper.contact)] if paper.contact else []
    return Sheet(
        title=speech.sentence("paper.agenda.title", name=paper.guest.name),
        subtitle=f"{occasion.title} · {occasion.place} · {write_days(occasion.starts, occasion.ends, speech=speech)}",
        parts=(Part(paragraphs=tuple(facts)), *(days or [Part(paragraphs=(speech.label("paper.agenda.empty"),))])),
        footer=speech.sentence("paper.agenda.footer", event=occasion.title, version=paper.version),
        notice=warn_invented((paper.guest,), speech),
    )


def _lay_day(day: dt.date, entries: tuple[Entry, ...], *, speech: Speech) -> Part:
    heads = tuple(speech.label(f"paper.agenda.{head}") for head in ("time", "what", "where", "language"))
    rows = tuple(_lay_row(entry, speech) for entry in entries)
    return Part(write_day(day, speech), table=Table(heads, rows, shares=(1.4, 4, 2.6, 1.6)))


def _lay_row(entry: Entry, speech: Speech) -> tuple[str, ...]:
    what = f"{entry.title}\n{entry.note}" if entry.note else entry.title
    languages = speech.join(entry.languages) if entry.languages else ""
    return f"{entry.starts:%H:%M}–{entry.ends:%H:%M}", what, entry.place, languages
