"""The app tours."""

from django.apps import AppConfig


class ToursConfig(AppConfig):
    name = "citytandem.web.tours"
    label = "tours"
