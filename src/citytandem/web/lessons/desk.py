"""What lies on a desk from lessons: conditions somebody wanted to find out about, interviews to code, differences to settle."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from citytandem.web.accounts.desk import DeskItem, Pile
from citytandem.web.lessons.coding_pages import list_differences
from citytandem.web.lessons.interviews import CODERS
from citytandem.web.lessons.models import Condition, Hold, Interview
from citytandem.web.lessons.results import is_coded
from citytandem.web.shell.language import word

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest

    from citytandem.web.accounts.models import Organisation

SOON = timedelta(days=14)


def remind_of_lessons(organisation: Organisation, *, on: date) -> list[DeskItem]:
    """Conditions not known yet whose day has come near."""
    due = Condition.objects.filter(checklist__organisation=organisation, holds=Hold.UNKNOWN, due__lte=on + SOON)
    return [
        DeskItem(
            title=str(word("desk.condition_due.title", condition=one.text)),
            text=str(word("desk.condition_due.text")),
            url=reverse("checklist", args=[organisation.pk, one.checklist_id]), due=one.due, pile=Pile.DUE,
        )
        for one in due.order_by("due", "pk")
    ]  # fmt: skip


def show_on_desk(request: HttpRequest, organisation: Organisation) -> list[DeskItem]:
    """The same for today, and for those who may write: interviews without a second coder, differences still open."""
    items = remind_of_lessons(organisation, on=timezone.now().date())
    if not request.user.has_perm("organisation.edit", organisation):
        return items
    for one in Interview.objects.filter(round__organisation=organisation).prefetch_related("seats__codes", "statements"):
        facts = {"round": one.round.title, "day": one.held.isoformat()}
        seats = list(one.seats.all())
        if len(seats) < CODERS and one.statements.all() and all(seat.user_id != request.user.pk for seat in seats):
            url = reverse("lesson_interview", args=[organisation.pk, one.pk])
            items.append(_item("coder_missing", url=url, **facts))
        elif is_coded(one) and any(found["settled"] is None for found in list_differences(one)):
            items.append(_item("codes_differ", url=reverse("lesson_differences", args=[organisation.pk, one.pk]), **facts))
    return items


def _item(what: str, *, url: str, **facts: str) -> DeskItem:
    return DeskItem(
        title=str(word(f"desk.{what}.title", **facts)), text=str(word(f"desk.{what}.text")), url=url, pile=Pile.MISSING
    )


PROVIDERS = [show_on_desk]
REMINDERS = [remind_of_lessons]
