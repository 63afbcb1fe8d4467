"""The app balances."""

from django.apps import AppConfig


class BalancesConfig(AppConfig):
    name = "citytandem.web.balances"
    label = "balances"
