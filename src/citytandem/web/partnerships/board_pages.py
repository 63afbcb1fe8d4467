"""The board that everybody may read: what cities and others look for and offer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from citytandem.web.accounts.models import Kind as OrganisationKind
from citytandem.web.partnerships.forms import KINDS, LANGUAGES, SOLUTIONS, TOPICS
from citytandem.web.partnerships.models import Kind
from citytandem.web.partnerships.moderation import may_moderate_any
from citytandem.web.partnerships.queries import listings_seen
from citytandem.web.partnerships.search import QUERY_LETTERS, find_matches, find_near, is_by_meaning
from citytandem.web.profiles.catalogue import title_measures
from citytandem.web.shell.language import current_speech, word

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PER_PAGE = 50
SEARCHED = 1_000
"""The newest listings that a search looks at: far more than a board of five offers an organisation holds for years."""
FILTERS: dict[str, tuple[str, list[tuple[str, Any]]]] = {
    "kind": ("kind", KINDS),
    "topic": ("topic", TOPICS),
    "solution": ("solution", SOLUTIONS),
    "language": ("language", LANGUAGES),
    "by": (
        "organisation__kind",
        [(value, word(f"organisation_kind.{value}")) for value in OrganisationKind.values if value != "network"],
    ),
}
"""What the board can be narrowed down to: name in the address, column, choices."""


@require_GET
def show_board(request: HttpRequest) -> HttpResponse:
    """Needs and offers, the newest first, or those near to the words asked for, the nearest first."""
    chosen = {name: request.GET.get(name, "") for name in FILTERS}
    titles = title_measures(current_speech().language)
    found = listings_seen()
    for name, (column, choices) in FILTERS.items():
        if chosen[name] in {value for value, _ in choices}:
            found = found.filter(**{column: chosen[name]})
    measure = request.GET.get("measure", "")
    if measure in titles:
        found = found.filter(measure=measure)
    asked = request.GET.get("q", "").replace("\x00", "").strip()[:QUERY_LETTERS]
    shown: Any = [one.listing for one in find_near(asked, list(found[:SEARCHED]))] if asked else found
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    told = {
        "page": page, "filters": [(name, choices, chosen[name]) for name, (_, choices) in FILTERS.items()], "asked": asked,
        "measures": titles, "measure": measure if measure in titles else "", "measure_title": titles.get(measure, ""),
        "by_meaning": is_by_meaning(), "may_moderate": request.user.is_authenticated and may_moderate_any(request.user),
    }  # fmt: skip
    return render(request, "partnerships/board.html", told)


@require_GET
def show_listing(request: HttpRequest, *, listing: int) -> HttpResponse:
    """One need or offer, to send to a colleague; beside a need the offers near to it."""
    own = get_object_or_404(listings_seen(), pk=listing)
    title = title_measures(current_speech().language).get(own.measure, "")
    others = list(listings_seen().filter(kind=Kind.OFFER)[:SEARCHED]) if own.kind == Kind.NEED else []
    told = {"one": own, "measure": title, "matches": find_matches(own, others), "by_meaning": is_by_meaning()}
    return render(request, "partnerships/one.html", told)
