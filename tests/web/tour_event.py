"""A small tour with two sites, a hotel, a day and two wishes, as tests of tours need it."""

from __future__ import annotations

import datetime as dt

from citytandem.web.accounts.models import Organisation
from citytandem.web.events.models import Event
from citytandem.web.tours.models import Day, Opening, Site, Stay, TourPlan, Wish

DAY = dt.date(2027, 5, 4)
HOURS = {"opens": dt.time(10), "closes": dt.time(17)}


def make_tour_event(organisation: Organisation, *, kind: str = "study_tour", state: str = "open", days: int = 3, **more) -> Event:
    """An event on the road, on the clocks of Berlin."""
    return Event.objects.create(
        organisation=organisation, kind=kind, title="Old works (invented)", language="en", languages=["en"], place="Ruhr",
        zone="Europe/Berlin", starts=DAY, ends=DAY + dt.timedelta(days=days - 1), state=state, is_invented=True, **more,
    )  # fmt: skip


def make_site(event: Event, key: str, *, latitude: float = 51.48, longitude: float = 7.04, **more) -> Site:
    """A site that is open on the first day from ten to five, as far as ``more`` does not say otherwise."""
    hours = more.pop("hours", HOURS)
    values = {"topics": ["heat"], "minutes": 60, "cost_eur": 5.0, "mark": "K", "source": "recalled", **more}
    made = Site.objects.create(event=event, key=key, name=key.title(), latitude=latitude, longitude=longitude, **values)
    Opening.objects.create(site=made, day=DAY, **hours)
    return made


def fill_tour(event: Event) -> None:
    """Two sites near each other, a hotel, one day with an hour of rest, and wishes that both sites meet."""
    make_site(event, "colliery", topics=["heat", "structural change"])
    make_site(event, "river", latitude=51.52, longitude=7.10, topics=["water"], cost_eur=None)
    stay = Stay.objects.create(
        event=event, key="hotel", name="Hotel (invented)", latitude=51.45, longitude=7.01, source="invented"
    )
    Day.objects.create(
        event=event, day=DAY, starts=dt.time(9), ends=dt.time(18), starts_at=stay, ends_at=stay, rest_from=dt.time(12),
        rest_to=dt.time(14), rest_minutes=60, night_eur=95,
    )  # fmt: skip
    Wish.objects.create(event=event, topic="heat", weight=8)
    Wish.objects.create(event=event, topic="water", weight=9)


def solve(event: Event, *, user, number: int = 1) -> TourPlan:
    """A tour of the event as it is set up now, computed at once."""
    from citytandem.web.tours.plan_actions import ask_tour
    from citytandem.web.tours.tasks import solve_tour

    made = ask_tour(user=user, event=event)
    solve_tour.call(made.pk)
    made.refresh_from_db()
    assert made.number == number
    return made
