"""Offers that fit a team: to what it looks for, and to the measures advised to its city."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_GET

from citytandem.web.accounts.access import require
from citytandem.web.accounts.models import Kind as OrganisationKind
from citytandem.web.insights.answers import answers_for
from citytandem.web.live import atlas_of
from citytandem.web.partnerships.models import Kind, Listing, State
from citytandem.web.partnerships.queries import listings_seen
from citytandem.web.partnerships.search import find_matches, is_by_meaning
from citytandem.web.profiles.catalogue import title_measures
from citytandem.web.shell.language import current_speech

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from citytandem.web.accounts.models import Organisation


@require("organisation.view")
@require_GET
def show_fitting(request: HttpRequest, *, organisation: Organisation) -> HttpResponse:
    """Beside each need of the team the offers near to it; beside each advised measure the offers that name it."""
    if organisation.kind == OrganisationKind.NETWORK:
        raise Http404
    offers = list(listings_seen().filter(kind=Kind.OFFER).exclude(organisation=organisation))
    needs = Listing.objects.filter(organisation=organisation, kind=Kind.NEED).exclude(state=State.WITHDRAWN).defer("vector")
    told: dict[str, Any] = {
        "organisation": organisation, "offers": len(offers), "by_meaning": is_by_meaning(),
        "needs": [(need, find_matches(need, offers)) for need in needs],
    }  # fmt: skip
    if organisation.city:
        told |= _match_advice(request, organisation.city, offers=offers)
    return render(request, "partnerships/fitting.html", told)


def _match_advice(request: HttpRequest, city: str, *, offers: list[Listing]) -> dict[str, Any]:
    """The measures advised to a city, in the order of the catalogue, each with the offers that name it."""
    advice = answers_for(atlas_of(request), city=city).advice
    if not isinstance(advice, pl.DataFrame):
        return {"advised": [], "why_not": advice}
    titles = title_measures(current_speech().language)
    measures = sorted(set(advice["measure"].to_list()))
    by_measure = [(one, titles.get(one, one), [offer for offer in offers if offer.measure == one]) for one in measures]
    return {"advised": [row for row in by_measure if row[2]], "measures": len(measures), "why_not": None}
