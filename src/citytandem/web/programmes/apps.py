"""The app programmes."""

from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "citytandem.web.programmes"
    label = "programmes"
