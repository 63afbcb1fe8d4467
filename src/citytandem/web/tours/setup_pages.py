"""Pages on which a team sets a tour up: sites with their hours, stays and days, ways, wishes and who travels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db.models import Count, RestrictedError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from citytandem.web.accounts.access import person_of
from citytandem.web.agendas.setup_pages import describe
from citytandem.web.shell.language import word
from citytandem.web.tours import actions, queries
from citytandem.web.tours.access import team
from citytandem.web.tours.forms import (
    DayForm,
    LegForm,
    OpeningForm,
    PartyForm,
    SiteForm,
    StayForm,
    WishForm,
    start_site,
)
from citytandem.web.tours.models import Day, Leg, Opening, Site, Stay, Wish

if TYPE_CHECKING:
    from django.db import models
    from django.http import HttpRequest, HttpResponse

    from citytandem.web.events.models import Event

READ = ["GET", "POST"]
PARTS: dict[str, tuple[type[models.Model], str]] = {
    "site": (Site, "tour_sites"),
    "opening": (Opening, "tour_sites"),
    "stay": (Stay, "tour_days"),
    "day": (Day, "tour_days"),
    "leg": (Leg, "tour_legs"),
    "wish": (Wish, "tour_wishes"),
}


@team("organisation.view")
@require_GET
def show_room(request: HttpRequest, *, event: Event) -> HttpResponse:
    """How far the tour is: what is set up, what is missing, the tours computed, and the edition that holds."""
    counts = {
        "sites": event.tour_sites.count(),
        "openings": queries.openings_of(event).values("site").distinct().count(),
        "stays": event.tour_stays.count(),
        "days": event.tour_days.count(),
        "legs": event.tour_legs.count(),
        "wishes": event.tour_wishes.count(),
    }
    plans = event.tour_plans.select_related("made_by").defer("problem", "result", "entries")[:30]
    told = describe(
        request, event, counts=counts, plans=plans, missing=queries.find_missing(event), party=queries.party_of(event),
        edition=queries.published_tour(event), is_empty=not any(counts.values()),
    )  # fmt: skip
    return render(request, "tours/room.html", told)


@team("organisation.edit")
@require_http_methods(READ)
def show_sites(request: HttpRequest, *, event: Event) -> HttpResponse:
    """The sites, and one more."""
    return _write_site(request, event, site=None)


@team("organisation.edit")
@require_http_methods(READ)
def show_site(request: HttpRequest, *, event: Event, number: int) -> HttpResponse:
    """One site: what is known of it, and when it can be visited."""
    return _write_site(request, event, site=get_object_or_404(Site, pk=number, event=event))


def _write_site(request: HttpRequest, event: Event, *, site: Site | None) -> HttpResponse:
    about_hours = site is not None and request.POST.get("form") == "opening"
    hours = OpeningForm(request.POST if about_hours else None, event=event)
    form = SiteForm(None if about_hours else request.POST or None, initial=start_site(site) if site else None)
    is_full = site is None and event.tour_sites.count() >= actions.MOST_SITES
    if request.method == "POST" and site is not None and about_hours and hours.is_valid():
        actions.write_openings(user=person_of(request), site=site, **hours.values)
        return _told(request, "tour_site", event=event, number=site.pk)
    if request.method == "POST" and not about_hours and not is_full and form.is_valid():
        place = site or Site()
        actions.write_place(user=person_of(request), event=event, values=form.values, place=place)
        return _told(request, "tour_site", event=event, number=place.pk)
    sites = event.tour_sites.annotate(hours=Count("openings"))
    openings = site.openings.all() if site else ()
    told = describe(request, event, sites=sites, site=site, form=form, hours=hours, openings=openings, is_full=is_full)
    page = "tours/site.html" if site else "tours/sites.html"
    return render(request, page, told, status=422 if request.method == "POST" else 200)


@team("organisation.edit")
@require_http_methods(READ)
def show_days(request: HttpRequest, *, event: Event) -> HttpResponse:
    """Where days begin and end, and the days themselves."""
    which = request.POST.get("form", "")
    stay, day = (
        StayForm(request.POST if which == "stay" else None),
        DayForm(request.POST if which == "day" else None, event=event),
    )
    if request.method == "POST" and which == "stay" and stay.is_valid():
        if event.tour_stays.count() < actions.MOST_SITES:
            actions.write_place(user=person_of(request), event=event, values=stay.cleaned_data, place=Stay())
            return _told(request, "tour_days", event=event)
        stay.add_error(None, word("web.tour.full"))
    if request.method == "POST" and which == "day" and day.is_valid():
        if event.tour_days.exclude(day=day.values["day"]).count() < actions.MOST_DAYS:
            actions.write_day(user=person_of(request), event=event, values=day.values)
            return _told(request, "tour_days", event=event)
        day.add_error(None, word("web.tour.full"))
    days = event.tour_days.select_related("starts_at", "ends_at")
    told = describe(request, event, forms={"stay": stay, "day": day}, stays=event.tour_stays.all(), days=days)
    return render(request, "tours/days.html", told, status=422 if request.method == "POST" else 200)


@team("organisation.edit")
@require_http_methods(READ)
def show_legs(request: HttpRequest, *, event: Event) -> HttpResponse:
    """Ways that somebody looked up; all others are estimated."""
    form = LegForm(request.POST or None, event=event)
    if request.method == "POST" and form.is_valid() and event.tour_legs.count() < actions.MOST_ROWS:
        actions.write_leg(user=person_of(request), event=event, values=form.cleaned_data)
        return _told(request, "tour_legs", event=event)
    names = queries.places_of(event)
    legs = [(one, names.get(one.start, one.start), names.get(one.end, one.end)) for one in event.tour_legs.all()]
    told = describe(request, event, form=form, legs=legs, places=len(names))
    return render(request, "tours/legs.html", told, status=422 if request.method == "POST" else 200)


@team("organisation.edit")
@require_http_methods(READ)
def show_wishes(request: HttpRequest, *, event: Event) -> HttpResponse:
    """What the group wants to see, who travels, and what they can spend."""
    which = request.POST.get("form", "")
    wish = WishForm(request.POST if which == "wish" else None)
    party = PartyForm(request.POST if which == "party" else None, instance=queries.party_of(event))
    if request.method == "POST" and which == "party" and party.is_valid():
        actions.write_party(user=person_of(request), event=event, values=party.cleaned_data)
        return _told(request, "tour_wishes", event=event)
    if request.method == "POST" and which == "wish" and wish.is_valid():
        if event.tour_wishes.count() < actions.MOST_WISHES:
            actions.write_wish(user=person_of(request), event=event, **wish.cleaned_data)
            return _told(request, "tour_wishes", event=event)
        wish.add_error(None, word("web.tour.full"))
    known = sorted({topic for topics in event.tour_sites.values_list("topics", flat=True) for topic in topics})
    told = describe(request, event, forms={"wish": wish, "party": party}, wishes=event.tour_wishes.all(), known=known)
    return render(request, "tours/wishes.html", told, status=422 if request.method == "POST" else 200)


@team("organisation.edit")
@require_POST
def drop_part(request: HttpRequest, *, event: Event, part: str, number: int) -> HttpResponse:
    """Take a part out; a stay at which a day begins or ends stays."""
    if part not in PARTS:
        raise Http404
    model, page = PARTS[part]
    where: dict[str, Any] = {"site__event": event} if part == "opening" else {"event": event}
    found = get_object_or_404(model, pk=number, **where)
    back = {"number": found.site_id} if isinstance(found, Opening) else {}
    try:
        actions.drop_part(user=person_of(request), event=event, part=found)
        messages.success(request, str(word("web.tour.told.dropped")))
    except RestrictedError:
        messages.error(request, str(word("web.tour.told.stay_in_use")))
    return redirect("tour_site" if back else page, event.organisation_id, event.pk, *back.values())


def _told(request: HttpRequest, page: str, *, event: Event, **more: int) -> HttpResponse:
    messages.success(request, str(word("web.told.saved")))
    return redirect(page, event.organisation_id, event.pk, *more.values())
