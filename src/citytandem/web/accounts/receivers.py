"""Writes down what people change about how they sign in, and logs who came in and who did not."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from allauth.account.signals import email_changed, password_changed, password_reset, password_set
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.dispatch import receiver

from citytandem.web.accounts.actions import name_person, record
from citytandem.web.accounts.invitations import forget_ended

if TYPE_CHECKING:
    from citytandem.web.accounts.models import User

log = logging.getLogger("citytandem.security")


@receiver([password_changed, password_set, password_reset])
def note_password(user: User, **_: Any) -> None:
    record(user=user, action="person.password_changed", subject=name_person(user))


@receiver(email_changed)
def note_email(user: User, **_: Any) -> None:
    record(user=user, action="person.email_changed", subject=name_person(user))


@receiver([authenticator_added, authenticator_reset])
def note_factor_added(user: User, authenticator: Any, **_: Any) -> None:
    record(user=user, action="person.second_factor_added", subject=name_person(user), after={"type": authenticator.type})


@receiver(authenticator_removed)
def note_factor_removed(user: User, authenticator: Any, **_: Any) -> None:
    record(user=user, action="person.second_factor_removed", subject=name_person(user), before={"type": authenticator.type})


@receiver(user_logged_in)
def log_entry(user: User, **_: Any) -> None:
    log.info("signed in: %s", name_person(user))
    forget_ended()


@receiver(user_login_failed)
def log_refusal(**_: Any) -> None:
    # whose address was tried is not written down: most often it is a person's own, mistyped
    log.warning("sign-in refused")
