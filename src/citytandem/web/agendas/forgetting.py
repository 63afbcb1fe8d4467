"""What agendas know of a guest is told to them, and forgotten with their registration."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from citytandem.web.agendas.models import Absence, Feed, Interpreter, MeetingRequest, Plan, Speaker, Wish
from citytandem.web.agendas.personal import own_entries
from citytandem.web.events.models import Registration

if TYPE_CHECKING:
    from citytandem.web.accounts.models import User


def tell_person(user: User) -> dict[str, Any]:
    """For the person's own document: wishes, talks of two, what they speak at, and their agenda, event by event."""
    mine = Registration.objects.filter(user=user).select_related("event__organisation")
    return {"agendas.guest": [tell_guest(one) for one in mine]}


def tell_guest(own: Registration) -> dict[str, Any]:
    """Everything agendas hold about one guest, without the secret of their calendar."""
    asked = [*own.meetings_as_one.select_related("other"), *own.meetings_as_other.select_related("one")]
    return {
        "event": own.event.title,
        "wishes": [{"turn": one.turn, "session": str(one.session)} for one in own.wishes.select_related("session")],
        "talks": [{"with": str(one.other if one.one_id == own.pk else one.one), "note": one.note} for one in asked],
        "speaks": [str(one.session) for one in own.speaks.select_related("session")],
        "absences": [{"slot": str(one.slot), "reason": one.reason} for one in own.absences.select_related("slot__event")],
        "agenda": [{"starts": one.starts.isoformat(), "title": one.title_in(own.language)} for one in own_entries(own)],
        "has_calendar_address": Feed.objects.filter(registration=own).exists(),
    }


def forget_guest(own: Registration, *, name: str = "") -> None:
    """Delete what hangs on a registration; of plans made before, a number without a name remains."""
    for table in (Wish, Speaker, Absence, Interpreter, Feed):
        table.objects.filter(registration=own).delete()
    MeetingRequest.objects.filter(one=own).delete()
    MeetingRequest.objects.filter(other=own).delete()
    if name:
        _forget_name(own, name=name)


def _forget_name(own: Registration, *, name: str) -> None:
    """Take a name out of what was found while plans were computed."""
    for plan in Plan.objects.filter(event=own.event_id).only("findings"):
        told = json.dumps(plan.findings, ensure_ascii=False)
        if name in told:
            Plan.objects.filter(pk=plan.pk).update(findings=[_without(one, name=name) for one in plan.findings])


def _without(finding: dict[str, Any], *, name: str) -> dict[str, Any]:
    facts = {key: value.replace(name, "–") if isinstance(value, str) else value for key, value in finding["facts"].items()}
    return {**finding, "facts": facts}
