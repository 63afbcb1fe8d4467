"""Which cities are in a network on a day, and who may see a tie?

Two lists tell who is a member: the one published in the release, and the network's own registry. What the registry says opens
something only once the team of the city has confirmed it; that a membership ended holds at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citytandem.web.accounts.models import Kind, Organisation
from citytandem.web.live import networks_of
from citytandem.web.networks.models import NetworkMember, Tie

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable

    from django.db.models import QuerySet

    from citytandem.atlas import Atlas


def rows_on(network: Organisation, *, on: dt.date) -> QuerySet[NetworkMember]:
    """Memberships a network has recorded that hold on a day and that the city has not declined."""
    found = NetworkMember.objects.filter(network=network, since__lte=on, declined=None)
    return (found.filter(until=None) | found.filter(until__gt=on)).select_related("member_class")


def listed_of(network: Organisation, *, atlas: Atlas, on: dt.date) -> tuple[str, ...]:
    """Every city the network may count as a member: by the published list and by its registry, without those that left.

    An invented network that has recorded nobody has the cities with an invented team.
    """
    published = set(atlas.membership.filter(network=network.network)["city"]) if network.network else set()
    now = set(rows_on(network, on=on).values_list("city", flat=True))
    every = NetworkMember.objects.filter(network=network)
    gone = set(every.filter(until__lte=on).values_list("city", flat=True)) | set(
        every.exclude(declined=None).values_list("city", flat=True)
    )
    found = (published - gone) | now
    if not found and network.is_invented and not every.exists():
        found = set(Organisation.objects.filter(kind=Kind.CITY, is_invented=True).values_list("city", flat=True))
    return tuple(sorted(found))


def sees_of(network: Organisation, *, cities: Iterable[str]) -> frozenset[str]:
    """Of some cities those whose ties a network may see: confirmed members, and cities nobody here speaks for."""
    wanted = set(cities)
    teams = set(Organisation.objects.filter(kind=Kind.CITY, city__in=wanted).values_list("city", flat=True))
    networks = networks_of()
    with_consent = {city for city in wanted & teams if network.network and network.network in networks.get(city, frozenset())}
    return frozenset((wanted - teams) | with_consent)


def ties_of_city(city: str) -> QuerySet[Tie]:
    """The recorded ties of a city, ended ones too."""
    return Tie.objects.filter(city=city) | Tie.objects.filter(other=city)


def ties_within(cities: Collection[str]) -> QuerySet[Tie]:
    """The recorded ties between two of these cities."""
    return Tie.objects.filter(city__in=cities, other__in=cities)


def ties_seen_by(organisation: Organisation, *, atlas: Atlas, on: dt.date) -> QuerySet[Tie]:
    """The ties an organisation's people may open: a city its own, a network those between two of its members who agreed."""
    if organisation.kind == Kind.CITY:
        return ties_of_city(organisation.city)
    if organisation.kind == Kind.NETWORK:
        return ties_within(sees_of(organisation, cities=listed_of(organisation, atlas=atlas, on=on)))
    return Tie.objects.none()
