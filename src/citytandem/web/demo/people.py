"""The people of the demo: invented, and labelled so wherever they are named. The cities and their facts are real."""

from __future__ import annotations

import secrets
from typing import NamedTuple

from django.db import transaction

from citytandem.web.accounts.models import Kind, Membership, Organisation, Role, User


class Invented(NamedTuple):
    """One invented person: address, name, language, organisation and role."""

    email: str
    name: str
    language: str
    organisation: str
    role: Role


ORGANISATIONS = {
    "DE-08221000": (Kind.CITY, "Heidelberg (invented team)"),
    "JP-14100": (Kind.CITY, "横浜市 Yokohama (invented team)"),
    "DK-0751": (Kind.CITY, "Aarhus (invented team)"),
    "network": (Kind.NETWORK, "Demo Network of Learning Cities (invented)"),
    "civic": (Kind.CIVIC, "Repair Café Association (invented)"),
}
PEOPLE = (
    Invented("officer@heidelberg.example", "Anna Beispiel", "de", "DE-08221000", Role.EDITOR),
    Invented("head@heidelberg.example", "Bernd Muster", "de", "DE-08221000", Role.PUBLISHER),
    Invented("admin@heidelberg.example", "Clara Probe", "de", "DE-08221000", Role.ADMIN),
    Invented("officer@yokohama.example", "見本 花子", "ja", "JP-14100", Role.PUBLISHER),
    Invented("officer@aarhus.example", "Ditte Eksempel", "da", "DK-0751", Role.PUBLISHER),
    Invented("coordinator@network.example", "Kim Sample", "en", "network", Role.COORDINATOR),
    Invented("maker@civic.example", "Maker Example", "en", "civic", Role.EDITOR),
)


@transaction.atomic
def load_people() -> str | None:
    """Make the people of the demo once; returns the pass phrase they share, or None where they are there already."""
    if User.objects.filter(email=PEOPLE[0].email).exists():
        return None
    phrase = "-".join(secrets.choice(WORDS) for _ in range(5))
    made = {
        key: Organisation.objects.create(
            kind=kind,
            name=name,
            city=key if kind == Kind.CITY else "",
            network="demo" if kind == Kind.NETWORK else "",
            is_invented=True,
        )
        for key, (kind, name) in ORGANISATIONS.items()
    }
    for one in PEOPLE:
        user = User.objects.create_user(one.email, phrase, name=one.name, language=one.language, is_invented=True)
        _confirm(user)
        Membership.objects.create(user=user, organisation=made[one.organisation], role=one.role)
    _confirm(User.objects.create_user("operator@site.example", phrase, name="Site Operator", is_operator=True, is_invented=True))
    return phrase


def _confirm(user: User) -> None:
    from allauth.account.models import EmailAddress  # app ready

    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)


WORDS = (
    "amber", "basin", "cedar", "delta", "ember", "fjord", "grove", "harbour", "island", "juniper", "kiln", "lantern", "meadow",
    "north", "orchard", "pebble", "quarry", "river", "saddle", "timber", "upland", "valley", "willow", "yarrow", "zephyr",
)  # fmt: skip
