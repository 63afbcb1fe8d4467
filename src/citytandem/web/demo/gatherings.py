"""The events of the demo's network: a conference of three days, a study tour of mayors, mayors with civic makers. All invented.

The conference has the size of TWINS Ruhr 2017: three days at Zollverein in Essen, a reception, dialogues, excursions.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from citytandem.web.accounts.models import Organisation, User
from citytandem.web.agendas.actions import Day, write_slots
from citytandem.web.agendas.bringing import suggest_meetings
from citytandem.web.agendas.models import Plan, Room, Session, Slot, Speaker, Stage, Wish
from citytandem.web.agendas.plan_actions import ask_plan
from citytandem.web.agendas.publishing import publish_plan
from citytandem.web.agendas.tasks import solve_plan
from citytandem.web.demo.pairs import read_asks
from citytandem.web.demo.people import TEAMS
from citytandem.web.events.models import BudgetLine, Event, EventTask, OutlineItem, Registration, Seat
from citytandem.web.tours.bringing import take_example
from citytandem.web.tours.models import TourPlan
from citytandem.web.tours.plan_actions import ask_tour
from citytandem.web.tours.publishing import publish_tour
from citytandem.web.tours.tasks import solve_tour

if TYPE_CHECKING:
    from citytandem.web.programmes.models import Programme

GIVEN = ("Alex", "Bo", "Chris", "Dana", "Eli", "Fran", "Gil", "Jo", "Kai", "Lou", "Max", "Noa", "Pat", "Robin", "Sam", "Toni")
FAMILY = ("Beispiel", "Sample", "Exemple", "Eksempel", "Esimerkki", "Muster", "Probe")
GUESTS = 84
WISHES = 5
SECONDS = 3


@cache
def read_events() -> dict[str, Any]:
    """What the demo's events are made of."""
    with files("citytandem.web.demo").joinpath("gatherings.toml").open("rb") as file:
        return tomllib.load(file)


def load_conference(network: Organisation, *, programme: Programme, user: User, today: dt.date) -> Event:
    """A conference half a year ahead with rooms, sessions, guests and their wishes; its agenda is computed in ``load_agenda``."""
    told = read_events()["conference"]
    starts = _next_monday(today + dt.timedelta(days=170))
    made = _make(network, told, programme=programme, user=user, starts=starts, days=3)
    for room in told["room"]:
        Room.objects.create(event=made, **room)
    days = [starts + dt.timedelta(days=number) for number in range(3)]
    hours = {0: (dt.time(14), dt.time(18)), 1: (dt.time(9), dt.time(18)), 2: (dt.time(9), dt.time(15))}
    for number, day in enumerate(days):
        begins, ends = hours[number]
        rest = (dt.time(12), dt.time(13)) if number else (None, None)
        write_slots(
            user=user, event=made, days=[day],
            day=Day(begins=begins, ends=ends, minutes=60, rest_from=rest[0], rest_until=rest[1]),
        )  # fmt: skip
    guests = _invite(made, count=GUESTS)
    sessions = [_write_session(made, one, guests=guests) for one in told["session"]]
    _wish(guests, sessions)
    BudgetLine.objects.create(event=made, what="Hall and technology (invented)", amount=18000, payer=network.name)
    BudgetLine.objects.create(event=made, what="Meals (invented)", amount=65, is_per_person=True, payer=network.name)
    suggest_meetings(user=user, event=made)
    made.meetings.update(one_says="yes", other_says="yes")
    return made


def load_agenda(event: Event, *, user: User) -> Plan | None:
    """The agenda of the conference, computed by the solver and published as the first edition."""
    plan = Plan.objects.filter(event=event).first()
    if plan is None:
        plan = ask_plan(user=user, event=event, seconds=SECONDS)
        solve_plan.call(plan.pk)
        plan.refresh_from_db()
    if plan.stage == Stage.READY and plan.edition is None:
        publish_plan(user=user, plan=plan)
    return plan if plan.stage == Stage.READY else None


def load_tour(network: Organisation, *, programme: Programme, user: User, today: dt.date) -> Event:
    """A study tour of mayors to sites of the Ruhr in which old works became something else."""
    told = read_events()["tour"]
    made = _make(network, told, programme=programme, user=user, starts=_next_monday(today + dt.timedelta(days=75)), days=4)
    for order, item in enumerate(told["outline"], start=1):
        OutlineItem.objects.create(event=made, order=order, **item)
    _invite(made, count=10, role="mayor")
    EventTask.objects.create(event=made, title="Ask each guest for one question (invented)", due=today + dt.timedelta(days=30))
    return made


def load_route(event: Event, *, user: User) -> TourPlan | None:
    """The way of the study tour through the sites of the Ruhr, computed by the solver and published as the first edition."""
    plan = TourPlan.objects.filter(event=event).first()
    if plan is None:
        take_example(user=user, event=event)
        plan = ask_tour(user=user, event=event)
        solve_tour.call(plan.pk)
        plan.refresh_from_db()
    if plan.stage == Stage.READY and plan.edition is None:
        plan = publish_tour(user=user, plan=plan)
    return plan if plan.stage == Stage.READY else None


def load_makers(network: Organisation, *, user: User, today: dt.date) -> Event:
    """An evening on which mayors and civic makers meet; it was held two months ago, and tasks remain."""
    told = read_events()["makers"]
    starts = today - dt.timedelta(days=64)
    made = _make(network, told, programme=None, user=user, starts=starts, days=1)
    for order, item in enumerate(told["outline"], start=1):
        OutlineItem.objects.create(event=made, order=order, **item)
    for number, guest in enumerate(_invite(made, count=35)):
        guest.role, guest.attended = ("mayor", "civic", "creative", "business", "research")[number % 5], number % 6 != 0
        guest.save(update_fields=["role", "attended"])
    EventTask.objects.create(event=made, title="Write to all who offered a place (invented)", due=today + dt.timedelta(days=7))
    Event.objects.filter(pk=made.pk).update(state="held")
    return made


def _make(
    network: Organisation, told: dict[str, Any], *, programme: Programme | None, user: User, starts: dt.date, days: int
) -> Event:
    names = ("kind", "layout", "title", "text", "questions", "output", "city", "place", "zone", "seats", "languages")
    return Event.objects.create(
        organisation=network, programme=programme, language="en", starts=starts, ends=starts + dt.timedelta(days=days - 1),
        begins_at=dt.time(9), ends_at=dt.time(18), state="open", is_invented=True, created_by=user,
        register_until=timezone.now() + dt.timedelta(days=max(1, (starts - timezone.now().date()).days - 20)),
        **{name: told[name] for name in names},
    )  # fmt: skip


def _invite(event: Event, *, count: int, role: str = "expert") -> list[Registration]:
    """Invented guests from the cities of the network, with the languages of their teams, some with needs."""
    asks = read_asks()
    made = []
    for number in range(count):
        own, name = asks[number % len(asks)], f"{GIVEN[number % len(GIVEN)]} {FAMILY[number % len(FAMILY)]} {number + 1}"
        organisation = Organisation.objects.get(city=own.city, is_invented=True)
        spoken = [{"zh": "zh-Hans"}.get(code, code) for code in own.languages]
        made.append(
            Registration(
                event=event, organisation=organisation, organisation_name=organisation.name, organisation_kind="city",
                country=own.city[:2], name=f"{name} (invented)", email=f"guest{number + 1}@example.org", role=role,
                language=own.language, languages=spoken, seat=Seat.COMING, asked=timezone.now(), departure=own.city,
                mode="train" if own.city[:2] in {"DE", "FR", "DK"} else "long_flight", is_invented=True,
                access=["wheelchair"] if number % 40 == 7 else ["rest"] if number % 30 == 3 else [],
                consents=["participant_list"], keep_until=event.ends + dt.timedelta(days=400),
            )
        )  # fmt: skip
    Registration.objects.bulk_create(made)
    found = list(Registration.objects.filter(event=event).order_by("pk"))
    _join_accounts(found)
    return found


def _join_accounts(guests: list[Registration]) -> None:
    """The people who can sign in to the demo are guests themselves, in the place of the first of their city."""
    for one in TEAMS:
        user = User.objects.filter(email=one.email, is_invented=True).first()
        guest = next((guest for guest in guests if guest.departure == one.organisation), None)
        if user and guest:
            guest.user, guest.name, guest.email = user, user.name, user.email
            guest.save(update_fields=["user", "name", "email"])


def _write_session(event: Event, told: dict[str, Any], *, guests: list[Registration]) -> Session:
    speakers = told.get("speakers", [])
    values = {name: value for name, value in told.items() if name not in {"speakers", "titles"}}
    made = Session.objects.create(event=event, titles=dict(told["titles"]), **values)
    if told["kind"] == "plenary" and "day" not in told:
        made.fixed_slot = Slot.objects.filter(event=event).order_by("starts").first()
        made.save(update_fields=["fixed_slot"])
    for number in speakers:
        Speaker.objects.create(session=made, registration=guests[number], is_confirmed=True)
    return made


def _wish(guests: list[Registration], sessions: list[Session]) -> None:
    """Everybody wishes for five sessions; which ones hangs on their number alone, so that each start gives the same."""
    choices = [one for one in sessions if one.kind not in {"plenary", "break"}]
    rows = [
        Wish(registration=guest, session=choices[(number * 5 + turn * 3 + number // 7) % len(choices)], turn=turn)
        for number, guest in enumerate(guests)
        for turn in range(1, WISHES + 1)
    ]
    seen: set[tuple[int, int]] = set()
    kept = [row for row in rows if (key := (row.registration_id, row.session_id)) not in seen and not seen.add(key)]  # type: ignore[func-returns-value]
    Wish.objects.bulk_create(kept)


def _next_monday(day: dt.date) -> dt.date:
    return day + dt.timedelta(days=-day.weekday() % 7)
