"""The app balances."""

from django.apps import AppConfig


class BalancesConfig(AppConfig):
    name = "citytandem.web.balances"
    label = "balances"

    def ready(self) -> None:
        """What a process left half written when it was stopped is taken away at the next start."""
        from citytandem.web.balances.storage import sweep_halves  # app ready
        from citytandem.web.merging import sweep_live  # app ready

        sweep_halves()
        sweep_live()
