"""Seats kept for people: inviting, opening the address in the letter, taking the seat, withdrawing it."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.contrib.sessions.models import Session
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from citytandem.web.accounts.actions import add_member, name_person, record
from citytandem.web.accounts.models import Invitation
from citytandem.web.accounts.queries import open_invitations
from citytandem.web.shell.language import to_django

if TYPE_CHECKING:
    from django.http import HttpRequest

    from citytandem.web.accounts.models import Organisation, User

OPENED = "invitation"
"""Key of the session under which the invitation that was opened is kept."""
OPEN_DAYS = 14
FORGOTTEN_AFTER_DAYS = 30
"""So long after its end the e-mail address of an invitation nobody took is forgotten at the latest."""


class Invited(NamedTuple):
    """An invitation and its token, which is known only now: we keep its hash alone."""

    invitation: Invitation
    token: str


class SeatTaken(Exception):
    """The invitation was taken, withdrawn or has ended meanwhile."""


@transaction.atomic
def invite(*, by: User | None, email: str, organisation: Organisation | None, role: str = "", language: str = "en") -> Invited:
    """Keep a seat for whoever reads the mail of an address; without an organisation, among those who run the site.

    An earlier open invitation of the same address to the same place ends.
    """
    token = secrets.token_urlsafe(32)
    email = email.strip().lower()
    open_invitations().filter(email=email, organisation=organisation).delete()
    made = Invitation.objects.create(
        organisation=organisation,
        email=email,
        role=role,
        as_operator=organisation is None,
        language=language,
        token_sha256=_hash(token),
        invited_by=by,
        expires=timezone.now() + timedelta(days=OPEN_DAYS),
    )
    record(user=by, action="member.invited", organisation=organisation, subject=_name(made), after={"role": role or "operator"})
    return Invited(made, token)


@transaction.atomic
def withdraw(*, by: User, invitation: Invitation) -> None:
    """Take a seat away before somebody sits on it; the address is forgotten with it."""
    record(
        user=by,
        action="member.invitation_withdrawn",
        organisation=invitation.organisation,
        subject=_name(invitation),
        before={"role": invitation.role},
    )
    invitation.delete()


@transaction.atomic
def accept(*, invitation: Invitation, user: User) -> None:
    """Let a person take the seat.

    Raises
    ------
    SeatTaken
        Somebody took it first, or it ended meanwhile.
    """
    held = open_invitations().select_for_update(of=("self",)).filter(pk=invitation.pk).first()
    if held is None:
        raise SeatTaken
    if held.organisation is None:
        user.is_operator = True
        user.save(update_fields=["is_operator"])
        record(user=user, action="operator.joined", subject=name_person(user), after={"invitation": held.pk})
    else:
        add_member(organisation=held.organisation, user=user, role=held.role, invitation=held)
    held.delete()


def forget_ended() -> None:
    """Delete what ended long ago: sessions that are over, and the addresses of invitations nobody took."""
    now = timezone.now()
    Session.objects.filter(expire_date__lt=now).delete()
    Invitation.objects.filter(expires__lt=now - timedelta(days=FORGOTTEN_AFTER_DAYS)).delete()


def find_by_token(token: str) -> Invitation | None:
    """The open invitation a token opens."""
    return open_invitations().filter(token_sha256=_hash(token)).first()


def opened_in(request: HttpRequest) -> Invitation | None:
    """The invitation opened in this browser, if its seat is still free."""
    number = request.session.get(OPENED)
    return open_invitations().select_related("organisation").filter(pk=number).first() if number else None


def address_of(token: str, *, language: str) -> str:
    """The path that opens an invitation, in the language of the person invited."""
    with translation.override(to_django(language)):  # type: ignore[arg-type]
        return reverse("open_invitation", kwargs={"token": token})


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _name(invitation: Invitation) -> str:
    return f"invitation:{invitation.pk}"
