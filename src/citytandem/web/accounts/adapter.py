"""How the sign-in library asks us: nobody signs up without an invitation, and every word is ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages

from citytandem.web.accounts.invitations import opened_in
from citytandem.web.accounts.letters import send_letter_beside
from citytandem.web.shell.language import current_speech, word
from citytandem.words.labels import LABELS

if TYPE_CHECKING:
    from django.http import HttpRequest

    from citytandem.web.accounts.models import User


class Kept(NamedTuple):
    """Under which key a letter of the library is kept in our words, and which of its facts is the address to open."""

    key: str
    address: str = ""


LETTERS = {
    "account/email/password_reset_key": Kept("password_reset", "password_reset_url"),
    "account/email/account_already_exists": Kept("account_exists", "password_reset_url"),
    "account/email/email_confirmation": Kept("confirm_email", "activate_url"),
    "account/email/email_confirmation_signup": Kept("confirm_email", "activate_url"),
    "account/email/email_confirm": Kept("email_confirmed"),
    "account/email/email_changed": Kept("email_changed"),
    "account/email/email_deleted": Kept("email_changed"),
    "account/email/password_changed": Kept("password_changed"),
    "account/email/password_reset": Kept("password_changed"),
    "account/email/password_set": Kept("password_changed"),
    "mfa/email/totp_activated": Kept("second_factor_added"),
    "mfa/email/totp_deactivated": Kept("second_factor_removed"),
    "mfa/email/webauthn_added": Kept("second_factor_added"),
    "mfa/email/webauthn_removed": Kept("second_factor_removed"),
    "mfa/email/recovery_codes_generated": Kept("recovery_codes_made"),
}


class ByInvitation(DefaultAccountAdapter):
    """Sign-up is open only to those who came by the address in an invitation; that address counts as confirmed."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return opened_in(request) is not None

    def is_email_verified(self, request: HttpRequest, email: str) -> bool:
        invitation = opened_in(request)
        return invitation is not None and invitation.email == email.lower()

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        kept = LETTERS[template_prefix]
        language = current_speech().language
        send_letter_beside(kept.key, to=email, language=language, address=context.get(kept.address, ""))

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        *_: Any,
        **__: Any,
    ) -> None:
        """Say it in our words; what we have no words for, such as a welcome, need not be said."""
        stem = (message_template or "").rpartition("/")[2].removesuffix(".txt")
        if f"web.told.{stem}" in LABELS:
            messages.add_message(request, level, str(word(f"web.told.{stem}")))


class SecondFactor(DefaultMFAAdapter):
    """Names of keys in our words."""

    def generate_authenticator_name(self, user: User, type: str) -> str:  # noqa: A002 - the library's name
        from allauth.mfa.models import Authenticator  # app ready

        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return str(word("web.passkey.name_of", number=number))
