"""A network's room for its coordinators: the members, who has a team here, what they share, and whom to invite."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Max
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from citytandem.web.accounts.access import require
from citytandem.web.accounts.models import AuditEntry, Kind, Organisation
from citytandem.web.balances.models import BalanceSet, State, Visibility
from citytandem.web.balances.visibility import is_seen, visibility_on
from citytandem.web.insights.networks import describe, members_of
from citytandem.web.live import atlas_of, networks_of, viewer_of
from citytandem.web.shell.language import current_speech

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from django.http import HttpRequest, HttpResponse

    from citytandem.atlas import Atlas
    from citytandem.web.insights.networks import Member
    from citytandem.web.merging import Viewer


@dataclass(frozen=True, slots=True)
class Team:
    """What the network may know of a member's team on this site."""

    is_here: bool
    shared: str
    last: dt.date | None


@require("organisation.view")
@require_GET
def show_room(request: HttpRequest, *, organisation: Organisation) -> HttpResponse:
    """The members of the organisation's own network, as those who coordinate it need to see them."""
    if organisation.kind != Kind.NETWORK:
        raise Http404
    atlas, speech = atlas_of(request), current_speech()
    is_listed = bool(members_of(atlas, organisation.network))
    circle = describe(atlas, find_members(atlas, organisation), speech=speech)
    rooms = _find_teams(circle.members)
    shared, lasts = find_shared(rooms.values(), viewer=viewer_of(request)), find_last_days(rooms.values())
    rows = [
        (one, Team(one.city in rooms, speech.join(shared[one.city]) if one.city in shared else "", lasts.get(one.city)))
        for one in circle.members
    ]
    values: dict[str, Any] = {
        "organisation": organisation, "circle": circle, "counts": circle.counts, "is_room": True, "is_listed": is_listed,
        "rows": rows, "teams": len(rooms), "without_team": [one for one in circle.members if one.city not in rooms],
    }  # fmt: skip
    return render(request, "insights/network_room.html", values)


def find_members(atlas: Atlas, organisation: Organisation) -> tuple[str, ...]:
    """The cities of a network: those of a published list; of an invented network, the cities with an invented team."""
    listed = members_of(atlas, organisation.network)
    if listed or not organisation.is_invented:
        return listed
    teams = Organisation.objects.filter(kind=Kind.CITY, is_invented=True).order_by("city")
    return tuple(teams.values_list("city", flat=True))


def find_shared(teams: Iterable[Organisation], *, viewer: Viewer) -> dict[str, list[str]]:
    """Years of the balances that cities share with the networks they belong to, as far as this person may see them."""
    today = timezone.now().date()
    published = BalanceSet.objects.filter(organisation__in=list(teams), state=State.PUBLISHED).prefetch_related("balances")
    found: dict[str, set[str]] = {}
    for one in published:
        sight, networks = visibility_on(one, on=today), networks_of().get(one.city, frozenset())
        if sight == Visibility.NETWORK and is_seen(sight, viewer=viewer, organisation=one.organisation_id, networks=networks):
            found.setdefault(one.city, set()).update(str(balance.year) for balance in one.balances.all())
    return {city: sorted(years) for city, years in found.items()}


def find_last_days(teams: Iterable[Organisation]) -> dict[str, dt.date]:
    """The day on which each team last did something that was written down; a day only, and not who."""
    rows = AuditEntry.objects.filter(organisation__in=list(teams)).order_by()
    return {row["organisation__city"]: row["last"].date() for row in rows.values("organisation__city").annotate(last=Max("at"))}


def _find_teams(members: Iterable[Member]) -> dict[str, Organisation]:
    """The organisations that speak for the members on this site."""
    cities = [one.city for one in members]
    return {one.city: one for one in Organisation.objects.filter(kind=Kind.CITY, city__in=cities)}
