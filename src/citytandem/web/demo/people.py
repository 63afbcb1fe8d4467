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
    "DE-05113000": (Kind.CITY, "Essen (invented team)"),
    "FI-G634963": (Kind.CITY, "Tampere (invented team)"),
    "FR-G2992166": (Kind.CITY, "Montpellier (invented team)"),
    "DE-08212000": (Kind.CITY, "Karlsruhe (invented team)"),
    "FR-G2990999": (Kind.CITY, "Nancy (invented team)"),
    "DE-05515000": (Kind.CITY, "Münster (invented team)"),
    "DK-0101": (Kind.CITY, "København (invented team)"),
    "JP-40100": (Kind.CITY, "北九州市 Kitakyushu (invented team)"),
    "US-2743000": (Kind.CITY, "Minneapolis (invented team)"),
    "CN-G1792947": (Kind.CITY, "天津 Tianjin (invented team)"),
    "DE-05512000": (Kind.CITY, "Bottrop (invented team)"),
    "creative": (Kind.BUSINESS, "Studio for Heat Maps (invented)"),
    "research": (Kind.RESEARCH, "Institute for Urban Heat (invented)"),
    "pilots": (Kind.RESEARCH, "Office for Eco-City Pilots (invented)"),
    "CN-G1786760": (Kind.CITY, "宜兴 Yixing (invented team)"),
    "CN-G9072919": (Kind.CITY, "日照 Rizhao (invented team)"),
    "CN-G1792621": (Kind.CITY, "铜陵 Tongling (invented team)"),
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
TEAMS = (
    Invented("officer@essen.example", "Erika Exempel", "de", "DE-05113000", Role.PUBLISHER),
    Invented("officer@tampere.example", "Eeva Esimerkki", "en", "FI-G634963", Role.PUBLISHER),
    Invented("officer@montpellier.example", "Élise Exemple", "en", "FR-G2992166", Role.PUBLISHER),
    Invented("officer@karlsruhe.example", "Karl Beispiel", "de", "DE-08212000", Role.PUBLISHER),
    Invented("officer@nancy.example", "Noé Exemple", "en", "FR-G2990999", Role.PUBLISHER),
    Invented("officer@muenster.example", "Mia Muster", "de", "DE-05515000", Role.PUBLISHER),
    Invented("officer@copenhagen.example", "Karen Eksempel", "da", "DK-0101", Role.PUBLISHER),
    Invented("officer@kitakyushu.example", "見本 太郎", "ja", "JP-40100", Role.PUBLISHER),
    Invented("officer@minneapolis.example", "Max Sample", "en", "US-2743000", Role.PUBLISHER),
    Invented("officer@tianjin.example", "示例 明", "zh-Hans", "CN-G1792947", Role.PUBLISHER),
    Invented("officer@bottrop.example", "Bea Probe", "de", "DE-05512000", Role.PUBLISHER),
    Invented("studio@creative.example", "Chris Sample", "en", "creative", Role.EDITOR),
    Invented("institute@research.example", "Robin Exempel", "en", "research", Role.EDITOR),
)
"""Who speaks for the other teams of the demo's network; they share the same pass phrase."""

PILOTS = (
    Invented("office@pilots.example", "Paula Muster", "de", "pilots", Role.ADMIN),
    Invented("assessor.one@pilots.example", "Frieda Exempel", "de", "pilots", Role.VIEWER),
    Invented("assessor.two@pilots.example", "示例 评", "zh-Hans", "pilots", Role.VIEWER),
    Invented("officer@yixing.example", "示例 华", "zh-Hans", "CN-G1786760", Role.PUBLISHER),
    Invented("officer@rizhao.example", "示例 光", "zh-Hans", "CN-G9072919", Role.PUBLISHER),
    Invented("officer@tongling.example", "示例 陵", "zh-Hans", "CN-G1792621", Role.PUBLISHER),
)
"""The office of the demo's pilot programme, its two assessors and three of its cities; they share the same pass phrase."""


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
    for one in (*PEOPLE, *TEAMS, *PILOTS):
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
