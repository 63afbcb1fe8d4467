"""The app pilots."""

from django.apps import AppConfig


class PilotsConfig(AppConfig):
    name = "citytandem.web.pilots"
    label = "pilots"
