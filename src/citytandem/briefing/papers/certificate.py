"""The certificate of taking part in an event."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from citytandem.briefing.papers.paper import Part, Person, Sender, Sheet, sign, warn_invented, write_date, write_days

if TYPE_CHECKING:
    from citytandem.briefing.papers.paper import Occasion
    from citytandem.words.speech import Speech


@dataclass(frozen=True)
class Certificate:
    """Who took part in what; ``hours`` None where they were not counted."""

    sender: Sender
    guest: Person
    occasion: Occasion
    dated: dt.date
    hours: float | None = None
    topics: tuple[str, ...] = ()


def compose(paper: Certificate, speech: Speech) -> Sheet:
    """Name, event, days, hours and topics."""
    occasion, guest = paper.occasion, paper.guest
    days = write_days(occasion.starts, occasion.ends, speech=speech)
    said = [speech.sentence("paper.certificate.text", event=occasion.title, place=occasion.place, days=days)]
    if paper.hours is not None:
        digits = 0 if float(paper.hours).is_integer() else 1
        said.append(speech.sentence("paper.certificate.hours", hours=speech.number(paper.hours, digits=digits)))
    if paper.topics:
        said.append(speech.sentence("paper.certificate.topics", topics=speech.join(paper.topics)))
    whose = tuple(line for line in (guest.office, guest.organisation, guest.city) if line)
    return Sheet(
        title=speech.label("paper.certificate.title"),
        sender=(paper.sender.organisation, *paper.sender.address),
        dated=write_date(paper.dated, speech),
        parts=(Part(guest.name, paragraphs=((", ".join(whose),) if whose else ())), Part(paragraphs=tuple(said))),
        signatures=sign(paper.sender),
        notice=warn_invented((guest,), speech),
        is_centred=True,
    )
