"""What makes tours: asking the solver for one of the set-up as it is now. Each makes a new row."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from citytandem.web.accounts.actions import record
from citytandem.web.events.models import Event
from citytandem.web.tours.models import TourPlan
from citytandem.web.tours.problem import write_problem
from citytandem.web.tours.queries import find_missing
from citytandem.web.tours.tasks import solve_tour

if TYPE_CHECKING:
    from citytandem.web.accounts.models import User

SEED = 2026


class NotSetUp(Exception):
    """Something a tour needs is missing."""


@transaction.atomic
def ask_tour(*, user: User, event: Event) -> TourPlan:
    """Ask for a tour of the event as it is set up now; the row is there at once and is filled later.

    Raises
    ------
    NotSetUp
        Sites, hours, a stay, a day or an aim are missing.
    """
    Event.objects.select_for_update().get(pk=event.pk)  # numbers are given one after the other
    if find_missing(event):
        raise NotSetUp
    number = (TourPlan.objects.filter(event=event).aggregate(last=Max("number"))["last"] or 0) + 1
    made = TourPlan.objects.create(
        event=event, number=number, seed=SEED, problem=write_problem(event), made_by=user, stage_since=timezone.now()
    )
    record(
        user=user, action="tour.asked", organisation=event.organisation, city=event.city, subject=f"event:{event.pk}",
        after={"tour": number},
    )  # fmt: skip
    transaction.on_commit(partial(solve_tour.enqueue, made.pk))
    return made
