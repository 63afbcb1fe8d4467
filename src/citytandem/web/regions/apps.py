"""The app regions."""

from django.apps import AppConfig


class RegionsConfig(AppConfig):
    name = "citytandem.web.regions"
    label = "regions"
