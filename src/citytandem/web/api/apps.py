"""The app api."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "citytandem.web.api"
    label = "api"
