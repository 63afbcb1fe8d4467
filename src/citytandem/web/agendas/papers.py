"""Agendas, badges and lists of delegations on paper, each in the language of whom it is for."""

from __future__ import annotations

import io
import zipfile
from itertools import groupby
from typing import TYPE_CHECKING

from citytandem.briefing.papers.agenda import Entry as PaperEntry
from citytandem.briefing.papers.agenda import PersonalAgenda
from citytandem.briefing.papers.badges import Badges
from citytandem.briefing.papers.delegation import DelegationList
from citytandem.briefing.papers.paper import Occasion, Person
from citytandem.briefing.papers.write import write_paper
from citytandem.cards import name_language
from citytandem.charts.chart import name_key
from citytandem.web.agendas.personal import own_entries
from citytandem.web.agendas.queries import guests_of
from citytandem.web.events.models import Seat
from citytandem.web.events.times import tell_zone
from citytandem.words import Speech, language_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from citytandem.web.agendas.entries import Entry
    from citytandem.web.agendas.models import Plan
    from citytandem.web.events.models import Event, Registration

PAPERS = {"badges": "pdf", "delegations": "zip"}
"""What is printed for all guests together, and in which form it leaves."""


def write_own_agenda(own: Registration, *, plan: Plan) -> bytes:
    """The agenda of one guest as PDF, in their language."""
    speech = Speech(language_of(own.language) or "en")
    entries = own_entries(own, plan=plan)
    zone = tell_zone(own.event.zone, on=plan.published or plan.made, language=speech.language)
    if entries:
        zone = tell_zone(own.event.zone, on=entries[0].starts, language=speech.language)
    paper = PersonalAgenda(
        occasion=_tell_occasion(own.event),
        guest=tell_person(own, speech=speech),
        entries=tuple(_tell_entry(one, speech=speech) for one in entries),
        zone=zone,
        version=plan.edition or plan.number,
        contact=own.event.contact,
    )
    return write_paper(paper, speech)


def write_badges(event: Event, *, speech: Speech) -> bytes:
    """The name badges of everybody who comes, as PDF."""
    people = tuple(tell_person(one, speech=speech) for one in _coming(event))
    return write_paper(Badges(event=event.title, people=people), speech)


def write_delegations(event: Event, *, speech: Speech) -> bytes:
    """A list for each organisation that sends somebody, as PDFs in one archive."""
    archive = io.BytesIO()
    guests = sorted(_coming(event), key=_sender_of)
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as target:
        for place, (sender, some) in enumerate(groupby(guests, key=_sender_of), start=1):
            people = tuple(tell_person(one, speech=speech) for one in some)
            paper = DelegationList(occasion=_tell_occasion(event), name=sender or "–", people=people, contact=event.contact)
            told = zipfile.ZipInfo(f"delegation-{place:02d}.pdf", date_time=(1980, 1, 1, 0, 0, 0))
            target.writestr(told, write_paper(paper, speech))
    return archive.getvalue()


def tell_person(own: Registration, *, speech: Speech) -> Person:
    """Somebody as a paper names them."""
    return Person(
        name=own.name,
        organisation=_sender_of(own),
        office=name_key(speech, "event.role", key=own.role),
        languages=tuple(name_language(tag, speech) for tag in own.languages),
        is_invented=own.is_invented,
    )


def _coming(event: Event) -> Iterable[Registration]:
    return guests_of(event).filter(seat=Seat.COMING).select_related("organisation")


def _sender_of(own: Registration) -> str:
    return own.organisation_name or (own.organisation.name if own.organisation else "")


def _tell_occasion(event: Event) -> Occasion:
    return Occasion(title=event.title, place=event.place, starts=event.starts, ends=event.ends)


def _tell_entry(one: Entry, *, speech: Speech) -> PaperEntry:
    if one.table is not None:
        title = speech.sentence("web.agenda.talk_with", person=one.title_in(""))
        place = speech.sentence("web.agenda.table", number=one.table)
        return PaperEntry(starts=one.begins_there, ends=one.ends_there, title=title, place=place)
    return PaperEntry(
        starts=one.begins_there,
        ends=one.ends_there,
        title=one.title_in(speech.language),
        place=one.where,
        languages=tuple(name_language(tag, speech) for tag in one.languages),
    )
