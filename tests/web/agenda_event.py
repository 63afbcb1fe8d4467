"""A small event with rooms, slots, sessions and guests, as tests of agendas need it."""

from __future__ import annotations

import datetime as dt

from citytandem.web.accounts.models import Organisation
from citytandem.web.agendas.actions import Day, name_speakers, write_slots
from citytandem.web.agendas.models import Room, Session, Wish
from citytandem.web.events.models import Event, Registration

DAY = dt.date(2027, 5, 3)
TITLES = {"talk": "Heat from the river", "workshop": "Cycle streets", "dialogue": "Who decides?"}


def make_event(organisation: Organisation, *, state: str = "open", days: int = 1, **more) -> Event:
    """An event of an organisation, on the clocks of Berlin."""
    return Event.objects.create(
        organisation=organisation, kind="conference", title="Meeting in Essen (invented)", language="en", languages=["en", "de"],
        place="Zollverein", zone="Europe/Berlin", starts=DAY, ends=DAY + dt.timedelta(days=days - 1), state=state,
        is_invented=True, **more,
    )  # fmt: skip


def fill_event(event: Event, *, user, guests: int = 6) -> list[Registration]:
    """Two rooms, four slots, three sessions, some guests with wishes; the first guest speaks in the talk."""
    Room.objects.create(event=event, name="Hall", seats=40)
    Room.objects.create(event=event, name="Salon", seats=3)
    write_slots(user=user, event=event, days=[DAY], day=Day(begins=dt.time(9), ends=dt.time(13), minutes=60))
    sessions = [
        Session.objects.create(
            event=event, kind=kind, titles={"en": title, "de": f"{title} (de)"}, topic="energy", languages=["en"]
        )
        for kind, title in TITLES.items()
    ]
    people = [make_guest(event, f"Guest {number} (invented)") for number in range(guests)]
    name_speakers(sessions[0], speakers=people[:1])
    for one in people[1:]:
        for turn, session in enumerate(sessions, start=1):
            Wish.objects.create(registration=one, session=session, turn=turn)
    return people


def make_guest(event: Event, name: str, **more) -> Registration:
    """Somebody who is coming."""
    values = {"seat": "coming", "languages": ["en"], "is_invented": True, "consents": ["participant_list"], **more}
    return Registration.objects.create(event=event, name=name, email=f"{name.split()[1]}@example.org", **values)
