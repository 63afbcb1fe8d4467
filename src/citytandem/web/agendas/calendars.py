"""An agenda as calendars and as a schedule for apps of conferences, in the language of whoever asks."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import translation

from citytandem.cards import name_language
from citytandem.charts.chart import name_key
from citytandem.sinks import frab
from citytandem.sinks.calendar import Calendar, Happening, write_calendar
from citytandem.web.agendas.entries import read_entries
from citytandem.web.agendas.models import Speaker
from citytandem.web.shell.language import to_django
from citytandem.words import Speech

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from citytandem.web.agendas.entries import Entry
    from citytandem.web.agendas.models import Plan
    from citytandem.web.events.models import Event


def calendar_of(plan: Plan, entries: Iterable[Entry], *, speech: Speech, base: str, name: str = "") -> bytes:
    """Entries of an edition as one calendar. ``base`` is the beginning of our addresses, such as ``https://city.example``."""
    happenings = tuple(_tell(one, event=plan.event, speech=speech, base=base) for one in entries)
    calendar = Calendar(name=name or plan.event.title, language=speech.language, happenings=happenings)
    return write_calendar(calendar, stamp=plan.published or plan.made)


def _tell(one: Entry, *, event: Event, speech: Speech, base: str) -> Happening:
    host = base.partition("://")[2]
    zone = ZoneInfo(event.zone)
    if one.table is not None:
        title = speech.sentence("web.agenda.talk_with", person=one.title_in(""))
        place, about, url = speech.sentence("web.agenda.table", number=one.table), "", ""
        uid = f"event-{event.pk}-talk-{-one.session}@{host}"
    else:
        title, place, about = one.title_in(speech.language), one.where, _tell_about(one, speech=speech)
        url, uid = session_address(event, one.session, base=base, speech=speech), f"event-{event.pk}-session-{one.session}@{host}"
    return Happening(
        uid=uid, starts=one.starts.astimezone(zone), ends=one.ends.astimezone(zone), title=title, place=place, about=about,
        url=url, sequence=one.sequence, is_cancelled=one.state != "held",
    )  # fmt: skip


def _tell_about(one: Entry, *, speech: Speech) -> str:
    """Text, languages and interpreting, as far as they are said."""
    spoken = speech.join([name_language(tag, speech) for tag in one.languages])
    interpreted = speech.join([name_language(tag, speech) for tag in one.interpreted_into])
    parts = [one.text_in(speech.language), spoken]
    parts += [speech.sentence("web.agenda.interpreted", languages=interpreted)] if interpreted else []
    return "\n".join(part for part in parts if part)


def session_address(event: Event, session: int, *, base: str, speech: Speech) -> str:
    """The page of a session in a language."""
    with translation.override(to_django(speech.language)):
        return base + reverse("agenda_session", args=[event.pk, session])


def schedule_of(plan: Plan, *, form: str, speech: Speech, base: str) -> bytes:
    """The whole edition as a frab schedule, ``json`` or ``xml``; what is cancelled is not in it."""
    event, speakers = plan.event, _number_speakers(plan.event)
    held = [one for one in read_entries(plan.agenda) if one.state == "held"]
    sessions = [_tell_session(one, event=event, speakers=speakers.get(one.session, ()), speech=speech, base=base) for one in held]
    schedule = frab.Schedule(
        title=event.title,
        acronym=f"event-{event.pk}",
        version=str(plan.edition),
        zone=event.zone,
        sessions=tuple(sessions),
        url=base + reverse("agenda", args=[event.pk]),
    )
    return frab.write_frab_json(schedule) if form == "json" else frab.write_frab_xml(schedule)


def _tell_session(one: Entry, *, event: Event, speakers: Sequence[frab.Speaker], speech: Speech, base: str) -> frab.Session:
    others = [text for text in one.titles.values() if text != one.title_in(speech.language)]
    return frab.Session(
        number=one.session,
        title=one.title_in(speech.language),
        subtitle=others[0] if others else "",
        room=one.where or speech.label("web.agenda.elsewhere"),
        starts=one.begins_there,
        ends=one.ends_there,
        kind=speech.label(f"web.agenda.kind.{one.kind}"),
        topic=name_key(speech, "field", key=one.topic) if one.topic else "",
        language=one.languages[0] if one.languages else "",
        abstract=one.text_in(speech.language),
        url=session_address(event, one.session, base=base, speech=speech),
        speakers=tuple(speakers),
    )


def _number_speakers(event: Event) -> dict[int, tuple[frab.Speaker, ...]]:
    """Who may be named, with a number that stays."""
    found: dict[int, tuple[frab.Speaker, ...]] = {}
    for one in speakers_named(event):
        told = frab.Speaker(number=one.registration_id, name=one.registration.name)
        found[one.session_id] = (*found.get(one.session_id, ()), told)
    return found


def speakers_named(event: Event) -> Iterable[Speaker]:
    """Speakers who have confirmed and may be named in public."""
    rows = Speaker.objects.filter(session__event=event, is_confirmed=True, registration__forgotten=None)
    return rows.exclude(registration__seat__in=("cancelled", "refused")).select_related("registration")
