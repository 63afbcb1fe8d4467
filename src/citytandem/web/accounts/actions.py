"""What changes people, organisations and roles; each change leaves its entry in the record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from citytandem.web.accounts.models import AuditEntry, Invitation, Membership, Organisation
from citytandem.web.accounts.queries import managers_of, managing_roles, roles_in

if TYPE_CHECKING:
    from citytandem.web.accounts.models import User


class LastAdministrator(Exception):
    """Somebody who looks after the people must remain: name another first."""


def record(
    *,
    user: User | None,
    action: str,
    organisation: Organisation | None = None,
    city: str = "",
    subject: str = "",
    before: Any = None,
    after: Any = None,
) -> AuditEntry:
    """Write down who did what, to what, and what it was before and after; call it inside the change's own transaction.

    Name people by number (``person:7``), never by name or address: the record stays when a person is forgotten.
    ``user=None`` says that the site itself did it. The page of the record shows ``audit.<action>`` from the words.
    """
    known = user if user and user.is_authenticated else None
    return AuditEntry.objects.create(
        user=known,
        by_site=known is None,
        organisation=organisation,
        city=city or (organisation.city if organisation else ""),
        action=action,
        subject=subject,
        before=before,
        after=after,
    )


@transaction.atomic
def create_organisation(
    *, by: User | None, kind: str, name: str, city: str = "", network: str = "", website: str = ""
) -> Organisation:
    """Open a place for a city, a network, a civic group, a business or an institute; nobody belongs to it yet."""
    made = Organisation.objects.create(kind=kind, name=name, city=city, network=network, website=website)
    record(user=by, action="organisation.created", organisation=made, after={"kind": kind, "name": name, "city": city})
    return made


@transaction.atomic
def describe_organisation(*, by: User, organisation: Organisation, name: str, website: str) -> None:
    """Change what an organisation is called and where its own pages are."""
    before = {"name": organisation.name, "website": organisation.website}
    organisation.name, organisation.website = name, website
    organisation.save(update_fields=["name", "website"])
    after = {"name": name, "website": website}
    record(user=by, action="organisation.described", organisation=organisation, before=before, after=after)


@transaction.atomic
def change_role(*, by: User, membership: Membership, role: str) -> None:
    """Give a member another role.

    Raises
    ------
    ValueError
        A role that organisations of this kind do not have.
    LastAdministrator
        Nobody would be left who may look after the people.
    """
    if role not in roles_in(membership.organisation):
        raise ValueError(role)
    before = membership.role
    if role not in managing_roles(membership.organisation):
        _keep_a_manager(membership)
    membership.role = role
    membership.save(update_fields=["role"])
    _note_member(membership, by=by, action="member.role_changed", before={"role": before}, after={"role": role})


@transaction.atomic
def remove_member(*, by: User, membership: Membership) -> None:
    """Take a person out of an organisation; the one who leaves by choice is the one who does it.

    Raises
    ------
    LastAdministrator
        Nobody would be left who may look after the people.
    """
    _keep_a_manager(membership)
    action = "member.left" if membership.user_id == by.pk else "member.removed"
    _note_member(membership, by=by, action=action, before={"role": membership.role}, after=None)
    membership.delete()


@transaction.atomic
def add_member(*, organisation: Organisation, user: User, role: str, invitation: Invitation | None = None) -> Membership:
    """Let a person in; who is in already keeps the role they have."""
    membership, is_new = Membership.objects.get_or_create(user=user, organisation=organisation, defaults={"role": role})
    if is_new:
        after = {"role": role, "invitation": invitation.pk if invitation else None}
        _note_member(membership, by=user, action="member.joined", before=None, after=after)
    return membership


@transaction.atomic
def describe_person(*, user: User, name: str, language: str) -> None:
    """Change what a person is called and in which language we write to them."""
    changed = [field for field, value in (("name", name), ("language", language)) if getattr(user, field) != value]
    user.name, user.language = name, language
    user.save(update_fields=["name", "language"])
    if changed:
        record(user=user, action="person.described", subject=name_person(user), after={"changed": changed})


def name_person(user: User) -> str:
    """How a person is named in the record.

    >>> from citytandem.web.accounts.models import User
    >>> name_person(User(pk=7))
    'person:7'
    """
    return f"person:{user.pk}"


def _keep_a_manager(membership: Membership) -> None:
    """Refuse to lose the last manager. Those who manage are locked, so that two cannot leave at the same moment."""
    managers = {one.pk for one in managers_of(membership.organisation).select_for_update()}
    if managers == {membership.pk}:
        raise LastAdministrator


def _note_member(membership: Membership, *, by: User, action: str, before: Any, after: Any) -> None:
    record(
        user=by,
        action=action,
        organisation=membership.organisation,
        subject=name_person(membership.user),
        before=before,
        after=after,
    )
