"""Whose program asks? Makes, finds and takes back tokens; a token itself is seen once, by the person who made it."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from citytandem.findings import CannotCompute, Code, Finding
from citytandem.web.accounts.actions import record
from citytandem.web.api.models import Token

if TYPE_CHECKING:
    from collections.abc import Collection

    from citytandem.web.accounts.models import User

BEGINNING = "ctk_"
DAYS = (30, 90, 365)
AT_MOST = 20
"""Tokens one person may have."""
NOTED_EVERY = dt.timedelta(minutes=5)


class Scope(StrEnum):
    """What a token may be used for."""

    READ = "read"
    WRITE_DRAFTS = "write:drafts"


@transaction.atomic
def make_token(*, user: User, name: str, scopes: Collection[Scope], days: int) -> tuple[Token, str]:
    """A new token, and the text of it that nobody can be told again."""
    text = BEGINNING + secrets.token_urlsafe(32)
    token = Token.objects.create(
        user=user,
        name=name,
        begins=text[:12],
        token_sha256=_hash(text),
        scopes=" ".join(sorted(scopes)),
        expires=timezone.now() + dt.timedelta(days=min(days, max(DAYS))),
    )
    after = {"scopes": token.scopes, "expires": token.expires.isoformat()}
    record(user=user, action="token.made", subject=f"token:{token.pk}", after=after)
    return token, text


@transaction.atomic
def revoke_token(*, token: Token, by: User) -> None:
    """Take a token back; from now on it is unknown."""
    record(user=by, action="token.revoked", subject=f"token:{token.pk}", before={"scopes": token.scopes})
    token.delete()


def find_token(header: str) -> Token | None:
    """The token of an ``Authorization`` header; None if there is none, or it has ended, or its person is gone."""
    kind, _, text = header.partition(" ")
    if kind.lower() != "bearer" or not text.startswith(BEGINNING) or len(text) > 100:
        return None
    now = timezone.now()
    live = Token.objects.select_related("user").filter(expires__gt=now, user__is_active=True)
    found = live.filter(token_sha256=_hash(text)).first()
    if found and (found.last_used is None or now - found.last_used > NOTED_EVERY):
        Token.objects.filter(pk=found.pk).update(last_used=now)
    return found


def demand_scope(token: Token | None, scope: Scope) -> User:
    """The person a token acts for.

    Raises
    ------
    CannotCompute
        API_TOKEN_NEEDED without a token, API_SCOPE_MISSING where it is for something else.
    """
    if token is None:
        raise CannotCompute(Finding(Code.API_TOKEN_NEEDED, {"scope": scope.value}))
    if scope not in token.scope_list:
        raise CannotCompute(Finding(Code.API_SCOPE_MISSING, {"scope": scope.value}))
    return token.user


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
