"""What changes the set-up of a tour: sites with their hours, stays, days, ways, wishes, the party; each change is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q
from django.utils.text import slugify

from citytandem.web.accounts.actions import record
from citytandem.web.tours.models import Day, Leg, Opening, Party, Site, Stay, Wish
from citytandem.web.tours.queries import places_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from django.db import models

    from citytandem.web.accounts.models import User
    from citytandem.web.events.models import Event

MOST_SITES, MOST_DAYS, MOST_WISHES, MOST_ROWS = 60, 14, 40, 2_000
"""How large a tour may be set up: so much can be solved while somebody waits. Our proposal (P)."""


@transaction.atomic
def write_place(*, user: User, event: Event, values: dict[str, Any], place: Site | Stay) -> None:
    """Add a site or a stay, or describe one anew; its key is made once, from its name."""
    for name, value in values.items():
        setattr(place, name, value)
    if not place.key:
        place.event, place.key = event, _make_key(event, name=place.name)
    place.save()
    what = "site" if isinstance(place, Site) else "stay"
    after = {"name": place.name, "source": place.source}
    _note(user, event=event, action=f"tour.{what}_written", subject=f"{what}:{place.pk}", after=after)


@transaction.atomic
def write_openings(*, user: User, site: Site, days: Iterable[dt.date], weekdays: Iterable[int], hours: dict[str, Any]) -> int:
    """Say when a site can be visited: the same hours on several days or weekdays; what stands already is left."""
    known = {(one.day, one.weekday, one.opens) for one in site.openings.all()}
    on: list[tuple[dt.date | None, int | None]] = [*((day, None) for day in days), *((None, weekday) for weekday in weekdays)]
    new = [
        Opening(site=site, day=day, weekday=weekday, **hours)
        for day, weekday in on
        if (day, weekday, hours["opens"]) not in known
    ]
    Opening.objects.bulk_create(new)
    _note(user, event=site.event, action="tour.openings_written", subject=f"site:{site.pk}", after={"openings": len(new)})
    return len(new)


@transaction.atomic
def write_day(*, user: User, event: Event, values: dict[str, Any]) -> None:
    """Describe a day on the road; one that is there already is described anew."""
    told = dict(values)
    Day.objects.update_or_create(event=event, day=told.pop("day"), defaults=told)
    _note(user, event=event, action="tour.day_written", subject=f"event:{event.pk}", after={"day": values["day"].isoformat()})


@transaction.atomic
def write_leg(*, user: User, event: Event, values: dict[str, Any]) -> None:
    """Write down a way somebody looked up; one that is there already is described anew."""
    told = dict(values)
    ends = {"start": told.pop("start"), "end": told.pop("end")}
    Leg.objects.update_or_create(event=event, **ends, defaults=told)
    _note(user, event=event, action="tour.leg_written", subject=f"event:{event.pk}", after=ends)


@transaction.atomic
def write_wish(*, user: User, event: Event, topic: str, weight: int) -> None:
    """Wish for a topic, or weigh a wish anew."""
    Wish.objects.update_or_create(event=event, topic=topic, defaults={"weight": weight})
    _note(user, event=event, action="tour.wish_written", subject=f"event:{event.pk}", after={"topic": topic, "weight": weight})


@transaction.atomic
def write_party(*, user: User, event: Event, values: dict[str, Any]) -> None:
    """Say who travels and what they can spend."""
    Party.objects.update_or_create(event=event, defaults=values)
    _note(user, event=event, action="tour.party_written", subject=f"event:{event.pk}", after=values)


@transaction.atomic
def drop_part(*, user: User, event: Event, part: models.Model) -> None:
    """Take a part out; ways from and to a place go with it. Tours computed before keep what they were.

    Raises
    ------
    django.db.models.RestrictedError
        A day begins or ends at this stay.
    """
    subject = f"{part._meta.model_name}:{part.pk}"
    if isinstance(part, Site | Stay):
        Leg.objects.filter(Q(start=part.key) | Q(end=part.key), event=event).delete()
    part.delete()
    _note(user, event=event, action="tour.part_dropped", subject=subject)


def _make_key(event: Event, *, name: str) -> str:
    """A short key that no other place of the event has.

    A name without Latin letters gives ``place``.
    """
    known, base = set(places_of(event)), slugify(name)[:40].strip("-_") or "place"
    number, key = 1, base
    while key in known:
        number += 1
        key = f"{base}-{number}"
    return key


def _note(user: User, *, event: Event, action: str, subject: str, after: Any = None) -> None:
    record(user=user, action=action, organisation=event.organisation, city=event.city, subject=subject, after=after)
