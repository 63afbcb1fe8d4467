"""The letters of a programme: to the team that has applied, and to the teams that are asked; each in its reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import translation

from citytandem.web.accounts.letters import send_letter
from citytandem.web.accounts.models import Role
from citytandem.web.programmes.zones import tell_deadline
from citytandem.web.shell.language import SPEECHES, to_django
from citytandem.words import Speech, language_of

if TYPE_CHECKING:
    from django.http import HttpRequest

    from citytandem.findings import Fact
    from citytandem.web.accounts.models import Organisation, User
    from citytandem.web.programmes.models import Application, Tandem

ANSWERING = (Role.EDITOR, Role.PUBLISHER, Role.ADMIN)
"""Those of a team who can do something with a letter."""


def confirm_application(request: HttpRequest, *, application: Application) -> int:
    """Tell the team that its application has arrived; returns how many letters went."""
    deadline = application.programme.closes
    return _write_to_team(
        request, organisation=application.organisation, key="application_sent", page="application",
        number=application.programme_id, title=application.programme.title,
        zone=(application.programme.zone, "UTC"), moment=deadline,
    )  # fmt: skip


def tell_decision(request: HttpRequest, *, application: Application) -> int:
    """Tell the team whether it is let in, or why not."""
    key = "application_refused" if application.reason else "application_let_in"
    return _write_to_team(
        request, organisation=application.organisation, key=key, page="application", number=application.programme_id,
        title=application.programme.title, reason=application.reason or None,
    )  # fmt: skip


def ask_sides(request: HttpRequest, *, tandem: Tandem) -> int:
    """Tell every side that a proposal waits for its answer; returns how many letters went."""
    return sum(
        _write_to_team(
            request, organisation=side.organisation, key="tandem_proposed", page="tandem_room", number=tandem.pk,
            title=tandem.programme.title, zone=(tandem.programme.zone, "UTC"), moment=tandem.answer_until,
        )
        for side in tandem.sides.select_related("organisation")
    )  # fmt: skip


def tell_outcome(request: HttpRequest, *, tandem: Tandem) -> int:
    """Tell every side that all have agreed."""
    return sum(
        _write_to_team(
            request, organisation=side.organisation, key="tandem_agreed", page="tandem_room", number=tandem.pk,
            title=tandem.programme.title,
        )
        for side in tandem.sides.select_related("organisation")
    )  # fmt: skip


def _write_to_team(
    request: HttpRequest, *, organisation: Organisation, key: str, page: str, number: int, moment: object = None,
    zone: tuple[str, ...] = (), **facts: Fact,
) -> int:  # fmt: skip
    rows = organisation.memberships.filter(role__in=ANSWERING, user__is_active=True).select_related("user")
    sent = 0
    for row in rows:
        told = {**facts, "organisation": organisation.name}
        if moment is not None:
            told["deadline"] = tell_deadline(moment, zones=zone, speech=_speech_of(row.user))  # type: ignore[arg-type]
        address = _address(request, user=row.user, page=page, organisation=organisation.pk, number=number)
        sent += send_letter(key, to=row.user.email, language=row.user.language, address=address, **told)
    return sent


def _speech_of(user: User) -> Speech:
    language = language_of(user.language) or "en"
    return SPEECHES.setdefault(language, Speech(language))


def _address(request: HttpRequest, *, user: User, page: str, organisation: int, number: int) -> str:
    """The page in the reader's own language."""
    with translation.override(to_django(language_of(user.language) or "en")):
        return request.build_absolute_uri(reverse(page, args=[organisation, number]))
