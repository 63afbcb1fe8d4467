"""What lies on a desk from this room: an event without an agenda, and a plan that waits to be published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from citytandem.web.accounts.desk import DeskItem, Pile
from citytandem.web.agendas.queries import latest_plan, published_plan
from citytandem.web.events.models import Kind, State
from citytandem.web.events.queries import events_of
from citytandem.web.shell.language import word

if TYPE_CHECKING:
    import datetime as dt

    from django.http import HttpRequest

    from citytandem.web.accounts.models import Organisation
    from citytandem.web.events.models import Event


def remind_of_agendas(organisation: Organisation, *, on: dt.date) -> list[DeskItem]:
    """What is to be done for the agendas of events that are open and still to come."""
    coming = events_of(organisation).filter(state__in=(State.OPEN, State.CLOSED), starts__gte=on)
    return [item for event in coming if (item := _look_at(event))]


def show_on_desk(request: HttpRequest, organisation: Organisation) -> list[DeskItem]:  # noqa: ARG001 - the desk's form
    """The same for today."""
    return remind_of_agendas(organisation, on=timezone.now().date())


def _look_at(event: Event) -> DeskItem | None:
    edition, latest = published_plan(event), latest_plan(event)
    if latest is not None and (edition is None or latest.number > edition.number):
        url = reverse("agenda_plan", args=[event.organisation_id, event.pk, latest.number])
        return _item("waits", event=event, url=url, pile=Pile.DRAFT)
    if edition is None and not _has_tour(event):
        return _item("none", event=event, url=reverse("agenda_room", args=[event.organisation_id, event.pk]), pile=Pile.MISSING)
    return None


def _has_tour(event: Event) -> bool:
    """Is it on the road with a tour? Then the tour says who is where when."""
    return event.kind in {Kind.STUDY_TOUR, Kind.DELEGATION} and event.tour_plans.exists()


def _item(what: str, *, event: Event, url: str, pile: Pile) -> DeskItem:
    title = str(word(f"desk.agenda_{what}.title", event=event.title))
    return DeskItem(title=title, text=str(word(f"desk.agenda_{what}.text")), url=url, due=event.starts, pile=pile)


PROVIDERS = [show_on_desk]
REMINDERS = [remind_of_agendas]
