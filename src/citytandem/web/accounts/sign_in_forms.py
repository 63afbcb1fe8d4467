"""The forms of the sign-in library with our words: a label each, hints where they help, nothing inside the fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from allauth.account import forms as account
from allauth.core import context
from allauth.mfa.base import forms as second_factor
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.db import transaction

from citytandem.web.accounts.actions import name_person, record
from citytandem.web.accounts.invitations import OPENED, SeatTaken, accept, opened_in
from citytandem.web.shell.language import word

if TYPE_CHECKING:
    from django.http import HttpRequest

    from citytandem.web.accounts.models import User

CODE = {"code": "web.sign_in.code"}


class OurWords:
    """Labels and hints by the name of the field; placeholders go, since they vanish while one types."""

    LABELS: ClassVar[dict[str, str]] = {}
    HINTS: ClassVar[dict[str, str]] = {}
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in self.LABELS:
                field.label = word(self.LABELS[name])
            if name in self.HINTS:
                field.help_text = word(self.HINTS[name])


class SignIn(OurWords, account.LoginForm):
    LABELS: ClassVar = {"login": "web.sign_in.email", "password": "web.sign_in.password"}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["password"].help_text = ""  # the page itself has the way to a new password


class SignUp(OurWords, account.SignupForm):
    """The address is the one that was invited, whatever is posted."""

    name = forms.CharField(max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    field_order: ClassVar = ["email", "name", "password1", "password2"]
    LABELS: ClassVar = {
        "email": "web.sign_in.email",
        "name": "web.me.name",
        "password1": "web.sign_in.password",
        "password2": "web.sign_in.password_again",
    }
    HINTS: ClassVar = {"email": "web.sign_up.email_hint"}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.invitation = opened_in(context.request)
        email = self.fields["email"]
        email.disabled = True
        email.initial = self.invitation.email if self.invitation else ""
        self.initial["email"] = email.initial

    @transaction.atomic
    def save(self, request: HttpRequest) -> User:
        if self.invitation is None:
            raise SeatTaken
        user = super().save(request)
        accept(invitation=self.invitation, user=user)
        request.session.pop(OPENED, None)
        return user

    def custom_signup(self, request: HttpRequest, user: User) -> None:  # noqa: ARG002 - the library's form
        user.name = self.cleaned_data["name"]
        user.language = self.invitation.language if self.invitation else user.language
        user.save(update_fields=["name", "language"])
        record(user=user, action="person.signed_up", subject=name_person(user))


class ChangeEmail(OurWords, account.ChangeEmailForm):
    LABELS: ClassVar = {"email": "web.email.new"}


class ChangePassword(OurWords, account.ChangePasswordForm):
    LABELS: ClassVar = {
        "oldpassword": "web.password.current",
        "password1": "web.password.new",
        "password2": "web.password.new_again",
    }


class SetPassword(OurWords, account.SetPasswordForm):
    LABELS: ClassVar = {"password1": "web.password.new", "password2": "web.password.new_again"}


class ResetPassword(OurWords, account.ResetPasswordForm):
    LABELS: ClassVar = {"email": "web.sign_in.email"}


class ChooseNewPassword(OurWords, account.ResetPasswordKeyForm):
    LABELS: ClassVar = {"password1": "web.password.new", "password2": "web.password.new_again"}


class ConfirmPassword(OurWords, account.ReauthenticateForm):
    LABELS: ClassVar = {"password": "web.sign_in.password"}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["password"].help_text = ""


class GiveCode(OurWords, second_factor.AuthenticateForm):
    LABELS: ClassVar = CODE


class GiveCodeAgain(OurWords, second_factor.ReauthenticateForm):
    LABELS: ClassVar = CODE


class ActivateApp(OurWords, totp.ActivateTOTPForm):
    LABELS: ClassVar = CODE


class AddPasskey(OurWords, webauthn.AddWebAuthnForm):
    LABELS: ClassVar = {"name": "web.passkey.name", "passwordless": "web.passkey.passwordless"}
    HINTS: ClassVar = {"passwordless": "web.passkey.passwordless_hint"}


class RenamePasskey(OurWords, webauthn.EditWebAuthnForm):
    LABELS: ClassVar = {"name": "web.passkey.name"}
