"""What lies on a desk from this room: drafts, guests who wait for an answer, events nobody said were held, tasks."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from citytandem.web.accounts.desk import DeskItem, Pile
from citytandem.web.events.models import EventTask, Seat, State
from citytandem.web.events.queries import ORGANISERS, events_of
from citytandem.web.shell.language import word

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest

    from citytandem.findings import Fact
    from citytandem.web.accounts.models import Organisation
    from citytandem.web.events.models import Event

SOON_DAYS = 30


def remind_of_events(organisation: Organisation, *, on: date) -> list[DeskItem]:
    """What is due among a team's events on a day."""
    if organisation.kind not in ORGANISERS:
        return []
    own = events_of(organisation)
    asked = own.filter(registrations__seat=Seat.ASKED).annotate(count=Count("registrations")).order_by("pk")
    found = [
        *(_item("draft", event=event, pile=Pile.DRAFT) for event in own.filter(state=State.DRAFT)),
        *(_item("asked", event=event, pile=Pile.DUE, page="event_guests", count=event.count) for event in asked),
        *(
            _item("over", event=event, pile=Pile.DUE, due=event.ends)
            for event in own.filter(state__in=[State.OPEN, State.CLOSED], ends__lt=on)
        ),
    ]
    return [*found, *_tasks(organisation, on=on)]


def show_on_desk(request: HttpRequest, organisation: Organisation) -> list[DeskItem]:  # noqa: ARG001 - the desk's form
    """The same for today."""
    return remind_of_events(organisation, on=timezone.now().date())


def _tasks(organisation: Organisation, *, on: date) -> list[DeskItem]:
    rows = EventTask.objects.filter(
        event__organisation=organisation, done=None, due__lte=on + timedelta(days=SOON_DAYS)
    ).select_related("event")
    return [
        DeskItem(
            title=str(word("desk.event_task.title", title=task.title)),
            text=str(word("desk.event_task.text", event=task.event.title)),
            url=reverse("event_tasks", args=[organisation.pk, task.event_id]),
            due=task.due,
            pile=Pile.DUE,
        )
        for task in rows
    ]


def _item(what: str, *, event: Event, pile: Pile, page: str = "event_desk", due: date | None = None, **facts: Fact) -> DeskItem:
    return DeskItem(
        title=str(word(f"desk.event_{what}.title", title=event.title)),
        text=str(word(f"desk.event_{what}.text", **facts)),
        url=reverse(page, args=[event.organisation_id, event.pk]),
        due=due,
        pile=pile,
    )


PROVIDERS = [show_on_desk]
REMINDERS = [remind_of_events]
