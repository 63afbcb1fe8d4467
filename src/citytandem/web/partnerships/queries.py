"""Look-ups of needs and offers: what everybody may see today, and what a team has written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from citytandem.web.partnerships.models import Listing, State

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from citytandem.web.accounts.models import Organisation


def listings_seen(*, on: date | None = None) -> QuerySet[Listing]:
    """What is published, still holds and is not hidden, the newest first."""
    day = on or timezone.now().date()
    found = Listing.objects.filter(state=State.PUBLISHED, valid_until__gte=day, hidden=None).select_related("organisation")
    return found.order_by("-published", "-pk").defer("vector")


def listings_of_city(city: str) -> QuerySet[Listing]:
    """What the organisation of a city looks for and offers now, as everybody sees it."""
    return listings_seen().filter(organisation__kind="city", organisation__city=city)


def listings_of(organisation: Organisation) -> QuerySet[Listing]:
    """Everything a team has written."""
    return Listing.objects.filter(organisation=organisation).select_related("changed_by")
