"""What is asked three and twelve months after an event, and what a day brings: reminders, questions, forgetting."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from citytandem.web.accounts.actions import record
from citytandem.web.events.forgetting import forget_due
from citytandem.web.events.mailings import NotReady, send_to_all
from citytandem.web.events.models import Delivery, Event, FollowUp, SentLetter, State
from citytandem.web.events.seats import name_registration
from citytandem.web.events.tasks import send_letters

if TYPE_CHECKING:
    import datetime as dt

    from citytandem.web.accounts.models import User
    from citytandem.web.events.models import Registration

MONTHS = (3, 12)
REMINDER_DAYS = 7
"""So many days before an event those who are coming get a reminder."""
PATIENCE_DAYS = 30
"""A letter of the calendar that did not go within so many days after its day does not go any more."""
CALENDAR = {"after_3": 91, "after_12": 365}
"""Letters that ask what came of an event, and how many days after its end."""


@transaction.atomic
def answer_questions(*, registration: Registration, by: User | None, months: int, values: dict[str, Any]) -> FollowUp:
    """Keep what a guest says; said again, the newer counts."""
    own, _ = FollowUp.objects.update_or_create(
        registration=registration, months=months, defaults={**values, "said": timezone.now()}
    )
    record(
        user=by, action="registration.followed_up", organisation=registration.event.organisation,
        subject=name_registration(registration), after={"event": registration.event_id, "months": months},
    )  # fmt: skip
    return own


def tend_events(*, on: dt.date, site: str) -> dict[str, int]:
    """What a day brings: reminders before events, questions after them, letters that still wait, and forgetting.

    Run once a day; run twice, nothing goes twice.
    """
    done = {"letters": 0, "forgotten": forget_due(on=on)}
    for event, letter in _due_letters(on):
        try:
            send_to_all(user=None, event=event, letter=letter, key=f"calendar:{event.pk}:{letter}")
        except NotReady:
            continue  # too many for one day: tomorrow is soon enough
    waiting = SentLetter.objects.filter(state=Delivery.WAITING).order_by().values_list("event", flat=True).distinct()
    for number in list(waiting):
        done["letters"] += SentLetter.objects.filter(event=number, state=Delivery.WAITING).count()
        send_letters.enqueue(number, site=site)
    return done


def _due_letters(on: dt.date) -> list[tuple[Event, str]]:
    soon = Event.objects.filter(
        state__in=[State.OPEN, State.CLOSED], starts__gt=on, starts__lte=on + timedelta(days=REMINDER_DAYS)
    )
    found = [(event, "reminder") for event in soon.order_by("pk")]
    for letter, days in CALENDAR.items():
        last = on - timedelta(days=days)
        over = Event.objects.filter(state=State.HELD, ends__lte=last, ends__gt=last - timedelta(days=PATIENCE_DAYS))
        found.extend((event, letter) for event in over.order_by("pk"))
    return found
