"""Letters to a guest: the invitation, and the letter that supports a visa."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from citytandem.briefing.papers.paper import (
    Part,
    Person,
    Sender,
    Sheet,
    Table,
    sign,
    warn_invented,
    write_date,
    write_days,
    write_person,
)

if TYPE_CHECKING:
    from citytandem.briefing.papers.paper import Occasion
    from citytandem.words.speech import Speech


@dataclass(frozen=True)
class Invitation:
    """An invitation; ``purpose``, ``costs`` and ``note`` are whole sentences of the host, in the guest's language."""

    sender: Sender
    guest: Person
    occasion: Occasion
    dated: dt.date
    purpose: str = ""
    costs: str = ""
    reply_by: dt.date | None = None
    note: str = ""


@dataclass(frozen=True)
class VisaLetter:
    """A letter to an embassy; of the passport only what the guest has agreed to give."""

    sender: Sender
    guest: Person
    occasion: Occasion
    dated: dt.date
    embassy: tuple[str, ...]
    arrives: dt.date
    leaves: dt.date
    born: dt.date | None = None
    nationality: str = ""
    passport: str = ""
    pays_travel: str = ""
    pays_stay: str = ""
    pays_insurance: str = ""
    reference: str = ""


def compose_invitation(paper: Invitation, speech: Speech) -> Sheet:
    """Salutation, what, where, when, why, who pays, until when to answer."""
    occasion = paper.occasion
    days = write_days(occasion.starts, occasion.ends, speech=speech)
    said = [
        speech.sentence("paper.letter.greeting", name=paper.guest.name),
        speech.sentence("paper.invitation.opening", event=occasion.title, place=occasion.place, days=days),
        paper.purpose,
        paper.costs,
        speech.sentence("paper.invitation.reply", day=write_date(paper.reply_by, speech)) if paper.reply_by else "",
        speech.label("paper.invitation.needs"),
        paper.note,
        speech.sentence("paper.contact", contact=paper.sender.contact) if paper.sender.contact else "",
        speech.label("paper.invitation.closing"),
        speech.label("paper.letter.regards"),
    ]
    return Sheet(
        title=speech.sentence("paper.invitation.title", event=occasion.title),
        sender=(paper.sender.organisation, *paper.sender.address),
        recipient=tuple(
            line for line in (paper.guest.name, paper.guest.office, paper.guest.organisation, paper.guest.city) if line
        ),
        dated=write_date(paper.dated, speech),
        parts=(Part(paragraphs=tuple(line for line in said if line)),),
        signatures=sign(paper.sender),
        notice=_warn(paper.guest, paper.sender, speech=speech),
    )


def compose_visa(paper: VisaLetter, speech: Speech) -> Sheet:
    """Who is invited, for what and how long, who pays, and that the host asks for the visa."""
    occasion = paper.occasion
    days = write_days(occasion.starts, occasion.ends, speech=speech)
    stay = write_days(paper.arrives, paper.leaves, speech=speech)
    opening = speech.sentence(
        "paper.visa.opening", person=write_person(paper.guest), event=occasion.title, place=occasion.place, days=days
    )
    ends = (speech.sentence("paper.visa.leaves", day=write_date(paper.leaves, speech)), speech.label("paper.visa.request"))
    contact = (speech.sentence("paper.contact", contact=paper.sender.contact),) if paper.sender.contact else ()
    return Sheet(
        title=speech.sentence("paper.visa.title", name=paper.guest.name),
        subtitle=paper.reference,
        sender=(paper.sender.organisation, *paper.sender.address),
        recipient=paper.embassy,
        dated=write_date(paper.dated, speech),
        parts=(
            Part(paragraphs=(speech.label("paper.visa.greeting"), opening)),
            Part(table=_tell_facts(paper, stay=stay, speech=speech)),
            Part(paragraphs=(*ends, *contact, speech.label("paper.letter.regards"))),
        ),
        signatures=sign(paper.sender),
        notice=_warn(paper.guest, paper.sender, speech=speech),
    )


def _tell_facts(paper: VisaLetter, *, stay: str, speech: Speech) -> Table:
    """What is not given is left to be filled in by hand."""
    told = {
        "name": paper.guest.name,
        "born": write_date(paper.born, speech) if paper.born else "",
        "nationality": paper.nationality,
        "passport": paper.passport,
        "stay": stay,
        "travel": paper.pays_travel,
        "board": paper.pays_stay,
        "insurance": paper.pays_insurance,
    }
    rows = tuple((speech.label(f"paper.visa.{key}"), value or speech.label("paper.blank")) for key, value in told.items())
    return Table((speech.label("paper.visa.fact"), speech.label("paper.visa.value")), rows, shares=(2, 4))


def _warn(guest: Person, sender: Sender, *, speech: Speech) -> str:
    return warn_invented((guest, *((sender.signer,) if sender.signer else ())), speech)
