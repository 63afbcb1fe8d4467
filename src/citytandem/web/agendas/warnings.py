"""What stands against a plan, in words people act on: which session, which room, who, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citytandem.findings import Code
from citytandem.web.agendas.choices import TAGS
from citytandem.web.agendas.entries import entries_of
from citytandem.web.agendas.models import Absence, Room, Session, Speaker
from citytandem.web.shell.language import current_speech
from citytandem.words.labels import LABELS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from citytandem.findings import Finding
    from citytandem.web.agendas.entries import Entry
    from citytandem.web.agendas.models import Plan
    from citytandem.web.events.models import Event

MISPLACED = "every_session_stands_where_it_may"
WORDS = "web.agenda.broken"


def tell_warnings(plan: Plan, findings: Iterable[Finding], *, entries: list[Entry] | None = None) -> list[str]:
    """Findings about a plan as sentences with the names people know; each is said once.

    Parameters
    ----------
    entries
        Where the sessions stand, if not where the plan has them: for a move that was tried.
    """
    shown = {one.session: one for one in (entries if entries is not None else entries_of(plan))}
    names = name_keys(plan.event)
    found: list[str] = []
    for one in findings:
        if one.code is not Code.AGENDA_BROKEN:
            found.append(current_speech().say(one))
            continue
        rule, keys = str(one.facts["rule"]), str(one.facts["what"]).split(", ")
        entry = shown.get(int(keys[0][1:])) if rule == MISPLACED else None
        reasons = list(_why_misplaced(entry)) if entry else []
        found += reasons or [_say(rule, what=" – ".join(names.get(key, key) for key in keys))]
    return list(dict.fromkeys(found))


def name_keys(event: Event) -> dict[str, str]:
    """What the keys of a problem stand for, as people say it."""
    speech = current_speech()
    told = {f"s{one.pk}": one.title_in(speech.language) for one in event.sessions.all()}
    told |= {f"r{one.pk}": one.name for one in event.rooms.all()}
    told |= {f"t{one.pk}": str(one) for one in event.slots.select_related("event")}
    return told | {f"p{pk}": name for pk, name in event.registrations.values_list("pk", "name")} | {tag: tag for tag in TAGS}


def _why_misplaced(entry: Entry) -> Iterator[str]:
    """Why a session cannot stand where it does: who or what is not there, or what its room lacks."""
    title = entry.title_in(current_speech().language)
    during = Absence.objects.filter(slot__starts__lt=entry.ends, slot__ends__gt=entry.starts)
    speakers = Speaker.objects.filter(session=entry.session).values("registration")
    for one in during.filter(registration__in=speakers).select_related("registration"):
        yield _say("speaker_absent", session=title, person=str(one.registration))
    if entry.room is None:
        return
    session, room = Session.objects.get(pk=entry.session), Room.objects.get(pk=entry.room)
    if during.filter(room=room).exists():
        yield _say("room_closed", session=title, room=room.name)
    if set(session.needs) - set(room.equipment):
        yield _say("room_lacks", session=title, room=room.name)
    if session.accessible and not room.accessible:
        yield _say("room_not_accessible", session=title, room=room.name)


def _say(rule: str, **facts: str) -> str:
    speech = current_speech()
    key = f"{WORDS}.{rule}"
    return str(speech.sentence(key if key in LABELS else f"{WORDS}.other", **facts))
