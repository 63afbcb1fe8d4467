"""From a gap, a programme, a tandem or from nothing to a drafted event: purpose, questions and the outline of its agenda."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from citytandem.tables.catalogue import FIELDS
from citytandem.web.events.formats import FORMATS
from citytandem.web.events.times import all_zones
from citytandem.web.profiles.catalogue import field_of, title_measures
from citytandem.web.programmes.models import Programme, Tandem
from citytandem.web.shell.language import current_speech
from citytandem.web.shell.names import call_city

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from citytandem.atlas import Atlas
    from citytandem.web.accounts.models import Organisation
    from citytandem.web.events.formats import Format

GAP_QUESTIONS = ("decided", "cost", "wrong", "powers", "proof")
SHARED_QUESTIONS = ("learn", "give", "agreed", "next")


class UnknownStart(LookupError):
    """What the address says the event starts from is not there, or not theirs."""


@dataclass(frozen=True)
class Start:
    """What an event starts from; all empty for an event from nothing."""

    city: str = ""
    measure: str = ""
    topic: str = ""
    programme: Programme | None = None
    tandem: Tandem | None = None

    @property
    def kind(self) -> str:
        """One word for it."""
        if self.tandem is not None:
            return "tandem"
        if self.programme is not None:
            return "programme"
        return "gap" if self.measure or self.topic else "city" if self.city else "nothing"

    @property
    def theme(self) -> str:
        """The title of the measure or the name of the field of action."""
        speech = current_speech()
        if self.measure:
            return title_measures(speech.language).get(self.measure, self.measure)
        return speech.label(f"field.{self.topic}") if self.topic else ""


def read_start(asked: Mapping[str, str], *, atlas: Atlas, organisation: Organisation) -> Start:
    """What the address asks for: ``?city=&measure=`` or ``&section=`` for a gap, ``?programme=``, ``?tandem=``.

    Raises
    ------
    UnknownStart
        A city or measure nobody knows; a programme or tandem in which the organisation has no part.
    """
    city, measure = asked.get("city", ""), asked.get("measure", "")
    section = asked.get("section", "")
    if city and not names_city(atlas, city):
        raise UnknownStart(city)
    if measure and not field_of(measure):
        raise UnknownStart(measure)
    tandem = _find_tandem(asked.get("tandem", ""), organisation=organisation)
    programme = tandem.programme if tandem else _find_programme(asked.get("programme", ""), organisation=organisation)
    topic = field_of(measure) if measure else section if section in FIELDS else ""
    return Start(city, measure, topic, programme, tandem)


def names_city(atlas: Atlas, city: str) -> bool:
    """Is this the id of a city of the atlas?"""
    return not atlas.city.filter(city=city).is_empty()


def draft(start: Start, *, layout: str, starts: dt.date, atlas: Atlas, organisation: Organisation) -> dict[str, Any]:
    """The values of a drafted event, in the language of the page; what cannot be known stays empty."""
    chosen, speech = FORMATS[layout], current_speech()
    host = organisation.city or start.city
    city = "" if chosen.is_online else host
    return {
        "kind": chosen.kind,
        "layout": layout,
        "title": _title(start, chosen=chosen, atlas=atlas),
        "text": _purpose(start, atlas=atlas, organisation=organisation),
        "questions": "\n".join(
            speech.label(f"event.question.{key}") for key in (GAP_QUESTIONS if start.kind == "gap" else SHARED_QUESTIONS)
        ),
        "output": speech.label(f"event.output.{layout}"),
        "topic": start.topic,
        "measure": start.measure,
        "about": start.city,
        "programme": start.programme,
        "tandem": start.tandem,
        "language": speech.language,
        "languages": [speech.language],
        "city": city,
        "zone": _zone_of(atlas, host),
        "starts": starts,
        "ends": starts + timedelta(days=chosen.days - 1),
        "seats": chosen.people[1],
    }


def outline_of(layout: str, *, topic: str = "") -> list[dict[str, Any]]:
    """The parts of the agenda an event of this format is drafted with, in the language of the page."""
    speech = current_speech()
    return [
        {
            "order": number,
            "day": part.day,
            "title": speech.label(f"event.part.{part.key}"),
            "kind": part.kind,
            "minutes": part.minutes,
            "topic": topic if part.kind not in {"break", "plenary"} else "",
        }
        for number, part in enumerate(FORMATS[layout].outline, start=1)
    ]


def _title(start: Start, *, chosen: Format, atlas: Atlas) -> str:
    speech = current_speech()
    name = speech.label(f"event.format.{chosen.key}")
    about = {
        "tandem": str(start.tandem or ""),
        "programme": str(start.programme or ""),
        "gap": start.theme,
        "city": call_city(atlas, start.city, language=speech.language) if start.city else "",
    }.get(start.kind, "")
    return (speech.sentence("event.draft.title", format=name, about=about) if about else name)[:160]


def _purpose(start: Start, *, atlas: Atlas, organisation: Organisation) -> str:
    speech = current_speech()
    names = {
        "city": call_city(atlas, start.city, language=speech.language) if start.city else organisation.name,
        "theme": start.theme,
        "organisation": organisation.name,
        "programme": str(start.programme or ""),
        "tandem": str(start.tandem or ""),
    }
    return speech.sentence(f"event.draft.purpose.{start.kind}", **names)


def _zone_of(atlas: Atlas, city: str) -> str:
    known = atlas.city.filter(city=city)["timezone"].to_list() if city else []
    return known[0] if known and known[0] in all_zones() else "UTC"


def _find_programme(asked: str, *, organisation: Organisation) -> Programme | None:
    if not asked:
        return None
    found = Programme.objects.filter(pk=_number(asked), organisation=organisation).first()
    if found is None:
        raise UnknownStart(asked)
    return found


def _find_tandem(asked: str, *, organisation: Organisation) -> Tandem | None:
    """A tandem of a programme of ours, or one in which we are a side."""
    if not asked:
        return None
    found = Tandem.objects.select_related("programme").filter(pk=_number(asked)).first()
    is_ours = found is not None and (
        found.programme.organisation_id == organisation.pk or found.sides.filter(organisation=organisation).exists()
    )
    if found is None or not is_ours:
        raise UnknownStart(asked)
    return found


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else 0
