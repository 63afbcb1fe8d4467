"""One step from a region's page to a drafted delegation: questions, outline, whom to invite, and the places to see."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from citytandem.verbs import SEED
from citytandem.web.accounts.access import person_of
from citytandem.web.events.access import organisers
from citytandem.web.events.actions import draft_event
from citytandem.web.events.drafting import Start, draft, outline_of
from citytandem.web.live import atlas_of
from citytandem.web.regions.asking import RUHR, look_at
from citytandem.web.regions.choices import read_choices
from citytandem.web.regions.reading import read_known
from citytandem.web.regions.sections.people import find_experts, find_hosts
from citytandem.web.regions.sections.questions import derive_questions
from citytandem.web.shell.language import current_speech, word
from citytandem.web.tours.actions import write_place
from citytandem.web.tours.bringing import take_example
from citytandem.web.tours.models import Mark, Site

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from citytandem.atlas import Atlas
    from citytandem.web.accounts.models import Organisation, User
    from citytandem.web.events.models import Event
    from citytandem.web.regions.asking import View

LAYOUT = "delegation"
AHEAD_DAYS = 120
"""A delegation takes so long to prepare: invitations, visas, interpreters. [P]"""
MOST_SITES, MOST_QUESTIONS, SITE_MINUTES = 6, 12, 120
LONGEST_TEXT, LONGEST_TITLE = 4000, 160


@organisers("organisation.edit")
@require_POST
def plan_delegation(request: HttpRequest, *, organisation: Organisation, region: str) -> HttpResponse:
    """Draft a delegation of this team to the region named, about the region in the address."""
    known, speech, atlas = read_known(), current_speech(), atlas_of(request)
    to = request.POST.get("to", "")
    if region not in known.regions or to not in known.regions or to == region:
        raise Http404
    choices = read_choices(request.GET, known=known, region=region)
    view = look_at(known, region=region, choices=choices, provenance=atlas.provenance(SEED), speech=speech)
    if to not in {*view.others, *view.told}:
        raise Http404
    made = draft_delegation(view, to=to, organisation=organisation, user=person_of(request), atlas=atlas)
    messages.success(request, str(word("web.region.delegation.drafted")))
    return redirect("event_desk", organisation.pk, made.pk)


@transaction.atomic
def draft_delegation(view: View, *, to: str, organisation: Organisation, user: User, atlas: Atlas) -> Event:
    """The event as a draft, with its questions, its outline and, for the tour, what can be seen there.

    For the Ruhr these are the sites of the example that tours have; elsewhere the cities, until their hosts name sites.
    """
    day = timezone.now().date() + timedelta(days=AHEAD_DAYS)
    day += timedelta(days=-day.weekday() % 7)  # works and offices are open from Monday on
    hosts = _hosts_in(view, to=to, atlas=atlas)
    values = draft(Start(), layout=LAYOUT, starts=day, atlas=atlas, organisation=organisation)
    values |= _describe(view, to=to, hosts=hosts, organisation=organisation)
    values |= {"city": "", "zone": _zone_of(atlas, hosts, otherwise=str(values["zone"]))}
    event = draft_event(user=user, organisation=organisation, values=values, outline=outline_of(LAYOUT))
    if to in {"ruhr", *RUHR}:
        take_example(user=user, event=event)
    else:
        for site in list_sites(atlas, hosts):
            write_place(user=user, event=event, values=site, place=Site())
    return event


def list_sites(atlas: Atlas, hosts: list[tuple[str, str]]) -> list[dict[str, Any]]:
    """Places to see, as proposals: the middle of each city, until the hosts name a site."""
    places = {
        city: (latitude, longitude)
        for city, latitude, longitude in atlas.city.select("city", "latitude", "longitude").drop_nulls().iter_rows()
    }  # fmt: skip
    return [
        {"name": name, "latitude": places[city][0], "longitude": places[city][1], "minutes": SITE_MINUTES, "mark": Mark.PROPOSED}
        for city, name in hosts[:MOST_SITES] if city in places
    ]  # fmt: skip


def _hosts_in(view: View, *, to: str, atlas: Atlas) -> list[tuple[str, str]]:
    """Cities of the region visited: those tied to the learners first, the others by name."""
    found = [host for _, some, _ in find_hosts(view, atlas=atlas, only=to) for host in some]
    ordered = sorted(found, key=lambda host: (not host.tied, not host.nearby))
    return [(host.city, host.name) for host in ordered]


def _describe(view: View, *, to: str, hosts: list[tuple[str, str]], organisation: Organisation) -> dict[str, Any]:
    speech = view.speech
    names = {"region": view.name, "to": view.names[to], "organisation": organisation.name}
    told = [speech.sentence("web.region.delegation.purpose", **names)]
    if hosts:
        told.append(speech.sentence("web.region.delegation.invite", cities=speech.join([name for _, name in hosts[:MOST_SITES]])))
    experts = [one.name for one in find_experts(view) if one.region == view.names[to]]
    if experts:
        told.append(speech.sentence("web.region.delegation.experts", experts="; ".join(experts)))
    told.append(speech.label("web.region.delegation.to_do"))
    questions = [question.plain for _, some in derive_questions(view) for question in some][:MOST_QUESTIONS]
    return {
        "title": speech.sentence("web.region.delegation.title", **names)[:LONGEST_TITLE],
        "text": "\n\n".join(told)[:LONGEST_TEXT],
        "questions": _fit("\n".join(questions)),
        "place": view.names[to][:200],
    }


def _fit(text: str) -> str:
    """Whole lines only."""
    kept = text[:LONGEST_TEXT]
    return kept if len(text) <= LONGEST_TEXT else kept.rpartition("\n")[0]


def _zone_of(atlas: Atlas, hosts: list[tuple[str, str]], *, otherwise: str) -> str:
    zones = dict(atlas.city.select("city", "timezone").iter_rows())
    return next((str(zones[city]) for city, _ in hosts if zones.get(city)), otherwise)
