"""What brings sessions in: the drafted outline of the event, and a sheet somebody uploaded."""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING, Any

from django.db import transaction

from citytandem.web.accounts.actions import record
from citytandem.web.agendas.actions import name_speakers
from citytandem.web.agendas.models import MeetingRequest, Origin, Session
from citytandem.web.agendas.queries import guests_of
from citytandem.web.programmes.acquaintances import find_acquaintances
from citytandem.web.programmes.cards import keep_card

if TYPE_CHECKING:
    from collections.abc import Iterable

    from citytandem.web.accounts.models import User
    from citytandem.web.agendas.sheet import SheetRow
    from citytandem.web.events.models import Event

USUAL_SLOT_MINUTES = 60
TANDEM_WORTH = 8
"""From 1 to 10, as for each meeting."""


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
def suggest_meetings(*, user: User, event: Event) -> int:
    """Suggest talks to guests of tandems of the event's programme, and of others the matching says should meet.

    All guests of a tandem are asked; of other pairs the guests are paired one by one, as so many talks fit into an event.
    Nobody meets without a yes of both.
    """
    if event.programme is None:
        return 0
    guests = _guests_by_organisation(event)
    new: dict[tuple[int, int], MeetingRequest] = {}
    tandems = event.programme.tandems.exclude(state__in=("declined", "ended")).prefetch_related("sides")
    for tandem in tandems:
        for side, beside in combinations([side.organisation_id for side in tandem.sides.all()], 2):
            for pair in product(guests.get(side, []), guests.get(beside, [])):
                _add(new, pair, event=event, worth=TANDEM_WORTH, origin=Origin.TANDEM)
    for two in find_acquaintances(event.programme):
        reasons = keep_card([two.card], sides=two.sides)
        for pair in zip(guests.get(two.one.pk, []), guests.get(two.other.pk, []), strict=False):
            _add(new, pair, event=event, worth=two.worth, origin=Origin.MATCHING, reasons=reasons)
    known = set(MeetingRequest.objects.filter(event=event).values_list("one", "other"))
    made = MeetingRequest.objects.bulk_create(one for pair, one in sorted(new.items()) if pair not in known)
    _note(user, event, action="agenda.meetings_suggested", count=len(made))
    return len(made)


def _guests_by_organisation(event: Event) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for one in guests_of(event).exclude(organisation=None).order_by("pk"):
        found.setdefault(one.organisation_id or 0, []).append(one.pk)
    return found


def _add(new: dict[tuple[int, int], MeetingRequest], pair: tuple[int, int], *, event: Event, **told: Any) -> None:
    """One suggestion; a pair that is thought of already stays as it is."""
    one, other = min(pair), max(pair)
    if one != other and (one, other) not in new:
        new[one, other] = MeetingRequest(event=event, one_id=one, other_id=other, **told)


def _slot_minutes(event: Event) -> float:
    """How long a slot of the event is; an hour while there is none."""
    lengths = sorted((one.ends - one.starts).total_seconds() / 60 for one in event.slots.all())
    return lengths[len(lengths) // 2] if lengths else USUAL_SLOT_MINUTES


def _note(user: User, event: Event, *, action: str, count: int) -> None:
    record(
        user=user, action=action, organisation=event.organisation, city=event.city, subject=f"event:{event.pk}",
        after={"count": count},
    )  # fmt: skip
