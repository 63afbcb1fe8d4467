"""Which agenda does the public see, and what changed since the one before? Editions are added and never altered."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from citytandem.web.accounts.actions import record
from citytandem.web.agendas.entries import entries_of, read_entries
from citytandem.web.agendas.models import Plan, Session, Stage
from citytandem.web.agendas.queries import published_plan
from citytandem.web.events.models import Event
from citytandem.web.live import bump

if TYPE_CHECKING:
    from citytandem.web.accounts.models import User
    from citytandem.web.agendas.entries import Entry

TOLD = ("starts", "ends", "room_name", "place", "titles", "state")
"""What a calendar of a guest shows: when one of these changes, the entry counts as changed."""


class NotReady(Exception):
    """A plan that is not computed, or was published already, cannot be published."""


@transaction.atomic
def publish_plan(*, user: User, plan: Plan) -> Plan:
    """Let everybody see a plan as the next edition of the agenda.

    Raises
    ------
    NotReady
        It is not computed, or is an edition already.
    """
    Event.objects.select_for_update().get(pk=plan.event_id)  # two who publish at once are put in a line
    own = Plan.objects.select_related("event__organisation").get(pk=plan.pk)
    if own.stage != Stage.READY or own.edition is not None:
        raise NotReady
    before = published_plan(own.event)
    old = read_entries(before.agenda) if before else []
    new = number_entries(entries_of(own), before=old)
    own.agenda, own.changes = [one.as_json() for one in new], compare_entries(old, new) if before else []
    own.edition = (before.edition or 0) + 1 if before else 1
    own.published, own.published_by = timezone.now(), user
    own.save()
    record(
        user=user, action="agenda.published", organisation=own.event.organisation, city=own.event.city,
        subject=f"event:{own.event_id}", after={"plan": own.number, "edition": own.edition, "changes": len(own.changes)},
    )  # fmt: skip
    bump()
    return own


def number_entries(new: list[Entry], *, before: list[Entry]) -> list[Entry]:
    """New entries with the count of their changes; what was there and is gone stays as cancelled."""
    cancelled = set(Session.objects.filter(pk__in=[one.session for one in new], is_cancelled=True).values_list("pk", flat=True))
    held = [one for one in new if one.session not in cancelled]
    old = {one.session: one for one in before}
    found = [_number(one, before=old.get(one.session)) for one in held]
    gone = [one for key, one in old.items() if key not in {each.session for each in held}]
    found += [_number(dataclasses.replace(one, state="cancelled"), before=one) for one in gone]
    return sorted(found, key=lambda one: (one.starts, one.room or 0, one.session))


def _number(one: Entry, *, before: Entry | None) -> Entry:
    if before is None:
        return one
    changed = any(getattr(one, name) != getattr(before, name) for name in TOLD)
    return dataclasses.replace(one, sequence=before.sequence + changed)


def compare_entries(old: list[Entry], new: list[Entry]) -> list[dict[str, Any]]:
    """What is different, session by session: ``what`` is added, cancelled, back, moved, room or renamed."""
    before = {one.session: one for one in old if one.state == "held"}
    after = {one.session: one for one in new if one.state == "held"}
    found: list[dict[str, Any]] = []
    for key in sorted(before.keys() | after.keys()):
        was, now = before.get(key), after.get(key)
        if was is None and now is not None:
            found.append(_tell("added", now=now))
        elif now is None and was is not None:
            found.append(_tell("cancelled", was=was))
        elif was is not None and now is not None:
            found += _compare_one(was, now)
    return found


def _compare_one(was: Entry, now: Entry) -> list[dict[str, Any]]:
    if (was.starts, was.ends) != (now.starts, now.ends):
        return [_tell("moved", was=was, now=now)]
    if was.where != now.where:
        return [_tell("room", was=was, now=now)]
    return [_tell("renamed", was=was, now=now)] if was.titles != now.titles else []


def _tell(what: str, *, was: Entry | None = None, now: Entry | None = None) -> dict[str, Any]:
    told: dict[str, Any] = {"what": what}
    for name, one in (("was", was), ("now", now)):
        if one is not None:
            told |= {"session": one.session, "titles": one.titles, "zone": one.zone}
            told[name] = {"starts": one.starts.isoformat(), "ends": one.ends.isoformat(), "where": one.where}
    return told
