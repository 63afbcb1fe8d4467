"""The board that everybody may read: what cities and others look for and offer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from citytandem.web.accounts.models import Kind as OrganisationKind
from citytandem.web.partnerships.forms import KINDS, LANGUAGES, TOPICS
from citytandem.web.partnerships.queries import listings_seen
from citytandem.web.profiles.catalogue import title_measures
from citytandem.web.shell.language import current_speech, word

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PER_PAGE = 50
FILTERS: dict[str, tuple[str, list[tuple[str, Any]]]] = {
    "kind": ("kind", KINDS),
    "topic": ("topic", TOPICS),
    "language": ("language", LANGUAGES),
    "by": (
        "organisation__kind",
        [(value, word(f"organisation_kind.{value}")) for value in OrganisationKind.values if value != "network"],
    ),
}
"""What the board can be narrowed down to: name in the address, column, choices."""


@require_GET
def show_board(request: HttpRequest) -> HttpResponse:
    """Needs and offers, the newest first; what is asked for in the address narrows them down."""
    chosen = {name: request.GET.get(name, "") for name in FILTERS}
    found = listings_seen()
    for name, (column, choices) in FILTERS.items():
        if chosen[name] in {value for value, _ in choices}:
            found = found.filter(**{column: chosen[name]})
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    told = {"page": page, "filters": [(name, choices, chosen[name]) for name, (_, choices) in FILTERS.items()]}
    return render(request, "partnerships/board.html", told | {"measures": title_measures(current_speech().language)})


@require_GET
def show_listing(request: HttpRequest, *, listing: int) -> HttpResponse:
    """One need or offer, to send to a colleague."""
    own = get_object_or_404(listings_seen(), pk=listing)
    title = title_measures(current_speech().language).get(own.measure, "")
    return render(request, "partnerships/one.html", {"one": own, "measure": title})
