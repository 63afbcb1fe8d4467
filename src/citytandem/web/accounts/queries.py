"""Look-ups of people, organisations and roles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils import timezone

from citytandem.web.accounts.models import Invitation, Kind, Membership, Organisation, Role

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from citytandem.web.accounts.models import User


def organisation_of_city(city: str) -> Organisation | None:
    """The organisation that speaks for a city of the atlas, if it has one here."""
    return Organisation.objects.filter(kind=Kind.CITY, city=city).first()


def organisations_of(user: User | AnonymousUser) -> QuerySet[Organisation]:
    """The organisations a person acts for, by name."""
    if not user.is_authenticated:
        return Organisation.objects.none()
    return Organisation.objects.filter(memberships__user=user).order_by("name", "pk")


def people_of(organisation: Organisation) -> QuerySet[Membership]:
    """The people of an organisation with their roles, by name."""
    return organisation.memberships.select_related("user").order_by("user__name", "user__email")


def managers_of(organisation: Organisation) -> QuerySet[Membership]:
    """Those who look after the people of an organisation: its admins, and a network's coordinators."""
    return organisation.memberships.filter(role__in=managing_roles(organisation))


def managing_roles(organisation: Organisation) -> list[str]:
    """The roles that may manage an organisation of this kind."""
    return [Role.ADMIN, Role.COORDINATOR] if organisation.kind == Kind.NETWORK else [Role.ADMIN]


def roles_in(organisation: Organisation) -> list[str]:
    """The roles an organisation of this kind may give, from reading to managing."""
    ladder: list[str] = [Role.VIEWER, Role.EDITOR, Role.PUBLISHER, Role.ADMIN]
    return [*ladder, Role.COORDINATOR] if organisation.kind == Kind.NETWORK else ladder


def open_invitations(organisation: Organisation | None = None) -> QuerySet[Invitation]:
    """Seats that can still be taken: of one organisation, or of all."""
    found = Invitation.objects.filter(expires__gt=timezone.now()).order_by("-created")
    return found.filter(organisation=organisation) if organisation else found
