"""Pages on which a team writes, publishes and withdraws what it looks for and offers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from citytandem.web.accounts.access import person_of, require
from citytandem.web.accounts.models import Kind as OrganisationKind
from citytandem.web.partnerships import actions
from citytandem.web.partnerships.forms import ListingForm, start_references
from citytandem.web.partnerships.models import Listing
from citytandem.web.partnerships.queries import listings_of
from citytandem.web.profiles.catalogue import field_of, title_measures
from citytandem.web.profiles.forms import VersionForm
from citytandem.web.shell.language import current_speech, word
from citytandem.words import language_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from citytandem.web.accounts.models import Organisation

NAMES = ("version", "kind", "topic", "solution", "measure", "title", "text", "language", "evidence", "valid_until")
STEPS = {"publish": actions.publish_listing, "withdraw": actions.withdraw_listing}


@require("organisation.view")
@require_GET
def show_listings(request: HttpRequest, *, organisation: Organisation) -> HttpResponse:
    """What the team looks for and offers: drafts, what everybody sees, and what is over."""
    _take_part(organisation)
    told = {"organisation": organisation, "listings": listings_of(organisation)}
    may = {f"may_{name}": request.user.has_perm(f"organisation.{name}", organisation) for name in ("edit", "publish")}
    return render(request, "partnerships/listings.html", told | may)


@require("organisation.edit")
@require_http_methods(["GET", "POST"])
def write_listing(request: HttpRequest, *, organisation: Organisation, listing: int | None = None) -> HttpResponse:
    """A new need or offer, or other words for one."""
    _take_part(organisation)
    own = get_object_or_404(Listing, pk=listing, organisation=organisation) if listing else None
    form = _make_form(request, own, organisation=organisation)
    told: dict[str, object] = {"organisation": organisation, "listing": own}
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        person, values = person_of(request), form.values
        values["topic"] = field_of(values["measure"]) or values["topic"]
        try:
            if own is None:
                actions.write_listing(user=person, organisation=organisation, values=values)
            else:
                actions.change_listing(user=person, listing=own, version=form.cleaned_data["version"], values=values)
        except actions.ChangedMeanwhile as meanwhile:
            status, told["conflict"] = 409, meanwhile.now
            form.data = {**request.POST.dict(), "version": meanwhile.now.version}
        else:
            messages.success(request, str(word("web.listing.kept")))
            return redirect("listings", organisation.pk)
    return render(request, "partnerships/listing.html", told | {"form": form}, status=status)


@require("organisation.publish")
@require_POST
def move_listing(request: HttpRequest, *, organisation: Organisation, listing: int, step: str) -> HttpResponse:
    """Publish it or withdraw it."""
    own = get_object_or_404(Listing, pk=listing, organisation=organisation)
    if step not in STEPS:
        raise Http404
    form = VersionForm(request.POST)
    try:
        STEPS[step](user=person_of(request), listing=own, version=form.cleaned_data["version"] if form.is_valid() else -1)
        messages.success(request, str(word(f"web.listing.told.{step}")))
    except actions.ChangedMeanwhile:
        messages.error(request, str(word("web.listing.changed_meanwhile")))
    except actions.NotAllowedNow:
        messages.error(request, str(word("web.listing.not_now")))
    except actions.TooManyOpen:
        messages.error(request, str(word("web.solution.too_many", count=actions.MOST_OFFERS)))
    return redirect("listings", organisation.pk)


def _take_part(organisation: Organisation) -> None:
    """Networks coordinate; they look for and offer nothing themselves."""
    if organisation.kind == OrganisationKind.NETWORK:
        raise Http404


def _make_form(request: HttpRequest, own: Listing | None, *, organisation: Organisation) -> ListingForm:
    measures = title_measures(current_speech().language)
    start = (
        {name: getattr(own, name) for name in NAMES} | start_references(own.references)
        if own
        else {"version": 0, "language": language_of(get_language() or "en")}
    )
    return ListingForm(request.POST or None, initial=start, measures=dict(sorted(measures.items())), organisation=organisation)
