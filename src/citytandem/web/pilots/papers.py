"""The certificate of a pilot city on paper, in the language of the reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citytandem.briefing.papers.paper import Part, Sheet, Signature, Table, write_date
from citytandem.briefing.papers.write import set_sheet
from citytandem.web.pilots.frame import name_frame, name_level
from citytandem.web.pilots.queries import state_of

if TYPE_CHECKING:
    import datetime as dt

    from citytandem.web.pilots.models import Certificate
    from citytandem.words import Speech


def write_certificate(certificate: Certificate, *, city: str, address: str, on: dt.date, speech: Speech) -> bytes:
    """The paper of a certificate, as it stands on a day.

    Parameters
    ----------
    city
        What the city is called in the language of the paper.
    address
        Where the number can be looked up.
    """
    return set_sheet(compose(certificate, city=city, address=address, on=on, speech=speech), speech.language)


def compose(certificate: Certificate, *, city: str, address: str, on: dt.date, speech: Speech) -> Sheet:
    """Who was certified by which framework, the number, from when until when, under which conditions, and how to check it."""
    programme = certificate.pilot.programme
    frame = name_frame(programme.framework, speech=speech)
    level = name_level(programme.framework, level=certificate.level, speech=speech)
    rows = [
        ("number", certificate.number),
        ("level", level),
        ("issued", write_date(certificate.issued, speech)),
        ("valid_from", write_date(certificate.valid_from, speech)),
        ("valid_until", write_date(certificate.valid_until, speech)),
    ]
    heads = (speech.label("pilot.paper.what"), speech.label("pilot.paper.says"))
    table = Table(heads, tuple((speech.label(f"pilot.paper.{name}"), text) for name, text in rows if text), shares=(1, 2))
    said = speech.sentence("pilot.paper.text", city=city, framework=frame, programme=programme.title)
    parts = [Part(city, paragraphs=(said,)), Part(table=table)]
    if certificate.conditions:
        parts.append(Part(speech.label("pilot.paper.conditions"), paragraphs=tuple(certificate.conditions.split("\n\n"))))
    parts.append(
        Part(speech.label("pilot.paper.check"), paragraphs=(speech.sentence("pilot.paper.check_text", address=address),))
    )
    notices = [speech.label("paper.invented")] if programme.is_invented else []
    state = state_of(certificate, on=on)
    if state != "valid":
        notices.append(speech.label(f"pilot.paper.{state}"))
    return Sheet(
        title=speech.label("pilot.paper.title"),
        sender=(programme.organisation.name,),
        dated=write_date(certificate.issued, speech),
        parts=tuple(parts),
        signatures=(Signature((programme.organisation.name,)),),
        notice=" ".join(notices),
        is_centred=False,
    )
