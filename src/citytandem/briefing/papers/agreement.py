"""The agreement of a partnership, by kind: who, why, on what, with which means, how long, and how it ends."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from citytandem.briefing.papers.paper import Part, Person, Sheet, Signature, Table, warn_invented, write_date, write_person

if TYPE_CHECKING:
    from citytandem.words.speech import Speech

KINDS = ("partnership", "project", "exchange", "mentoring")
"""A partnership for years, a joint project, a memo on an exchange, a mentoring."""


@dataclass(frozen=True)
class Party:
    """One side, its two contact persons, who signs, and what it brings."""

    name: str
    contacts: tuple[Person, ...] = ()
    signer: Person | None = None
    contribution: str = ""


@dataclass(frozen=True)
class Theme:
    """One theme with the indicator it is measured by; ``baseline`` with unit, year and source, empty if not yet known."""

    title: str
    indicator: str = ""
    baseline: str = ""
    aim: str = ""


@dataclass(frozen=True)
class Step:
    """One activity of the programme of action."""

    what: str
    when: str = ""
    where: str = ""
    who: str = ""


@dataclass(frozen=True)
class Terms:
    """What the sides agree to in their own words; empty parts print a proposal or a line to be filled in, None nothing at all."""

    purpose: str = ""
    costs: str = ""
    travel: str = ""
    data: str = ""
    publicity: str = ""
    languages: tuple[str, ...] = ()
    structure: str = ""
    monitoring: str = ""
    renewal: str = ""
    exit: str | None = ""


@dataclass(frozen=True)
class Agreement:
    """An agreement of one of ``KINDS``; ``months`` is how long it holds from ``starts``."""

    kind: str
    parties: tuple[Party, ...]
    themes: tuple[Theme, ...]
    steps: tuple[Step, ...] = ()
    terms: Terms = field(default_factory=Terms)
    starts: dt.date | None = None
    months: int | None = None
    programme: str = ""
    is_draft: bool = True


def compose(paper: Agreement, speech: Speech) -> Sheet:
    """The articles in their order, then the lines to sign, with the programme of action as annex."""
    parts = (*_open(paper, speech), _lay_themes(paper, speech), *_lay_articles(paper, speech), _lay_annex(paper, speech))
    numbered = tuple(_number(place, part) for place, part in enumerate(parts[1:-1], start=1))
    people = tuple(person for party in paper.parties for person in (*party.contacts, party.signer) if person)
    draft = speech.label("paper.agreement.draft") if paper.is_draft else ""
    return Sheet(
        title=speech.label(f"paper.agreement.{paper.kind}"),
        subtitle=paper.programme,
        parts=(parts[0], *numbered, parts[-1]),
        signatures=tuple(_sign(party) for party in paper.parties),
        notice=" ".join(line for line in (draft, warn_invented(people, speech)) if line),
        footer=speech.label("paper.agreement.footer"),
    )


def _number(place: int, part: Part) -> Part:
    return Part(f"{place}. {part.heading}", part.paragraphs, part.points, part.table)


def _open(paper: Agreement, speech: Speech) -> tuple[Part, ...]:
    between = speech.sentence("paper.agreement.between", parties=speech.join(party.name for party in paper.parties))
    contacts = tuple(
        speech.sentence("paper.agreement.contacts", party=party.name, people="; ".join(write_person(p) for p in party.contacts))
        if party.contacts
        else speech.sentence("paper.agreement.contacts_open", party=party.name)
        for party in paper.parties
    )
    purpose = paper.terms.purpose or speech.label(f"paper.agreement.purpose.{paper.kind}")
    return (
        Part(paragraphs=(between,)),
        Part(speech.label("paper.agreement.parties"), points=contacts),
        Part(speech.label("paper.agreement.purpose"), paragraphs=(purpose,)),
    )


def _lay_themes(paper: Agreement, speech: Speech) -> Part:
    blank = speech.label("paper.open")
    heads = tuple(speech.label(f"paper.agreement.theme.{head}") for head in ("title", "indicator", "baseline", "aim"))
    rows = tuple((theme.title, theme.indicator or blank, theme.baseline or blank, theme.aim or blank) for theme in paper.themes)
    return Part(speech.label("paper.agreement.themes"), table=Table(heads, rows, shares=(2.4, 2.4, 2.6, 2.2)))


def _lay_articles(paper: Agreement, speech: Speech) -> tuple[Part, ...]:
    """Each article says what was agreed; where nothing was, what is usual is proposed."""
    terms = paper.terms
    given = {
        "data": terms.data,
        "publicity": terms.publicity,
        "structure": terms.structure,
        "monitoring": terms.monitoring,
        "renewal": terms.renewal,
        "exit": terms.exit,
    }
    usual = {key: speech.label(f"paper.agreement.{key}.usual") for key in given}
    said = {key: usual[key] if words == "" else words or "" for key, words in given.items()}
    brought = tuple(f"{party.name}: {party.contribution or speech.label('paper.open')}" for party in paper.parties)
    spoken = speech.join(terms.languages) if terms.languages else speech.label("paper.open")
    travel = terms.travel or speech.label("paper.agreement.travel.usual")

    def part(key: str, *paragraphs: str, points: tuple[str, ...] = ()) -> Part:
        return Part(speech.label(f"paper.agreement.{key}"), paragraphs=tuple(line for line in paragraphs if line), points=points)

    return (
        part("contributions", terms.costs, travel, points=brought),
        part("data", said["data"], said["publicity"]),
        part("language", speech.sentence("paper.agreement.language.text", languages=spoken)),
        part("structure", said["structure"]),
        part("monitoring", said["monitoring"]),
        part("duration", _tell_duration(paper, speech), said["renewal"], said["exit"]),
        part("obligations", speech.label("paper.agreement.obligations.text")),
    )


def _tell_duration(paper: Agreement, speech: Speech) -> str:
    if paper.starts is None or paper.months is None:
        return speech.label("paper.agreement.duration.open")
    return speech.sentence("paper.agreement.duration.text", day=write_date(paper.starts, speech), months=paper.months)


def _lay_annex(paper: Agreement, speech: Speech) -> Part:
    heading = speech.label("paper.agreement.annex")
    if not paper.steps:
        return Part(heading, paragraphs=(speech.label("paper.agreement.annex.open"),))
    blank = speech.label("paper.open")
    heads = tuple(speech.label(f"paper.agreement.step.{head}") for head in ("what", "when", "where", "who"))
    rows = tuple((step.what, step.when or blank, step.where or blank, step.who or blank) for step in paper.steps)
    return Part(heading, table=Table(heads, rows, shares=(3.4, 1.8, 2, 2.2)))


def _sign(party: Party) -> Signature:
    signer = party.signer
    return Signature(tuple(line for line in (signer.name, signer.office, party.name) if line) if signer else (party.name,))
