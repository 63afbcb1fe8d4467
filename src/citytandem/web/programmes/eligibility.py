"""May an organisation apply? The rules of a call as data, checked one by one; what is not known is never held against anybody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl
from django.utils import timezone

from citytandem.web.accounts.models import Kind
from citytandem.web.networks.sight import listed_of
from citytandem.web.programmes.models import Actor

if TYPE_CHECKING:
    from collections.abc import Mapping

    from citytandem.atlas import Atlas
    from citytandem.findings import Fact
    from citytandem.web.accounts.models import Organisation
    from citytandem.web.programmes.models import Application, Programme

ACTORS_OF: dict[str, tuple[str, ...]] = {
    Kind.CITY: (Actor.CITY, Actor.MAYOR, Actor.EXPERT),
    Kind.CIVIC: (Actor.CIVIC, Actor.CREATIVE, Actor.EXPERT),
    Kind.BUSINESS: (Actor.BUSINESS, Actor.CREATIVE, Actor.EXPERT),
    Kind.RESEARCH: (Actor.RESEARCH, Actor.EXPERT),
}
"""As whom an organisation of a kind may take part; a network coordinates and does not apply."""


@dataclass(frozen=True)
class Check:
    """What one rule said: met, broken, or not known. ``code`` is a word ``web.eligible.<code>.<said>`` with its facts."""

    code: str
    said: str
    facts: Mapping[str, Fact]

    @property
    def key(self) -> str:
        """The sentence that tells it."""
        return f"web.eligible.{self.code}.{self.said}"

    def as_dict(self) -> dict[str, object]:
        """As it is kept with the application."""
        return {"code": self.code, "said": self.said, "facts": dict(self.facts)}


def check_rules(application: Application, *, atlas: Atlas) -> tuple[Check, ...]:
    """Every rule the call sets, with what it says of this application; rules that are not set say nothing."""
    programme, city = application.programme, application.organisation.city
    checks = [_check_actor(programme, organisation=application.organisation, actor=application.actor)]
    if programme.countries:
        country = find_country(application, atlas=atlas)
        checks.append(_say("country", _judge(country, among=programme.countries), country=country))
    if programme.population_low is not None or programme.population_high is not None:
        checks.append(_check_people(programme, people=find_people(atlas, city)))
    if programme.members_only:
        members = set(listed_of(programme.organisation, atlas=atlas, on=timezone.now().date()))
        known = city if members and city else None
        checks.append(_say("member", _judge(known, among=members), network=programme.organisation.name))
    return tuple(checks)


def find_country(application: Application, *, atlas: Atlas) -> str | None:
    """The country of the city it speaks for, or the one it named; None where neither is known."""
    row = atlas.city.filter(pl.col("city") == application.organisation.city)
    return str(row["country"][0]) if row.height else application.country or None


def find_people(atlas: Atlas, city: str) -> int | None:
    """The newest count of the people of a city; None where it is not known."""
    own = atlas.structure.filter(
        (pl.col("city") == city) & (pl.col("variable").cast(pl.String) == "population") & pl.col("value").is_not_null()
    )
    return int(own.sort("year")["value"][-1]) if own.height else None


def is_met(checks: tuple[Check, ...]) -> bool:
    """No rule is broken; what is not known is for the coordinators to look at."""
    return all(one.said != "broken" for one in checks)


def read_checks(kept: list[dict[str, object]]) -> tuple[Check, ...]:
    """Checks as they were kept."""
    return tuple(Check(str(one["code"]), str(one["said"]), dict(one["facts"])) for one in kept)  # type: ignore[call-overload]


def _check_actor(programme: Programme, *, organisation: Organisation, actor: str) -> Check:
    fits = actor in ACTORS_OF.get(organisation.kind, ()) and (not programme.actors or actor in programme.actors)
    return _say("actor", "met" if fits else "broken", actor=actor)


def _check_people(programme: Programme, *, people: int | None) -> Check:
    low, high = programme.population_low, programme.population_high
    facts: dict[str, Fact] = {"people": people, "low": low, "high": high}
    if people is None:
        return Check("people", "unknown", facts)
    fits = (low is None or people >= low) and (high is None or people <= high)
    return Check("people", "met" if fits else "broken", facts)


def _judge(value: str | None, *, among: list[str] | set[str]) -> str:
    return "unknown" if value is None else "met" if value in among else "broken"


def _say(code: str, said: str, **facts: Fact) -> Check:
    return Check(code, said, facts)
