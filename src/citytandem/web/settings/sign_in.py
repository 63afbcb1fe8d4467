"""How people sign in: by e-mail, invited, with a passkey or a one-time code beside the password."""

from __future__ import annotations

import os

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["rules.permissions.ObjectPermissionBackend", "allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "workspace"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_ADAPTER = "citytandem.web.accounts.adapter.ByInvitation"
ACCOUNT_FORMS = {
    name: f"citytandem.web.accounts.sign_in_forms.{form}"
    for name, form in {
        "login": "SignIn",
        "signup": "SignUp",
        "change_email": "ChangeEmail",
        "change_password": "ChangePassword",
        "set_password": "SetPassword",
        "reset_password": "ResetPassword",
        "reset_password_from_key": "ChooseNewPassword",
        "reauthenticate": "ConfirmPassword",
    }.items()
}
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody can make us write to strangers
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if os.environ.get("CITYTANDEM_TLS") == "1" else "http"
ACCOUNT_RATE_LIMITS = {"login_failed": "5/5m/key,20/5m/ip", "reset_password": "5/h/key,20/h/ip", "signup": "20/h/ip"}
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("CITYTANDEM_PROXIES", os.environ.get("CITYTANDEM_TLS", "0")))
MFA_ADAPTER = "citytandem.web.accounts.adapter.SecondFactor"
MFA_FORMS = {
    name: f"citytandem.web.accounts.sign_in_forms.{form}"
    for name, form in {
        "authenticate": "GiveCode",
        "reauthenticate": "GiveCodeAgain",
        "activate_totp": "ActivateApp",
        "add_webauthn": "AddPasskey",
        "edit_webauthn": "RenamePasskey",
    }.items()
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "CityTandem"
MFA_TOTP_TOLERANCE = 1

LETTERS_BESIDE = True
"""Letters of the sign-in leave beside the answer, which then takes as long for an address we know as for another."""
CONTACT = os.environ.get("CITYTANDEM_CONTACT", "")
"""The address of those who run this site, named on the page on data protection."""
