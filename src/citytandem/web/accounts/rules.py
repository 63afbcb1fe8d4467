"""Who may do what: small predicates on a person and an organisation, composed into permissions.

Ask with ``user.has_perm("city.edit", organisation)``; a view takes ``require`` below. A person without a role gets 404,
not 403, for what is not public, so that nobody learns what exists.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules.permissions import add_perm
from rules.predicates import Predicate, predicate

from citytandem.web.accounts.models import Kind, Membership, Role

if TYPE_CHECKING:
    from citytandem.web.accounts.models import Organisation, User

LADDER = (Role.VIEWER, Role.EDITOR, Role.PUBLISHER, Role.ADMIN)


def role_of(user: User, organisation: Organisation | None) -> str | None:
    """The role of a person in an organisation; None for strangers and for people who have left."""
    if organisation is None or not user.is_authenticated or not user.is_active:
        return None
    return Membership.objects.filter(user=user, organisation=organisation).values_list("role", flat=True).first()


def _at_least(role: Role) -> Predicate:
    @predicate(name=f"is_at_least_{role}")
    def check(user: User, organisation: Organisation | None) -> bool:
        own = role_of(user, organisation)
        return own in LADDER and LADDER.index(Role(own)) >= LADDER.index(role)

    return check


@predicate
def is_coordinator(user: User, organisation: Organisation | None) -> bool:
    """Runs programmes of a network."""
    return organisation is not None and organisation.kind == Kind.NETWORK and role_of(user, organisation) == Role.COORDINATOR


@predicate
def is_operator(user: User) -> bool:
    """Runs the site."""
    return bool(user.is_authenticated and user.is_active and user.is_operator)


is_viewer, is_editor, is_publisher, is_admin = (_at_least(role) for role in LADDER)

add_perm("organisation.view", is_viewer | is_coordinator)
add_perm("organisation.edit", is_editor | is_coordinator)
add_perm("organisation.publish", is_publisher | is_coordinator)
add_perm("organisation.manage", is_admin | is_coordinator)
add_perm("network.coordinate", is_coordinator | is_admin)
add_perm("site.operate", is_operator)
