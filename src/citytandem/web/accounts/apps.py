"""The app accounts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "citytandem.web.accounts"
    label = "accounts"
