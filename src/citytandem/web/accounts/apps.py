"""The app accounts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "citytandem.web.accounts"
    label = "accounts"

    def ready(self) -> None:
        from citytandem.web.accounts import receivers, rules  # noqa: F401 - app ready: connecting and permitting is all
