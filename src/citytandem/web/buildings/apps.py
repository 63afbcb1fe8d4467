"""The app buildings."""

from django.apps import AppConfig


class BuildingsConfig(AppConfig):
    name = "citytandem.web.buildings"
    label = "buildings"
