"""Look-ups of events: what everybody sees, who is coming, what is free, what it costs."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Case, Count, Q, Sum, Value, When
from django.utils import timezone

from citytandem.web.accounts.models import Kind as OrganisationKind
from citytandem.web.accounts.models import Organisation
from citytandem.web.events.models import Event, Registration, Seat, State

if TYPE_CHECKING:
    from django.db.models import QuerySet

ORGANISERS = frozenset({OrganisationKind.NETWORK, OrganisationKind.CITY})
"""Kinds of organisations that hold events."""


@dataclass(frozen=True)
class Total:
    """What an event costs in one currency; amounts in different currencies are never added."""

    currency: str
    planned: Decimal
    spent: Decimal


def events_seen() -> QuerySet[Event]:
    """What everybody may see: all but drafts."""
    return Event.objects.exclude(state=State.DRAFT).select_related("organisation", "programme")


def events_coming(events: QuerySet[Event]) -> QuerySet[Event]:
    """Those that are not over, the soonest first."""
    return events.filter(ends__gte=timezone.now().date()).exclude(state=State.HELD).order_by("starts", "pk")


def events_past(events: QuerySet[Event]) -> QuerySet[Event]:
    """Those that are over, the latest first."""
    return events.filter(Q(ends__lt=timezone.now().date()) | Q(state=State.HELD)).order_by("-starts", "-pk")


def events_of(organisation: Organisation) -> QuerySet[Event]:
    """Everything a team has written, the soonest first."""
    return Event.objects.filter(organisation=organisation).select_related("programme", "tandem")


def organising_networks() -> QuerySet[Organisation]:
    """Networks that have an event everybody may see."""
    shown = events_seen().filter(organisation__kind=OrganisationKind.NETWORK).values("organisation")
    return Organisation.objects.filter(pk__in=shown).order_by("name")


def places_taken(event: Event) -> int:
    """Seats of those who are coming, with who comes along."""
    taken = event.registrations.filter(seat=Seat.COMING)
    places = Case(When(companion="", then=Value(1)), default=Value(2))
    return int(taken.aggregate(sum=Sum(places))["sum"] or 0)


def count_seats(event: Event) -> dict[str, int]:
    """How many registrations stand where; every state is there."""
    rows = event.registrations.order_by().values_list("seat").annotate(count=Count("pk"))
    return {**dict.fromkeys(Seat.values, 0), **dict(rows)}


def guests_shown(event: Event) -> list[Registration]:
    """Those who are coming and agreed to stand on the list everybody sees, by name."""
    coming = event.registrations.filter(seat=Seat.COMING, forgotten=None).order_by("name", "pk")
    return [one for one in coming if "participant_list" in one.consents]


def add_up(event: Event, *, guests: int) -> list[Total]:
    """The budget by currency; lines for each person count as often as guests are coming."""
    found: dict[str, list[Decimal]] = {}
    for line in event.budget.all():
        amounts = found.setdefault(line.currency, [Decimal(0), Decimal(0)])
        amounts[line.is_spent] += line.amount * (guests if line.is_per_person else 1)
    return [Total(currency, planned, spent) for currency, (planned, spent) in sorted(found.items())]
