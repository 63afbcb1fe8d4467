"""What tests of programmes share: a network with an open call, teams of real cities, and their applications."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from citytandem import load
from citytandem.web.accounts.models import Kind, Organisation
from citytandem.web.programmes import actions, applying
from citytandem.web.programmes.models import Application, Programme

if TYPE_CHECKING:
    from collections.abc import Sequence

CITIES = (
    "DE-08221000", "DK-0751", "JP-14100", "DE-05113000", "DE-05515000", "DE-08212000", "DE-05913000", "DE-09162000", "JP-26100",
    "DK-0461", "DE-05911000", "DE-05112000",
)  # fmt: skip
NEEDS, OFFERS = ("B01", "E04", "T15", "W05"), ("E04", "T15", "W05", "B01")


def make_network() -> Organisation:
    return Organisation.objects.create(kind=Kind.NETWORK, name="Network (invented)", network="demo", is_invented=True)


def make_call(network: Organisation, **more: Any) -> Programme:
    now = timezone.now()
    values = {
        "title": "Zwillinge für Wärme", "text": "Zwei Städte lernen.", "language": "de", "opens": now - dt.timedelta(days=1),
        "closes": now + dt.timedelta(days=30), "zone": "Europe/Berlin", "keep_until": now.date() + dt.timedelta(days=700), **more,
    }  # fmt: skip
    made = actions.write_programme(user=None, organisation=network, values=values)
    return actions.move_programme(user=None, programme=made, version=1, step="open")


def make_team(city: str) -> Organisation:
    found = Organisation.objects.filter(kind=Kind.CITY, city=city).first()
    name = dict(load().city.select("city", "name").iter_rows())[city]
    return found or Organisation.objects.create(kind=Kind.CITY, name=f"{name} (invented team)", city=city, is_invented=True)


def answers(number: int = 0, **more: Any) -> dict[str, Any]:
    return {
        "actor": "city", "learns": f"Wie geht das? {number}", "offers": "Unser Wärmenetz.", "text_language": "de",
        "learns_measures": [NEEDS[number % 4], NEEDS[(number + 1) % 4]],
        "offers_measures": [OFFERS[(number + 1) % 4], OFFERS[(number + 2) % 4]],
        "languages": ["en"], "capacity": 1, "wishes": [], "vetoes": [], **more,
    }  # fmt: skip


def apply_for(programme: Programme, *, team: Organisation, number: int = 0, lets_in: bool = True, **more: Any) -> Application:
    contacts = [{"name": "Anna Beispiel", "email": "anna@city.example", "task": "heat"}]
    own = applying.write_application(
        user=None, programme=programme, organisation=team, values=answers(number, **more), contacts=contacts
    )
    own = applying.send_application(user=None, application=own, version=own.version, atlas=load())
    return applying.decide(user=None, application=own, version=own.version, lets_in=True) if lets_in else own


def fill_call(programme: Programme, cities: Sequence[str] = CITIES) -> list[Application]:
    """Applications of teams of real cities, all let in, and the call closed."""
    made = [apply_for(programme, team=make_team(city), number=number) for number, city in enumerate(cities)]
    programme.refresh_from_db()
    actions.move_programme(user=None, programme=programme, version=programme.version, step="close")
    programme.refresh_from_db()
    return made
