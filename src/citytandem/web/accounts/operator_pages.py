"""For those who run the site: which organisations are here, opening a new one, and inviting its first administrator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language

from citytandem.gazetteer import find_cities
from citytandem.web.accounts.access import person_of, require_operator
from citytandem.web.accounts.actions import create_organisation
from citytandem.web.accounts.forms import InviteForm, NewOrganisationForm
from citytandem.web.accounts.models import Kind, Organisation, Role
from citytandem.web.accounts.organisation_pages import send_invitation
from citytandem.web.accounts.queries import managers_of, managing_roles, open_invitations, organisation_of_city
from citytandem.web.live import atlas_of
from citytandem.web.shell.language import current_speech, word
from citytandem.web.shell.names import call_city
from citytandem.words import language_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

MOST_CITIES = 30


@require_operator
def show_organisations(request: HttpRequest) -> HttpResponse:
    """Every organisation by name, with how many people it has and whether anybody looks after it."""
    managing = Q(memberships__role=Role.ADMIN) | Q(memberships__role=Role.COORDINATOR, kind=Kind.NETWORK)
    found = Organisation.objects.annotate(
        people=Count("memberships", distinct=True),
        managers=Count("memberships", filter=managing, distinct=True),
    ).order_by("name", "pk")
    told = {"organisations": found, "kinds": Kind.values}
    return render(request, "accounts/organisations.html", told)


@require_operator
def open_organisation(request: HttpRequest, *, kind: str) -> HttpResponse:
    """Open a new organisation; a city's first chooses its city, kept in the address as ``?city=``."""
    if kind not in Kind.values:
        raise Http404
    city = request.GET.get("city", "")
    if kind == Kind.CITY and not _is_free(request, city):
        return _choose_city(request)
    known = call_city(atlas_of(request), city, language=current_speech().language) if kind == Kind.CITY else ""
    form = NewOrganisationForm(
        request.POST or None,
        kind=Kind(kind),
        networks=sorted(atlas_of(request).membership["network"].unique()),
        initial={"name": known},
    )
    if form.is_valid():
        made = create_organisation(by=person_of(request), kind=kind, city=city if kind == Kind.CITY else "", **form.cleaned_data)
        return redirect("invite_first", organisation=made.pk)
    return render(request, "accounts/organisation_new.html", {"form": form, "kind": kind, "city": city})


@require_operator
def invite_first(request: HttpRequest, *, organisation: int) -> HttpResponse:
    """Invite somebody who will look after the people; only while nobody does, for it is not the operator's house."""
    found = get_object_or_404(Organisation, pk=organisation)
    if managers_of(found).exists():
        messages.info(request, str(word("web.operate.has_administrator")))
        return redirect("organisations")
    form = InviteForm(
        request.POST or None,
        organisation=found,
        roles=managing_roles(found),
        initial={"language": language_of(get_language() or "en"), "role": Role.ADMIN},
    )
    if form.is_valid():
        send_invitation(request, organisation=found, **form.cleaned_data)
        return redirect("organisations")
    told = {"organisation": found, "form": form, "invitations": open_invitations(found)}
    return render(request, "accounts/invite_first.html", told)


def _is_free(request: HttpRequest, city: str) -> bool:
    """Whether the id is a city's of the atlas, and nobody speaks for it here yet."""
    return bool(city) and not atlas_of(request).city.filter(city=city).is_empty() and organisation_of_city(city) is None


def _choose_city(request: HttpRequest) -> HttpResponse:
    search = request.GET.get("search", "").strip()[:80]
    found = find_cities(atlas_of(request), search).head(MOST_CITIES).to_dicts() if search else []
    taken = set(Organisation.objects.filter(city__in=[row["city"] for row in found]).values_list("city", flat=True))
    told = {"search": search, "cities": [{**row, "is_taken": row["city"] in taken} for row in found]}
    return render(request, "accounts/organisation_city.html", told)
