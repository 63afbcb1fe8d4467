"""The pages everybody may read: which programmes there are, and what one of them is, whom it asks, until when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from citytandem.gazetteer import fold
from citytandem.web.accounts.queries import organisations_of
from citytandem.web.live import atlas_of
from citytandem.web.programmes.models import State
from citytandem.web.programmes.parts import find_programme_parts
from citytandem.web.programmes.queries import programmes_seen, takes_applications, tandems_shown
from citytandem.web.programmes.zones import READERS, tell_clocks, tell_deadline
from citytandem.web.shell.language import current_speech

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from citytandem.web.programmes.models import Programme


@require_GET
def show_programmes(request: HttpRequest) -> HttpResponse:
    """Open calls first, by deadline; then what runs, then what is over."""
    found = list(programmes_seen())
    lists = {
        "open": [one for one in found if takes_applications(one)],
        "running": [one for one in found if not takes_applications(one) and one.state != State.CLOSED],
        "closed": [one for one in found if one.state == State.CLOSED],
    }
    shown = {name: [(one, tell_until(request, one)) for one in rows] for name, rows in lists.items()}
    return render(request, "programmes/programmes.html", {"lists": shown, "count": len(found), "open": len(lists["open"])})


@require_GET
def show_programme(request: HttpRequest, *, programme: int) -> HttpResponse:
    """One programme: what it is, whom it asks, its deadline on many clocks, how pairs are found, what came of it."""
    own = get_object_or_404(programmes_seen(), pk=programme)
    teams = [] if not request.user.is_authenticated else organisations_of(request.user).exclude(kind="network")
    values: dict[str, Any] = {
        "programme": own,
        "is_open": takes_applications(own),
        "until": tell_until(request, own),
        "clocks": tell_clocks(own.closes, zones=zones_for(request, own), speech=current_speech()),
        "tandems": sorted((_name_sides(one) for one in tandems_shown(own)), key=lambda names: [fold(name) for name, _ in names]),
        "parts": find_programme_parts(request, own),
        "teams": [one for one in teams if request.user.has_perm("organisation.edit", one)],
        "coordinates": request.user.has_perm("network.coordinate", own.organisation),
    }
    return render(request, "programmes/programme.html", values)


def tell_until(request: HttpRequest, programme: Programme) -> str:
    """The deadline in one sentence, on the programme's clock and on the reader's."""
    return tell_deadline(programme.closes, zones=zones_for(request, programme), speech=current_speech())


def zones_for(request: HttpRequest, programme: Programme) -> tuple[str, ...]:
    """The programme's own zone, those of the reader's cities, and those of our readers."""
    if not request.user.is_authenticated:
        return (programme.zone, *READERS)
    cities = [one.city for one in organisations_of(request.user) if one.city]
    known = atlas_of(request).city.filter(pl.col("city").is_in(cities) & pl.col("timezone").is_not_null())
    return (programme.zone, *known["timezone"].to_list(), *READERS)


def _name_sides(tandem: Any) -> list[tuple[str, str]]:
    """Names and cities of the sides, by the alphabet."""
    sides = [(side.organisation.name, side.organisation.city) for side in tandem.sides.all()]
    return sorted(sides, key=lambda side: fold(side[0]))
