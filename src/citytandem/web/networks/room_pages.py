"""A network's room for its coordinators: the members, who has a team here, what they share, and whom to invite."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db.models import Max
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from citytandem.web.accounts.access import person_of
from citytandem.web.accounts.models import AuditEntry, Kind, Organisation
from citytandem.web.balances.models import BalanceSet, State, Visibility
from citytandem.web.balances.visibility import is_seen, visibility_on
from citytandem.web.insights.networks import describe, members_of
from citytandem.web.live import atlas_of, networks_of, viewer_of
from citytandem.web.networks.access import require_network
from citytandem.web.networks.actions import show_registry as decide_sight
from citytandem.web.networks.models import NetworkMember, Registry
from citytandem.web.networks.sight import listed_of, sees_of, ties_seen_by
from citytandem.web.networks.tie_list import as_rows
from citytandem.web.shell.language import current_speech, word

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from django.http import HttpRequest, HttpResponse

    from citytandem.web.insights.networks import Member
    from citytandem.web.merging import Viewer


@dataclass(frozen=True, slots=True)
class Team:
    """What the network may know of a member's team on this site."""

    is_here: bool
    shared: str
    last: dt.date | None


@require_network("organisation.view")
@require_GET
def show_room(request: HttpRequest, *, organisation: Organisation) -> HttpResponse:
    """The members of the organisation's own network, as those who coordinate it need to see them."""
    atlas, speech = atlas_of(request), current_speech()
    today = timezone.now().date()
    members = listed_of(organisation, atlas=atlas, on=today)
    circle = describe(atlas, members, speech=speech, recorded=as_rows(ties_seen_by(organisation, atlas=atlas, on=today)))
    rooms, agreed = _find_teams(circle.members), sees_of(organisation, cities=members)
    shared = find_shared(rooms.values(), viewer=viewer_of(request))
    lasts = find_last_days(room for city, room in rooms.items() if city in agreed)
    rows = [
        (one, Team(one.city in rooms, speech.join(shared[one.city]) if one.city in shared else "", lasts.get(one.city)))
        for one in circle.members
    ]
    values: dict[str, Any] = {
        "organisation": organisation, "circle": circle, "counts": circle.counts, "is_room": True, "here": "network_room",
        "is_listed": bool(members_of(atlas, organisation.network)), "rows": rows, "teams": len(rooms),
        "is_recorded": NetworkMember.objects.filter(network=organisation).exists(),
        "without_team": [one for one in circle.members if one.city not in rooms],
        "is_public": Registry.objects.filter(network=organisation, is_public=True).exists(),
        "may_coordinate": request.user.has_perm("network.coordinate", organisation),
    }  # fmt: skip
    return render(request, "networks/room.html", values)


@require_network("network.coordinate")
@require_POST
def show_registry(request: HttpRequest, *, organisation: Organisation) -> HttpResponse:
    """Let everybody see the registry, or only the network."""
    is_public = request.POST.get("is_public") == "yes"
    decide_sight(user=person_of(request), network=organisation, is_public=is_public)
    messages.success(request, str(word("web.registry.told.shown" if is_public else "web.registry.told.hidden")))
    return redirect("network_room", organisation.pk)


def find_shared(teams: Iterable[Organisation], *, viewer: Viewer) -> dict[str, list[str]]:
    """Years of the balances that cities share with the networks they belong to, as far as this person may see them."""
    today = timezone.now().date()
    published = BalanceSet.objects.filter(organisation__in=list(teams), state=State.PUBLISHED).prefetch_related("balances")
    found: dict[str, set[str]] = {}
    belong = networks_of(on=today)
    for one in published:
        sight, networks = visibility_on(one, on=today), belong.get(one.city, frozenset())
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
