"""Keeping the board free of advertising: reports, hiding with a reason, and the team's right to reply.

Who runs the site moderates every listing; a network's coordinators those of the cities that belong to their network.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from citytandem.web.accounts.actions import record
from citytandem.web.accounts.models import Kind as OrganisationKind
from citytandem.web.accounts.models import Membership, Role
from citytandem.web.live import bump, networks_of
from citytandem.web.partnerships.models import Listing, Report

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from citytandem.web.accounts.models import User


def networks_moderated(user: User | AnonymousUser) -> frozenset[str]:
    """The networks a person coordinates."""
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    rows = Membership.objects.filter(
        user=user, role__in=[Role.COORDINATOR, Role.ADMIN], organisation__kind=OrganisationKind.NETWORK
    ).exclude(organisation__network="")
    return frozenset(rows.values_list("organisation__network", flat=True))


def may_moderate_any(user: User | AnonymousUser) -> bool:
    """Does a person moderate at all?"""
    return user.has_perm("site.operate") or bool(networks_moderated(user))


def listings_moderated(user: User | AnonymousUser) -> QuerySet[Listing]:
    """The listings a person may hide or show again, whoever wrote them."""
    every = Listing.objects.exclude(published=None).select_related("organisation").defer("vector")
    if user.has_perm("site.operate"):
        return every
    own = networks_moderated(user)
    cities = [city for city, networks in networks_of().items() if own & networks]
    return every.filter(organisation__kind=OrganisationKind.CITY, organisation__city__in=cities) if own else every.none()


@transaction.atomic
def report_listing(*, user: User, listing: Listing, reason: str, text: str) -> None:
    """Tell those who moderate that a listing does not belong on the board; twice by one person counts once."""
    try:
        with transaction.atomic():
            made = Report.objects.create(listing=listing, reporter=user, reason=reason, text=text)
    except IntegrityError:
        return
    record(user=user, action="listing.reported", subject=f"listing:{listing.pk}", after={"report": made.pk, "reason": reason})


@transaction.atomic
def hide_listing(*, user: User, listing: Listing, reason: str) -> None:
    """Take a listing from the board with a reason its team reads; it stays hidden whatever the team does with it."""
    own = Listing.objects.select_for_update().get(pk=listing.pk)
    own.hidden, own.hidden_by, own.hidden_reason, own.hidden_reply = timezone.now(), user, reason, ""
    own.save(update_fields=["hidden", "hidden_by", "hidden_reason", "hidden_reply"])
    own.reports.filter(closed=None).update(closed=timezone.now())
    _note(own, user=user, action="listing.hidden", after={"reason": reason}, taken_back=True)


@transaction.atomic
def show_listing_again(*, user: User, listing: Listing) -> None:
    """Let a listing be seen again where it is published and holds; reports of it are answered by that."""
    own = Listing.objects.select_for_update().get(pk=listing.pk)
    before = {"reason": own.hidden_reason, "reply": own.hidden_reply}
    own.hidden, own.hidden_by, own.hidden_reason, own.hidden_reply = None, None, "", ""
    own.save(update_fields=["hidden", "hidden_by", "hidden_reason", "hidden_reply"])
    own.reports.filter(closed=None).update(closed=timezone.now())
    _note(own, user=user, action="listing.shown_again", after={"before": before})


@transaction.atomic
def reply_to_hiding(*, user: User, listing: Listing, text: str) -> None:
    """What the team says to it; those who moderate read it beside the reason."""
    own = Listing.objects.select_for_update().get(pk=listing.pk)
    own.hidden_reply = text
    own.save(update_fields=["hidden_reply"])
    _note(own, user=user, action="listing.hiding_replied", after={"reply": text})


def _note(own: Listing, *, user: User, action: str, after: dict[str, object], taken_back: bool = False) -> None:
    record(user=user, action=action, organisation=own.organisation, subject=f"listing:{own.pk}", after=after)
    bump(taken_back=taken_back)
