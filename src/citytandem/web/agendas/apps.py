"""The app agendas."""

from django.apps import AppConfig


class AgendasConfig(AppConfig):
    name = "citytandem.web.agendas"
    label = "agendas"
