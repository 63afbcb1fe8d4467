"""The background jobs of events: letters leave the outbox one by one."""

from __future__ import annotations

from django_tasks import task

from citytandem.web.events.models import Delivery, SentLetter
from citytandem.web.events.post import send


@task()
def send_letters(event: int, *, site: str) -> int:
    """Send what waits in the outbox of an event; started twice, each letter still goes once. Returns how many were taken."""
    rows = SentLetter.objects.filter(event=event, state=Delivery.WAITING).order_by("pk")
    found = rows.select_related("registration__event__organisation", "registration__user", "mailing")
    return sum(send(row, site=site) for row in found)
