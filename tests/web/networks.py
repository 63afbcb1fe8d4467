"""What tests of networks share: a network, two cities with teams, and a tie between them. All invented teams of real cities."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from django.utils import timezone

from citytandem.web.accounts.models import Kind, Organisation, Role
from citytandem.web.networks.models import NetworkMember, Tie

if TYPE_CHECKING:
    from django.test import Client

HEIDELBERG, YOKOHAMA, AARHUS = "DE-08221000", "JP-14100", "DK-0751"


class Scene(NamedTuple):
    """A network, the teams of two cities, and a browser of somebody who may do everything for each."""

    network: Organisation
    heidelberg: Organisation
    yokohama: Organisation
    coordinator: Client
    german: Client
    japanese: Client


def set_scene(person, browser_of, *, confirmed: bool = True) -> Scene:
    """A network of which Heidelberg and Yokohama are members since 2020; their teams have confirmed it, or not."""
    network = Organisation.objects.create(kind=Kind.NETWORK, name="Demo (invented)", network="demo", is_invented=True)
    teams = [
        Organisation.objects.create(kind=Kind.CITY, name=f"{city} (invented team)", city=city, is_invented=True)
        for city in (HEIDELBERG, YOKOHAMA)
    ]
    for city in (HEIDELBERG, YOKOHAMA):
        add_member(network, city, confirmed=confirmed)
    browsers = [browser_of(person(Role.COORDINATOR, network, email="c@example.org"))]
    browsers += [browser_of(person(Role.ADMIN, team, email=f"{team.city.lower()}@example.org")) for team in teams]
    return Scene(network, *teams, *browsers)


def add_member(network: Organisation, city: str, *, confirmed: bool = True, **more) -> NetworkMember:
    """A membership since 2020."""
    values = {"since": dt.date(2020, 1, 1), "source": "decision of the council", **more}
    return NetworkMember.objects.create(network=network, city=city, confirmed=timezone.now() if confirmed else None, **values)


def tie_of(scene: Scene, **more) -> Tie:
    """The tie of the two cities."""
    return Tie.objects.create(
        city=HEIDELBERG, other=YOKOHAMA, kind="contact", source="minutes", created_for=scene.heidelberg, **more
    )


def day(days: int) -> dt.date:
    """A day before or after today."""
    return timezone.now().date() + dt.timedelta(days=days)
