"""The app agendas."""

from django.apps import AppConfig


class AgendasConfig(AppConfig):
    name = "citytandem.web.agendas"
    label = "agendas"

    def ready(self) -> None:
        from citytandem.web.agendas import receivers  # noqa: F401 - app ready: connecting is all
