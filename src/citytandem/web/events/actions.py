"""What changes events, their outline, budget and tasks; each change leaves its entry in the record."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max
from django.forms.models import model_to_dict
from django.utils import timezone

from citytandem.web.accounts.actions import record
from citytandem.web.events.models import BudgetLine, Event, EventTask, OutlineItem, State

if TYPE_CHECKING:
    from citytandem.web.accounts.models import Organisation, User

STEPS: dict[str, tuple[State, frozenset[str]]] = {
    "open": (State.OPEN, frozenset({State.DRAFT, State.CLOSED})),
    "close": (State.CLOSED, frozenset({State.OPEN})),
    "hold": (State.HELD, frozenset({State.OPEN, State.CLOSED})),
    "cancel": (State.CANCELLED, frozenset({State.DRAFT, State.OPEN, State.CLOSED})),
    "draft": (State.DRAFT, frozenset({State.CANCELLED})),
}
"""Where each step leads, and from which states it can be taken."""
KEPT_DAYS = 400
"""So long after its end what guests said of themselves is kept."""
TOLD = ("kind", "title", "city", "place", "zone", "starts", "ends", "begins_at", "ends_at", "seats", "state", "register_until")


class ChangedMeanwhile(Exception):
    """Somebody else changed it since the form was made; ``now`` is how it stands."""

    def __init__(self, now: Event) -> None:
        super().__init__(now.pk)
        self.now = now


class NotAllowedNow(Exception):
    """Its state does not allow this."""


@transaction.atomic
def draft_event(*, user: User, organisation: Organisation, values: dict[str, Any], outline: list[dict[str, Any]]) -> Event:
    """Write down an event as a draft, with the outline of its agenda."""
    made = Event.objects.create(organisation=organisation, created_by=user, is_invented=organisation.is_invented, **values)
    OutlineItem.objects.bulk_create(OutlineItem(event=made, **item) for item in outline)
    record(user=user, action="event.drafted", organisation=organisation, subject=name_event(made), after=_tell(made))
    return made


@transaction.atomic
def change_event(*, user: User, event: Event, version: int, values: dict[str, Any]) -> Event:
    """Change what an event is about, where and when. Seats are changed in ``seats``, states by ``move_event``.

    Raises
    ------
    ChangedMeanwhile
        Somebody else changed it since ``version``.
    NotAllowedNow
        It was held or cancelled.
    """
    own = hold_event(event, version=version)
    if own.state in {State.HELD, State.CANCELLED}:
        raise NotAllowedNow
    before = _tell(own)
    for name, value in values.items():
        setattr(own, name, value)
    raise_version(own)
    own.registrations.exclude(keep_until=None).update(keep_until=own.ends + timedelta(days=KEPT_DAYS))
    record(
        user=user, action="event.changed", organisation=own.organisation, subject=name_event(own),
        before=before, after=_tell(own),
    )  # fmt: skip
    return own


@transaction.atomic
def move_event(*, user: User, event: Event, version: int, step: str) -> Event:
    """Open its registration, close it, say that it was held, cancel it, or take a cancelled one up again.

    Raises
    ------
    ChangedMeanwhile
        Somebody else changed it since ``version``.
    NotAllowedNow
        Its state does not allow the step, or it would be held before it began.
    """
    own = hold_event(event, version=version)
    target, sources = STEPS[step]
    if own.state not in sources or (step == "hold" and own.starts > timezone.now().date()):
        raise NotAllowedNow
    before, own.state = own.state, target
    raise_version(own)
    record(
        user=user, action=f"event.{step}", organisation=own.organisation, subject=name_event(own),
        before={"state": before}, after={"state": own.state},
    )  # fmt: skip
    return own


@transaction.atomic
def write_item(*, user: User, event: Event, item: int | None, values: dict[str, Any]) -> OutlineItem:
    """Add a part to the outline, or change one."""
    own = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    if item is None:
        last = own.outline.aggregate(last=Max("order"))["last"] or 0
        made = OutlineItem.objects.create(event=own, order=last + 1, **values)
    else:
        made = own.outline.get(pk=item)
        for name, value in values.items():
            setattr(made, name, value)
        made.save()
    _note_outline(own, user=user)
    return made


@transaction.atomic
def shift_item(*, user: User, event: Event, item: int, up: bool) -> None:
    """Move a part one place earlier or later."""
    own = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    items = list(own.outline.all())
    here = next(number for number, one in enumerate(items) if one.pk == item)
    there = here - 1 if up else here + 1
    if 0 <= there < len(items):
        items[here], items[there] = items[there], items[here]
        for number, one in enumerate(items, start=1):
            OutlineItem.objects.filter(pk=one.pk).update(order=number)
        _note_outline(own, user=user)


@transaction.atomic
def drop_item(*, user: User, event: Event, item: int) -> None:
    """Take a part out of the outline."""
    own = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    own.outline.filter(pk=item).delete()
    _note_outline(own, user=user)


@transaction.atomic
def write_line(*, user: User, event: Event, values: dict[str, Any]) -> BudgetLine:
    """Write down what is paid for."""
    made = BudgetLine.objects.create(event=event, **values)
    after = {name: str(value) for name, value in values.items()}
    record(user=user, action="event.budget_written", organisation=event.organisation, subject=name_event(event), after=after)
    return made


@transaction.atomic
def drop_line(*, user: User, line: BudgetLine) -> None:
    """Take a line out of the budget."""
    before = {"what": line.what, "amount": str(line.amount), "currency": line.currency}
    record(
        user=user, action="event.budget_dropped", organisation=line.event.organisation, subject=name_event(line.event),
        before=before,
    )  # fmt: skip
    line.delete()


@transaction.atomic
def write_task(*, user: User, event: Event, values: dict[str, Any]) -> EventTask:
    """Write down what is to be done, by whom and until when."""
    made = EventTask.objects.create(event=event, **values)
    record(
        user=user, action="event.task_written", organisation=event.organisation, subject=name_event(event),
        after={"task": made.pk, "due": str(made.due or "")},
    )  # fmt: skip
    return made


@transaction.atomic
def settle_task(*, user: User, task: EventTask, is_done: bool) -> None:
    """Say that a task is done, or that it is not after all."""
    task.done = timezone.now() if is_done else None
    task.save(update_fields=["done"])
    record(
        user=user, action="event.task_settled", organisation=task.event.organisation, subject=name_event(task.event),
        after={"task": task.pk, "done": is_done},
    )  # fmt: skip


def name_event(event: Event) -> str:
    """What an event is called in the record."""
    return f"event:{event.pk}"


def hold_event(event: Event, *, version: int | None = None) -> Event:
    """The row of an event, locked until the change is over."""
    own = Event.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=event.pk)
    if version is not None and own.version != version:
        raise ChangedMeanwhile(own)
    return own


def raise_version(own: Event) -> None:
    """Keep a change of a locked event."""
    own.version += 1
    own.save()


def _note_outline(own: Event, *, user: User) -> None:
    raise_version(own)
    after = {"parts": own.outline.count()}
    record(user=user, action="event.outline_changed", organisation=own.organisation, subject=name_event(own), after=after)


def _tell(own: Event) -> dict[str, Any]:
    return {name: str(value) for name, value in model_to_dict(own, fields=list(TOLD)).items()}
