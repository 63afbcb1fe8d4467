"""What brings sessions in: the drafted outline of the event, and a sheet somebody uploaded."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from django.db import transaction

from citytandem.web.accounts.actions import record
from citytandem.web.agendas.actions import name_speakers
from citytandem.web.agendas.models import MeetingRequest, Origin, Session
from citytandem.web.agendas.queries import guests_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from citytandem.web.accounts.models import User
    from citytandem.web.agendas.sheet import SheetRow
    from citytandem.web.events.models import Event

USUAL_SLOT_MINUTES = 60


@transaction.atomic
def take_outline(*, user: User, event: Event) -> int:
    """Make a session of every item of the drafted outline that has none yet; returns how many were made."""
    known = set(event.sessions.exclude(outline=None).values_list("outline", flat=True))
    minutes = _slot_minutes(event)
    new = [
        Session(
            event=event, outline=one.pk, kind=one.kind, titles={event.language: one.title}, topic=one.topic,
            slots=max(1, min(12, round(one.minutes / minutes))), languages=list(event.languages),
        )
        for one in event.outline.all()
        if one.pk not in known
    ]  # fmt: skip
    Session.objects.bulk_create(new)
    _note(user, event, action="agenda.outline_taken", count=len(new))
    return len(new)


@transaction.atomic
def take_rows(*, user: User, event: Event, rows: Iterable[SheetRow]) -> int:
    """Make a session of every sound row of a sheet; returns how many."""
    people = {one.name: one for one in guests_of(event)}
    count = 0
    for row in rows:
        if row.is_sound:
            made = Session.objects.create(event=event, **row.values)
            name_speakers(made, speakers=[people[name] for name in row.speakers if name in people])
            count += 1
    _note(user, event, action="agenda.sheet_taken", count=count)
    return count


@transaction.atomic
def suggest_meetings(*, user: User, event: Event, worth: int = 8) -> int:
    """Suggest a talk to guests whose organisations are a tandem of the event's programme; both must still say yes."""
    if event.programme is None:
        return 0
    by_organisation: dict[int, list[int]] = {}
    for one in guests_of(event).exclude(organisation=None):
        by_organisation.setdefault(one.organisation_id or 0, []).append(one.pk)
    tandems = event.programme.tandems.exclude(state__in=("declined", "ended")).prefetch_related("sides")
    pairs = {
        (min(one, other), max(one, other))
        for tandem in tandems
        for side, beside in combinations([side.organisation_id for side in tandem.sides.all()], 2)
        for one in by_organisation.get(side, [])
        for other in by_organisation.get(beside, [])
    }
    known = set(MeetingRequest.objects.filter(event=event).values_list("one", "other"))
    new = [
        MeetingRequest(event=event, one_id=one, other_id=other, worth=worth, origin=Origin.TANDEM)
        for one, other in sorted(pairs - known)
    ]
    MeetingRequest.objects.bulk_create(new)
    _note(user, event, action="agenda.meetings_suggested", count=len(new))
    return len(new)


def _slot_minutes(event: Event) -> float:
    """How long a slot of the event is; an hour while there is none."""
    lengths = sorted((one.ends - one.starts).total_seconds() / 60 for one in event.slots.all())
    return lengths[len(lengths) // 2] if lengths else USUAL_SLOT_MINUTES


def _note(user: User, event: Event, *, action: str, count: int) -> None:
    record(
        user=user, action=action, organisation=event.organisation, city=event.city, subject=f"event:{event.pk}",
        after={"count": count},
    )  # fmt: skip
