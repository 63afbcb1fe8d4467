"""The app networks."""

from django.apps import AppConfig


class NetworksConfig(AppConfig):
    name = "citytandem.web.networks"
    label = "networks"
