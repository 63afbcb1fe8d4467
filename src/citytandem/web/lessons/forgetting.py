"""What is kept of experts is told to them, and forgotten with everything they said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citytandem.web.lessons.interviews import forget_interview, tell_consents
from citytandem.web.lessons.models import Interview

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from citytandem.web.accounts.models import User

TOLD = ("name", "function", "belongs_to", "email", "region", "language")


def tell_person(user: User) -> dict[str, Any]:
    """For the person's own document: interviews under their address, with their words and what they allowed."""
    return {"lessons.interview": [_tell(one) for one in _interviews_of(user)]}


def forget_person(user: User) -> None:
    """When an account goes: every interview under its address, with statements and codes."""
    for one in _interviews_of(user):
        forget_interview(one, by=None)


def _interviews_of(user: User) -> QuerySet[Interview]:
    return Interview.objects.filter(email__iexact=user.email).exclude(email="").select_related("round__organisation")


def _tell(own: Interview) -> dict[str, Any]:
    told: dict[str, Any] = {name: getattr(own, name) for name in TOLD}
    said = [{"number": one.number, "text": one.text, "translation": one.translation} for one in own.statements.all()]
    more = {"asked_by": own.round.organisation.name, "held": own.held.isoformat()}
    return told | more | {"statements": said, "consents": tell_consents(own)}
